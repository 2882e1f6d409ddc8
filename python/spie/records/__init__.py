"""The records that results are made of, one module a family: plain data that pickles, copies and
compares. Their classes are generated from the tables of the library (scripts/write_records.py); those
with methods of their own stand in the module of the family, spie.convention or spie.imports.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import reprlib
from decimal import Decimal
from typing import Any, ClassVar

from spie import _core

SHORT = reprlib.Repr()
SHORT.maxstring = SHORT.maxother = 40
LONGEST = 100


def _shown(value: Any) -> str:
    if isinstance(value, Decimal | dt.date):
        return str(value)
    if isinstance(value, tuple | dict):
        return f"[{len(value)}]"
    if dataclasses.is_dataclass(value):
        return f"{type(value).__name__}(…)"
    return SHORT.repr(value)


class Record:
    """What every record has: its JSON, and a repr of one line with its first fields, the pack aside."""

    __slots__ = ()
    _table: ClassVar[str]

    def __repr__(self) -> str:
        said = type(self).__name__ + "("
        names = [field.name for field in dataclasses.fields(self)]  # type: ignore[arg-type]
        for count, name in enumerate(one for one in names if not one.startswith("pack_")):
            more = f"{', ' if count else ''}{name}={_shown(getattr(self, name))}"
            if len(said) + len(more) > LONGEST:
                return said + ", …)"
            said += more
        return said + ")"

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON says it: amounts as texts, dates as ISO texts."""
        return _core.record_to_dict(self, self._table)

    def to_json(self, indent: int = 2) -> str:
        return _core.write_json(self.to_dict(), indent)
