"""Models as their editors leave them: free names, extra inputs, dates of JSON, vendors."""

from __future__ import annotations

import json

import pytest
import spie


def model(body: str) -> str:
    uri = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    return f'<definitions xmlns="{uri}" id="m" name="m" namespace="urn:essai:noms">{body}</definitions>'


def decision(logic: str, requires: str = "") -> str:
    return f'<decision id="d" name="R"><variable name="R"/>{requires}{logic}</decision>'


def literal(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


TABLE = """<decisionTable hitPolicy="FIRST"><input><inputExpression><text>montant</text></inputExpression>
  </input><output/>
  <rule><inputEntry><text>&lt; 250</text></inputEntry><outputEntry><text>"petit"</text></outputEntry></rule>
  <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"grand"</text></outputEntry></rule>
</decisionTable>"""
DAY = '<inputData id="i" name="jour"><variable name="jour" typeRef="date"/></inputData>' + decision(
    literal("jour.month"),
    '<informationRequirement><requiredInput href="#i"/></informationRequirement>',
)


def test_a_name_that_nothing_declares_is_an_input_and_a_warning():
    loaded = spie.dmn.loads(model(decision(TABLE)))
    assert loaded.evaluate("R", {"montant": 300}).value == "grand"
    assert [one.name for one in loaded.inputs] == ["montant"]
    (told,) = loaded.findings
    assert (told.level, told.code, told.details) == ("warning", "F002", "montant")
    with pytest.raises(spie.FeelError) as refused:
        spie.dmn.loads(model(decision(TABLE)), strict=True)
    assert refused.value.code == "F002"
    both = spie.dmn.loads(model(decision(TABLE)), strict=True, lenient=True)
    assert both.evaluate("R").errors[0].code == "D008" and both.inputs == []


def test_inputs_that_nothing_reads_are_refused_or_left_aside():
    loaded = spie.dmn.loads(model(decision(TABLE)))
    row = {"montant": 1, "dossier": "D-12"}
    prepared = loaded.decision("R")
    for call in (
        lambda **how: loaded.evaluate("R", row, **how),
        lambda **how: prepared(row, **how),
    ):
        with pytest.raises(spie.DmnError, match="dossier"):
            call()
        with pytest.raises(spie.DmnError, match="dossier"):
            call(extra="refuse")
        assert call(extra="ignore").value == "petit"
        with pytest.raises(spie.UsageError, match="extra"):
            call(extra="ignorer")


def test_an_iso_text_is_the_date_that_the_type_asks_for():
    loaded = spie.dmn.loads(model(DAY))
    prepared = loaded.decision("R")
    for row in (
        json.loads('{"jour": "2024-01-05"}'),
        {"jour": spie.feel.run('@"2024-01-05"').value},
    ):
        assert loaded.evaluate("R", row).value == 1
        assert prepared(row).value == 1
    with pytest.raises(spie.DmnError, match="there is no 30 February 2024"):
        loaded.evaluate("R", {"jour": "2024-02-30"})


def test_the_functions_of_a_vendor_are_read_on_demand():
    xml = model(decision(literal("is defined(x.y)")))
    with pytest.raises(spie.FeelError) as refused:
        spie.dmn.loads(xml)
    assert refused.value.code == "F004"
    for extensions in (["camunda"], "camunda", ("kie", "camunda")):
        loaded = spie.dmn.loads(xml, extensions=extensions)
        assert loaded.evaluate("R", {"x": {"y": 1}}).value is True
        assert loaded.evaluate("R").value is False
    with pytest.raises(spie.UsageError, match="camunda"):
        spie.dmn.loads(xml, extensions=["camnuda"])


def test_the_command_line_has_the_same_ways(spie_command, tmp_path):
    path = tmp_path / "libre.dmn"
    path.write_text(model(decision(TABLE)), encoding="utf-8")
    asked = ("dmn", "evaluate", path, "R", "-")
    given = json.dumps({"montant": 300, "dossier": 1})
    assert spie_command(*asked, stdin=given).exit_code == 3
    done = spie_command(*asked, "--ignorer", stdin=given)
    assert done.exit_code == 0 and "grand" in done.stdout
    assert "F002" in done.stderr and "montant" in done.stderr
    silent = spie_command(*asked, "--ignorer", "--json", stdin=given)
    assert json.loads(silent.stdout)["valeur"] == "grand" and not silent.stderr
    refused = spie_command(*asked, "--strict", "--json", stdin=given)
    assert refused.exit_code == 3 and json.loads(refused.stdout)["erreurs"][0]["code"] == "F002"
    day = tmp_path / "jour.dmn"
    day.write_text(model(DAY), encoding="utf-8")
    done = spie_command("dmn", "evaluate", day, "R", "-", "--json", stdin='{"jour": "2024-01-05"}')
    assert json.loads(done.stdout)["valeur"] == 1
    unreal = spie_command(
        "dmn", "evaluate", day, "R", "-", stdin='{"jour": {"@date": "2024-02-30"}}'
    )
    assert unreal.exit_code == 3 and "2024-02-30" in unreal.stderr + unreal.stdout
    path.write_text(model(decision(literal("is defined(x)"))), encoding="utf-8")
    assert spie_command("dmn", "show", path, "R").exit_code == 3
    assert spie_command("dmn", "show", path, "R", "--extensions", "camunda").exit_code == 0
