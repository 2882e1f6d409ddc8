"""Results as tables of Arrow, made by pyarrow (the extra `tables`): amounts are decimal128, dates date32, and what JSON
says of them stays what it is. pandas and Polars follow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
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


@cache
def _tables() -> dict[str, dict[str, Any]]:
    """The tables of the records, by module and name: what their classes are generated from."""
    return {f"{one['module']}.{one['nom']}": one for one in _core.records()}


def _held(field: Mapping[str, Any], table: str) -> str:
    """The table of the records that a field of another holds: of its own module first."""
    name = field["fiche"]
    own = f"{table.partition('.')[0]}.{name}"
    return own if own in _tables() else next(one for one in _tables() if one.endswith(f".{name}"))


def _kind_of(field: Mapping[str, Any], table: str) -> Any:
    arrow = library("pyarrow")
    text = arrow.string()
    kinds: dict[str, Callable[[], Any]] = {
        "text": arrow.string,
        "boolean": arrow.bool_,
        "whole": arrow.int64,
        "number": lambda: decimals(SCALE),
        "euros": lambda: decimals(CENTS),
        "date": arrow.date32,
        "value": arrow.string,  # its JSON
        "finding": lambda: arrow.struct(
            [(name, text) for name in ("code", "level", "message", "where")]
        ),
        "counts": lambda: arrow.map_(text, arrow.int64()),
        "amounts": lambda: arrow.map_(text, decimals(CENTS)),
        "words": lambda: arrow.map_(text, text),
        "record": lambda: arrow.struct(_fields(_held(field, table))),
    }
    kind = kinds[field["genre"]]()
    return arrow.list_(kind) if field["liste"] else kind


def _fields(table: str) -> list[tuple[str, Any]]:
    return [(one["attribut"], _kind_of(one, table)) for one in _tables()[table]["champs"]]


def _plain(value: Any, field: Mapping[str, Any]) -> Any:
    """A member of a record as pyarrow takes it."""
    if value is None:
        return None
    if field["liste"]:
        return [_plain(one, {**field, "liste": False}) for one in value]
    match field["genre"]:
        case "value":
            return json_text(value)
        case "finding":
            return {name: getattr(value, name) for name in ("code", "level", "message", "where")}
        case "counts" | "amounts" | "words":
            return list(value.items())
        case "record":
            fields = _tables()[value._table]["champs"]
            return {one["attribut"]: _plain(getattr(value, one["attribut"]), one) for one in fields}
        case _:
            return value


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
    rows = list(given)
    first = before or {}
    arrays = [column(name, list(values), arrow.string()) for name, values in first.items()]
    names = list(first)
    for field in _tables()[table]["champs"]:
        name = field["attribut"]
        values = [_plain(getattr(row, name), field) for row in rows]
        arrays.append(column(name, values, _kind_of(field, table)))
        names.append(name)
    made = arrow.table(arrays, names=names)
    if said:
        made = made.replace_schema_metadata({name: str(value) for name, value in said.items()})
    return made


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
