"""A decision on a dossier, then which paths may break: the pack's own map makes the facts."""

from datetime import UTC, date, datetime

import spie
from spie import parcours
from spie.dossier import evenement

pack = spie.Pack.load("seine-et-marne-2022-2023")
PERSONNE, DEBUT, AU = "personne:aline", date(2022, 1, 5), date(2022, 6, 1)
DIT = (
    ("entree", {"motif": "orientation"}),
    ("adresse", {"code_commune": "77288"}),
    ("statut", {"code": "brsa", "reponse": "oui"}),
    ("frein", {"code": "mobilite", "reponse": "oui"}),
    ("frein", {"code": "formation", "reponse": "oui"}),
)

with spie.Store.memory() as store:
    store.append(
        [evenement(PERSONNE, *one, debut=DEBUT, auteur="conseillère") for one in DIT],
        at=datetime(2022, 1, 6, tzinfo=UTC),
    )
    decision = store.decider(PERSONNE, pack, "conclusion", au=AU)
    print(decision.resultat.value, decision.origines["freins"])
    for alerte in parcours.cibler(store, pack, au=AU).alertes:
        print(alerte["depuis"], alerte["moment"], alerte["suite"])
