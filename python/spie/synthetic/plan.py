"""Who is who in a block of 100 adults, so that the published counts come out.

Household i must be the same whatever the number of people asked for, and the counts must be those
of the convention to the unit. So people come by blocks of 100 adults, and each block owes, for each
published count, what the rounded count grows by from its start to its end (`calibrage.quota`). A
block depends on the seed and on its own number only; at any multiple of 100 adults every published
count is exact, and within one block's share between two multiples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from spie.synthetic import hypotheses
from spie.synthetic.calibrage import DEPARTEMENT, RESTE, bassins, publies, quota
from spie.synthetic.modele import Profil
from spie.synthetic.tirage import Tirage


class Composition(NamedTuple):
    """A household before it has names: its adults, and the number of the first."""

    numero: int
    profils: tuple[Profil, ...]


@dataclass(slots=True)
class _Adulte:
    """A profile while it is being filled."""

    bassin: str
    brsa: bool
    categorie_a: bool
    qpv: bool = False
    infra_bac: bool = False
    rqth: bool = False
    deld: bool = False
    present: bool = True

    def closed(self) -> Profil:
        return Profil(
            self.present, self.bassin, self.brsa, self.categorie_a,
            self.qpv, self.infra_bac, self.rqth, self.deld,
        )  # fmt: skip


def foyers_par_bloc() -> int:
    """How many households a block holds: always as many."""
    return (
        hypotheses.count("adultes_par_bloc")
        - hypotheses.count("couples_presents_par_bloc")
        - hypotheses.count("couples_entrants_par_bloc")
    )


@lru_cache(maxsize=4)
def plan(graine: int, bloc: int, lecture: int) -> tuple[Composition, ...]:
    """The households of a block, in order."""
    tirage = Tirage(graine, "plan", bloc)
    households = [*_present(tirage, bloc, lecture), *_arriving(tirage)]
    tirage.shuffle(households)
    compositions = []
    numero = bloc * hypotheses.count("adultes_par_bloc")
    for profils in households:
        compositions.append(Composition(numero, profils))
        numero += len(profils)
    return tuple(compositions)


def _spread(bloc: int, total: int, shares: dict[str, int]) -> Iterator[tuple[str, int]]:
    """What the block owes in each basin, then in the rest of the département."""
    left = total
    for bassin, number in shares.items():
        owed = quota(number, bloc)
        left -= owed
        yield bassin, owed
    yield RESTE, left


def _of(public: str, lecture: int) -> dict[str, int]:
    counts = publies(lecture)
    return {bassin: counts[public, bassin] for bassin in bassins()}


def _present(tirage: Tirage, bloc: int, lecture: int) -> list[tuple[Profil, ...]]:
    counts = publies(lecture)
    brsa = quota(counts["brsa", DEPARTEMENT], bloc)
    registered = quota(counts["brsa_pe", DEPARTEMENT], bloc)
    others = hypotheses.count("presents_par_bloc") - brsa
    adultes: list[_Adulte] = []
    for bassin, number in _spread(bloc, registered, _of("brsa_pe", lecture)):
        adultes += [_Adulte(bassin, True, True) for _ in range(number)]
    for bassin, number in _spread(
        bloc, brsa - registered, hypotheses.value("brsa_hors_categorie_a")
    ):
        adultes += [_Adulte(bassin, True, False) for _ in range(number)]
    for bassin, number in _spread(bloc, others, hypotheses.value("demandeurs_sans_rsa")):
        adultes += [_Adulte(bassin, False, True) for _ in range(number)]
    _mark(tirage, adultes, bloc, lecture)
    return _paired(tirage, adultes, hypotheses.count("couples_presents_par_bloc"))


def _mark(tirage: Tirage, adultes: list[_Adulte], bloc: int, lecture: int) -> None:
    """The publics that are counted among job seekers of category A, basin by basin."""
    counts = publies(lecture)
    for public in ("qpv", "infra_bac", "rqth", "deld"):
        total = quota(counts[public, DEPARTEMENT], bloc)
        for bassin, number in _spread(bloc, total, _of(public, lecture)):
            among = [one for one in adultes if one.categorie_a and one.bassin == bassin]
            for one in tirage.sample(among, number):
                setattr(one, public, True)
    # The table does not count those who are not job seekers: their publics are invented.
    for one in adultes:
        if not one.categorie_a:
            one.qpv = tirage.chance(hypotheses.rate("part_qpv_hors_categorie_a"))
            one.rqth = tirage.chance(hypotheses.rate("part_rqth_hors_categorie_a"))


def _arriving(tirage: Tirage) -> list[tuple[Profil, ...]]:
    """Those who come during the path: the table knows nothing of them."""
    number = hypotheses.count("adultes_par_bloc") - hypotheses.count("presents_par_bloc")
    adultes = []
    for index in range(number):
        brsa = index < hypotheses.count("entrants_rsa_par_bloc")
        one = _Adulte(
            bassin=tirage.part(hypotheses.parts("bassins_des_entrants")),
            brsa=brsa,
            categorie_a=not brsa or tirage.chance(hypotheses.rate("part_entrants_inscrits")),
            present=False,
        )
        one.qpv = tirage.chance(hypotheses.rate("part_qpv_hors_categorie_a"))
        one.rqth = tirage.chance(hypotheses.rate("part_rqth_hors_categorie_a"))
        one.infra_bac = tirage.chance(hypotheses.rate("part_entrants_infra_bac"))
        adultes.append(one)
    return _paired(tirage, adultes, hypotheses.count("couples_entrants_par_bloc"))


def _paired(tirage: Tirage, adultes: list[_Adulte], couples: int) -> list[tuple[Profil, ...]]:
    """Households: so many couples among those who have the RSA, who share a roof, then the rest."""
    tirage.shuffle(adultes)
    waiting: dict[tuple[str, bool], int] = {}
    pairs: list[tuple[int, int]] = []
    for index, one in enumerate(adultes):
        if one.brsa:
            roof = (one.bassin, one.qpv)
            if roof in waiting:
                pairs.append((waiting.pop(roof), index))
            else:
                waiting[roof] = index
    # At most eight roofs leave one adult alone each: there are always pairs enough.
    tirage.shuffle(pairs)
    kept = pairs[:couples]
    second = {index for _, index in kept}
    partner = dict(kept)
    return [
        (one.closed(), adultes[partner[index]].closed()) if index in partner else (one.closed(),)
        for index, one in enumerate(adultes)
        if index not in second
    ]
