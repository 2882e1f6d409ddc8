"""How long dossiers are kept: proposed, announced, then erased, and the counts that are left.

>>> garde = Conservation(store, pack)
>>> for one in garde.echeances(au=date(2024, 2, 4)):
...     garde.prevenir(one.personne, auteur="professionnel:max")
>>> chemin = Path("figees.json")
>>> garde.effacer_echus(
...     read_figees(chemin), partial(write_figees, chemin), auteur="professionnel:max"
... )

The delays, what counts as a contact and the threshold are the pack's (docs/droits.md).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from spie import _core
from spie.dossier import Effacement
from spie.errors import Diagnostic, ValueConversionError
from spie.pack import Pack
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
class Case:
    """How many of those who were erased, and nothing else; "*" where telling would name them."""

    mesure: str
    trimestre: str
    tranche: str
    epci: str
    public: str
    effectif: int

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Case:
        return cls(**{**raw, "effectif": int(raw["effectif"])})


Figees = Sequence[Case]


@dataclass(frozen=True)
class Effaces:
    """What was erased, and the counts with those that were given."""

    personnes: int
    effacements: tuple[Effacement, ...]
    figees: tuple[Case, ...]


class Conservation:
    """The retention rules of a pack, over a store."""

    def __init__(self, store: Store, pack: Pack) -> None:
        self._core = _core.Conservation(store._core, pack._core)

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
        self, deja: Figees, garder: Callable[[tuple[Case, ...]], object], *, auteur: str,
        motif: str = "", at: datetime | None = None, effet: date | None = None,
    ) -> Effaces:  # fmt: skip
        """Erases what is to be erased on the day of `effet`.

        `garder` is given the counts, those of `deja` included, before anything is erased, and must
        have stored them when it returns: nothing can count these persons again. What it raises
        leaves every dossier as it was. It must not use the store.
        """
        done = self._core.erase_due(
            [vars(one) for one in deja],
            lambda raw: garder(tuple(Case.of(one) for one in raw)),
            *act(auteur, at, effet, motif),
        )
        return Effaces(
            done["personnes"],
            tuple(Effacement(one["jeton"], int(one["evenements"])) for one in done["effacements"]),
            tuple(Case.of(one) for one in done["figees"]),
        )


def read_figees(path: str | Path) -> tuple[Case, ...]:
    """The counts of a file; none when there is no file."""
    try:
        text = Path(path).read_text("utf-8")
    except FileNotFoundError:
        return ()
    value = _core.read_json(text, Path(path).name)
    try:
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(Case.of(one) for one in value)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueConversionError(
            Diagnostic(
                "J002", "error", "Une table de statistiques figées est attendue.", str(path),
                "Nommer un fichier écrit par un effacement, ou un fichier nouveau.",
            )
        ) from error  # fmt: skip


def write_figees(path: str | Path, figees: Figees) -> None:
    """Whole or not at all, and on the disk when it returns: what it counts is about to go."""
    path = Path(path)
    text = _core.write_json([vars(one) for one in figees], 2) + "\n"
    with NamedTemporaryFile("w", dir=path.parent, encoding="utf-8", delete=False) as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(file.name)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # so that the name is on the disk too
    finally:
        os.close(folder)
