"""The stubs describe the module, and the package passes mypy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").is_file() and (PACKAGE / "_core.pyi").is_file()


def test_no_file_is_too_long():
    long = [
        path.name
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) >= 900
    ]
    assert long == []
