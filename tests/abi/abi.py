#!/usr/bin/env python3
"""The gates of the C ABI: the symbols that libspie.so exports, its types as libabigail reads them, and the header as C99
and as C++20.

    tests/abi/abi.py check         compares the built library with symbols.txt and spie-0.abi
    tests/abi/abi.py store         writes both anew (with a line in CHANGELOG.md)
"""

import difflib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
HEADER = ROOT / "include/spie/spie.h"
LIBRARY = ROOT / "build/release/libspie.so"
SYMBOLS = HERE / "symbols.txt"
BASELINE = HERE / "spie-0.abi"


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(one) for one in command], capture_output=True, text=True)


def symbols() -> list[str]:
    listed = run("nm", "-D", "--defined-only", LIBRARY)
    listed.check_returncode()
    names = (line.split()[-1] for line in listed.stdout.splitlines())
    # The nodes of the version script are listed too, as absolute symbols that bear their own name.
    return sorted(name for name in names if not re.fullmatch(r"SPIE_[0-9.]+(@@.*)?", name))


def describe(output: Path) -> None:
    # Baseline against baseline is the one comparison of libabigail that misses no break of a public structure while it
    # lets private ones grow. Headers are matched by their folder, and the C++ ones beside spie.h promise nothing.
    with tempfile.TemporaryDirectory() as headers:
        shutil.copy(HEADER, headers)
        done = run(
            *("abidw", "--headers-dir", headers, "--drop-private-types", "--no-show-locs"),
            *("--no-comp-dir-path", "--no-corpus-path", "--out-file", output, LIBRARY),
        )
    if done.returncode != 0:
        raise SystemExit(f"abidw failed:\n{done.stderr}")
    prune(output)


def prune(path: Path) -> None:
    """Leaves what the exported functions reach: the rest is the C++ of their sources, forty times as much."""
    tree = ElementTree.parse(path)
    units = tree.getroot().findall("abi-instr")
    # What stands behind a handle is nobody's to see.
    handles = set(re.findall(r"typedef struct (spie_\w+) \1;", HEADER.read_text(encoding="utf-8")))
    for handle in tree.getroot().iter("class-decl"):
        if handle.get("name") in handles:
            kept_id = handle.get("id")
            name = handle.get("name")
            handle.clear()
            handle.attrib.update(
                {
                    "name": name,
                    "is-struct": "yes",
                    "visibility": "default",
                    "is-declaration-only": "yes",
                    "id": kept_id,
                }
            )
    # The members of an array's or a function's type stand inside it; a nested type is kept with what it stands in.
    types = {
        one.get("id"): part
        for unit in units
        for part in unit
        for one in part.iter()
        if one.get("id") and one.tag != "elf-symbol"
    }
    kept: set[int] = set()
    waiting = [
        part
        for unit in units
        for part in unit
        if part.tag == "function-decl" and part.get("elf-symbol-id")
    ]
    while waiting:
        part = waiting.pop()
        if id(part) in kept:
            continue
        kept.add(id(part))
        for one in part.iter():
            for key in ("type-id", "naming-typedef-id", "method-class-id"):
                if one.get(key) in types:
                    waiting.append(types[one.get(key)])
    for unit in units:
        # Builds name a source from their own folder or from the root of the machine.
        unit.set("path", "src/" + unit.get("path", "").rpartition("/src/")[2])
        for part in list(unit):
            if id(part) not in kept:
                unit.remove(part)
        if len(unit) == 0:
            tree.getroot().remove(unit)
    tree.write(path, encoding="unicode")


def check_symbols() -> str:
    wanted = SYMBOLS.read_text().splitlines() if SYMBOLS.exists() else []
    return "\n".join(
        difflib.unified_diff(wanted, symbols(), "symbols.txt", "libspie.so", lineterm="")
    )


def check_types() -> str:
    if not BASELINE.exists():
        return f"{BASELINE.name} is missing (make store-abi)"
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new.abi"
        describe(new)
        done = run("abidiff", "--no-added-syms", BASELINE, new)
    return (
        ""
        if done.returncode == 0
        else f"abidiff exits {done.returncode}\n{done.stdout}{done.stderr}"
    )


def compile_header(compiler: str, *flags: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / ("header.c" if compiler == "cc" else "header.cpp")
        source.write_text(
            "#include <spie/spie.h>\n#include <spie/spie.h>\nint main(void) { return 0; }\n"
        )
        done = run(
            *(compiler, *flags, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"),
            *("-I", ROOT / "include", source),
        )
    return done.stderr


def check_style() -> str:
    """Each exported function is declared in the header, and the header declares no other."""
    declared = set(re.findall(r"\b(spie_[a-z0-9_]+)\s*\(", preprocessed()))
    exported = {name.split("@")[0] for name in symbols()}
    faults = [f"exported, not declared: {name}" for name in sorted(exported - declared)]
    return "\n".join(
        faults + [f"declared, not exported: {name}" for name in sorted(declared - exported)]
    )


def preprocessed() -> str:
    text = re.sub(r"#[ \t]*include.*", "", HEADER.read_text(encoding="utf-8"))
    done = subprocess.run(
        ["cc", "-E", "-P", "-x", "c", "-"], input=text, capture_output=True, text=True, check=True
    )
    # A type of function pointer is no function.
    return re.sub(r"typedef[^;]*;", "", done.stdout)


CHECKS = [
    ("exported symbols", check_symbols),
    ("types", check_types),
    ("declarations", check_style),
    ("header as C99", lambda: compile_header("cc", "-std=c99")),
    ("header as C++20", lambda: compile_header("c++", "-std=c++20")),
]


def main() -> int:
    command = sys.argv[1] if len(sys.argv) > 1 else "check"
    if not HEADER.exists():
        print("abi: 0 passed, 0 failed, 1 skipped (there is no include/spie/spie.h)")
        return 0
    for tool in ("abidw", "nm"):
        if shutil.which(tool) is None:
            raise SystemExit(f"{tool} is not installed (abigail-tools, binutils)")
    if command == "store":
        SYMBOLS.write_text("\n".join(symbols()) + "\n")
        describe(BASELINE)
        print(f"Stored {SYMBOLS.relative_to(ROOT)} and {BASELINE.relative_to(ROOT)}")
        return 0
    failed = 0
    for name, check in CHECKS:
        fault = check()
        if fault:
            failed += 1
            print(f"{name}:\n{fault}")
    print(f"abi: {len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
