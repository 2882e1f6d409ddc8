"""Dictionaries of scalars go straight into a row that is kept: what they answer is what any mapping answers."""

import enum
import pickle
import threading
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
import spie

NEEDS = "".join(
    f'<informationRequirement><requiredInput href="#i_{name}"/></informationRequirement>'
    for name in ("n", "t", "d", "b", "x")
)
MODEL = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
    namespace="urn:quick">
  <itemDefinition name="tMot"><typeRef>string</typeRef>
    <allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>
  <inputData id="i_n" name="n"><variable name="n" typeRef="number"/></inputData>
  <inputData id="i_t" name="t"><variable name="t" typeRef="tMot"/></inputData>
  <inputData id="i_d" name="d"><variable name="d" typeRef="date"/></inputData>
  <inputData id="i_b" name="b"><variable name="b" typeRef="boolean"/></inputData>
  <inputData id="i_x" name="x"><variable name="x"/></inputData>
  <decision id="all" name="all"><variable name="all"/>{NEEDS}
    <literalExpression><text>{{n: n, t: t, d: d, b: b, x: x}}</text></literalExpression></decision>
  <decision id="long" name="long"><variable name="long"/>{NEEDS}
    <literalExpression><text>count(for i in 1..20000 return i + n)</text></literalExpression>
  </decision>
</definitions>"""

ROWS = [
    {"n": 1, "t": "a", "d": date(2022, 2, 28), "b": True, "x": "ê" * 300},
    {"n": Decimal("12.50"), "t": "b", "d": None, "b": False, "x": Decimal("-0.001")},
    {"n": Decimal("1E+5"), "x": 10**30},
    {"n": Decimal("123456789012345678901234567890"), "x": Decimal("0.00")},
    {"n": Decimal("-0"), "x": float("nan")},
    {"n": 0.1, "d": datetime(2022, 3, 1), "x": [1, {"y": 2}]},
    {"n": True and 3, "x": True},
    {},
    {"x": None, "t": "a"},
    {"n": -(2**63), "x": 2**63 - 1},
]


class Number(int):
    """Says of itself what it is not: as an int it is worth what it holds."""

    def __str__(self) -> str:
        return "seven"


class Word(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "b"


class Exact(Decimal):
    pass


class Day(date):
    pass


class Row(dict[str, Any]):
    def __getitem__(self, key: str) -> Any:
        raise AssertionError("the entries of a dict are read where they stand")


class Level(enum.IntEnum):
    HIGH = 3


SUBCLASSES: list[dict[str, Any]] = [
    {"n": Number(5), "x": Number(2**70)},
    {"n": Level.HIGH, "t": Word("a"), "x": Word("é")},
    {"n": Exact("2.50"), "d": Day(2022, 3, 1)},
    {"n": 2**63, "x": -(2**63) - 1},
    {"n": 10**33, "x": "\U0001f600"},
    {"x": Decimal("NaN"), "b": None},
    {"n": Decimal("1E-90"), "x": Decimal("123456789012345678901234567890.12")},
    {"".join(["", "n"]): 1, "".join(["", "t"]): "".join(["", "b"])},  # equal, and other objects
]


@pytest.fixture(scope="module")
def model() -> spie.dmn.Model:
    return spie.dmn.loads(MODEL)


def test_a_dictionary_answers_as_another_mapping(model: spie.dmn.Model) -> None:
    decision = model.decision("all")
    for row in [*ROWS, *SUBCLASSES, *reversed(ROWS), *(Row(one) for one in ROWS)]:
        at_length = decision(MappingProxyType(dict(row)))
        for found in (decision(row), model.evaluate("all", row), decision(row, trace=True)):
            assert found.value == at_length.value == decision.value(row)
            assert found.status == at_length.status
            assert [str(value) for value in found.value.values()] == [
                str(value) for value in at_length.value.values()
            ]


@pytest.mark.parametrize(
    ("row", "code"),
    [({"m": 1}, "D009"), ({"n": "1"}, "D010"), ({"t": "c"}, "D010"), ({"b": 1}, "D010")],
)
def test_what_is_wrong_is_said_as_at_length(
    model: spie.dmn.Model, row: dict[str, object], code: str
) -> None:
    decision = model.decision("all")
    assert decision(ROWS[0]).value["n"] == 1
    with pytest.raises(spie.DmnError) as refused:
        decision(row)
    with pytest.raises(spie.DmnError) as by_name:
        model.evaluate("all", row)
    assert refused.value.code == by_name.value.code == code
    assert str(refused.value) == str(by_name.value)
    assert decision({}).value["n"] is None  # nothing is left of the row before


def test_a_value_that_was_given_can_be_changed(model: spie.dmn.Model) -> None:
    decision = model.decision("all")
    value = decision(ROWS[0]).value
    value["n"] = "changed"
    assert decision(ROWS[0]).value["n"] == 1


def test_what_numpy_gives_is_read_as_at_length(model: spie.dmn.Model) -> None:
    numpy = pytest.importorskip("numpy")
    decision = model.decision("all")
    for row in (
        {"n": numpy.int64(5), "b": numpy.bool_(True), "x": numpy.float64("nan")},
        {"n": numpy.float32(0.5), "t": numpy.str_("a"), "d": numpy.datetime64("2022-03-01")},
    ):
        for _ in range(70):  # a program answers once it is worth making one
            found = decision(row)
        assert found.to_dict() == decision(MappingProxyType(row)).to_dict()
    assert decision({"n": numpy.int64(5)}).value["n"] == 5
    assert decision({"b": numpy.bool_(True)}).value["b"] is True


TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
    namespace="urn:aides">
  <inputData id="i_n" name="n"><variable name="n" typeRef="number"/></inputData>
  <decision id="aide" name="aide"><variable name="aide"/>
    <informationRequirement><requiredInput href="#i_n"/></informationRequirement>
    <decisionTable hitPolicy="FIRST"><input><inputExpression><text>n</text></inputExpression></input>
      <output name="nom"/><output name="montant"/>
      <rule><inputEntry><text>&lt; 10</text></inputEntry><outputEntry><text>"petite"</text></outputEntry>
        <outputEntry><text>1.50</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"grande"</text></outputEntry>
        <outputEntry><text>20</text></outputEntry></rule>
    </decisionTable></decision>
</definitions>"""
SMALL = {"nom": "petite", "montant": Decimal("1.50")}
LARGE = {"nom": "grande", "montant": 20}


def test_what_rules_give_is_everybodys_own() -> None:
    model = spie.dmn.loads(TABLE)
    aide = model.decision("aide")
    for _ in range(100):  # before and after a program answers
        kept = aide({"n": 1}).value
        assert kept == SMALL
        assert aide({"n": 1}).value is not kept
        assert aide.value({"n": 20}) == LARGE
        kept["nom"] = "changed"
        kept["more"] = 1
        assert aide({"n": 2}).value == model.evaluate("aide", {"n": 3}).value == SMALL
        del kept
        aide({"n": 4}).value.clear()
        aide({"n": 4}).value["nom"] = "changed"
        aide.value({"n": 4}).pop("nom")
        assert list(aide({"n": 5}).value.items()) == list(SMALL.items())


def test_a_result_keeps_its_value_and_what_it_was_made_of() -> None:
    model = spie.dmn.loads(TABLE)
    results = [model.evaluate("aide", {"n": n}) for n in (1, 20) for _ in range(100)]
    del model
    for result in results:
        value, expected = result.value, SMALL if result.value["nom"] == "petite" else LARGE
        assert result.value is value
        value["nom"] = "changed"
        assert result.to_dict()["valeur"] == expected
        assert result.status == "determine"
        assert not (result.errors or result.missing or result.refused or result.trace.decisions)
        assert pickle.loads(pickle.dumps(result)).to_dict() == result.to_dict()
        for name in ("value", "status"):
            with pytest.raises(AttributeError):
                setattr(result, name, None)


def test_a_model_of_ones_own_class_answers_by_name() -> None:
    class Model(spie.dmn.Model):
        pass

    model = Model(spie.dmn.loads(TABLE)._source)
    for _ in range(3):
        assert model.evaluate("aide", {"n": 1}).value == SMALL


def test_rules_that_take_long_answer_the_same_each_time(model: spie.dmn.Model) -> None:
    decision = model.decision("long")
    assert [decision({"n": 1}).value for _ in range(3)] == [20_000] * 3


def test_a_key_may_call_the_decision_that_reads_it(model: spie.dmn.Model) -> None:
    decision = model.decision("all")

    class Key(str):
        __slots__ = ()

        def __eq__(self, other: object) -> bool:
            decision({"n": 7, "x": "inner"})
            return str.__eq__(self, other)

        def __hash__(self) -> int:
            return str.__hash__(self)

    assert decision({Key("n"): 5, "x": "outer"}).value == {
        "n": 5,
        "t": None,
        "d": None,
        "b": None,
        "x": "outer",
    }


def test_threads_share_a_decision(model: spie.dmn.Model) -> None:
    decision = model.decision("all")
    wrong: list[object] = []

    def run(number: int) -> None:
        for _ in range(300):
            value = decision({"n": number, "x": str(number)}).value
            if value["n"] != number or value["x"] != str(number):
                wrong.append(value)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
