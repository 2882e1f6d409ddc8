"""The 507 communes of Seine-et-Marne, shared between three invented basins and the rest.

Source of the communes: official geographic code of 2022 (`donnees/communes.json`). The composition
of the basins and the names of the quartiers prioritaires are invented (`hypotheses.json`): the
convention gives neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from spie.synthetic import hypotheses
from spie.synthetic.calibrage import RESTE, bassins
from spie.synthetic.tirage import Parts, Tirage

CODES_INVENTES: Final = (600, 999)
"""Codes of commune that no commune of the département bears: those of birth are drawn there."""


@dataclass(frozen=True, slots=True)
class Commune:
    code: str
    nom: str
    code_postal: str
    population: int
    epci: str
    bassin: str
    quartiers: tuple[str, ...]


@cache
def communes() -> dict[str, Commune]:
    """By code."""
    of_epci = {epci: name for name in bassins() for epci in hypotheses.value("bassins")[name]}
    quartiers = hypotheses.value("quartiers")
    return {
        code: Commune(
            code, nom, code_postal, population, epci,
            of_epci.get(epci, RESTE), tuple(quartiers.get(code, ())),
        )
        for code, nom, code_postal, population, epci in hypotheses.read("communes.json")["communes"]
    }  # fmt: skip


@cache
def weights(bassin: str, quartier: bool) -> Parts:
    """The communes of a basin by population; only those that have a quartier, if asked."""
    return Parts(
        {
            one.code: one.population
            for one in communes().values()
            if one.bassin == bassin and (one.quartiers or not quartier)
        }
    )


@cache
def quartiers() -> dict[str, str]:
    """The commune of each quartier: what a geocoder would answer."""
    return {name: one.code for one in communes().values() for name in one.quartiers}


def draw(tirage: Tirage, bassin: str, quartier: bool) -> Commune:
    return communes()[tirage.part(weights(bassin, quartier))]
