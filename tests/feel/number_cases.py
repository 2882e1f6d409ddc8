#!/usr/bin/env python3
"""Writes number_cases.txt: random decimal operations and their results by Python's decimal module (libmpdec),
prec 34, ROUND_HALF_EVEN, exponents of IEEE 754 decimal128. Seeded: run again, the file does not change.

    python3 tests/feel/number_cases.py > tests/feel/number_cases.txt

A line is: operation, operands, expected result (or "none"), separated by blanks.
"""

import decimal
import random
from decimal import Decimal

random.seed(20220401)
context = decimal.Context(
    prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[]
)
precise = decimal.Context(
    prec=200, Emin=-99999, Emax=99999, traps=[]
)  # libmpdec's power is not correctly rounded
exact = decimal.Context(prec=20000, Emin=-99999, Emax=99999, traps=[])
modes = {
    "half_even": decimal.ROUND_HALF_EVEN,
    "half_up": decimal.ROUND_HALF_UP,
    "half_down": decimal.ROUND_HALF_DOWN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}


def digits(count):
    return "".join(random.choice("0123456789") for _ in range(count)).lstrip("0") or "0"


def number(kind=None):
    kind = kind or random.choice(
        ["small", "money", "int64", "wide", "wide", "far", "edge", "zeros"]
    )
    if kind == "small":
        text = str(random.randint(0, 120))
    elif kind == "money":
        text = (
            digits(random.randint(1, 7))
            + "."
            + "".join(random.choice("0123456789") for _ in range(2))
        )
    elif kind == "int64":
        text = (
            random.choice([digits(19), str(2**63 - 1), str(2**63), digits(18)])
            + "e"
            + str(random.randint(-25, 25))
        )
    elif kind == "wide":
        text = digits(random.randint(15, 34)) + "e" + str(random.randint(-45, 20))
    elif kind == "far":
        text = (
            digits(random.randint(1, 34))
            + "e"
            + str(random.choice([-6176, -6100, -3000, -140, 120, 3000, 6000, 6111]))
        )
    elif kind == "edge":
        text = (
            random.choice(["9" * 34, "9" * 17, "5", "1" + "0" * 33, "0.5", "25", "0"])
            + "e"
            + str(random.randint(-40, 40))
        )
    else:
        text = (
            digits(random.randint(1, 6))
            + "0" * random.randint(1, 12)
            + "e"
            + str(random.randint(-15, 5))
        )
    value = context.create_decimal(text)
    return context.minus(value) if random.random() < 0.35 else value


def show(value):
    if value is None or not value.is_finite():
        return "none"
    return str(abs(value) if value == 0 else value)


def line(*words):
    print(*[word if isinstance(word, str) else show(word) for word in words])


def floored_modulo(a, b):
    """a - b * floor(a / b) without rounding but the last (DMN 1.5 table 75)."""
    rest = exact.remainder(a, b)
    if rest != 0 and (rest < 0) != (b < 0):
        rest = exact.add(rest, b)
    return context.plus(rest)


for _ in range(330):
    a, b = number(), number()
    line("add", a, b, context.add(a, b))
    line("subtract", a, b, context.subtract(a, b))
    line("multiply", a, b, context.multiply(a, b))
    line("divide", a, b, context.divide(a, b) if b else None)
    line("compare", a, b, str(int(context.compare(a, b))))
for _ in range(60):  # quotients that end
    b = Decimal(
        random.choice([2, 4, 5, 8, 10, 16, 25, 32, 64, 100, 125, 1000, 4096, 3 * 2**5, 7 * 5**4])
    ).scaleb(random.randint(-4, 4))
    a = number("money") * random.choice([1, 3, 7, 21])
    line("divide", a, b, context.divide(a, b))
for _ in range(200):  # coefficients of 64 bits
    a, b = (
        Decimal(random.randint(1, 10 ** random.randint(1, 19))).scaleb(random.randint(-9, 9))
        for _ in "ab"
    )
    b = random.choice(
        [b, b, Decimal(2 ** random.randint(10, 62)), Decimal(5 ** random.randint(10, 26))]
    )
    line("divide", a, b, context.divide(a, b))
for _ in range(150):
    kinds = random.choice(
        [
            ("small", "small"),
            ("money", "money"),
            ("wide", "money"),
            ("zeros", "int64"),
            ("edge", "small"),
        ]
    )
    a, b = number(kinds[0]), number(kinds[1])
    line("modulo", a, b, floored_modulo(a, b) if b else None)
for _ in range(120):
    a = number(random.choice(["small", "money", "edge"]))
    n = random.choice([2, 3, 4, 7, 12, 30, 60, 120, 360, -1, -2, -5, -30])
    line("power", a, str(n), context.plus(precise.power(a, n)) if a or n > 0 else None)
for _ in range(40):  # interest over months
    a = Decimal(1) + Decimal(random.randint(1, 2000)).scaleb(-5)
    n = random.choice([12, 60, 240, 360])
    line("power", a, str(n), context.plus(precise.power(a, n)))
for _ in range(60):
    a = number(random.choice(["small", "money", "wide", "int64"]))
    line("sqrt", a, context.sqrt(a) if a >= 0 else None)
for _ in range(60):
    a = Decimal(random.randint(-30000, 30000)).scaleb(random.choice([-5, -4, -3, -2]))
    line("exp", a, context.exp(a))
for _ in range(60):
    a = abs(number(random.choice(["small", "money", "wide"])))
    line("log", a, context.ln(a) if a else None)
for name, mode in modes.items():
    for _ in range(60):
        a = random.choice(
            [
                number("money"),
                number("wide"),
                number("edge"),
                number("small"),
                Decimal(random.randint(-9999, 9999) * 2 + 1) * 5 / 1000,
            ]
        )
        scale = random.choice([0, 0, 1, 2, 2, 3, -1, -3, 10])
        unit = Decimal(1).scaleb(-scale)
        expected = a.quantize(
            unit, rounding=mode, context=decimal.Context(prec=200, Emin=-9999, Emax=9999)
        )
        line("round", a, str(scale), name, expected)
