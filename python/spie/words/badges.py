"""How the report of a badge is said to who receives one."""

from __future__ import annotations

from dataclasses import dataclass


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


def phrase(text: str) -> str:
    """A clause as a sentence."""
    said = text[:1].upper() + text[1:]
    return said if not said or said[-1] in ".!?…" else said + "."
