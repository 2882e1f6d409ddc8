"""Decision tables as CSV, sheets, Markdown and models of their own: round trips are the identity, and what a
sheet typed is told."""

import io
import random
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import spie
from spie import dmn, feuilles
from spie.feuilles import Entree, Regle, Sortie, TableDecision

ROOT = Path(__file__).resolve().parents[2]
PACKS = [
    path
    for path in sorted((ROOT / "packs").glob("*/*.dmn"))
    if b"<decisionTable" in path.read_bytes()
]

AIDE = TableDecision(
    "aide",
    "UNIQUE",
    (Entree("age", "Âge", "number"), Entree("demande.zone", "Zone", "string", '"A", "B"')),
    (Sortie("montant", "Montant", "number"), Sortie("motif", "Motif", "string", "", '"aucun"')),
    ("article",),
    (
        Regle(("< 18", "-"), ("0", '"trop jeune"'), ("art. 1",)),
        Regle((">= 18", '"A"'), ("120.5", '"zone A ; « ouverte »"'), ("",)),
    ),
)


def written(table: TableDecision, folder: Path) -> Path:
    pytest.importorskip("xlsxwriter", reason="the extra feuilles is not installed")
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    path = folder / "table.xlsx"
    path.write_bytes(table.vers_xlsx())
    return path


def tables_of(path: Path) -> list[TableDecision]:
    model = dmn.load(path)
    held = [one.name for one in model.decisions]
    told = {name: model.describe(name) for name in held}
    return [
        TableDecision.of_description(name, one)
        for name, one in told.items()
        if one.get("kind") == "decision_table"
    ]


def refused(lines: list[list[object]]) -> tuple[str, str]:
    with pytest.raises(spie.UsageError) as caught:
        feuilles.lire_lignes(lines)
    told = caught.value.diagnostics[0]
    assert told.signification  # those who write tables read French
    return told.where, told.message


def test_every_table_of_the_packs_comes_back_from_csv_and_from_a_model(tmp_path: Path) -> None:
    seen = 0
    for path in PACKS:
        source = path.read_bytes()
        for table in tables_of(path):
            seen += 1
            back = feuilles.lire_csv(table.vers_csv())
            assert back == table
            assert back.conversions == ()
            spliced = tmp_path / path.name
            spliced.write_bytes(back.remplacer(source))
            assert [one for one in tables_of(spliced) if one.nom == table.nom] == [table]
            # Every byte outside the table is kept.
            text = spliced.read_bytes()
            start = next(i for i, (a, b) in enumerate(zip(source, text, strict=False)) if a != b)
            assert (
                source[:start].rstrip().endswith(b"<decisionTable")
                or b"<decisionTable" in source[:start]
            )
    assert seen > 20


def test_every_table_of_the_packs_comes_back_from_an_excel_sheet(tmp_path: Path) -> None:
    for path in PACKS:
        for table in tables_of(path):
            back = feuilles.lire(written(table, tmp_path))
            assert back == table
            assert back.conversions == ()


def test_any_text_survives_a_sheet(tmp_path: Path) -> None:
    draw = random.Random(12)
    bits = [
        '"',
        ";",
        ",",
        "\n",
        "é",
        "« »",
        "=1+1",
        "-",
        "12",
        "true",
        "<b>",
        "&",
        "|",
        "أمل",
        "🤝",
        "x",
        "'",
        "\t",
    ]

    def text() -> str:
        return "".join(draw.choice(bits) for _ in range(draw.randint(1, 8))).strip() or "x"

    for _ in range(40):
        inputs = tuple(Entree(text(), text(), text(), text()) for _ in range(draw.randint(0, 4)))
        outputs = tuple(
            Sortie(f"s{i}", text(), text(), text(), text()) for i in range(draw.randint(1, 3))
        )
        notes = tuple(text() for _ in range(draw.randint(0, 2)))
        rules = tuple(
            Regle(
                tuple(text() for _ in inputs), tuple(text() for _ in outputs), tuple(text() for _ in notes)
            )
            for _ in range(draw.randint(0, 6))
        )  # fmt: skip
        table = TableDecision(
            text(), draw.choice(feuilles.POLITIQUES), inputs, outputs, notes, rules
        )
        assert feuilles.lire_csv(table.vers_csv()) == table
        assert feuilles.lire(written(table, tmp_path)) == table


def test_a_table_of_its_own_is_a_model_that_decides_as_it_says(tmp_path: Path) -> None:
    path = tmp_path / "aide.dmn"
    path.write_bytes(AIDE.vers_dmn())
    model = dmn.load(path)
    assert TableDecision.of(model, "aide") == AIDE
    adult = model.evaluate("aide", {"age": 30, "demande": {"zone": "A"}}).value
    assert adult == {"montant": spie.feel.evaluate("120.5"), "motif": "zone A ; « ouverte »"}
    other = TableDecision("t", "UNIQUE", (Entree("count(x)"),), (Sortie(),), (), ())
    with pytest.raises(spie.UsageError, match="is no name"):
        other.vers_dmn()


def test_what_a_sheet_typed_is_converted_and_told() -> None:
    lines: list[list[object]] = [
        ["Décision", "essai"],
        ["POLITIQUE", "first"],
        ["colonne", "Entrée", "sortie", "note"],
        ["nom", "x", "", "remarque"],
        ["type", "Any", "Any"],
        [],
        [1.0, 5.0, True, 12.0],
        [2.0, 0.1, date(2022, 3, 1), None],
        [3.0, None, datetime(2022, 3, 1, 8, 30), ""],
        [4.0, time(8, 30), timedelta(hours=1, minutes=30), "x"],
    ]
    table = feuilles.lire_lignes(lines)
    assert table.politique == "FIRST"
    assert [one.entrees + one.sorties for one in table.regles] == [
        ("5", "true"),
        ("0.1", 'date("2022-03-01")'),
        ("-", 'date and time("2022-03-01T08:30:00")'),
        ('time("08:30:00")', 'duration("PT5400S")'),
    ]
    assert [one.annotations for one in table.regles] == [("12",), ("",), ("",), ("x",)]
    assert [(one.place, one.trouve, one.feel) for one in table.conversions][:2] == [
        ("B7", "5", "5"),
        ("C7", "VRAI", "true"),
    ]
    assert len(table.conversions) == 7


def test_a_wrong_sheet_is_refused_at_its_cell() -> None:
    good: list[list[object]] = [
        ["décision", "t"],
        ["politique", "UNIQUE"],
        ["colonne", "entrée", "sortie"],
        ["nom", "x", ""],
        ["1", "< 3", '"a"'],
    ]

    def changed(row: int, column: int, to: object) -> tuple[str, str]:
        lines = [list(one) for one in good]
        lines[row] += [""] * (column + 1 - len(lines[row]))
        lines[row][column] = to
        return refused(lines)

    assert feuilles.lire_lignes(good).regles[0].entrees == ("< 3",)
    assert changed(0, 0, "titre")[0] == "A1"
    assert changed(0, 1, "")[0] == "B1"
    assert changed(1, 1, "MULTIPLE")[0] == "B2"
    assert changed(2, 2, "résultat")[0] == "C3"
    assert changed(2, 2, "")[1].startswith("a table has an output")
    assert changed(3, 1, "")[0] == "B4"
    assert changed(4, 2, "")[0] == "C5"
    assert changed(4, 3, "perdu")[0] == "D5"
    assert refused([])[0] == "A1"
    assert refused([*good[:2], good[1], *good[2:]])[0] == "A3"


def test_a_csv_may_be_windows_1252_with_commas() -> None:
    text = 'décision,été\npolitique,UNIQUE\ncolonne,entrée,sortie\nnom,x,\n1,"""é""",1\n'
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        table = feuilles.lire_csv(text.encode(encoding))
        assert table.nom == "été"
        assert table.regles[0].entrees == ('"é"',)


OFFICE = " ".join(
    [
        *(
            f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
            for one in ("office", "table", "text")
        ),
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
    ]
)


def of_office(folder: Path, *rules: str) -> Path:
    """A sheet as LibreOffice writes it: a column x of numbers, an output, and lines of cells."""
    top = [
        ["décision", "t"],
        ["politique", "UNIQUE"],
        ["colonne", "entrée", "sortie"],
        ["nom", "x", ""],
    ]
    lines = ["".join(said(one) for one in line) for line in top] + list(rules)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {OFFICE} office:version="1.2">'
        '<office:body><office:spreadsheet><table:table table:name="Feuille1">'
        + "".join(f"<table:table-row>{one}</table:table-row>" for one in lines)
        + "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = folder / "t.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def said(text: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def test_a_sheet_of_libreoffice_is_read(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    number = '<table:table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>'
    day = (
        '<table:table-cell office:value-type="date" office:date-value="2022-03-01">'
        "<text:p>01/03/2022</text:p></table:table-cell>"
    )
    table = feuilles.lire(of_office(tmp_path, said("1") + number + day))
    assert table.regles == (Regle(("3",), ('date("2022-03-01")',)),)
    assert [one.place for one in table.conversions] == ["B5", "C5"]


def test_tabs_and_line_breaks_of_libreoffice_stand_in_the_text(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    remark = "<office:annotation><text:p>une<text:tab/>remarque</text:p></office:annotation>"
    broken = said("&lt; 3,<text:line-break/>&gt; 5")
    tabbed = said('"a<text:tab/>b<text:s text:c="2"/>c"').replace("<text:p>", f"{remark}<text:p>")
    table = feuilles.lire(of_office(tmp_path, said("1") + broken + tabbed))
    assert table.regles == (Regle(("< 3,\n> 5",), ('"a\tb  c"',)),)


def test_a_formula_that_failed_in_libreoffice_is_no_empty_cell(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    failed = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" '
        'calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    never = '<table:table-cell table:formula="of:=1+1"/>'
    for cell, words in ((failed, "the error #DIV/0!"), (never, "never computed")):
        with pytest.raises(spie.UsageError, match=words) as caught:
            feuilles.lire(of_office(tmp_path, said("1") + cell + said("1")))
        assert caught.value.diagnostics[0].where == "B5"


def test_a_cell_merged_down_in_libreoffice_is_that_of_each_rule(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    merged = said("&lt; 3", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    covered = "<table:covered-table-cell/>"
    path = of_office(tmp_path, said("1") + merged + said("1"), said("2") + covered + said("2"))
    table = feuilles.lire(path)
    assert [one.entrees for one in table.regles] == [("< 3",), ("< 3",)]
    assert [(one.place, one.feel) for one in table.conversions] == [("B6", "< 3")]


def of_excel(path: Path, fill: Any, kind: str = "number") -> Path:
    """A sheet with a column x of this type and an output, whose rules begin in line 6; `fill` writes them."""
    xlsxwriter = pytest.importorskip("xlsxwriter", reason="the extra feuilles is not installed")
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("table")
    for row, line in enumerate(
        [["décision", "t"], ["politique", "FIRST"], ["colonne", "entrée", "sortie"], ["nom", "x", ""], ["type", kind, ""]]
    ):  # fmt: skip
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    fill(book, sheet)
    book.close()
    return path


def test_a_formula_that_failed_is_no_empty_cell(tmp_path: Path) -> None:
    for error in ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"):

        def fill(_: Any, sheet: Any, error: str = error) -> None:
            sheet.write_string("B6", "< 3")
            sheet.write_number("C6", 1)
            sheet.write_formula("B7", "=1/0", None, error)
            sheet.write_number("C7", 2)

        with pytest.raises(spie.UsageError) as caught:
            feuilles.lire(of_excel(tmp_path / "t.xlsx", fill))
        told = caught.value.diagnostics[0]
        assert (told.where, told.message) == ("B7", f"this cell holds the error {error}")


def test_a_formula_that_was_never_computed_is_no_empty_cell(tmp_path: Path) -> None:
    """As programs write them that do not compute: a formula without its value."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.write_formula("B6", "=1+1", None, 2)
        sheet.write_formula("C6", '="a"', None, '"a"')
        sheet.write_string("D6", "")

    path = of_excel(tmp_path / "t.xlsx", fill)
    assert feuilles.lire(path).regles == (Regle(("2",), ('"a"',)),)
    with zipfile.ZipFile(path) as made:
        parts = {one: made.read(one) for one in made.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    value = b"<f>1+1</f><v>2</v>"
    assert value in parts[sheet]
    for without in (b"<f>1+1</f><v></v>", b"<f>1+1</f><v/>", b"<f>1+1</f>"):
        with zipfile.ZipFile(path, "w") as made:
            for name, one in parts.items():
                made.writestr(name, one.replace(value, without))
        with pytest.raises(spie.UsageError, match="never computed") as caught:
            feuilles.lire(path)
        assert caught.value.diagnostics[0].where == "B6"


def test_a_cell_merged_down_is_that_of_each_rule(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("B6:B8", "< 3")
        for row in (6, 7, 8):
            sheet.write_number(f"C{row}", row)
        sheet.merge_range("B9:B10", "> 5")  # the second line is none: nothing else stands there
        sheet.write_number("C9", 9)

    table = feuilles.lire(of_excel(tmp_path / "t.xlsx", fill))
    assert [one.entrees + one.sorties for one in table.regles] == [
        ("< 3", "6"), ("< 3", "7"), ("< 3", "8"), ("> 5", "9")
    ]  # fmt: skip
    told = {one.place: (one.trouve, one.feel) for one in table.conversions}
    assert told["B7"] == ("fusionnée avec B6", "< 3")
    assert told["B8"] == ("fusionnée avec B6", "< 3")


def test_a_cell_merged_across_columns_is_refused(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("B6:C6", "1")

    with pytest.raises(spie.UsageError, match="merged with B6") as caught:
        feuilles.lire(of_excel(tmp_path / "t.xlsx", fill))
    assert caught.value.diagnostics[0].where == "C6"


def test_cells_merged_over_one_another_are_refused_soon(tmp_path: Path) -> None:
    """Thousands of them over a whole sheet take no time of their own each."""

    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("B6:B7", "< 3")
        sheet.write_number("C6", 1)
        sheet.write_number("C7", 1)

    path = of_excel(tmp_path / "t.xlsx", fill)
    with zipfile.ZipFile(path) as made:
        parts = {one: made.read(one) for one in made.namelist()}
    block = b'<mergeCell ref="B6:B7"/>'
    with zipfile.ZipFile(path, "w") as made:
        for name, one in parts.items():
            made.writestr(name, one.replace(block, b'<mergeCell ref="A1:XFD1048576"/>' * 20_000))
    with pytest.raises(spie.UsageError, match="merged over one another"):
        feuilles.lire(path)


def test_a_midnight_is_an_instant_where_the_column_holds_instants(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        shown = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_datetime("B6", datetime(2024, 1, 1), shown)
        sheet.write_number("C6", 1)

    for kind in ("date and time", "dateTime", "feel:dateTime"):
        table = feuilles.lire(of_excel(tmp_path / "t.xlsx", fill, kind))
        assert table.regles[0].entrees == ('date and time("2024-01-01T00:00:00")',)
    model = dmn.loads(table.vers_dmn())
    assert model.evaluate("t", {"x": datetime(2024, 1, 1)}).value == 1
    dated = feuilles.lire(of_excel(tmp_path / "t.xlsx", fill, "date"))
    assert dated.regles[0].entrees == ('date("2024-01-01")',)


def test_markdown_has_a_line_a_rule_and_escapes() -> None:
    lines = AIDE.vers_markdown().splitlines()
    assert lines[0] == "| UNIQUE | Âge | Zone | **Montant** | **Motif** | *article* |"
    assert lines[2] == '| 1 | `< 18` | - | `0` | `"trop jeune"` | `art. 1` |'
    assert lines[-1] == '| défaut |  |  |  | `"aucun"` |  |'
    piped = TableDecision("t", "ANY", (Entree("x"),), (Sortie(),), (), (Regle(("a | b",), ("1",)),))
    assert r"`a \| b`" in piped.vers_markdown()


def test_a_model_that_is_not_to_be_written_in_is_refused() -> None:
    model = AIDE.vers_dmn()
    with pytest.raises(spie.DmnError):
        TableDecision("autre", "UNIQUE", (), (Sortie(),), (), ()).remplacer(model)
    with pytest.raises(spie.UsageError):
        AIDE.remplacer(b"<!DOCTYPE definitions [<!ENTITY a 'b'>]><definitions/>")
    with pytest.raises(spie.UsageError):
        AIDE.remplacer(model.replace(b"UTF-8", b"ISO-8859-1"))
    with pytest.raises(spie.DmnError):
        AIDE.remplacer(b"<definitions>")
    literal = b'<definitions><decision name="aide"><literalExpression/></decision></definitions>'
    with pytest.raises(spie.UsageError):
        AIDE.remplacer(literal)


def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine", reason="the extra feuilles is not installed")
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(spie.UsageError):
        feuilles.lire(path)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    path.write_bytes(bomb.getvalue())
    with pytest.raises(spie.UsageError):
        feuilles.lire(path)


def test_a_pack_is_read_as_a_page_and_in_markdown() -> None:
    from spie import lecture_pack

    pack = spie.Pack.load("seine-et-marne-2022-2023")
    page, text = lecture_pack.html(pack), lecture_pack.markdown(pack)
    for one in pack.decisions:
        assert f'id="{one.name}"' in page
        assert f"(`{one.name}`)" in text
    for one in pack.parameters:
        assert one.nom in page
        assert one.nom in text
    alone = lecture_pack.html(pack, "date_limite_contrat")
    assert "date_orientation + delai_contrat_professionnel" in alone
    assert "Paramètres" not in alone
    assert page.rstrip().endswith("</html>")
    assert '<html lang="fr">' in page


def test_the_command_line_takes_a_table_out_and_back(tmp_path: Path) -> None:
    from spie.cli.main import app
    from typer.testing import CliRunner

    def run(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(one) for one in arguments])
        assert done.exit_code == 0, done.output
        return done.output

    model, sheet, back = tmp_path / "aide.dmn", tmp_path / "aide.csv", tmp_path / "retour.dmn"
    model.write_bytes(AIDE.vers_dmn())
    assert "2 règles, UNIQUE" in run("dmn", "exporter", model, "aide", "--vers", sheet)
    sheet.write_bytes(sheet.read_bytes().replace(b"< 18", b"< 16"))
    run("dmn", "importer", sheet, "--dans", model, "--vers", back)
    assert back.read_bytes() == model.read_bytes().replace(b"&lt; 18", b"&lt; 16")
    sheet.write_bytes(sheet.read_bytes().replace(b"politique", b"manque"))
    wrong = CliRunner().invoke(app, ["dmn", "importer", str(sheet), "--vers", str(back)])
    assert wrong.exit_code == 3
    assert "Aucune ligne ne commence par" in wrong.output
    wrong = CliRunner().invoke(app, ["dmn", "exporter", str(model), "aide", "--vers", "aide.pdf"])
    assert wrong.exit_code == 2
    page = tmp_path / "pack.html"
    run("pack", "show", "socle-national", "--html", page, "--markdown", tmp_path / "pack.md")
    assert page.stat().st_size > 10_000


def test_an_annotation_stays_under_its_column(tmp_path: Path) -> None:
    table = TableDecision(
        "d",
        "UNIQUE",
        (Entree("age", "âge", "number"),),
        (Sortie("y", "y", "number"),),
        ("article", "note"),
        (
            Regle(("< 18",), ("1",), ("", "b")),
            Regle(("[18..20)",), ("2",), ("b", "b")),
            Regle((">= 20",), ("3",), ("a", "")),
        ),
    )
    model = tmp_path / "d.dmn"
    model.write_bytes(table.vers_dmn())
    assert tables_of(model) == [table]
    assert feuilles.lire_csv(tables_of(model)[0].vers_csv()) == table
