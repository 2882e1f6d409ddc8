"""What goes wrong: findings, and the exceptions that carry them.

Every finding has a permanent code; its first letter says the family: F for FEEL, D for DMN, P for
packs, C for the convention's money, E for events and dossiers, S for stores, I for imports, R for
rights, J for values and JSON, A for the API.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from spie import _core


@dataclass(frozen=True)
class Diagnostic:
    """A finding: what, where, and what to do about it."""

    code: str
    level: str
    """"error", "warning" or "note"."""
    message: str
    where: str
    """A file and line, a JSON pointer, or the line and column of a FEEL text; may be empty."""
    remedy: str

    def __str__(self) -> str:
        place = f" at {self.where}" if self.where else ""
        return f"{self.code} {self.level}{place}: {self.message}"

    def to_dict(self) -> dict[str, str]:
        return asdict(self)


def _without_nir(one: Diagnostic) -> Diagnostic:
    """Whatever it quotes: no error tells a NIR."""
    texts = {key: text for key, text in asdict(one).items() if isinstance(text, str)}
    masked = {key: _core.without_nir(text) for key, text in texts.items()}
    return one if masked == texts else replace(one, **masked)


class SpieError(Exception):
    """The base of all that spie raises. Carries every finding; the first one speaks for all."""

    def __init__(self, diagnostics: Sequence[Diagnostic] | Diagnostic) -> None:
        given = (diagnostics,) if isinstance(diagnostics, Diagnostic) else tuple(diagnostics)
        given = tuple(map(_without_nir, given))
        super().__init__(given)
        self.diagnostics: tuple[Diagnostic, ...] = given

    @property
    def code(self) -> str:
        return self.diagnostics[0].code

    @property
    def message(self) -> str:
        return self.diagnostics[0].message

    @property
    def where(self) -> str:
        return self.diagnostics[0].where

    def __str__(self) -> str:
        text = str(self.diagnostics[0])
        more = len(self.diagnostics) - 1
        return f"{text} (and {more} more)" if more else text


class FeelError(SpieError):
    """A FEEL text or value is wrong (F)."""


class FeelSyntaxError(FeelError):
    """A FEEL text cannot be parsed (F001)."""


class DmnError(SpieError):
    """A DMN model, or what is given to one, is wrong (D)."""


class PackError(SpieError):
    """A pack, or what is given to one, is wrong (P)."""


class LedgerError(SpieError):
    """A ledger of expenses or payments cannot be read (C)."""


class DossierError(SpieError):
    """An event, a dossier, or what is asked of one is refused (E)."""


class StoreError(SpieError):
    """A store cannot be opened, read or written (S)."""


class ImportRefused(SpieError):
    """A file is refused as a whole (I)."""


class RightsError(SpieError):
    """The rules of rights do not allow it (R)."""


class ValueConversionError(SpieError, ValueError):
    """A Python or JSON value stands for nothing that is expected (J)."""


class UsageError(SpieError, ValueError):
    """A function of the API is called with an argument that it does not accept (A001)."""


class InternalError(SpieError, RuntimeError):
    """A fault of the library itself (A002, A003)."""


_FAMILIES: dict[str, type[SpieError]] = {
    "F": FeelError,
    "D": DmnError,
    "P": PackError,
    "C": LedgerError,
    "E": DossierError,
    "S": StoreError,
    "I": ImportRefused,
    "R": RightsError,
    "J": ValueConversionError,
    "A": InternalError,
}
_CODES: dict[str, type[SpieError]] = {"F001": FeelSyntaxError, "A001": UsageError}


def from_diagnostics(diagnostics: Iterable[Diagnostic]) -> SpieError:
    """The exception that the first finding asks for; what the engine's errors become."""
    findings = tuple(diagnostics)
    code = findings[0].code
    return _CODES.get(code, _FAMILIES.get(code[0], SpieError))(findings)
