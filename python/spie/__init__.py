"""spie: the rules and the money of a SPIE convention, computed and explained.

>>> import spie
>>> from datetime import date
>>> pack = spie.Pack.load(spie.packs.path() / "seine-et-marne-2022-2023")
>>> pack.evaluate("entree", {"freins": []}, as_of=date(2022, 6, 1)).status
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from spie import convention, dmn, feel, packs
from spie.errors import (
    Diagnostic,
    DmnError,
    FeelError,
    FeelSyntaxError,
    InternalError,
    LedgerError,
    PackError,
    SpieError,
    UsageError,
    ValueConversionError,
)
from spie.pack import Article, Case, CaseResult, Pack, PackResult, Parameter
from spie.results import Result, Trace

try:
    __version__ = version("spie-insertion")
except PackageNotFoundError:  # run from a source tree
    __version__ = "0"

__all__ = [
    "Article",
    "Case",
    "CaseResult",
    "Diagnostic",
    "DmnError",
    "FeelError",
    "FeelSyntaxError",
    "InternalError",
    "LedgerError",
    "Pack",
    "PackError",
    "PackResult",
    "Parameter",
    "Result",
    "SpieError",
    "Trace",
    "UsageError",
    "ValueConversionError",
    "__version__",
    "convention",
    "dmn",
    "feel",
    "packs",
]
