"""A badge signed by a key that stands elsewhere: here, one that openssl alone reads.

badge_module.py ATTESTATION.json PUBLIQUE.pem SECRET.pem
"""

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from spie import badges

attestation, publique, secret = sys.argv[1:]


def signer(message: bytes) -> bytes:
    """A security module answers here; this one is a command. What it raises ends `emettre`."""
    with tempfile.NamedTemporaryFile() as given:
        given.write(message)
        given.flush()
        command = ["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", secret, "-in", given.name]
        return subprocess.run(command, check=True, capture_output=True).stdout


cle = badges.Signataire(Path(publique).read_bytes(), signer)
made = badges.emettre(
    Path(attestation).read_bytes(), cle, instant=datetime(2026, 11, 28, 8, tzinfo=UTC)
)
rapport = badges.verifier(made.badge, au=datetime(2026, 11, 29, 8, tzinfo=UTC))
print(f"{rapport.verdict}, signé par {cle.publiques.did}")
