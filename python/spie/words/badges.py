"""How the report of a badge is said to who receives one."""

from __future__ import annotations

from datetime import datetime

from spie.words import clair

VERDICTS = {
    "valide": "Badge valide",
    "invalide": "Badge invalide",
    "non_verifiable": "Badge non vérifiable",
}
PHRASES = {
    "valide": "Tout ce qui devait l’être a été vérifié, et rien ne s’oppose à ce badge.",
    "invalide": "Un contrôle au moins échoue\u202f: ne pas se fier à ce badge.",
    "non_verifiable": "Il manque de quoi conclure\u202f: ce badge n’est ni confirmé, ni démenti.",
}
TONS = {"valide": "favorable", "invalide": "defavorable", "non_verifiable": "attention"}

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


def instant(text: str) -> str:
    """An instant that a badge writes, as the house says one; what is none, as it is."""
    try:
        return clair.moment(text) if datetime.fromisoformat(text).tzinfo else text
    except (ValueError, OverflowError):  # the years that a calendar lacks
        return text
