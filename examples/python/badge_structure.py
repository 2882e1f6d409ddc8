"""The label of a structure as a badge: borne, signed, written down; to be withdrawn once the label falls."""

from datetime import UTC, date, datetime

import spie
from spie import badges, reseau
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

JOUR, HEURE = date(2022, 6, 1), datetime(2022, 6, 1, 8, tzinfo=UTC)
LABEL = {
    "etape": "accorde",
    "fin": date(2023, 5, 31),
    "criteres": ["accueil_tous_publics", "diagnostic_partage", "carnet_tenu"],
    "suivi_plus_six_mois": "oui",
}
FORMATION = {"id": "F1", "module": "diagnostic_partage", "etape": "suivie"}
GINA = Demande("professionnel:gina", "gestion", ["gestionnaire"], instant=HEURE)
FAITS = [
    ("structure:s", "structure", {"nom": "Maison inventée", "siret": "00012345600011"}),
    ("professionnel:rene", "professionnel", {"nom": "MODELE", "structure": "structure:s"}),
    ("professionnel:rene", "formation_pro", FORMATION),
    ("structure:s", "label", LABEL),
]

with spie.Store.memory() as store, Acces.memory() as acces:
    store.append([evenement(*fait, debut=JOUR, auteur="conseillère") for fait in FAITS], at=HEURE)
    guichet = Guichet(store, acces, spie.Pack.load("seine-et-marne-2022-2023"))
    texte = reseau.attestation_badge(guichet, GINA, "structure:s", "label_spie", au=JOUR)
    badge = badges.emettre(texte, badges.Cle.generer("ed25519"), instant=HEURE).badge
    reseau.noter_badge(guichet, GINA, "structure:s", "label_spie", badge, effet=JOUR)
    print(badges.verifier(badge, au=datetime(2022, 9, 1, tzinfo=UTC)).verdict)
    print(reseau.badges(guichet, GINA, "structure:s", au=JOUR).emis[0].etat)
    retire = {"etape": "retire"}
    guichet.agir(GINA, "label.changer", "structure:s", effet=date(2022, 10, 1), contenu=retire)
    print(reseau.badges(guichet, GINA, "structure:s", au=date(2022, 10, 2)).emis[0].etat)
