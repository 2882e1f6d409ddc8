"""What is installed from PyPI is what the lock file names, byte for byte."""

import re
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "scripts"


def test_the_lock_holds_each_required_version_and_a_digest_for_every_package():
    required = re.findall(r"^[\w.-]+==\S+", (SCRIPTS / "requirements.txt").read_text(), re.M)
    entries = re.split(r"\n(?=\S)", (SCRIPTS / "requirements.lock").read_text())
    locked = [entry for entry in entries if not entry.startswith("#")]
    assert len(required) > 10 and len(locked) > len(required)
    names = {re.split(r"[ \\;]", entry)[0] for entry in locked}
    assert set(required) <= names, "run: make lock"
    assert [entry for entry in locked if "--hash=sha256:" not in entry] == []


def test_nothing_is_installed_without_its_digest():
    installs = [
        line
        for script in SCRIPTS.glob("*.sh")
        for line in script.read_text().splitlines()
        if re.search(r"pip install\b", line) and "--no-deps" not in line and "uv==" not in line
    ]
    assert installs and all("--require-hashes" in line for line in installs)
