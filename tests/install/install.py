#!/usr/bin/env python3
"""Installs the built library into build/prefix, then builds and runs a user's programs against that tree alone: in C, in
C++, and in C with _Decimal128; found by find_package and by pkg-config; and compiles each public header by itself.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSUMER = Path(__file__).resolve().parent / "consumer"
BUILD = ROOT / "build/release"
PREFIX = ROOT / "build/prefix"
WORK = ROOT / "build/install-test"
PACK = PREFIX / "share/spie/packs/seine-et-marne-2022-2023"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


class Failure(Exception):
    pass


def run(*command: object, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [str(one) for one in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=WORK,
        env=os.environ | (env or {}),
    )
    if done.returncode != 0:
        raise Failure(f"$ {' '.join(map(str, command))}\n{done.stdout}exit {done.returncode}")
    return done.stdout


def install() -> None:
    shutil.rmtree(PREFIX, ignore_errors=True)
    run("cmake", "--install", BUILD, "--prefix", PREFIX, "--component", "library")
    wanted = [
        "include/spie/spie.h",
        "include/spie/spie.ffi.h",
        "share/spie/packs/socle-national/pack.json",
    ]
    for name in wanted:
        if not (PREFIX / name).is_file():
            raise Failure(f"{name} is not installed")


def library_dir() -> Path:
    return next(PREFIX.glob("lib*/**/pkgconfig")).parent


def nothing_leaks() -> None:
    for file in [*library_dir().glob("cmake/spie/*.cmake"), *library_dir().glob("pkgconfig/*.pc")]:
        text = file.read_text(encoding="utf-8")
        found = re.search(r"-W(?!l,)\w+|-fsanitize|-g\b|" + re.escape(str(ROOT)), text)
        if found:
            raise Failure(f"{file.name} gives consumers {found.group()}")
    exported = run("nm", "-D", "--defined-only", library_dir() / "libspie.so")
    for line in exported.splitlines():
        if not line.split()[-1].lower().startswith("spie_"):
            raise Failure(f"libspie.so exports {line}")


def by_cmake() -> None:
    shutil.rmtree(WORK / "cmake", ignore_errors=True)
    run(
        "cmake",
        "-S",
        CONSUMER,
        "-B",
        WORK / "cmake",
        "-G",
        "Ninja",
        f"-DCMAKE_PREFIX_PATH={PREFIX}",
    )
    run("cmake", "--build", WORK / "cmake")


def by_pkg_config() -> None:
    def flags(package: str, *options: str) -> list[str]:
        env = {"PKG_CONFIG_PATH": str(library_dir() / "pkgconfig")}
        return run("pkg-config", *options, package, env=env).split()

    (packs,) = flags("spie", "--variable=packsdir")
    if not (Path(packs) / "socle-national/pack.json").is_file():
        raise Failure(f"packsdir is not the folder of the packs: {packs}")
    (WORK / "pkg-config").mkdir(exist_ok=True)
    c = ["cc", "-std=c99", *WARNINGS]
    cpp = ["c++", "-std=c++20", *WARNINGS]
    run(
        *(*c, CONSUMER / "c_program.c", "-o", WORK / "pkg-config/c_program"),
        *(*flags("spie", "--cflags", "--libs"), f"-Wl,-rpath,{library_dir()}"),
    )
    run(
        *(*cpp, CONSUMER / "cpp_program.cpp", "-o", WORK / "pkg-config/cpp_program"),
        *flags("spie-static", "--cflags", "--libs"),
    )
    run(
        *cpp,
        "-c",
        CONSUMER / "decimal_rules.cpp",
        "-o",
        WORK / "rules.o",
        *flags("spie-rules", "--cflags"),
    )
    run(
        *(
            "cc",
            CONSUMER / "decimal_program.c",
            WORK / "rules.o",
            "-o",
            WORK / "pkg-config/decimal_program",
        ),
        *flags("spie-rules", "--libs"),
    )


def runs(folder: str, program: str, *arguments: object) -> None:
    run(WORK / folder / program, *arguments)


def header_alone(header: Path) -> None:
    name = header.relative_to(PREFIX / "include")
    source = WORK / "header.cpp"
    source.write_text(f"#include <{name}>\n#include <{name}>\n")
    run("c++", "-std=c++20", *WARNINGS, "-fsyntax-only", "-I", PREFIX / "include", source)


def main() -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    passed = failed = 0

    def attempt(name: str, action, *arguments: object) -> bool:
        nonlocal passed, failed
        try:
            action(*arguments)
        except (Failure, OSError, StopIteration) as fault:
            failed += 1
            print(f"{name}: {fault}")
            return False
        passed += 1
        return True

    if attempt("install", install):
        attempt("what consumers get", nothing_leaks)
        for folder, build in (("cmake", by_cmake), ("pkg-config", by_pkg_config)):
            if attempt(f"build by {folder}", build):
                attempt(f"C program by {folder}", runs, folder, "c_program")
                attempt(f"C++ program by {folder}", runs, folder, "cpp_program", PACK)
                attempt(f"_Decimal128 program by {folder}", runs, folder, "decimal_program")
        for header in sorted((PREFIX / "include/spie").rglob("*.hpp")):
            attempt(f"{header.name} alone", header_alone, header)
    print(f"install: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
