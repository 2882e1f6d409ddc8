"""How the report of a badge is said to who receives one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from spie.words import clair


@dataclass(frozen=True)
class Dit:
    """A verdict as it is said: no more than what was proved."""

    titre: str
    phrase: str
    ton: str
    reserve: str = ""
    """What keeps what the badge says from being established."""


_NON_CONFIRME = "le badge n’est pas confirmé"
_VERDICTS = {
    "valide": Dit(
        "Badge valide",
        "Tout ce qui devait l’être a été vérifié, et rien ne s’oppose à ce badge.",
        "favorable",
    ),
    "invalide": Dit(
        "Badge invalide",
        "Un contrôle au moins échoue\u202f: ne pas se fier à ce badge.",
        "defavorable",
        _NON_CONFIRME,
    ),
    "non_verifiable": Dit(
        "Badge non vérifiable",
        "Il manque de quoi conclure\u202f: ce badge n’est ni confirmé, ni démenti.",
        "attention",
        _NON_CONFIRME,
    ),
}
_SANS_PREUVE = Dit(
    "Badge non prouvé",
    "Rien ne contredit ce badge, mais rien ne le prouve\u202f: aucune signature n’a été vérifiée, "
    "et ce qui est à son adresse n’a pas été remis.",
    "attention",
    "n’importe qui a pu l’écrire",
)
_AUTO_DECLARE = Dit(
    "Badge valide, émetteur non prouvé",
    "La signature tient, et rien ne s’oppose à ce badge\u202f; mais lui seul dit qui l’a émis.",
    "attention",
    "rien ne prouve de qui vient le badge",
)
_DESCRIPTION = Dit(
    "Description de badge, donnée à personne",
    "Ce document décrit un badge ou un émetteur\u202f; il n’atteste rien de personne.",
    "attention",
    "ce n’est pas un badge attribué",
)


def dire(verdict: str, emetteur: str | None, *, preuve: bool) -> Dit:
    """A valid badge whose issuer nothing proves, or that no `preuve` holds, is not said as others are."""
    if verdict != "valide":
        return _VERDICTS[verdict]
    if emetteur is None:
        return _DESCRIPTION
    if not preuve:
        return _SANS_PREUVE
    return _VERDICTS["valide"] if emetteur == "prouve" else _AUTO_DECLARE


CONTROLES = {
    "structure": "Format",
    "destinataire": "Destinataire",
    "preuve": "Signature",
    "cle": "Clé",
    "emetteur": "Émetteur",
    "confiance": "Confiance",
    "statut": "Révocation",
    "dates": "Dates",
    "avenants": "Recommandations",
}
ETATS = {
    "ok": "en règle",
    "echec": "échec",
    "avertissement": "attention",
    "non_verifie": "non vérifié",
}
TONS_ETATS = {
    "ok": "favorable",
    "echec": "defavorable",
    "avertissement": "attention",
    "non_verifie": "attention",
}
EMETTEURS = {
    "prouve": "L’émetteur est prouvé\u202f: la clé qui a signé est la sienne.",
    "auto_declare": "L’émetteur se déclare lui-même\u202f: rien d’extérieur au badge ne dit que la clé "
    "est la sienne.",
    "discordant": "La clé qui a signé est celle d’un autre que l’émetteur nommé.",
}


# What is only shown says so first.
NON_VERIFIE = (
    "Rien n’a été vérifié\u202f: n’importe qui peut l’avoir écrit ou changé. "
    "Seule une vérification dit ce que vaut un badge."
)
IDENTITES = {
    "emailAddress": "adresse de courriel",
    "email": "adresse de courriel",
    "nationalIdentityNumber": "numéro d’identité",
    "userName": "nom d’utilisateur",
    "identifier": "identifiant",
    "name": "nom",
    "accountId": "compte",
    "systemId": "identifiant de système",
    "sourcedId": "identifiant d’origine",
}
FORMES = {"bitstring": "liste Bitstring, à signer", "1edtech": "liste 1EdTech, sans signature"}
BUTS = {
    "revocation": "révocations",
    "suspension": "suspensions",
    "refresh": "badges à renouveler",
    "message": "messages",
}
POSES = {
    "revocation": "révoqué",
    "suspension": "suspendu",
    "refresh": "à renouveler",
    "message": "annoté",
}


def entree(but: str, etat: int, messages: Sequence[str]) -> str:
    """What an entry of a list says of a badge."""
    if messages:
        return messages[etat] if etat < len(messages) else str(etat)
    return POSES[but] if etat else "rien à dire"


_INSTANTS = ("activite_du", "activite_au", "du", "au")


class _Dit(Protocol):
    """What spie.badges.Contenu has."""

    @property
    def badges(self) -> int: ...
    @property
    def avenants(self) -> int: ...


def lignes(contenu: _Dit) -> list[tuple[str, str]]:
    """What a badge says, a line after the other; what it does not say has none."""
    said: dict[str, object] = vars(contenu)
    several = {
        "Contient": (contenu.badges, "badge", "badges"),
        "Recommandé par": (contenu.avenants, "recommandation", "recommandations"),
    }
    lines: list[tuple[str, str]] = []
    for label, name in (
        ("Description", "description"),
        ("Ce qu’il a fallu faire", "criteres"),
        ("Ce que la personne a fait", "recit"),
        ("Donné à", "destinataire"),
        ("Émetteur annoncé", "emetteur"),
        ("Son identifiant", "emetteur_id"),
        ("Constaté par", "source"),
        ("Début de l’activité", "activite_du"),
        ("Fin de l’activité", "activite_au"),
        ("Valable à partir de", "du"),
        ("Valable jusqu’à", "au"),
        ("Compétences citées", "references"),
        ("Niveau", "niveaux"),
        ("Pièces jointes", "preuves_jointes"),
        ("Listes d’état", "listes"),
        ("Identifiant du badge", "id"),
    ):
        value = said[name]
        if isinstance(value, tuple):
            lines += [(label, str(one)) for one in value if one]
        elif value:
            lines.append((label, instant(str(value)) if name in _INSTANTS else str(value)))
    for label, (count, one, many) in several.items():
        if count:
            lines.append((label, f"{count} {one if count == 1 else many}"))
    return lines


_INSTANT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def phrase(text: str) -> str:
    """A clause as a sentence, its instants as the house says them."""
    text = _INSTANT.sub(lambda found: instant(found[0]), text)
    said = text[:1].upper() + text[1:]
    return said if not said or said[-1] in ".!?…" else said + "."


def instant(text: str) -> str:
    """An instant that a badge writes, as the house says one; what is none, as it is."""
    try:
        return clair.moment(text) if datetime.fromisoformat(text).tzinfo else text
    except (ValueError, OverflowError):  # the years that a calendar lacks
        return text
