#!/usr/bin/env python3
"""make bench-peers: ours beside other engines on the same rules and rows, one row at a time and whole tables.

    benchmarks/peers/run.py [--write] [options of the harness: --workloads, --engines, --rounds]

The harness of the peers stands beside the sources (SPIE_SHARED, ../shared by default): it makes the workloads, checks the
answers of each engine against a judge of plain Python before anything is timed, and measures. Added here are the ways
into spie that it does not know, by engines/spie_rows.py, and its own C++ on Arrow columns, by engines/cpp_arrow.py.
--write puts the table of the run into benchmarks/README.md and README.md, between their marks. Where the harness is absent
nothing is measured, which is said.
"""

import importlib
import json
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HARNESS = Path(os.environ.get("SPIE_SHARED", ROOT.parent / "shared")).resolve() / "peers"
PAGES = (ROOT / "benchmarks/README.md", ROOT / "README.md")
MARKS = ("<!-- peers -->", "<!-- /peers -->")
REFERENCE = "C++ row loop, 1 M rows"


def shown(nanoseconds: float) -> str:
    return f"{nanoseconds:,.0f}" if nanoseconds >= 100 else f"{nanoseconds:.3g}"


def table(report: dict, load: float) -> str:
    """The best round of each engine, in nanoseconds a row: the others only say who else used the machine."""
    workloads = report["workloads"]
    lines = []
    for kind, title in (("row", "One row at a time"), ("column", "Whole tables, a row")):
        engines = list(
            dict.fromkeys(
                name
                for results in workloads.values()
                for name, result in results.items()
                if result.get("kind") == kind
            )
        )
        if not engines:
            continue
        lines += [
            f"| {title}, ns | " + " | ".join(workloads) + " |",
            "|---|" + "---:|" * len(workloads),
        ]
        for name in engines:
            found = [results.get(name, {}) for results in workloads.values()]
            cells = [shown(one["ns"][0]) if "ns" in one else "–" for one in found]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines.append("")
    wrong = [
        f"{name} on {workload}: {result['error']}"
        for workload, results in workloads.items()
        for name, result in results.items()
        if "error" in result
    ]
    lines += [f"Not measured, or answered otherwise: {'; '.join(wrong)}.", ""] if wrong else []
    return "\n".join(
        [f"The best round; load {load:.1f} on {os.cpu_count()} processors.", "", *lines]
    )


def main() -> int:
    if not (HARNESS / "bench.py").exists():
        print(f"skipped: the harness of the peers is not in {HARNESS}")
        return 0
    sys.path[:0] = [str(HARNESS)]
    bench = importlib.import_module("bench")
    site = next((ROOT / ".venv/lib").glob("python3*/site-packages"), None)
    if site is not None:  # spie itself, in the environment that the harness makes
        os.environ["PYTHONPATH"] = str(site)
    bench.enter_environment()
    engines = importlib.import_module("engines")
    engines.__path__.append(str(HERE / "engines"))
    engines.FILES = ("cpp", "cpp_arrow", "spie_columns", "spie_rows", *engines.FILES[2:])
    bench.__file__ = __file__  # each engine is measured in a process of its own, which knows ours
    if sys.argv[1:2] == ["--worker"]:
        bench.worker(*sys.argv[2:5], int(sys.argv[5]))
        return 0
    write = "--write" in sys.argv
    load = os.getloadavg()[0]
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        sys.argv = [argument for argument in sys.argv if argument != "--write"] + [
            "--json",
            out.name,
        ]
        bench.main()
        report = json.loads(Path(out.name).read_text())
    if write:
        for page in PAGES:
            text = page.read_text(encoding="utf-8")
            before, _, rest = text.partition(MARKS[0])
            _, _, after = rest.partition(MARKS[1])
            page.write_text(
                f"{before}{MARKS[0]}\n{table(report, load)}{MARKS[1]}{after}", encoding="utf-8"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
