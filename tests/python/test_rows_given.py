"""What the quick ways of asking a decision for a row answer is what the long one does, whatever the row holds."""

from __future__ import annotations

import gc
import inspect
import pickle
import weakref
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy
import pytest
import spie
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

TYPED = {"nombre": "number", "mot": "tMot", "jour": "date", "vrai": "boolean", "libre": "Any"}
NEEDS = "".join(
    f'<informationRequirement><requiredInput href="#i_{name}"/></informationRequirement>'
    for name in TYPED
)
DECISIONS = {
    "tout": "{" + ", ".join(f"{name}: {name}" for name in TYPED) + "}",
    "seul": "if vrai then mot else libre",
    "faux": "libre + nombre",
}
MODEL = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"'
    ' namespace="urn:rows"><itemDefinition name="tMot"><typeRef>string</typeRef>'
    '<allowedValues><text>"a", "b", "ê"</text></allowedValues></itemDefinition>'
    + "".join(
        f'<inputData id="i_{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind in TYPED.items()
    )
    + "".join(
        f'<decision id="{name}" name="{name}"><variable name="{name}"/>{NEEDS}'
        f"<literalExpression><text>{text}</text></literalExpression></decision>"
        for name, text in DECISIONS.items()
    )
    + """<decision id="aide" name="aide"><variable name="aide"/>"""
    + NEEDS
    + """<decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>mot</text></inputExpression></input>
      <output name="nom" typeRef="string"/><output name="montant" typeRef="number"/>
      <rule><inputEntry><text>"a"</text></inputEntry>
        <outputEntry><text>"aide"</text></outputEntry><outputEntry><text>12.50</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"rien"</text></outputEntry><outputEntry><text>null</text></outputEntry></rule>
    </decisionTable></decision></definitions>"""
)


class Text(str):
    __slots__ = ()


class Whole(int):
    pass


class Row(dict[Any, Any]):
    pass


def other(text: str) -> str:
    """The same text, in an object of its own."""
    return "".join([text[:1], text[1:]])


KEYS = st.sampled_from([*TYPED, *TYPED, *map(other, TYPED), Text("nombre"), "autre", 3])
ODD = [
    Text("a"), Whole(3), 1.5, float("nan"), float("inf"), "", "c", "\ud800", "x" * 300, b"a", object(),
    numpy.int64(3), numpy.float32(0.1), numpy.bool_(True), numpy.str_("a"), numpy.datetime64("2022-02-28"),
    numpy.datetime64("NaT"), datetime(2022, 3, 1), datetime(2022, 3, 1, 12), timedelta(1), 10**30,
    Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+7000"), Decimal("-0"), Decimal("1.10"),
    Decimal("12345678901234567890123456789012345"), {1: 2}, "2022-03-01",
]  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(["a", "b", "ê"]),
    st.integers(-(2**70), 2**70),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(ODD),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(["y", "z"]), st.integers(0, 3), max_size=2),
)
PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "nombre": st.integers(-9, 9) | st.decimals(-9, 9, places=2),
        "mot": st.sampled_from(["a", "b"]),
        "jour": st.dates(),
        "vrai": st.booleans(),
        "libre": st.none() | st.text(max_size=3),
    },
)
ROWS = st.lists(PLAIN | st.dictionaries(KEYS, VALUES, max_size=6), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def model() -> spie.dmn.Model:
    return spie.dmn.loads(MODEL)


def outcome(call: Callable[[], Any]) -> str:
    """All of a result or of a value, its digits and its order too; or what refuses the call."""
    try:
        found = call()
        return repr(found.to_dict() if isinstance(found, spie.Result) else found)
    except spie.SpieError as error:
        said = [(one.code, one.where, one.message) for one in error.diagnostics]
        return f"{type(error).__name__} {said}"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(ROWS, st.sampled_from([*DECISIONS, "aide"]))
def test_each_way_of_asking_answers_alike(
    model: spie.dmn.Model, rows: list[dict[Any, Any]], name: str
) -> None:
    decision = model.decision(name)
    for row in rows:
        expected = outcome(lambda row=row: decision(MappingProxyType(row)))  # type: ignore[misc]
        for way in (
            lambda row=row: decision(row),
            lambda row=row: decision(Row(row)),
            lambda row=row: decision(inputs=row),
            lambda row=row: model.evaluate(name, row),
            lambda row=row: model.evaluate(name, inputs=row),
            lambda row=row: model.evaluate(Text(name), Row(row)),
        ):
            assert outcome(way) == expected
        value = outcome(lambda row=row: decision(MappingProxyType(row)).value)  # type: ignore[misc]
        assert outcome(lambda row=row: decision.value(row)) == value  # type: ignore[misc]


def test_the_keys_of_a_row_may_be_other_objects_in_another_order(model: spie.dmn.Model) -> None:
    decision = model.decision("tout")
    row = {"nombre": 1, "mot": "a", "libre": "x"}
    expected = dict.fromkeys(TYPED) | row
    for _ in range(3):
        assert decision.value(row) == expected
        assert decision.value({other(name): one for name, one in row.items()}) == expected
        assert decision.value(dict(reversed(row.items()))) == expected
        assert decision.value({}) == dict.fromkeys(TYPED)
        assert decision.value({"mot": "b"}) == dict.fromkeys(TYPED) | {"mot": "b"}


def test_what_rules_hold_ready_is_not_changed_by_who_is_given_it(model: spie.dmn.Model) -> None:
    decision = model.decision("aide")
    ready = {"nom": "aide", "montant": Decimal("12.50")}
    for _ in range(3):
        result = decision({"mot": "a"})
        for found in (result.value, decision.value({"mot": "a"})):
            assert found == ready
            assert str(found["montant"]) == "12.50"
            found["nom"] = "changed"
            found.clear()
        assert result.value == {}  # which is his
        assert result.to_dict()["valeur"] == ready
    assert decision.value({"mot": "b"}) == {"nom": "rien", "montant": None}


def test_a_value_alone_says_what_is_wrong_as_a_call_does(model: spie.dmn.Model) -> None:
    decision = model.decision("tout")
    for row in ({"autre": 1}, {"mot": "c"}, {"nombre": "1"}, 3, None, [1]):
        expected = outcome(lambda row=row: decision(row).value)  # type: ignore[misc]
        assert outcome(lambda row=row: decision.value(row)) == expected  # type: ignore[misc]
    with pytest.raises(TypeError):
        decision.value()  # type: ignore[call-arg]
    assert model.decision("faux").value({"nombre": 1, "libre": "a"}) is None


def test_results_hold_nothing_but_what_they_say(model: spie.dmn.Model, pack: spie.Pack) -> None:
    told = pack.evaluate("entree", {"freins": []}, as_of=date(2022, 6, 1))
    for result in (model.evaluate("aide", {"mot": "a"}), told):
        with pytest.raises(AttributeError):
            result.note = "mine"  # type: ignore[attr-defined]
        gone = []
        seen = weakref.ref(result, gone.append)
        assert seen() is result
        again = pickle.loads(pickle.dumps(result))
        assert again.to_dict() == result.to_dict()
        assert again.words == result.words
        del result, again
    del told
    gc.collect()
    assert seen() is None
    assert gone == [seen]


def test_a_method_that_is_asked_by_a_name_is_one_to_those_who_look_at_it() -> None:
    method = spie.dmn.Model.evaluate
    assert method.__name__ == "evaluate"
    assert method.__doc__ and ">>>" in method.__doc__
    assert [*inspect.signature(method).parameters][:3] == ["self", "decision", "inputs"]
    model = spie.dmn.loads(MODEL)
    for _ in range(2):
        assert method(model, "seul", {"vrai": True, "mot": "b"}).value == "b"
        assert model.evaluate("seul", {"libre": 2}).value == 2
    with pytest.raises(spie.DmnError, match="D011"):
        model.evaluate("seule", {})
    with pytest.raises(TypeError):
        method()  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        method(3, "seul", {})  # type: ignore[arg-type]
