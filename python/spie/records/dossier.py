"""The records of spie.dossier. Written by scripts/write_records.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class Tete(Record):
    """The last event and its link of the chain: write it down elsewhere."""

    _table: ClassVar[str] = "dossier.Tete"
    seq: int
    maillon: str
    """64 hexadecimal digits."""
