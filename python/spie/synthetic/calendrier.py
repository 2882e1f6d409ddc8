"""Months and ages: the path is a row of whole months, each known by its last day (the DTREF of a
VRSB flow)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta


def first_day(day: date, months: int = 0) -> date:
    """The first day of the month that comes `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def last_day(day: date, months: int = 0) -> date:
    """The last day of the month that comes `months` after the month of `day`."""
    return first_day(day, months + 1) - timedelta(days=1)


def shifted(day: date, months: int) -> date:
    """The same day `months` later, or the last of that month where it has no such day."""
    return min(first_day(day, months) + timedelta(days=day.day - 1), last_day(day, months))


def age(birth: date, day: date) -> int:
    """Whole years lived on that day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True, slots=True)
class Calendrier:
    """The path: `mois` whole months from `debut`, the first day of a month."""

    debut: date
    mois: int
    _months: tuple[tuple[date, date], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.debut.day != 1:
            raise ValueError(f"debut must be the first day of a month, not {self.debut}")
        if self.mois < 1:
            raise ValueError(f"mois must be 1 or more, not {self.mois}")
        # One month more than the path: that of whoever comes after a path of one month.
        months = tuple(
            (first_day(self.debut, index), last_day(self.debut, index))
            for index in range(self.mois + 1)
        )
        object.__setattr__(self, "_months", months)

    @property
    def reference(self) -> date:
        """The last day of the first month: the day the published counts are reached on."""
        return self._months[0][1]

    @property
    def fin(self) -> date:
        return self._months[self.mois - 1][1]

    def first(self, index: int) -> date:
        return self._months[index][0]

    def last(self, index: int) -> date:
        return self._months[index][1]

    @property
    def references(self) -> tuple[date, ...]:
        """The last day of each month."""
        return tuple(last for _, last in self._months[: self.mois])
