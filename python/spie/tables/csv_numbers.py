"""Columns of a CSV that look like numbers: those that reading them so would change are texts, or refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spie.errors import Diagnostic, TableError
from spie.tables.columns import library

EXACT = 15
"""Digits that a float of 64 bits gives back, whatever they are."""
_ZEROS = r"^\s*[+-]?0[0-9]"
_BESIDE_DIGITS = r"[eE].*$|[^0-9]"


def doubtful(schema: Any, numbers: Sequence[str]) -> dict[int, Any]:
    """The columns that were taken for floats, and for integers where no fact says that they are: the
    type of each, by its place. They are to be read as texts, which `as_numbers` then judges."""
    kinds = library("pyarrow").types
    return {
        at: field.type
        for at, field in enumerate(schema)
        if kinds.is_floating(field.type)
        or (kinds.is_integer(field.type) and field.name not in numbers)
    }


def as_numbers(
    schema: Any, batches: Iterator[Any], doubted: Mapping[int, Any]
) -> tuple[Any, Iterator[Any]]:
    """The schema and the batches with their numbers. An integer that begins with a nought is a code:
    its column stays a text where the first batch has one. TableError (T007), when a batch is asked
    for, where a later one has, or where a number has more digits than a float holds."""
    arrow, compute = library("pyarrow"), library("pyarrow.compute")
    first = next(batches, None)
    kept = dict(doubted)
    if first is not None:
        for at, kind in doubted.items():
            if arrow.types.is_integer(kind) and _any(_match(first.column(at), _ZEROS)):
                del kept[at]
    read = arrow.schema(
        [field.with_type(kept.get(at, field.type)) for at, field in enumerate(schema)]
    )

    def number(name: str, column: Any, kind: Any) -> Any:
        if arrow.types.is_integer(kind):
            if _any(_match(column, _ZEROS)):
                raise _refused(
                    name,
                    "a code that begins with 0",
                    "un code qui commence par 0",
                    "Give its input the type string, or the table as Parquet.",
                    "Donner à son entrée le type string, ou la table en Parquet.",
                )
        else:
            digits = compute.replace_substring_regex(column, _BESIDE_DIGITS, "")
            digits = compute.utf8_trim(digits, "0")
            if _any(compute.greater(compute.utf8_length(digits), EXACT)):
                raise _refused(
                    name,
                    f"a number of more than {EXACT} digits",
                    f"un nombre de plus de {EXACT} chiffres",
                    "Give the table as Parquet, with decimals.",
                    "Donner la table en Parquet, avec des décimaux.",
                )
        return compute.utf8_trim_whitespace(column).cast(kind)

    def made() -> Iterator[Any]:
        for batch in (first, *batches) if first is not None else ():
            columns = [
                number(read.names[at], column, kept[at]) if at in kept else column
                for at, column in enumerate(batch.columns)
            ]
            yield arrow.record_batch(columns, schema=read)

    return read, made()


def _match(column: Any, pattern: str) -> Any:
    return library("pyarrow.compute").match_substring_regex(column, pattern)


def _any(column: Any) -> bool:
    return bool(library("pyarrow.compute").any(column).as_py())


def _refused(name: str, what: str, quoi: str, remedy: str, remede: str) -> TableError:
    return TableError(
        Diagnostic(
            "T007",
            "error",
            f"the column holds {what}, which reading it as a number would change.",
            name,
            remedy,
            f"la colonne tient {quoi}, que la lire comme un nombre changerait",
            remede,
        )
    )
