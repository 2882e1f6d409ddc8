"""Results as tables of Arrow (the extra `tables`): records by the engine, as in C and C++, the rest by pyarrow. Amounts are
decimal128, dates date32, and what JSON says of them stays what it is. pandas and Polars follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any

from spie import _core
from spie.errors import Diagnostic, TableError
from spie.handle import Here

DIGITS = 38
CENTS = 2
SCALE = 6  # the decimals of a number that is no amount, where no other number of them is asked for


def library(name: str) -> Any:
    """A library that is installed where it is wanted alone."""
    try:
        return import_module(name)
    except ImportError as error:
        # An empty module of sys.modules, or a part of pyarrow that is not there.
        package = name.partition(".")[0]
        remedy = (
            "pip install 'spie-insertion[tables]'"
            if package == "pyarrow"
            else f"pip install {package}"
        )
        raise TableError(
            Diagnostic(
                "T007",
                "error",
                f"{package}, which makes, reads and writes tables, is not installed.",
                "table",
                remedy,
                f"{package}, qui fait, lit et écrit les tables, n'est pas installé",
                remedy,
            )
        ) from error


class Tabular:
    """What is a table too: for pyarrow, pandas, Polars, and whatever else takes an Arrow stream."""

    __slots__ = ()

    def to_arrow(self) -> Any:
        """As a pyarrow.Table."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """As a pandas.DataFrame, by pyarrow: amounts are Decimal, days datetime.date."""
        library("pandas")
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """As a polars.DataFrame."""
        return library("polars").DataFrame(self.to_arrow())

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)


class Rows(Tabular, Here):
    """Rows that are made as they are read, a batch at a time."""

    _instead = "its rows are made as they are read; pass to_arrow() of it"

    def __init__(self, schema: Any, batches: Callable[[], Iterator[Any]]) -> None:
        self._schema = schema
        self._batches = batches

    @property
    def schema(self) -> Any:
        """The pyarrow.Schema of its columns, known before the first row is made."""
        return self._schema

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return list(self._schema.names)

    def batches(self) -> Any:
        """As a pyarrow.RecordBatchReader: an iterable of batches."""
        return library("pyarrow").RecordBatchReader.from_batches(self._schema, self._batches())

    def to_arrow(self) -> Any:
        """As a pyarrow.Table."""
        return self.batches().read_all()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.batches().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<spie.tables.Rows: {', '.join(self.columns)}>"


def once(items: Iterable[Any]) -> Callable[[], Iterator[Any]]:
    """How to go through them: anew each time, but for what can be gone through once alone."""
    if iter(items) is not items:
        return lambda: iter(items)
    left = [items]

    def take() -> Iterator[Any]:
        if not left:
            raise TableError(
                Diagnostic(
                    "T007",
                    "error",
                    "The rows were read already, and what gave them gives them once.",
                    "table",
                    "Keep the table that was read, or give a list.",
                    "Les lignes ont déjà été lues, et ne se lisent qu'une fois",
                    "Garder la table lue, ou donner une liste.",
                )
            )
        return iter(left.pop())

    return take


def column(name: str, values: Sequence[Any], kind: Any) -> Any:
    """An array of values of a kind; what does not fit is an error, never rounded nor cut."""
    arrow = library("pyarrow")
    try:
        return arrow.array(values, kind)
    except (arrow.ArrowException, OverflowError, TypeError, ValueError) as error:
        raise TableError(
            Diagnostic(
                "T005",
                "error",
                f"The column '{name}' cannot hold a value as {kind}.",
                name,
                "Ask for more decimals, or for the column as a text.",
                "Une valeur ne tient pas dans sa colonne",
                "Demander plus de décimales, ou la colonne comme texte.",
                name,
            )
        ) from error


def decimals(scale: int) -> Any:
    return library("pyarrow").decimal128(DIGITS, scale)


def instants() -> Any:
    """Of record: to the millisecond, in UTC."""
    return library("pyarrow").timestamp("ms", "UTC")


def json_text(value: Any) -> str | None:
    """A value of no known type: its JSON, with the tags of docs/c-abi.md."""
    return None if value is None else _core.write_json(value)


# --- Records


class Stream:
    """A stream of Arrow that is there, for whatever takes one."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._capsule


def records(
    table: str,
    given: Iterable[Any],
    *,
    before: Mapping[str, Sequence[str]] | None = None,
    said: Mapping[str, object] | None = None,
) -> Any:
    """The pyarrow.Table of records of one kind ("convention.LigneEtat"), a column for each field.

    `before` are columns of texts that go first; `said`, what holds of the whole, goes in the metadata of the schema.
    """
    arrow = library("pyarrow")
    first = [(name, list(texts)) for name, texts in (before or {}).items()]
    whole = [(name, str(value)) for name, value in (said or {}).items()]
    return arrow.table(Stream(_core.records_table(table, list(given), first, whole)))


# --- Values of facts, whatever their type


def values(given: Sequence[Any], scale: int) -> dict[str, tuple[list[Any], Any]]:
    """Facts of any type as columns: `valeur`, the JSON of each, then each in the column of its kind."""
    arrow = library("pyarrow")
    return {
        "valeur": ([json_text(one) for one in given], arrow.string()),
        "texte": ([one if isinstance(one, str) else None for one in given], arrow.string()),
        "nombre": ([one if isinstance(one, Decimal) else None for one in given], decimals(scale)),
        "jour": ([one if _is_day(one) else None for one in given], arrow.date32()),
        "booleen": ([one if isinstance(one, bool) else None for one in given], arrow.bool_()),
    }


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)
