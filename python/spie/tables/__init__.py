"""Whole tables: a decision asked of each row of what speaks Arrow (pyarrow, Polars, DuckDB, pandas).

Neither pyarrow nor any other of them is needed: a table is handed over, and its answers are taken,
by the Arrow PyCapsule interface (__arrow_c_stream__, __arrow_c_array__). docs/tables.md says what a
column may hold and what an answer does.

>>> import pyarrow
>>> frais = pyarrow.table({"nature": ["train", "voiture", None]})
>>> model.evaluate_table("taux", frais).to_arrow()["taux"].to_pylist()
[Decimal('1.0'), Decimal('0.5'), Decimal('0.0')]
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeGuard

from spie import _core
from spie.errors import Diagnostic, TableError, UsageError
from spie.feel import Date
from spie.given import ArrowArray as ArrowArray
from spie.given import ArrowStream as ArrowStream
from spie.given import Table as Table
from spie.given import day
from spie.handle import Here
from spie.records import Record
from spie.tables import columns
from spie.tables.columns import Rows as Rows
from spie.tables.columns import Tabular as Tabular
from spie.tables.columns import library

LOG = logging.getLogger(__name__)

Progress = Callable[[int], object]
"""Told how many rows are answered so far, batch after batch; what it raises ends the reading, as Ctrl-C does."""


_INSTEAD = {
    "LazyFrame": "give what it collects: collect() of it",
    "DuckDBPyConnection": "give a relation: sql() of it, or its fetch_record_batch()",
    "dict": "give its columns as a table: pyarrow.table() of it",
    "list": "give its rows as a table: pyarrow.Table.from_pylist() of it",
    "ndarray": "give its columns as a table: pandas.DataFrame() of it",
    "recarray": "give its columns as a table: pandas.DataFrame() of it",
}


def _instead_of(given: object) -> str:
    """Of what is a table in another's eyes, what makes it one here."""
    other = "give what has __arrow_c_stream__: a table of pyarrow, Polars, DuckDB or pandas"
    return _INSTEAD.get(type(given).__name__, other)


_TOLD = re.compile(r"(T[0-9]{3}) error(?: at ([^:]*))?: (.*) \((.*?)\)", re.DOTALL)
"""A finding as get_last_error says it."""


def capsules(table: Table) -> object:
    """The stream of a table, or the schema and the array of one batch."""
    for method in ("__arrow_c_stream__", "__arrow_c_array__"):
        give = getattr(table, method, None)
        if give is not None:
            return give()
    kind = type(table).__name__
    remedy = _instead_of(table)
    raise UsageError(
        Diagnostic("A001", "error", f"table is a {kind}, {remedy}.", "table", f"{remedy}.")
    )


def in_arrow(given: object) -> TypeGuard[Table]:
    """Whether it speaks Arrow."""
    return hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__")


def day_text(as_of: date | Date | str) -> str:
    """A day, or the name of the column that gives one to each row."""
    return as_of if isinstance(as_of, str) else str(day(as_of, "as_of"))


def of_records(records: Iterable[Record], kind: type[Record] | None = None) -> Any:
    """A pyarrow.Table of records of one kind, a column for each field: what is a tuple or a list of them elsewhere.

    `kind` is their class, for when there may be none.

    >>> spie.tables.of_records(pack.articles).column_names
    ['id', 'titre', 'resume', 'place', 'sans_regle', 'pack']
    """
    given = list(records)
    kinds = {type(one) for one in given} if kind is None else {kind}
    if len(kinds) != 1:
        remedy = "Give records of one kind, and the kind where there may be none."
        raise UsageError(
            Diagnostic(
                "A001", "error", f"These are records of {len(kinds)} kinds.", "records", remedy
            )
        )
    return columns.records(kinds.pop()._table, given)


def in_memory(table: Table) -> bool:
    """Whether all of its rows are there; a reader gives them as they are read, and once."""
    return hasattr(table, "__len__") or hasattr(table, "__arrow_c_array__")


class Answer(Tabular, Here):
    """The answers of a table, one row for each of its rows.

    Those of a table in memory are computed at once, those of a reader as they are read.

    Anything that takes Arrow takes it: pyarrow.table(answer), polars.DataFrame(answer),
    duckdb.from_arrow(answer)… It may be read again where the table may: each reading asks the
    decision anew.

    >>> import pyarrow
    >>> answer = model.evaluate_table("taux", pyarrow.table({"nature": ["train"]}))
    >>> answer.columns
    ['taux', 'statut']
    >>> [batch.num_rows for batch in answer.batches()]
    [1]
    """

    _instead = "it asks as it is read; pass to_arrow() of it"

    def __init__(self, ask: Callable[[bool], _core.TableAnswer], at_once: bool) -> None:
        self._ask = ask
        self._core = self._asked()
        self._fresh = True
        if at_once:
            self._core.compute()
            self._tell_left()

    def _asked(self) -> _core.TableAnswer:
        core = self._ask(LOG.isEnabledFor(logging.INFO))  # counting costs a little
        if core.by_rows is not None:
            place, why = core.by_rows
            LOG.info("The decision goes row by row over this table: %s (%s)", why, place)
        return core

    def _tell_left(self) -> None:
        """Of how many rows of a decision that goes by columns were answered one by one."""
        for place, why, rows in self._core.take_left():
            LOG.info("%d rows were answered one by one: %s (%s)", rows, why, place)

    @property
    def columns(self) -> list[str]:
        """The names of its columns, known before the first row is read."""
        return self._core.columns

    def __arrow_c_schema__(self) -> object:
        return self._core.schema()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        if not self._fresh:
            self._core = self._asked()
        self._fresh = False
        return self._core.stream()

    @contextmanager
    def _raising(self) -> Iterator[None]:
        """What the caller's progress, or Ctrl-C, raised while another library read; TableError for what is
        wrong with the table, which crosses that library as a text."""
        try:
            yield
        except Exception as error:
            if self._core.raised is not None:
                raise self._core.raised from None
            if told := _TOLD.search(str(error)):
                code, where, message, remedy = told.groups(default="")
                raise TableError(Diagnostic(code, "error", message, where, remedy)) from error
            raise
        self._tell_left()

    def batches(self) -> Iterator[Any]:
        """Its rows as pyarrow.RecordBatch, one after the other: for answer in tqdm(answers.batches()).

        Of a reader, each batch is computed when it is asked for."""
        with self._raising():
            yield from library("pyarrow").RecordBatchReader.from_stream(self)

    def to_arrow(self) -> Any:
        """As a pyarrow.Table."""
        with self._raising():
            return library("pyarrow").table(self)

    def to_pandas(self) -> Any:
        """As a pandas.DataFrame, by pyarrow; texts are categories."""
        return super().to_pandas()

    def to_polars(self) -> Any:
        """As a polars.DataFrame, without pyarrow."""
        with self._raising():
            return library("polars").DataFrame(self)

    def __repr__(self) -> str:
        return f"<spie.tables.Answer: {', '.join(self.columns)}>"
