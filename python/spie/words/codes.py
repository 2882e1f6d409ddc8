"""How codes are said and in which tone: those of a pack as the pack says, the engine's own as spie does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

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


NONE = Words()


class Said:
    """What holds codes of a pack, and says them as that pack does."""

    __slots__ = ()

    @property
    def _said(self) -> Words:
        return getattr(self, "_words", NONE)

    def said_with(self, words: Words) -> Self:
        """Itself, once it is told which words it speaks with: when it is made, and never after."""
        object.__setattr__(self, "_words", words)
        return self

    def said_as(self, pack: Said) -> Self:
        """The same, with the words of a pack."""
        return self.said_with(pack._said)

    @property
    def words(self) -> Mapping[str, str]:
        """How its codes are said."""
        return self._said.labels

    def libelle(self, code: str) -> str:
        return self.words.get(code) or formatting.label(code)

    def ton(self, code: str) -> str:
        """ "favorable", "defavorable" or "attention"; nothing for a code that the pack gives no tone."""
        return self._said.tones.get(code, "")


class SaidRecord(Said):
    """A record that says its codes: what it speaks with is no field of it, and travels with it all the same."""

    __slots__ = ()

    def __getstate__(self) -> tuple[Any, Words]:
        return super().__getstate__(), self._said

    def __setstate__(self, state: tuple[Any, Words]) -> None:
        fields, words = state
        super().__setstate__(fields)  # type: ignore[misc]
        self.said_with(words)
