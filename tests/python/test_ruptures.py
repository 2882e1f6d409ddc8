"""What comes before a break: counts equal those that plain Python makes of the events, and no small one is told."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
import spie
from spie import parcours
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

AT = datetime(2022, 12, 31, 12, tzinfo=UTC)
AU = date(2022, 12, 31)
LEAST = 5  # seuil_petits_effectifs
ORDER = [
    "entree", "referent", "diagnostic", "objectif", "accompagnement", "etape_parcours", "action",
    "rendez_vous",
]  # fmt: skip


def life(rng: random.Random) -> list[tuple[str, dict, date]]:
    """A path with a référent, which breaks or not; days differ, so that no order is in doubt."""
    born = rng.choice([date(2000, 5, 1), date(1980, 5, 1), date(1960, 5, 1)])
    person = {"nom": "EXEMPLE", "prenom": "Aline"}
    if rng.random() < 0.9:
        person["date_naissance"] = born
    events: list[tuple[str, dict, date]] = [("identite", person, date(2022, 1, 1))]
    for code in ("brsa", "jeune_infra_bac", "qpv"):
        if rng.random() < 0.4:
            said = {"code": code, "reponse": rng.choice(["oui", "oui", "non"])}
            events.append(("statut", said, date(2022, 1, 1)))
    days = sorted(rng.sample(range(2, 60), 6))
    on = [date(2022, 1, 1) + timedelta(days=day) for day in days]
    who = {"role": "referent_unique", "professionnel": "professionnel:p"}
    events.append(("entree", {"motif": "orientation"}, on[0]))
    events.append(("referent", {**who, "etape": "nomme"}, on[1]))
    if rng.random() < 0.6:
        events.append(("rendez_vous", {"id": "r", "etape": rng.choice(["tenu", "absent"])}, on[2]))
    if rng.random() < 0.6:
        events.append(("action", {"id": "a", "etape": "prescrite"}, on[3]))
    draw = rng.random()
    if draw < 0.5:
        motive = rng.choice(["abandon", "demenagement"])
        events.append(("sortie", {"motif": motive}, on[4]))
    elif draw < 0.6:
        events.append(("sortie", {"motif": "emploi"}, on[4]))
    return events


def band(events: list) -> str:
    born = next(said for kind, said, _ in events if kind == "identite").get("date_naissance")
    if born is None:
        return "inconnu"
    return {2000: "moins de 26 ans", 1980: "26 à 49 ans", 1960: "50 ans et plus"}[born.year]


def public(events: list) -> str:
    yes = {s["code"] for kind, s, _ in events if kind == "statut" and s["reponse"] == "oui"}
    return next((one for one in ("jeune_infra_bac", "brsa", "qpv") if one in yes), "autre")


def broke(events: list, alerts: dict[str, str]) -> tuple[str, date] | None:
    for kind, said, day in events:
        if kind == "sortie":
            return (f"sortie.{said['motif']}", day) if said["motif"] != "emploi" else None
    # Nobody who did not leave has had a contact for three months, by construction.
    contacts = [
        day
        for kind, said, day in events
        if kind == "entree"
        or (kind == "action")
        or (kind == "rendez_vous" and said["etape"] == "tenu")
    ]
    return "sans_contact", max(contacts)


def before(events: list, end: date) -> tuple[str, ...]:
    said = sorted(
        (day, ORDER.index(kind), kind + (f".{content['etape']}" if "etape" in content else ""))
        for kind, content, day in events
        if kind in ORDER and day <= end
    )
    return tuple(name for _, _, name in said[-3:])


@pytest.fixture(scope="module")
def pack():
    return spie.Pack.load("seine-et-marne-2022-2023")


def played(people: int, seed: int):
    rng = random.Random(seed)
    lives = {f"personne:p{n}": life(rng) for n in range(people)}
    store = spie.Store.memory()
    for person, events in lives.items():
        store.append(
            [evenement(person, kind, said, debut=day, auteur="x") for kind, said, day in events],
            at=AT,
        )
    return store, lives


def expected(lives: dict) -> dict[tuple[str, str], Counter]:
    cells: dict[tuple[str, str], Counter] = {}
    for events in lives.values():
        found = broke(events, {})
        if found is not None:
            key = (public(events), band(events))
            cells.setdefault(key, Counter())[(found[0], before(events, found[1]))] += 1
    return cells


@pytest.mark.parametrize(("people", "seed"), [(600, 1), (150, 2), (40, 3)])
def test_what_is_told_is_what_the_events_say(pack, people, seed):
    store, lives = played(people, seed)
    truth = expected(lives)
    found = parcours.ruptures(store, pack, au=AU)
    everybody = sum(sum(cells.values()) for cells in truth.values())
    assert found.effectif == everybody
    told = 0
    for profile in found.profils:
        cells = truth[profile["public"], profile["tranche"]]
        assert profile["effectif"] == sum(cells.values()) >= LEAST
        told += profile["effectif"]
        for one in profile["suites"]:
            assert cells[one["rupture"], tuple(one["evenements"])] == one["effectif"] >= LEAST
        shown = sum(one["effectif"] for one in profile["suites"])
        assert profile["masques"] == profile["effectif"] - shown
        assert profile["masques"] == 0 or profile["masques"] >= LEAST
    assert found.masques == everybody - told
    assert found.masques == 0 or found.masques >= LEAST
    if people == 600:  # every large profile is there, unless it hides a small one
        shown = {(one["public"], one["tranche"]) for one in found.profils}
        small = [key for key, cells in truth.items() if sum(cells.values()) < LEAST]
        assert len(set(truth) - shown) <= len(small) + 1


def small_known(shown: list[int], total: int, cells: int) -> bool:
    """Whether somebody who knows the total, and how many cells there are, knows a small one."""
    left, hidden = cells - len(shown), total - sum(shown)
    if left == 0:
        return False
    # One hidden cell is its total; several of at least one person each are each one when they sum so.
    return (left == 1 and hidden < LEAST) or (left >= 1 and hidden == left and hidden < LEAST)


def test_no_total_less_the_others_tells_a_small_count(pack):
    for seed in range(8):
        store, lives = played(120, 100 + seed)
        truth = expected(lives)
        found = parcours.ruptures(store, pack, au=AU)
        assert not small_known(
            [one["effectif"] for one in found.profils], found.effectif, len(truth)
        )
        for profile in found.profils:
            cells = truth[profile["public"], profile["tranche"]]
            sizes = [one["effectif"] for one in profile["suites"]]
            assert not small_known(sizes, profile["effectif"], len(cells))
            for few in range(1, 3):  # nor do the hidden ones, taken together, make a small number
                for some in combinations(sizes, few):
                    assert profile["effectif"] - sum(sizes) == 0 or sum(some) >= LEAST


def test_too_few_breaks_tell_nothing(pack):
    store, _ = played(3, 5)
    found = parcours.ruptures(store, pack, au=AU)
    assert found.profils == () and found.effectif is None and found.masques == 0


def test_what_is_not_shown_counts_nowhere(pack):
    store, _ = played(200, 7)
    with Acces.memory() as acces:
        desk = Guichet(store, acces, pack)

        def seen(role: str, purpose: str, actor: str = "professionnel:p"):
            demand = Demande(actor, roles=[role], finalite=purpose, instant=AT)
            return parcours.ruptures_pour(desk, demand, pack, au=AU)

        mine = seen("referent", "accompagnement")
        everything = parcours.ruptures(store, pack, au=AU)
        # He is référent of all who were not let go, and sees of them what the rules read.
        assert mine.effectif == everything.effectif
        nobody = seen("referent", "accompagnement", "professionnel:autre")
        assert nobody.effectif == 0 and nobody.profils == ()
        # The controller sees neither exits nor contacts: no break that she may not see is counted.
        assert seen("gestionnaire", "gestion").effectif == 0


def test_the_command_says_it_in_80_columns(spie_command, tmp_path, pack):
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    rng = random.Random(9)
    with spie.Store.create(tmp_path / "dossiers.db", keys) as store:
        for n in range(80):
            lot = [
                evenement(f"personne:p{n}", kind, said, debut=day, auteur="x")
                for kind, said, day in life(rng)
            ]
            store.append(lot, at=AT)
    asked = (
        "types-de-parcours", "--base", tmp_path / "dossiers.db", "--cle", keys,
        "--acteur", "professionnel:p", "--role", "referent", "--finalite", "accompagnement",
        "--au", "2022-12-31",
    )  # fmt: skip
    done = spie_command(*asked, "--json")
    assert done.exit_code == 0, done.stderr
    assert list(json.loads(done.stdout)) == ["profils", "effectif", "masques", "moments_non_vus"]
    text = spie_command(*asked)
    assert text.exit_code == 0 and "ruptures" in text.stdout
    assert max(len(line) for line in text.stdout.splitlines()) <= 80
