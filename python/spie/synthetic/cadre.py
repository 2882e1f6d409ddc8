"""What all the parts of a household are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from spie.synthetic.calendrier import Calendrier
from spie.synthetic.modele import Profil
from spie.synthetic.tirage import Tirage


@dataclass(frozen=True, slots=True)
class Cadre:
    graine: int
    index: int
    """The number of the household."""
    calendrier: Calendrier
    numero: int
    """The number of its first adult."""
    profils: tuple[Profil, ...]

    def tirage(self, purpose: str) -> Tirage:
        """A draw of its own for each purpose: a new one changes none of the others."""
        return Tirage(self.graine, self.index, purpose)

    @property
    def couple(self) -> bool:
        return len(self.profils) == 2
