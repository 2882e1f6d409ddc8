"""The kinds of differences that are known, and why: the table of docs/feel.md is written from here. A difference of no
kind fails the run."""

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


def kind_of(difference: Difference) -> Kind | None:
    return next(
        (kind for kind in KINDS if kind.peer == difference.peer and kind.holds(difference)), None
    )


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
    return isinstance(ours, list) and isinstance(theirs, list) and sorted(map(str, ours)) == sorted(map(str, theirs))


KINDS: list[Kind] = [
    Kind(
        "KIE",
        "a range that ends before it starts, or an end that is null",
        "2 in [3..1]",
        "null",
        "KIE makes such a range null. By the standard `x in [a..b]` is `x >= a and x <= b`, false or null but never "
        "true; ours is a range that holds nothing, and null when it is iterated over.",
        holds_nothing,
    ),
    Kind(
        "KIE",
        "an open range of one point, iterated over",
        "for x in (1..1) return x",
        "[2, 1, 0]",
        "KIE goes down from 2 to 0; nothing lies in the range.",
        both(text("^for "), text(r"in \(")),
    ),
    Kind(
        "KIE",
        "a range in `some` and `every`",
        "some x in [1..3] satisfies x = 2",
        "false",
        "KIE takes the range as one item; `for` iterates over it, and so do we in all three.",
        both(text("^(some|every) "), text(r"in [\[(\]][^,]*\.\.")),
    ),
    Kind(
        "KIE",
        "a time with a zone beside one without",
        'time("10:30:00") < time("11:00:00Z")',
        "true",
        "KIE reads the one without as a time of UTC. The standard gives no such order: null with an error, and never equal.",
        with_and_without_zone,
    ),
    Kind(
        "KIE",
        "one instant written with two offsets",
        'union([time("10:30:00Z")], [time("12:30:00+02:00")])',
        '[time("10:30:00Z"), time("12:30:00+02:00")]',
        "KIE compares the texts in list functions and `coincides`; for us they are equal wherever `=` says so.",
        both(
            zoned,
            text(
                "^(coincides|union|distinct values|list contains|index of|list replace|concatenate|remove|mode)\\("
            ),
        ),
    ),
    Kind(
        "KIE",
        "`string` of a list, a context, a range",
        "string([1, {a: 2}])",
        '"[ 1, { a : 2 } ]"',
        "The standard leaves the text open; ours is a FEEL text that gives the value again.",
        text(r"string\(|string join\("),
    ),
    Kind(
        "KIE",
        "an iteration from or to a number that is no integer",
        "for x in 0.5..2 return x",
        "[0.5, 1.5]",
        "The standard iterates over integers and dates: null with F012.",
        we_said("ranges of integers|goes from an integer|without an end"),
    ),
    Kind(
        "KIE",
        "a null iterated over, or filtered",
        "every x in null satisfies x > 1",
        "true",
        "KIE takes null as a list of one null; null is no value here: null with F017.",
        we_said("the domain of the iteration is null|a null cannot be filtered"),
    ),
    Kind(
        "KIE",
        "a condition that is null in `some` and `every`",
        "every x in [1, null] satisfies x > 0",
        "true",
        "KIE leaves the null out. `every` is `and` over the items and `some` is `or`: null.",
        both(text("(some|every) "), we_give(None)),
    ),
    Kind(
        "KIE",
        "values of two types compared in lists and in tests",
        '[1] = ["a"]',
        "false",
        'KIE answers false, or true for `!=`. `1 = "a"` is null in both engines, and stays it inside a list.',
        we_said("is not compared with|is never equal"),
    ),
    Kind(
        "KIE",
        "a point and a range of two types",
        'finishes("a", [1..3))',
        "false",
        "They cannot be compared: null with an error, as `before` gives in both engines.",
        we_said(
            "not of one ordered type|has no place in a range|types \\((range, |[a-z ]+, range)"
        ),
    ),
    Kind(
        "KIE",
        "`<` in a test over two types, or over null",
        "null in (<= 2)",
        "false",
        "`x in (<= 2)` is `x <= 2`, which is null in both engines.",
        both(text(r"(^| )in "), we_said("is not defined between|meets a null")),
    ),
    Kind(
        "KIE",
        "`<=` and `>=` beside a list",
        "[1] >= 0",
        "false",
        "There is no such order: null with F003, as `[1] > 0` is in both engines. KIE reads `> or =`, and `=` is false.",
        both(
            we_said(r"`[<>]=` is not defined between (a list|.* and a list)"),
            they_give(False),
        ),
    ),
    Kind(
        "KIE",
        "a range in a range",
        "[1..3] in [1..3]",
        "null",
        "KIE looks for an order between the two. What is tested is equal to the test, or one of its values; no range lies "
        "in another, which is `includes`.",
        they_said(r"Value '[\[(\]] .* \.\. .*' is not comparable with range"),
    ),
    Kind(
        "KIE",
        "items that have no order",
        "min([true])",
        "true",
        "KIE gives the only item, or sorts null first; an order is wanted of every item: null with an error.",
        either(
            we_said("no order among them|an item is null|meets a null"),
            both(text("^sort"), we_give(None)),
        ),
    ),
    Kind(
        "KIE",
        "`any` and `all` over what is no boolean",
        'any([true, "a"])',
        "null",
        "KIE refuses the list; ours is decided by the first item that decides.",
        they_said("is not a Boolean"),
    ),
    Kind(
        "KIE",
        "null where a list is wanted",
        "union(null, [1])",
        "[null, 1]",
        "KIE takes null as a list of one null; a parameter that does not take null makes the call null (F017).",
        either(we_said("` is null"), both(text(r"^(union|concatenate)\("), a_null_in_their_list)),
    ),
    Kind(
        "KIE",
        "a time and a duration of months",
        'time("10:30:00") + duration("P0M")',
        'time("10:30:00")',
        "The tables of DMN 1.5 have no sum of the two: null with F003. KIE adds what has no days to a clock.",
        we_said("not defined between a (time and a years|years and months duration and a time)"),
    ),
    Kind(
        "KIE",
        "a character of two UTF-16 units, cut",
        'split("\U0001f40e", "x?")',
        '["?", "?", ""]',
        "A text is made of characters; KIE cuts one in two where an empty match falls between its halves.",
        text("^split.*[\U00010000-\U0010ffff]"),
    ),
    Kind(
        "KIE",
        "a precedence that is no order",
        "sort([2, 1, 2], function(x, y) x = y)",
        "[2, 1, 2]",
        "What `x = y` sorts by is no order (DMN 1.5 table 79 asks for one): any order of the items will do.",
        text(r"^sort\(.*function\(x, y\) x = y\)"),
    ),
    Kind(
        "KIE",
        "`mode` of a text that looks like a number",
        'mode("1.5")',
        "[1.5]",
        "KIE reads the text; the items are numbers: null with F005.",
        both(text("^mode"), we_said("`mode`: an item is a string")),
    ),
    Kind(
        "KIE",
        "a range over one instant in two zones",
        '(date and time("2024-02-29T12:30:00+02:00")..date and time("2024-02-29T10:30:00Z"))',
        "null",
        "The two ends are equal. KIE compares the clocks where the instants are one, and finds that it ends before it starts.",
        both(
            text(r'^\(*[\[(\]] *date and time\("[^"]*"\) *\.\. *date and time\('), they_give(None)
        ),
    ),
    Kind(
        "KIE",
        "a number beyond decimal128",
        "10 ** 7000",
        "1.000000000000000000000000000000000E+7000",
        "FEEL's numbers are decimals of 128 bits: null with F006. KIE goes on to two thousand million digits.",
        either(beyond_decimal128, we_said("has no result"), text(r"\(-?0?\.\d+ \*\* \d{5,}\)")),
    ),
    Kind(
        "KIE",
        "the last of 34 digits",
        "exp(-2.5)",
        "0.08208499862389879516952867446715981",
        "`exp`, `log`, `stddev` and powers to a fraction are right within two units of the 34th digit; the four operations, "
        "`sqrt`, roundings and powers to an integer are rounded as IEEE 754 says. A logarithm near zero and a "
        "rest show more of a last digit.",
        either(
            close("2e-32"),
            both(text(r"^(log|modulo)\("), close("1e-29")),
            both(text(r"^modulo\("), rest),
        ),
    ),
    Kind(
        "KIE",
        "fractions where an integer is wanted",
        "date(2024, 2.5, 1)",
        'date("2024-02-01")',
        "KIE cuts them off; null with an error is safer than another date or another item.",
        we_said("there is no such date|there is no such time|is an integer|is no integer|integer"),
    ),
    Kind(
        "KIE",
        "an argument that is not of the declared type",
        '(function(x: number, y) [x, y])("a", 1)',
        "[null, 1]",
        "KIE goes on with null; the call is null with F016 (DMN 1.5 §10.3.2.9.4).",
        they_said("not conformant"),
    ),
    Kind(
        "KIE",
        "a filter by what is neither condition nor position",
        '[1, 2]["a"]',
        "[]",
        "KIE keeps nothing; an error says more.",
        we_said("a filter (by|of type)"),
    ),
    Kind(
        "KIE",
        "the sign of a number before a filter or `instance of`",
        "-1 instance of number",
        "true",
        "KIE reads -1 as one literal; ours is the negation of `1 instance of number` (grammar rule 4). Parentheses decide.",
        text(r"(^|[ (\[])-[\d.]+(\[| instance)"),
    ),
    Kind(
        "KIE",
        "a range that opens with `]` inside a list",
        "[1, ]2..3]]",
        "[1, (2..3]]",
        "There `]` closes the list for us, and the text is refused: write `(2..3]`, which is the same range.",
        text(r"[\[,] ?\]"),
    ),
    Kind(
        "KIE",
        "`sublist` of no item",
        "sublist([1, 2], 1, 0)",
        "null",
        "KIE wants one at least; no item is the empty list.",
        they_said("must be a positive number"),
    ),
    Kind(
        "KIE",
        "`in` null",
        "34 in null",
        "null",
        "It is `34 = null`, which is false in both engines.",
        they_said("Expression is null"),
    ),
    Kind(
        "KIE",
        "`between` with a null that does not decide",
        "1 between 5 and null",
        "null",
        "It is `1 >= 5 and 1 <= null`: `false and null` is false.",
        they_said("(start|end|value) is null"),
    ),
    Kind(
        "KIE",
        "`time` of a time",
        'time(time("10:30:00Z"))',
        "null",
        "The standard takes a time too.",
        they_said("^ERROR from$"),
    ),
    Kind(
        "KIE",
        "members of a list inside a list",
        "[[{a: 1}], {a: 2}].a",
        "[null, 2]",
        "`e.a` of a list is the list of `item.a` (DMN 1.5 §10.3.2.5), at each level.",
        text(r"^\[\[?.*\]\.\w+$"),
    ),
    Kind(
        "KIE",
        "`number` of two arguments",
        'number("1.5", null)',
        "null",
        "The separators may be left out or null.",
        text(r"^number\("),
    ),
    Kind(
        "KIE",
        "months added to a time",
        '(time("10:00:00") + duration("P1M")) = null',
        "null",
        "KIE throws: the whole expression is null. Ours is the null of that operation alone.",
        they_said("UnsupportedTemporalType"),
    ),
    Kind(
        "KIE",
        "a long duration multiplied",
        'duration("PT36H") * 1000000',
        'duration("P5472DT2H58M4.033138688S")',
        "KIE loses the high digits of the nanoseconds.",
        text(r"^duration|\(duration"),
    ),
    Kind(
        "KIE",
        "an item that lacks the member of a condition, beside a boolean",
        "[{b: 1}][a > true]",
        "[{b: 1}]",
        "The member is null, `null > true` is not true: the item is left out. KIE keeps it; beside a number it leaves it out too.",
        text(r"\]\[a [<>] (true|false)\]"),
    ),
    Kind(
        "KIE",
        "a list of one where a context is wanted",
        'context put([{a: 0}], "b", 1)',
        "null",
        "The list is its one item where the parameter asks for it (DMN 1.5 §10.3.2.9.4).",
        they_said("is not a context"),
    ),
    Kind(
        "KIE",
        "the order of two booleans",
        "list replace([true], function(x, y) x > y, true)",
        "[true]",
        "Booleans have no order: null with F003. KIE takes that of Java.",
        we_said("between a boolean and a boolean"),
    ),
    Kind(
        "KIE",
        "the order of two times with two offsets",
        'time("10:00:00+02:00") < time("09:00:00Z")',
        "false",
        "It is 08:00 and 09:00 by one clock. KIE compares what each clock shows.",
        both(text(r"time\(\"[^\"]*[+-]\d\d:\d\d"), text(r"[<>]| between | in ")),
    ),
    Kind(
        "KIE",
        "one instant written with two offsets, sorted",
        'sort([date and time("2024-02-29T12:30:00+02:00"), date and time("2024-02-29T10:30:00Z")])',
        '[date and time("2024-02-29T10:30:00Z"), date and time("2024-02-29T12:30:00+02:00")]',
        "Neither is before the other: they stay in their order. KIE puts the clock that shows less first.",
        both(text("^sort\\("), zoned, same_items),
    ),
    Kind(
        "KIE",
        "a scale out of its range",
        "round up(-1, 10 ** 34)",
        "-1",
        "The standard has scales from -6111 to 6176: null with F005.",
        we_said("the scale .* is outside"),
    ),
    Kind(
        "KIE",
        "`is` of two nulls",
        "is(null, null)",
        "false",
        "They are the same value.",
        text(r"^is\("),
    ),
    Kind(
        "KIE",
        "COLLECT without a rule that matches",
        "",
        "[]",
        "The standard is silent; null with D006, which a default output replaces.",
        we_said("no rule matches"),
    ),
    Kind(
        "KIE",
        "COLLECT COUNT of equal outputs",
        "",
        "the number of different ones",
        "We count the outputs of the rules that match; KIE counts the different ones.",
        text("^COLLECT COUNT "),
    ),
    Kind(
        "KIE",
        "a list that no rule fills, and a default output",
        "",
        "the default output alone",
        "RULE ORDER, OUTPUT ORDER and COLLECT give a list: ours is that of the default output.",
        text("^(RULE ORDER|OUTPUT ORDER|COLLECT) "),
    ),
    Kind(
        "KIE",
        "an input that is not of its type",
        "",
        "a value",
        "KIE computes what does not read it, or unchecked; ours refuses the input (D010), and says what is allowed.",
        we_said("D010|is not among the values|is of type|D009"),
    ),
    Kind(
        "KIE",
        "a Java function by an attribute of KIE's",
        "",
        "null",
        '`drools:kind="J"` of the first models of KIE is no part of DMN 1.1, which knew no kinds of functions: ours reads the body '
        'as the context that it is, and says that it is no number. `kind="Java"` is read.',
        both(text(r"\.dmn `"), we_said(r'^\{class: "java\.lang\.\w+", method signature: ')),
    ),
    Kind(
        "KIE",
        "an error in a part of a decision",
        "",
        "null",
        "KIE makes the whole decision null, and those that require it; in FEEL an error is the null of that operation, and "
        "`false and …`, a table or a context may go on.",
        both(text(r"\.dmn `"), they_give(None), lambda difference: difference.theirs.failed),
    ),
    Kind(
        "KIE",
        "a decision whose variable has another name",
        "",
        "null",
        "KIE holds the value under the name of the variable; ours answers to the name of the decision.",
        both(text(r"\.dmn `"), they_give(None), lambda difference: not difference.theirs.failed),
    ),
    Kind(
        "KIE",
        "a test as a value beside a range",
        "(=10) = [10..10]",
        "true",
        "TCK 0068 wants false: they are two ranges, written differently.",
        text(r"\(!?=|range_01[02]"),
    ),
    Kind(
        "KIE",
        "a value where a list is declared",
        "",
        "the value alone",
        "KIE makes no list of it in a business knowledge model, a service or an input; DMN 1.5 §10.3.2.9.4 does.",
        either(
            lambda difference: difference.ours.value == [difference.theirs.value],
            text(r"\.dmn `listContainsList` on \{'list1': '"),  # one list is no item of another
        ),
    ),
    Kind(
        "KIE",
        "a decision with a fault of its own",
        "",
        "a value",
        "Read leniently, a decision whose type or expression is at fault is null, and its finding says why.",
        we_said("is not usable"),
    ),
    Kind(
        "feelin",
        "a number with an exponent",
        "1e3",
        "1",
        "feelin does not read exponents.",
        text(r"\de\d"),
    ),
    Kind(
        "feelin",
        "digits beyond a double",
        "1 / 3",
        "0.3333333333333333",
        "Its numbers are doubles; ours are decimals of 34 digits.",
        close("1e-12"),
    ),
    Kind(
        "feelin",
        "an operation or a function that it lacks",
        'duration("P1D") / 2',
        "null",
        "It has no result, and says so.",
        both(
            they_give(None),
            they_said(
                "Cannot invoke|Can't|unsupported|Invalid array|is not a valid|No value|cannot be"
            ),
        ),
    ),
    Kind(
        "feelin",
        "a value that stands for a list",
        "some x in 5 satisfies x = 5",
        "null",
        "The standard makes a list of it (DMN 1.5 §10.3.2.9.4), and KIE does.",
        both(they_give(None), text("^(some|every|for) ")),
    ),
    Kind(
        "feelin",
        "a list of one for a parameter that is no list",
        "(function(x: number) x)([10])",
        "[10]",
        "The list is its one item where the parameter asks for it (DMN 1.5 §10.3.2.9.4).",
        text(r"^\(function\(x: number.*\)\(\[[^,\]]*\]"),
    ),
    Kind(
        "feelin",
        "a range in a range of another type",
        '[1..10) in ["foo".."z"[',
        "true",
        "feelin finds every value in a range of texts; ours is equal to the test or not.",
        text(r"\.\.[^,]* in [\[(\]][^,]*\.\."),
    ),
    Kind(
        "feelin",
        "an item in the place of a list of one",
        "(5)[true]",
        "5",
        "A filter by a condition gives a list (DMN 1.5 §10.3.2.5).",
        text(r"\)\["),
    ),
    Kind(
        "feelin",
        "`string` of a range, of a list",
        "string([1..3])",
        '"<range>"',
        "The standard leaves the text open.",
        text(r"string\(|string join\("),
    ),
    Kind(
        "feelin",
        "a range that holds nothing",
        "3 between 5 and 1",
        "true",
        "feelin puts the ends in order, and iterates backwards; nothing lies in the range.",
        either(holds_nothing, text("between")),
    ),
    Kind(
        "feelin",
        "a time with an offset has a zone",
        'time("08:30:00+02:00").timezone',
        '"+02:00"',
        "An offset is no time zone; it is the `time offset`.",
        text(r"\.timezone$"),
    ),
    Kind(
        "feelin",
        "a scale that is no integer",
        "round half up(3, 0.1)",
        "3.177312938897126",
        "It rounds to a tenth of a digit.",
        text(r"^(round [a-z ]+|decimal|floor|ceiling)\("),
    ),
    Kind(
        "feelin",
        "`duration` of a duration, `sort` of no function",
        'duration(duration("P1Y"))',
        "null",
        "The standard takes a duration too; without a function the order is that of `<`, as in KIE.",
        text(r"^(duration|sort)\("),
    ),
    Kind(
        "feelin",
        "an item that lacks the name of a condition",
        '[{a: 3, b: 1}, null][a < date("2000-01-01")]',
        "[{a: 3, b: 1}]",
        "feelin keeps it; null is not true.",
        they_said("Variable '.*' not found"),
    ),
    Kind(
        "feelin",
        "months and days in one duration",
        'years and months duration(date("2023-12-31"), date and time("2024-02-29T10:30:00Z"))',
        'duration("P2M1D")',
        "The standard has two kinds of durations, which do not mix: whole months.",
        text("^years and months duration"),
    ),
    Kind(
        "feelin",
        "values of two types compared",
        'is(1, "a")',
        "null",
        "Two values of two types are not the same one; lists of different lengths are not equal.",
        both(they_give(None), text(r"^is\(|!?=")),
    ),
    Kind(
        "feelin",
        "`is` of a value and a list of it",
        "is(1, [1])",
        "true",
        "A list of one is no value of another type where any is taken.",
        both(they_give(True), text(r"^is\(.*\[")),
    ),
    Kind(
        "feelin",
        "`instance of` a type with parameters",
        '"a" instance of range<number>',
        "null",
        "feelin does not read `range<…>`.",
        text("instance of"),
    ),
    Kind(
        "feelin",
        "`min` and `max` of what is no number",
        'max(["a", "b"])',
        "null",
        "They take every ordered type.",
        text(r"^(min|max)\("),
    ),
    Kind(
        "feelin",
        "regular expressions",
        'replace("1.5", "\\d+", "[$1]")',
        '"[$1].[$1]"',
        "Those of JavaScript, without the flag `x`; ours are those of XPath, where a group that there is not is empty.",
        text(r"^(replace|matches|split)\("),
    ),
    Kind(
        "feelin",
        "functions over one list",
        'union(["ab", "ab"])',
        '["a", "b"]',
        "feelin opens the items too, counts a position from the wrong end, finds no date, or gives null for an empty list.",
        text(
            r"^(any|all|list contains|context|context merge|index of|distinct values|union|concatenate|mode|median|list replace|insert before|remove|append|sublist|product|stddev)\("
        ),
    ),
    Kind(
        "feelin",
        "a condition that is no boolean",
        'if "a" then 1 else 2',
        "1",
        "What is not true takes `else`.",
        both(text("(^if | and | or )"), we_said(".")),
    ),
    Kind(
        "feelin",
        "members of a list inside a list",
        "[[{a: 1}], {a: 2}].a",
        "[null, 2]",
        "As KIE.",
        text(r"^\[\[?.*\]\.\w+$"),
    ),
    Kind(
        "feelin",
        "dates beside times",
        'date("2024-02-29") + duration("PT36H")',
        'date and time("2024-03-01T12:00:00Z")',
        "A date and a duration give a date; a date is midnight UTC beside a date and time.",
        both(text(r"date"), text(r" [-+] ")),
    ),
    Kind(
        "feelin",
        "a number beyond a double",
        "10 ** 400",
        "Infinity",
        "A decimal of 34 digits holds it.",
        text(r"\*\*"),
    ),
    Kind(
        "feelin",
        "a filter by null, a fraction of a second",
        '["a", "b"][null]',
        "null",
        "Null is not true: the filter keeps nothing. A second has nanoseconds.",
        text(r"\[null\]|^time\("),
    ),
    Kind(
        "feelin",
        "`in` null",
        "34 in null",
        "null",
        "It is `34 = null`, which is false.",
        text(r" in null$"),
    ),
    Kind(
        "feelin",
        "an operation that it lacks, inside another expression",
        'if -duration("P1M") <= duration("P1Y") then 1 else 2',
        "2",
        "It goes on with null.",
        they_said("Can't (add|subtract|multiply|divide)"),
    ),
    Kind(
        "feelin",
        "the rest of a division of doubles",
        "modulo(1.50, 0.1)",
        "0.1",
        "A decimal has a tenth: no rest.",
        text(r"^modulo\("),
    ),
    Kind(
        "feelin",
        "lists of different lengths in a condition",
        "if [1] != [] then 1 else 2",
        "2",
        "They are not equal: `!=` is true. feelin gives null, and takes `else`.",
        text(r"^if .*(\] !?= | !?= \[)"),
    ),
    Kind(
        "feelin",
        "values without an order in the condition of a filter",
        "[{a: true}, {a: []}][a > -2.5]",
        "[{a: true}, {a: []}]",
        "JavaScript makes a number of all, a time of UTC of one without a zone; there is no such `<`, and what is not true is left out.",
        both(
            text(r"\]\[(a|item) [<>] "),
            we_said("is not defined between|have no order|meets a null"),
        ),
    ),
    Kind(
        "feelin",
        "a value with an error",
        "after(null, null)",
        "false",
        "feelin goes on with false, an empty list or a double where the operation is not defined: null with the error "
        "that says why.",
        lambda difference: difference.ours.value is None and bool(difference.ours.said),
    ),
]


def page(ours: Callable[[str], str]) -> str:
    """The table of docs/feel.md; `ours` evaluates an example."""

    def cell(value: str) -> str:
        return value.replace("|", "\\|").replace("\n", " ")

    rows = ["", "| engine | where | example | ours | theirs | why |", "|---|---|---|---|---|---|"]
    for kind in KINDS:
        example = (
            (f"`{kind.example}`", f"`{ours(kind.example)}`", f"`{kind.theirs}`")
            if kind.example
            else ("", "", kind.theirs)
        )
        rows.append(
            f"| {' | '.join(cell(one) for one in (kind.peer, kind.name, *example, kind.why))} |"
        )
    return "\n".join([*rows, "", ""])
