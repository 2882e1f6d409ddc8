"""docs/tutoriel-moteur.md: its files are written out, its programs built against an installation that holds the rules
alone, run, and what they write compared with the page.
"""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/tutoriel-moteur.md"
FILE = re.compile(r"^```(?:cmake|xml|cpp) (\S+)\n(.*?)^```$", re.M | re.S)
OUTPUT = re.compile(r"^```text (\w+)(?: (\d+))?\n(.*?)^```$", re.M | re.S)
# What the rules have no use for, of the folders of headers, of the packages, and of the targets installed.
NOT_RULES = [
    "conservation",
    "convention",
    "credentials",
    "dossier",
    "droits",
    "exchange",
    "parcours",
    "passeport",
    "store",
]
ABSENT = ["SQLite3", "utf8proc", "EXPAT", "ZLIB", "qrencode"]


def keep_the_rules(prefix: Path) -> None:
    """Removes from an installation all that find_package(spie COMPONENTS rules) does not need."""
    for folder in NOT_RULES:
        shutil.rmtree(prefix / "include/spie" / folder)
    for header in ("spie.h", "spie.ffi.h", "spie.preload.h"):
        (prefix / "include/spie" / header).unlink()
    shutil.rmtree(prefix / "share")
    (libraries,) = {path.parent for path in prefix.rglob("libspie_rules.a")}
    for library in [*libraries.glob("libspie.so*"), *libraries.glob("libspie_[cs]*.a")]:
        library.unlink()
    for targets in libraries.glob("cmake/spie/spie*Targets*.cmake"):
        if not targets.name.startswith("spie_rules"):
            targets.unlink()
    assert {path.name for path in libraries.glob("lib*")} == {"libspie_rules.a"}


def asks_for_all(folder: Path, prefix: Path) -> subprocess.CompletedProcess[str]:
    """Configures a project that names no component."""
    folder.mkdir()
    (folder / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\nproject(all CXX)\nfind_package(spie REQUIRED)\n"
    )
    command = ["cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja"]
    return subprocess.run(
        [*command, f"-DCMAKE_PREFIX_PATH={prefix}"], capture_output=True, text=True
    )


def tell_differences(folder: Path, prefix: Path, run: Callable[..., str]) -> list[str]:
    """What the programs of the page write otherwise than it says."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    text = PAGE.read_text(encoding="utf-8")
    files, outputs = FILE.findall(text), OUTPUT.findall(text)
    programs = [name.removesuffix(".cpp") for name, _ in files if name.endswith(".cpp")]
    if not programs or [name for name, _, _ in outputs] != programs:
        return [f"programs {programs}, outputs {[name for name, _, _ in outputs]}"]
    for name, content in files:
        (folder / name).write_text(content, encoding="utf-8")
    absent = [f"-DCMAKE_DISABLE_FIND_PACKAGE_{name}=TRUE" for name in ABSENT]
    build = folder / "build"
    run("cmake", "-S", folder, "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
        "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Werror", *absent)  # fmt: skip
    run("cmake", "--build", build)
    inside = folder / "inside"
    inside.mkdir()
    (inside / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.25)\nproject(inside C CXX)\n"
        f'add_subdirectory("{ROOT}" spie EXCLUDE_FROM_ALL)\n'
        'if(NOT TARGET spie::rules)\n  message(FATAL_ERROR "spie::rules")\nendif()\n'
    )
    run("cmake", "-S", inside, "-B", inside / "build", "-G", "Ninja")
    differences = []
    if asks_for_all(folder / "all", prefix).returncode == 0:
        differences.append("find_package(spie) finds an installation that holds the rules alone")
    for name, code, expected in outputs:
        done = subprocess.run([build / name], cwd=folder, capture_output=True, text=True)
        if (done.stdout, done.returncode) != (expected, int(code or 0)):
            differences.append(f"{name}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return differences
