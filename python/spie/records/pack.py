"""The records of spie.pack. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class Article(Record):
    """A passage of law or convention, in our own words."""

    _table: ClassVar[str] = "pack.Article"
    id: str
    titre: str
    resume: str
    place: str
    """In the source."""
    sans_regle: str
    """Why no rule stands on it; empty otherwise."""
    pack: str
    """The id of the pack that gives it."""


@dataclass(frozen=True, slots=True, repr=False)
class ParameterUse(Record):
    """A parameter that an evaluation read."""

    _table: ClassVar[str] = "pack.ParameterUse"
    nom: str
    valeur: Any
    depuis: dt.date | None
    """None: the value was given, or is not known."""
    article: str
    given: bool
    """By the caller, for this evaluation alone."""
    seconde_main: bool
    """To verify before it is shown as law."""
    lu_au: str | None
    """The fact at whose date it was read, if any."""
    lu_le: dt.date | None
    """The day it was read at; None when that fact is unknown."""
    avant_la_premiere_valeur: bool
    """That day comes before the first value, which was taken."""
    libelles: dict[str, str]
    """How codes are said under the reading in force."""
