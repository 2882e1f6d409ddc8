#!/usr/bin/env python3
"""What a reviewer should never have to say: layout of C++ (clang-format-16) and of Python (ruff), files too long, words
and paths that have no place in a published source, a file whose licence nothing says (reuse).

    tests/house/style.py           prints one line for each fault, and the count of files read
    tests/house/style.py --fix     lays out anew what clang-format and ruff can
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPP = {".c", ".cpp", ".h", ".hpp"}
LONGEST = 900
# Assembled so that this file passes its own test.
WORDS = [
    (
        re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b"),
        "an unfinished note: do it, or leave it out",
    ),
    (re.compile(r"(?<![\w.])/(wo" + r"rk|ro" + r"ot|ho" + r"me)/"), "a path of one machine"),
]
# Written by tools, texts of others, and the interface, which is one header.
EXEMPT_LENGTH = re.compile(
    r"(\.json|\.dmn|\.csv|\.svg|\.abi|\.txt|package-lock\.json|requirements\.lock|LICENSE|spie\.h)$"
)
BINARY = {".png", ".gz", ".zip", ".sqlite", ".pdf", ".ico"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    files = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return [file for file in files if file.is_file() and file.suffix not in BINARY]


def text_faults(file: Path) -> list[str]:
    name = file.relative_to(ROOT)
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return [] if "corpus" in file.parts or "donnees" in file.parts else [f"{name}: not UTF-8"]
    faults = []
    lines = text.count("\n")
    if lines > LONGEST and not EXEMPT_LENGTH.search(file.name):
        faults.append(f"{name}: {lines} lines, more than {LONGEST}: split it")
    for pattern, fault in WORDS:
        for match in pattern.finditer(text):
            faults.append(f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {fault}")
    return faults


def clang_format(files: list[Path], fix: bool) -> list[str]:
    if not files:
        return []
    tool = shutil.which("clang-format-16")
    if tool is None:
        return ["clang-format-16 is not installed"]
    mode = ["-i"] if fix else ["--dry-run", "-Werror"]
    done = subprocess.run([tool, *mode, *map(str, files)], cwd=ROOT, capture_output=True, text=True)
    found = {
        line.split(":", 1)[0] for line in done.stderr.splitlines() if "[-Wclang-format" in line
    }
    return [
        f"{Path(name).relative_to(ROOT)}: not laid out as .clang-format says (make format)"
        for name in sorted(found)
    ]


def ruff(fix: bool) -> list[str]:
    tool = [sys.executable, "-m", "ruff"]
    if fix:
        subprocess.run([*tool, "check", "--fix", "--quiet", "."], cwd=ROOT)
        subprocess.run([*tool, "format", "--quiet", "."], cwd=ROOT)
        return []
    check = subprocess.run(
        [*tool, "check", "--output-format=concise", "--quiet", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    layout = subprocess.run(
        [*tool, "format", "--check", "."], cwd=ROOT, capture_output=True, text=True
    )
    if check.returncode not in (0, 1) or layout.returncode not in (0, 1):
        return [(check.stderr + layout.stderr).strip() or "ruff does not run"]
    faults = [line for line in check.stdout.splitlines() if ":" in line]
    for name in sorted(set(re.findall(r"--> (.+?):\d+:\d+", layout.stdout))):
        faults.append(f"{name}: not laid out as ruff does (make format)")
    if layout.returncode == 1 and "not laid out" not in "".join(faults):
        faults.append("ruff format refuses a file:" + layout.stdout)
    return faults


def licences() -> list[str]:
    """REUSE.toml covers every file, and LICENSES holds what it names."""
    done = subprocess.run(
        [sys.executable, "-m", "reuse", "lint", "--lines"], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode == 0:
        return []
    return done.stdout.splitlines() or [f"reuse does not run: {done.stderr.strip()}"]


def main() -> int:
    fix = "--fix" in sys.argv[1:]
    files = tracked()
    cpp = [file for file in files if file.suffix in CPP]
    faults = clang_format(cpp, fix) + ruff(fix) + licences()
    for file in files:
        faults += text_faults(file)
    for fault in faults:
        print(fault)
    faulty = len({fault.split(":", 1)[0] for fault in faults})
    print(f"style: {len(files) - faulty} passed, {faulty} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
