"""The verdict on an immersion, beside a brute force over days, and over what is unknown."""

from __future__ import annotations

import calendar
import itertools
import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
import spie
from spie.parcours import verifier_immersion

PACK = spie.Pack.load("socle-national")
DAY = timedelta(1)
HOSTS = ["structure:a", "structure:b"]
OBJECTS = ["decouvrir_metier", "confirmer_projet"]
GOALS = [["cuisine"], ["salle"], ["salle", "cuisine"]]


def last_day(first: date, months: int) -> date:
    """The eve of the same day, or the end of a month that has no such day."""
    month = first.month - 1 + months
    year, month = first.year + month // 12, month % 12 + 1
    if first.day <= calendar.monthrange(year, month)[1]:
        return date(year, month, first.day) - DAY
    return date(year, month, calendar.monthrange(year, month)[1])


def days(one: dict[str, Any]) -> set[date]:
    return {one["debut"] + DAY * n for n in range((one["fin"] - one["debut"]).days + 1)}


def contradicts(all_of_them: list[dict[str, Any]]) -> bool:
    return any(
        a["structure"] == b["structure"] and days(a) & days(b)
        for a, b in itertools.combinations(all_of_them, 2)
    )


def broken(planned: dict[str, Any], before: list[dict[str, Any]]) -> set[str]:
    """The rules that a whole demand breaks, every window of every day tried."""
    found = set()
    here = [one for one in before if one["structure"] == planned["structure"]]
    new = [one for one in here if one["renouvelle"] is None]
    if planned["fin"] > last_day(planned["debut"], 1):
        found.add("duree")
    if planned["renouvelle"] is not None:
        base = next(one for one in before if one["id"] == planned["renouvelle"])
        if (
            base["renouvelle"] is not None
            or any(one["renouvelle"] == base["id"] for one in before)
            or base["structure"] != planned["structure"]
            or base["objet"] != planned["objet"]
            or set(base["objectifs"]) != set(planned["objectifs"])
            or base.get("objectifs_atteints") is True
        ):
            found.add("renouvellement")
    taken = [(one, days(one)) for one in [*here, planned]]
    first = planned["debut"] - DAY * 370
    for start in (first + DAY * n for n in range((planned["fin"] - first).days + 1)):
        end = last_day(start, 12)
        if planned["renouvelle"] is None and start <= planned["debut"] <= end:
            inside = [one for one in new if start <= one["debut"] <= end]
            if len(inside) >= 2:
                found.add("nombre")
            if any(
                one["objet"] == planned["objet"]
                and set(one["objectifs"]) == set(planned["objectifs"])
                for one in inside
            ):
                found.add("objets")
        spent = sum(sum(start <= day <= end for day in all_days) for _, all_days in taken)
        if start <= planned["fin"] and end >= planned["debut"] and spent > 60:
            found.add("total_jours")
    return found


def drawn(chance: random.Random, name: str, ids: list[str]) -> dict[str, Any]:
    anchors = [date(2023, 2, 27), date(2024, 2, 28), date(2024, 2, 29), date(2023, 12, 31)]
    start = chance.choice(anchors) + DAY * chance.randint(-200, 200)
    return {
        "id": name,
        "structure": chance.choice(HOSTS),
        "objet": chance.choice(OBJECTS),
        "objectifs": chance.choice(GOALS),
        "debut": start,
        "fin": start + DAY * chance.choice([0, 1, 6, 20, 27, 28, 29, 30, 31]),
        "renouvelle": chance.choice(ids) if ids and chance.random() < 0.3 else None,
        "prescripteur": "mission_locale",
        "objectifs_atteints": chance.random() < 0.1,
    }


def demands(seed: int, count: int) -> Any:
    chance = random.Random(seed)
    while count:
        names = [f"p{n}" for n in range(chance.randint(0, 4))]
        before = [drawn(chance, name, names[:n]) for n, name in enumerate(names)]
        planned = drawn(chance, "c", names)
        if not contradicts([*before, planned]):
            count -= 1
            yield chance, planned, before


def test_the_verdict_is_that_of_a_brute_force_over_days():
    seen = set()
    for _, planned, before in demands(2022, 1000):
        found = verifier_immersion(PACK, planned, before)
        expected = broken(planned, before)
        assert {one.regle for one in found.motifs} == expected, (planned, before)
        assert found.verdict == ("non_conforme" if expected else "conforme")
        assert found.manquants == ()
        seen |= expected
    assert seen == {"duree", "renouvellement", "nombre", "objets", "total_jours"}


def completions(one: dict[str, Any]) -> list[dict[str, Any]]:
    choices = {
        "structure": [*HOSTS, "structure:elsewhere"],
        "objet": [*OBJECTS, "initier_recrutement"],
        "objectifs": [*GOALS, ["rien"]],
    }
    unknown = [name for name in choices if not one[name]]
    return [
        one | dict(zip(unknown, values, strict=True))
        for values in itertools.product(*(choices[name] for name in unknown))
    ]


def test_what_is_unknown_counts_only_if_it_could_change_the_verdict():
    verdicts = set()
    for chance, planned, before in demands(77, 400):
        hidden = [planned, *before]
        for one in chance.sample(hidden, min(2, len(hidden))):
            one[chance.choice(["structure", "objet", "objectifs"])] = None
        found = verifier_immersion(PACK, planned, before)
        verdicts.add(found.verdict)
        ways = [
            broken(whole, list(others))
            for whole, *others in itertools.product(*map(completions, [planned, *before]))
            if not contradicts([whole, *others])
        ]
        assert ways
        always = set.intersection(*ways)
        assert {one.regle for one in found.motifs} == always, (planned, before)
        if always:
            assert found.verdict == "non_conforme" and found.manquants == ()
        elif any(ways):
            assert found.verdict == "indetermine" and found.manquants, (planned, before)
        else:
            assert found.verdict == "conforme" and found.manquants == (), (planned, before)
    assert verdicts == {"conforme", "non_conforme", "indetermine"}


def test_nothing_but_the_named_facts_moves_the_verdict():
    for _, planned, before in demands(5, 50):
        found = verifier_immersion(PACK, planned, before)
        told = planned | {"tuteur": "quelqu'un", "lieu": "ici", "horaires": "9 h à 12 h"}
        again = verifier_immersion(PACK, told, list(reversed(before)))
        assert (again.verdict, again.motifs) == (found.verdict, found.motifs)


def test_a_demand_that_contradicts_itself_is_refused_with_its_place():
    chance = random.Random(1)
    planned = drawn(chance, "c", [])
    with pytest.raises(spie.PathError) as refused:
        verifier_immersion(PACK, planned, [planned])
    assert [one.where for one in refused.value.diagnostics] == [
        "/precedentes/0/id",
        "/precedentes/0",
    ]
    assert refused.value.code == "Q001"


def written(tmp_path: Any, **changed: Any) -> Any:
    planned = {
        "id": "c", "structure": "structure:a", "objet": "decouvrir_metier", "objectifs": ["cuisine"],
        "debut": "2022-03-31", "fin": "2022-04-30", "renouvelle": None, "prescripteur": "cep",
    }  # fmt: skip
    file = tmp_path / "immersion.json"
    file.write_text(json.dumps({"convention": planned | changed, "precedentes": []}))
    return file


def test_the_command_answers_with_its_exit_code(tmp_path, spie_command):
    lawful = spie_command("immersion", "verifier", str(written(tmp_path)), "--json")
    assert lawful.exit_code == 0
    answer = json.loads(lawful.stdout)
    assert list(answer) == ["verdict", "motifs", "manquants", "a_completer"]
    assert answer["verdict"] == "conforme" and answer["motifs"] == []
    long = spie_command("immersion", "verifier", str(written(tmp_path, fin="2022-05-01")), "--json")
    assert long.exit_code == 1
    (motif,) = json.loads(long.stdout)["motifs"]
    assert motif["regle"] == "duree" and motif["article"] == "ct-d5135-3"
    unknown = spie_command("immersion", "verifier", str(written(tmp_path, fin=None)), "--json")
    assert unknown.exit_code == 0
    assert json.loads(unknown.stdout)["manquants"] == ["convention.fin"]
    refused = spie_command(
        "immersion", "verifier", str(written(tmp_path, fin="2022-03-01")), "--json"
    )
    assert refused.exit_code == 3
    assert json.loads(refused.stdout)["erreurs"][0]["where"] == "/convention/fin"
