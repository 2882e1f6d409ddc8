"""The network through the surfaces that people use: Python and the command line, in JSON and in words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spie
from spie import reseau
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

DAY = date(2022, 3, 1)
GINA = (
    "--acteur", "professionnel:gina", "--role", "gestionnaire", "--finalite", "gestion",
)  # fmt: skip
RENE = (
    "--acteur", "professionnel:rene", "--role", "referent", "--finalite", "accompagnement",
)  # fmt: skip
PIA = ("--acteur", "professionnel:pia", "--role", "pilote", "--finalite", "pilotage")
NAMES = ("aline", "basile", "chloe", "dora", "emile")


def led(by="rene", structure="s"):
    return {
        "role": "referent_unique",
        "etape": "nomme",
        "professionnel": f"professionnel:{by}",
        "structure": f"structure:{structure}",
    }


def said(subject, kind, content, day=DAY):
    return evenement(subject, kind, content, debut=day, auteur="x")


EVENTS = [
    said("structure:s", "structure", {"nom": "Maison inventée", "code_commune": "77288"}),
    said("professionnel:rene", "professionnel", {"nom": "MODELE", "structure": "structure:s"}),
    said("professionnel:paul", "professionnel", {"nom": "MODELE", "structure": "structure:s"}),
    *(said(f"personne:{one}", "referent", led()) for one in NAMES),
    *(said(f"personne:{one}", "entree", {"motif": "orientation"}) for one in NAMES),
    said("personne:aline", "adresse", {"code_commune": "77152"}),
]


@pytest.fixture
def base(tmp_path) -> Path:
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(tmp_path / "dossiers.db", keys) as store:
        store.append(EVENTS, at=datetime(2022, 3, 5, 12, tzinfo=UTC))
    return tmp_path / "dossiers.db"


@pytest.fixture
def run(spie_command, base):
    def on_the_store(*arguments, **more):
        return spie_command(*arguments, "--base", base, "--cle", base.with_suffix(".cle"), **more)

    return on_the_store


def answered(done, code=0):
    assert done.exit_code == code, done.stderr
    return json.loads(done.stdout)


def test_all_those_of_a_professional_are_handed_over_in_one_call(run, monkeypatch):
    to_paul = ("--motif", "depart_professionnel", "--vers", "professionnel:paul")
    asked = ("relais", "demander", "--de", "rene", "--effet", "2022-04-01", *to_paul)
    run("relais", "demander", "basile", "--effet", "2022-04-01", *to_paul, *GINA)
    found = answered(run(*asked, *GINA, "--json"), 1)
    assert [(one["personne"], bool(one["actes"])) for one in found["dossiers"]] == [
        (f"personne:{one}", one != "basile") for one in NAMES
    ]
    (refused,) = found["dossiers"][1]["refus"]
    assert refused["code"] == "Q002" and refused["phrase"]
    assert (found["faits"], found["refuses"]) == (4, 1)
    monkeypatch.setenv("COLUMNS", "80")
    ended = run("relais", "effectuer", "--de", "rene", "--effet", "2022-04-02", *RENE)
    assert ended.exit_code == 1 and "Q003" in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert run("relais", "demander", *to_paul, *GINA).exit_code == 2
    assert run("relais", "retirer", "--de", "rene", "--relais", "X", *GINA).exit_code == 2
    wrong = run(*asked, "--champ", "motf=x", *GINA, "--json")
    assert wrong.exit_code == 3 and "motf" in wrong.stdout
    assert answered(run("relais", "retirer", "--de", "rene", *GINA, "--json"))["faits"] == 5


def test_appointments_are_proposed_and_flagged(run, tmp_path):
    asked = ("reseau", "rendez-vous", "aline", "--au", "2022-03-06", *RENE)
    found = answered(run(*asked, "--json"))
    assert (found["motif"], found["au_plus_tard"]) == ("premier", "2022-03-16")
    assert [one["proximite"] for one in found["lieux"]] == ["meme_epci"]
    table = tmp_path / "minutes.json"
    table.write_text('{"minutes": [{"de": "77152", "vers": "77288", "minutes": 46}]}')
    far = answered(run(*asked, "--minutes", table, "--lieu", "s", "--json"))
    assert far["lieux"][0]["proximite"] == "trop_loin" and far["lieux"][0]["minutes"] == 46
    assert "16/03/2022" in run(*asked).stdout
    table.write_text('{"minutes": [{"de": "77152", "vers": "77288", "minutes": "vite"}]}')
    refused = run(*asked, "--minutes", table)
    assert refused.exit_code == 3 and "/minutes/0" in refused.stderr


def test_the_network_is_shown_and_counted(run):
    day = ("--effet", "2022-03-02", *GINA)
    run("acte", "consortium.placer", "structure:s", "--champ", "cercle=restreint", *day)
    run(
        "acte", "label.changer", "structure:s", "--champ", "etape=accorde", "--champ",
        "criteres=diagnostic_partage", "--champ", "criteres=carnet_tenu", *day,
    )  # fmt: skip
    run(
        "acte",
        "formation.suivre",
        "professionnel:paul",
        "--champ",
        "module=diagnostic_partage",
        *day,
    )
    asked = ("reseau", "fiche", "structure:s", "--au", "2022-04-01", *RENE)
    found = answered(run(*asked, "--json"))
    assert found["cercle"] == "restreint" and found["label"]["en_vigueur"]
    assert {one["code"]: one["etat"] for one in found["label"]["conditions"]} == {
        "formation": "rempli", "criteres": "non_rempli", "suivi": "inconnu",
    }  # fmt: skip
    assert "Maison inventée" in run(*asked).stdout
    assert run("reseau", "fiche", "professionnel:paul", *RENE).exit_code == 3
    paul = answered(run("reseau", "fiche", "professionnel:paul", *GINA, "--json"))
    assert paul["formations"][0]["module"] == "diagnostic_partage"
    counts = ("reseau", "compter", "--du", "2022-03-01", "--au", "2022-03-31")
    assert answered(run(*counts, *PIA, "--json"))["professionnels_formes"] == 1
    assert "Professionnels formés" in run(*counts, *PIA).stdout
    backwards = run("reseau", "compter", "--du", "2022-04-01", "--au", "2022-03-31", *PIA)
    assert backwards.exit_code == 3
    assert answered(run("reseau", "suivis", "s", *RENE, "--json")) == []
    assert "Aucun suivi" in run("reseau", "suivis", "s", *RENE).stdout


def test_solicitations_are_told_to_the_two_whom_they_are_between(run):
    run(
        "acte", "sollicitation.demander", "aline", "--champ", "a=professionnel:paul", "--champ",
        "objet=avis", "--effet", "2022-03-10", *RENE,
    )  # fmt: skip
    asked = ("reseau", "sollicitations", "--au", "2022-03-26", *RENE)
    (one,) = answered(run(*asked, "--json"))
    assert (one["sens"], one["en_retard"], one["attendue_le"]) == ("envoyee", True, "2022-03-25")
    assert "en retard" in run(*asked, "--toutes").stdout
    assert answered(run("reseau", "sollicitations", *PIA, "--json")) == []


def test_satisfaction_is_kept_without_whoever_answers_and_told_in_large_cells():
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(EVENTS, at=datetime(2022, 3, 5, 12, tzinfo=UTC))
        desk = Guichet(store, acces, pack)
        for hour, one in enumerate(NAMES):
            at = datetime(2022, 3, 6, hour, tzinfo=UTC)
            herself = Demande(f"personne:{one}", "accompagnement", ["personne"], instant=at)
            given = {"ecoute": "tout_a_fait" if hour else "pas_du_tout"}
            assert (
                reseau.repondre(desk, herself, f"personne:{one}", "structure:s", given) == "2022-T1"
            )
        later = datetime(2022, 4, 2, tzinfo=UTC)
        pia = Demande("professionnel:pia", "pilotage", ["pilote"], instant=later)
        assert reseau.satisfaction(desk, pia, au=date(2022, 3, 31)).cases == ()
        found = reseau.satisfaction(desk, pia, au=date(2022, 4, 2))
        (cell,) = found.cases
        assert (cell.structure, cell.effectif) == ("structure:s", 5)
        assert str(cell.moyennes[0].moyenne) == "3.4"  # (1 + 4 × 4) / 5
        rene = Demande("professionnel:rene", "accompagnement", ["referent"], instant=later)
        with pytest.raises(spie.RightsError):
            reseau.satisfaction(desk, rene, au=date(2022, 4, 2))
        with pytest.raises(spie.PathError, match="Q001"):
            reseau.repondre(desk, rene, "personne:aline", "structure:s", {"ecoute": "tout_a_fait"})


def test_satisfaction_is_answered_and_read_at_the_command_line(run, spie_command):
    form = answered(spie_command("satisfaction", "questions", "--json"))
    assert [one["code"] for one in form["questions"]] == ["ecoute", "delais", "avance", "outils"]
    assert "tout_a_fait" in spie_command("satisfaction", "questions").stdout
    asked = ("satisfaction", "repondre", "aline", "--aupres", "s", *RENE)
    assert "trimestre" in answered(run(*asked, "--reponse", "outils=plutot_oui", "--json"))
    assert "sans votre nom" in run(*asked, "--reponse", "avance=plutot_oui").stdout
    wrong = run(*asked, "--reponse", "outil=plutot_oui", "--json")
    assert wrong.exit_code == 3 and "outils" in wrong.stdout
    assert run(*asked, "--reponse", "outils").exit_code == 2
    assert answered(run("satisfaction", "lire", *PIA, "--json"))["cases"] == []
    assert "Rien qui puisse être dit" in run("satisfaction", "lire", *PIA).stdout
    refused = run("satisfaction", "lire", *RENE, "--json")
    assert refused.exit_code == 3 and "R002" in refused.stdout
