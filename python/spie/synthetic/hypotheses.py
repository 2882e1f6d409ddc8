"""What is invented: rates, shares and lists chosen so that the files look like files.

They stand in `donnees/hypotheses.json`, each with what it means. What is published stands apart, in
`donnees/publie.json` (see `calibrage`). Nothing invented is written in the code.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from spie import bundled
from spie.synthetic.tirage import Parts


def folder() -> Path:
    """Where the data files of this package are."""
    return bundled.hypotheses()


@cache
def read(name: str) -> Any:
    """One of the data files of this package. What comes back is shared: do not change it."""
    return json.loads((folder() / name).read_text(encoding="utf-8"))


@cache
def value(name: str) -> Any:
    """The hypothesis of that name, as it stands in the file."""
    return read("hypotheses.json")["hypotheses"][name]["valeur"]


@cache
def rate(name: str) -> float:
    return float(value(name))


@cache
def count(name: str) -> int:
    return int(value(name))


@cache
def span(name: str) -> tuple[int, int]:
    """The two ends of a range, both included."""
    low, high = value(name)
    return int(low), int(high)


@cache
def text(name: str) -> str:
    return str(value(name))


@cache
def parts(name: str) -> Parts:
    """A hypothesis that shares a whole between values."""
    return Parts(value(name))
