"""spie: the rules, the money and the dossiers of a SPIE convention, computed and explained.

>>> import spie
>>> from datetime import date
>>> pack = spie.Pack.load(spie.packs.path() / "seine-et-marne-2022-2023")
>>> pack.evaluate("entree", {"freins": []}, as_of=date(2022, 6, 1)).status
'indetermine'
"""

from __future__ import annotations

import logging
from importlib.metadata import PackageNotFoundError, version

from spie import (
    actes,
    badges,
    conservation,
    convention,
    dmn,
    dossier,
    droits,
    feel,
    images,
    imports,
    packs,
    parcours,
    passeport,
    recommandations,
    reseau,
    rome,
    store,
    tables,
)
from spie.dossier import Situation
from spie.errors import (
    BadgeError,
    Diagnostic,
    DmnError,
    DossierError,
    FeelError,
    FeelSyntaxError,
    ImportRefused,
    InternalError,
    LedgerError,
    PackError,
    PathError,
    RightsError,
    SpieError,
    StoreError,
    TableError,
    UsageError,
    ValueConversionError,
)
from spie.limits import Limits
from spie.pack import Article, Case, CaseResult, Pack, PackResult, Parameter
from spie.results import Result, Status, Trace
from spie.store import Store

# What was decided for the caller is told to the logger "spie", and shown by whoever listens to it.
logging.getLogger(__name__).addHandler(logging.NullHandler())

try:
    __version__ = version("spie-insertion")
except PackageNotFoundError:  # run from a source tree
    __version__ = "0"

__all__ = [
    "Article",
    "BadgeError",
    "Case",
    "CaseResult",
    "Diagnostic",
    "DmnError",
    "DossierError",
    "FeelError",
    "FeelSyntaxError",
    "ImportRefused",
    "InternalError",
    "LedgerError",
    "Limits",
    "Pack",
    "PackError",
    "PackResult",
    "Parameter",
    "PathError",
    "Result",
    "RightsError",
    "Situation",
    "SpieError",
    "Status",
    "Store",
    "StoreError",
    "TableError",
    "Trace",
    "UsageError",
    "ValueConversionError",
    "__version__",
    "actes",
    "badges",
    "conservation",
    "convention",
    "dmn",
    "dossier",
    "droits",
    "feel",
    "images",
    "imports",
    "packs",
    "parcours",
    "passeport",
    "recommandations",
    "reseau",
    "rome",
    "store",
    "tables",
]
