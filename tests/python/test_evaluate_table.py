"""Whole tables, through every library that hands one over: what a row answers there is what it answers alone."""

from __future__ import annotations

import contextlib
import gc
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import spie
from spie import dmn
from spie.dossier import table_large
from spie.errors import SpieError

pa = pytest.importorskip("pyarrow")

ON = date(2022, 6, 1)
ANSWERS = ["oui", "non", "non_aborde", "refuse", None]
BENEFICIAIRE = [
    "rsa",
    "quartier_prioritaire",
    "jeune_infra_bac",
    "situation_handicap",
    "reside_departement",
    "territoire_rural",
]

TARIFF = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="tarif" namespace="urn:t">
<itemDefinition name="tPersonne"><itemComponent name="age"><typeRef>number</typeRef></itemComponent>
<itemComponent name="nom"><typeRef>string</typeRef></itemComponent></itemDefinition>
<inputData id="i1" name="age"><variable name="age" typeRef="number"/></inputData>
<inputData id="i2" name="nature"><variable name="nature" typeRef="string"/></inputData>
<inputData id="i3" name="jour"><variable name="jour" typeRef="date"/></inputData>
<inputData id="i4" name="instant"><variable name="instant" typeRef="date and time"/></inputData>
<inputData id="i5" name="libre"><variable name="libre"/></inputData>
<inputData id="i6" name="personne"><variable name="personne" typeRef="tPersonne"/></inputData>
<decision id="d1" name="tarif"><variable name="tarif" typeRef="number"/>
<informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>
<decisionTable hitPolicy="FIRST">
<input><inputExpression typeRef="number"><text>age</text></inputExpression></input>
<input><inputExpression typeRef="string"><text>nature</text></inputExpression></input>
<output name="prix" typeRef="number"/>
<rule><inputEntry><text>&lt; 18</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>2.50</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>"a","b"</text></inputEntry><outputEntry><text>10</text></outputEntry></rule>
<rule><inputEntry><text>-</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>age * 0.125</text></outputEntry></rule>
</decisionTable></decision>
<decision id="d2" name="tout"><variable name="tout"/>
<informationRequirement><requiredInput href="#i3"/></informationRequirement>
<informationRequirement><requiredInput href="#i4"/></informationRequirement>
<informationRequirement><requiredInput href="#i1"/></informationRequirement>
<literalExpression><text>{mois: years and months duration(date("2020-01-01"), jour), ecart: jour - date("2020-01-01"),
 apres: jour + duration("P1M"), dans: instant + duration("PT1H"), quotient: age / 3, liste: [age, age * 2],
 grand: age > 17, dit: if age > 17 then "majeur" else "mineur"}</text></literalExpression></decision>
<decision id="d3" name="echo"><variable name="echo"/>
<informationRequirement><requiredInput href="#i5"/></informationRequirement>
<literalExpression><text>libre</text></literalExpression></decision>
<decision id="d4" name="nom"><variable name="nom" typeRef="string"/>
<informationRequirement><requiredInput href="#i6"/></informationRequirement>
<literalExpression><text>personne.nom</text></literalExpression></decision>
</definitions>"""


@pytest.fixture(scope="module")
def tariff():
    return dmn.loads(TARIFF)


def refusal(call) -> SpieError:
    with pytest.raises(SpieError) as caught:
        call()
    return caught.value


def people(count: int, seed: int = 2024) -> list[dict]:
    chosen = random.Random(seed)
    return [
        {
            "beneficiaire": {name: chosen.choice(ANSWERS) for name in BENEFICIAIRE},
            "freins": [
                {"code": code, "reponse": chosen.choice(["oui", "non", None])}
                for code in chosen.sample(["mobilite", "formation", "logement", "sante"], 2)
            ],
            "duree_inscription_mois": chosen.choice([0, 3, 14, None]),
        }
        for _ in range(count)
    ]


def test_a_pack_answers_a_table_as_it_answers_each_row(pack):
    rows = people(3_000)
    answer = pack.evaluate_table("entree", pa.Table.from_pylist(rows), ON)
    read = pa.table(answer).to_pylist()
    assert len(read) == len(rows)
    alone = pack.decision("entree")
    for row, got in zip(rows, read, strict=True):
        expected = alone(row, as_of=ON, trace=False)
        assert got.pop("statut") == expected.status
        assert got == expected.value


def test_a_day_for_each_row_is_the_day_of_its_answer(pack):
    rows = [{"montant": Decimal("100.00"), "jour": day} for day in (ON, date(2023, 6, 1), None)]
    name = next(one.name for one in pack.decisions if not pack.facts(one.name))
    table = pa.table({"jour": pa.array([row["jour"] for row in rows], pa.date32())})
    read = pa.table(pack.evaluate_table(name, table, "jour", motif=True))
    for row, status, code in zip(
        rows, read["statut"].to_pylist(), read["motif"].to_pylist(), strict=True
    ):
        if row["jour"] is None:
            assert (status, code) == ("erreur", "T006")
        else:
            assert status == pack.evaluate(name, {}, as_of=row["jour"]).status


def test_columns_by_path_are_a_struct(pack):
    rows = people(200)
    whole = pa.table(pack.evaluate_table("entree", pa.Table.from_pylist(rows), ON))
    flat = pa.table(
        {
            **{
                f"beneficiaire.{name}": pa.array([row["beneficiaire"][name] for row in rows])
                for name in BENEFICIAIRE
            },
            "freins": pa.array([row["freins"] for row in rows]),
            "duree_inscription_mois": pa.array([row["duree_inscription_mois"] for row in rows]),
        }
    )
    assert (
        pa.table(pack.evaluate_table("entree", flat, "2022-06-01")).to_pylist() == whole.to_pylist()
    )


def test_the_schema_is_known_before_the_first_row(pack, tariff):
    empty = pa.table({"age": pa.array([], pa.int32()), "nature": pa.array([], pa.string())})
    answer = tariff.evaluate_table("tarif", empty)
    assert answer.columns == ["prix", "statut"]
    text = pa.dictionary(pa.int32(), pa.string())
    expected = pa.schema([("prix", pa.decimal128(38, 3)), ("statut", text)])
    assert pa.schema(answer) == expected
    assert pa.table(answer).schema == expected and pa.table(answer).num_rows == 0


def test_every_type_has_its_column(tariff):
    table = pa.table(
        {
            "jour": pa.array([date(2024, 1, 31), None], pa.date32()),
            "instant": pa.array(
                [datetime(2024, 3, 30, 23, 30), None], pa.timestamp("ms", "Europe/Paris")
            ),
            "age": pa.array([18, None], pa.int8()),
        }
    )
    read = pa.table(tariff.evaluate_table("tout", table, motif=True))
    text = pa.dictionary(pa.int32(), pa.string())
    assert read.schema.remove_metadata() == pa.schema(
        [
            ("mois", pa.int32()),
            ("ecart", pa.duration("us")),
            ("apres", pa.date32()),
            ("dans", pa.timestamp("us", "Europe/Paris")),
            ("quotient", pa.decimal128(38, 6)),
            ("liste", pa.list_(pa.field("item", pa.decimal128(38, 0)))),
            ("grand", pa.bool_()),
            ("dit", text),
            ("statut", text),
            ("motif", text),
        ]
    )
    first = read.to_pylist()[0]
    assert first["mois"] == 48 and first["ecart"] == timedelta(days=1491)
    assert first["apres"] == date(2024, 2, 29)
    assert first["dans"] == datetime(2024, 3, 31, 0, 30, tzinfo=UTC)
    assert first["quotient"] == 6 and first["liste"] == [18, 36]
    assert (first["grand"], first["dit"], first["statut"]) == (True, "majeur", "determine")


def test_a_value_of_no_known_type_is_its_json(tariff):
    table = pa.table({"libre": pa.array([{"a": [1, None]}, {"a": []}, None])})
    read = pa.table(tariff.evaluate_table("echo", table))
    assert read["echo"].to_pylist() == ['{"a":[1,null]}', '{"a":[]}', None]


def test_what_is_missing_is_null(tariff):
    nan = float("nan")
    table = pa.table({"age": pa.array([nan, 20.5, None], pa.float64())})
    read = pa.table(tariff.evaluate_table("tarif", table))
    one = [tariff.evaluate("tarif", {"age": age}) for age in (nan, Decimal("20.5"), None)]
    assert read["statut"].to_pylist() == [each.status for each in one]
    assert read["prix"].to_pylist() == [each.value for each in one]


def test_a_column_that_nothing_reads_refuses_the_call(pack, tariff):
    table = pa.table({"age": [20], "natur": ["a"], "id": [7]})
    error = refusal(lambda: tariff.evaluate_table("tarif", table))
    assert error.code == "T001" and "'natur'" in str(error) and "'nature'" in str(error)
    kept = tariff.evaluate_table("tarif", table, garder=["id", "natur"])
    assert pa.table(kept).column_names == ["id", "natur", "prix", "statut"]
    assert pa.table(kept)["id"].to_pylist() == [7]
    assert tariff.evaluate_table("tarif", table, ignorer=True).columns == ["prix", "statut"]
    member = pa.table({"beneficiaire": [{"rssa": "oui"}]})
    error = refusal(lambda: pack.evaluate_table("entree", member, ON))
    assert error.code == "T001" and "did you mean 'rsa'" in str(error)
    assert pack.evaluate_table("entree", member, ON, ignorer=True).to_arrow().num_rows == 1


def test_a_wrong_type_refuses_the_call_and_a_wrong_value_its_row(pack, tariff):
    error = refusal(lambda: tariff.evaluate_table("tarif", pa.table({"age": ["vingt"]})))
    assert error.code == "T002" and "'age'" in str(error)
    table = pa.table({"beneficiaire.rsa": ["oui", "peut-être", None]})
    read = pa.table(pack.evaluate_table("entree", table, ON, motif=True))
    assert read["statut"].to_pylist() == ["indetermine", "erreur", "indetermine"]
    assert read["motif"].to_pylist() == ["T008", "P016", "T008"]


def test_the_words_of_a_row_are_given_where_they_are_asked_for(pack):
    table = pa.table({"beneficiaire.reside_departement": ["oui", "non", "oui"]})
    read = pa.table(pack.evaluate_table("admission", table, ON, mots=[1, 2]))
    said = read["mots"].to_pylist()
    assert said[:2] == [None, None] and read["statut"].to_pylist()[1] == "determine"
    missing = pack.evaluate(
        "admission", {"beneficiaire": {"reside_departement": "oui"}}, as_of=ON
    ).missing
    assert said[2] == "faits inconnus\u202f: " + ", ".join(missing)


def test_the_day_and_the_parameters_are_checked_once(pack):
    table = pa.table({"beneficiaire.rsa": ["oui"]})
    assert refusal(lambda: pack.evaluate_table("entree", table, "le_jour")).code == "T001"
    assert refusal(lambda: pack.evaluate_table("entre", table, ON)).code == "D011"
    wrong = {"nul": 3}
    assert (
        refusal(lambda: pack.evaluate_table("entree", table, ON, parameters=wrong)).code == "P015"
    )
    assert refusal(lambda: pack.evaluate_table("entree", {"a": [1]}, ON)).code == "A001"


def test_an_answer_is_read_as_often_as_its_table(tariff):
    answer = tariff.evaluate_table("tarif", pa.table({"age": [10, 30]}))
    assert pa.table(answer) == pa.table(answer)
    assert answer.to_pandas()["prix"].tolist() == [Decimal("2.500"), Decimal("3.750")]
    reader = pa.table({"age": [10]}).to_reader()
    once = tariff.evaluate_table("tarif", reader)
    assert pa.table(once).num_rows == 1
    # A second reading is refused by what gave the table, or finds it at its end.
    with contextlib.suppress(SpieError, pa.ArrowInvalid, ValueError):
        assert pa.table(once).num_rows == 0


def test_a_batch_and_a_struct_array_are_tables(tariff):
    batch = pa.record_batch({"age": [10, 30]})
    assert pa.table(tariff.evaluate_table("tarif", batch))["prix"].to_pylist() == [
        Decimal("2.5"),
        Decimal("3.75"),
    ]
    nanoarrow = pytest.importorskip("nanoarrow")
    array = nanoarrow.c_array(batch)
    assert pa.table(tariff.evaluate_table("tarif", array)).num_rows == 2
    schema = nanoarrow.c_schema(tariff.evaluate_table("tarif", batch))
    assert [child.name for child in schema.children] == ["prix", "statut"]
    stream = nanoarrow.ArrayStream(tariff.evaluate_table("tarif", batch))
    assert [row[1] for row in stream.read_all().iter_tuples()] == ["determine", "determine"]


def test_the_dictionaries_of_two_batches_may_differ(tariff):
    chunks = [pa.array(["a", "z"]).dictionary_encode(), pa.array(["z", "b"]).dictionary_encode()]
    table = pa.table({"nature": pa.chunked_array(chunks), "age": [30, 40, 50, 60]})
    read = pa.table(tariff.evaluate_table("tarif", table))
    assert read["prix"].to_pylist() == [Decimal(10), Decimal(5), Decimal("6.25"), Decimal(10)]


def test_every_column_may_be_kept_whatever_its_type(tariff):
    table = pa.table(
        {
            "age": [1, 2, 3, 4],
            "octets": pa.array([b"x", None, b"yz", b""], pa.binary()),
            "union": pa.array([[1], [], None, [2, 3]], pa.list_(pa.int16())),
            "vue": pa.array(["court", "un texte bien plus long", None, ""], pa.string_view()),
            "cat": pa.array(["a", "b", None, "a"]).dictionary_encode(),
        }
    ).slice(1)
    kept = ["octets", "union", "vue", "cat"]
    read = pa.table(tariff.evaluate_table("tarif", table, garder=kept))
    assert read.select(kept).to_pylist() == table.select(kept).to_pylist()
    read.validate(full=True)


def test_polars_hands_a_table_over_and_takes_the_answer(pack):
    pl = pytest.importorskip("polars")
    rows = people(500)
    frame = pl.DataFrame(rows)
    read = pl.DataFrame(pack.evaluate_table("entree", frame, ON))
    expected = pa.table(pack.evaluate_table("entree", pa.Table.from_pylist(rows), ON))
    assert read["statut"].cast(pl.String).to_list() == expected["statut"].to_pylist()
    assert read["conclusion"].cast(pl.String).to_list() == expected["conclusion"].to_pylist()
    categories = pl.DataFrame(
        {"nature": pl.Series(["a", "z"], dtype=pl.Categorical), "age": [30, 40]}
    )
    prices = pl.DataFrame(dmn.loads(TARIFF).evaluate_table("tarif", categories))
    assert prices["prix"].to_list() == [Decimal(10), Decimal(5)]


def test_duckdb_hands_a_relation_over_and_reads_the_answer(tariff):
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    relation = connection.sql("select range::int as age, 'z' as nature from range(5000)")
    given = relation if hasattr(relation, "__arrow_c_stream__") else relation.arrow()
    connection.register("answer", tariff.evaluate_table("tarif", given).to_arrow())
    total = connection.sql("select sum(prix), count(*) from answer").fetchall()[0]
    expected = 18 * Decimal("2.5") + sum(Decimal(age) / 8 for age in range(18, 5000))
    assert total == (expected, 5000)


def test_pandas_hands_a_frame_over(tariff):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(
        {
            "age": pd.array([10, None], dtype="Int64"),
            "nature": pd.Categorical(["a", None]),
        }
    )
    read = tariff.evaluate_table("tarif", frame).to_pandas()
    assert read["statut"].tolist() == [
        "determine",
        tariff.evaluate("tarif", {}).status,
    ]
    dates = pd.DataFrame(
        {"jour": pd.to_datetime(["2024-01-31", None]), "age": [18.0, float("nan")]}
    )
    assert tariff.evaluate_table("tout", dates).to_arrow()["apres"].to_pylist() == [
        date(2024, 2, 29),
        None,
    ]


def test_the_rule_hit_has_its_number(tariff):
    read = pa.table(
        tariff.evaluate_table("tarif", pa.table({"age": [1, 20], "nature": ["z", "a"]}), regle=True)
    )
    assert read["regle"].to_pylist() == [1, 2]


def test_a_table_that_fails_says_why(tariff):
    def batches():
        yield pa.record_batch({"age": [1]})
        raise ValueError("le disque est plein")

    reader = pa.RecordBatchReader.from_batches(pa.schema([("age", pa.int64())]), batches())
    answer = tariff.evaluate_table("tarif", reader)
    with pytest.raises(pa.ArrowInvalid, match=r"T007.*le disque est plein"):
        pa.table(answer)
    for read in (
        spie.tables.Answer.to_arrow,
        spie.tables.Answer.to_pandas,
        lambda it: list(it.batches()),
    ):
        again = pa.RecordBatchReader.from_batches(pa.schema([("age", pa.int64())]), batches())
        error = refusal(lambda read=read, again=again: read(tariff.evaluate_table("tarif", again)))
        assert error.code == "T007" and "le disque est plein" in error.message


def test_batches_are_read_as_the_answer_is(tariff):
    read: list[int] = []

    def batches():
        for number in range(20):
            read.append(number)
            yield pa.record_batch({"age": [number] * 10})

    reader = pa.RecordBatchReader.from_batches(pa.schema([("age", pa.int64())]), batches())
    answer = pa.RecordBatchReader.from_stream(tariff.evaluate_table("tarif", reader))
    answer.read_next_batch()
    assert len(read) == 1
    assert sum(batch.num_rows for batch in answer) == 190


def test_an_answer_never_read_is_let_go(tariff):
    for _ in range(3):
        tariff.evaluate_table("tarif", pa.table({"age": [1]}))
    capsule = tariff.evaluate_table("tarif", pa.table({"age": [1]})).__arrow_c_stream__()
    del capsule
    gc.collect()


def test_spie_needs_no_other_library_for_a_table():
    assert spie.__name__ == "spie"
    import sys
    from subprocess import run

    code = (
        "import spie, sys; print([m for m in ('pyarrow', 'polars', 'pandas') if m in sys.modules])"
    )
    assert (
        run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )


def test_a_null_of_a_column_of_structs_is_no_row_of_noughts(tariff):
    rows = pa.array([{"age": 10, "nature": "a"}, None, {"age": 30, "nature": "a"}])
    read = pa.table(tariff.evaluate_table("tarif", rows))
    alone = [tariff.evaluate("tarif", one or {}) for one in rows.to_pylist()]
    assert read["prix"].to_pylist() == [one.value for one in alone]
    assert read["statut"].to_pylist() == [one.status for one in alone]


def test_a_column_of_nulls_of_polars_is_null(tariff):
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame({"age": [12, 13], "nature": [None, None]})
    assert frame.schema["nature"] == polars.Null
    assert (
        tariff.evaluate_table("tarif", frame).to_polars()["prix"].to_list() == [Decimal("2.5")] * 2
    )
    assert tariff.evaluate_table("tarif", polars.DataFrame({"age": []})).to_polars().is_empty()
    kept = tariff.evaluate_table("tarif", frame, garder=["nature"]).to_arrow()
    assert kept["nature"].null_count == 2


def test_an_extension_type_is_no_number(tariff):
    pandas = pytest.importorskip("pandas")
    months = pandas.DataFrame({"age": pandas.period_range("2024-01", periods=2, freq="M")})
    error = refusal(lambda: tariff.evaluate_table("tarif", months))
    assert error.code == "T002" and "'pandas.period'" in str(error)
    eight = pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1, 0], pa.int8()))
    assert refusal(lambda: tariff.evaluate_table("echo", pa.table({"libre": eight}))).code == "T002"


def test_an_iso_text_is_the_date_that_it_is_alone(tariff):
    days = ["2024-02-29", "2023-02-29", None]
    read = pa.table(tariff.evaluate_table("tout", pa.table({"jour": days, "age": [3, 3, 3]})))
    assert read["statut"].to_pylist()[1] == "erreur"
    alone = tariff.evaluate("tout", {"jour": days[0], "age": 3}).value
    assert read["ecart"].to_pylist()[0] == alone["ecart"] == timedelta(days=1520)


def test_what_is_no_table_is_told_what_makes_it_one(tariff):
    for given, said in (({"age": [1]}, "pyarrow.table()"), ([{"age": 1}], "from_pylist()")):
        error = refusal(lambda given=given: tariff.evaluate_table("tarif", given))
        assert error.code == "A001" and said in str(error)
    polars = pytest.importorskip("polars")
    error = refusal(lambda: tariff.evaluate_table("tarif", polars.LazyFrame({"age": [1]})))
    assert "collect()" in str(error)
    error = refusal(
        lambda: tariff.evaluate_table("tarif", pa.table({"age": [1], "id": [1]}), garder="id")
    )
    assert error.code == "A001" and "['id']" in str(error)
    error = refusal(lambda: table_large([], "adresse.commune"))
    assert error.code == "A001" and "['adresse.commune']" in str(error)


def test_threads_that_read_one_answer_share_its_rows(tariff):
    table = pa.table({"age": list(range(20_000))})
    reader = pa.RecordBatchReader.from_stream(
        tariff.evaluate_table("tarif", table.to_reader(max_chunksize=50), threads=1)
    )

    def read() -> list[pa.RecordBatch]:
        return list(iter(lambda: next(reader, None), None))

    with ThreadPoolExecutor(4) as threads:
        found = [
            batch for one in [threads.submit(read) for _ in range(4)] for batch in one.result()
        ]
    assert sum(batch.num_rows for batch in found) == 20_000
    whole = pa.Table.from_batches(found)["prix"].to_pylist()
    alone = tariff.evaluate_table("tarif", table).to_arrow()["prix"].to_pylist()
    assert sorted(whole) == sorted(alone)
