"""What holds of a thousand seeded lives, whoever asks: what a role may not see moves nothing that it is told, and what was
answered is not asked while it is fresh."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import spie
from lives import LAST, acts_of, read_all
from spie import synthetic
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet
from spie.parcours import cibler, cibler_pour
from spie.synthetic import jeu
from spie.synthetic.calendrier import shifted

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, SEED = 1_000, 29
ASKED = datetime(2024, 1, 7, 9, tzinfo=UTC)
LATER = datetime(2024, 1, 8, 9, tzinfo=UTC)

# By family of the table of rights, what is recorded on every dossier; each would raise or end an alert.
HIDDEN = {
    "suivi": [
        ("rendez_vous", {"id": "c1", "etape": "absent"}, date(2023, 12, 1)),
        ("rendez_vous", {"id": "c2", "etape": "absent"}, date(2023, 12, 2)),
    ],
    "parcours": [
        ("action", {"id": "c3", "etape": "choisie", "theme": "sante"}, date(2023, 3, 1)),
        ("diagnostic", {"id": "c4", "etape": "pose"}, date(2023, 12, 3)),
    ],
    "relais": [("relais", {"id": "c5", "etape": "demande", "objet": "modalite"}, date(2023, 3, 1))],
    "instances": [("saisine", {"id": "c6", "etape": "etudiee"}, date(2023, 3, 1))],
    "situation_pro": [("emploi", {"id": "c7", "etape": "trouve"}, date(2023, 10, 1))],
    "statuts": [
        (
            "statut",
            {"code": "rqth", "reponse": "oui", "date_fin_prevue": date(2024, 1, 15)},
            date(2023, 3, 1),
        )
    ],
    "residence": [("adresse", {"code_commune": "77288"}, date(2023, 11, 1))],
    "diagnostic": [("frein", {"code": "sante", "reponse": "oui"}, date(2023, 3, 1))],
    "revenus": [("revenu", {"nature": "021", "mois": "2023-03", "montant": 12}, date(2023, 3, 1))],
}


def cells():
    """The table of rights, keyed by hand."""
    with (ROOT / "tests/droits/matrice.csv").open(encoding="utf-8", newline="") as file:
        return {(one["role"], one["finalite"]): one for one in csv.DictReader(file, delimiter=";")}


@pytest.fixture(scope="module")
def pack():
    return spie.Pack.load("seine-et-marne-2022-2023")


@pytest.fixture(scope="module")
def lives(tmp_path_factory, pack):
    """A département whose acts were played: its folder, its store, its desk."""
    folder = tmp_path_factory.mktemp("vies") / "f"
    synthetic.generate(PEOPLE, SEED).write(folder)
    with spie.Store.memory() as store, Acces.memory() as acces:
        read_all(store, folder)
        desk = Guichet(store, acces, pack)
        assert jeu.jouer(desk, store, folder).inattendus == 0
        yield folder, store, desk


def test_a_question_that_was_answered_is_not_asked_while_it_is_fresh(lives, pack):
    folder, store, desk = lives
    trame = json.loads((ROOT / "packs/seine-et-marne-2022-2023/donnees/trame.json").read_text())
    delays = {
        one["nom"]: int(one["valeurs"][0]["valeur"]["@duration"][1:-1])
        for one in json.loads(
            (ROOT / "packs/seine-et-marne-2022-2023/parametres.json").read_text()
        )["parametres"]
        if one["nom"].startswith("fraicheur")
    }
    fresh_for = {
        one["id"]: delays[one["fraicheur"]]
        for part in trame["rubriques"]
        for one in part["questions"]
    }
    answers = defaultdict(list)
    for one in acts_of(folder):
        if one["acte"] == "reponse.donner":
            source, key = one["sujet"].values()
            (person,) = store.chercher(f"{source}|{key}", par="source")
            told = one["contenu"]
            answers[person, date.fromisoformat(one["effet"])].append(
                (told["question"], told["reponse"])
            )
    assert len(answers) > 100
    looked = 0
    for (person, day), given in answers.items():
        herself = Demande(person, "accompagnement", ["personne"], instant=ASKED)
        for months in (0, 5, 11):
            on = shifted(day, months)
            lists = desk.questions(herself, person, au=on).questions
            asked = {one.question for one in (*lists.a_demander, *lists.a_revoir)}
            never = {one.question for one in lists.a_ne_pas_reposer}
            for question, answer in given:
                if on < shifted(day, fresh_for[question]):
                    assert question not in asked, (person, question, answer, on)
                    looked += 1
                if answer == "refuse" and months == 0:
                    assert question in never
    assert looked > 500


def told(desk, pack, actor, role, purpose, at):
    """All that vigilance tells him, counts and what is to be checked included."""
    demande = Demande(actor, purpose, [role], "structure:s", instant=at)
    found = cibler_pour(desk, demande, pack, au=LAST, detail=True)
    return json.dumps(found.raw, sort_keys=True, default=str)


def test_what_a_role_may_not_see_moves_neither_its_alerts_nor_its_counts(lives, pack):
    """Last: it records on dossiers. Whoever follows some sees theirs, and nothing of others moves it."""
    _, store, desk = lives
    table = cells()
    people = store.sujets("personne", limite=10_000)[::4]
    known = cibler(store, pack, au=LAST)
    mine = next(one["referent"] for one in known.alertes if one["moment"] == "sans_contact")
    followed = {
        one.dossier
        for page in (1, 2)
        for one in desk.lister(
            Demande(mine, "accompagnement", ["referent"], instant=ASKED), page=page
        ).dossiers
    }
    assert followed
    for rank, (actor, role, purpose) in enumerate(
        (
            (mine, "referent", "accompagnement"),
            ("professionnel:g", "gestionnaire", "gestion"),
            ("professionnel:v", "pilote", "pilotage"),
            ("professionnel:e", "evaluateur", "evaluation"),
            ("professionnel:a", "destinataire_annexe_e", "annexe_e"),
        )
    ):
        blind = [
            event
            for family, events in HIDDEN.items()
            for event in events
            if actor == mine or table[role, purpose][family] != "clair"
        ]
        assert len(blind) > 2
        at = LATER + timedelta(hours=rank)
        before = told(desk, pack, actor, role, purpose, at)
        for person in people:
            if actor != mine or person not in followed:
                store.append(
                    [
                        evenement(
                            person, kind, {**said, **({"id": f"{role}{said['id']}"} if "id" in said else {})},
                            debut=day, auteur="x",
                        )
                        for kind, said, day in blind
                    ],
                    at=at + timedelta(minutes=1),
                )  # fmt: skip
        assert told(desk, pack, actor, role, purpose, at + timedelta(minutes=2)) == before, role
        if actor == mine:
            alerts = {one["personne"] for one in json.loads(before)["alertes"]}
            assert alerts and alerts <= followed
    assert cibler(store, pack, au=LAST).comptes != known.comptes  # a program saw them move
