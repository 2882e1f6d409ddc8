"""The tutorials of docs/, run block after block in an empty folder."""

import os
import re
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```$", re.M | re.S)


def run(page: str, folder: Path, least: int = 9, **instead: str) -> str:
    """Blocks of one language that follow one another are one program; what they wrote out."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, value in instead.items():
        text = re.sub(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.M)
    blocks = BLOCK.findall(text)
    assert len(blocks) >= least
    places = [str(Path(sys.executable).parent), os.environ["PATH"]]
    env = {**os.environ, "PATH": os.pathsep.join(places), "COLUMNS": "140"}
    shown = ""
    for language, group in groupby(blocks, key=lambda one: one[0]):
        script = folder / f"tutoriel.{language}"
        script.write_text("\n".join(text for _, text in group), encoding="utf-8")
        program = [sys.executable, "-P"] if language == "python" else ["bash", "-eu"]
        done = subprocess.run(
            [*program, script.name], cwd=folder, capture_output=True, text=True, env=env
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        shown += done.stdout
    return shown


def test_the_tutorial_of_the_dossier_runs_and_draws(tmp_path: Path) -> None:
    run("tutoriel-dossier.md", tmp_path)
    for picture in ("droits.png", "raisons.png"):
        assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG"), picture
    assert (tmp_path / "copie.db").exists()


def test_the_tutorial_of_the_path_runs_and_writes_its_pages(tmp_path: Path) -> None:
    shown = run("tutoriel-parcours.md", tmp_path)
    assert "Rien à jouer : tous les actes sont déjà là." in shown.replace("\u202f", " ")
    assert "Plus de contact (traité)" in shown and "Passer le permis B" in shown
    for page in ("carnet.html", "feuille.html"):
        assert (tmp_path / page).read_text("utf-8").rstrip().endswith("</html>")


def test_the_tutorial_of_the_passport_runs_and_its_copy_is_refused(tmp_path: Path) -> None:
    shown = run("tutoriel-passeport.md", tmp_path).replace("\u202f", " ").replace("\u2019", "'")
    steps = (
        "J'aide une voisine à remplir ses papiers — Elle dit avoir des compétences",
        "Aucun professionnel habilité n'a encore choisi les codes et le niveau.",
        "Badge valide : badge.svg", "Badge invalide : copie.svg", "Fournil du Canal ['cv']",
    )  # fmt: skip
    at = [shown.find(step) for step in steps]
    assert -1 not in at and at == sorted(at), list(zip(steps, at, strict=True))
    assert (tmp_path / "emetteur.pem").stat().st_mode & 0o777 == 0o600
    for page in ("badge.html", "cv.html", "passeport.html"):
        assert (tmp_path / page).read_text("utf-8").rstrip().endswith("</html>")
    assert "<title>Immersion\u202f: Faire preuve de rigueur" in (tmp_path / "badge.svg").read_text()


def test_the_tutorial_of_tables_answers_and_draws(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    # A million rows are for who reads it; SPIE_TUTORIEL says how many are for the test.
    rows = os.environ.get("SPIE_TUTORIEL", "30_000")
    shown = run("tutoriel-tables.md", tmp_path, least=5, LIGNES=rows)
    assert f"{int(rows)} lignes" in shown and "['id', 'jour'," in shown
    counts = dict(re.findall(r"^(determine|indetermine) (\d+)$", shown, re.M))
    assert sum(map(int, counts.values())) == int(rows) and len(counts) == 2
    assert "<svg" in (tmp_path / "admissions.svg").read_text("utf-8")
    assert f"{int(rows)} lignes répondues, dites en" in shown
    assert re.search(r"personne:p1 +Provins +non$", shown, re.M)
