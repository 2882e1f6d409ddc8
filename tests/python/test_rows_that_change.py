"""Rows whose values come again, change their kind, or take apart what they stand in: each answers what it holds."""

from __future__ import annotations

import gc
import itertools
import random
from collections.abc import Callable
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
import spie

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m"
    namespace="urn:rows">
  <inputData id="i_t" name="t"><variable name="t" typeRef="string"/></inputData>
  <inputData id="i_u" name="u"><variable name="u" typeRef="string"/></inputData>
  <inputData id="i_n" name="n"><variable name="n" typeRef="number"/></inputData>
  <inputData id="i_b" name="b"><variable name="b" typeRef="boolean"/></inputData>
  <inputData id="i_x" name="x"><variable name="x"/></inputData>
  <decision id="all" name="all"><variable name="all"/>
    <informationRequirement><requiredInput href="#i_t"/></informationRequirement>
    <informationRequirement><requiredInput href="#i_u"/></informationRequirement>
    <informationRequirement><requiredInput href="#i_n"/></informationRequirement>
    <informationRequirement><requiredInput href="#i_b"/></informationRequirement>
    <informationRequirement><requiredInput href="#i_x"/></informationRequirement>
    <literalExpression><text>{t: t, u: u, n: n, b: b, x: x, same: t = u}</text></literalExpression></decision>
  <decision id="aide" name="aide"><variable name="aide"/>
    <informationRequirement><requiredInput href="#i_t"/></informationRequirement>
    <decisionTable hitPolicy="FIRST"><input><inputExpression><text>t</text></inputExpression></input>
      <output name="nom"/><output name="montant"/>
      <rule><inputEntry><text>"a"</text></inputEntry><outputEntry><text>"petite"</text></outputEntry>
        <outputEntry><text>1.50</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"grande"</text></outputEntry>
        <outputEntry><text>20</text></outputEntry></rule>
    </decisionTable></decision>
</definitions>"""

# Of every length at which texts are told apart in another way, and alike at both ends.
TEXTS = [
    *(
        "",
        "a",
        "b",
        "ab",
        "ba",
        "aba",
        "aca",
        "abcd",
        "abcdefg",
        "abcxefg",
        "abcdefgh",
        "é",
        "éé",
        "\0",
        "a\0",
    ),
    *(
        "abcdefghABCDEFGH",
        "abcdefgh-ABCDEFGH",
        "abcdefgh+ABCDEFGH",
        "x" * 255,
        "x" * 256,
        "x" * 257,
    ),
    *("x" * 100 + middle + "x" * 100 for middle in "yzé\U0001f600"),
]


@pytest.fixture(scope="module")
def model() -> spie.dmn.Model:
    return spie.dmn.loads(MODEL)


def fresh(text: str) -> str:
    """An equal text that is another object, wherever CPython does not keep one of it."""
    return "".join(list(text))


def test_texts_that_come_again_are_told_apart(model: spie.dmn.Model) -> None:
    decision = model.decision("all")
    for first, second in itertools.product(TEXTS, repeat=2):
        found = decision({"t": fresh(first), "u": fresh(second), "x": fresh(first)}).value
        assert (found["t"], found["u"], found["x"]) == (first, second, first)
        assert found["same"] is (first == second)


def test_an_input_takes_one_kind_of_value_after_another(model: spie.dmn.Model) -> None:
    decision = model.decision("all")
    draw = random.Random(20_231_123)
    values: dict[str, list[Any]] = {
        "t": [*TEXTS, None],
        "u": [*TEXTS[:6], None],
        "n": [
            0,
            1,
            -1,
            2**30 - 1,
            2**30,
            -(2**30),
            2**62,
            2**64,
            10**33,
            Decimal("12.50"),
            0.5,
            None,
        ],
        "b": [True, False, None],
        "x": [*TEXTS[:6], 3, Decimal("NaN"), True, [1], {"y": 2}, None],
    }
    wrong = {"t": 1, "u": True, "n": "1", "b": 1}
    for _ in range(2_000):
        names = draw.sample(list(values), draw.randint(0, len(values)))
        row = {name: draw.choice(values[name]) for name in names}
        if draw.random() < 0.05:  # refused, and forgotten
            culprit = draw.choice(list(wrong))
            with pytest.raises(spie.DmnError):
                decision(row | {culprit: wrong[culprit]})
        found, at_length = decision(row), decision(MappingProxyType(row))
        assert found.to_dict() == at_length.to_dict() == model.evaluate("all", row).to_dict()
        assert str(found.value) == str(at_length.value)


class TakesApart(Decimal):
    """A number that empties what it stands in while it is read."""

    inside: Any = None

    def __str__(self) -> str:
        if self.inside:
            self.inside.clear()
            gc.collect()
            self.__dict__["junk"] = ["z" * size for size in range(40, 400)]  # where the values were
        return "7"


@pytest.mark.parametrize(
    "ask",
    [
        lambda model: model.decision("all"),
        lambda model: model.decision("all").value,
        lambda model: lambda row: model.evaluate("all", row),
    ],
    ids=["prepared", "value", "by name"],
)
def test_a_value_may_empty_its_own_row(
    model: spie.dmn.Model, ask: Callable[[spie.dmn.Model], Callable[[Any], Any]]
) -> None:
    asked = ask(model)
    for _ in range(20):
        number = TakesApart(5)
        row: dict[str, Any] = {"n": number, "t": fresh("t" * 500), "x": [fresh("x" * 500)]}
        number.inside = row
        found = asked(row)
        assert (found if isinstance(found, dict) else found.value)["n"] == 7
        number = TakesApart(5)
        items: list[Any] = [number, fresh("x" * 500), {"y": fresh("y" * 500)}]
        number.inside = items
        found = asked({"x": items, "t": fresh("t" * 500)})
        found = found if isinstance(found, dict) else found.value
        assert found["x"][0] == 7
        assert found["t"] == "t" * 500


def test_a_fact_of_a_pack_may_empty_the_facts(pack: spie.Pack) -> None:
    case = next(
        case for case in pack.cases if case.decision == "entree" and case.faits.get("freins")
    )
    decision = pack.decision("entree")
    for ask in (decision, lambda facts, **asked: pack.evaluate("entree", facts, **asked)):
        for _ in range(5):
            number = TakesApart(5)
            facts = {"duree_inscription_mois": number} | case.faits
            facts["duree_inscription_mois"] = number
            number.inside = facts
            assert ask(facts, as_of=case.as_of, trace=False).status in {"determine", "indetermine"}


def test_dicts_in_use_at_once_are_each_their_own(model: spie.dmn.Model) -> None:
    aide = model.decision("aide")
    expected = {"nom": "petite", "montant": Decimal("1.50")}
    for count in (1, 15, 16, 17, 100):  # more than are given again in turn
        kept = [aide({"t": "a"}).value for _ in range(count)]
        assert len({id(value) for value in kept}) == count
        for number, value in enumerate(kept):
            value["nom"] = number
        assert [value["nom"] for value in kept] == list(range(count))
        assert [aide.value({"t": "a"}) for _ in range(20)] == [expected] * 20
    changes: list[Callable[[dict[str, Any]], Any]] = [
        lambda value: value.update(nom="autre"),
        lambda value: value.pop("montant"),
        lambda value: value.setdefault("more", 1),
        lambda value: value.clear(),
        lambda value: value.update(nom="autre") or value.update(nom="petite"),
        lambda value: value.update({"nom": value.pop("nom")}),  # another order
    ]
    for change in changes:
        for _ in range(20):
            change(aide.value({"t": "a"}))
            assert list(aide.value({"t": "a"}).items()) == list(expected.items())


def test_results_outlive_the_decision_that_made_them() -> None:
    model = spie.dmn.loads(MODEL)
    decision = model.decision("all")
    results = [
        decision({"t": fresh(text), "u": fresh(text), "x": fresh(text)}) for text in TEXTS * 5
    ]
    del decision, model
    gc.collect()
    for text, result in zip(TEXTS * 5, results, strict=True):
        assert result.value["t"] == result.value["x"] == text
        assert result.to_dict()["valeur"]["u"] == text
