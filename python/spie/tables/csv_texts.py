"""Columns of a CSV that hold texts where numbers or booleans are asked for: the first of them, and its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from spie.errors import Diagnostic, TableError
from spie.tables.columns import library

_READ = {
    "number": r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$|^\s*(nan|NaN)\s*$",
    "boolean": r"^(true|false|True|False|TRUE|FALSE|0|1)$",
}
_SAID = {
    "number": ("is no number", "n'est pas un nombre"),
    "boolean": ("is neither true nor false", "n'est ni true ni false"),
}
_COMMA = re.compile(r"\s*[+-]?[0-9]+,[0-9]+\s*")


def refuse_texts(
    path: Path,
    schema: Any,
    typed: Mapping[str, str],
    reader: Callable[[Sequence[str]], Any],
) -> None:
    """TableError (T002) where a column of `typed` was taken for text. `reader` reads the file anew, the
    columns of these names as texts. A later batch that holds one is refused by pyarrow, as it is read."""
    arrow = library("pyarrow")
    for field in schema:
        kind = typed.get(field.name)
        if kind is None or not arrow.types.is_string(field.type):
            continue
        column = next(iter(reader([field.name]))).column(field.name)
        compute = library("pyarrow.compute")
        read = compute.match_substring_regex(column, _READ[kind])
        at = compute.index(read, False).as_py()
        if at >= 0:
            raise _refused(path, field.name, kind, at + 2, column[at].as_py())


def _refused(path: Path, name: str, kind: str, line: int, text: str) -> TableError:
    said, dit = _SAID[kind]
    text = text if len(text) <= 40 else f"{text[:40]}…"
    remedy, remede = "Correct the value.", "Corriger la valeur."
    if kind == "number" and _COMMA.fullmatch(text):
        written = text.strip().replace(",", ".")
        remedy, remede = f"Write {written}.", f"Écrire {written}, avec un point."
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
