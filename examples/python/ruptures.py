"""What comes before a path breaks: counted, and never few enough to point at somebody."""

from datetime import UTC, date, datetime

import spie
from spie.dossier import evenement
from spie.parcours import ruptures

pack = spie.Pack.load("seine-et-marne-2022-2023")
recorded = datetime(2022, 6, 1, 12, tzinfo=UTC)

with spie.Store.memory() as store:
    for n in range(9):
        said = [
            (
                "identite",
                {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": date(1990, 6, 15)},
            ),
            ("statut", {"code": "brsa", "reponse": "oui"}),
            ("entree", {"motif": "orientation"}),
            ("rendez_vous", {"id": "r", "etape": "absent" if n < 7 else "tenu"}),
            ("sortie", {"motif": "abandon"}),
        ]
        events = [
            evenement(f"personne:p{n}", kind, content, debut=date(2022, 3, 1 + day), auteur="x")
            for day, (kind, content) in enumerate(said)
        ]
        store.append(events, at=recorded)
    found = ruptures(store, pack, au=date(2022, 6, 1))

for profile in found.profils:
    print(profile["public"], profile["tranche"], profile["effectif"], profile["masques"])
    for one in profile["suites"]:  # seven and two: the two would be known from the seven
        print(one["rupture"], one["evenements"], one["effectif"])
