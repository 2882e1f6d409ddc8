"""A session of an instance: whom it convenes and why, and what one of them sees of it.

python instance.py
"""

from datetime import UTC, date, datetime

import spie
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

debut = {"debut": date(2022, 4, 1), "auteur": "professionnel:anna"}
personnes = {"aline": "rene", "basile": "paul"}


def qui(acteur, role, finalite="instance"):
    instant = datetime(2022, 5, 10, 8, tzinfo=UTC)
    return Demande(acteur, finalite, [role], instant=instant)


with spie.Store.memory() as store, Acces.memory() as acces:
    guichet = Guichet(store, acces, spie.Pack.load("socle-national"))
    siege = {"professionnel": "professionnel:anna", "qualite": "animateur", "etape": "commence"}
    seance = {"id": "2022-05-12", "etape": "fixee", "date": date(2022, 5, 12)}
    events = [
        evenement("instance:i", "instance", {"nom": "Instance inventée", "quorum": 1}, **debut),
        evenement("instance:i", "siege", siege, **debut),
        evenement("instance:i", "session", seance, **debut),
    ]
    for nom, referent in personnes.items():
        sujet = f"personne:{nom}"
        nomme = {"role": "referent_unique", "etape": "nomme"}
        nomme["professionnel"] = f"professionnel:{referent}"
        saisine = {"id": nom, "etape": "inscrite", "instance": "instance:i"}
        saisine |= {"session": "2022-05-12", "motif": "cas_complexe"}
        events += [
            evenement(sujet, "identite", {"nom": "EXEMPLE", "prenom": nom.title()}, **debut),
            evenement(sujet, "referent", nomme, **debut),
            evenement(sujet, "saisine", saisine, **debut),
        ]
    store.append(events, at=datetime(2022, 4, 2, 8, tzinfo=UTC))
    for un in guichet.agenda(
        qui("professionnel:anna", "animateur"), "instance:i"
    ).agenda.convocations:
        print(f"{un.qui} : {', '.join(un.raisons)}")
    vu = guichet.agenda(qui("professionnel:rene", "membre_instance"), "instance:i").agenda
    print("René voit :", ", ".join(un.prenom for un in vu.cas))
