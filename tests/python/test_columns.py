"""Which decisions of a pack go by columns, and that an answer does not say which way it went."""

import json
from datetime import date

import pytest
import spie
from spie.cli.main import app
from typer.testing import CliRunner


def test_a_pack_says_which_decisions_go_by_columns_and_why_not_the_others():
    pack = spie.Pack.load(str(spie.packs.path() / "seine-et-marne-2022-2023"))
    found = {one["decision"]: one for one in pack.columns()}
    assert {one.name for one in pack.decisions} == set(found)
    assert any(one["colonnes"] for one in found.values())
    assert found["entree"]["colonnes"]  # it counts the freins of each person
    assert not found["freins_classes"]["colonnes"]  # it gives a list of the facts back
    assert found["freins_classes"]["motif"]
    for one in found.values():
        assert one["colonnes"] == (one["motif"] == "")


def test_the_command_line_says_it_too():
    result = CliRunner().invoke(app, ["pack", "check", "socle-national", "--colonnes", "--json"])
    assert result.exit_code == 0
    shown = json.loads(result.stdout)
    assert {"decision", "colonnes", "place", "motif", "mots", "par_lignes"} == set(shown[0])
    words = CliRunner().invoke(app, ["pack", "check", "socle-national", "--colonnes"])
    assert words.exit_code == 0
    assert "par colonnes" in words.stdout


def test_the_packs_give_no_reason_without_words_in_french():
    for name in ("socle-national", "seine-et-marne-2022-2023"):
        for one in spie.Pack.load(str(spie.packs.path() / name)).columns():
            reasons = one["par_lignes"] if one["colonnes"] else [one]
            for reason in reasons:
                assert reason["mots"] not in ("", reason["motif"]), one


def test_a_part_without_a_form_in_columns_goes_row_by_row_all_the_same():
    pyarrow = pytest.importorskip("pyarrow")
    model = spie.dmn.loads(
        """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="n">
        <inputData id="i" name="nom"><variable name="nom" typeRef="string"/></inputData>
        <inputData id="j" name="n"><variable name="n" typeRef="number"/></inputData>
        <decision id="d" name="d"><variable name="d" typeRef="string"/>
        <informationRequirement><requiredInput href="#i"/></informationRequirement>
        <informationRequirement><requiredInput href="#j"/></informationRequirement>
        <literalExpression><text>if n &gt; 2 then upper case(nom) + "!" else "peu"</text>
        </literalExpression></decision></definitions>"""
    )
    table = pyarrow.table({"nom": ["éa", None, "b", "éa"], "n": [3, 4, 1, 5]})
    answer = pyarrow.table(model.evaluate_table("d", table))
    assert answer["d"].to_pylist() == ["ÉA!", None, "peu", "ÉA!"]
    assert answer["statut"].to_pylist() == ["determine", "erreur", "determine", "determine"]


def test_lists_of_facts_are_answered_by_columns_as_row_by_row():
    pyarrow = pytest.importorskip("pyarrow")
    pack = spie.Pack.load(str(spie.packs.path() / "seine-et-marne-2022-2023"))
    freins = [
        [{"code": "mobilite", "reponse": "oui"}, {"code": "sante", "reponse": "refuse"}],
        [{"code": "mobilite", "reponse": "oui"}, {"code": "emploi", "reponse": "oui"}],
        [],
        None,
        [{"code": "numerique", "reponse": "non"}]
        * 70,  # longer than what goes position by position
    ]
    table = pyarrow.table({"freins": freins, "diagnostic_complet": ["oui"] * 5})
    answer = pyarrow.table(
        pack.evaluate_table("freins_sociaux", table, date(2022, 6, 1))
    ).to_pylist()
    for row, given in zip(answer, freins, strict=True):
        facts = {"diagnostic_complet": "oui"} | ({} if given is None else {"freins": given})
        alone = pack.evaluate("freins_sociaux", facts, as_of=date(2022, 6, 1))
        assert (row["freins_sociaux"], row["statut"]) == (alone.value, alone.status)
    assert [row["statut"] for row in answer][3] == "indetermine"


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
