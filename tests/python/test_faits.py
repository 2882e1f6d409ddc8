"""From a dossier to a decision, in Python. What the rules of the map mean is tested in C++ (tests/dossier)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import spie
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

MARCH = datetime(2022, 3, 5, 12, tzinfo=UTC)
DAY = date(2022, 6, 1)
REFERENT = Demande("professionnel:p1", "accompagnement", ["referent"], instant=MARCH)
NAMED = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"}
SAID = (
    ("referent", NAMED),
    ("statut", {"code": "brsa", "reponse": "oui"}),
    ("adresse", {"code_commune": "77288"}),
    ("frein", {"code": "mobilite", "reponse": "oui"}),
    ("frein", {"code": "formation", "reponse": "oui"}),
)


@pytest.fixture(scope="module")
def pack():
    return spie.Pack.load("seine-et-marne-2022-2023")


@pytest.fixture
def store():
    with spie.Store.memory() as made:
        made.append(
            [
                evenement("personne:aline", type_, contenu, debut=date(2022, 1, 1), auteur="x")
                for type_, contenu in SAID
            ],
            at=MARCH,
        )
        yield made


def test_a_decision_on_a_dossier_tells_its_facts_and_where_they_came_from(store, pack):
    made = store.decider("personne:aline", pack, "conclusion", au=DAY)
    assert made.resultat.value == "admis_prioritaire"
    assert made.faits["beneficiaire"] == {
        "rsa": "oui",
        "reside_departement": "oui",
        "code_commune": "77288",
    }
    assert made.origines["beneficiaire.rsa"] == ["statut.brsa.reponse"]
    assert made.origines["freins"] == ["frein.code", "frein.reponse"]
    assert made.origines["date_etat"] == []
    assert json.dumps(made.to_dict(), default=str)


def test_what_no_dossier_gives_is_given_by_the_caller(store, pack):
    asked = ("personne:aline", pack, "demandeur_emploi_longue_duree")
    assert store.decider(*asked, au=DAY).resultat.status == "indetermine"
    given = store.decider(*asked, au=DAY, faits={"duree_inscription_mois": 13})
    assert given.resultat.value is True and given.origines["duree_inscription_mois"] == []
    with pytest.raises(spie.PackError) as refused:
        store.decider(*asked, au=DAY, faits={"duree_inscription": 13})
    assert refused.value.code == "P015"


def test_what_was_known_then_decides_then(store, pack):
    asked = ("personne:aline", pack, "admission")
    assert store.decider(*asked, au=DAY, connu=date(2022, 3, 5)).resultat.value is True
    assert store.decider(*asked, au=DAY, connu=date(2022, 3, 4)).resultat.status == "indetermine"


def test_a_desk_explains_on_the_dossier_and_on_a_result(store, pack):
    with Acces.memory() as acces:
        desk = Guichet(store, acces, spie.Pack.load("socle-national"))
        here = desk.expliquer(REFERENT, "personne:aline", pack, "admission", au=DAY)
        assert here.resultat.value is True and here.role == "referent" and not here.retenues
        made = store.decider("personne:aline", pack, "admission", au=DAY)
        old = desk.expliquer(REFERENT, "personne:aline", pack, made.resultat, made.origines)
        assert old.resultat.value is True
        with pytest.raises(spie.UsageError):
            desk.expliquer(REFERENT, "personne:aline", pack, "admission")
        assert [one["operation"] for one in acces.entries()] == ["expliquer"] * 2


def test_the_maps_of_the_bundled_packs_hold():
    for name in ("socle-national", "seine-et-marne-2022-2023"):
        found = [one for one in spie.Pack.load(name).check() if "faits.json" in one.where]
        assert found == []


def test_a_map_that_is_wrong_is_told_by_the_check(tmp_path):
    folder = tmp_path / "essai"
    (folder / "donnees").mkdir(parents=True)
    (folder / "pack.json").write_text(
        json.dumps(
            {
                "id": "essai",
                "version": "1.0.0",
                "titre": "Essai",
                "autorite": "essai",
                "periode": {"debut": "2022-01-01", "fin": None},
                "extends": {"id": "socle-national", "version": ">=1.0"},
                "modeles": [],
            }
        )
    )
    rule = {"chemin": "inscriptions.date_inscription", "null": "-"}
    (folder / "donnees" / "faits.json").write_text(
        json.dumps({"etend": True, "faits": {"date_inscription": rule}})
    )
    (found,) = [one for one in spie.Pack.load(folder).check() if "faits.json" in one.where]
    assert found.code == "P015" and found.level == "error"
    assert found.where == "donnees/faits.json#/faits/date_inscription/chemin"
