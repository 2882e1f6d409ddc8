"""Vigilance: alerts equal what plain Python finds in the events, by sentences written apart from the pack's rules."""

from __future__ import annotations

import random
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from runpy import run_path

import pytest
import spie
from spie import parcours
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

AT = datetime(2022, 12, 31, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
MOMENTS = ("sans_contact", "relais_en_attente", "sans_diagnostic", "sans_referent", "absences")


def plus_months(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def life(rng: random.Random) -> list[tuple[str, dict, date]]:
    def on() -> date:
        return date(2022, 1, 1) + timedelta(days=rng.randrange(330))

    events: list[tuple[str, dict, date]] = []
    if rng.random() < 0.8:
        events.append(("entree", {}, date(2022, 1, 1) + timedelta(days=rng.randrange(120))))
    if rng.random() < 0.2:
        events.append(("sortie", {"motif": "emploi"}, on()))
    for n in range(rng.randrange(4)):
        step = rng.choice(["tenu", "absent"])
        events.append(("rendez_vous", {"id": f"r{n}", "etape": step}, on()))
    for n in range(rng.randrange(3)):
        day = on()
        events.append(("relais", {"id": f"l{n}", "etape": "demande"}, day))
        if rng.random() < 0.5:
            step = rng.choice(["accepte", "refuse", "retire"])
            after = day + timedelta(days=rng.randrange(1, 40))
            events.append(("relais", {"id": f"l{n}", "etape": step}, after))
    if rng.random() < 0.5:
        events.append(("diagnostic", {"id": "d", "etape": "pose"}, on()))
    if rng.random() < 0.7:
        who = {"role": "referent_unique", "professionnel": "professionnel:p"}
        day = on()
        events.append(("referent", {**who, "etape": "nomme"}, day))
        if rng.random() < 0.4:
            after = day + timedelta(days=rng.randrange(1, 90))
            events.append(("referent", {**who, "etape": "termine"}, after))
    return events


def expected(events: list[tuple[str, dict, date]], au: date) -> dict[str, date]:
    """By moment, since when: what the sentences of docs/vigilance.md say of these events."""
    seen = [one for one in events if one[2] <= au]

    def days(type_: str, *steps: str) -> list[date]:
        return [day for kind, said, day in seen if kind == type_ and said.get("etape") in steps]

    entries = [day for kind, _, day in seen if kind == "entree"]
    exits = [day for kind, _, day in seen if kind == "sortie"]
    found: dict[str, date] = {}
    last = {}
    for kind, said, day in sorted(seen, key=lambda one: one[2]):
        if kind == "relais":
            last[said["id"]] = (said["etape"], day)
    pending = [day for step, day in last.values() if step == "demande"]
    if any(au > day + timedelta(days=15) for day in pending):
        found["relais_en_attente"] = min(pending)
    if not entries or any(day >= entries[0] for day in exits):
        return found
    entered = entries[0]
    held, missed = days("rendez_vous", "tenu"), days("rendez_vous", "absent")
    diagnosed = days("diagnostic", "pose")
    contact = max([entered, *held, *diagnosed])
    if au > plus_months(contact, 3):
        found["sans_contact"] = contact
    if not diagnosed and au > entered + timedelta(days=30):
        found["sans_diagnostic"] = entered + timedelta(days=30)
    in_row = [day for day in missed if not held or day > max(held)]
    if len(in_row) >= 2:
        found["absences"] = max(in_row)
    ended = days("referent", "termine")
    if len(days("referent", "nomme")) == len(ended):
        since = max([entered, *ended])
        if au > since + timedelta(days=15):
            found["sans_referent"] = since
    return found


@pytest.fixture(scope="module")
def pack():
    return spie.Pack.load("seine-et-marne-2022-2023")


def test_alerts_equal_a_brute_force_over_random_lives(pack):
    rng = random.Random(20221231)
    lives = {f"personne:p{n:04}": life(rng) for n in range(400)}
    with spie.Store.memory() as store:
        for person, events in lives.items():
            if events:
                store.append(
                    [evenement(person, *one[:2], debut=one[2], auteur="x") for one in events], at=AT
                )
        for au in (date(2022, 3, 15), date(2022, 7, 1), date(2022, 12, 30)):
            found = parcours.cibler(store, pack, au=au, moments=MOMENTS, detail=True)
            told = {
                (one["personne"], one["moment"], date.fromisoformat(one["depuis"]))
                for one in found.alertes
            }
            truth = {
                (person, moment, since)
                for person, events in lives.items()
                for moment, since in expected(events, au).items()
            }
            assert told == truth
            assert found.a_verifier == []
            counts = {name: sum(one[1] == name for one in truth) for name in MOMENTS}
            assert found.comptes == counts and all(counts.values()) == (au.month > 3)


def test_an_actor_is_shown_his_own_and_told_which_moments_he_does_not_look_at(pack):
    with spie.Store.memory() as store, Acces.memory() as acces:
        day = date(2022, 1, 1)
        named = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"}
        for person, said in (("personne:a", named), ("personne:b", None)):
            events = [evenement(person, "entree", {}, debut=day, auteur="x")]
            if said:
                events.append(evenement(person, "referent", said, debut=day, auteur="x"))
            store.append(events, at=datetime(2022, 1, 2, tzinfo=UTC))
        desk = Guichet(store, acces, pack)
        asked = Demande(
            "professionnel:p1",
            "accompagnement",
            ["referent"],
            instant=datetime(2022, 6, 1, tzinfo=UTC),
        )
        found = parcours.cibler_pour(desk, asked, pack, au=date(2022, 6, 1))
        assert {one["personne"] for one in found.alertes} == {"personne:a"}
        assert found.moments_non_vus == () and found.oppositions is None
        assert all(one["referent"] == "professionnel:p1" for one in found.alertes)
        assert [one["operation"] for one in acces.entries()] == ["vigilance"]
        with pytest.raises(spie.SpieError) as refused:
            parcours.cibler_pour(desk, asked, pack, au=date(2022, 6, 1), moments=["sans_contacts"])
        assert refused.value.code == "Q001"


def test_each_moment_of_the_pack_is_said(pack):
    told = parcours.moments(pack)
    assert len(told) == 20
    known = {one.nom for one in pack.parameters} | {"aucun"}
    for one in told:
        assert one["delai"] in known and all(one.values())


def test_an_immersion_is_judged_beside_the_others_of_the_dossier():
    law = spie.Pack.load("socle-national")
    common = {"structure": "structure:s", "objet": "decouvrir_metier", "objectifs": ["voir"]}
    with spie.Store.memory() as store:
        store.append(
            [
                evenement(
                    "personne:a",
                    "immersion",
                    {
                        **common,
                        "id": id_,
                        "etape": step,
                        "date_debut": first,
                        "date_fin": first + timedelta(days=9),
                        "prescripteur": "mission_locale",
                    },
                    debut=first,
                    auteur="x",
                )
                for id_, step, first in (
                    ("un", "terminee", date(2022, 3, 1)),
                    ("deux", "prevue", date(2022, 6, 1)),
                )
            ],
            at=AT,
        )
        found = parcours.immersion_du_dossier(law, store, "personne:a", "deux", au=date(2022, 7, 1))
        assert found.verdict == "non_conforme" and found.motifs[0].regle == "objets"


def test_the_page_is_what_the_pack_says():
    """scripts/write_vigilance.py writes it."""
    written = (ROOT / "docs" / "vigilance.md").read_text(encoding="utf-8")
    assert run_path(str(ROOT / "scripts" / "write_vigilance.py"))["page"]() == written
