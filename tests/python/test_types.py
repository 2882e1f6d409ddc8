"""The stubs describe the module, and the package passes mypy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
import spie

PACKAGE = Path(spie.__file__).parent


def run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=cwd
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_match_the_module(tmp_path):
    allowed = Path(__file__).with_name("stubtest_allowlist.txt")
    run("mypy.stubtest", "spie._core", "--allowlist", str(allowed), cwd=tmp_path)


def test_the_package_passes_mypy(tmp_path):
    run("mypy", "--strict", "-p", "spie", cwd=tmp_path)


EXHAUSTIVE = """
from typing import assert_never

import spie
from datetime import date


def said(status: spie.Status) -> str:
    match status:
        case "determine" | "indetermine":
            return "sans erreur"
        case "erreur":
            return "erreur"
        case other:
            assert_never(other)


model = spie.dmn.loads("")
said(model.evaluate("d").status)
said(model.decision("d")({}).status)
said(spie.Pack.load("p").evaluate("d", {}, as_of=date(2022, 6, 1)).status)
"""


def test_a_status_is_one_of_three(tmp_path):
    (tmp_path / "user.py").write_text(EXHAUSTIVE, "utf-8")
    run("mypy", "--strict", "user.py", cwd=tmp_path)
    for wrong, why in (
        ('case "determine" | "indetermine":', 'case "determine":'),  # one is forgotten
        ('case "erreur":', 'case "errreur":'),
    ):
        (tmp_path / "user.py").write_text(EXHAUSTIVE.replace(wrong, why), "utf-8")
        with pytest.raises(AssertionError, match="assert_never"):
            run("mypy", "--strict", "user.py", cwd=tmp_path)
    assert set(get_args(spie.Status)) == {"determine", "indetermine", "erreur"}


TABLES = """
import spie
from datetime import date


class Frame:
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


pack = spie.Pack.load("p")
one = Frame()
pack.evaluate("d", one, as_of=date(2022, 6, 1))
spie.dmn.loads("").evaluate("d", one)
spie.feel.evaluate("1", one)
spie.convention.etat_des_depenses(pack, one, one, one, at=date(2022, 6, 1))
spie.convention.read_registre(one, pack).to_arrow()
pack.evaluate_table("d", spie.convention.budget(pack), "jour", progres=print).to_pandas()
"""


def test_tables_are_taken_by_the_types_too(tmp_path):
    (tmp_path / "user.py").write_text(TABLES, "utf-8")
    run("mypy", "--strict", "user.py", cwd=tmp_path)


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file() and (PACKAGE / "_core.pyi").is_file()


def test_no_file_is_too_long():
    long = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) >= 900
    ]
    assert long == []
