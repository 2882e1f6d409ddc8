"""The command `spie dmn`: imported models, facts, logic."""

from __future__ import annotations

import json

import pytest

IMPORTING = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="i" name="i"
    namespace="urn:essai:i">
  <import name="f" namespace="urn:essai:frais"
      importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
  <decision id="double" name="double"><variable name="double"/>
    <informationRequirement><requiredDecision href="urn:essai:frais#d2"/></informationRequirement>
    <literalExpression><text>f.rembourse * 2</text></literalExpression></decision>
</definitions>"""


@pytest.fixture
def importing(tmp_path):
    path = tmp_path / "importe.dmn"
    path.write_text(IMPORTING, encoding="utf-8")
    return path


def test_an_input_of_an_imported_model_is_keyed_by_namespace(spie_command, importing, model_path):
    given = {"{urn:essai:frais}montant": 10, "{urn:essai:frais}nature": "train"}
    done = spie_command(
        "dmn", "evaluate", importing, "double", "-", "--import", model_path, "--json",
        stdin=json.dumps(given),
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["valeur"] == 20


def test_a_key_with_a_brace_left_open_names_nothing(spie_command, model_path):
    for key in ("{urn:essai:frais", "{urn:essai:frais}", "{urn:ailleurs}montant"):
        done = spie_command(
            "dmn", "evaluate", model_path, "rembourse", "-", "--json", stdin=json.dumps({key: 1})
        )
        assert done.exit_code == 3 and json.loads(done.stdout)["erreurs"][0]["code"] == "D009"


def test_the_facts_of_a_decision(spie_command, model_path):
    done = spie_command("dmn", "facts", model_path, "rembourse")
    assert done.exit_code == 0 and "montant" in done.stdout and "nature" in done.stdout
    data = json.loads(spie_command("dmn", "facts", model_path, "taux", "--json").stdout)
    assert [one["chemin"] for one in data] == ["nature"]
    assert spie_command("dmn", "facts", model_path, "absente").exit_code == 3


def test_the_logic_of_a_decision(spie_command, model_path, importing):
    table = spie_command("dmn", "show", model_path, "taux")
    assert table.exit_code == 0 and "voiture" in table.stdout and "0.5" in table.stdout
    assert "montant * taux" in spie_command("dmn", "show", model_path, "rembourse").stdout
    data = json.loads(spie_command("dmn", "show", model_path, "taux", "--json").stdout)
    assert data["kind"] == "decision_table"
    double = spie_command("dmn", "show", importing, "double", "--import", model_path)
    assert "f.rembourse * 2" in double.stdout
    assert spie_command("dmn", "show", model_path, "absente").exit_code == 3
