"""Retention, in Python. What the delays mean is tested in C++ (tests/droits)."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

import pytest
import spie
from spie.conservation import Case, Conservation, EcheanceDonnees, read_figees, write_figees
from spie.dossier import evenement

MARCH_2024 = datetime(2024, 3, 6, 12, tzinfo=UTC)


@pytest.fixture
def store():
    with spie.Store.memory() as held:
        held.append(
            [evenement("personne:aline", "entree", {}, debut=date(2022, 3, 5), auteur="x")],
            at=datetime(2022, 3, 5, 12, tzinfo=UTC),
        )
        yield held


@pytest.fixture
def garde(store, pack):
    return Conservation(store, pack)


def test_a_dossier_is_proposed_announced_and_due(garde):
    assert garde.echeances(au=date(2024, 2, 3)) == []
    (due,) = garde.echeances(au=date(2024, 2, 4))
    assert due == EcheanceDonnees(
        "personne:aline", date(2022, 3, 5), date(2024, 2, 4), date(2024, 3, 5), None, "a_prevenir",
        {},
    )  # fmt: skip
    assert due.to_dict()["fin"] == "2024-03-05"
    told = date(2024, 2, 4)
    garde.prevenir("personne:aline", auteur="dpo", motif="deux ans", at=MARCH_2024, effet=told)
    due = garde.echeance("personne:aline", au=date(2024, 3, 6))
    assert (due.prevenu_le, due.etat) == (told, "a_effacer")
    with pytest.raises(spie.DossierError) as refused:
        garde.echeance("personne:zoe", au=told)
    assert refused.value.code == "E005"


def test_the_counts_are_kept_before_anything_is_erased(garde, store):
    garde.prevenir("personne:aline", auteur="dpo", at=MARCH_2024, effet=date(2024, 2, 4))
    already = [Case("entrees", "*", "*", "*", "tous", 4)]

    def full(figees):
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        garde.effacer_echus(already, full, auteur="dpo", at=MARCH_2024)
    assert store.evenements("personne:aline")
    given = []
    done = garde.effacer_echus(already, given.append, auteur="dpo", at=MARCH_2024)
    assert given == [done.figees] == [(Case("entrees", "*", "*", "*", "tous", 5),)]
    assert done.personnes == 1 and done.effacements[0].evenements == 2
    assert store.evenements("personne:aline") == [] and store.verify().intact
    # Nobody is left: nothing is to be kept anew.
    again = garde.effacer_echus(done.figees, full, auteur="dpo", at=MARCH_2024)
    assert again.personnes == 0 and again.figees == done.figees


def test_the_file_of_counts_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "figees.json"
    assert read_figees(path) == ()
    first = (Case("entrees", "2022-T1", "26 à 49 ans", "*", "tous", 5),)
    write_figees(path, first)
    assert read_figees(path) == first

    def cut(*_):
        raise OSError("cut")

    monkeypatch.setattr(os, "fsync", cut)
    with pytest.raises(OSError, match="cut"):
        write_figees(path, ())
    assert read_figees(path) == first and list(tmp_path.iterdir()) == [path]
    for wrong in ("{}", "[1]", '[{"mesure": "entrees"}]'):
        path.write_text(wrong)
        with pytest.raises(spie.ValueConversionError):
            read_figees(path)
