"""What goes wrong: findings, and the exceptions that carry them.

Every finding has a permanent code; its first letter says the family: F for FEEL, D for DMN, P for
packs, C for the convention's money, E for events and dossiers, S for stores, I for imports, R for
rights, J for values and JSON, A for the API.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from spie import _core


def _quoted(words: str) -> str:
    return f"«\N{NO-BREAK SPACE}{words}\N{NO-BREAK SPACE}»"


_TYPED = frozenset(("D010", "P016", "T002"))
_TYPES = {
    "number": "un nombre",
    "string": "un texte",
    "boolean": "vrai ou faux",
    "date": "une date",
    "time": "une heure",
    "date and time": "une date et une heure",
    "days and time duration": "une durée en jours et heures",
    "years and months duration": "une durée en années et mois",
    "list": "une liste",
    "context": "un objet",
}


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
    signification: str = ""
    """What is wrong, in French; empty where the message is French."""
    remede: str = ""
    details: str = ""
    """The words at fault, as they were written."""
    suggestion: str = ""
    """What was probably meant; or all that is allowed, separated by ", "."""

    def __str__(self) -> str:
        place = f" at {self.where}" if self.where else ""
        return f"{self.code} {self.level}{place}: {self.message}"

    @property
    def phrase(self) -> str:
        """What is wrong in French, with the words at fault and what was probably meant."""
        said = (self.signification or self.message).rstrip(". ")
        text = said[:1].upper() + said[1:]
        # A sentence of its own quotes its words already.
        if self.details and self.details not in text:
            # A refused act has a reason, which is a sentence and no words of a text.
            why = self.details.removesuffix(".") if self.code == "Q002" else _quoted(self.details)
            text += f"\N{NO-BREAK SPACE}: {why}"
        text += "."
        if self.code in _TYPED and self.suggestion in _TYPES:
            text += f" Attendu : {_TYPES[self.suggestion]}."
        elif self.suggestion and re.fullmatch(r"[^\s,…]+", self.suggestion):
            text += f" Peut-être {_quoted(self.suggestion)}\N{NO-BREAK SPACE}?"
        elif self.suggestion:
            text += f" Attendu : {self.suggestion}."
        return text

    @property
    def lieu(self) -> str:
        """`where`, its words in French: « entree.dmn:12, décision « entree », règle 3 »."""
        return lieu(self.where)

    def to_dict(self) -> dict[str, str]:
        french = {
            "signification": self.signification or self.message,
            "remede": self.remede or self.remedy,
        }
        return asdict(self) | french


_PLACES = {
    "decision": "décision",
    "input": "entrée",
    "business knowledge model": "modèle de connaissance",
    "decision service": "service de décision",
    "item definition": "type",
    "parameter": "paramètre",
    "case": "cas",
}
_KINDS = "|".join(sorted(_PLACES, key=len, reverse=True))
# A name may hold an apostrophe: it ends with the one that a comma, or the end of the place, follows.
_NAMED = re.compile(rf"(?:(?<=, )|^)({_KINDS}) '(.+?)'(?=, |$)")
_PLACE_PARTS = (
    (re.compile(r", rule (\d+)(?=,|$)"), r", règle \1"),
    (re.compile(r", default output(?=,|$)"), ", sortie par défaut"),
    (re.compile(r", allowed values(?=,|$)"), ", valeurs permises"),
)


def lieu(where: str) -> str:
    """A place as the engine names it, its words in French; names and positions stay as they are."""
    for pattern, said in _PLACE_PARTS:
        where = pattern.sub(said, where)
    return _NAMED.sub(lambda found: f"{_PLACES[found[1]]} {_quoted(found[2])}", where)


_SYSTEM = {
    errno.ENOENT: "il n'existe pas",
    errno.EACCES: "l'accès en est refusé",
    errno.EPERM: "l'accès en est refusé",
    errno.EISDIR: "c'est un dossier",
    errno.ENOTDIR: "une partie du chemin n'est pas un dossier",
    errno.EEXIST: "il existe déjà",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "la place qui vous est donnée sur le disque est prise",
    errno.EFBIG: "il dépasse la taille permise",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ELOOP: "des liens tournent en rond",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.EIO: "le disque est en panne",
}


def why(error: OSError) -> str:
    """What the system says of a file, in French."""
    return _SYSTEM.get(error.errno or 0, f"erreur {error.errno} du système")


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


class PathError(SpieError):
    """What is asked about a path has not its form, or contradicts itself (Q)."""


class BadgeError(SpieError):
    """A badge, a key or a proof is refused (B)."""


class TableError(SpieError):
    """A table is refused as a whole, or could not be read on (T)."""


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
    "Q": PathError,
    "B": BadgeError,
    "T": TableError,
    "J": ValueConversionError,
    "A": InternalError,
}
_CODES: dict[str, type[SpieError]] = {"F001": FeelSyntaxError, "A001": UsageError}


def from_diagnostics(diagnostics: Iterable[Diagnostic]) -> SpieError:
    """The exception that the first finding asks for; what the engine's errors become."""
    findings = tuple(diagnostics)
    code = findings[0].code
    return _CODES.get(code, _FAMILIES.get(code[0], SpieError))(findings)
