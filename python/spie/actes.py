"""Acts of the path: what may be done to a dossier, by whom, after what.

>>> import spie
>>> [one.vers for one in spie.actes.transitions() if one.type == "relais"]
['demande', '=', 'accepte', 'refuse', 'retire', 'effectif']

`spie.droits.Guichet.agir` does one, in one batch, with the right of who asks; `annuler` undoes it.
docs/parcours.md draws the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from spie import _core
from spie.dossier import Evenement


@dataclass(frozen=True)
class Transition:
    """An act: the event that it writes, and the steps that it may follow."""

    acte: str
    type: str
    depuis: tuple[str | None, ...]
    """None: the thing is not there yet. Empty for a type without steps."""
    vers: str | None
    """The step afterwards; "=" to stay where it is."""
    droit: str
    """The act of the table of rights that is asked for."""
    titre: str


@dataclass(frozen=True)
class ActeFait:
    """What an act recorded."""

    acte: str
    """Its id, which its events share: `annuler` names it."""
    evenements: tuple[Evenement, ...]
    avertissements: tuple[dict[str, Any], ...]
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> ActeFait:
        events = tuple(Evenement.of(one) for one in raw["evenements"])
        return cls(raw["acte"], events, tuple(raw["avertissements"]), raw)

    def to_dict(self) -> dict[str, Any]:
        return dict(self.raw)


def transitions() -> tuple[Transition, ...]:
    """Every act of the path, in the order of its subjects."""
    return tuple(
        Transition(
            one["acte"], one["type"], tuple(one["depuis"]), one["vers"], one["droit"], one["titre"]
        )
        for one in _core.path_acts()
    )
