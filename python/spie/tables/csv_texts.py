"""Columns of a CSV that hold texts where numbers, booleans or days are asked for: the first of them, and its line."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from spie.errors import Diagnostic, TableError
from spie.tables.columns import library

_READ = {
    "number": r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$|^\s*(nan|NaN)\s*$",
    "boolean": r"^(true|false|True|False|TRUE|FALSE|0|1)$",
    "date": r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}",
}
_SAID = {
    "number": ("is no number", "n'est pas un nombre"),
    "boolean": ("is neither true nor false", "n'est ni true ni false"),
    "date": ("is no date of ISO 8601", "n'est pas une date"),
}
_COMMA = re.compile(r"\s*[+-]?[0-9]+,[0-9]+\s*")
_DAY_FIRST = re.compile(r"\s*([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\s*")


def refuse_texts(
    path: Path,
    separator: str,
    schema: Any,
    typed: Mapping[str, str],
    reader: Callable[[Sequence[str]], Any],
) -> None:
    """TableError (T002) where a column of `typed` was taken for text. `reader` reads the file anew, the
    columns of these names as texts. A later batch that holds one is refused by pyarrow, as it is read.
    A day that is none is an error of its row, where other rows have one."""
    arrow = library("pyarrow")
    for field in schema:
        kind = typed.get(field.name)
        if kind is None or not arrow.types.is_string(field.type):
            continue
        column = next(iter(reader([field.name]))).column(field.name)
        compute = library("pyarrow.compute")
        read = compute.match_substring_regex(column, _READ[kind])
        at = compute.index(read, False).as_py()
        if at >= 0 and not (kind == "date" and compute.any(read).as_py()):
            raise _refused(path, field.name, kind, _line(path, separator, at), column[at].as_py())


def _line(path: Path, separator: str, row: int) -> int:
    """Where a row of data ends: empty lines are no rows, and a cell may hold several lines."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=separator)
        rows = (cells for cells in reader if cells)
        next(islice(rows, row + 1, None), None)  # the header is the first
        return reader.line_num


def _refused(path: Path, name: str, kind: str, line: int, text: str) -> TableError:
    said, dit = _SAID[kind]
    text = text if len(text) <= 40 else f"{text[:40]}…"
    remedy, remede = "Correct the value.", "Corriger la valeur."
    if kind == "number" and _COMMA.fullmatch(text):
        written = text.strip().replace(",", ".")
        remedy, remede = f"Write {written}.", f"Écrire {written}, avec un point."
    if kind == "date" and (given := _DAY_FIRST.fullmatch(text)):
        day = f"{given[3]}-{given[2]:0>2}-{given[1]:0>2}"
        remedy, remede = f"Write {day}.", f"Écrire {day}."
    return TableError(
        Diagnostic(
            "T002",
            "error",
            f"the column {name!r} holds {text!r}, which {said}.",
            f"{path}:{line}",
            remedy,
            f"La colonne « {name} » porte « {text} », qui {dit}",
            remede,
        )
    )
