"""What is missing, one row, a whole frame, a day: as pandas, NumPy, Polars and Arrow write it, through each public entry."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import spie
from conftest import MODEL
from spie import convention, dmn, feel
from spie.dossier import evenement

np = pytest.importorskip("numpy")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")

ON = date(2022, 6, 1)
NOON = datetime(2022, 6, 1, 12, tzinfo=UTC)

MISSING = {
    "None": None,
    "nan": float("nan"),
    "Decimal": Decimal("NaN"),
    "np.float64": np.float64("nan"),
    "np.float32": np.float32("nan"),
    "np.datetime64": np.datetime64("NaT"),
    "np.timedelta64": np.timedelta64("NaT"),
    "np.ma.masked": np.ma.masked,
    "pd.NA": pd.NA,
    "pd.NaT": pd.NaT,
    "pa.null": pa.scalar(None),
    "pa.string": pa.scalar(None, pa.string()),
    "pl.Null": pl.Series([None])[0],
    "pl.Float64": pl.Series([float("nan")])[0],
}

DAYS = {
    "date": ON,
    "datetime": datetime(2022, 6, 1),
    "pd.Timestamp": pd.Timestamp("2022-06-01"),
    "np.datetime64[D]": np.datetime64("2022-06-01"),
    "np.datetime64[ns]": np.datetime64("2022-06-01", "ns"),
    "pa.date32": pa.scalar(ON, pa.date32()),
    "pa.timestamp": pa.scalar(datetime(2022, 6, 1), pa.timestamp("us")),
    "pl.Date": pl.Series([ON])[0],
    "feel.Date": feel.Date("2022-06-01"),
}

NUMBERS = {
    "int": 80, "np.int64": np.int64(80), "np.uint8": np.uint8(80), "np.float64": np.float64(80),
    "pa.int32": pa.scalar(80, pa.int32()), "pa.decimal": pa.scalar(Decimal(80), pa.decimal128(9, 2)),
    "pl.Int64": pl.Series([80])[0], "bool_of_none": pd.Series([80], dtype="Int64")[0],
}  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return dmn.loads(MODEL)


def each(cases):
    return pytest.mark.parametrize("given", cases.values(), ids=cases.keys())


# --- What is missing


@each(MISSING)
def test_what_is_missing_is_null_in_feel(given):
    assert feel.evaluate("x = null", {"x": given}) is True
    assert feel.run("x = null", {"x": given}).value is True
    assert feel.compile("x = null", ["x"]).evaluate({"x": given}) is True
    assert feel.test("null", given) is True
    assert feel.evaluate("count(l[item = null])", {"l": [given, 1]}) == 1
    assert feel.to_feel(given) == "null"


@each(MISSING)
def test_what_is_missing_is_null_in_a_model(model, given):
    inputs = {"montant": given, "nature": "train"}
    expected = model.evaluate("rembourse", {"montant": None, "nature": "train"}).to_dict()
    assert model.evaluate("rembourse", inputs).to_dict() == expected
    assert model.decision("rembourse")(inputs).to_dict() == expected
    assert model.decision("rembourse")(inputs, trace=False).to_dict() == expected
    assert model.evaluate_service("remboursement", inputs).value is None


@each(MISSING)
def test_what_is_missing_is_unknown_in_a_pack(pack, given):
    facts = {"beneficiaire": {"rsa": given, "territoire_rural": "oui"}}
    absent = {"beneficiaire": {"territoire_rural": "oui"}}
    for trace in (True, False):
        alone = pack.evaluate("admission", facts, as_of=ON, trace=trace)
        without = pack.evaluate("admission", absent, as_of=ON, trace=trace)
        assert (alone.status, alone.missing) == (without.status, without.missing)
        ready = pack.decision("admission")(facts, as_of=ON, trace=trace)
        assert (ready.status, ready.missing) == (without.status, without.missing)


LINE = {
    "id": "D1", "date": ON, "action": "fonctionnement", "nature": "frais_generaux", "libelle": "Papier",
    "fournisseur": "Invente", "montant": 100, "axe": "", "date_paiement": None, "piece": "F1",
    "necessaire": "oui", "cofinancement": "", "montant_cofinance": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def line(pack, ledger_path):
    """A line that the ledger of the examples holds."""
    first = convention.read_registre(ledger_path, pack).depenses[0]
    return {name: getattr(first, name) for name in LINE}


@each(MISSING)
def test_what_is_missing_is_empty_in_a_ledger(pack, line, given):
    for field in ("date_paiement", "piece", "axe", "montant_cofinance", "cofinancement"):
        whole = {**line, "cofinancement": "", "montant_cofinance": None, field: given}
        empty = {**whole, field: None}
        made = [
            convention.etat_des_depenses(pack, [one], at=date(2023, 12, 31))
            for one in (whole, empty)
        ]
        assert made[0] == made[1] and not made[0].refus
    payments = [{"date": ON, "montant": 10, "libelle": given}]
    with_it = convention.etat_des_depenses(pack, [line], payments, at=date(2023, 12, 31))
    assert with_it.verse == 10


@each(MISSING)
def test_what_is_missing_is_unsaid_in_an_event(given):
    with spie.Store.memory() as store:
        content = {"commune": "Nangis", "code_postal": given}
        store.append(
            [evenement("personne:aline", "adresse", content, debut=ON, fin=given, auteur="x")],
            at=NOON,
        )
        seen = store.situation("personne:aline", au=ON)
        assert seen.valeurs() == {"adresse": {"commune": "Nangis"}}
        assert seen.fait("adresse.commune").fin is None


@each(MISSING)
def test_what_is_missing_is_no_day(pack, given):
    for ask in (
        lambda: pack.evaluate("admission", {}, as_of=given),
        lambda: pack.decision("admission")({}, as_of=given),
        lambda: pack.evaluate_table("admission", pa.table({"beneficiaire.rsa": ["oui"]}), given),
        lambda: convention.echeancier(pack, at=given),
        lambda: pack.parameter("taux_plafond_frais", given),
        lambda: evenement("personne:aline", "adresse", {}, debut=given, auteur="x"),
    ):
        with pytest.raises(spie.UsageError) as refused:
            ask()
        assert "date is expected" in refused.value.message


# --- A day


@each(DAYS)
def test_a_day_is_one_whoever_writes_it(pack, model, given):
    assert pack.evaluate("admission", {}, as_of=given).as_of == ON
    assert pack.decision("admission")({}, as_of=given).as_of == ON
    assert pack.parameter("taux_plafond_frais", given) == pack.parameter("taux_plafond_frais", ON)
    people = pa.table({"beneficiaire.rsa": ["oui"]})
    answer = pack.evaluate_table("admission", people, given).to_arrow()
    assert answer.equals(pack.evaluate_table("admission", people, ON).to_arrow())
    duties = convention.echeancier(pack, {"date_signature": given}, at=given)
    assert duties == convention.echeancier(pack, {"date_signature": ON}, at=ON)
    with spie.Store.memory() as store:
        event = evenement("personne:aline", "identite", {"nom": "E", "prenom": "A", "date_naissance": given}, debut=given, auteur="x")  # fmt: skip
        store.append([event], at=NOON)
        seen = store.situation("personne:aline", au=given)
        assert seen.valeur("identite.date_naissance") == ON and seen.au == ON
        assert store.comparer("personne:aline", given, given) == []


@each({name: one for name, one in DAYS.items() if name not in ("datetime", "pd.Timestamp")})
def test_a_day_of_what_was_known_is_its_end(given):
    with spie.Store.memory() as store:
        store.append(
            [evenement("personne:a", "adresse", {"commune": "N"}, debut=ON, auteur="x")], at=NOON
        )
        assert store.situation("personne:a", au=given, connu=given).valeur("adresse.commune") == "N"


def test_a_number_of_order_may_come_from_a_column():
    with spie.Store.memory() as store:
        store.append(
            [evenement("personne:a", "adresse", {"commune": "N"}, debut=ON, auteur="x")], at=NOON
        )
        assert store.situation("personne:a", au=ON, connu=np.int64(1)).seq == 1


# --- Numbers and texts


@each(NUMBERS)
def test_a_number_is_one_whoever_writes_it(model, given):
    assert model.evaluate("rembourse", {"montant": given, "nature": "train"}).value == 80
    assert model.decision("rembourse")({"montant": given, "nature": "train"}).value == 80


# --- A row


PERSON = {"rsa": "oui", "reside_departement": "oui", "territoire_rural": None}


def rows_of_one():
    flat = {f"beneficiaire.{name}": value for name, value in PERSON.items()}
    frame = pd.DataFrame([flat])
    return {
        "pd.Series": frame.iloc[0],
        "pd.DataFrame": frame,
        "pl.DataFrame": pl.DataFrame([flat]),
        "pa.Table": pa.Table.from_pylist([flat]),
        "pa.RecordBatch": pa.RecordBatch.from_pylist([flat]),
        "nested pl.DataFrame": pl.DataFrame({"beneficiaire": [PERSON]}),
    }


@each(rows_of_one())
def test_a_row_is_the_facts_of_one_case(pack, given):
    expected = pack.evaluate("admission", {"beneficiaire": PERSON}, as_of=ON).to_dict()
    assert pack.evaluate("admission", given, as_of=ON).to_dict() == expected
    assert pack.decision("admission")(given, as_of=ON).to_dict() == expected


def test_a_row_is_the_inputs_of_a_model_and_the_variables_of_a_text(model):
    row = pd.DataFrame([{"montant": 80.0, "nature": "voiture"}]).iloc[0]
    for given in (row, pl.DataFrame([dict(row)]), pa.Table.from_pylist([dict(row)])):
        assert model.evaluate("rembourse", given).value == 40
        assert model.decision("rembourse")(given).value == 40
        assert model.evaluate_service("remboursement", given).value == 40
        assert feel.evaluate("montant + 1", given) == 81
        assert feel.compile("montant + 1", ["montant", "nature"]).evaluate(given) == 81


def test_rows_of_several_cases_are_told_where_to_go(pack, model):
    many = pd.DataFrame([{"montant": 1, "nature": "train"}] * 3)
    for given in (many, pl.DataFrame(many), pa.Table.from_pandas(many)):
        for ask in (
            lambda given=given: model.evaluate("rembourse", given),
            lambda given=given: feel.evaluate("1", given),
            lambda given=given: pack.evaluate("admission", given, as_of=ON),
        ):
            with pytest.raises(spie.UsageError) as refused:
                ask()
            assert "evaluate_table" in refused.value.message and "3 rows" in refused.value.message
    for given in (pl.Series([1, 2]), pl.LazyFrame({"a": [1]}), pd.Series([1, 2])):
        with pytest.raises(spie.UsageError):
            feel.evaluate("1", given)


def test_two_columns_that_give_one_fact_are_refused(pack):
    row = pd.Series({"beneficiaire": "oui", "beneficiaire.rsa": "oui"})
    with pytest.raises(spie.UsageError) as refused:
        pack.evaluate("admission", row, as_of=ON)
    assert "beneficiaire" in refused.value.message


# --- Columns and frames within facts


FREINS = [{"code": "mobilite", "reponse": "oui"}, {"code": "logement", "reponse": None}]


@each(
    {
        "pd.DataFrame": pd.DataFrame(FREINS),
        "pl.DataFrame": pl.DataFrame(FREINS),
        "pl.Series": pl.Series(FREINS),
        "pa.Table": pa.Table.from_pylist(FREINS),
        "pa.array": pa.array(FREINS),
        "pa.chunked_array": pa.chunked_array([pa.array(FREINS)]),
    }
)
def test_a_frame_is_a_list_of_facts(pack, given):
    facts = {"beneficiaire": PERSON, "freins": FREINS}
    expected = pack.evaluate("entree", facts, as_of=ON).to_dict()
    assert pack.evaluate("entree", facts | {"freins": given}, as_of=ON).to_dict() == expected
    assert pack.decision("entree")(facts | {"freins": given}, as_of=ON).to_dict() == expected


@each(
    {
        "pd.Series": pd.Series([1.5, None, 3]),
        "pd.Series Int64": pd.Series([1, None, 3], dtype="Int64") + 0,
        "pd.Index": pd.Index([1.5, None, 3]),
        "np.array": np.array([1.5, np.nan, 3]),
        "pl.Series": pl.Series([1.5, None, 3]),
        "pa.array": pa.array([1.5, None, 3]),
        "pa.chunked_array": pa.chunked_array([[1.5, None], [3]]),
    }
)
def test_a_column_is_a_list(given):
    first = Decimal("1.5") if "5" in str(given) else 1
    assert feel.evaluate("x", {"x": given}) == [first, None, 3]
    assert feel.evaluate("count(x.a)", {"x": {"a": given}}) == 3


def test_a_frame_that_is_not_read_yet_is_refused_with_its_place():
    with pytest.raises(spie.ValueConversionError) as refused:
        feel.evaluate("x", {"x": {"a": pl.LazyFrame({"b": [1]})}})
    assert refused.value.where == "/x/a"


# --- Ledgers


def frames(records):
    frame = pd.DataFrame(records)
    return [frame, frame.convert_dtypes(), pl.DataFrame(records), pa.Table.from_pylist(records)]


def test_a_frame_is_a_ledger_and_its_payments(pack, ledger_path, payments_path):
    ledger = convention.read_registre(ledger_path, pack)
    payments = convention.read_versements(payments_path)
    at = date(2023, 12, 31)
    expected = convention.etat_des_depenses(pack, ledger, payments, at=at)
    lines = [{name: getattr(one, name) for name in LINE} for one in ledger.depenses]
    paid = [{name: getattr(one, name) for name in ("date", "montant", "libelle", "sens")} for one in payments.versements]  # fmt: skip
    given = [
        *zip(frames(lines), frames(paid), strict=True),
        (ledger.to_pandas(), payments.to_polars()),
    ]
    for one, other in given:
        made = convention.etat_des_depenses(pack, one, other, at=at)
        assert made.lignes == expected.lignes and made.solde == expected.solde
        assert not made.refus
        assert (
            convention.controle(pack, one, other, annee=2023).verse_annee
            == convention.controle(pack, ledger, payments, annee=2023).verse_annee
        )
        assert convention.read_registre(one, pack).depenses == ledger.depenses
        assert convention.read_versements(other).versements == payments.versements


def test_days_of_pandas_are_days_in_a_ledger(pack, line):
    frame = pd.DataFrame([line])
    frame["date"] = pd.to_datetime(frame["date"])
    frame["date_paiement"] = pd.to_datetime(frame["date_paiement"])
    made = convention.read_registre(frame, pack)
    assert not made.lecture.refuses and made.depenses[0].date == line["date"]


def test_a_row_is_the_facts_of_a_statement(pack, ledger_path):
    row = pd.Series({"bilan_financier_produit": pd.Timestamp("2023-12-01")})
    at = date(2023, 12, 31)
    made = convention.etat_des_depenses(pack, ledger_path, faits=row, at=at)
    assert made == convention.etat_des_depenses(pack, ledger_path, faits=dict(row), at=at)


# --- Batches


def test_a_frame_is_a_batch_of_badges(root):
    donnees = root / "examples" / "donnees"
    model = (donnees / "attestation.json").read_bytes()
    lines = spie.badges.lire_lot((donnees / "lot-invente.csv").read_bytes())
    key = spie.badges.Cle.generer("ed25519")
    made = spie.badges.emettre_lot(model, lines, key, instant=NOON)
    for given in (pd.DataFrame(lines), pl.DataFrame(lines), pa.Table.from_pylist(lines)):
        again = spie.badges.emettre_lot(model, given, key, instant=NOON)
        assert [one.ligne for one in again] == [one.ligne for one in made]
        held = [json.loads(one.badge)["credentialSubject"].get("id") for one in again]
        assert held == [json.loads(one.badge)["credentialSubject"].get("id") for one in made]


# --- Dossiers


def test_a_row_is_the_facts_that_a_decision_on_a_dossier_is_given(pack):
    with spie.Store.memory() as store:
        store.append(
            [evenement("personne:a", "adresse", {"commune": "N"}, debut=ON, auteur="x")], at=NOON
        )
        row = pd.Series({"beneficiaire.rsa": "oui", "beneficiaire.territoire_rural": None})
        facts = {"beneficiaire": {"rsa": "oui", "territoire_rural": None}}
        decided = [
            store.decider("personne:a", pack, "admission", au=ON, faits=one) for one in (row, facts)
        ]
        assert decided[0].to_dict() == decided[1].to_dict()


def test_ids_may_come_from_a_column():
    with spie.Store.memory() as store:
        store.append(
            [
                evenement(f"personne:{one}", "adresse", {"commune": one}, debut=ON, auteur="x")
                for one in "abc"
            ],
            at=NOON,
        )
        ids = [f"personne:{one}" for one in "abc"]
        for given in (pd.Series(ids), pl.Series(ids), pa.array(ids), np.array(ids)):
            assert [one.dossier for one in store.situations(given, au=ON)] == ids
