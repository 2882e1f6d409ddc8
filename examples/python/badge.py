"""A key, a badge signed with it, put into an image, and verified: an altered copy is refused."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from spie import badges

attestation = Path(sys.argv[1]).read_bytes()
cle = badges.Cle.generer("ed25519")
badge = badges.emettre(attestation, cle, instant=datetime(2026, 11, 28, 8, tzinfo=UTC)).badge
dessin = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>'
image = badges.incruster(dessin, badge)

verificateur = badges.Verificateur(au=datetime(2026, 11, 29, 8, tzinfo=UTC))
for nom, contenu in {
    "image": image,
    "altérée": image.replace(b"quipe", b"quipage", 1),
}.items():
    rapport = verificateur.verifier(contenu)
    print(f"{nom} : {rapport.verdict}, preuve {rapport.etat('preuve')}")
