"""Seeded FEEL expressions, by the types of the language; each built-in that docs/feel.md lists is called.

Small ones: a difference between two engines is to be read and explained, not reduced."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs/feel.md"
OURS_ALONE = {"calendar", "unknown facts"}  # families that no other engine has
OF_THE_CLOCK = {"now", "today"}

POINTS = (
    "number",
    "string",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
)
ANY = (*POINTS, "boolean", "list", "context", "range")

LITERALS = {
    "number": [
        "0",
        "1",
        "-1",
        "2",
        "3",
        "10",
        "-7",
        "0.5",
        "2.5",
        "-2.5",
        "1.50",
        "0.1",
        "100",
        "12.345",
        "-0.001",
        "1000000",
        "34",
        "1e3",
    ],
    "string": [
        '""',
        '"a"',
        '"foo"',
        '"foobar"',
        '"été"',
        '"Straße"',
        '"a b c"',
        '"🐎ab"',
        '"1.5"',
        '"2024-02-29"',
        r'"a\nb"',
    ],
    "boolean": ["true", "false"],
    "date": [
        f'date("{one}")'
        for one in ("2024-02-29", "2023-12-31", "2024-01-31", "1999-07-14", "2000-01-01")
    ],
    "time": [
        f'time("{one}")'
        for one in ("10:30:00", "23:59:59", "00:00:00", "10:30:00Z", "08:30:00+02:00")
    ],
    "date and time": [
        f'date and time("{one}")'
        for one in (
            "2024-02-29T10:30:00",
            "2023-12-31T23:59:59",
            "2024-02-29T10:30:00Z",
            "2024-02-29T12:30:00+02:00",
        )
    ],
    "days and time duration": [
        f'duration("{one}")' for one in ("P1D", "PT36H", "-PT90M", "PT0S", "P2DT3H4M5S")
    ],
    "years and months duration": [
        f'duration("{one}")' for one in ("P1Y", "P1M", "-P14M", "P0M", "P2Y3M")
    ],
}
ASCENDING = {
    "number": ["-7", "0", "1", "2.5", "3", "10", "100"],
    "string": ['"a"', '"b"', '"foo"', '"z"'],
    "date": [f'date("{one}")' for one in ("1999-07-14", "2000-01-01", "2024-01-31", "2024-02-29")],
    "time": [f'time("{one}")' for one in ("00:00:00", "10:30:00", "12:00:00", "23:59:59")],
    "date and time": [
        f'date and time("{one}")'
        for one in ("2023-12-31T23:59:59", "2024-02-29T10:30:00", "2024-02-29T12:30:00")
    ],
    "days and time duration": [f'duration("{one}")' for one in ("-PT90M", "PT0S", "P1D", "PT36H")],
    "years and months duration": [f'duration("{one}")' for one in ("-P14M", "P0M", "P1M", "P1Y")],
}
PATTERNS = [
    '"o+"',
    '"[a-c]"',
    '"^f"',
    '"(o)(b)"',
    '"a|b"',
    r'"\s"',
    r'"\d+"',
    '"."',
    r'"\."',
    '"x?"',
    '"[^a-z]"',
]
TYPES = (
    "number",
    "string",
    "boolean",
    "date",
    "time",
    "date and time",
    "list<number>",
    "range<number>",
    "context<a: number>",
    "Any",
)


@dataclass(frozen=True)
class Parameter:
    name: str
    kinds: tuple[str, ...]
    optional: bool
    gathers: bool


@dataclass(frozen=True)
class Builtin:
    name: str
    parameters: tuple[Parameter, ...]


def builtins() -> list[Builtin]:
    """Every signature of the page that the standard has too."""
    text = PAGE.read_text("utf-8")
    text = text[text.index("built-ins: begin") : text.index("built-ins: end")]
    found = []
    for family in re.split(r"^### ", text, flags=re.M)[1:]:
        if family.partition("\n")[0] in OURS_ALONE:
            continue
        for name, inside in re.findall(r"^\| `([^(`]+)\((.*?)\)` \|", family, re.M):
            if name not in OF_THE_CLOCK:
                found.append(
                    Builtin(
                        name,
                        tuple(
                            _parameter(one) for one in inside.replace("\\|", "|").split(", ") if one
                        ),
                    )
                )
    return found


def _parameter(text: str) -> Parameter:
    gathers = text.startswith("...")
    name, _, kinds = text.removeprefix("...").rstrip("?").partition(": ")
    return Parameter(name, tuple(kinds.split(" | ")), text.endswith("?"), gathers)


class Expressions:
    """An endless run of expressions, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._builtins = builtins()
        self._forms: list[Callable[[], str]] = [
            self._arithmetic,
            self._arithmetic,
            self._comparison,
            self._comparison,
            self._between,
            self._membership,
            self._logic,
            self._condition,
            self._iteration,
            self._quantified,
            self._filter,
            self._path,
            self._instance,
            self._range,
            self._function,
            self._text_of,
        ]

    def __iter__(self) -> Iterator[str]:
        while True:
            # As many calls as all other forms together.
            yield (
                self._call() if self._random.random() < 0.5 else self._random.choice(self._forms)()
            )

    def _one_of(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _value(self, kind: str, depth: int = 1) -> str:
        """A value of the kind; now and then null, or of another kind, since those are where engines part."""
        chance = self._random.random()
        if chance < 0.04:
            return "null"
        if chance < 0.08:
            kind = self._one_of(*ANY)
        match kind:
            case "any":
                return self._value(self._one_of(*ANY), depth)
            case "point":
                return self._value(self._one_of(*POINTS), depth)
            case "null":
                return "null"
            case "list":
                return self._list(
                    self._one_of(*POINTS, "boolean", "context") if depth else "number", depth
                )
            case "context":
                return f"{{a: {self._value('number', 0)}, b: {self._value('string', 0)}}}"
            case "range":
                return self._range("number")
            case "function":
                return "function(x, y) x < y"
        if depth and self._random.random() < 0.15:
            return f"({self._arithmetic(kind)})"
        return self._one_of(*LITERALS[kind])

    def _list(self, kind: str, depth: int = 1) -> str:
        return (
            "["
            + ", ".join(self._value(kind, 0) for _ in range(self._random.choice((0, 1, 2, 3, 3))))
            + "]"
        )

    def _call(self) -> str:
        function = self._random.choice(self._builtins)
        named = self._random.random() < 0.15 and not any(one.gathers for one in function.parameters)
        arguments = []
        for parameter in function.parameters:
            if parameter.optional and self._random.random() < 0.5:
                break
            for _ in range(self._random.choice((1, 2, 3)) if parameter.gathers else 1):
                argument = self._argument(parameter)
                arguments.append(f"{parameter.name}: {argument}" if named else argument)
        return f"{function.name}({', '.join(arguments)})"

    def _argument(self, parameter: Parameter) -> str:
        if parameter.name in ("pattern", "delimiter"):
            return self._one_of(*PATTERNS)
        if parameter.name == "flags":
            return self._one_of('"i"', '"s"', '"x"', '""')
        if parameter.name == "replacement":
            return self._one_of('"z"', '"$0"', '"[$1]"', '""')
        if parameter.name == "precedes" or parameter.kinds == ("function",):
            return self._one_of(
                "function(x, y) x < y", "function(x, y) x > y", "function(x, y) x = y"
            )
        return self._value(self._random.choice(parameter.kinds))

    def _arithmetic(self, kind: str = "") -> str:
        kind = kind or self._one_of(*POINTS)
        duration = self._one_of("days and time duration", "years and months duration")
        match kind:
            case "number":
                return self._between_values(("+", "-", "*", "/", "**"), "number", "number")
            case "string":
                return self._between_values(("+",), "string", "string")
            case "date" | "date and time":
                return self._between_values(("+", "-"), kind, duration)
            case "time":
                return self._between_values(("+", "-"), kind, "days and time duration")
            case "boolean" | "list" | "context" | "range":
                return self._value(kind, 0)
        return self._one_of(
            self._between_values(("+", "-"), kind, kind),
            self._between_values(("*", "/"), kind, "number"),
            f"-{self._value(kind, 0)}",
        )

    def _between_values(self, operators: tuple[str, ...], left: str, right: str) -> str:
        return f"{self._value(left, 0)} {self._one_of(*operators)} {self._value(right, 0)}"

    def _comparison(self) -> str:
        kind = self._one_of(*ANY)
        operators = ("=", "!=", "<", "<=", ">", ">=") if kind in POINTS else ("=", "!=")
        return f"{self._value(kind)} {self._one_of(*operators)} {self._value(kind)}"

    def _between(self) -> str:
        kind = self._one_of(*POINTS)
        return f"{self._value(kind)} between {self._value(kind, 0)} and {self._value(kind, 0)}"

    def _membership(self) -> str:
        kind = self._one_of(*POINTS)
        test = self._one_of(
            self._value(kind, 0),
            self._list(kind),
            self._range(kind),
            f"({self._one_of('<', '<=', '>', '>=')} {self._value(kind, 0)})",
            f"({self._value(kind, 0)}, {self._value(kind, 0)})",
            f"({self._range(kind)}, {self._value(kind, 0)})",
        )
        return f"{self._value(kind, 0)} in {test}"

    def _logic(self) -> str:
        return f"{self._value('boolean')} {self._one_of('and', 'or')} {self._value('boolean')}"

    def _condition(self) -> str:
        return f"if {self._one_of(self._comparison(), self._value('boolean'))} then {self._value('any')} else {self._value('any')}"

    def _iteration(self) -> str:
        ends = [
            self._one_of(
                "0", "1", "3", "-2", "5", "2.5", 'date("2024-02-28")', 'date("2024-03-01")', "null"
            )
            for _ in range(2)
        ]
        domain = self._one_of(
            self._list("number"),
            f"{ends[0]}..{ends[1]}",
            f"{self._one_of('[', '(')}1..{ends[0]}]",
            self._value("number", 0),
        )
        return f"for x in {domain} return {self._one_of('x', 'x * 2', '[x]', 'x + count(partial)')}"

    def _quantified(self) -> str:
        domain = self._one_of(self._list("number"), self._value("number", 0))
        return f"{self._one_of('some', 'every')} x in {domain} satisfies x {self._one_of('<', '=', '>')} {self._value('number', 0)}"

    def _filter(self) -> str:
        kind = self._one_of(*POINTS)
        by = self._one_of(
            f"item {self._one_of('<', '=', '>')} {self._value(kind, 0)}",
            self._one_of("1", "2", "-1", "0", "5", "1.5"),
            self._value("boolean"),
        )
        contexts = (
            "["
            + ", ".join(self._value("context") for _ in range(3))
            + f"][a {self._one_of('<', '=', '>')} {self._value('number', 0)}]"
        )
        return self._one_of(
            f"{self._list(kind)}[{by}]",
            contexts,
            contexts + ".b",
            f"({self._value(kind, 0)})[{by}]",
        )

    def _path(self) -> str:
        return self._one_of(
            f"{self._value('context')}.{self._one_of('a', 'b', 'c')}",
            f"{self._value('date')}.{self._one_of('year', 'month', 'day', 'weekday')}",
            f"{self._value('time')}.{self._one_of('hour', 'minute', 'second', 'time offset', 'timezone')}",
            f"{self._value('date and time')}.{self._one_of('year', 'weekday', 'hour', 'second', 'time offset')}",
            f"{self._value('days and time duration')}.{self._one_of('days', 'hours', 'minutes', 'seconds')}",
            f"{self._value('years and months duration')}.{self._one_of('years', 'months')}",
            f"{self._value('range')}.{self._one_of('start', 'end', 'start included', 'end included')}",
            f"[{self._value('context')}, {self._value('context')}].{self._one_of('a', 'b')}",
        )

    def _instance(self) -> str:
        return f"{self._value('any')} instance of {self._one_of(*TYPES)}"

    def _range(self, kind: str = "") -> str:
        """Most of the time from the lesser to the greater, the order of LITERALS and ASCENDING."""
        kind = kind or self._one_of(*POINTS)
        ends = [self._value(kind, 0), self._value(kind, 0)]
        if kind in ASCENDING and self._random.random() < 0.9:
            first, last = sorted(self._random.sample(range(len(ASCENDING[kind])), 2))
            ends = [ASCENDING[kind][first], ASCENDING[kind][last]]
        return f"{self._one_of('[', '(', ']')}{ends[0]}..{ends[1]}{self._one_of(']', ')', '[')}"

    def _function(self) -> str:
        return f"(function(x: number, y) {self._one_of('x + y', 'x', '[x, y]', 'x < y')})({self._value('number', 0)}, {self._value('number', 0)})"

    def _text_of(self) -> str:
        return f"string({self._value('any')})"
