"""What was true, and what was known: a dossier at two dates of each, in a file with its key."""

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import spie
from spie.dossier import evenement

place = tempfile.TemporaryDirectory()  # gone with the program
folder = Path(place.name)
cle = folder / "ailleurs" / "dossiers.cle"
spie.store.write_keys(cle, spie.store.draw_keys())


def adresse(commune: str, debut: date) -> dict:
    contenu = {"commune": commune}
    return evenement("personne:aline", "adresse", contenu, debut=debut, auteur="conseillère")


with spie.Store.create(folder / "dossiers.db", cle) as store:
    # She moves on 1 March; it is learnt on 10 April.
    store.append([adresse("Provins", date(2022, 1, 1))], at=datetime(2022, 1, 10, tzinfo=UTC))
    store.append([adresse("Nangis", date(2022, 3, 1))], at=datetime(2022, 4, 10, tzinfo=UTC))
    tete = store.head()  # written down elsewhere, it vouches for all that came before

with spie.Store.open(folder / "dossiers.db", cle) as store:
    for au, connu in (
        (date(2022, 2, 15), None),
        (date(2022, 3, 15), None),
        (date(2022, 3, 15), date(2022, 3, 31)),  # Provins: nobody knew yet
    ):
        fait = store.situation("personne:aline", au=au, connu=connu).fait("adresse.commune")
        print(f"{au}, connu {connu or 'à ce jour'} : {fait.valeur} ({fait.source})")
    for dit in store.historique("personne:aline", "adresse.commune"):
        print(f"le {dit.enregistre:%d/%m/%Y}, {dit.auteur} : {dit.valeur} depuis le {dit.debut}")
    print("intact" if store.verify(tete).intact else "altéré")
