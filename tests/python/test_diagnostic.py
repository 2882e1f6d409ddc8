"""The shared diagnostic through Python and the command line: the shape of the answers, and the pages."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import spie
from spie.cli.main import app
from spie.dossier import evenement
from typer.testing import CliRunner

PACK = "seine-et-marne-2022-2023"
AU = date(2022, 6, 1)


def said(type, contenu, debut=date(2022, 3, 1), source="saisie", sujet="personne:aline"):
    return evenement(sujet, type, contenu, debut=debut, auteur="professionnel:rene", source=source)


EVENTS = [
    said("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
    said("referent", {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}),
    said("reponse_diagnostic", {"question": "dsp.TOPMOYLOCO", "reponse": "non", "valeurs": ["0"]}, source="caf.dsp"),
    said("reponse_diagnostic", {"question": "dsp.DIFSOC", "valeurs": ["0405", "0406"]}, source="caf.dsp"),
    said("objectif", {"id": "O1", "libelle": "Passer le permis", "etat": "en_cours"}),
    said("action", {"id": "A1", "etape": "choisie", "libelle": "S'inscrire : code", "theme": "mobilite",
                    "responsable": "personne:aline", "echeance": date(2022, 7, 1)}),
    said("action", {"id": "A2", "etape": "refusee", "libelle": "Atelier", "theme": "numerique", "motif_refus": "refus_horaires"}),
]  # fmt: skip


@pytest.fixture
def desk():
    pack = spie.Pack.load(PACK)
    with spie.Store.memory() as store, spie.droits.Acces.memory() as acces:
        store.append(EVENTS, at=datetime(2022, 3, 5, 8, tzinfo=UTC))
        yield spie.droits.Guichet(store, acces, pack)


def demande(role="referent"):
    who = "personne:aline" if role == "personne" else "professionnel:rene"
    return spie.droits.Demande(
        who, "accompagnement", [role], instant=datetime(2022, 6, 1, 8, tzinfo=UTC)
    )


LISTES = ["connues", "a_revoir", "a_demander", "a_ne_pas_reposer", "sans_objet", "reservees"]
SORTIES = [
    "besoins_sociaux_et_professionnels",
    "potentiel",
    "metiers_en_tension",
    "actions_prioritaires",
    "ressources",
    "choix",
    "droits",
    "equite",
]


def test_the_six_lists_share_the_questions_out(desk):
    view = desk.questions(demande(), "personne:aline", au=AU)
    ids = [one.question for name in LISTES for one in getattr(view.questions, name)]
    asked = [
        one["id"]
        for rubric in spie.Pack.load(PACK).data("trame")["rubriques"]
        for one in rubric["questions"]
    ]
    assert sorted(ids) == sorted(asked)
    assert view.role == "referent"
    assert next(iter(view.to_dict())) == "role"


def test_the_eight_outputs_are_there_by_name(desk):
    lu = desk.diagnostic(demande(), "personne:aline", au=AU).to_dict()
    assert set(SORTIES) <= set(lu)
    assert lu["besoins_sociaux_et_professionnels"]["sociaux"] == [
        "mobilite",
        "difficulte_financiere",
        "difficulte_administrative",
    ]
    assert lu["metiers_en_tension"]["conclusion"] == "inconnu"
    # An action is under way for mobility: nothing more is proposed.
    assert [one["code"] for one in lu["actions_prioritaires"]["a_proposer"]] == [
        "aide_budget",
        "appui_demarches",
    ]


def test_the_road_map_is_a_page_that_she_may_read(desk):
    view = desk.feuille_de_route(demande("personne"), "personne:aline", au=AU)
    assert [one.id for one in view.feuille.a_faire] == ["A1"]
    html = view.to_html()
    assert "C’est vous qui la faites avancer." in html
    assert "S’inscrire\u202f: code" in html
    text = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<style>.*?</style>", "", html))
    assert not re.search(r" [:;!?»]", text)
    assert "'" not in text
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="https?:', html)


def test_the_synthesis_is_a_page(desk):
    html = desk.diagnostic(demande(), "personne:aline", au=AU).to_html()
    assert "Diagnostic partagé" in html
    assert "inconnu" in html


@pytest.mark.parametrize("command", ["questions", "diagnostic", "feuille-de-route"])
def test_the_command_line_gives_the_same(tmp_path, command):
    base, key = tmp_path / "d.db", tmp_path / "ailleurs" / "d.cle"
    spie.store.write_keys(key, spie.store.draw_keys())
    with spie.Store.create(base, key) as store:
        store.append(EVENTS, at=datetime(2022, 3, 5, 8, tzinfo=UTC))
    given = ["personne:aline", "--base", str(base), "--acteur", "professionnel:rene", "--finalite",
             "accompagnement", "--role", "referent", "--au", "2022-06-01", "--cle", str(key)]  # fmt: skip
    if command != "questions":
        given += ["--html", str(tmp_path / "page.html")]
    found = CliRunner().invoke(app, [command, *given, "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)
    assert told["role"] == "referent"
    assert "retenues" in told
    assert CliRunner().invoke(app, [command, *given]).exit_code == 0
    if command != "questions":
        assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_the_delay_stands_beside_the_median_of_the_store_when_enough_have_one():
    pack = spie.Pack.load(PACK)
    # Twenty persons, first seen on 1 March 2022; the nth is diagnosed n days later.
    events = [
        said("identite", {"nom": "EXEMPLE", "prenom": "P"}, sujet=f"personne:p{rank}")
        for rank in range(1, 21)
    ]
    diagnosed = [
        said(
            "diagnostic",
            {"id": "D", "etape": "pose"},
            debut=date(2022, 3, 1 + rank),
            sujet=f"personne:p{rank}",
        )
        for rank in range(1, 21)
    ]
    with spie.Store.memory() as store:
        store.append(events + diagnosed[:3], at=datetime(2022, 3, 30, 8, tzinfo=UTC))
        few = spie.parcours.delai_median(store, pack, au=AU)
        assert (few.mediane, few.effectif) == (None, None)
        store.append(diagnosed[3:], at=datetime(2022, 3, 31, 8, tzinfo=UTC))
        assert spie.parcours.delai_median(store, pack, au=AU) == spie.parcours.DelaiMedian(10, 20)
        # What was posed by then alone counts.
        early = spie.parcours.delai_median(store, pack, au=date(2022, 3, 16))
        assert (early.mediane, early.effectif) == (8, 15)


def test_the_median_is_told_beside_the_delay_of_the_person(desk):
    view = desk.diagnostic(demande(), "personne:aline", au=AU, mediane=12)
    assert view.diagnostic.equite.mediane == 12
    assert "Médiane du département" in view.to_html()
    assert desk.diagnostic(demande(), "personne:aline", au=AU).diagnostic.equite.mediane is None
