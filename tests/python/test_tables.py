"""Budget, statement, control and schedule as data, JSON, CSV and notebook cells."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
import spie
from spie import convention, formatting
from spie.terminal.console import TONES

CONVENTION = "seine-et-marne-2022-2023"


@pytest.fixture(scope="module")
def tables(pack, ledger_path, payments_path):
    return {
        "budget": convention.budget(pack),
        "etat": convention.etat_des_depenses(
            pack, ledger_path, payments_path, at=date(2023, 12, 31)
        ),
        "controle": convention.controle(pack, ledger_path, payments_path, annee=2023),
        "echeancier": convention.echeancier(
            pack, {"date_signature": date(2022, 3, 10)}, at=date(2024, 4, 1)
        ),
    }


FIRST = {
    "budget": "action;libelle;nature;montant;source",
    "etat": "id;date;",
    "controle": "champ;valeur",
    "echeancier": "id;libelle;debiteur;genre;article;date;faite_le;etat;manquants",
}


@pytest.mark.parametrize("name", FIRST)
def test_each_is_data_json_csv_and_a_notebook_cell(tables, name):
    one = tables[name]
    assert json.loads(one.to_json()) == json.loads(spie._core.write_json(one.to_dict(), 0))
    assert one.to_csv().startswith(FIRST[name]) and one.to_csv().endswith("\r\n")
    assert "<table" in one._repr_html_()


def test_the_tables_hold_what_is_computed(tables):
    assert ";620000,00;" in tables["budget"].to_csv()
    verse = f"{tables['controle'].verse:.2f}".replace(".", ",")
    assert f"\r\nverse;{verse}\r\n" in tables["controle"].to_csv()
    duties = tables["echeancier"].to_csv().split("\r\n")
    assert len(duties) == len(tables["echeancier"].echeances) + 2


def test_what_was_read_shows_in_a_notebook(pack, ledger_path, payments_path, root):
    ledger = convention.read_registre(ledger_path, pack)._repr_html_()
    assert "D001" in ledger and "lues" in ledger and "autres lignes" in ledger
    payments = convention.read_versements(payments_path)._repr_html_()
    assert "<table>" in payments and "€" not in payments
    faulty = root / "examples" / "donnees" / "registre-fautif.csv"
    assert "registre-fautif.csv:3" in convention.read_registre(faulty, pack)._repr_html_()
    line = {
        "id": "<b>", "date": "2022-05-02", "action": "coordination_action",
        "nature": "ingenierie", "libelle": "<script>", "fournisseur": "x", "montant": "1.00",
    }  # fmt: skip
    shown = convention.Registre(spie._core.Ledger.of([line], "", pack._core))._repr_html_()
    assert "<script>" not in shown and "<b>" not in shown


def test_the_outcome_of_feel_shows_in_a_notebook():
    assert "1,5" in spie.feel.run("3 / 2")._repr_html_()
    assert "F006" in spie.feel.run("1 / 0")._repr_html_()


def test_a_code_of_a_pack_is_said_and_coloured_by_the_pack_alone(root, pack):
    # These the engine gives too, whatever the pack: a status, and fields of the statement.
    engine = {"indetermine", "erreur", "cout_total", "depenses_eligibles"}
    packs = [json.loads(one.read_bytes()) for one in (root / "packs").glob("*/pack.json")]
    said = {code for one in packs for code in one["libelles"]}
    assert said & set(formatting.LABELS) == engine
    folder = root / "python/spie/pages"
    style = (folder / "style.html.j2").read_text("utf-8")
    coloured = set(
        re.findall(r"\.([a-z_]+)[^{}]*\{[^}]*(?<!-)color: var\(--(?:vert|rouge|ocre)\)", style)
    )
    assert coloured == {"favorable", "defavorable", "attention"} >= set(pack.tons.values())
    assert coloured <= set(TONES.styles)
    for template in folder.glob("*.j2"):
        for held in re.findall(r'class="([^"{]*)"', template.read_text("utf-8")):
            assert not set(held.split()) & (said - coloured), (template.name, held)


def test_late_only_means_that_no_fact_says_done(tables, spie_command):
    words = "en retard (rien ne dit que c'est fait)"
    page = tables["echeancier"]._repr_html_().replace("&#39;", "'")
    assert words in page and "faite (rien" not in page
    done = spie_command(
        "convention", "echeancier", CONVENTION, "--faits", "-", "--at", "2024-04-01",
        stdin='{"date_signature": {"@date": "2022-03-10"}}',
    )  # fmt: skip
    assert "(rien" in done.stdout  # a narrow column goes on below


def test_the_command_line_writes_them(spie_command, ledger_path, payments_path, tmp_path, tables):
    money = (ledger_path, "--versements", payments_path)
    for name, arguments in {
        "budget": (),
        "etat": (*money, "--at", "2023-12-31"),
        "controle": (*money, "--annee", "2023"),
        "echeancier": ("--at", "2024-04-01"),
    }.items():
        path = tmp_path / "tableaux" / f"{name}.csv"
        done = spie_command("convention", name, CONVENTION, *arguments, "--csv", path)
        assert done.exit_code in (0, 1), done.stderr
        assert path.read_bytes().decode().startswith(FIRST[name])
    totals = tmp_path / "totaux.csv"
    spie_command(
        "convention", "etat", CONVENTION, *money, "--at", "2023-12-31", "--csv-totaux", totals
    )
    assert totals.read_bytes().decode() == tables["etat"].to_csv(totals=True)


def test_a_bundled_pack_is_loaded_by_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert spie.Pack.load(CONVENTION).id == CONVENTION
    for absent in ("seine-et-marne", f"./absent/{CONVENTION}"):
        with pytest.raises(spie.PackError) as refused:
            spie.Pack.load(absent)
        assert refused.value.code == "P001"
    (tmp_path / CONVENTION).mkdir()
    with pytest.raises(spie.PackError):
        spie.Pack.load(CONVENTION)
