"""How codes are said and in which tone: those of a pack as the pack says, the engine's own as spie does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Self

from spie import formatting

# What the engine answers itself, whatever the pack.
TONES = {
    "determine": "favorable",
    "indetermine": "attention",
    "erreur": "defavorable",
    "error": "defavorable",
    "warning": "attention",
}


def tone(code: str) -> str:
    """Of a code of the engine: "favorable", "defavorable", "attention", or nothing."""
    return TONES.get(code, "")


class Words(NamedTuple):
    """What a pack says of its codes: `libelles` and `tons` of pack.json."""

    labels: Mapping[str, str] = {}
    tones: Mapping[str, str] = {}


class Said:
    """What holds codes of a pack, and says them as that pack does."""

    _words = Words()

    def said_with(self, words: Words) -> Self:
        """Itself, once it is told which words it speaks with: when it is made, and never after."""
        object.__setattr__(self, "_words", words)
        return self

    def said_as(self, pack: Said) -> Self:
        """The same, with the words of a pack."""
        return self.said_with(pack._words)

    @property
    def words(self) -> Mapping[str, str]:
        """How its codes are said."""
        return self._words.labels

    def libelle(self, code: str) -> str:
        return self.words.get(code) or formatting.label(code)

    def ton(self, code: str) -> str:
        """ "favorable", "defavorable" or "attention"; nothing for a code that the pack gives no tone."""
        return self._words.tones.get(code, "")
