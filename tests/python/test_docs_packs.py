"""docs/packs.md from an empty folder: its files are written, its commands run, its Python executed."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "packs.md"
BLOCK = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.M | re.S)


def test_the_tutorial_reaches_a_checked_convention(tmp_path: Path) -> None:
    commands = 0
    for language, name, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language in ("json", "xml"):
            file = tmp_path / name.strip()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
        elif language == "python":
            subprocess.run([sys.executable, "-c", content], cwd=tmp_path, check=True)
        elif language == "console":
            for line in content.splitlines():
                arguments = line.removeprefix("$ spie ").split()
                run = subprocess.run(
                    [sys.executable, "-m", "spie", *arguments],
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                )
                assert run.returncode == 0, f"{line}\n{run.stdout}\n{run.stderr}"
                commands += 1
    assert commands == 6


def test_the_tutorial_gives_what_it_says(tmp_path: Path) -> None:
    import json
    from datetime import date

    import spie

    for language, name, content in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language in ("json", "xml"):
            file = tmp_path / name.strip()
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")
    facts = json.loads((tmp_path / "faits.json").read_text(encoding="utf-8"))
    pack = spie.Pack.load(str(tmp_path / "val-invente"))
    assert pack.evaluate("aide_mobilite", facts, as_of=date(2024, 6, 1)).value is False
    assert pack.evaluate("aide_mobilite", facts, as_of=date(2025, 6, 1)).value is True
    neighbour = spie.Pack.load(str(tmp_path / "val-voisin"))
    assert neighbour.evaluate("aide_mobilite", facts, as_of=date(2024, 6, 1)).value is True
