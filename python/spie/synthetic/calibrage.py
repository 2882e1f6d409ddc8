"""The counts that the convention publishes, and what they become for another number of people.

Source: annexe B, table of the publics (S:983-1046), in `donnees/publie.json`. The number printed
"1760" (RQTH, bassin Sud 77) has two readings: 760, kept here, and 1760; the caller chooses.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from spie.synthetic import hypotheses

DEPARTEMENT: Final = "departement"
RESTE: Final = "reste"
"""Where someone lives who lives in none of the three rural basins."""
LECTURE_RETENUE: Final = 760


@cache
def bassins() -> tuple[str, ...]:
    """The three rural basins of the convention."""
    return tuple(hypotheses.read("publie.json")["bassins"])


@cache
def lectures() -> tuple[int, ...]:
    """The readings of the number printed "1760"."""
    return tuple(int(one) for one in hypotheses.read("publie.json")["lecture_rqth_sud"]["lectures"])


@cache
def publies(lecture: int = LECTURE_RETENUE) -> dict[tuple[str, str], int]:
    """The published counts, by public and place: a basin, or the département."""
    if lecture not in lectures():
        raise ValueError(f"lecture_rqth_sud must be one of {lectures()}, not {lecture}")
    counts: dict[tuple[str, str], int] = {}
    for public in hypotheses.read("publie.json")["publics"]:
        counts[public["code"], DEPARTEMENT] = public["departement"]
        for bassin, number in public["bassins"].items():
            counts[public["code"], bassin] = lecture if number is None else number
    return counts


@cache
def publics() -> tuple[str, ...]:
    return tuple(one["code"] for one in hypotheses.read("publie.json")["publics"])


def scaled(number: int, personnes: int) -> int:
    """A count of the real département brought to `personnes` people, rounded half up."""
    whole = hypotheses.count("personnes_a_l_echelle")
    return (2 * number * personnes + whole) // (2 * whole)


def quota(number: int, bloc: int) -> int:
    """What block `bloc` holds of that count, so that the sum up to it is the scaled count."""
    size = hypotheses.count("adultes_par_bloc")
    return scaled(number, size * (bloc + 1)) - scaled(number, size * bloc)


def expected(personnes: int, lecture: int = LECTURE_RETENUE) -> dict[tuple[str, str], int]:
    """The published counts brought to `personnes` people."""
    return {key: scaled(number, personnes) for key, number in publies(lecture).items()}


def by_public(counts: Iterable[tuple[tuple[str, str], int]]) -> dict[str, dict[str, int]]:
    """The same counts, nested: what a JSON file can hold."""
    nested: dict[str, dict[str, int]] = {}
    for (public, place), number in counts:
        nested.setdefault(public, {})[place] = number
    return nested
