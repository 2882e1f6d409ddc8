"""A relay is asked for; what it still waits for is told, with who can give it. Then it is undone.

python relais.py
"""

from datetime import UTC, date, datetime

import spie
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

jour = date(2022, 4, 1)
nomme = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}
debut = {"debut": date(2022, 3, 1), "auteur": "professionnel:rene"}

with spie.Store.memory() as store, Acces.memory() as acces:
    guichet = Guichet(store, acces, spie.Pack.load("socle-national"))
    store.append(
        [
            evenement("personne:aline", "identite", {"nom": "EXEMPLE", "prenom": "Aline"}, **debut),
            evenement("personne:aline", "referent", nomme, **debut),
            evenement("professionnel:paul", "professionnel", {"nom": "MODELE"}, **debut),
        ],
        at=datetime(2022, 3, 2, 8, tzinfo=UTC),
    )
    rene = Demande(
        "professionnel:rene",
        "accompagnement",
        ["referent"],
        instant=datetime(2022, 4, 1, 8, tzinfo=UTC),
    )
    fait = guichet.agir(
        rene,
        "relais.demander",
        "personne:aline",
        effet=jour,
        contenu={"vers": "professionnel:paul", "motif": "demenagement"},
    )
    (relais,) = guichet.relais(rene, "personne:aline")
    for condition in relais.conditions:
        print(f"{condition.libelle} : {condition.etat}, par {condition.qui}")
    guichet.annuler(rene, fait.acte)
    print(len(guichet.relais(rene, "personne:aline")), "relais")
