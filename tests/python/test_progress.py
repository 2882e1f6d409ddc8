"""How a long reading tells where it is, is ended by who waits for it, and says what was decided for its caller."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import date
from decimal import Decimal

import pytest
import spie
from conftest import MODEL
from spie import convention, dmn
from spie.tables import files

pa = pytest.importorskip("pyarrow")

ON = date(2022, 6, 1)
ROWS = 200_000


class Enough(Exception):
    pass


@pytest.fixture
def model():
    return dmn.loads(MODEL)


def travel(rows: int = ROWS):
    return pa.table({"nature": pa.array(["train", "voiture", None, "avion"] * (rows // 4))})


# --- Progress


def test_progress_counts_the_rows_of_a_table_in_memory(model):
    told = []
    answer = model.evaluate_table("taux", travel(), progres=told.append)
    assert told == sorted(set(told)) and told[-1] == ROWS and len(told) > 2
    before = list(told)
    assert answer.to_arrow().num_rows == ROWS and told == before  # all was answered at the call


def test_progress_counts_the_rows_of_a_reader_as_they_are_read(model):
    told = []
    reader = travel().to_reader(max_chunksize=50_000)
    answer = model.evaluate_table("taux", reader, progres=told.append)
    assert told == []
    batches = answer.batches()
    first = next(batches)
    assert told[0] == first.num_rows < ROWS
    assert first.num_rows + sum(one.num_rows for one in batches) == ROWS == told[-1]


def test_batches_give_the_rows_of_the_table(model):
    answer = model.evaluate_table("taux", travel())
    read = pa.Table.from_batches(list(answer.batches()))
    assert read.num_rows == ROWS
    assert read.to_pylist() == model.evaluate_table("taux", travel()).to_arrow().to_pylist()


def test_what_progress_raises_ends_the_call(model, pack):
    def enough(rows):
        raise Enough(rows)

    with pytest.raises(Enough):
        model.evaluate_table("taux", travel(), progres=enough)
    people = pa.table({"beneficiaire.rsa": ["oui", None] * 10})
    with pytest.raises(Enough):
        pack.evaluate_table("admission", people, ON, progres=enough)
    for take in ("to_arrow", "to_pandas", "to_polars"):
        answer = model.evaluate_table("taux", travel().to_reader(50_000), progres=enough)
        with pytest.raises(Enough):
            getattr(answer, take)()
    with pytest.raises(Enough):
        list(model.evaluate_table("taux", travel().to_reader(50_000), progres=enough).batches())
    # Another library that reads says it in its own words.
    with pytest.raises((pa.ArrowException, OSError), match="Enough"):
        pa.table(model.evaluate_table("taux", travel().to_reader(50_000), progres=enough))


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".arrow"])
def test_what_ends_the_writing_of_a_file_is_raised_as_it_is_and_leaves_no_file(
    model, tmp_path, suffix
):
    def enough(rows):
        raise Enough(rows)

    out = tmp_path / f"out{suffix}"
    answer = model.evaluate_table("taux", travel().to_reader(50_000), progres=enough)
    with pytest.raises(Enough):
        files.write(answer, out)
    assert list(tmp_path.iterdir()) == []
    told = []
    answer = model.evaluate_table("taux", travel().to_reader(50_000), progres=told.append)
    assert sum(files.write(answer, out).values()) == told[-1] == ROWS


@pytest.fixture
def ctrl_c():
    """What Ctrl-C does, also where the tests were started in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_a_signal_ends_the_call_at_the_next_batch(model):
    """As Ctrl-C does: the row evaluator would take many times longer than the signal to come."""
    seen = []

    def now(rows):
        seen.append(rows)
        if len(seen) == 1:
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        model.evaluate_table("taux", travel(1_000_000), progres=now)
    assert len(seen) <= 2 and seen[-1] < 1_000_000


def test_a_signal_ends_a_call_that_tells_nobody():
    """From another process, so that no signal is left for the tests that follow."""
    script = """
        import os, signal, threading, pyarrow, spie
        signal.signal(signal.SIGINT, signal.default_int_handler)
        model = spie.dmn.loads(open("m.dmn").read())
        table = pyarrow.table({"nature": ["train", "voiture"] * 4_000_000})
        began = threading.Event()
        def interrupt():
            began.wait()
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt).start()
        began.set()
        try:
            while True:
                model.evaluate_table("taux", table, regle=True)
        except KeyboardInterrupt:
            print("ended")
    """
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "m.dmn").write_text(MODEL, "utf-8")
        done = subprocess.run(
            [sys.executable, "-P", "-c", textwrap.dedent(script)],
            cwd=folder, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert done.stdout == "ended\n", done.stderr


def test_a_stream_may_be_released_by_any_thread(model):
    def read():
        reader = travel().to_reader(50_000)
        answers.append(model.evaluate_table("taux", reader, progres=lambda rows: None).to_arrow())

    answers: list = []
    others = [threading.Thread(target=read) for _ in range(4)]
    for one in others:
        one.start()
    for one in others:
        one.join()
    assert [one.num_rows for one in answers] == [ROWS] * 4


# --- What was decided for the caller


def said(caplog):
    return [(one.name, one.levelname, one.getMessage()) for one in caplog.records]


def test_a_decision_that_goes_row_by_row_says_why(model, pack, caplog):
    caplog.set_level(logging.DEBUG, "spie")
    model.evaluate_table("taux", travel(4))
    assert said(caplog) == []  # by columns: nothing was decided
    model.evaluate_table("taux", travel(4), mots=[0])
    ((name, level, text),) = said(caplog)
    assert (name, level) == ("spie.tables", "INFO") and "row by row" in text and "words" in text
    caplog.clear()
    days = pa.table({"jour": pa.array([ON], pa.date32()), "beneficiaire.rsa": ["oui"]})
    pack.evaluate_table("admission", days, "jour")
    ((_, _, text),) = said(caplog)
    assert "each row has a day of its own" in text


def test_rows_answered_one_by_one_are_counted_for_whoever_listens(model, caplog):
    large = pa.table({"montant": pa.array([Decimal(10), Decimal(10) ** 30], pa.decimal128(38, 2)),
                      "nature": ["train", "train"]})  # fmt: skip
    model.evaluate_table("rembourse", large).to_arrow()
    assert said(caplog) == []  # nobody listens
    caplog.set_level(logging.INFO, "spie")
    for table in (large, large.to_reader()):
        caplog.clear()
        answer = model.evaluate_table("rembourse", table).to_arrow()
        assert answer.num_rows == 2
        ((name, level, text),) = said(caplog)
        assert (name, level) == ("spie.tables", "INFO")
        assert text.startswith("1 rows were answered one by one: a ")


def test_what_a_load_let_pass_is_told(caplog):
    caplog.set_level(logging.DEBUG, "spie")
    dmn.loads(MODEL)
    assert said(caplog) == []
    free = MODEL.replace("montant * taux", "montant * taux * inconnue")
    model = dmn.loads(free)
    ((name, level, text),) = said(caplog)
    assert (name, level) == ("spie.dmn", "WARNING") and model.findings[0].code in text
    caplog.clear()
    broken = MODEL.replace("montant * taux", "montant * * taux")
    dmn.loads(broken, lenient=True)
    assert [level for _, level, _ in said(caplog)] == ["WARNING"]
    caplog.clear()
    dmn.loads(MODEL, extensions=["camunda"])
    assert said(caplog) == [("spie.dmn", "DEBUG", "Read with the extensions camunda")]


def test_what_was_guessed_of_a_file_is_told_without_what_it_holds(pack, root, caplog):
    caplog.set_level(logging.DEBUG, "spie")
    donnees = root / "examples" / "donnees"
    text = (donnees / "registre-invente.csv").read_text("utf-8")
    convention.read_registre(text.encode("cp1252"), pack, name="dupont.csv")
    records = said(caplog)
    assert records and all(name == "spie.convention" for name, _, _ in records)
    caplog.clear()
    convention.read_registre(donnees / "registre-fautif.csv", pack)
    refused = said(caplog)
    assert any(level == "WARNING" and "refused" in text for _, level, text in refused)
    held = {cell for line in text.splitlines()[1:] for cell in line.split(";") if len(cell) > 3}
    for _, _, line in records + refused:
        assert "dupont" not in line and not any(cell in line for cell in held)


def test_an_import_tells_what_it_refused_without_what_it_read(root, caplog):
    caplog.set_level(logging.DEBUG, "spie")
    plan = {
        "source": "essai",
        "cle": "id",
        "identite": {"nom": "nom", "prenom": "prenom", "date_naissance": "naissance"},
        "faits": [{"type": "contact", "champs": {"telephones": "mobile"}}],
    }
    rows = (
        "id;nom;prenom;naissance;mobile\n1;EXEMPLE;Aline;1990-05-04;\n;MODELE;Driss;1991-01-02;\n"
    )
    with spie.Store.memory() as store:
        report = store.importer("csv", rows.encode(), auteur="x", plan=plan, date_fichier=ON)
    assert report.refuses_total == 1
    told = said(caplog)
    assert ("spie.imports", "WARNING", "1 records of 2 of csv were refused") in told
    for _, _, text in told:
        assert not any(held in text for held in ("EXEMPLE", "MODELE", "Driss", "199"))


def test_nothing_is_written_where_nobody_listens(tmp_path):
    (tmp_path / "m.dmn").write_text(MODEL.replace("* taux", "* taux * inconnue"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import spie; spie.dmn.load('m.dmn')"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("", "")
    assert spie.__name__ in logging.root.manager.loggerDict
