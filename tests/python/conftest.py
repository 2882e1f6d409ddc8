"""What the tests share. They import the installed wheel, never the source tree."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def pack():
    import spie

    return spie.Pack.load(ROOT / "packs" / "seine-et-marne-2022-2023")


@pytest.fixture(scope="session")
def ledger_path() -> Path:
    return ROOT / "examples" / "donnees" / "registre-invente.csv"


@pytest.fixture(scope="session")
def payments_path() -> Path:
    return ROOT / "examples" / "donnees" / "versements-inventes.csv"


@pytest.fixture(scope="session")
def expected_statements() -> list[dict]:
    """The statements worked out apart from the library."""
    return json.loads((ROOT / "tests" / "insertion" / "etat_attendu.json").read_text("utf-8"))


@pytest.fixture
def today() -> date:
    """The day of the commands, whose acts are of now. It is that of the whole test: the last minute of a day is waited out."""
    now = datetime.now(UTC)
    ahead = now + timedelta(minutes=1)
    if ahead.date() > now.date():
        time.sleep((ahead - now).total_seconds())
    return datetime.now(UTC).date()


@pytest.fixture
def spie_command(tmp_path, monkeypatch):
    """The command line, called in a folder of its own."""
    from spie.cli.main import app
    from typer.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")

    def run(*arguments: object, stdin: str | None = None):
        return Said(CliRunner().invoke(app, [str(one) for one in arguments], input=stdin))

    return run


def plain(text: str) -> str:
    """The words, without their typography: that is the test of test_cli_typographie.py."""
    return text.replace("\u202f", " ").replace("\u2019", "'")


class Said:
    """What a command said: its words, and `typeset` as it wrote them."""

    def __init__(self, done):
        self.done = done
        self.exit_code = done.exit_code
        self.exception = done.exception
        self.exc_info = done.exc_info
        self.typeset = done.stdout
        self.typeset_stderr = done.stderr
        self.stdout = plain(done.stdout)
        self.stderr = plain(done.stderr)
        self.output = plain(done.output)


@pytest.fixture
def model_path(tmp_path: Path) -> Path:
    """A small model: a table with a default, a literal expression, a service."""
    path = tmp_path / "frais.dmn"
    path.write_text(MODEL, encoding="utf-8")
    return path


MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="frais" name="frais"
             namespace="urn:essai:frais">
  <inputData id="e1" name="montant"><variable name="montant" typeRef="number"/></inputData>
  <inputData id="e2" name="nature"><variable name="nature" typeRef="string"/></inputData>
  <decision id="d1" name="taux">
    <variable name="taux" typeRef="number"/>
    <informationRequirement><requiredInput href="#e2"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input label="Nature">
        <inputExpression typeRef="string"><text>nature</text></inputExpression>
      </input>
      <output name="taux" typeRef="number">
        <defaultOutputEntry><text>0</text></defaultOutputEntry>
      </output>
      <rule><inputEntry><text>"train"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
      <rule><inputEntry><text>"voiture"</text></inputEntry><outputEntry><text>0.5</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="rembourse" >
    <variable name="rembourse" typeRef="number"/>
    <informationRequirement><requiredInput href="#e1"/></informationRequirement>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <literalExpression><text>montant * taux</text></literalExpression>
  </decision>
  <decisionService id="s1" name="remboursement">
    <variable name="remboursement"/>
    <outputDecision href="#d2"/>
    <encapsulatedDecision href="#d1"/>
    <inputData href="#e1"/>
    <inputData href="#e2"/>
  </decisionService>
</definitions>
"""
