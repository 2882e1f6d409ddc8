"""How what an instance says is said: its sessions, its seats, its quorum, who came."""

from __future__ import annotations

from spie.formatting import count

ETAPES = {"fixee": "fixée", "convoquee": "convoquée", "tenue": "tenue", "annulee": "annulée"}
QUALITES = {
    "animateur": "animateur",
    "titulaire": "titulaire",
    "suppleant": "suppléant",
    "invite": "invité",
}
ETATS = {"convie": "convié", "present": "présent", "excuse": "excusé", "absent": "absent"}
LABELS = {"demande": "demandé", "accorde": "accordé", "refuse": "refusé", "retire": "retiré"}
CONVOQUES = {"membre": "siège", "referent": "professionnel", "personne": "personne concernée"}


def quorum(etat: str, requis: int | None, presents: int | None) -> str:
    came = "personne n'a noté qui est venu" if presents is None else count(presents, "présent")
    asked = "le règlement ne le dit pas" if requis is None else count(requis, "nécessaire")
    said = {"atteint": "atteint", "non_atteint": "pas atteint", "inconnu": "inconnu"}[etat]
    return f"Quorum {said} ({asked} ; {came})."
