"""Which decisions of a pack go by columns, and that an answer does not say which way it went."""

import json

import pytest
import spie
from spie.cli.main import app
from typer.testing import CliRunner


def test_a_pack_says_which_decisions_go_by_columns_and_why_not_the_others():
    pack = spie.Pack.load(str(spie.packs.path() / "seine-et-marne-2022-2023"))
    found = {one["decision"]: one for one in pack.columns()}
    assert {one.name for one in pack.decisions} == set(found)
    assert any(one["colonnes"] for one in found.values())
    # It goes through a list of facts.
    assert not found["entree"]["colonnes"]
    assert found["entree"]["motif"]
    for one in found.values():
        assert one["colonnes"] == (one["motif"] == "")


def test_the_command_line_says_it_too():
    result = CliRunner().invoke(app, ["pack", "check", "socle-national", "--colonnes", "--json"])
    assert result.exit_code == 0
    shown = json.loads(result.stdout)
    assert {"decision", "colonnes", "place", "motif"} == set(shown[0])
    words = CliRunner().invoke(app, ["pack", "check", "socle-national", "--colonnes"])
    assert words.exit_code == 0
    assert "par colonnes" in words.stdout


def test_long_texts_and_large_numbers_are_answered_all_the_same():
    pyarrow = pytest.importorskip("pyarrow")
    model = spie.dmn.loads(
        """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="n">
        <inputData id="i" name="n"><variable name="n" typeRef="number"/></inputData>
        <decision id="d" name="d"><variable name="d" typeRef="number"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement>
        <literalExpression><text>n * 3</text></literalExpression></decision></definitions>"""
    )
    table = pyarrow.table({"n": pyarrow.array([1, None, 2**62, -(2**62)], pyarrow.int64())})
    answer = pyarrow.table(model.evaluate_table("d", table))
    assert [None if x is None else int(x) for x in answer["d"].to_pylist()] == [
        3, None, 3 * 2**62, -3 * 2**62,
    ]  # fmt: skip
    assert answer["statut"].to_pylist() == ["determine", "erreur", "determine", "determine"]
