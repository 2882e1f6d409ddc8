"""Two engines that answer differently, and how a difference is told from others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from engines import Answer
from spie import feel


@dataclass(frozen=True)
class Difference:
    peer: str
    text: str  # the expression, or the decision and its inputs
    ours: Answer
    theirs: Answer


Test = Callable[[Difference], bool]


@dataclass(frozen=True)
class Kind:
    peer: str
    name: str
    example: str
    theirs: str  # what the peer answers to the example, as FEEL writes it
    why: str
    holds: Test


def text(pattern: str) -> Test:
    found = re.compile(pattern)
    return lambda difference: found.search(difference.text) is not None


def they_said(pattern: str) -> Test:
    found = re.compile(pattern)
    return lambda difference: found.search(difference.theirs.said) is not None


def we_said(pattern: str) -> Test:
    found = re.compile(pattern)
    return lambda difference: found.search(difference.ours.said) is not None


def both(*tests: Test) -> Test:
    return lambda difference: all(one(difference) for one in tests)


def either(*tests: Test) -> Test:
    return lambda difference: any(one(difference) for one in tests)


def they_give(value: Any) -> Test:
    return lambda difference: difference.theirs.value is value


def we_give(value: Any) -> Test:
    return lambda difference: difference.ours.value is value


def numbers(value: Any) -> list[Decimal]:
    """The numbers of a value, in the order in which they stand."""
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    if not isinstance(value, dict):
        return []
    (tag, body), *_ = value.items()
    if tag == "ctx":
        return [number for item in body.values() for number in numbers(item)]
    try:
        return [Decimal(body)] if tag == "n" else []
    except InvalidOperation:
        return []


def close(within: str) -> Test:
    """The same numbers but for their last digits."""

    def holds(difference: Difference) -> bool:
        ours, theirs = numbers(difference.ours.value), numbers(difference.theirs.value)
        return (
            ours != theirs
            and len(ours) == len(theirs)
            and all(
                abs(a - b) <= abs(a) * Decimal(within) for a, b in zip(ours, theirs, strict=True)
            )
        )

    return holds


def beyond_decimal128(difference: Difference) -> bool:
    return any(
        number.is_finite() and number and abs(number.adjusted()) > 6144
        for number in numbers(difference.theirs.value)
    )


def rest(difference: Difference) -> bool:
    """The rest of a division, to the last of the 34 digits of what is divided."""
    ours, theirs = numbers([difference.ours.value]), numbers([difference.theirs.value])
    written = [abs(Decimal(one)) for one in re.findall(r"\d+(?:\.\d+)?", difference.text)]
    return len(ours) == len(theirs) == 1 and abs(ours[0] - theirs[0]) <= max(written) * Decimal(
        "1e-33"
    )


END = r'(-?[\d.]+(?:e\d+)?|"(?:[^"\\]|\\.)*"|(?:date and time|date|time|duration)\("[^"]*"\)|null)'
RANGE = re.compile(rf"[\[(\]]\s*{END}\s*\.\.\s*{END}\s*[\])\[]")


def holds_nothing(difference: Difference) -> bool:
    """A range that ends before it starts, or that null bounds."""
    return any(
        "null" in ends or feel.run(f"{ends[0]} > {ends[1]}").value is True
        for ends in RANGE.findall(difference.text)
    )


def one_open_point(difference: Difference) -> bool:
    return any(first == last for first, last in RANGE.findall(difference.text))


def times(difference: Difference) -> list[str]:
    return re.findall(r'"([^"]*\d\d:\d\d:\d\d[^"]*)"', difference.text)


def with_and_without_zone(difference: Difference) -> bool:
    zoned = [bool(re.search(r"(Z|[+-]\d\d:\d\d)$", one)) for one in times(difference)]
    return any(a != b for a, b in pairwise(sorted(zoned)))


def zoned(difference: Difference) -> bool:
    return any(re.search(r"(Z|[+-]\d\d:\d\d)$", one) for one in times(difference))


def a_null_in_their_list(difference: Difference) -> bool:
    """Ours is null since an argument is, for whatever error."""
    theirs = difference.theirs.value
    return difference.ours.value is None and isinstance(theirs, list) and None in theirs


def same_items(difference: Difference) -> bool:
    """Two lists that differ in their order alone."""
    ours, theirs = difference.ours.value, difference.theirs.value
    return (
        isinstance(ours, list)
        and isinstance(theirs, list)
        and sorted(map(str, ours)) == sorted(map(str, theirs))
    )
