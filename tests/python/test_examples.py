"""The examples of examples/python run, and print what they promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "python"
DATA = EXAMPLES.parent / "donnees"


def run(name: str, *arguments: object) -> str:
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_every_example_is_short(path):
    assert len(path.read_text("utf-8").splitlines()) < 60


def test_entry_of_a_file():
    assert run("entree_d_un_fichier.py").splitlines() == [
        "Aline Exemple : admis_prioritaire",
        "Driss Modèle : à compléter (freins[2].reponse)",
        "Gaëlle Hypothèse : non_admis_territoire",
    ]


def test_statement(tmp_path):
    page = tmp_path / "etat.html"
    out = run(
        "etat_des_depenses.py",
        DATA / "registre-invente.csv",
        DATA / "versements-inventes.csv",
        page,
    )
    assert "plafond sur budget : 93000.00 €" in out and "plafond sur cout_reel" in out
    assert "Signature et cachet" in page.read_text("utf-8")


def test_simulation():
    out = run("regles_a_soi.py")
    assert "s'il en fallait deux" in out and "Bénéficiaire du RSA en territoire rural" in out
