"""Draws that a seed and a name decide.

Only `Random(text).random()` is used: Python promises that this method gives the same numbers from
one version to the next, and promises it of no other. Each household and each purpose has a draw of
its own, so that one more question asked here changes no answer there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, MutableSequence, Sequence
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Parts:
    """Values and their weights, ready to be drawn from."""

    __slots__ = ("_cumul", "_total", "valeurs")

    def __init__(self, poids: Mapping[str, float]) -> None:
        self.valeurs = tuple(poids)
        self._cumul = list(accumulate(poids.values()))
        self._total = self._cumul[-1]

    def at(self, share: float) -> str:
        """The value that stands at this share, from 0 to 1, of the total."""
        return self.valeurs[bisect_right(self._cumul, share * self._total)]


class Tirage:
    __slots__ = ("_next",)

    def __init__(self, *name: object) -> None:
        self._next = Random(":".join(map(str, name))).random

    def share(self) -> float:
        """A number from 0 to 1, 1 excluded."""
        return self._next()

    def chance(self, rate: float) -> bool:
        return self._next() < rate

    def integer(self, low: int, high: int) -> int:
        """Both ends may come."""
        return low + int(self._next() * (high - low + 1))

    def between(self, ends: tuple[int, int]) -> int:
        return self.integer(*ends)

    def choice(self, values: Sequence[T]) -> T:
        return values[int(self._next() * len(values))]

    def part(self, parts: Parts) -> str:
        return parts.at(self._next())

    def day(self, first: date, last: date) -> date:
        """A day between the two; the first where they are not in order."""
        return first + timedelta(days=self.integer(0, max((last - first).days, 0)))

    def shuffle(self, values: MutableSequence[T]) -> None:
        for end in range(len(values) - 1, 0, -1):
            other = self.integer(0, end)
            values[end], values[other] = values[other], values[end]

    def sample(self, values: Sequence[T], count: int) -> list[T]:
        """`count` of the values, or all of them."""
        mixed = list(values)
        self.shuffle(mixed)
        return mixed[:count]
