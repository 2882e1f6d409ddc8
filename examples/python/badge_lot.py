"""One badge for several people, each with her narrative and her entry in a register; one is revoked, and who holds the
list of statuses sees it.

    badge_lot.py MODELE.json LIGNES.csv
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from spie import badges

modele, lignes = (Path(one).read_bytes() for one in sys.argv[1:])
hier = datetime(2026, 11, 28, 8, tzinfo=UTC)
liste = "https://exemple.invalid/etats/1"
cle = badges.Cle.generer("ed25519")

with tempfile.TemporaryDirectory() as dossier:
    registre = badges.Registre.creer(Path(dossier) / "registre.json", liste=liste)
    faits = badges.emettre_lot(modele, lignes, cle, instant=hier, registres=[registre])
    registre.poser(faits[0].id)
    publiee = registre.publier(cle, instant=hier).badge  # the register stays here

verificateur = badges.Verificateur(
    au=datetime(2026, 11, 29, 8, tzinfo=UTC), documents={liste: publiee}
)
for fait, rapport in zip(
    faits, verificateur.verifier_tous([un.badge for un in faits]), strict=True
):
    print(f"ligne {fait.ligne} : {rapport.verdict}")
