"""The trace of a pack's result is made when somebody reads it: it is what it would have been at once."""

import copy
import gc
import pickle

import pytest
import spie

PACKS = ("socle-national", "seine-et-marne-2022-2023")

# Within limits of one's own the trace is made at once, with the value.
AT_ONCE = spie.Limits(steps=49_999_999)


@pytest.mark.parametrize("name", PACKS)
def test_every_case_is_traced_as_at_once(name):
    pack = spie.Pack.load(name)
    for case in pack.cases:
        given = {"as_of": case.as_of, "parameters": case.parametres}
        decision = pack.decision(case.decision)
        expected = pack.evaluate(case.decision, case.faits or {}, limits=AT_ONCE, **given)
        wanted = expected.to_dict()
        assert wanted["trace"], case.nom
        for result in (
            pack.evaluate(case.decision, case.faits or {}, **given),
            decision(case.faits or {}, **given),
        ):
            assert result.articles == expected.articles, case.nom
            assert result.to_dict() == wanted, case.nom
            assert result.explain() == expected.explain(), case.nom


def test_the_trace_is_that_of_the_facts_as_they_were():
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    case = next(one for one in pack.cases if one.decision == "entree")
    facts = copy.deepcopy(case.faits)
    expected = pack.evaluate("entree", facts, as_of=case.as_of, limits=AT_ONCE).to_dict()
    results = [
        pack.evaluate("entree", facts, as_of=case.as_of),
        pack.decision("entree")(facts, as_of=case.as_of),
    ]
    facts.clear()
    del pack
    gc.collect()
    for result in results:
        assert pickle.loads(pickle.dumps(result)).to_dict() == expected
        assert result.to_dict() == expected


def test_without_a_trace_there_is_none():
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    case = next(one for one in pack.cases if one.decision == "entree")
    result = pack.evaluate("entree", case.faits, as_of=case.as_of, trace=False)
    assert result.articles == []
    assert "trace" not in result.to_dict() or not result.to_dict()["trace"]
