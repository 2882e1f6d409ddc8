"""Statements, schedules, histories and situations as tables: what objects say, and no more than they say."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import spie
from spie import _core, convention
from spie.dossier import evenement, table_large, table_longue
from spie.droits import Acces, Demande, Guichet
from spie.tables import columns

pa = pytest.importorskip("pyarrow")

DAY = date(2022, 3, 5)
NOON = datetime(2022, 3, 5, 12, tzinfo=UTC)
EUROS = pa.decimal128(38, 2)


# --- The money


@pytest.fixture(scope="module")
def etat(pack, ledger_path, payments_path):
    return convention.etat_des_depenses(pack, ledger_path, payments_path, at=date(2023, 12, 31))


def test_a_statement_is_the_table_of_its_lines(etat):
    table = etat.to_arrow()
    assert table.num_rows == len(etat.lignes)
    for name in ("montant", "retenu", "depassement", "montant_cofinance"):
        assert table.schema.field(name).type == EUROS
    assert table.schema.field("date").type == pa.date32()
    assert table.schema.field("drapeaux").type == pa.list_(pa.string())
    assert [row["id"] for row in table.to_pylist()] == [one.id for one in etat.lignes]
    # The engine adds up what it decides; Arrow adds up what the table holds.
    assert sum(table["retenu"].to_pylist()) == etat.depenses_eligibles
    assert table.schema.metadata[b"pack_sha256"].decode() == etat.pack_sha256
    assert table.schema.metadata[b"date"] == b"2023-12-31"


def test_its_totals_are_a_table_too(etat):
    table = etat.to_arrow(totals=True)
    by_part = {}
    for row in table.to_pylist():
        by_part.setdefault(row["par"], []).append(row)
    assert list(by_part) == ["action", "nature", "total"]
    for part in ("action", "nature"):
        assert sum(row["retenu"] for row in by_part[part]) == by_part["total"][0]["retenu"]


def test_every_result_of_the_money_has_its_table(pack, ledger_path, payments_path):
    ledger = convention.read_registre(ledger_path, pack)
    payments = convention.read_versements(payments_path)
    schedule = convention.echeancier(pack, {"date_signature": date(2022, 3, 10)}, at=DAY)
    control = convention.controle(pack, ledger, payments, annee=2023)
    budget = convention.budget(pack)
    assert ledger.to_arrow()["montant"].to_pylist() == [one.montant for one in ledger.depenses]
    assert payments.to_arrow()["date"].to_pylist() == [one.date for one in payments.versements]
    assert schedule.to_arrow()["date"].to_pylist() == [one.date for one in schedule.echeances]
    assert control.to_arrow().num_rows == 1
    assert control.to_arrow()["excedent"].to_pylist() == [control.excedent]
    details = budget.to_arrow()["detail"].to_pylist()
    assert [len(one) for one in details] == [len(line.detail) for line in budget.lignes]


def test_any_list_of_records_is_a_table(pack):
    made = spie.tables.of_records(pack.articles)
    assert made["id"].to_pylist() == [one.id for one in pack.articles]
    facts = spie.tables.of_records(pack.facts("entree"))
    assert facts["path"].to_pylist() == [one.path for one in pack.facts("entree")]
    empty = spie.tables.of_records([], spie.pack.Article)
    assert empty.schema == made.schema and empty.num_rows == 0
    for wrong in ([], [*pack.articles, *pack.facts("entree")]):
        with pytest.raises(spie.UsageError, match="kinds"):
            spie.tables.of_records(wrong)


def test_every_record_there_is_has_its_columns():
    for table in _core.records():
        made = columns.records(f"{table['module']}.{table['nom']}", [])
        assert made.column_names == [one["attribut"] for one in table["champs"]]
        euros = [one["attribut"] for one in table["champs"] if one["genre"] == "euros"]
        assert {made.schema.field(one).type for one in euros} <= {EUROS}


def test_pandas_polars_and_duckdb_take_them(etat):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = etat.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and frame["retenu"].sum() == etat.depenses_eligibles
    table = etat.to_polars()
    assert table.schema["retenu"] == polars.Decimal(38, 2)
    assert table["retenu"].sum() == etat.depenses_eligibles
    assert polars.DataFrame(etat).equals(table)  # by the Arrow stream
    duckdb = pytest.importorskip("duckdb")
    total = duckdb.from_arrow(pa.table(etat)).aggregate("sum(retenu)").fetchall()[0][0]
    assert total == etat.depenses_eligibles


# --- Dossiers


def event(who, type_, content, debut=date(2022, 1, 1), **more):
    return evenement(who, type_, content, debut=debut, **({"auteur": "conseillère"} | more))


ALINE, BASILE, CHLOE = "personne:aline", "personne:basile", "personne:chloe"
EVENTS = [
    event(ALINE, "identite", {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": date(1985, 5, 2)}),
    event(ALINE, "adresse", {"commune": "Provins", "code_postal": "77160", "lignes": ["1 rue A"]}),
    event(ALINE, "revenu", {"nature": "011", "mois": "2022-01", "montant": Decimal("512.3")}),
    event(ALINE, "frein", {"code": "sante", "reponse": "oui"}),
    event(ALINE, "niveau_formation", {"niveau": "NV3", "annee_diplome": 2003}),
    event(BASILE, "identite", {"nom": "ESSAI", "prenom": "Basile"}),
    event(BASILE, "frein", {"code": "mobilite", "reponse": "non"}),
    event(CHLOE, "identite", {"nom": "MODELE", "prenom": "Chloé"}),
]  # fmt: skip


@pytest.fixture
def store():
    with spie.Store.memory() as made:
        made.append(EVENTS, at=NOON)
        yield made


def test_a_situation_is_the_table_of_its_facts(store):
    situation = store.situation(ALINE, au=DAY)
    table = situation.to_arrow()
    assert table.num_rows == len(situation)
    rows = {row["chemin"]: row for row in table.to_pylist()}
    assert {row["dossier"] for row in rows.values()} == {ALINE}
    born, income = rows["identite.date_naissance"], rows["revenu.011/2022-01.montant"]
    assert (born["jour"], born["texte"]) == (date(1985, 5, 2), None)
    assert born["valeur"].replace(" ", "") == '{"@date":"1985-05-02"}'
    assert (income["nombre"], income["debut"]) == (Decimal("512.3"), date(2022, 1, 1))
    assert (income["enregistre"], income["raison"]) == (NOON, "source_unique")
    assert table.schema.field("nombre").type == pa.decimal128(38, 6)
    assert situation.to_pandas().shape[0] == situation.to_polars().height == len(situation)


def test_many_situations_are_one_long_table(store):
    whole = [ALINE, BASILE, CHLOE]
    table = table_longue(store.situations(whole, au=DAY)).to_arrow()
    alone = [store.situation(one, au=DAY).to_arrow() for one in whole]
    assert table.combine_chunks().equals(pa.concat_tables(alone).combine_chunks())


def test_many_situations_are_one_wide_table_of_declared_columns(store):
    named = {
        "nom": "identite.nom",
        "ne_le": "identite.date_naissance",
        "janvier": "revenu.011/2022-01.montant",
        "mobilite": "frein.mobilite.reponse",
        "lignes": "adresse.lignes",
        "diplome": "niveau_formation.annee_diplome",
        "etat": "foyer.droit_rsa.etat",
    }
    table = table_large(store.situations([ALINE, BASILE, CHLOE], au=DAY), named).to_arrow()
    expected = {
        "dossier": pa.string(), "au": pa.date32(), "nom": pa.string(), "ne_le": pa.date32(),
        "janvier": EUROS, "mobilite": pa.string(), "lignes": pa.list_(pa.string()),
        "diplome": pa.int64(), "etat": pa.string(), "grossis": pa.list_(pa.string()),
    }  # fmt: skip
    assert dict(zip(table.schema.names, table.schema.types, strict=True)) == expected
    aline, basile, chloe = table.to_pylist()
    assert (aline["nom"], aline["ne_le"], aline["janvier"]) == ("EXEMPLE", date(1985, 5, 2), Decimal("512.30"))  # fmt: skip
    assert (aline["lignes"], aline["diplome"], aline["mobilite"]) == (["1 rue A"], 2003, None)
    assert (basile["mobilite"], basile["janvier"], basile["grossis"]) == ("non", None, [])
    assert (chloe["nom"], chloe["ne_le"]) == ("MODELE", None)


def test_the_columns_are_declared_whatever_the_dossiers_hold(store):
    full = table_large(
        store.situations([ALINE], au=DAY), ["identite.nom", "revenu.x/2022-01.montant"]
    )
    empty = table_large([], ["identite.nom", "revenu.x/2022-01.montant"])
    assert full.columns == empty.columns
    assert full.to_arrow().schema == empty.to_arrow().schema
    assert empty.to_arrow().num_rows == 0


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("identite.nomm", "identite.nom"),
        ("frein.reponse", "frein.CLE.reponse"),
        ("identite.x.nom", "identite.nom"),
        ("rien", None),
    ],
)
def test_a_column_that_no_dossier_can_have_is_refused(path, meant):
    with pytest.raises(spie.UsageError) as refused:
        table_large([], [path])
    assert (
        path in refused.value.message
        and (meant or "types()") in refused.value.diagnostics[0].remedy
    )


def test_rows_that_are_given_once_are_not_silently_gone(store):
    once = table_longue(store.situations([ALINE], au=DAY))
    assert once.to_arrow().num_rows > 0
    with pytest.raises(spie.TableError) as refused:
        once.to_arrow()
    assert "already" in refused.value.message
    again = table_longue([store.situation(ALINE, au=DAY)])
    assert again.to_arrow().equals(again.to_arrow())


def test_a_table_of_situations_is_read_batch_by_batch(store, monkeypatch):
    monkeypatch.setattr("spie.dossier.LOT", 2)
    asked = []

    def each():
        for one in (ALINE, BASILE, CHLOE):
            asked.append(one)
            yield store.situation(one, au=DAY)

    batches = iter(table_large(each(), ["identite.nom"]).batches())
    assert next(batches).num_rows == 2 and asked == [ALINE, BASILE]
    assert next(batches).num_rows == 1


def test_an_amount_that_does_not_fit_refuses_the_table(store):
    situation = store.situation(ALINE, au=DAY)
    with pytest.raises(spie.TableError) as refused:
        table_longue([situation], echelle=0).to_arrow()
    assert (refused.value.code, refused.value.where) == ("T005", "nombre")


def test_a_wide_table_asks_a_decision_at_once(pack, store):
    """From dossiers to decisions without a row of Python: the columns bear the names of the facts."""
    wide = table_large(
        [store.situation(BASILE, au=DAY)], {"beneficiaire.rsa": "statut.brsa.reponse"}
    )
    answer = pack.evaluate_table("admission", wide, DAY, garder=["dossier"], ignorer=True)
    assert answer.to_arrow()["dossier"].to_pylist() == [BASILE]


def test_a_history_and_a_difference_are_tables(store):
    moved = event(ALINE, "adresse", {"commune": "Nangis", "code_postal": "77370"}, date(2022, 3, 1))
    store.append([moved], at=NOON)
    history = store.historique(ALINE, "adresse.commune")
    table = history.to_arrow()
    assert table["texte"].to_pylist() == [one.valeur for one in history] == ["Provins", "Nangis"]
    assert table["compte"].to_pylist() == [True, True]
    assert history.to_polars().height == 2
    changed = store.comparer(ALINE, date(2022, 2, 1), DAY)
    rows = {row["chemin"]: row for row in changed.to_arrow().to_pylist()}
    assert rows["adresse.commune"]["avant_texte"] == "Provins"
    assert rows["adresse.commune"]["apres_texte"] == "Nangis"
    assert rows["adresse.lignes"]["apres_valeur"] is None  # she said it no more
    assert isinstance(history, list) and isinstance(changed, list)  # as before they were tables
    assert "<td>01/03/2022</td>" in history._repr_html_() and "Nangis" in history._repr_html_()
    assert "3 différences" in changed._repr_html_().replace("\u202f", " ")


# --- Rights


@pytest.fixture
def desk(store):
    with Acces.memory() as acces:
        yield Guichet(store, acces, spie.Pack.load("socle-national"))


PILOT = Demande("professionnel:pil", "pilotage", ["pilote"], "", None, NOON)
COLUMNS = {
    "nom": "identite.nom",
    "ne_le": "identite.date_naissance",
    "code_postal": "adresse.code_postal",
    "sante": "frein.sante.reponse",
    "social": "frein.social.reponse",
    "janvier": "revenu.011/2022-01.montant",
}


def test_a_masked_fact_is_in_a_table_what_an_unknown_one_is(desk):
    views = [desk.voir(PILOT, one, au=DAY) for one in (ALINE, BASILE, CHLOE)]
    table = table_large(views, COLUMNS).to_arrow()
    aline, _, chloe = table.to_pylist()
    for name in ("nom", "sante", "janvier"):
        assert aline[name] is None is chloe[name]
    # Coarse: a department in a text, and no date of birth.
    assert (aline["code_postal"], aline["ne_le"], aline["social"]) == ("77", None, "oui")
    assert aline["grossis"] == ["ne_le", "code_postal", "social"] and chloe["grossis"] == []
    band = table_large(views, {"tranche": "identite.date_naissance"}, textes=["tranche"]).to_arrow()
    assert band["tranche"].to_pylist() == ["26 à 49 ans", None, None]


def test_the_table_of_a_view_tells_no_more_than_the_view(desk):
    view = desk.voir(PILOT, ALINE, au=DAY)
    table = view.to_arrow()
    assert table["chemin"].to_pylist() == [one.chemin for one in view.situation]
    for row in table.to_pylist():
        assert row["seq"] is None
        if row["grossi"]:
            known = ("source", "auteur", "debut", "fin", "precision", "enregistre", "corrige")
            assert all(row[name] is None for name in known)
    told = str(table.to_pylist())
    for secret in ("EXEMPLE", "Aline", "512", "1985", "77160", "rue A", "sante"):
        assert secret not in told


def test_what_is_hidden_changes_no_table(desk):
    """With a fact that the pilot may not see, and without it, the tables are the same to the last byte."""
    seen = []
    for more in ([], [event(CHLOE, "revenu", {"nature": "011", "mois": "2022-02", "montant": 10})]):
        if more:
            desk.store.append(more, at=NOON)
        view = desk.voir(PILOT, CHLOE, au=DAY)
        seen.append((view.to_arrow(), table_large([view], COLUMNS).to_arrow()))
    assert seen[0][0].equals(seen[1][0]) and seen[0][1].equals(seen[1][1])


def test_histories_and_differences_are_masked_as_tables_too(desk):
    seen = desk.historique(
        Demande(ALINE, "droit_acces", ["personne"], "", None, NOON), ALINE, "adresse.commune"
    )
    assert seen.to_arrow()["texte"].to_pylist() == ["Provins"]
    assert set(seen.to_arrow()["seq"].to_pylist()) == {None}
    changed = desk.comparer(PILOT, ALINE, date(2021, 6, 1), DAY)
    assert changed.to_arrow()["chemin"].to_pylist() == [one.chemin for one in changed.differences]
    assert "EXEMPLE" not in str(changed.to_arrow().to_pylist())


# --- Without the libraries


def without(*names: str, script: str) -> subprocess.CompletedProcess[str]:
    hidden = f"import sys; sys.modules.update(dict.fromkeys({list(names)!r}));"
    return subprocess.run(
        [sys.executable, "-P", "-c", hidden + script], capture_output=True, text=True, check=False
    )


def test_a_library_that_is_not_there_is_named_with_its_extra():
    script = (
        "import spie; from spie.convention import budget\n"
        "b = budget(spie.Pack.load('seine-et-marne-2022-2023'))\n"
        "try: b.{}()\n"
        "except spie.TableError as e: print(e.code, e.diagnostics[0].remedy)"
    )
    done = without("pyarrow", script=script.format("to_arrow"))
    assert done.stdout == "T007 pip install 'spie-insertion[tables]'\n", done.stderr
    for name in ("pandas", "polars"):
        done = without(name, script=script.format(f"to_{name}"))
        assert done.stdout == f"T007 pip install {name}\n", done.stderr
