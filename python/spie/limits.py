"""What one evaluation may take, of a table each of its rows, and what one load may take."""

from __future__ import annotations

from dataclasses import asdict, astuple, dataclass

from spie.errors import Diagnostic, UsageError


@dataclass(frozen=True)
class Limits:
    """What one evaluation may take; beyond one of these its value is None, with the error F008.

    Or what one load may take: beyond one of these it raises, and says which limit, where and what to do.
    None is the limit of docs/feel.md, of a load that of docs/c-abi.md; a load takes no greater depth."""

    depth: int | None = None
    """Calls of functions, decisions and expressions within one another; of a load, levels of a document."""
    steps: int | None = None
    """Nodes evaluated; of a load, elements, cells and nodes. Bounds the time, the same everywhere."""
    list_size: int | None = None
    """Items of one list; of a load, elements of a model, files of a folder of a pack, lines, columns."""
    memory: int | None = None
    """Bytes of the texts, lists and contexts that the evaluation makes; of a load, of one file."""
    milliseconds: int | None = None
    """By the clock, looked at every thousand steps; None: no limit."""


def numbers(limits: Limits | None) -> tuple[int, int, int, int, int] | None:
    """As the native module takes them, 0 for the usual one. UsageError for one below 1."""
    if limits is None:
        return None
    for name, one in asdict(limits).items():
        if one is not None and not 0 < one < 2**31:
            raise UsageError(
                Diagnostic(
                    "A001",
                    "error",
                    f"The limit {name} is a number from 1 to 2,147,483,647, not {one!r}.",
                    f"limits.{name}",
                    "Give a number of that range.",
                    f"La limite {name} n’est pas de celles qui se donnent.",
                    "Donner un nombre entre 1 et 2 147 483 647.",
                )
            )
    depth, steps, list_size, size, milliseconds = (one or 0 for one in astuple(limits))
    return depth, steps, list_size, size, milliseconds
