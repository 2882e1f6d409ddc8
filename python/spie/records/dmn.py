"""The records of spie.dmn. Written by scripts/write_records.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class Element(Record):
    """An input, a decision, a business knowledge model or a decision service."""

    _table: ClassVar[str] = "dmn.Element"
    name: str
    label: str
    """Its label, else its name."""
    description: str
    question: str
    id: str
    file: str
    namespace: str
    type: str
    allowed: tuple[Any, ...] | None
    """The values that its type allows, where it lists them."""
    sources: tuple[str, ...]
    """Its knowledge sources."""
    has_table: bool
    """A table stands somewhere in its logic."""


@dataclass(frozen=True, slots=True, repr=False)
class Fact(Record):
    """A fact that a decision may read."""

    _table: ClassVar[str] = "dmn.Fact"
    path: str
    """"freins[].code" is a member of each item of a list."""
    label: str
    description: str
    type: str
    allowed: tuple[Any, ...] | None
    """The values that its type allows, where it lists them."""
