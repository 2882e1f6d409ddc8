"""What the writers of the formats share: households in, bytes and traces out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO, NamedTuple, Protocol

from spie.synthetic.modele import Foyer


class Trace(NamedTuple):
    """One record of one person in one source: a line of the truth."""

    personne: int
    source: str
    cle: str
    """What the source calls the person, or the household and the role in it."""


class Ecrivain(Protocol):
    """Writes a file household by household, so that none but the current one is in memory."""

    def add(self, foyer: Foyer) -> Iterable[Trace]:
        """Writes what the file says of the household, and whose records that made."""

    def close(self) -> dict[str, int | str]:
        """Ends the file; what it holds, for the truth."""


def element(name: str, value: str) -> str:
    """An XML element on a line. No value drawn here needs escaping: see the tests."""
    return f"<{name}>{value}</{name}>\n" if value else f"<{name}/>\n"


def optional(name: str, value: str) -> str:
    return element(name, value) if value else ""


def block(name: str, *parts: str) -> str:
    return f"<{name}>\n{''.join(parts)}</{name}>\n"


class Fichier:
    """A binary file that knows the encoding of the text it is given."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._encoding = encoding

    def write(self, text: str) -> None:
        self._file.write(text.encode(self._encoding))


def flow_header(applieme: str, version: str, created: date, reference: date | None = None) -> str:
    """IdentificationFlux: monthly, as in the published samples (TYPEFLUX M, NATFLUX D)."""
    return block(
        "IdentificationFlux",
        element("APPLIEME", applieme),
        element("NUMVERSIONAPPLIEME", version),
        element("TYPEFLUX", "M"),
        element("NATFLUX", "D"),
        element("DTCREAFLUX", created.isoformat()),
        element("HEUCREAFLUX", "01:18:36.0000"),
        optional("DTREF", reference.isoformat() if reference else ""),
    )
