"""docs/cli*.md name every command and every option, and its exit codes are those of the program."""

from __future__ import annotations

import re
from pathlib import Path

from spie.cli.main import CODES, app
from typer.main import get_command

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = "\n".join(page.read_text(encoding="utf-8") for page in sorted(DOCS.glob("cli*.md")))


def commands(command, path="spie"):
    """The commands, each with its whole name."""
    if not hasattr(command, "commands"):
        yield path, command
        return
    if command.invoke_without_command and command.params:  # it does something of its own
        yield path, command
    for name, child in command.commands.items():
        yield from commands(child, f"{path} {name}")


COMMANDS = dict(commands(get_command(app)))
SECTIONS = dict(re.findall(r"^### (spie [^\n]+)\n(.*?)(?=^##|\Z)", PAGE, re.M | re.S))


def test_each_command_has_its_section_and_no_other():
    assert set(SECTIONS) == set(COMMANDS)


def test_each_option_stands_in_the_section_of_its_command():
    for name, command in COMMANDS.items():
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option not in ("--help", "--json"):
                    assert f"{option}" in SECTIONS[name], f"{name}: {option}"
            if "--json" in parameter.opts:
                assert "`--json`" in SECTIONS[name], name


def test_every_command_answers_in_json():
    for name, command in COMMANDS.items():
        assert any("--json" in one.opts for one in command.params), name


def test_the_exit_codes_are_told():
    assert re.findall(r"^\| (\d) \|", PAGE, re.M) == ["0", "1", "2", "3", "4"]
    for cause in ("contrôle", "budget", "cas en échec", "décision en erreur"):
        assert cause in CODES
