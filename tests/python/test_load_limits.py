"""The limits of a load, from Python: each is hit, and the error says which, where, and what to do."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime

import pytest
import spie
from spie import convention, feuilles

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="M" namespace="urn:m">
  <decision id="d" name="d"><variable name="d"/><literalExpression><text>1 + 2</text></literalExpression></decision>
  <decision id="e" name="e"><variable name="e"/><literalExpression><text>3 + 4</text></literalExpression></decision>
</definitions>"""
SHEET = (
    'decision;taux\npolitique;UNIQUE\ncolonne;entrée;sortie\nnom;nature;taux\n1;"train";1\n2;"avion";0\n'
).encode()
PAYMENTS = b"date;montant;libelle\n2022-01-01;1;a\n2022-01-02;2;b\n2022-01-03;3;c\n"


@pytest.mark.parametrize(
    ("limit", "value", "named"),
    [("depth", 3, "depth"), ("steps", 4, "steps"), ("list_size", 1, "list_size"), ("memory", 100, "bytes")],
)  # fmt: skip
def test_each_limit_refuses_a_model(limit, value, named):
    with pytest.raises(spie.DmnError) as refused:
        spie.dmn.loads(MODEL, limits=spie.Limits(**{limit: value}))
    assert refused.value.code == "D001"
    assert f"`{named}`" in refused.value.diagnostics[0].remedy
    assert refused.value.where.startswith("model.dmn")


def test_time_is_a_limit_of_a_load():
    one = '<decision id="d{0}" name="d{0}"><variable name="d{0}"/><literalExpression><text>1 + x</text></literalExpression></decision>'
    big = MODEL.replace("</definitions>", "".join(map(one.format, range(5_000))) + "</definitions>")
    with pytest.raises(spie.DmnError, match="1 ms"):
        spie.dmn.loads(big, limits=spie.Limits(milliseconds=1))
    assert spie.dmn.loads(MODEL, limits=spie.Limits(milliseconds=86_400_000)).decisions


def test_a_model_pickles_with_its_limits():
    limits = spie.Limits(list_size=2)
    again = pickle.loads(pickle.dumps(spie.dmn.loads(MODEL, limits=limits)))
    assert again._source.limits == limits


def test_a_depth_is_lowered_never_raised():
    with pytest.raises(spie.UsageError, match="200 at most"):
        spie.dmn.loads(MODEL, limits=spie.Limits(depth=201))
    with pytest.raises(spie.UsageError, match="from 1"):
        spie.dmn.loads(MODEL, limits=spie.Limits(depth=0))


def test_the_limits_of_a_pack_hold_for_what_it_extends(root):
    folder = root / "packs" / "seine-et-marne-2022-2023"
    whole = spie.Pack.load(folder, limits=spie.Limits(milliseconds=86_400_000))
    assert whole.sha256 == spie.Pack.load(folder).sha256
    with pytest.raises(spie.PackError) as refused:
        spie.Pack.load(folder, limits=spie.Limits(steps=1_000))
    assert "`steps`" in refused.value.diagnostics[0].remedy
    with pytest.raises(spie.PackError, match="more than 100 bytes"):
        spie.Pack.load(folder, limits=spie.Limits(memory=100))
    with pytest.raises(spie.PackError, match="more than 1 files"):
        spie.Pack.from_files({"pack.json": "{}", "a.dmn": ""}, limits=spie.Limits(list_size=1))


def test_a_ledger_is_read_within_limits():
    assert len(convention.read_versements(PAYMENTS, limits=spie.Limits(list_size=3))) == 3
    for limits in (spie.Limits(list_size=2), spie.Limits(memory=50), spie.Limits(steps=7)):
        with pytest.raises(spie.LedgerError) as refused:
            convention.read_versements(PAYMENTS, limits=limits)
        assert (
            refused.value.code == "C006"
            and "relever la limite" in refused.value.diagnostics[0].remedy
        )


def test_the_schema_of_a_table_is_read_within_limits():
    pyarrow = pytest.importorskip("pyarrow")
    model = spie.dmn.loads(MODEL)
    table = pyarrow.table({"a": [1], "b": [2]})
    assert model.evaluate_table(
        "d", table, garder=["a", "b"], schema=spie.Limits(list_size=2)
    ).to_arrow()
    with pytest.raises(spie.TableError, match="more than 1 columns"):
        model.evaluate_table(
            "d", table, garder=["a", "b"], schema=spie.Limits(list_size=1)
        ).to_arrow()
    deep = pyarrow.table({"a": [[[[1]]]]})
    with pytest.raises(spie.TableError, match="more than 2 levels"):
        model.evaluate_table("d", deep, garder=["a"], schema=spie.Limits(depth=2)).to_arrow()


def test_a_sheet_is_read_within_limits(tmp_path):
    table = feuilles.lire_csv(SHEET)
    assert (
        feuilles.lire_csv(SHEET, limits=spie.Limits(list_size=6, milliseconds=86_400_000)) == table
    )
    for limits, said in (
        (spie.Limits(list_size=5), "5 lines"),
        (spie.Limits(memory=20), "20 bytes"),
        (spie.Limits(steps=3), "3 cells"),
    ):
        with pytest.raises(spie.UsageError, match=said):
            feuilles.lire_csv(SHEET, limits=limits)
    path = tmp_path / "taux.csv"
    path.write_bytes(SHEET)
    assert feuilles.lire(path) == table
    with pytest.raises(spie.UsageError, match="raise the limit memory"):
        feuilles.lire(path, limits=spie.Limits(memory=20))


@pytest.mark.parametrize(
    ("text", "limit", "value", "named"),
    [
        ("(((1)))", "depth", 2, "depth"),
        ("1 + 2 + 3 + 4", "steps", 3, "steps"),
        ("1 + 2", "memory", 4, "bytes"),
    ],
)
def test_a_text_is_compiled_within_limits(text, limit, value, named):
    limits = spie.Limits(**{limit: value})
    whole = spie.feel.run(text)
    assert not whole.errors
    for refused in (
        lambda: spie.feel.compile(text, limits=limits),
        lambda: spie.feel.evaluate(text, text_limits=limits),
        lambda: spie.feel.test(text, 1, text_limits=limits),
    ):
        with pytest.raises(spie.FeelError) as said:
            refused()
        assert said.value.code == "F008"
        assert f"`{named}`" in said.value.diagnostics[0].remedy
    (error,) = spie.feel.run(text, text_limits=limits).errors
    assert error.code == "F008"
    with pytest.raises(spie.UsageError, match="200 at most"):
        spie.feel.compile(text, limits=spie.Limits(depth=201))


def test_an_expression_pickles_with_its_limits():
    long = '"' + "a" * 70_000 + '"'
    with pytest.raises(spie.FeelError, match="65536"):
        spie.feel.compile(long)
    compiled = spie.feel.compile(long, limits=spie.Limits(memory=80_000))
    assert pickle.loads(pickle.dumps(compiled)).evaluate() == "a" * 70_000


PEOPLE = b"Id;Nom;Pr\xc3\xa9nom;N\xc3\xa9\n1;Exemple;A;1990-05-04\n2;Exemple;B;1991-05-04\n"
PLAN = {
    "source": "essai", "cle": "Id", "faits": [],
    "identite": {"nom": "Nom", "prenom": "Prénom", "date_naissance": "Né"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("limits", "named"),
    [
        (spie.Limits(list_size=1), "list_size"),
        (spie.Limits(memory=20), "bytes"),
        (spie.Limits(steps=2), "steps"),
    ],
)
def test_a_file_is_imported_within_limits(limits, named):
    def read(limits):
        with spie.Store.memory() as store:
            return store.importer(
                "csv", PEOPLE, auteur="essai", at=datetime(2022, 6, 2, tzinfo=UTC),
                date_fichier=date(2022, 6, 1), plan=PLAN, limits=limits,
            )  # fmt: skip

    assert read(None).clos and read(spie.Limits(list_size=2, memory=1_000)).lus == 2
    report = read(limits)
    assert not report.clos
    (fault,) = report.refuses
    assert fault.code == "I004" and f"« {named} »" in fault.remede
    with pytest.raises(spie.UsageError, match="64 at most"):
        read(spie.Limits(depth=65))


def test_a_release_of_the_rome_is_read_within_limits(root):
    folder = root / "examples" / "donnees" / "rome"
    whole = spie.rome.Rome.load(folder, "v998", limits=spie.Limits(list_size=10_000))
    files = {one.name: one.read_bytes() for one in folder.glob("*_v998_*.csv")}
    for limits in (
        spie.Limits(list_size=len(whole) - 1),
        spie.Limits(memory=50),
        spie.Limits(steps=10),
    ):
        for read in (
            lambda limits: spie.rome.Rome.load(folder, "v998", limits=limits),
            lambda limits: spie.rome.Rome.from_files("v998", files, limits=limits),
        ):
            with pytest.raises(spie.ImportRefused) as refused:
                read(limits)
            assert refused.value.code == "I004"
            assert "raise the limit" in refused.value.diagnostics[0].remedy
