"""Retention, in Python. What the delays mean is tested in C++ (tests/conservation)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import spie
from spie.conservation import (
    Cellule,
    Conservation,
    EcheanceDonnees,
    Gel,
    figees,
    gels,
    reprendre_figees,
)
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


def test_what_is_erased_is_counted_with_it(garde, store):
    garde.prevenir("personne:aline", auteur="dpo", at=MARCH_2024, effet=date(2024, 2, 4))
    assert figees(store) == () and gels(store) == []
    early = datetime(
        2021, 1, 1, tzinfo=UTC
    )  # a clock that went wrong: nothing is erased nor counted
    with pytest.raises(spie.DossierError):
        garde.effacer_echus(auteur="dpo", at=early, effet=date(2024, 3, 6))
    assert store.evenements("personne:aline") and figees(store) == ()
    done = garde.effacer_echus(auteur="dpo", at=MARCH_2024)
    assert done.figees == (Cellule("entrees", "*", "*", "*", "tous", 1),) == figees(store)
    assert done.personnes == 1 and done.effacements[0].evenements == 2
    assert store.evenements("personne:aline") == [] and store.verify().intact
    again = garde.effacer_echus(auteur="dpo", at=MARCH_2024)
    assert again.personnes == 0 and again.figees == done.figees


def test_who_is_erased_at_once_is_counted_too(garde, store):
    done = garde.effacer(["personne:aline"], auteur="dpo", at=MARCH_2024)
    assert done.personnes == 1 and done.figees == (Cellule("entrees", "*", "*", "*", "tous", 1),)
    assert store.evenements("personne:aline") == []
    with pytest.raises(spie.DossierError) as refused:
        garde.effacer(["personne:aline"], auteur="dpo", at=MARCH_2024)
    assert refused.value.code == "E005"


def test_frozen_counts_are_taken_up_by_a_restored_store(garde, store):
    garde.prevenir("personne:aline", auteur="dpo", at=MARCH_2024, effet=date(2024, 2, 4))
    garde.effacer_echus(auteur="dpo", at=MARCH_2024)
    (gel,) = gels(store)
    with spie.Store.memory() as restored:
        assert reprendre_figees(restored, [gel], auteur="dpo", at=MARCH_2024) == 1
        assert reprendre_figees(restored, [gel], auteur="dpo", at=MARCH_2024) == 0
        assert figees(restored) == figees(store)
        wrong = [Gel("e", (Cellule("entrees", "*", "*", "*", "tous", 0),))]
        with pytest.raises(spie.SpieError) as refused:
            reprendre_figees(restored, wrong, auteur="dpo", at=MARCH_2024)
        assert refused.value.code == "R003"
