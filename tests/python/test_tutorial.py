"""docs/tutoriel-dossier.md, run block after block in an empty folder."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutoriel-dossier.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


def test_the_tutorial_runs_and_draws(tmp_path: Path) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) > 8
    script = tmp_path / "tutoriel.py"
    script.write_text("\n".join(blocks), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-P", script.name], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
    for picture in ("droits.png", "raisons.png"):
        assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG"), picture
    assert (tmp_path / "copie.db").exists()
