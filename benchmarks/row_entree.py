"""How fast is one person through the decision `entree` of Seine-et-Marne, by name and prepared? The facts of the pack's cases.

row_entree.py [seconds per line]
"""

import sys
import time
from datetime import date

ON = date(2022, 6, 1)


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
        print("row_entree.py: the Python package spie is not installed; nothing to measure")
        return 0
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    entree = pack.decision("entree")
    rows = [case.faits for case in pack.cases if case.decision == "entree"]
    for row in rows:
        by_name = pack.evaluate("entree", row, as_of=ON, trace=False).to_dict()
        if entree(row, as_of=ON, trace=False).to_dict() != by_name:
            print(f"row_entree.py: another answer when prepared for {row}", file=sys.stderr)
            return 1

    def named(row: dict) -> object:
        return pack.evaluate("entree", row, as_of=ON, trace=False).value

    def prepared(row: dict) -> object:
        return entree(row, as_of=ON, trace=False).value

    baseline = best(seconds, rows, named)
    for name, nanoseconds in [
        ("Python, Pack.evaluate", baseline),
        ("Python, prepared", best(seconds, rows, prepared)),
    ]:
        factor = baseline / nanoseconds
        print(
            f"{name:<34} {nanoseconds:>10.0f} ns {1e9 / nanoseconds:>12.0f} rows/s"
            f" {factor:>9.2f} times as fast"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
