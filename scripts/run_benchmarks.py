#!/usr/bin/env python3
"""make bench: builds as released, then runs each program of benchmarks/, C++ first.

scripts/run_benchmarks.py [NAME…]
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"


def main() -> int:
    chosen = set(sys.argv[1:])
    if subprocess.run([ROOT / "scripts/build.sh", "--tests"], cwd=ROOT).returncode != 0:
        return 1
    failed = []
    for source in [*sorted(BENCHMARKS.glob("*.cpp")), *sorted(BENCHMARKS.glob("*.py"))]:
        if chosen and source.stem not in chosen:
            continue
        print(f"\n== {source.stem} ({source.suffix[1:]}) ==", flush=True)
        if source.suffix == ".cpp":
            command = [str(ROOT / "build/release/benchmarks" / source.stem)]
        else:
            command = [sys.executable, "-P", str(source)]
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL).returncode != 0:
            failed.append(source.name)
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
