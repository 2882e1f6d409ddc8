#!/usr/bin/env python3
"""make test: builds, then runs every suite whatever becomes of the others, prints the counts of each and a summary.

    scripts/run_tests.py [SUITE…]

The last line says "N passed, N failed, N skipped"; the exit code is 0 when nothing failed.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build/release"
RESULTS = ROOT / "build/test-results"
MEMORY = (
    8 << 30
)  # bytes a program tested may take: a limit that fails to hold must not take the machine with it
JOBS = os.environ.get("JOBS") or str(len(os.sched_getaffinity(0)))


@dataclass
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)


def stream(
    *command: object, env: dict[str, str] | None = None, limited: bool = False
) -> tuple[int, str]:
    """Runs a command, shows what it prints as it comes, and gives it back."""
    lines = []
    with subprocess.Popen(
        [str(one) for one in command],
        cwd=ROOT,
        env=os.environ | (env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=lambda: (
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)) if limited else None
        ),
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, "".join(lines)


def closing_line(name: str, *command: object) -> Counts:
    """A suite of ours, that closes on "name: N passed, N failed[, N skipped]"."""
    code, output = stream(*command)
    found = re.findall(rf"^{name}: (\d+) passed, (\d+) failed(?:, (\d+) skipped)?", output, re.M)
    if not found:
        return Counts(failed=1, notes=[f"exit {code}, no count"])
    passed, failed, skipped = (int(one or 0) for one in found[-1])
    return Counts(passed, max(failed, 1 if code else 0), skipped)


def build() -> Counts:
    code, _ = stream("scripts/build.sh", "--tests")
    return Counts(passed=code == 0, failed=code != 0)


def catch2(name: str, tests: list[str]) -> Counts:
    """C++ tests through ctest; each executable's own report says how many test cases it ran."""
    counts = Counts()
    results = RESULTS / f"{name}.xml"
    results.unlink(missing_ok=True)
    stream(
        *(
            "ctest",
            "--test-dir",
            BUILD,
            "--parallel",
            JOBS,
            "--output-on-failure",
            "--no-tests=error",
        ),
        *("--output-junit", results, "--test-output-size-passed", "1000000", *tests),
        limited=True,
    )
    if not results.exists():
        return Counts(failed=1, notes=["ctest made no report"])
    for case in ElementTree.parse(results).getroot().iter("testcase"):
        text = case.findtext("system-out") or ""
        if case.get("status") == "notrun":
            counts.failed += 1
            continue
        whole = re.search(r"All tests passed \(\d+ assertions? in (\d+) test cases?\)", text)
        partial = re.search(r"^test cases:\s+(\d+)(.*)$", text, re.M)
        if whole:
            counts.passed += int(whole.group(1))
        elif partial:
            failed = re.search(r"(\d+) failed", partial.group(2))
            counts.failed += int(failed.group(1)) if failed else 1
            counts.passed += int(partial.group(1)) - (int(failed.group(1)) if failed else 0)
        elif case.get("status") == "run":
            counts.passed += 1
        if case.get("status") == "fail" and (whole or not partial):
            counts.failed += 1
        counts.skipped += len(re.findall(r"^skipped: ", text, re.M))
        # What the suites measure against outside material.
        counts.notes += re.findall(r"^DMN TCK.*$", text, re.M)
    return counts


def cpp() -> Counts:
    return catch2("cpp", ["--label-exclude", "example"])


def python() -> Counts:
    code, _ = stream("scripts/wheel.sh")
    if code != 0:
        return Counts(failed=1, notes=["the wheel is not built"])
    results = RESULTS / "python.xml"
    results.unlink(missing_ok=True)
    stream(
        *(".venv/bin/python", "-P", "-m", "pytest", "tests/python", "-q", f"--junit-xml={results}"),
        env={"SPIE_PREFIX": str(ROOT / "build/prefix")},
    )
    if not results.exists():
        return Counts(failed=1, notes=["pytest made no report"])
    suite = next(ElementTree.parse(results).getroot().iter("testsuite"))
    tests, failures, errors, skipped = (
        int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")
    )
    return Counts(
        tests - failures - errors - skipped, failures + errors or int(tests == 0), skipped
    )


def node_example(file: str) -> list[object] | None:
    """How an example in Node is run, in a folder that has the packages of its lock file; None where none can be had."""
    path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"  # node and npm, where the machine has none
    node, npm = (shutil.which(one, path=path) for one in ("node", "npm"))
    if node is None or npm is None:
        print(f"skipped: example {file} (no node)")
        return None
    folder = ROOT / "build" / "node"
    shutil.copytree((ROOT / "examples" / file).parent, folder, dirs_exist_ok=True)
    lock, installed = folder / "package-lock.json", folder / "installed.json"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        print(f"Installing npm packages into {folder}: koffi")
        quiet = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"]
        code, _ = stream(
            npm, "ci", "--prefix", folder, "--loglevel=error", *quiet, env={"PATH": path}
        )
        if code != 0:
            print(f"skipped: example {file} (npm could not install koffi)")
            return None
        shutil.copy(lock, installed)
    return [node, folder / Path(file).name]


def examples() -> Counts:
    counts = catch2("examples", ["--label-regex", "example"])
    prefix = ROOT / "build/prefix"
    listed = set()
    for line in (ROOT / "examples/commands.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        command, _, wanted = line.partition(" > ")
        file, *arguments = command.split()
        listed.add(file)
        python = ROOT / ("build/spark" if file.startswith("spark/") else ".venv") / "bin/python"
        if not python.exists():
            print(f"skipped: example {file} (make spark)")
            counts.skipped += 1
            continue
        program = {
            ".py": [python, "-P"],
            ".php": ["php", "-d", "ffi.enable=1"],
        }.get(Path(file).suffix)
        if Path(file).suffix == ".mjs":
            whole = node_example(file)
            if whole is None:
                counts.skipped += 1
                continue
        elif program is None:
            continue
        else:
            whole = [*program, ROOT / "examples" / file]
        arguments = [argument.replace("PREFIX", str(prefix)) for argument in arguments]
        for index, argument in enumerate(arguments):
            # Debian's library folder bears the name of the machine's kind.
            if argument.endswith("libspie.so") and not Path(argument).exists():
                arguments[index] = str(next(prefix.glob("lib/**/libspie.so"), argument))
        code, output = stream(*whole, *arguments)
        good = code == 0 and output.strip() != "" and wanted in output
        counts.passed += good
        counts.failed += not good
        print(f"example {file}: {'passed' if good else f'failed (exit {code})'}")
    for file in sorted((ROOT / "examples").glob("*/*")):
        name = f"{file.parent.name}/{file.name}"
        if file.suffix in {".py", ".php", ".mjs"} and name not in listed:
            counts.failed += 1
            print(f"examples/commands.txt does not say how {name} is run")
    return counts


def abi() -> Counts:
    return closing_line("abi", "python3", "tests/abi/abi.py", "check")


def install() -> Counts:
    return closing_line("install", "python3", "tests/install/install.py")


def includes() -> Counts:
    return closing_line("includes", "python3", "tests/house/includes.py")


def layers() -> Counts:
    return closing_line("layers", "python3", "tests/house/layers.py")


def style() -> Counts:
    return closing_line("style", ".venv/bin/python", "tests/house/style.py")


def editors() -> Counts:
    return closing_line("editors", "tests/editors/run.sh")


def pages() -> Counts:
    return closing_line("pages", "tests/pages/run.sh")


# In this order: the pages and the examples need the wheel that the Python suite builds, the examples in PHP the tree that
# the install test leaves.
SUITES: dict[str, Callable[[], Counts]] = {
    "includes": includes,
    "layers": layers,
    "style": style,
    "editors": editors,
    "build": build,
    "cpp": cpp,
    "abi": abi,
    "install": install,
    "python": python,
    "pages": pages,
    "examples": examples,
}


def main() -> int:
    chosen = sys.argv[1:] or list(SUITES)
    unknown = set(chosen) - set(SUITES)
    if unknown:
        print(
            f"no suite {', '.join(sorted(unknown))}; there are {', '.join(SUITES)}", file=sys.stderr
        )
        return 2
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    total = Counts()
    rows = []
    for name in chosen:
        print(f"\n== {name} ==", flush=True)
        start = time.monotonic()
        try:
            counts = SUITES[name]()
        except (
            Exception
        ) as fault:  # a suite that cannot run has failed; the others are still reported
            counts = Counts(failed=1, notes=[f"{type(fault).__name__}: {fault}"])
        rows.append((name, counts, time.monotonic() - start))
        total.passed += counts.passed
        total.failed += counts.failed
        total.skipped += counts.skipped
        if name == "build" and counts.failed:
            print("The build failed: what it did build is tested all the same.")
    print(f"\n{'suite':12} {'passed':>7} {'failed':>7} {'skipped':>8} {'seconds':>8}")
    for name, counts, seconds in rows:
        print(f"{name:12} {counts.passed:7} {counts.failed:7} {counts.skipped:8} {seconds:8.1f}")
        for note in counts.notes:
            print(f"             {note}")
    seconds = sum(row[2] for row in rows)
    print(f"{'in all':12} {total.passed:7} {total.failed:7} {total.skipped:8} {seconds:8.1f}")
    print(f"\n{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
