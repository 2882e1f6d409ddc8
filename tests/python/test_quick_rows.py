"""Dictionaries of scalars go straight into a row that is kept: what they answer is what any mapping answers."""

import threading
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

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


@pytest.fixture(scope="module")
def model() -> spie.dmn.Model:
    return spie.dmn.loads(MODEL)


def test_a_dictionary_answers_as_another_mapping(model: spie.dmn.Model) -> None:
    decision = model.decision("all")
    for row in [*ROWS, *reversed(ROWS)]:
        at_length = decision(MappingProxyType(row))
        for found in (decision(row), model.evaluate("all", row), decision(row, trace=True)):
            assert found.value == at_length.value
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
