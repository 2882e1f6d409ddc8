"""`spie evaluate --table`: a decision over a file of people, and its answers in another."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

PACK = "seine-et-marne-2022-2023"
RESIDE = ["oui", "non", None]
PEOPLE = {"id": ["01", "02", "03"], "beneficiaire.reside_departement": RESIDE}

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="m" namespace="urn:m">
<inputData id="i" name="montant"><variable name="montant" typeRef="number"/></inputData>
<inputData id="j" name="code"><variable name="code" typeRef="string"/></inputData>
<decision id="e" name="remise"><variable name="remise" typeRef="number"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>montant / 8</text></literalExpression></decision>
<decision id="f" name="tout"><variable name="tout"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<informationRequirement><requiredInput href="#j"/></informationRequirement>
<literalExpression><text>{code: code, deux: [montant, montant + 1], duree: duration("P1DT2H")}</text></literalExpression></decision>
</definitions>"""


def test_a_parquet_of_people_is_answered_in_another(spie_command, tmp_path):
    parquet.write_table(pa.table(PEOPLE), tmp_path / "personnes.parquet")
    said = spie_command(
        "evaluate", PACK, "admission", "--table", "personnes.parquet", "--vers", "reponses.parquet",
        "--as-of", "2022-06-01", "--garder", "id", "--motif", "--json",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    expected = {
        "lignes": 3,
        "statuts": {"determine": 1, "indetermine": 2},
        "vers": "reponses.parquet",
    }
    assert json.loads(said.stdout) == expected
    read = parquet.read_table(tmp_path / "reponses.parquet")
    assert read.column_names[0] == "id" and read.column_names[-2:] == ["statut", "motif"]
    assert read["id"].to_pylist() == PEOPLE["id"]
    assert read["motif"].to_pylist() == ["T008", None, "T008"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "personnes.parquet",
        "reponses.parquet",
    ]


def test_the_reason_is_said_in_words_of_the_rows_asked_for(spie_command, tmp_path):
    parquet.write_table(pa.table(PEOPLE), tmp_path / "p.parquet")
    command = ["evaluate", PACK, "admission", "--table", "p.parquet", "--vers", "r.parquet"]
    command += ["--as-of", "2022-06-01", "--ignorer", "--mots"]
    said = spie_command(*command, "2-3")
    assert said.exit_code == 0, said.output
    read = parquet.read_table(tmp_path / "r.parquet")
    words = read["mots"].to_pylist()
    assert (
        words[0] is None and words[1] is None
    )  # the first was not asked, the second has an answer
    assert words[2].startswith("faits inconnus")
    assert "motif" not in read.column_names
    for wrong in ("deux", "0", "3-2", "1,,2", "1-200000"):
        refused = spie_command(*command, wrong)
        assert refused.exit_code == 2 and "--mots" in refused.stderr, wrong


def test_a_csv_keeps_the_zeros_of_its_codes_and_takes_the_french_separator(spie_command, tmp_path):
    (tmp_path / "m.dmn").write_text(MODEL, "utf-8")
    (tmp_path / "lignes.csv").write_text("code;montant\n01234;10.5\n;2\n", "utf-8")
    said = spie_command(
        "dmn",
        "evaluate",
        "m.dmn",
        "tout",
        "--table",
        "lignes.csv",
        "--vers",
        "r.csv",
        "--echelle",
        2,
    )
    assert said.exit_code == 0, said.output
    assert "r.csv : 2 lignes (2 determine)" in said.stdout.replace("\u202f", " ")
    lines = (tmp_path / "r.csv").read_text("utf-8").splitlines()
    assert lines[0] == '"code","deux","duree","statut"'
    assert lines[1].startswith('"01234","[""10.50"", ""11.50""]",') and lines[1].endswith(
        '"determine"'
    )


FREE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="m" namespace="urn:m">
<inputData id="i" name="quoi"><variable name="quoi"/></inputData>
<decision id="e" name="dit"><variable name="dit" typeRef="string"/>
<informationRequirement><requiredInput href="#i"/></informationRequirement>
<literalExpression><text>string(quoi)</text></literalExpression></decision>
</definitions>"""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1234", "-5", ""], ["1234", "-5", None]),
        (["01234", "1234"], ["01234", "1234"]),  # a code, whatever the others look like
        (["0", "0.5", "1e3"], ["0", "0.5", "1000"]),
        (["123456789012345.00", "0.000012"], ["123456789012345", "0.000012"]),
        (["9007199254740993", "1"], ["9007199254740993", "1"]),
    ],
)
def test_what_a_csv_writes_is_what_a_decision_reads(spie_command, tmp_path, cells, expected):
    (tmp_path / "m.dmn").write_text(FREE, "utf-8")
    (tmp_path / "t.csv").write_text("id,quoi\n" + "".join(f"a,{one}\n" for one in cells), "utf-8")
    said = spie_command(
        "dmn", "evaluate", "m.dmn", "dit", "--table", "t.csv", "--vers", "r.parquet", "--ignorer"
    )
    assert said.exit_code == 0, said.output
    assert parquet.read_table(tmp_path / "r.parquet")["dit"].to_pylist() == expected


@pytest.mark.parametrize("columns", ["montant", "montant,montant"])
@pytest.mark.parametrize("number", ["100000000000000000000000.123", "0.12345678901234567"])
def test_a_number_of_a_csv_that_a_float_would_change_is_refused(
    spie_command, tmp_path, number, columns
):
    (tmp_path / "m.dmn").write_text(MODEL, "utf-8")
    line = ",".join([number] * (1 + columns.count(",")))
    (tmp_path / "t.csv").write_text(f"{columns}\n{line}\n", "utf-8")
    said = spie_command("dmn", "evaluate", "m.dmn", "remise", "--table", "t.csv", "--vers", "r.csv")
    assert said.exit_code != 0 and not (tmp_path / "r.csv").exists()
    assert "montant" in said.stderr and ("15 chiffres" in said.stderr or "," in columns)


def test_a_code_that_comes_after_a_batch_of_numbers_is_refused(spie_command, tmp_path):
    (tmp_path / "m.dmn").write_text(FREE, "utf-8")
    many = "123456789\n" * 200_000  # more than a batch of the reader
    (tmp_path / "t.csv").write_text("quoi\n" + many + "0123\n", "utf-8")
    said = spie_command("dmn", "evaluate", "m.dmn", "dit", "--table", "t.csv", "--vers", "r.csv")
    assert said.exit_code != 0 and not (tmp_path / "r.csv").exists()
    assert "quoi" in said.stderr and "commence par 0" in said.stderr


@pytest.mark.parametrize("name", ["r.arrow", "r.arrows", "r.parquet", "r.csv"])
def test_every_format_is_written_and_read_again(spie_command, tmp_path, name):
    (tmp_path / "m.dmn").write_text(MODEL, "utf-8")
    parquet.write_table(pa.table({"montant": [1, 2, 3]}), tmp_path / "t.parquet", row_group_size=2)
    said = spie_command(
        "dmn",
        "evaluate",
        "m.dmn",
        "remise",
        "--table",
        "t.parquet",
        "--vers",
        name,
        "--garder",
        "montant",
    )
    assert said.exit_code == 0, said.output
    (tmp_path / "n.dmn").write_text(
        MODEL.replace("montant / 8", "montant * 2").replace("remise", "double"), "utf-8"
    )
    again = spie_command(
        "dmn", "evaluate", "n.dmn", "double", "--table", name, "--vers", "s.parquet", "--ignorer"
    )
    assert again.exit_code == 0, again.output
    assert parquet.read_table(tmp_path / "s.parquet")["double"].to_pylist() == [
        Decimal(2),
        Decimal(4),
        Decimal(6),
    ]


def test_a_row_in_error_is_told_by_the_exit_code(spie_command, tmp_path):
    (tmp_path / "m.dmn").write_text(MODEL.replace("montant / 8", "montant / 3"), "utf-8")
    parquet.write_table(pa.table({"montant": [1, 3]}), tmp_path / "t.parquet")
    said = spie_command(
        "dmn",
        "evaluate",
        "m.dmn",
        "remise",
        "--table",
        "t.parquet",
        "--vers",
        "r.parquet",
        "--json",
    )
    assert said.exit_code == 1
    assert json.loads(said.stdout)["statuts"] == {"determine": 1, "erreur": 1}


def test_what_is_wrong_is_said_and_nothing_is_written(spie_command, tmp_path):
    parquet.write_table(pa.table({"beneficiaire.rssa": ["oui"]}), tmp_path / "t.parquet")
    ask = ["evaluate", PACK, "admission", "--as-of", "2022-06-01"]
    said = spie_command(*ask, "--table", "t.parquet", "--vers", "r.parquet")
    assert said.exit_code == 3 and "T001" in said.output and "beneficiaire.rsa" in said.output
    assert not (tmp_path / "r.parquet").exists()
    (tmp_path / "faux.parquet").write_bytes(b"PAR1, et rien de plus")
    said = spie_command(*ask, "--table", "faux.parquet", "--vers", "r.parquet")
    assert said.exit_code == 3 and "T007" in said.output
    said = spie_command(*ask, "--table", "t.xlsx", "--vers", "r.parquet")
    assert said.exit_code == 3 and ".parquet" in said.output
    said = spie_command(*ask, "--table", "absent.parquet", "--vers", "r.parquet")
    assert said.exit_code == 3
    for given in (
        ["--table", "t.parquet"],
        ["faits.json", "--table", "t.parquet", "--vers", "r.parquet"],
        [],
    ):
        assert spie_command(*ask, *given).exit_code == 2


def test_an_arrow_file_with_wrong_offsets_is_refused(spie_command, tmp_path):
    (tmp_path / "m.dmn").write_text(MODEL, "utf-8")
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.array([0, 9, 3], pa.int32()).buffers()[1], pa.py_buffer(b"abc")]
    )
    table = pa.table({"code": bad})
    with pa.ipc.new_file(str(tmp_path / "t.arrow"), table.schema) as writer:
        writer.write_table(table)
    said = spie_command(
        "dmn", "evaluate", "m.dmn", "tout", "--table", "t.arrow", "--vers", "r.parquet"
    )
    assert said.exit_code == 3, said.output
    assert not (tmp_path / "r.parquet").exists()


def test_a_text_where_a_number_is_asked_for_is_told_with_its_line(spie_command, tmp_path):
    (tmp_path / "m.dmn").write_text(MODEL, encoding="utf-8")
    command = ["dmn", "evaluate", "m.dmn", "remise", "--table", "t.csv", "--vers", "r.csv"]
    for cells, said in (("montant\n1\nabc\n", "abc"), ("montant;x\n1;2\n5,5;2\n", "Écrire 5.5")):
        (tmp_path / "t.csv").write_text(cells, encoding="utf-8")
        refused = spie_command(*command, "--ignorer")
        assert refused.exit_code == 3
        assert "T002" in refused.stderr and "t.csv:3" in refused.stderr and said in refused.stderr


def test_days_written_the_french_way_are_refused_and_one_day_that_is_none_is_its_row(
    spie_command, tmp_path
):
    command = [
        "evaluate",
        PACK,
        "entree",
        "--as-of",
        "2022-06-01",
        "--table",
        "t.csv",
        "--vers",
        "r.csv",
    ]
    (tmp_path / "t.csv").write_text("date_inscription\n\n01/02/2022\n", encoding="utf-8")
    refused = spie_command(*command)
    assert refused.exit_code == 3 and "t.csv:3" in refused.stderr
    assert "Écrire 2022-02-01" in refused.stderr
    (tmp_path / "t.csv").write_text("date_inscription\n2022-02-01\n2022-02-30\n", encoding="utf-8")
    answered = spie_command(*command)
    assert answered.exit_code == 1 and "1 erreur" in answered.stdout, answered.output


def test_a_column_that_is_not_there_is_said_so(spie_command, tmp_path):
    parquet.write_table(pa.table(PEOPLE), tmp_path / "p.parquet")
    command = [
        "evaluate",
        PACK,
        "admission",
        "--table",
        "p.parquet",
        "--vers",
        "r.csv",
        "--ignorer",
    ]
    refused = spie_command(*command, "--as-of", "jour")
    assert refused.exit_code == 3 and "La table n'a pas la colonne demandée" in refused.stderr
    refused = spie_command(*command, "--as-of", "2022-06-01", "--garder", "idd")
    assert refused.exit_code == 3 and "La table n'a pas la colonne demandée" in refused.stderr
    refused = spie_command(*command, "--as-of", "2022-02-30")
    assert refused.exit_code == 2 and "n'est pas une date" in refused.stderr


def test_the_file_that_the_system_refuses_is_named(spie_command, tmp_path):
    parquet.write_table(pa.table(PEOPLE), tmp_path / "p.parquet")
    command = ["evaluate", PACK, "admission", "--table", "p.parquet", "--as-of", "2022-06-01"]
    for name in ("r.csv", "r.parquet", "r.arrow"):
        refused = spie_command(*command, "--ignorer", "--vers", f"nulle-part/{name}")
        assert refused.exit_code == 3 and f"nulle-part/{name}" in refused.stderr
    (tmp_path / "dossier.csv").mkdir()
    refused = spie_command(*command, "--ignorer", "--vers", "dossier.csv")
    assert refused.exit_code == 3 and "dossier.csv » : c'est un dossier" in refused.stderr


def test_the_limits_of_a_call_and_of_a_reading_are_options(spie_command, tmp_path):
    (tmp_path / "m.dmn").write_text(MODEL, encoding="utf-8")
    (tmp_path / "e.json").write_text('{"montant": 16}', encoding="utf-8")
    (tmp_path / "vide.json").write_text("{}", encoding="utf-8")
    (tmp_path / "t.csv").write_text("montant\n16\n", encoding="utf-8")
    dmn = ["dmn", "evaluate", "m.dmn", "remise"]
    table = ["--table", "t.csv", "--vers", "r.csv", "--motif"]
    pack = ["evaluate", PACK, "admission", "vide.json", "--as-of", "2022-06-01"]
    long = "count(for i in 1..2000 return string(i))"
    met = [
        (["feel", long, "--limite", "pas=50"], 1, "nombre de pas"),
        (["feel", long, "--limite", "elements=10"], 1, "éléments"),
        (["feel", long, "--limite", "octets=1000"], 1, "octets"),
        (["feel", "((((1))))", "--limite-lecture", "profondeur=2"], 3, "profondeur"),
        ([*dmn, "e.json", "--limite", "pas=1"], 1, "nombre de pas"),
        ([*dmn, "e.json", "--limite-lecture", "octets=100"], 3, "octets"),
        ([*dmn, *table, "--limite", "pas=1"], 1, "1 erreur"),
        (["dmn", "verifier", "m.dmn", "--limite-lecture", "elements=1"], 3, "éléments"),
        (["dmn", "facts", "m.dmn", "remise", "--limite-lecture", "pas=3"], 3, "nombre de pas"),
        (["dmn", "show", "m.dmn", "remise", "--limite-lecture", "profondeur=2"], 3, "profondeur"),
        ([*pack, "--limite", "pas=5"], 1, "nombre de pas"),
        ([*pack, "--limite-lecture", "pas=500"], 3, "nombre de pas"),
    ]
    for command, code, word in met:
        said = spie_command(*command)
        assert said.exit_code == code, (command, said.output)
        assert word in said.output, (command, said.output)
    assert "r.csv" in {path.name for path in tmp_path.iterdir()}
    for wide in ("pas=50000000", "millisecondes=86400000"):
        assert (
            spie_command(*dmn, "e.json", "--limite", wide, "--limite-lecture", wide).exit_code == 0
        )
    for wrong in ("pas", "steps=3", "pas=0", "pas=-1", "pas=1e3", f"pas={2**31}"):
        refused = spie_command(*dmn, "e.json", "--limite", wrong)
        assert refused.exit_code == 2 and "--limite" in refused.stderr, wrong
    twice = spie_command("feel", "1", "--limite", "pas=1", "--limite", "pas=2")
    assert twice.exit_code == 2 and "deux fois" in twice.stderr
