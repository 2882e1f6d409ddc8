#!/usr/bin/env python3
"""make bench-peers: a dictionary a row, from Python, beside the same rules written in plain Python.

    benchmarks/peers/python_rows.py [--seconds S] [workload…]

The ways take turns, fifty rows at a time, so that whatever else uses the machine slows all of them: the best batch of
each is told, and the median of its ratios to the plain Python of its own turn. Answers are checked first. Rules, rows
and plain Python are those of the harness of the peers (run.py says where it stands).
"""

import argparse
import importlib
import os
import statistics
import sys
import time

from run import HARNESS, ROOT

WORKLOADS = ("eligibility-10", "table-100", "table-1000", "convention-like")
BATCH = 50


def ways_of(workload) -> dict:
    """By name, what answers a list of rows: the value of each."""
    import dmn_xml
    import spie

    plain = importlib.import_module("engines.python").Python()
    plain.load(workload)
    decide = plain.decide
    model = spie.dmn.loads(dmn_xml.document(workload.rules))
    evaluate, decision = model.evaluate, model.decision("answer")
    value = decision.value
    return {
        "plain Python, exact decimals": lambda rows: [decide(row) for row in rows],
        "spie, `model.evaluate(name, row).value`": lambda rows: [
            evaluate("answer", row).value for row in rows
        ],
        "spie, `decision(row).value`": lambda rows: [decision(row).value for row in rows],
        "spie, `decision.value(row)`": lambda rows: [value(row) for row in rows],
    }


def measured(ways: dict, rows: list, seconds: float) -> dict[str, tuple[float, float]]:
    """Of each: the best batch, in nanoseconds a row, and the median of its ratios to the first."""
    batches = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    taken: dict[str, list[int]] = {name: [] for name in ways}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for batch in batches:
            for name, way in ways.items():
                start = time.perf_counter_ns()
                way(batch)
                taken[name].append(time.perf_counter_ns() - start)
    first = next(iter(taken.values()))
    return {
        name: (
            min(all_of_it) / BATCH,
            statistics.median(one / other for one, other in zip(all_of_it, first, strict=True)),
        )
        for name, all_of_it in taken.items()
    }


def main() -> int:
    if not (HARNESS / "bench.py").exists():
        print(f"skipped: the harness of the peers is not in {HARNESS}")
        return 0
    sys.path.insert(0, str(HARNESS))
    bench = importlib.import_module("bench")
    site = next((ROOT / ".venv/lib").glob("python3*/site-packages"), None)
    if site is not None:  # spie itself, in the environment that the harness makes
        os.environ.setdefault("PYTHONPATH", str(site))
    bench.enter_environment()
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=3.0, help="a workload")
    asked.add_argument("workloads", nargs="*", default=WORKLOADS)
    given = asked.parse_args()
    workloads = importlib.import_module("workloads")
    found: dict[str, list[str]] = {}
    for name in given.workloads:
        workload = workloads.load(name)
        rows = workload.rows.slice(0, len(workload.expected)).to_pylist()
        ways = ways_of(workload)
        outputs = [output["name"] for output in workload.rules["outputs"]]
        for way, answer in ways.items():
            for row, value, expected in zip(rows, answer(rows), workload.expected, strict=True):
                told = tuple(value[one] for one in outputs) if isinstance(value, dict) else value
                if told not in (expected, expected[0]):
                    print(f"{way}, {name}: {told} of {row}, not {expected}", file=sys.stderr)
                    return 1
        for way, (best, ratio) in measured(ways, rows, given.seconds).items():
            found.setdefault(way, []).append(f"{best:,.0f} ({ratio:.2f})")
    print(f"ns a row, the best batch (median ratio to plain Python); load {os.getloadavg()[0]:.1f}")
    print("| A dictionary a row | " + " | ".join(given.workloads) + " |")
    print("|---|" + "---:|" * len(given.workloads))
    for way, cells in found.items():
        print(f"| {way} | " + " | ".join(cells) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
