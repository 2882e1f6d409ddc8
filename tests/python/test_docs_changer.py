"""docs/changer.md says where to go: each path leads somewhere, and a file that is said to name all of them does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spie import actes, dossier, imports
from spie.cli.main import app
from typer.main import get_command

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/changer.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S))
# A path, and whether the words "all" follow it before the next one.
PATHS = re.compile(r"`([\w*./-]+/[\w*./-]+|CHANGELOG\.md)`((?:(?!`)[^\n])*)")


def paths(section: str) -> list[tuple[str, bool]]:
    """Those of the numbered lists; a line that goes on is one with the line above."""
    lists = "\n".join(
        re.sub(r"\n +", " ", one) for one in re.findall(r"^\d+\. .*(?:\n   .*)*", section, re.M)
    )
    return [(path, "**all**" in after) for path, after in PATHS.findall(lists)]


def commands(command, path=""):
    if not hasattr(command, "commands"):
        return [path.strip()]
    return [
        one for name, child in command.commands.items() for one in commands(child, f"{path} {name}")
    ]


def builtins() -> list[str]:
    """The names in the tables: the first text of each row."""
    folder = ROOT / "src/rules/feel/builtins"
    theirs = {folder / "vendors.cpp", folder / "signavio.cpp"}  # in docs/dmn-names.md
    files = set(folder.glob("*.cpp")) - theirs
    return [
        name
        for file in files
        for name in re.findall(r'Signature\{\s*"([^"]+)",', file.read_text("utf-8"))
    ]


def names_of_the_interface() -> list[str]:
    return re.findall(r"^    (spie_\w+);", (ROOT / "src/capi/spie.map").read_text("utf-8"), re.M)


REGISTRIES = {
    "An event type": lambda: [one["nom"] for one in dossier.types()],
    "An act of the path": lambda: [one.acte for one in actes.transitions()],
    "A built-in": builtins,
    "A format": lambda: [one["nom"] for one in imports.formats()],
    "A command": lambda: commands(get_command(app)),
    "A C function": names_of_the_interface,
}


def test_there_is_a_list_for_each_thing_that_is_added():
    assert list(SECTIONS) == [*REGISTRIES, "A record", "A file of a pack"]
    for title, section in SECTIONS.items():
        assert len(paths(section)) >= 5, title
    for title in REGISTRIES:
        assert SECTIONS[title].count("the registry") >= 1, title


@pytest.mark.parametrize("title", SECTIONS)
def test_each_path_leads_somewhere(title):
    for path, _ in paths(SECTIONS[title]):
        assert list(ROOT.glob(path)), path
    for path in re.findall(r"`((?:tests|docs|src|python|scripts)/[\w./-]+)`", PAGE):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("title", REGISTRIES)
def test_a_file_that_is_said_to_name_them_all_does(title):
    every = REGISTRIES[title]()
    assert len(every) > 5
    checked = [path for path, all_of_them in paths(SECTIONS[title]) if all_of_them]
    assert checked, title
    for path in checked:
        text = "\n".join(one.read_text("utf-8") for one in sorted(ROOT.glob(path)))
        left = [one for one in every if not re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)]
        assert not left, (path, left)


def test_each_event_type_has_its_schema():
    for one in dossier.types():
        assert (ROOT / f"docs/schemas/{one['nom']}.v{one['version']}.json").is_file()
