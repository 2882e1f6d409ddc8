"""What callers hand over: values by name, lines, days. A table of pandas, Polars or Arrow, none of which is needed here, is
told as one: its rows are taken where rows are, its one row where the values of one case are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from spie import _core
from spie.errors import Diagnostic, UsageError, ValueConversionError


class ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


class ArrowArray(Protocol):
    def __arrow_c_array__(
        self, requested_schema: object | None = None
    ) -> tuple[object, object]: ...


Table = ArrowStream | ArrowArray
"""A table, or a column, of pyarrow, Polars, DuckDB or pandas."""

Named = Mapping[str, Any] | Table
"""The values of one case by name: a dict, a row (frame.iloc[0]), or a table of one row."""

TABLES = {"DataFrame", "Series", "LazyFrame", "Table", "RecordBatch", "ChunkedArray"}
AS_ROWS = 'give its lines: frame.to_dict("records")'


def is_table(values: object) -> bool:
    """Whether it is a table or a column of pandas, Polars or Arrow, which none of them is here."""
    return type(values).__name__ in TABLES


def _refuse(values: object, argument: str, remedy: str) -> UsageError:
    kind = type(values).__name__
    return UsageError(
        Diagnostic("A001", "error", f"{argument} is a {kind}, {remedy}.", argument, f"{remedy}.")
    )


def _listed(table: Any) -> list[Any] | None:
    """The rows of a table, or the values of a column, as its own library gives them; None where it does not."""
    kind = type(table).__name__
    if kind == "DataFrame" and not hasattr(table, "to_dicts"):
        give = getattr(table, "to_dict", None)
        return None if give is None else list(give("records"))
    for method in ("to_dicts", "to_pylist", "to_list", "tolist"):
        give = getattr(table, method, None)
        if give is not None and kind != "LazyFrame":
            return list(give())
    return None


def named(values: Any, argument: str) -> dict[Any, Any]:
    """The values of one case by name: a mapping, a row (pandas' Series) or a table of one row; None is none."""
    if values is None:
        return {}
    if is_table(values):
        return _row(values, argument)
    try:
        return dict(values)
    except (TypeError, ValueError) as error:
        raise _refuse(values, argument, "give a dict of values by name") from error


def _row(table: Any, argument: str) -> dict[Any, Any]:
    remedy = "give one row as a dict: row.to_dict()"
    if type(table).__name__ == "Series":
        give = getattr(
            table, "to_dict", None
        )  # a column of Polars has none: its values have no names
        found = None if give is None else give()
    else:
        rows = _listed(table)
        if rows is not None and len(rows) != 1:
            remedy = f"of {len(rows)} rows: {remedy}, or ask evaluate_table"
        found = rows[0] if rows is not None and len(rows) == 1 else None
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise _refuse(table, argument, remedy)
    return found


def nested(values: Any, argument: str) -> dict[Any, Any]:
    """As named(), where the columns of a row may bear paths: beneficiaire.rsa is a member of beneficiaire."""
    found = named(values, argument)
    if not is_table(values):
        return found
    facts: dict[Any, Any] = {}
    for path, value in found.items():
        into = facts
        *parts, last = path.split(".")
        for part in parts:
            into = into.setdefault(part, {})
            if not isinstance(into, dict):
                raise _refuse(values, argument, f"and two of its columns give {part!r}: keep one")
        into[last] = value
    return facts


def lines(rows: Iterable[Mapping[str, Any]] | Table, argument: str) -> list[dict[str, Any]]:
    """The lines of a ledger held in memory, each a dict: a list, or a table."""
    given: Any = rows
    if is_table(rows):
        given = _listed(rows)
        if given is None or not all(isinstance(row, dict) for row in given):
            raise _refuse(rows, argument, AS_ROWS)
    try:
        return [named(row, argument) for row in given]
    except TypeError as error:
        raise _refuse(rows, argument, "give a list of dicts") from error


def day(value: Any, argument: str) -> dt.date | _core.Date:
    """A day: a date, a midnight without a zone (pandas' Timestamp), NumPy's datetime64, a scalar of Arrow."""
    if type(value) is dt.date:
        return value
    remedy = "."
    if not isinstance(value, str):
        try:
            read = _core.round_trip(value)
        except ValueConversionError:
            read = None
        if isinstance(read, dt.datetime):
            if read.tzinfo is None and read.time() == dt.time():
                return read.date()
            remedy = ": give its date alone, .date()."
        elif isinstance(read, dt.date | _core.Date):
            return read
    raise UsageError(
        Diagnostic(
            "A001",
            "error",
            f"A date is expected, not {type(value).__name__}{remedy}",
            argument,
            "Give a datetime.date.",
        )
    )


def optional_day(value: Any, argument: str) -> dt.date | _core.Date | None:
    """The same, or None for what is missing: None, NaN, NaT, NA."""
    if value is None or (not isinstance(value, dt.date | str) and _core.round_trip(value) is None):
        return None
    if isinstance(value, dt.datetime) and _core.round_trip(value) is None:  # pandas' NaT is one
        return None
    return day(value, argument)


def text(value: Any) -> Any:
    """A text as it stands in a column: a scalar of Arrow is what it holds."""
    give = getattr(value, "as_py", None)
    return value if give is None else give()


def unreadable(content: object, argument: str) -> UsageError:
    """For what is neither a path nor bytes."""
    remedy = "give the path of a file, or its bytes"
    if is_table(content):
        remedy += ', or the lines themselves: frame.to_dict("records")'
    return _refuse(content, argument, remedy)


def column_names(given: Sequence[str], argument: str) -> list[str]:
    """Of columns. A text is refused: it would be taken for the list of its letters."""
    if isinstance(given, str):
        remedy = f"give a list: [{given!r}]"
        raise UsageError(
            Diagnostic("A001", "error", f"{argument} is a text, {remedy}.", argument, f"{remedy}.")
        )
    return list(given)
