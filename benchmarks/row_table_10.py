"""How fast is one row through a table of ten rules, from Python?  See row_table_10.cpp, whose rows are made alike.

row_table_10.py [seconds per line]
"""

import random
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

NATURES = [
    "ingenierie", "coordination", "communication", "offre_directe", "frais_generaux",
    "frais_de_mission", "autre",
]  # fmt: skip


def by_hand(montant: Decimal, nature: str, jour: date) -> Decimal:
    if jour < date(2022, 1, 1) or jour > date(2023, 12, 31) or nature == "offre_directe":
        return Decimal(0)
    if nature == "ingenierie":
        return Decimal(1) if montant < 1000 else Decimal("0.80")
    if nature in ("coordination", "communication"):
        return Decimal("0.80") if montant <= 5000 else Decimal("0.60")
    if nature == "frais_generaux":
        if montant <= Decimal("500.50"):
            return Decimal("0.15")
        if jour >= date(2023, 1, 1):
            return Decimal("0.10")
    return Decimal("0.05")


def best(seconds: float, rows: list, work) -> float:
    """Nanoseconds a row, of the best of the rounds that fit in the time."""
    least = float("inf")
    end = time.perf_counter() + seconds
    while True:
        start = time.perf_counter()
        for row in rows:
            work(row)
        least = min(least, (time.perf_counter() - start) / len(rows) * 1e9)
        if time.perf_counter() > end:
            return least


def main() -> int:
    try:
        import spie
    except ImportError:
        print("row_table_10.py: the Python package spie is not installed; nothing to measure")
        return 0
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    model = spie.dmn.load(Path(__file__).with_name("row_table_10.dmn"))
    chance = random.Random(2022)
    rows = [
        {
            "montant": Decimal(chance.randrange(1_000_000)) / 100,
            "nature": chance.choice(NATURES),
            "date": date(2021, 10, 1) + timedelta(days=chance.randrange(900)),
        }
        for _ in range(1024)
    ]
    taux = model.decision("taux")
    for row in rows:
        expected = by_hand(row["montant"], row["nature"], row["date"])
        if model.evaluate("taux", row).value != expected or not (
            taux(row).value == taux.value(row) == expected
        ):
            print(f"row_table_10.py: another answer than by hand for {row}", file=sys.stderr)
            return 1
    baseline = best(seconds, rows, lambda row: by_hand(row["montant"], row["nature"], row["date"]))
    lines = [
        ("Python by hand, Decimal", baseline),
        ("Python, spie.dmn", best(seconds, rows, lambda row: model.evaluate("taux", row).value)),
        ("Python, spie.dmn, prepared", best(seconds, rows, lambda row: taux(row).value)),
        ("Python, spie.dmn, the value alone", best(seconds, rows, lambda row: taux.value(row))),
        (
            "Python, spie.dmn, trace",
            best(seconds, rows, lambda row: model.evaluate("taux", row, trace=True).trace),
        ),
    ]
    for name, nanoseconds in lines:
        factor = nanoseconds / baseline
        print(
            f"{name:<34} {nanoseconds:>10.0f} ns {1e9 / nanoseconds:>12.0f} rows/s {factor:>9.0f} x"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
