#!/usr/bin/env python3
"""The layers of docs/architecture.md: a file includes only its own layer and those that stand before it, and each outside
library stands in the few files that are allowed to know it.

    tests/house/includes.py        prints one line for each fault, and the count of files read
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Folders (or files) of src/ and include/spie/, lowest first. A layer may use the earlier ones.
LAYERS = [
    ("text", ["text", "nir"]),
    (
        "base",
        [
            "diagnostic",
            "diagnostic_codes",
            "diagnostic_codes_fr",
            "diagnostic_fr",
            "rules/diagnostic",
            "rules/diagnostic_fr",
        ],
    ),
    ("crypto", ["crypto"]),
    ("sqlite", ["sqlite"]),
    ("feel", ["feel", "rules/feel"]),
    ("json", ["json", "rules/json"]),
    ("record", ["rules/record"]),
    ("dmn", ["dmn", "rules/dmn"]),
    ("table", ["table", "rules/table"]),
    ("pack", ["pack", "rules/pack"]),
    ("credentials", ["credentials"]),
    (
        "insertion",
        [
            "insertion",
            "convention",
            "dossier",
            "parcours",
            "offre",
            "passeport",
            "indicateur",
            "droits",
        ],
    ),
    ("exchange", ["exchange"]),
    ("store", ["store"]),
    ("capi", ["capi", "spie"]),
    ("bindings", ["bindings"]),
]
RANK = {name: rank for rank, (name, _) in enumerate(LAYERS)}
# Badges know nothing of the domain, nor the rules engine of either: they are usable alone.
CLOSED = {"insertion": set(), "credentials": {"dmn", "table", "pack", "feel"}}

# Rooms of the domain that know nothing of the money.
WITHOUT_MONEY = (
    "dossier/",
    "insertion/dossier/",
    "droits/",
    "insertion/droits/",
    "exchange/",
    "store/",
)
MONEY = ("convention/", "insertion/convention/")

# Outside headers and the files that may include them.
OUTSIDE = {
    r"nlohmann/": ["src/rules/json/"],
    r"pugixml": ["src/rules/dmn/document_reader.hpp"],
    r"date/": ["src/rules/feel/zone.cpp"],
    r"boost/": ["src/rules/feel/calendar.cpp"],
    r"bid_": ["src/rules/feel/number.cpp"],
    r"pcre2": ["src/rules/feel/builtins/regex.cpp"],
    r"openssl/": ["src/crypto/"],
    r"sqlite3": ["src/sqlite/database.cpp"],
    r"expat": ["src/exchange/xml_stream.cpp"],
    r"utf8proc": ["src/insertion/dossier/cles.cpp"],
    r"pybind11/": ["bindings/python/"],
    r"datetime\.h": ["bindings/python/"],
    r"Python\.h": ["bindings/python/"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def layer_of(path: str) -> str | None:
    """The layer of a path such as rules/feel/number.hpp or feel/number.hpp."""
    bare = path.rsplit(".", 1)[0]
    found, length = None, -1
    for name, folders in LAYERS:
        for folder in folders:
            if (bare == folder or bare.startswith(folder + "/")) and len(folder) > length:
                found, length = name, len(folder)
    return found


def own_header(file: Path, target: str) -> str | None:
    """The path, below src/ or include/spie/, of an included header of ours: named from its root, never from a sibling."""
    if target.startswith("spie/"):
        return target.removeprefix("spie/")
    if (ROOT / "src" / target).is_file():
        return target
    if target.startswith("bindings/") and (ROOT / target).is_file():
        return target
    return None


def faults_of(file: Path) -> list[str]:
    name = str(file.relative_to(ROOT))
    inside = re.sub(r"^(include/spie|src)/", "", name)
    layer = layer_of(inside)
    if layer is None:
        return [f"{name}: stands in no layer"]
    faults = []
    text = file.read_text(encoding="utf-8")
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start(2)) + 1
        target = match.group(2)
        where = f"{name}:{line}"
        for pattern, allowed in OUTSIDE.items():
            if re.match(pattern, target) and not any(name.startswith(one) for one in allowed):
                faults.append(f"{where}: {target} may be included only by {', '.join(allowed)}")
        header = own_header(file, target)
        if header is None:
            if match.group(1) == '"':
                faults.append(f"{where}: {target} is no header of ours that stands in a layer")
            continue
        used = layer_of(header)
        if used is None:
            faults.append(f"{where}: {target} stands in no layer")
        elif RANK[used] > RANK[layer] or used in CLOSED.get(layer, ()):
            faults.append(f"{where}: {layer} includes {target}, of {used}")
        elif layer == "insertion" and used == "credentials":
            faults.append(f"{where}: insertion includes {target}, of credentials")
        elif inside.startswith(WITHOUT_MONEY) and header.startswith(MONEY):
            faults.append(f"{where}: {inside.rsplit('/', 1)[0]} includes {target}, of the money")
        elif name.startswith("include/") and not target.startswith("spie/"):
            faults.append(f"{where}: a public header includes the private {target}")
    return faults


def main() -> int:
    files = sorted(
        file
        for top in ("src", "include", "bindings")
        for file in (ROOT / top).rglob("*")
        if file.suffix in {".cpp", ".hpp", ".h", ".inc"}
    )
    faulty = 0
    for file in files:
        faults = faults_of(file)
        faulty += bool(faults)
        for fault in faults:
            print(fault)
    print(f"includes: {len(files) - faulty} passed, {faulty} failed")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
