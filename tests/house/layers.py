#!/usr/bin/env python3
"""The layers of the Python package: a module imports only its own layer and those that stand before it, no two modules
import each other by any road, and each outside library stands in the one folder that is allowed to know it. An import
counts wherever it stands: at the head of a file, in a function, or for types alone.

    tests/house/layers.py             prints one line for each fault, and the count of modules read
    tests/house/layers.py --count     prints how many arrows and cycles there are, and nothing else
"""

import ast
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "python/spie"

ENGINE = "_core"  # written in C++: it imports nothing of ours

# Modules or packages below spie, lowest first. A layer may use the earlier ones.
LAYERS = [
    ("engine", [ENGINE]),
    ("errors", ["errors"]),
    ("bundled", ["bundled"]),
    ("words", ["formatting", "words"]),
    ("pages", ["pages"]),
    ("objects", ["notebook", "handle", "given", "limits", "private", "records"]),
    (
        "rules",
        [
            "feel",
            "results",
            "tables",
            "dmn",
            "packs",
            "pack",
            "cellules",
            "feuilles",
            "lecture_pack",
        ],
    ),
    (
        "domain",
        [
            "fetching",
            "badges",
            "convention",
            "dossier",
            "actes",
            "images",
            "imports",
            "store",
            "conservation",
            "droits",
            "parcours",
            "passeport",
            "recommandations",
            "reseau",
            "rome",
        ],
    ),
    ("invented", ["synthetic"]),
    ("package", ["__init__"]),
    ("terminal", ["terminal"]),
    ("demo", ["demo"]),
    ("command line", ["cli", "__main__"]),
]
RANK = {name: rank for rank, (name, _) in enumerate(LAYERS)}

# Modules that one other alone may import, from outside their own package.
DOORS = {"pages": "notebook"}

# What an object of ours keeps of the engine is read by its own module, and handed over by this one.
HANDS_OVER = "handle"

# Outside libraries and the packages that may import them.
OUTSIDE = {
    "jinja2": ["pages"],
    "rich": ["terminal", "demo", "cli"],
    "typer": ["cli"],
    "resvg_py": ["images"],
    "pyarrow": ["tables"],
    "polars": ["tables"],
}


def name_of(file: Path) -> str:
    """The dotted name below spie: "cli.main", "cli" for its __init__, "__init__" for that of spie."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def modules() -> dict[str, Path]:
    return {name_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def layer_of(name: str) -> str | None:
    for layer, packages in LAYERS:
        if any(within(name, package) for package in packages):
            return layer
    return None


def imported(tree: ast.AST, modules: Iterable[str]) -> list[tuple[int, str]]:
    """The modules of ours that a file imports, the engine among them, with the line."""
    known = {*modules, ENGINE}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise SystemExit(f"line {node.lineno}: an import is written from spie, in full")
            # Of `from a import b`, b may be a module.
            base = node.module or ""
            inner = [f"{base}.{one.name}" for one in node.names]
            named = [one if below(one) in known else base for one in inner]
        else:
            continue
        found += [(node.lineno, below(one)) for one in named if one.split(".")[0] == "spie"]
    return [(line, one) for line, one in found if one in known]


def below(dotted: str) -> str:
    return dotted.removeprefix("spie.") if dotted != "spie" else "__init__"


def cycles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """The groups of modules each of which reaches the others (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(one: str) -> None:
        order[one] = low[one] = len(order)
        stack.append(one)
        for other in arrows[one]:
            if other not in order:
                visit(other)
            if other in stack:
                low[one] = min(low[one], low[other])
        if low[one] == order[one]:
            group = stack[stack.index(one) :]
            del stack[stack.index(one) :]
            if len(group) > 1:
                found.append(sorted(group))

    for one in arrows:
        if one not in order:
            visit(one)
    return found


def reads_of_the_engine(tree: ast.AST) -> list[int]:
    """The lines where what another object keeps of the engine is read."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "_core"
        and isinstance(node.ctx, ast.Load)
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls", "spie"))
    ]


def faults_of(name: str, tree: ast.AST, known: dict[str, Path]) -> list[str]:
    where = str(known[name].relative_to(ROOT))
    layer = layer_of(name)
    if layer is None:
        return [f"{where}: stands in no layer"]
    faults = []
    for line, other in imported(tree, known):
        used = layer_of(other)
        if used is None or RANK[used] > RANK[layer]:
            faults.append(f"{where}:{line}: {layer} imports {other}, of {used}")
        for package, door in DOORS.items():
            if within(other, package) and not within(name, package) and name != door:
                faults.append(f"{where}:{line}: {other} may be imported by {door} alone")
    for node in ast.walk(tree):
        roots = (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for root in (one.split(".")[0] for one in roots):
            allowed = OUTSIDE.get(root)
            if allowed and not any(within(name, one) for one in allowed):
                faults.append(
                    f"{where}:{node.lineno}: {root} may be imported only by {', '.join(allowed)}"
                )
    if name != HANDS_OVER:
        faults += [
            f"{where}:{line}: what another object keeps of the engine is handed over by {HANDS_OVER}"
            for line in reads_of_the_engine(tree)
        ]
    return faults


def main() -> int:
    known = modules()
    trees = {name: ast.parse(file.read_text(encoding="utf-8")) for name, file in known.items()}
    arrows = {
        name: {other for _, other in imported(tree, known) if other != name}
        for name, tree in trees.items()
    }
    arrows[ENGINE] = set()
    knots = cycles(arrows)
    if sys.argv[1:] == ["--count"]:
        total = sum(map(len, arrows.values()))
        engine = sum(ENGINE in others for others in arrows.values())
        print(f"{len(known)} modules, {total} arrows ({engine} to _core), {len(knots)} cycles")
        for knot in knots:
            print(f"  {len(knot)}: {', '.join(knot)}")
        return 0
    faulty = 0
    for name, tree in trees.items():
        faults = faults_of(name, tree, known)
        faulty += bool(faults)
        for fault in faults:
            print(fault)
    for knot in knots:
        print(f"python/spie: these import each other: {', '.join(knot)}")
    faulty += len(knots)
    print(f"layers: {len(known) - faulty} passed, {faulty} failed")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
