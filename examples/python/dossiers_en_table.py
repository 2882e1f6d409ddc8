"""Des dossiers à une table : une ligne par personne, d'abord pour un programme, puis telle qu'un pilote peut la voir.

Ce qu'il ne peut pas voir est un nul, comme ce que personne n'a dit ; ce qu'il voit par grandes classes est dans `grossis`.
"""

from datetime import date

import spie
from spie.dossier import evenement, table_large
from spie.droits import Acces, Demande, Guichet

AU = date(2022, 6, 1)
COLONNES = {
    "nom": "identite.nom",
    "naissance": "identite.date_naissance",
    "commune": "adresse.commune",
    "sante": "frein.sante.reponse",
    "social": "frein.social.reponse",
}


def dit(personne: str, type_: str, **contenu: object) -> dict:
    return evenement(f"personne:{personne}", type_, contenu, debut=date(2022, 1, 1), auteur="essai")


with spie.Store.memory() as base, Acces.memory() as acces:
    base.append(
        [
            dit(
                "aline", "identite", nom="EXEMPLE", prenom="Aline", date_naissance=date(1985, 5, 2)
            ),
            dit("aline", "adresse", commune="Nangis"),
            dit("aline", "frein", code="sante", reponse="oui"),
            dit("driss", "identite", nom="MODELE", prenom="Driss"),
        ]
    )
    ids = base.sujets()
    print(table_large(base.situations(ids, au=AU), COLONNES).to_pandas().to_string())

    guichet = Guichet(base, acces, spie.Pack.load("socle-national"))
    pilote = Demande("professionnel:max", "pilotage", ["pilote"])
    vues = [guichet.voir(pilote, un, au=AU) for un in ids]
    table = table_large(vues, COLONNES, textes=["naissance"]).to_arrow()
    for ligne in table.to_pylist():
        print(ligne["nom"], ligne["naissance"], ligne["sante"], ligne["social"], ligne["grossis"])
