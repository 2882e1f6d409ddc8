"""A prepared decision answers as the pack or the model does when it is asked by name, whatever it is given."""

from __future__ import annotations

import copy
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import spie
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
NOW = datetime(2024, 2, 29, 12)


def outcome(call: Callable[..., spie.Result], *given: Any, **asked: Any) -> Any:
    """The whole result, or what refuses the call."""
    try:
        return call(*given, **asked).to_dict()
    except spie.SpieError as error:
        return type(error), [(one.code, one.where, one.message) for one in error.diagnostics]


def others(value: Any) -> Iterator[Any]:
    """What may be given in place of a value: nothing, no answer, another type, an unknown key."""
    yield from (None, "refuse", "non_aborde", 42, float("nan"), "mot", [], [value], {"inconnu": 1})
    yield from ({1: 2}, object(), b"octets", "\ud800", {"\ud800": 1}, date(2022, 6, 1), (value,))
    if isinstance(value, dict):
        for key in value:
            yield {name: item for name, item in value.items() if name != key}
            yield value | {key: 42}
            yield value | {key: None}
        yield value | {"inconnu": "oui"}
    if isinstance(value, list) and value:
        for item in others(value[0]):
            yield [item, *value[1:]]


@pytest.fixture(scope="module")
def packs(pack: spie.Pack) -> list[spie.Pack]:
    return [pack, spie.Pack.load("socle-national")]


def test_every_case_of_the_packs_has_the_same_result(packs):
    for pack in packs:
        for case in pack.cases:
            decision = pack.decision(case.decision)
            assert decision.name == case.decision
            for trace in (True, False):
                asked = {"as_of": case.as_of, "trace": trace, "parameters": case.parametres}
                expected = outcome(pack.evaluate, case.decision, case.faits, **asked)
                assert outcome(decision, case.faits, **asked) == expected
                del asked["parameters"]
                expected = outcome(pack.evaluate, case.decision, case.faits, **asked)
                result = decision(case.faits, **asked)
                assert type(result) is spie.PackResult
                assert result.to_dict() == expected


def test_wrong_and_unknown_facts_are_refused_alike(pack):
    cases = [case for case in pack.cases if case.decision == "entree"]
    decision = pack.decision("entree")
    refused = 0
    for case in cases[:4]:
        for name, value in case.faits.items():
            for other in others(value):
                facts = copy.copy(case.faits) | {name: other}
                asked = {"as_of": case.as_of, "trace": False}
                expected = outcome(pack.evaluate, "entree", facts, **asked)
                assert outcome(decision, facts, **asked) == expected, (name, other)
                refused += isinstance(expected, tuple)
    assert refused > 100
    for facts in (None, {}, [], 42, MappingProxyType(cases[0].faits), {"benefisiaire": 1}, {3: 1}):
        expected = outcome(pack.evaluate, "entree", facts, as_of=date(2022, 6, 1))
        assert outcome(decision, facts, as_of=date(2022, 6, 1)) == expected
    for day in (None, "2022-06-01", datetime(2022, 6, 1), date(1850, 1, 1), 3):
        expected = outcome(pack.evaluate, "entree", cases[0].faits, as_of=day)
        assert outcome(decision, cases[0].faits, as_of=day) == expected


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 10**7),
    st.decimals(allow_nan=True, allow_infinity=False, places=2, min_value=0, max_value=9999),
    st.sampled_from(["ingenierie", "coordination", "frais_generaux", "x", ""]),
    st.dates(date(2021, 1, 1), date(2024, 12, 31)),
    st.lists(st.integers(0, 3), max_size=2),
)


@given(
    st.dictionaries(st.sampled_from(["montant", "nature", "date"]), VALUES),
    st.booleans(),
    st.sampled_from([None, "inconnu", ("urn:rien", "montant"), "{urn:rien}montant", "taux"]),
)
def test_a_model_gives_the_same_by_name_and_prepared(inputs, trace, more):
    model = spie.dmn.load(ROOT / "benchmarks/row_table_10.dmn")
    taux = model.decision("taux")
    asked = inputs if more is None else inputs | {more: 1}
    expected = outcome(model.evaluate, "taux", asked, now=NOW, trace=trace)
    assert outcome(taux, asked, now=NOW, trace=trace) == expected


def test_a_prepared_decision_of_a_model_says_what_it_reads():
    model = spie.dmn.load(ROOT / "benchmarks/row_table_10.dmn")
    taux = model.decision("taux")
    assert taux.name == "taux"
    assert {one.name for one in taux.inputs} == {"montant", "nature", "date"}
    row = {"montant": Decimal("12.5"), "nature": "autre", "date": date(2022, 3, 1)}
    result = taux(row)
    assert type(result) is spie.Result
    assert result.value == Decimal("0.05")
    with pytest.raises(spie.DmnError, match="D011"):
        model.decision("tau")


def test_there_is_no_prepared_decision_of_an_unknown_name(pack):
    with pytest.raises(spie.DmnError, match="D011"):
        pack.decision("entre")


def test_a_decision_of_a_pack_keeps_to_the_limits_that_it_is_given(pack):
    day, limits = date(2022, 6, 1), spie.Limits(steps=10)
    facts = next(one for one in pack.cases if one.decision == "entree").faits
    for result in (
        pack.evaluate("entree", facts, as_of=day, limits=limits),
        pack.decision("entree")(facts, as_of=day, limits=limits),
    ):
        assert result.status == "erreur"
        assert "F008" in [one.code for one in result.errors]
    assert pack.evaluate("entree", facts, as_of=day, limits=spie.Limits()).status == "determine"
    pyarrow = pytest.importorskip("pyarrow")
    rows = pyarrow.table({"beneficiaire.rsa": ["oui"] * 2})
    told = pack.evaluate_table("entree", rows, day, limits=limits, motif=True).to_arrow()
    assert told.column("motif").to_pylist() == ["F008"] * 2


def test_threads_share_a_prepared_decision(pack):
    cases = [case for case in pack.cases if case.decision == "entree"]
    decision = pack.decision("entree")
    day = date(2022, 6, 1)
    expected = [pack.evaluate("entree", case.faits, as_of=day, trace=False).value for case in cases]
    found: list[list[Any]] = []

    def work() -> None:
        for _ in range(5):
            found.append([decision(case.faits, as_of=day, trace=False).value for case in cases])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 20


def test_a_call_that_is_wrong_is_told_as_one(pack):
    entree = pack.decision("entree")
    taux = spie.dmn.load(ROOT / "benchmarks/row_table_10.dmn").decision("taux")
    for call in (
        lambda: taux({}, {}),
        lambda: taux({}, inputs={}),
        lambda: taux({}, trac=True),
        lambda: entree({}),
        lambda: entree({}, date(2022, 6, 1)),
        lambda: entree({}, as_of=date(2022, 6, 1), facts={}),
    ):
        with pytest.raises(TypeError):
            call()
    assert taux(inputs={}).to_dict() == taux({}).to_dict() == taux().to_dict()
    assert taux({}, trace=1).trace.decisions  # what is no bool is taken as one


def test_results_and_decisions_are_made_by_the_engine_alone(pack):
    for made in (spie.Result, spie.PackResult, spie.dmn.Decision, spie.pack.Decision):
        with pytest.raises(TypeError, match="cannot create"):
            made()


def test_what_is_made_is_freed():
    taux = spie.dmn.load(ROOT / "benchmarks/row_table_10.dmn").decision("taux")
    taux({"montant": 1})  # the engine keeps each class from its first use on
    kinds = spie.Result, spie.dmn.Decision
    before = [sys.getrefcount(kind) for kind in kinds]
    again = [spie.dmn.load(ROOT / "benchmarks/row_table_10.dmn").decision("taux") for _ in range(3)]
    results = [one({"montant": 1}) for one in [taux, *again] for _ in range(100)]
    held = [sys.getrefcount(kind) for kind in kinds]
    assert held == [before[0] + len(results), before[1] + len(again)]
    del again, results
    after = [sys.getrefcount(kind) for kind in kinds]
    assert after == before
