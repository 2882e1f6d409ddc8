"""What is shipped checks its stack and its buffers while it runs, and lets nobody rewrite its table of imported functions."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import spie._core

PREFIX = Path(os.environ.get("SPIE_PREFIX", "nowhere"))


def built():
    yield pytest.param(Path(spie._core.__file__), id="spie._core")
    library = next(PREFIX.glob("lib/**/libspie.so"), None)
    absent = pytest.mark.skip(reason="no installed library: the suite install makes it")
    yield pytest.param(library, id="libspie.so", marks=() if library else absent)


def readelf(option, file):
    return subprocess.run(["readelf", "-W", option, file], capture_output=True, text=True).stdout


@pytest.mark.parametrize("file", list(built()))
def test_what_is_shipped_is_hardened(file):
    assert "GNU_RELRO" in readelf("-l", file)
    assert re.search(r"BIND_NOW|FLAGS_1.*\bNOW\b", readelf("-d", file))
    assert not re.search(r"RPATH|RUNPATH", readelf("-d", file))
    assert re.search(r"GNU_STACK.*RW ", readelf("-l", file)), "the stack is executable"
    imported = readelf("--dyn-syms", file)
    assert "__stack_chk_fail" in imported
    assert re.search(r"UND __\w+_chk@", imported), "no buffer of the C library is checked"


def test_every_object_of_the_library_has_the_flags():
    root = Path(__file__).parents[2]
    commands = root / "build/release/compile_commands.json"
    if not commands.exists():
        pytest.skip("the library was not built in build/release")
    seen = 0
    for entry in json.loads(commands.read_text()):
        file, command = Path(entry["file"]), entry["command"]
        if root / "src" not in file.parents:
            continue
        seen += 1
        assert "-fstack-protector-strong" in command and "-D_FORTIFY_SOURCE=2" in command, file
        assert "_GLIBCXX_ASSERTIONS" in command, file
    assert seen > 100
