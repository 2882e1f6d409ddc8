"""How long dossiers are kept: proposed, announced, then erased, and the counts that are left.

>>> from spie.conservation import Conservation, figees
>>> garde = Conservation(store, pack)
>>> for one in garde.echeances(au=date(2024, 2, 4)):
...     garde.prevenir(one.personne, auteur="professionnel:max")
>>> garde.effacer_echus(auteur="professionnel:max").personnes
0
>>> figees(store)
()

The delays, what counts as a contact and the threshold are the pack's (docs/droits.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from spie import _core
from spie.dossier import Effacement
from spie.handle import engine
from spie.pack import Pack
from spie.records.passeport import Survivances
from spie.store import Store, act


@dataclass(frozen=True)
class EcheanceDonnees:
    """Until when a dossier is kept; `etat`: "conserve", "a_prevenir", "prevenu", "a_effacer"."""

    personne: str
    dernier_contact: date | None
    preavis: date
    fin: date
    prevenu_le: date | None
    etat: str
    raw: dict[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> EcheanceDonnees:
        def day(key: str) -> date | None:
            return None if raw[key] is None else date.fromisoformat(raw[key])

        return cls(
            raw["personne"],
            day("dernier_contact"),
            date.fromisoformat(raw["preavis"]),
            date.fromisoformat(raw["fin"]),
            day("prevenu_le"),
            raw["etat"],
            raw,
        )

    def to_dict(self) -> dict[str, Any]:
        return self.raw


@dataclass(frozen=True)
class Cellule:
    """How many of those who were erased, and nothing else; "*" where telling would name them."""

    mesure: str
    trimestre: str
    tranche: str
    epci: str
    public: str
    effectif: int

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Cellule:
        return cls(**{**raw, "effectif": int(raw["effectif"])})


@dataclass(frozen=True)
class Gel:
    """What one erasure froze, and the event that holds it."""

    evenement: str
    cases: tuple[Cellule, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"evenement": self.evenement, "cases": [vars(one) for one in self.cases]}


@dataclass(frozen=True)
class DoublonOuvert:
    """A dossier that may be of a person who is erased, and is not."""

    efface: str
    dossier: str
    raisons: tuple[str, ...]

    @classmethod
    def of(cls, raw: dict[str, Any]) -> DoublonOuvert:
        return cls(raw["efface"], raw["dossier"], tuple(raw["raisons"]))

    def to_dict(self) -> dict[str, Any]:
        return {**vars(self), "raisons": list(self.raisons)}


@dataclass(frozen=True)
class Effaces:
    """What was erased, the counts of every erasure, this one included, and the dossiers that were
    proposed as doubles of those and are there still."""

    personnes: int
    effacements: tuple[Effacement, ...]
    figees: tuple[Cellule, ...]
    doublons: tuple[DoublonOuvert, ...] = ()
    passeports: tuple[Survivances, ...] = ()
    """What outlives their passports, of those that leave a trace (docs/passeport.md)."""

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Effaces:
        return cls(
            int(raw["personnes"]),
            tuple(Effacement(one["jeton"], int(one["evenements"])) for one in raw["effacements"]),
            tuple(Cellule.of(one) for one in raw["figees"]),
            tuple(DoublonOuvert.of(one) for one in raw["doublons"]),
            tuple(raw["passeports"]),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "personnes": self.personnes,
            "effacements": [vars(one) for one in self.effacements],
            "figees": [vars(one) for one in self.figees],
            "doublons": [one.to_dict() for one in self.doublons],
            "passeports": [one.to_dict() for one in self.passeports],
        }


class Conservation:
    """The retention rules of a pack, over a store."""

    def __init__(self, store: Store, pack: Pack) -> None:
        self._core = _core.Conservation(engine(store), engine(pack))

    def echeance(self, personne: str, *, au: date) -> EcheanceDonnees:
        return EcheanceDonnees.of(self._core.due(personne, au))

    def echeances(self, *, au: date) -> list[EcheanceDonnees]:
        """Of all dossiers, those that are not simply kept."""
        return [EcheanceDonnees.of(one) for one in self._core.all_due(au)]

    def prevenir(
        self, personne: str, *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> None:  # fmt: skip
        """Records that the person was told; `effet` is the day when she was."""
        self._core.warn(personne, *act(auteur, at, effet, motif))

    def effacer_echus(
        self, *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> Effaces:  # fmt: skip
        """Erases what is to be erased on the day of `effet`, and records what closed indicators need
        of it in the same transaction: all of it or nothing."""
        return Effaces.of(self._core.erase_due(*act(auteur, at, effet, motif)))

    def doublons_ouverts(self, personnes: Sequence[str]) -> list[DoublonOuvert]:
        """The dossiers that erasing these persons would leave, though they may be of one of them:
        to be looked at before."""
        return [DoublonOuvert.of(one) for one in self._core.doubles(list(personnes))]

    def effacer(
        self, personnes: Sequence[str], *, auteur: str, motif: str = "",
        at: datetime | None = None, effet: date | None = None,
    ) -> Effaces:  # fmt: skip
        """The same of these persons, whatever their deadlines; `Store.effacer` freezes nothing."""
        return Effaces.of(self._core.erase(list(personnes), *act(auteur, at, effet, motif)))


def figees(store: Store) -> tuple[Cellule, ...]:
    """The counts of every erasure, added up."""
    return tuple(Cellule.of(one) for one in _core.frozen(engine(store)))


def gels(store: Store) -> list[Gel]:
    """One by one, to be kept beside the list of erasures."""
    return [
        Gel(one["evenement"], tuple(Cellule.of(case) for case in one["cases"]))
        for one in _core.frozen_one_by_one(engine(store))
    ]


def reprendre_figees(
    store: Store, gels: Sequence[Gel], *, auteur: str, motif: str = "",
    at: datetime | None = None, effet: date | None = None,
) -> int:  # fmt: skip
    """In a store restored from a backup, records those that it has not; how many."""
    given = [one.to_dict() for one in gels]
    return _core.restore_frozen(engine(store), given, *act(auteur, at, effet, motif))
