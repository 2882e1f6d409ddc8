"""FEEL expressions alone, without a model.

Numbers come back as Decimal; dates, times and durations as those of datetime. What Python has no
twin of (far years, times finer than a microsecond, durations in months, ranges, functions) comes
back as one of the types of this module, whose str() is the FEEL text.

>>> spie.feel.evaluate("0.1 + x", {"x": Decimal("0.2")})
Decimal('0.3')
>>> spie.feel.run("1 / 0").errors[0].code
'F006'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from spie import _core
from spie._core import Date, DateTime, DaysDuration, Function, MonthsDuration, Range, Time
from spie.errors import Diagnostic, SpieError
from spie.given import Named, named
from spie.handle import Immutable
from spie.limits import Limits, numbers
from spie.notebook import Shown

__all__ = [
    "Date",
    "DateTime",
    "DaysDuration",
    "Expression",
    "Function",
    "MonthsDuration",
    "Outcome",
    "Range",
    "Time",
    "compile",
    "evaluate",
    "run",
    "test",
    "to_feel",
]


@dataclass(frozen=True)
class Outcome(Shown):
    """A value, and the errors met on the way to it."""

    _page = "valeur.html.j2", "resultat"

    value: Any
    errors: tuple[Diagnostic, ...]


def evaluate(
    expression: str,
    variables: Named | None = None,
    *,
    now: datetime | DateTime | None = None,
    limits: Limits | None = None,
    text_limits: Limits | None = None,
) -> Any:
    """The value of a FEEL text; None for null, whatever its cause.

    Raises FeelSyntaxError for a text that is not FEEL, FeelError for a name it does not know.
    `now` is what now() and today() give: the system clock when it is left out. Beyond `limits` the
    value is None; beyond `text_limits`, of what is compiled (nesting, nodes, bytes), it raises F008.
    """
    given = named(variables, "variables")
    return _core.feel_evaluate(
        expression, given, now, False, None, numbers(limits), numbers(text_limits)
    )[0]


def run(
    expression: str,
    variables: Named | None = None,
    *,
    now: datetime | DateTime | None = None,
    limits: Limits | None = None,
    text_limits: Limits | None = None,
) -> Outcome:
    """The value of a FEEL text and every error met. Never raises for what the text says."""
    given = named(variables, "variables")
    try:
        value, errors = _core.feel_evaluate(
            expression, given, now, False, None, numbers(limits), numbers(text_limits)
        )
    except SpieError as error:
        if not error.code.startswith("F"):
            raise
        return Outcome(None, error.diagnostics)
    return Outcome(value, tuple(errors))


def test(
    cell: str,
    value: Any,
    variables: Named | None = None,
    *,
    now: datetime | DateTime | None = None,
    limits: Limits | None = None,
    text_limits: Limits | None = None,
) -> bool | None:
    """Whether a value passes a cell of a decision table: "< 10", "[1..5]", "not(\\"a\\")"."""
    given = named(variables, "variables")
    verdict = _core.feel_evaluate(
        cell, given, now, True, value, numbers(limits), numbers(text_limits)
    )[0]
    return None if verdict is None else bool(verdict)


class Expression(Immutable):
    """A FEEL text compiled once, to be evaluated often, by several threads if need be.

    >>> somme = spie.feel.compile("a + b", ["a", "b"])
    >>> somme.evaluate({"a": 1, "b": Decimal("0.20")})
    Decimal('1.20')
    """

    def __init__(
        self, expression: str, names: Iterable[str] = (), *, limits: Limits | None = None
    ) -> None:
        self._core = _core.Expression(expression, list(names), False, numbers(limits))
        self._limits = limits
        self.text = expression

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._core.names)

    def evaluate(
        self,
        variables: Named | None = None,
        *,
        now: datetime | DateTime | None = None,
        limits: Limits | None = None,
    ) -> Any:
        """Its value; a variable left out is null."""
        return self._core.run(named(variables, "variables"), now, None, numbers(limits))[0]

    def run(
        self,
        variables: Named | None = None,
        *,
        now: datetime | DateTime | None = None,
        limits: Limits | None = None,
    ) -> Outcome:
        """Its value and the errors met."""
        value, errors = self._core.run(named(variables, "variables"), now, None, numbers(limits))
        return Outcome(value, tuple(errors))

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), limits=self._limits), (self.text, self.names)

    def __repr__(self) -> str:
        return f"<spie.feel.Expression {self.text!r}>"


def compile(
    expression: str, names: Iterable[str] = (), *, limits: Limits | None = None
) -> Expression:
    """Compiles a text whose variables have these names; raises as `evaluate` does.

    Beyond `limits` it raises F008: depth, levels of nesting, 200 at most; memory, its bytes, 64 KiB
    unless asked; steps, its nodes; milliseconds.
    """
    return Expression(expression, names, limits=limits)


def to_feel(value: Any) -> str:
    """A FEEL literal or call that gives the value."""
    return _core.to_feel(value)
