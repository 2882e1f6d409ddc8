"""What callers hand over: values by name, lines. A table is told as one, before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from spie.errors import Diagnostic, UsageError

TABLES = {"DataFrame", "Series", "LazyFrame", "Table", "RecordBatch", "ChunkedArray"}


def is_table(values: object) -> bool:
    """Whether it is a table or a column of pandas, Polars or Arrow, which none of them is here."""
    return type(values).__name__ in TABLES


def _refuse(values: object, argument: str, remedy: str) -> UsageError:
    kind = type(values).__name__
    return UsageError(
        Diagnostic("A001", "error", f"{argument} is a {kind}, {remedy}.", argument, f"{remedy}.")
    )


def named(values: Mapping[Any, Any] | None, argument: str) -> dict[Any, Any]:
    """The values of one case by name; None is none."""
    if values is None:
        return {}
    if is_table(values):
        raise _refuse(values, argument, "give one row as a dict: row.to_dict()")
    try:
        return dict(values)
    except (TypeError, ValueError) as error:
        raise _refuse(values, argument, "give a dict of values by name") from error


def lines(rows: Iterable[Mapping[str, Any]], argument: str) -> list[dict[str, Any]]:
    """The lines of a ledger held in memory, each a dict."""
    if is_table(rows):
        raise _refuse(rows, argument, 'give its lines: frame.to_dict("records")')
    try:
        return [named(row, argument) for row in rows]
    except TypeError as error:
        raise _refuse(rows, argument, "give a list of dicts") from error


def unreadable(content: object, argument: str) -> UsageError:
    """For what is neither a path nor bytes."""
    remedy = "give the path of a file, or its bytes"
    if is_table(content):
        remedy += ', or the lines themselves: frame.to_dict("records")'
    return _refuse(content, argument, remedy)
