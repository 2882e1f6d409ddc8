"""The ROME from Python and from the command line. Expected values by hand, from the invented releases."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest
import spie
from spie import bundled
from spie.rome import ReferenceRome, Rome

HEADER = (
    "code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp,"
    "transition_eco,transition_num\n"
)
NAME = "unix_referentiel_competence_v7_utf8.csv"


@pytest.fixture(scope="module")
def folder(root):
    return root / "examples/donnees/rome"


@pytest.fixture(scope="module")
def rome(folder):
    return Rome.load(folder, "v998")


def test_a_release_is_loaded_searched_and_found_in(rome):
    assert (len(rome), rome.version) == (45, "v998")
    assert repr(rome) == "<spie.rome.Rome v998: 45 entrées>"
    assert rome.lecture.recus == rome.lecture.lus == 90
    found = rome.chercher("LEGUME", natures=["competence"])
    assert [one.code for one in found.entrees] == ["9990014", "9990001"]
    (card,) = rome.trouver("9990001")
    assert card.entree.macro == "9990101" and card.entree.definition == ""
    assert [(one.code, one.coeur_metier) for one in card.liens] == [("Z9001", "Principale")]
    assert rome.trouver("9990001", "savoir") == []
    assert spie.rome.natures()[0] == "macro_savoir_etre"


def test_its_answers_pickle_and_are_json(rome):
    found = rome.chercher("cuisine")
    assert pickle.loads(pickle.dumps(found)) == found
    assert json.loads(found.to_json())["entrees"][0]["code"] == "Z9001"
    assert rome.lecture.to_dict()["natures"][0] == {"raison": "appellation", "nombre": 6}


def test_a_release_is_read_from_bytes(folder):
    files = {path.name: path.read_bytes() for path in folder.glob("*_v999_utf8.csv")}
    assert len(Rome.from_files("v999", files)) == 45
    with pytest.raises(spie.ImportRefused) as refused:
        Rome.from_files("v998", files)
    assert refused.value.code == "I002"
    with pytest.raises(spie.UsageError):
        Rome.from_files("999", files)
    read = Rome.from_files("v7", {NAME: (HEADER + "X,Compétence,Laver,,,,,,\n").encode()}).lecture
    assert [(one.ligne, one.champ, one.valeur) for one in read.refuses] == [(2, "code_ogr", "X")]


def test_a_passport_is_held_against_a_later_release(rome, folder):
    later = Rome.load(folder, "v999")
    references = rome.references(["300465", "9990010", "9990005", "0"])
    assert references[0] == ReferenceRome(
        "300465", "macro_savoir_etre", "Avoir l'esprit d'équipe", "v998"
    )
    found = later.comparer([*references, "9990015", {"code": "9990015", "nature": "competence"}])
    assert [one.etat for one in found.references] == [
        "inchange", "disparu", "change", "inchange", "change",
    ]  # fmt: skip
    assert found.references[4].changements == ("nature",)
    with pytest.raises(spie.ValueConversionError):
        later.comparer([{"code": "1", "libele": "x"}])


def test_threads_share_a_release(rome):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: rome.chercher("cuisine"), range(40)))
    assert all(one == answers[0] for one in answers)


def test_the_invented_releases_come_with_the_package():
    assert len(Rome.load(bundled.invented() / "rome", "v998")) == 45


def asked(spie_command, folder, *arguments, version="v998"):
    return spie_command(*arguments, "--dossier", folder, "--version", version)


def test_the_command_searches_in_words_and_in_json(spie_command, folder, monkeypatch):
    done = asked(spie_command, folder, "rome", "chercher", "legume", "--json")
    assert done.exit_code == 0
    assert [one["code"] for one in json.loads(done.stdout)["entrees"]] == [
        "9990014", "9991004", "9990001", "9992005",
    ]  # fmt: skip
    monkeypatch.setenv("COLUMNS", "80")
    shown = asked(spie_command, folder, "rome", "chercher", "légumes", "--limite", "2").stdout
    assert "9990014" in shown and "Récolter des légumes" in shown
    assert "4 entrées, 2 montrées, version v998." in shown
    assert max(map(len, shown.splitlines())) <= 80
    some = asked(spie_command, folder, "rome", "chercher", "repasser une licorne").stdout
    assert "Rien n'y a : licorne." in some and "en a 1 sur 2" in some
    none = asked(spie_command, folder, "rome", "chercher", "licorne")
    assert none.exit_code == 0 and "Aucune entrée" in none.stdout
    two = ("rome", "chercher", "cuisine", "--nature", "metier", "--nature", "savoir", "--json")
    assert json.loads(asked(spie_command, folder, *two).stdout)["total"] == 2


def test_the_command_shows_a_code_and_a_reading(spie_command, folder, monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "80")
    shown = asked(spie_command, folder, "rome", "fiche", "Z9001").stdout
    assert "Cuisine collective" in shown and "Avoir l'esprit d'équipe" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert json.loads(asked(spie_command, folder, "rome", "fiche", "0", "--json").stdout) == []
    assert "Aucune entrée de code 0" in asked(spie_command, folder, "rome", "fiche", "0").stdout
    read = asked(spie_command, folder, "rome", "lire").stdout
    assert "savoir-être : 4" in read.lower() and "cœurs de métier" in read
    (tmp_path / NAME).write_text(
        HEADER + "9990001,Compétence,Laver,,,,,,\n9990002,Talent,Tenir,,,,,,\n", "utf-8"
    )
    there = ("--dossier", tmp_path, "--version", "v7")
    refused = spie_command("rome", "lire", *there).stdout
    assert f"{NAME}:3, nature" in refused and "savoirs" in refused
    told = spie_command("rome", "chercher", "laver", *there)
    assert told.exit_code == 0 and "1 ligne refusée" in told.stderr


def test_the_command_compares_releases(spie_command, folder, monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "80")
    codes = ("rome", "comparer", "9990010", "9990005", "300465", "--ancienne", "v998")
    shown = asked(spie_command, folder, *codes, version="v999")
    assert shown.exit_code == 0
    assert "3 codes examinés, 1 inchangé dans la version v999" in shown.stdout
    assert "N'est plus dans la version v999." in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
    given = tmp_path / "passeport.json"
    given.write_text('["9990010", {"code": "9990004", "libelle": "Autre"}]', "utf-8")
    found = json.loads(
        asked(
            spie_command, folder, "rome", "comparer", "--references", given, "--json",
            version="v999",
        ).stdout
    )  # fmt: skip
    assert [one["etat"] for one in found["references"]] == ["disparu", "change"]
    piped = spie_command(
        "rome", "comparer", "--references", "-", "--dossier", folder, "--version", "v999", "--json",
        stdin='["300465"]',
    )  # fmt: skip
    assert json.loads(piped.stdout)["inchanges"] == 1


def test_what_is_wrong_is_refused_with_its_code(spie_command, folder, tmp_path):
    assert asked(spie_command, folder, "rome", "chercher", "x", "--nature", "talent").exit_code == 2
    assert asked(spie_command, folder, "rome", "comparer").exit_code == 2
    absent = asked(spie_command, folder, "rome", "chercher", "x", "--json", version="v460")
    assert absent.exit_code == 3
    assert json.loads(absent.stdout)["erreurs"][0]["suggestion"] == "v998, v999"
    nowhere = spie_command("rome", "lire", "--dossier", tmp_path / "rien", "--version", "v460")
    assert nowhere.exit_code == 3
    wrong = tmp_path / "liste.json"
    wrong.write_text("{}", "utf-8")
    refused = asked(spie_command, folder, "rome", "comparer", "--references", wrong)
    assert refused.exit_code == 3
