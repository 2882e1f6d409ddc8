"""By when and where to see somebody next, then her référent leaves: others are asked for all those he leads."""

from datetime import UTC, date, datetime

import spie
from spie import reseau
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

pack = spie.Pack.load("seine-et-marne-2022-2023")
NOMME = {
    "role": "referent_unique",
    "etape": "nomme",
    "professionnel": "professionnel:rene",
    "structure": "structure:s",
}


def dit(sujet, genre, contenu, jour=date(2022, 5, 20)):
    return evenement(sujet, genre, contenu, debut=jour, auteur="conseillère")


FAITS = [
    dit("structure:s", "structure", {"nom": "Maison inventée", "code_commune": "77288"}),
    dit("professionnel:paul", "professionnel", {"nom": "MODELE", "prenom": "Paul"}),
    *(dit(f"personne:{nom}", "referent", NOMME) for nom in ("aline", "basile")),
    *(dit(f"personne:{nom}", "entree", {"motif": "orientation"}) for nom in ("aline", "basile")),
    dit("personne:aline", "adresse", {"code_commune": "77152"}),
]
HEURE = datetime(2022, 6, 1, 8, tzinfo=UTC)
RENE = Demande("professionnel:rene", "accompagnement", ["referent"], instant=HEURE)

with spie.Store.memory() as store, Acces.memory() as acces:
    store.append(FAITS, at=datetime(2022, 5, 21, tzinfo=UTC))
    guichet = Guichet(store, acces, pack)
    propose = reseau.rendez_vous(guichet, RENE, "personne:aline", au=date(2022, 6, 1))
    print(propose.au_plus_tard, propose.lieux[0].proximite)
    tous = reseau.relayer_tous(
        guichet,
        RENE,
        "professionnel:rene",
        effet=date(2022, 6, 1),
        contenu={"vers": "professionnel:paul", "motif": "depart_professionnel"},
    )
    print(tous.faits, [one.personne for one in tous.dossiers])
