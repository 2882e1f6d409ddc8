#!/usr/bin/env python3
"""Holds the instructions of a row, of the load of a model and of the analysis of a table to ratchet.txt.

    instructions.py PROGRAM [WORKLOAD…]

A count may rise by the tolerance, since the C library and the processor have their say in it; one that falls below it
asks for a lower ratchet, which SPIE_UPDATE=1 writes. A row through 10,000 rules may cost no more than ten rows through
ten. The last line counts what was held; without valgrind nothing is.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

RATCHET = Path(__file__).with_name("ratchet.txt")
TOLERANCE = 0.05
FEW, MANY = 100, 600  # rows; both are whole turns of those that are drawn
LOADS = 1, 3


def collected(program: str, workload: str, way: str, rows: int) -> int:
    command = [
        *("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"),
        *(program, workload, way, str(rows)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(re.findall(r"Collected : (\d+)", done.stderr)[-1])


def main() -> int:
    if shutil.which("valgrind") is None:
        print("skipped: the instructions of a row are not counted without valgrind")
        return 0
    program, chosen = sys.argv[1], sys.argv[2:]
    lines = [line for line in RATCHET.read_text().splitlines() if line and line[0] != "#"]
    held = {tuple(line.split()[:2]): int(line.split()[2]) for line in lines}
    found = {}
    failed = []
    for (workload, way), most in held.items():
        if chosen and workload not in chosen:
            continue
        few, many = LOADS if way in ("load", "analyse") else (FEW, MANY)
        count = collected(program, workload, way, many) - collected(program, workload, way, few)
        count = found[workload, way] = round(count / (many - few))
        print(f"{workload} {way}: {count} instructions a row or load, {most} held")
        if count > most * (1 + TOLERANCE):
            failed.append(f"{workload} {way} takes {count / most - 1:.0%} more than {most}")
        elif count < most * (1 - TOLERANCE):
            failed.append(f"{workload} {way} takes less: SPIE_UPDATE=1 lowers its ratchet")
    few, many = found.get(("offres_10", "prepared")), found.get(("offres_10000", "prepared"))
    if few and many and many > 10 * few:
        failed.append(f"10,000 rules cost {many / few:.1f} times what ten do")
    if os.environ.get("SPIE_UPDATE"):
        head = [line for line in RATCHET.read_text().splitlines() if line.startswith("#")]
        rows = [
            f"{workload} {way} {found.get((workload, way), most)}"
            for (workload, way), most in held.items()
        ]
        RATCHET.write_text("\n".join([*head, *rows]) + "\n")
        return 0
    for fault in failed:
        print(fault, file=sys.stderr)
    print(f"instructions: {len(found)} counts held, {len(failed)} faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
