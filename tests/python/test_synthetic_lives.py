"""The acts of invented lives: drawn beside the files, played at the desk, and what vigilance must say of them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import UTC, date, datetime

import pytest
import spie
from lives import FIRST, LAST, acts_of, read_all
from spie import passeport, synthetic
from spie.actes import transitions
from spie.droits import Acces, Demande, Guichet
from spie.parcours import cibler
from spie.synthetic import jeu
from synthetic_files import rows

ADDED = ("actes.jsonl", "verite/vigilance.csv", "verite/passeport.csv")
SEEDS = (3, 11)  # 600 people each


def sum_of(folder):
    """Of the names and the bytes of the files that the acts did not add."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in ADDED:
            total.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


@pytest.mark.parametrize(
    ("people", "seed", "every_month", "expected"),
    [
        (300, 11, False, "40081a57411ad6fdd6cdd3de1ebaf333165ff5e6c4ecb399bfe12b3da71164b8"),
        (100, 5, True, "2f57e752f57e6b0f1f559a70c4b3f92385552379362b068bd3e25881b3af6ed9"),
    ],
)
def test_the_files_are_those_that_were_written_before_there_were_acts(
    tmp_path, people, seed, every_month, expected
):
    # Summed over what the generator wrote before it drew any act.
    departement = synthetic.generate(people, seed)
    departement.write(tmp_path / "f", departement.calendrier.references if every_month else None)
    assert sum_of(tmp_path / "f") == expected
    assert all((tmp_path / "f" / name).is_file() for name in ADDED)


def test_acts_are_those_of_the_table_in_the_order_of_time_and_of_people_of_the_files(tmp_path):
    synthetic.generate(300, 5).write(tmp_path / "f")
    acts = acts_of(tmp_path / "f")
    known = {one.acte for one in transitions()}
    assert len(acts) > 1_000 and {one["acte"] for one in acts} <= known
    assert [one["instant"] for one in acts] == sorted(one["instant"] for one in acts)
    assert len({one["numero"] for one in acts}) == len(acts)
    assert all(one["instant"][:10] == one["effet"] <= "2023-12-31" for one in acts)
    records = {
        (one["source"], one["cle"]) for one in rows(tmp_path / "f" / "verite" / "verite.csv")
    }
    sources = {"carnet": "carnet", "france_travail.extrait": "extrait"}
    people = [one["sujet"] for one in acts if "vie-5-commun" not in one["numero"]]
    assert all((sources[one["source"]], one["cle"]) in records for one in people)


def test_a_life_is_the_same_in_a_larger_departement(tmp_path):
    lives = []
    for people in (100, 300):
        synthetic.generate(people, 5).write(tmp_path / str(people))
        lives.append(
            {
                one["numero"]: one
                for one in acts_of(tmp_path / str(people))
                if "commun" not in one["numero"]
            }
        )
    assert lives[0] and lives[0].items() <= lives[1].items()


@pytest.fixture(scope="module")
def pack():
    return spie.Pack.load("seine-et-marne-2022-2023")


@pytest.fixture(scope="module", params=SEEDS)
def played(request, tmp_path_factory, pack):
    """A département of 600 people, its files read and its acts played."""
    folder = tmp_path_factory.mktemp("vies") / "f"
    synthetic.generate(600, request.param).write(folder)
    with spie.Store.memory() as store, Acces.memory() as acces:
        read_all(store, folder)
        desk = Guichet(store, acces, pack)
        yield folder, store, desk, jeu.jouer(desk, store, folder)


def test_every_act_is_played_but_those_drawn_wrong(played):
    folder, _, _, done = played
    wrong = [one for one in acts_of(folder) if "refus" in one]
    assert wrong and done.refuses == done.attendus == len(wrong), done.details
    assert set(done.refus) <= {"Q002", "Q003"}
    assert done.lus == done.joues + len(wrong) == len(acts_of(folder))
    assert done.ambigus == done.introuvables == done.deja == done.inattendus == 0
    assert done.evenements > done.joues  # a relay that is effective writes more than one


def test_playing_twice_adds_nothing_and_says_so(played):
    folder, store, desk, done = played
    head = store.head()
    again = jeu.jouer(desk, store, folder)
    assert store.head() == head
    assert (again.joues, again.deja, again.refuses) == (0, done.joues, done.refuses)


def keyed(folder, store):
    """Whose dossier it is, by the truth alone; and the people whose records say nothing wrong."""
    names = {"extrait": "france_travail.extrait", "carnet": "carnet"}
    owners, departures = {}, defaultdict(set)
    for one in rows(folder / "verite" / "verite.csv"):
        departures[one["personne"]] |= set(one["ecarts"].split())
        if one["source"] in names:
            for dossier in store.chercher(f"{names[one['source']]}|{one['cle']}", par="source"):
                assert owners.setdefault(dossier, one["personne"]) == one["personne"]
    return owners, {person for person, found in departures.items() if not found}


def truth_of(folder):
    """By day, who stands at what, since when."""
    found = defaultdict(set)
    for one in rows(folder / "verite" / "vigilance.csv"):
        found[date.fromisoformat(one["date"])].add((one["personne"], one["moment"], one["depuis"]))
    return found


def test_alerts_equal_the_truth_where_the_files_depart_from_nothing_and_are_among_it_elsewhere(
    played, pack
):
    folder, store, _, _ = played
    owners, exact = keyed(folder, store)
    truth = truth_of(folder)
    found = cibler(store, pack, au=LAST)
    alerts = {(owners[one["personne"]], one["moment"], one["depuis"]) for one in found.alertes}
    assert alerts <= truth[LAST]
    assert {one for one in alerts if one[0] in exact} == {
        one for one in truth[LAST] if one[0] in exact
    }
    seen = {moment for person, moment, _ in alerts if person in exact}
    assert len([one for one in alerts if one[0] in exact]) > 50 and len(seen) > 6
    assert len({moment for _, moment, _ in alerts}) > 12
    assert not truth[FIRST] and not cibler(store, pack, au=FIRST).alertes


def test_alerts_equal_the_truth_on_the_last_day_of_every_month(tmp_path, pack):
    folder = tmp_path / "f"
    departement = synthetic.generate(150, 13)
    days = departement.calendrier.references
    departement.write(folder, days)
    truth = truth_of(folder)
    compared = 0
    with spie.Store.memory() as store, Acces.memory() as acces:
        read_all(store, folder, days)
        assert jeu.jouer(Guichet(store, acces, pack), store, folder).inattendus == 0
        owners, exact = keyed(folder, store)
        for day in days:
            alerts = {
                (owners[one["personne"]], one["moment"], one["depuis"])
                for one in cibler(store, pack, au=day).alertes
            }
            assert alerts <= truth[day], day
            for person in exact:
                assert {one for one in alerts if one[0] == person} == {
                    one for one in truth[day] if one[0] == person
                }, day
            compared += len(alerts)
    assert compared > 1_000


def test_passports_equal_the_truth_on_the_last_day_of_every_month(tmp_path, pack):
    folder = tmp_path / "f"
    departement = synthetic.generate(600, 13)
    days = departement.calendrier.references
    departement.write(folder, days)
    truth = defaultdict(set)
    for one in rows(folder / "verite" / "passeport.csv"):
        held = (one["genre"], one["cle"], one["etat"])
        truth[one["personne"], date.fromisoformat(one["date"])].add(held)
    compared = set()
    with spie.Store.memory() as store, Acces.memory() as acces:
        read_all(store, folder, days)
        desk = Guichet(store, acces, pack)
        assert jeu.jouer(desk, store, folder).inattendus == 0
        owners, exact = keyed(folder, store)
        for dossier, person in sorted(owners.items()):
            if person not in exact or not dossier.startswith("personne:"):
                continue
            acts = {
                one.contenu["id"]: one.raw["acte"]
                for one in store.evenements(dossier)
                if one.type == "element_passeport" and one.contenu["etape"] == "ajoute"
            }
            for day in (days[6], days[-1]):
                found = set(told(desk, store, dossier, day, acts))
                assert found == truth[person, day], (person, day)
                compared |= {(genre, state) for genre, _, state in found}
    assert {("element", "confirme"), ("element", "declare"), ("refus", "refusee")} <= compared
    assert {("immersion", "delivrable"), ("immersion", "inconnu")} <= compared
    assert {state for genre, state in compared if genre == "partage"} >= {"ouvert", "echu"}


def told(desk, store, dossier, day, acts):
    """What the library says of a passport, by the keys of the truth."""
    who = Demande(dossier, "accompagnement", ["personne"], instant=datetime(2024, 2, 1, tzinfo=UTC))
    view = desk.passeport(who, dossier, au=day).passeport
    for one in view.elements:
        yield "element", acts[one.id], "conteste" if one.conteste else one.assurance
    for one in view.retires:
        yield "element", acts[one.id], "retire"
    for one in view.partages:
        yield "partage", one.id, one.etat
    for one in desk.propositions_passeport(who, dossier, au=day).propositions.propositions:
        if one.etat == "refusee":
            yield "refus", one.id, one.etat
    planned = {
        one.contenu["id"]
        for one in store.evenements(dossier)
        if one.type == "immersion" and one.contenu["etape"] == "prevue" and one.debut <= day
    }
    for one in planned:
        made = passeport.badge_immersion(desk, who, dossier, one, au=day)
        yield "immersion", one, made.decision


def test_a_play_that_was_cut_goes_on_where_it_stopped(tmp_path, pack):
    folder = tmp_path / "f"
    synthetic.generate(100, 5).write(folder)
    counts = []
    for days in ((date(2022, 6, 30), None), (None,)):
        with spie.Store.memory() as store, Acces.memory() as acces:
            read_all(store, folder)
            desk = Guichet(store, acces, pack)
            done = [jeu.jouer(desk, store, folder, jusqu_au=day) for day in days]
            assert done[0].lus > 0 and done[-1].lus == len(acts_of(folder))
            assert done[-1].deja == sum(one.joues for one in done[:-1])
            whole = cibler(store, pack, au=LAST).comptes
            counts.append((sum(one.joues for one in done), whole))
    assert counts[0] == counts[1]


def test_who_is_in_no_dossier_is_told(tmp_path, pack):
    folder = tmp_path / "f"
    synthetic.generate(40, 5).write(folder)
    with spie.Store.memory() as store, Acces.memory() as acces:
        done = jeu.jouer(Guichet(store, acces, pack), store, folder)
    assert done.introuvables > 0 and done.inattendus == done.introuvables
    assert {one["pourquoi"] for one in done.details} == {"introuvable"}


def test_a_key_that_two_dossiers_bear_is_ambiguous(tmp_path, pack):
    (tmp_path / jeu.FICHIER).write_text(
        json.dumps(
            {
                "instant": "2022-03-01T08:00:00Z", "numero": "a-1", "acte": "parcours.entrer",
                "sujet": {"source": "essai", "cle": "K1"}, "acteur": "professionnel:g",
                "role": "gestionnaire", "finalite": "gestion", "effet": "2022-03-01", "contenu": {},
            }
        )
        + "\n"
    )  # fmt: skip
    with spie.Store.memory() as store, Acces.memory() as acces:
        for name, born in (("personne:a", "1980-01-01"), ("personne:b", "1990-01-01")):
            told = {
                "sujets": [name], "type": "rattachement", "version": 1, "auteur": "i",
                "effet": {"debut": "2022-01-01"}, "source": {"nom": "essai"},
                "contenu": {"cle": f"K1|{born}", "regle": "nouveau"},
            }  # fmt: skip
            store.append([told], at=datetime(2022, 1, 2, tzinfo=UTC))
        done = jeu.jouer(Guichet(store, acces, pack), store, tmp_path)
    assert (done.ambigus, done.joues) == (1, 0) and done.details[0]["pourquoi"] == "ambigu"


def test_an_act_bears_the_number_that_its_caller_gives_and_is_not_done_twice(pack):
    with spie.Store.memory() as store, Acces.memory() as acces:
        event = spie.dossier.evenement(
            "personne:a", "entree", {}, debut=date(2022, 1, 1), auteur="x"
        )
        store.append([event], at=datetime(2022, 1, 2, tzinfo=UTC))
        desk = Guichet(store, acces, pack)
        asked = spie.droits.Demande(
            "professionnel:g", "gestion", ["gestionnaire"], instant=datetime(2022, 6, 1, tzinfo=UTC)
        )
        given = {"effet": date(2022, 5, 1), "contenu": {"motif": "abandon"}, "numero": "sortie-1"}
        made = desk.agir(asked, "parcours.sortir", "personne:a", **given)
        assert made.acte == "sortie-1" and store.chercher("sortie-1", par="acte") == ["personne:a"]
        head = store.head()
        with pytest.raises(spie.errors.DossierError) as refused:
            desk.agir(asked, "parcours.sortir", "personne:a", **given)
        assert refused.value.code == "E006" and store.head() == head
        with pytest.raises(spie.errors.PathError) as refused:
            desk.agir(asked, "parcours.sortir", "personne:a", **{**given, "numero": "x" * 101})
        assert refused.value.code == "Q001"
        desk.annuler(asked, "sortie-1")
