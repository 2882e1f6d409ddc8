"""Arithmetic in FEEL beside Python's decimal, digit for digit: 34 digits, half-even, exponents of IEEE 754 decimal128."""

from __future__ import annotations

import decimal
import random
from collections.abc import Callable
from decimal import Decimal

from spie import feel

CONTEXT = decimal.Context(
    prec=34, rounding=decimal.ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[]
)
EXACT = decimal.Context(prec=200, Emin=-99_999, Emax=99_999, traps=[])
ROUNDINGS = {
    "decimal": decimal.ROUND_HALF_EVEN,
    "round up": decimal.ROUND_UP,
    "round down": decimal.ROUND_DOWN,
    "round half up": decimal.ROUND_HALF_UP,
    "round half down": decimal.ROUND_HALF_DOWN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}
OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
}


def _number(random_: random.Random) -> str:
    digits = "".join(
        random_.choice("0123456789") for _ in range(random_.choice((1, 2, 4, 9, 19, 34)))
    )
    point = random_.randint(0, len(digits))
    text = (
        f"{digits[:point].lstrip('0') or '0'}.{digits[point:] or '0'}"
        if random_.random() < 0.6
        else digits.lstrip("0") or "0"
    )
    return text


def _case(random_: random.Random) -> tuple[str, Decimal]:
    left, right = _number(random_), _number(random_)
    if random_.random() < 0.7:
        symbol = random_.choice(list(OPERATIONS))
        return f"{left} {symbol} {right}", OPERATIONS[symbol](
            CONTEXT.create_decimal(left), CONTEXT.create_decimal(right)
        )
    if random_.random() < 0.2:
        return f"sqrt({left})", CONTEXT.sqrt(Decimal(left))
    name, scale = random_.choice(list(ROUNDINGS)), random_.randint(-3, 6)
    step = Decimal(1).scaleb(-scale)
    return f"{name}({left}, {scale})", EXACT.quantize(
        Decimal(left), step
    ) if name == "decimal" else Decimal(left).quantize(
        step, rounding=ROUNDINGS[name], context=EXACT
    )


def compare(seed: int, count: int) -> bool:
    random_ = random.Random(seed)
    wrong = 0
    for _ in range(count):
        text, expected = _case(random_)
        found = feel.run(text).value
        want = expected if expected.is_finite() and len(expected.as_tuple().digits) <= 34 else None
        if want is None:
            continue  # beyond 34 digits, or no number: another test's matter
        if found != want:
            wrong += 1
            print(f"  {text}: {found}, and {want} by decimal")
    print(f"decimals: {count} asked, {wrong} differ from Python's decimal")
    return wrong == 0
