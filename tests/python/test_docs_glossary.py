"""docs/glossary.md names what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs/glossary.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| Mot ", "| --- "))
]


def test_every_word_has_its_five_cells() -> None:
    assert ROWS and all(len(row) == 5 and all(row[:4]) for row in ROWS)


def test_every_name_in_c_stands_in_spie_h() -> None:
    declared = set(re.findall(r"\bspie_\w+", (ROOT / "include/spie/spie.h").read_text("utf-8")))
    written = {name for row in ROWS for name in re.findall(r"`([^`]*)`", row[4])}
    assert "spie_dossier_merge" in written
    assert written <= declared, written - declared
    assert all(re.sub(r"`[^`]*`(, )?", "", row[4]) == "" for row in ROWS)


def test_every_act_has_its_french_name_in_cpp() -> None:
    text = (ROOT / "docs/glossary.md").read_text("utf-8")
    acts = text.split("\n## Les actes\n")[1].split("\n## ")[0]
    headers = "".join(
        file.read_text("utf-8") for file in sorted((ROOT / "include/spie").rglob("*.hpp"))
    )
    named = [
        name
        for row in re.findall(r"^\| ([^|]*`)[^|]*\|", acts, re.M)
        for name in re.findall(r"`(\w+)`", row)
    ]
    assert "fusionner" in named and "voir" in named
    for name in named:
        assert re.search(rf"\b{name}\(", headers), name
