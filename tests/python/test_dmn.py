"""DMN models from Python."""

from __future__ import annotations

from decimal import Decimal

import pytest
import spie
from conftest import MODEL
from spie import dmn


def test_a_model_is_loaded_and_evaluated(model_path):
    model = spie.dmn.load(str(model_path))
    assert (model.name, model.namespace) == ("frais", "urn:essai:frais")
    assert model.version == "1.3"
    result = model.evaluate("rembourse", {"montant": Decimal("80.50"), "nature": "voiture"})
    assert result.value == Decimal("40.25")
    assert result.status == "determine" and result.errors == [] and result.missing == []


def test_a_service_is_called_by_name(model_path):
    model = spie.dmn.load(model_path)
    assert model.evaluate_service("remboursement", {"montant": 10, "nature": "train"}).value == 10


def test_an_input_may_give_a_decision_its_value(model_path):
    model = spie.dmn.load(model_path)
    assert model.evaluate("rembourse", {"montant": 10, "taux": Decimal("0.25")}).value == Decimal(
        "2.5"
    )


def test_an_input_may_be_keyed_by_namespace(model_path):
    model = spie.dmn.load(model_path)
    given = {("urn:essai:frais", "montant"): 10, ("urn:essai:frais", "nature"): "train"}
    assert model.evaluate("rembourse", given).value == 10


def test_what_the_model_holds_can_be_listed(model_path):
    model = spie.dmn.load(model_path)
    assert [one.name for one in model.inputs] == ["montant", "nature"]
    assert [one.name for one in model.decisions] == ["taux", "rembourse"]
    assert [one.name for one in model.services] == ["remboursement"]
    assert model.decisions[0].has_table and not model.decisions[1].has_table
    assert [fact.path for fact in model.facts("rembourse")] == ["montant", "nature"]
    assert model.requirements("rembourse") == ["taux", "rembourse"]
    assert model.describe("taux")["kind"] == "decision_table"


def test_the_trace_shows_cells_and_rules(model_path):
    model = spie.dmn.load(model_path)
    result = model.evaluate("rembourse", {"montant": 10, "nature": "voiture"}, trace=True)
    assert [one.name for one in result.trace.decisions] == ["taux", "rembourse"]
    table = result.trace.find("taux").tables[0]
    assert table.hit_policy == "UNIQUE"
    assert [(rule.number, rule.verdict, rule.hit) for rule in table.rules] == [
        (1, "faux", False),
        (2, "vrai", True),
    ]
    assert table.hits[0].cells == ("vrai",)
    assert '"statut": "determine"' in result.to_json()


def test_an_error_is_in_the_result(model_path):
    model = spie.dmn.load(model_path)
    result = model.evaluate("rembourse", {"nature": "train"})
    assert result.value is None and result.status == "erreur"
    assert result.errors[0].code.startswith("F") and "rembourse" in result.errors[0].where


@pytest.mark.parametrize(
    ("inputs", "code"), [({"montnat": 1}, "D009"), ({"montant": "dix"}, "D010"), ({3: 1}, "A001")]
)
def test_wrong_inputs_are_refused(model_path, inputs, code):
    model = spie.dmn.load(model_path)
    with pytest.raises(spie.SpieError) as refused:
        model.evaluate("rembourse", inputs)
    assert refused.value.code == code


def test_the_nearest_name_is_suggested(model_path):
    model = spie.dmn.load(model_path)
    with pytest.raises(spie.DmnError, match="montant"):
        model.evaluate("rembourse", {"montnat": 1})
    with pytest.raises(spie.DmnError) as refused:
        model.evaluate("inexistante", {})
    assert refused.value.code == "D011"


def test_a_value_that_stands_for_nothing_is_placed(model_path):
    with pytest.raises(spie.ValueConversionError) as refused:
        spie.dmn.load(model_path).evaluate("rembourse", {"montant": object()})
    assert refused.value.where == "/montant"


def test_a_strict_load_refuses_and_a_lenient_one_lets_pass():
    broken = MODEL.replace("montant * taux", "montant * tauxx")
    with pytest.raises(spie.SpieError) as refused:
        spie.dmn.loads(broken, name="frais.dmn", strict=True)
    assert refused.value.diagnostics and "frais.dmn" in refused.value.where
    model = spie.dmn.loads(broken, lenient=True, strict=True)
    assert model.findings
    assert model.evaluate("taux", {"nature": "train"}).value == 1
    assert model.evaluate("rembourse", {"montant": 1, "nature": "train"}).errors[0].code == "D008"


def test_a_text_that_is_not_dmn_is_refused():
    for text in ("", "<a", "<html/>", b"\xff\xfe"):
        with pytest.raises(spie.DmnError) as refused:
            spie.dmn.loads(text)
        assert refused.value.code == "D001"


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(spie.DmnError) as refused:
        spie.dmn.load(tmp_path / "absent.dmn")
    assert "absent.dmn" in refused.value.where


def test_an_imported_model_is_given_beside():
    base = MODEL
    importing = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="i" name="i"
        namespace="urn:essai:i">
      <import name="f" namespace="urn:essai:frais"
          importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
      <decision id="double" name="double"><variable name="double"/>
        <informationRequirement><requiredDecision href="urn:essai:frais#d2"/></informationRequirement>
        <literalExpression><text>f.rembourse * 2</text></literalExpression></decision>
    </definitions>"""
    model = spie.dmn.loads(importing, [base])
    given = {("urn:essai:frais", "montant"): 10, ("urn:essai:frais", "nature"): "train"}
    assert model.evaluate("double", given).value == 20
    facts = model.facts("rembourse", namespace="urn:essai:frais")
    assert [(fact.path, fact.type) for fact in facts] == [
        ("montant", "number"),
        ("nature", "string"),
    ]
    with pytest.raises(spie.DmnError, match="D011"):
        model.facts("rembourse", namespace="urn:essai:i")


def test_a_function_outlives_its_model():
    model = spie.dmn.loads(
        """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
            namespace="urn:essai:fonction">
          <businessKnowledgeModel id="k" name="triple"><variable name="triple"/><encapsulatedLogic>
            <formalParameter name="n"/><literalExpression><text>n * 3</text></literalExpression>
          </encapsulatedLogic></businessKnowledgeModel>
          <decision id="d" name="d"><variable name="d"/>
            <knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>
            <literalExpression><text>function(n) triple(n) + 1</text></literalExpression></decision>
        </definitions>"""
    )
    function = model.evaluate("d").value
    del model
    assert spie.feel.evaluate("f(2)", {"f": function}) == 7


def test_a_result_shows_in_a_notebook(model_path):
    result = spie.dmn.load(model_path).evaluate("taux", {"nature": "train"})
    assert "<table>" in result._repr_html_()
    assert "determine" in repr(result)


LIMITED = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="urn:m">
<inputData id="q" name="quoi"><variable name="quoi" typeRef="number"/></inputData>
<businessKnowledgeModel id="k" name="f"><variable name="f"/><encapsulatedLogic><formalParameter name="a"/>
<formalParameter name="n"/><literalExpression><text>if n > 50 or a > 1 then 1 else f(a, n + 1)</text></literalExpression>
</encapsulatedLogic><knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement></businessKnowledgeModel>
<decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#q"/></informationRequirement>
<knowledgeRequirement><requiredKnowledge href="#k"/></knowledgeRequirement>
<literalExpression><text>[f(quoi, 0), count(for i in 1..100 return i), string length(string join(for i in 1..100
return "0123456789", ""))][quoi]</text></literalExpression></decision></definitions>"""


@pytest.mark.parametrize(
    ("what", "limits"),
    [
        (1, spie.Limits(depth=20)),
        (2, spie.Limits(steps=50)),
        (2, spie.Limits(list_size=99)),
        (3, spie.Limits(memory=500)),
    ],
)
def test_an_evaluation_keeps_to_the_limits_that_it_is_given(what, limits):
    model = dmn.loads(LIMITED)
    assert not model.evaluate("d", {"quoi": what}).errors
    assert not model.evaluate("d", {"quoi": what}, limits=spie.Limits()).errors
    for result in (
        model.evaluate("d", {"quoi": what}, limits=limits),
        model.decision("d")({"quoi": what}, limits=limits),
    ):
        assert result.value is None
        assert [one.code for one in result.errors] == ["F008"]
    assert not model.decision("d")({"quoi": what}).errors


LONG = (
    "count(for i in 1..1000000 return count(for j in 1..40 return j))"  # tens of millions of steps
)


def test_an_expression_keeps_to_the_limits_and_to_the_clock():
    said = spie.feel.run(LONG, limits=spie.Limits(milliseconds=1))
    assert said.value is None
    assert [one.code for one in said.errors] == ["F008"]
    assert "more than 1 ms" in said.errors[0].message
    text = spie.feel.compile(LONG.replace("1000000", "10"))
    assert text.evaluate() == 10
    assert text.evaluate(limits=spie.Limits(steps=100)) is None
    assert spie.feel.evaluate(text.text, limits=spie.Limits(list_size=9)) is None
    with pytest.raises(spie.UsageError, match="milliseconds"):
        text.evaluate(limits=spie.Limits(milliseconds=0))


def test_the_rows_of_a_table_keep_to_the_limits():
    pa = pytest.importorskip("pyarrow")
    model = dmn.loads(LIMITED)
    rows = pa.table({"quoi": [1, 2, 3]})
    told = pa.table(model.evaluate_table("d", rows, limits=spie.Limits(depth=20), motif=True))
    assert told.column("statut").to_pylist() == ["erreur", "determine", "determine"]
    assert told.column("motif").to_pylist() == ["F008", None, None]


@pytest.mark.parametrize("wrong", [0, -1, 2**31])
def test_a_limit_is_a_number_above_zero(wrong):
    with pytest.raises(spie.UsageError, match=r"limits\.steps"):
        dmn.loads(LIMITED).evaluate("d", {"quoi": 1}, limits=spie.Limits(steps=wrong))
