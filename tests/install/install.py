#!/usr/bin/env python3
"""Installs the built library into build/prefix, then builds and runs a user's programs against that tree alone: in C, in
C++, and in C with _Decimal128; found by find_package and by pkg-config; in PHP behind a web server; and compiles each
public header by itself.
"""

import json
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from engine_tutorial import keep_the_rules, tell_differences

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
        "include/spie/spie.preload.h",
        "share/doc/spie/LICENSE",
        "share/doc/spie/LICENSES/EUPL-1.2.txt",
        "share/doc/spie/NOTICE",
        "share/doc/spie/docs/c-abi.md",
        "share/doc/spie/docs/codes.md",
        "share/doc/spie/examples/php/web/Spie.php",
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


# What libspie.so is linked with, by its SONAME, and how NOTICE names it.
LINKED = {
    "libdate-tz": "date (tz)",
    "libpcre2-8": "PCRE2",
    "libcrypto": "OpenSSL",
    "libsqlite3": "SQLite",
    "libutf8proc": "utf8proc",
    "libexpat": "Expat",
    "libz": "zlib",
    "libqrencode": "libqrencode",
    "libpugixml": "pugixml",
    "libstdc++": "libstdc++",
    "libgcc_s": "GCC runtime",
    "libm": "glibc",
    "libc": "glibc",
    "ld-linux-x86-64": "glibc",
    "ld-linux-aarch64": "glibc",
}
# What is compiled in, by the header that brings it (tests/house/includes.py).
COMPILED_IN = ["nlohmann/json", "Boost", "Intel RDFP", "pybind11", "Unicode"]


def notice_names_everything() -> None:
    notice = (PREFIX / "share/doc/spie/NOTICE").read_text(encoding="utf-8")
    read = run("readelf", "-d", library_dir() / "libspie.so")
    needed = [one.split(".so")[0] for one in re.findall(r"NEEDED.*\[(.+)\]", read)]
    if not needed:
        raise Failure("libspie.so needs nothing?")
    for name in [*(LINKED.get(one, f"{one} (not in LINKED)") for one in needed), *COMPILED_IN]:
        if name not in notice:
            raise Failure(f"NOTICE does not name {name}")


def rules_alone() -> None:
    """find_package(spie COMPONENTS rules) where what the dossiers need is not found."""
    shutil.rmtree(WORK / "rules", ignore_errors=True)
    source = Path(__file__).resolve().parent / "rules"
    prefix = f"-DCMAKE_PREFIX_PATH={PREFIX}"
    run("cmake", "-S", source, "-B", WORK / "rules", "-G", "Ninja", prefix)
    run("cmake", "--build", WORK / "rules")
    run(WORK / "rules/rules_program")


def tutorial_of_the_engine() -> None:
    """docs/tutoriel-moteur.md, where the rules alone are installed."""
    alone = ROOT / "build/prefix-rules"
    shutil.rmtree(alone, ignore_errors=True)
    run("cmake", "--install", BUILD, "--prefix", alone, "--component", "library")
    keep_the_rules(alone)
    if differences := tell_differences(WORK / "engine", alone, run):
        raise Failure("\n".join(differences))


def behind_a_web_server() -> None:
    """examples/php/web as docs/c-abi.md says, by PHP's own server: it keeps FFI from scripts as the others do."""
    web = PREFIX / "share/doc/spie/examples/php/web"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "ffi.enable": "preload",
        "ffi.preload": PREFIX / "include/spie/spie.preload.h",
        "opcache.enable": 1,
        "opcache.preload": web / "preload.php",
        "opcache.preload_user": pwd.getpwuid(os.getuid()).pw_name,
    }
    options = [word for key, value in settings.items() for word in ("-d", f"{key}={value}")]
    log = (WORK / "php.log").open("w+")
    server = subprocess.Popen(
        ["php", *options, "-S", f"127.0.0.1:{port}", "-t", str(web / "public")],
        stdout=log,
        stderr=log,
        env=os.environ | {"SPIE_PACK": str(PACK)},
    )

    def ask(**query: str) -> tuple[int, dict[str, object]]:
        url = f"http://127.0.0.1:{port}/eligibilite.php?{urllib.parse.urlencode(query)}"
        for _ in range(300):  # until it listens
            try:
                with urllib.request.urlopen(url, timeout=60) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as refused:
                return refused.code, json.load(refused)
            except urllib.error.URLError as fault:
                if server.poll() is not None:
                    raise Failure("the server ended") from fault
                time.sleep(0.1)
        raise Failure("the server does not listen")

    expense = {
        "date": "2022-11-17",
        "action": "animation_communication",
        "nature": "communication",
        "montant": "4320.50",
        "necessaire": "oui",
    }
    try:
        code, read = ask(**expense, axe="3")
        if (code, read["verdict"], read["article"]) != (200, "retenue", "art-4.2-al3"):
            raise Failure(f"{code} {read}")
        code, read = ask(**expense)
        if (code, read["statut"], read["manquants"]) != (200, "indetermine", ["depense.axe"]):
            raise Failure(f"{code} {read}")
        code, read = ask(**(expense | {"nature": "offre"}))
        if code != 422 or not str(read["erreur"]).startswith("P016"):
            raise Failure(f"{code} {read}")
    except (Failure, ValueError) as fault:
        log.seek(0)
        raise Failure(f"{fault}\n{log.read()}") from fault
    finally:
        server.terminate()
        server.wait()
        log.close()


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
    passed = failed = skipped = 0

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
        attempt("NOTICE", notice_names_everything)
        attempt("rules alone", rules_alone)
        attempt("the tutorial of the engine", tutorial_of_the_engine)
        if shutil.which("php"):
            attempt("PHP behind a web server", behind_a_web_server)
        else:
            skipped += 1
            print("skipped: PHP behind a web server (no php)")
        for folder, build in (("cmake", by_cmake), ("pkg-config", by_pkg_config)):
            if attempt(f"build by {folder}", build):
                attempt(f"C program by {folder}", runs, folder, "c_program")
                attempt(f"C++ program by {folder}", runs, folder, "cpp_program", PACK)
                attempt(f"_Decimal128 program by {folder}", runs, folder, "decimal_program")
        for header in sorted((PREFIX / "include/spie").rglob("*.hpp")):
            attempt(f"{header.name} alone", header_alone, header)
    print(f"install: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
