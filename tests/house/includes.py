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
    ("text", ["text", "nir", "suggestion"]),
    (
        "base",
        [
            "diagnostic",
            "diagnostic_codes",
            "diagnostic_codes_fr",
            "diagnostic_fr",
            "limits",
            "rules/diagnostic",
            "rules/diagnostic_fr",
            "rules/raisons",
        ],
    ),
    ("crypto", ["crypto"]),
    ("sqlite", ["sqlite"]),
    ("xml", ["xml"]),
    ("feel", ["feel", "rules/feel"]),
    ("json", ["json", "rules/json"]),
    ("record", ["rules/record"]),
    ("dmn", ["dmn", "rules/dmn"]),
    ("analysis", ["analysis", "rules/analysis"]),
    ("columns", ["rules/columns"]),
    ("table", ["arrow", "table", "rules/table"]),
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
            "conservation",
        ],
    ),
    ("exchange", ["exchange"]),
    ("store", ["store"]),
    ("capi", ["capi", "spie"]),
    ("bindings", ["bindings"]),
]
RANK = {name: rank for rank, (name, _) in enumerate(LAYERS)}
# Badges know nothing of the domain, nor the rules engine of either: they are usable alone. Of FEEL they take the value
# type, which documents are read into.
CLOSED = {"insertion": set(), "credentials": {"dmn", "analysis", "table", "pack", "feel"}}
OPEN = {"credentials": {"spie/feel/value.hpp", "spie/feel/number.hpp"}}

# The rooms of the domain, lowest first: one may use the earlier ones, but for the money, which only the layers above
# the domain may put beside the rest.
ROOMS = [
    "convention",
    "dossier",
    "droits",
    "conservation",
    "parcours",
    "offre",
    "passeport",
    "indicateur",
]
WITHOUT_MONEY = {*ROOMS[1:], "exchange", "store"}

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
    r"expat": ["src/xml/"],
    r"zlib": ["src/credentials/carrier/deflate.cpp"],
    r"qrencode": ["src/credentials/carrier/qr.cpp"],
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


def room_of(path: str) -> str:
    """The room of a path such as insertion/droits/masque.hpp or droits/vue.hpp; outside the domain, its first folder."""
    return path.removeprefix("insertion/").split("/")[0]


def own_header(target: str) -> str | None:
    """The path, below src/ or include/spie/, of an included header of ours: named from its root, never from a sibling."""
    if target.startswith("spie/"):
        return target.removeprefix("spie/")
    if (ROOT / "src" / target).is_file():
        return target
    if target.startswith("bindings/") and (ROOT / target).is_file():
        return target
    return None


def faults_of(name: str, text: str) -> list[str]:
    """What is wrong with the includes of the file of that name, from the top of the repository, that holds that text."""
    inside = re.sub(r"^(include/spie|src)/", "", name)
    layer = layer_of(inside)
    if layer is None:
        return [f"{name}: stands in no layer"]
    faults = []
    room = room_of(inside)
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start(2)) + 1
        target = match.group(2)
        where = f"{name}:{line}"
        for pattern, allowed in OUTSIDE.items():
            if re.match(pattern, target) and not any(name.startswith(one) for one in allowed):
                faults.append(f"{where}: {target} may be included only by {', '.join(allowed)}")
        header = own_header(target)
        if header is None:
            if match.group(1) == '"':
                faults.append(f"{where}: {target} is no header of ours that stands in a layer")
            continue
        used = layer_of(header)
        if used is None:
            faults.append(f"{where}: {target} stands in no layer")
        elif RANK[used] > RANK[layer] or (
            used in CLOSED.get(layer, ()) and target not in OPEN.get(layer, ())
        ):
            faults.append(f"{where}: {layer} includes {target}, of {used}")
        elif layer == "insertion" and used == "credentials" and room != "passeport":
            faults.append(f"{where}: insertion includes {target}, of credentials")
        elif room in WITHOUT_MONEY and room_of(header) == "convention":
            faults.append(f"{where}: {room} includes {target}, of the money")
        elif room in ROOMS and room_of(header) in ROOMS[ROOMS.index(room) + 1 :]:
            faults.append(f"{where}: {room} includes {target}, of {room_of(header)}")
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
        faults = faults_of(str(file.relative_to(ROOT)), file.read_text(encoding="utf-8"))
        faulty += bool(faults)
        for fault in faults:
            print(fault)
    print(f"includes: {len(files) - faulty} passed, {faulty} failed")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
