"""What pandas, NumPy and spreadsheets hand over: missing values, midnights, whole tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import spie
from spie import _core, feel

ON = date(2022, 6, 1)
NAN = float("nan")
PERSON = {
    "rsa": "oui",
    "quartier_prioritaire": "non",
    "jeune_infra_bac": "non",
    "situation_handicap": "non",
    "reside_departement": "oui",
    "territoire_rural": "oui",
}
DATED = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m"
  namespace="urn:m"><inputData id="i" name="jour"><variable name="jour" typeRef="date"/></inputData>
  <decision id="d" name="veille"><variable name="veille"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <literalExpression><text>jour - duration("P1D")</text></literalExpression></decision>
  </definitions>"""


class Series:
    """Looks like a column to whoever does not ask its name; its truth is refused as pandas'."""

    def __init__(self, values):
        self.values = values

    def __len__(self):
        return len(self.values)

    def __getitem__(self, index):
        return self.values[index]

    def __bool__(self):
        raise ValueError("The truth value of a Series is ambiguous.")

    def keys(self):
        return ["a"]


class DataFrame(Series):
    pass


# --- What is missing


@pytest.mark.parametrize("missing", [NAN, Decimal("NaN"), Decimal("sNaN"), None])
def test_what_is_missing_is_null_in_bare_feel_and_dmn(missing):
    assert feel.evaluate("x = null", {"x": missing}) is True
    assert feel.evaluate("count(l[item = null])", {"l": [1, missing]}) == 1
    model = spie.dmn.loads(DATED)
    assert model.evaluate("veille", {"jour": missing}).value is None
    assert _core.round_trip({"a": [missing]}) == {"a": [None]}


@pytest.mark.parametrize("missing", [NAN, Decimal("NaN"), None])
def test_what_is_missing_is_unknown_in_a_pack(pack, missing):
    facts = {"beneficiaire": PERSON | {"rsa": missing}, "freins": [], "duree_inscription_mois": 0}
    without = {k: v for k, v in PERSON.items() if k != "rsa"}
    other = {"beneficiaire": without, "freins": [], "duree_inscription_mois": 0}
    given = pack.evaluate("admission", facts, as_of=ON)
    absent = pack.evaluate("admission", other, as_of=ON)
    assert (given.status, given.missing) == (absent.status, absent.missing)


def test_an_infinite_number_is_none():
    with pytest.raises(spie.ValueConversionError):
        feel.evaluate("x", {"x": float("inf")})


# --- Midnights


def test_a_midnight_without_zone_is_a_date_where_a_date_is_expected(pack):
    model = spie.dmn.loads(DATED)
    assert model.evaluate("veille", {"jour": datetime(2022, 3, 1)}).value == date(2022, 2, 28)
    for wrong in (datetime(2022, 3, 1, 8), datetime(2022, 3, 1, tzinfo=UTC)):
        with pytest.raises(spie.DmnError) as refused:
            model.evaluate("veille", {"jour": wrong})
        assert "give its date alone" in refused.value.message
    assert pack.parameter("taux_plafond_frais", datetime(2022, 6, 1)) == pack.parameter(
        "taux_plafond_frais", date(2022, 6, 1)
    )
    with pytest.raises(spie.UsageError) as refused:
        pack.evaluate("admission", {}, as_of=datetime(2022, 6, 1, 8))
    assert ".date()" in refused.value.message


def test_bare_feel_compares_a_midnight_with_a_date():
    given = {"x": datetime(2022, 3, 1)}
    assert feel.evaluate('date(x) = date("2022-03-01")', given) is True
    assert feel.evaluate("x", given) == datetime(2022, 3, 1)


# --- Tables


@pytest.mark.parametrize("table", [Series([1, 2]), DataFrame([1, 2])])
def test_a_table_where_one_case_is_asked_is_told_as_one(pack, table):
    model = spie.dmn.loads(DATED)
    for call in (
        lambda: feel.evaluate("1", table),
        lambda: feel.run("1", table),
        lambda: feel.test("1", 1, table),
        lambda: feel.compile("1").evaluate(table),
        lambda: model.evaluate("veille", table),
        lambda: pack.evaluate("admission", table, as_of=ON),
        lambda: pack.evaluate("admission", {}, as_of=ON, parameters=table),
        lambda: spie.convention.etat_des_depenses(pack, table, at=ON),
        lambda: spie.convention.etat_des_depenses(pack, [], table, at=ON),
        lambda: spie.convention.etat_des_depenses(pack, [], [], table, at=ON),
        lambda: spie.convention.read_registre(table, pack),
        lambda: spie.convention.controle(pack, table, annee=2022),
        lambda: spie.convention.echeancier(pack, table, at=ON),
    ):
        with pytest.raises(spie.UsageError) as refused:
            call()
        assert type(table).__name__ in refused.value.message
        assert "to_dict" in refused.value.message or "path" in refused.value.message


@pytest.mark.parametrize("table", [Series([1, 2]), DataFrame([1, 2])])
def test_a_table_where_one_value_is_asked_is_told_with_its_place(table):
    with pytest.raises(spie.ValueConversionError) as refused:
        feel.evaluate("x", {"x": {"a": table}})
    assert refused.value.where == "/x/a"
    assert type(table).__name__ in refused.value.message


# --- The libraries themselves, where they are installed


def test_the_scalars_of_numpy_are_read_as_they_are_written():
    np = pytest.importorskip("numpy")
    read = _core.round_trip
    assert read(np.float64(0.1)) == Decimal("0.1") == read(np.float32(0.1))
    assert read(np.int64(-3)) == -3 and read(np.uint8(200)) == 200
    assert read(np.bool_(True)) is True and read(np.bool_(False)) is False
    assert read(np.str_("é")) == "é"
    assert read([np.float64("nan"), np.float32("nan"), np.datetime64("NaT")]) == [None] * 3
    assert read(np.datetime64("2022-03-05")) == date(2022, 3, 5)
    assert read(np.datetime64("2022-03-05T10:30:00", "ns")) == datetime(2022, 3, 5, 10, 30)
    assert read(np.timedelta64(-36, "h")) == timedelta(hours=-36)
    assert read(np.array([1, 2])) == [1, 2]
    for wrong in (np.float64("inf"), np.complex64(1), np.datetime64("2022-03")):
        with pytest.raises(spie.ValueConversionError):
            read(wrong)


def test_the_values_of_pandas_are_read(pack):
    pd = pytest.importorskip("pandas")
    assert _core.round_trip([pd.NA, pd.NaT, float("nan")]) == [None] * 3
    assert feel.evaluate("x = null", {"x": pd.NA}) is True
    assert feel.evaluate("x = null", {"x": pd.NaT}) is True
    model = spie.dmn.loads(DATED)
    veille = model.evaluate("veille", {"jour": pd.Timestamp("2022-03-01")}).value
    assert veille == date(2022, 2, 28)
    with pytest.raises(spie.DmnError):
        model.evaluate("veille", {"jour": pd.Timestamp("2022-03-01 08:00")})
    fine = _core.round_trip(pd.Timestamp("2022-03-01 00:00:00.000000001"))
    assert str(fine) == "2022-03-01T00:00:00.000000001"
    assert str(_core.round_trip(pd.Timedelta(1, "ns"))) == "PT0.000000001S"
    assert pack.evaluate("admission", {}, as_of=pd.Timestamp("2022-06-01")).as_of == ON
    people = pd.DataFrame([PERSON | {"rsa": None}, PERSON])
    for row in people.to_dict("records"):
        pack.evaluate("admission", {"beneficiaire": row}, as_of=ON)
    for call in (
        lambda: pack.evaluate("admission", people, as_of=ON),
        lambda: feel.evaluate("1", people),
    ):
        with pytest.raises(spie.UsageError, match="2 rows"):
            call()
    # What a row, a column and a frame are where they can be one: test_given.py.
    with pytest.raises(spie.PackError) as refused:
        pack.evaluate("admission", people.iloc[0], as_of=ON)
    assert (refused.value.code, refused.value.where) == ("P015", "/rsa")
    read = spie.convention.read_registre(people, pack).lecture
    assert (read.recus, read.lus, read.refuses_total) == (2, 0, 2)
    assert feel.evaluate("x[1].territoire_rural", {"x": people}) == "oui"
    assert feel.evaluate("x", {"x": people["rsa"]}) == [None, "oui"]
