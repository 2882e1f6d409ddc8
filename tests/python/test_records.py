"""Records: the table of C++, the class, the schema and the JSON agree; and they are plain data."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import importlib
import json
import multiprocessing
import pickle
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import spie
from jsonschema import Draft202012Validator, FormatChecker
from spie import convention
from spie.records import Record

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas" / "resultats"
TABLES = {f"{one['module']}.{one['nom']}": one for one in spie._core.records()}
PLAN = {
    "source": "essai",
    "cle": "id",
    "identite": {"nom": "nom", "prenom": "prenom", "date_naissance": "naissance"},
    "faits": [{"type": "contact", "champs": {"telephones": "mobile"}}],
}
ROWS = """id;nom;prenom;naissance;mobile
1;EXEMPLE;Aline;1990-05-04;0639980001
;MODELE;Driss;1991-01-02;
"""


def result(name: str, pack: Any, ledger: Any, payments: Any) -> Any:
    match name:
        case "budget":
            return convention.budget(pack)
        case "etat":
            return convention.etat_des_depenses(pack, ledger, payments, at=dt.date(2023, 12, 31))
        case "controle":
            given = {"base_plafond_frais": "cout_reel"}
            return convention.controle(pack, ledger, payments, annee=2022, parameters=given)
    return convention.echeancier(pack, {}, at=dt.date(2023, 6, 1))


RESULTS = ["budget", "etat", "controle", "echeancier"]


@pytest.fixture(scope="module", params=["registre-invente.csv", "registre-fautif.csv"])
def ledger(request, pack, root):
    return convention.read_registre(root / "examples" / "donnees" / request.param, pack)


@pytest.fixture(scope="module")
def results(pack, ledger, payments_path):
    return {name: result(name, pack, ledger, payments_path) for name in RESULTS}


@pytest.fixture(scope="module")
def report():
    with spie.Store.memory() as store:
        return store.importer(
            "csv", ROWS.encode(), auteur="essai", plan=PLAN, nom="liste.csv",
            date_fichier=dt.date(2022, 1, 31),
        )  # fmt: skip


def validate(name: str, text: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(json.loads(text))


def test_the_classes_and_the_schemas_are_those_of_the_tables():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "write_records.py", "--check"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_table_has_the_class_that_users_know():
    for table in TABLES.values():
        known = getattr(importlib.import_module(f"spie.{table['module']}"), table["nom"])
        if table["classe"]:
            names = [one.name for one in dataclasses.fields(known)]
            assert names == [one["attribut"] for one in table["champs"]]
            assert not hasattr(known, "__dict__") or "__dict__" not in dir(known)


def test_the_json_of_a_result_has_the_form_of_its_schema(results, report, pack):
    for one in results.values():
        validate(one._table, one.to_json())
    validate("imports.Rapport", report.to_json())
    for article in pack.articles:
        validate("pack.Article", article.to_json())
    for one in (*results["etat"].lignes, *results["etat"].par_action, results["etat"].total):
        validate(one._table, one.to_json())


def test_the_lists_of_a_pack_and_a_ledger_have_the_form_of_their_schemas(
    pack, ledger, payments_path
):
    validate("convention.Registre", spie._core.write_json(ledger.to_dict()))
    payments = convention.read_versements(payments_path)
    validate("convention.Versements", spie._core.write_json(payments.to_dict()))


def test_a_schema_refuses_what_a_record_never_says(results):
    right = json.loads(results["etat"].to_json())
    wrong: list[dict[str, Any]] = [
        {**right, "solde": 12.5},
        {**right, "solde": None},
        {**right, "solde_exigible": "oui"},
        {**right, "inconnu": 1},
        {**right, "date": {"@date": "2022-06-01"}},
        {**right, "pack": {"id": "x"}},
        {key: one for key, one in right.items() if key != "verse"},
        {**right, "total": {**right["total"], "lignes": "3"}},
    ]
    for one in wrong:
        with pytest.raises(Exception, match=r"."):
            validate("convention.EtatDesDepenses", json.dumps(one))


def test_the_header_names_schemas_that_are_there():
    for header in (ROOT / "include").rglob("*.h*"):
        for name in re.findall(r"resultats/([\w.]+\.json)", header.read_text("utf-8")):
            assert (SCHEMAS / name).is_file(), (header.name, name)
    assert "resultats/imports.Rapport.json" in (ROOT / "include/spie/spie.h").read_text("utf-8")


def values_agree(kind: str, value: Any, said: Any) -> bool:
    """An attribute, and what the JSON says under its key."""
    match kind:
        case "euros":
            return isinstance(value, Decimal) and str(value) == said
        case "date":
            return isinstance(value, dt.date) and said in (value, value.isoformat())
        case "boolean":
            return isinstance(value, bool) and value is said
        case "whole":
            return isinstance(value, int) and value == said
        case "number":
            return isinstance(value, Decimal) and value == said
        case "text":
            return isinstance(value, str) and value == said
        case "counts":
            return value == {one["raison"]: one["nombre"] for one in said}
        case "amounts":
            return {name: str(one) for name, one in value.items()} == said
        case "finding":
            return dataclasses.asdict(value) == said
        case "record":
            return agrees(value, said)
    return bool(value == said)


def agrees(record: Any, said: dict[str, Any]) -> bool:
    table = TABLES[record._table]
    assert isinstance(record, Record)
    for field in table["champs"]:
        value = getattr(record, field["attribut"])
        outer, _, inner = field["cle"].partition(".")
        if not outer:
            assert all(getattr(value, key) == said[key] for key in dataclasses.asdict(value))
            continue
        found = said.get(outer) if not inner else said[outer][inner]
        if found is None:
            assert value == ("" if field["vide"] else None), field
        elif field["liste"]:
            assert isinstance(value, tuple) and len(value) == len(found)
            assert all(
                values_agree(field["genre"], *pair) for pair in zip(value, found, strict=True)
            )
        else:
            assert values_agree(field["genre"], value, found), (field, value, found)
    return True


def test_each_attribute_is_what_the_json_says(results, report, pack):
    for one in (*results.values(), report, *pack.articles):
        assert agrees(one, one.to_dict())


def test_records_pickle_copy_and_compare(results, report, pack):
    for one in (*results.values(), report, pack.articles[0], pack.decisions[0]):
        for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert again == one and type(again) is type(one) and again is not one
        assert one != dataclasses.replace(one, **{dataclasses.fields(one)[0].name: "autre"})
        assert dataclasses.asdict(one).keys() == {field.name for field in dataclasses.fields(one)}
    for one in (*results.values(), report):
        assert pickle.loads(pickle.dumps(one)).to_json() == one.to_json()
    kept = pickle.loads(pickle.dumps(results["etat"]))
    assert kept.to_csv(totals=True) == results["etat"].to_csv(totals=True)
    assert kept._repr_html_() == results["etat"]._repr_html_()


def test_two_computations_of_the_same_are_equal(pack, ledger, payments_path, results):
    assert result("etat", pack, ledger, payments_path) == results["etat"]
    later = convention.etat_des_depenses(pack, ledger, payments_path, at=dt.date(2024, 1, 31))
    assert later != results["etat"]


def balance(etat: convention.EtatDesDepenses) -> tuple[Decimal, str]:
    return etat.solde, etat.to_csv()


def test_a_statement_crosses_to_another_process(results):
    etat = results["etat"]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(balance, [etat]) == [(etat.solde, etat.to_csv())]


def test_what_is_changed_is_written_changed(results):
    changed = dataclasses.replace(results["etat"], solde=Decimal("1.5"), date=dt.date(2024, 2, 29))
    assert changed.to_dict()["solde"] == "1.50" and changed.to_dict()["date"] == "2024-02-29"
    assert "Solde;;;;;1,50;" in changed.to_csv(totals=True)
    with pytest.raises(spie.SpieError):
        dataclasses.replace(results["etat"], date="demain").to_dict()


def test_a_repr_fits_one_line(results, report, pack):
    etat = results["etat"]
    for one in (*results.values(), *etat.lignes, *etat.refus, etat.total, report, *pack.decisions):
        assert len(repr(one)) <= 110 and "\n" not in repr(one), repr(one)
    assert repr(etat.par_action[0]).startswith("Total(code='")
    assert repr(etat).startswith("EtatDesDepenses(date=2023-12-31, cout_total=")
    line = etat.lignes[0]
    assert repr(line).startswith(f"LigneEtat(id='{line.id}', date={line.date.isoformat()}, action=")


def test_the_account_of_a_reading_keeps_its_former_name():
    assert convention.Lecture is convention.CompteRendu
