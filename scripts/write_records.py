#!/usr/bin/env python3
"""Writes the classes of Python's records and their JSON Schemas, from the tables of the library (src/rules/record).

    scripts/write_records.py           writes python/spie/records/*.py and docs/schemas/resultats/*.json anew
    scripts/write_records.py --check   says which of them are out of step

Run it after a change of a table, once the wheel is built, and build the wheel again: the module that holds the tables
is read apart from the package, whose classes may be behind.
"""

import importlib.machinery
import importlib.util
import json
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CLASSES = ROOT / "python" / "spie" / "records"
SCHEMAS = ROOT / "docs" / "schemas" / "resultats"

Table = dict[str, Any]

TYPES = {
    "text": "str",
    "boolean": "bool",
    "whole": "int",
    "number": "Decimal",
    "euros": "Decimal",
    "date": "dt.date",
    "value": "Any",
    "finding": "Diagnostic",
    "counts": "dict[str, int]",
    "amounts": "dict[str, Decimal]",
    "words": "dict[str, str]",
}
DATE = {"type": "string", "format": "date"}
EUROS = {
    "type": "string",
    "pattern": r"^-?[0-9]+\.[0-9]{2}$",
    "description": "Euros, to the cent.",
}
KINDS: dict[str, Any] = {
    "text": {"type": "string"},
    "boolean": {"type": "boolean"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "euros": {"$ref": "#/$defs/euros"},
    "date": DATE,
    "value": {},
    "finding": {"$ref": "#/$defs/Diagnostic"},
    "counts": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"raison": {"type": "string"}, "nombre": {"type": "integer"}},
            "required": ["raison", "nombre"],
            "additionalProperties": False,
        },
    },
    "amounts": {"type": "object", "additionalProperties": {"$ref": "#/$defs/euros"}},
    "words": {"type": "object", "additionalProperties": {"type": "string"}},
}
FINDING = {
    key: {"type": "string"}
    for key in (
        "code", "level", "message", "where", "remedy",
        "signification", "remede", "details", "suggestion",
    )
}  # fmt: skip


def read_tables() -> list[Table]:
    """The tables of the installed module, loaded without the package around it."""
    folder = Path(sysconfig.get_path("platlib")) / "spie"
    (path,) = folder.glob("_core.*.so")
    loader = importlib.machinery.ExtensionFileLoader("_core", str(path))
    module = importlib.util.module_from_spec(
        importlib.util.spec_from_file_location("_core", path, loader=loader)
    )
    loader.exec_module(module)
    return module.records()


def closed(properties: dict[str, Any], required: list[str], words: str = "") -> dict[str, Any]:
    described = {"description": words} if words else {}
    return {
        "type": "object",
        **described,
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


# --- Classes ---------------------------------------------------------------------------------------------------------


def type_of(field: Table, module: str, homes: dict[str, str]) -> str:
    kind = field["fiche"] if field["genre"] == "record" else TYPES[field["genre"]]
    if field["genre"] == "record" and homes[kind] != module:
        kind = f"{homes[kind]}.{kind}"
    if field["liste"]:
        kind = f"tuple[{kind}, ...]"
    return f"{kind} | None" if field["nul"] and not field["vide"] and kind != "Any" else kind


def class_of(table: Table, homes: dict[str, str]) -> str:
    module = table["module"]
    lines = [
        "@dataclass(frozen=True, slots=True, repr=False)",
        f"class {table['nom']}(Record):",
        f'    """{table["documentation"]}"""',
        "",
        f'    _table: ClassVar[str] = "{module}.{table["nom"]}"',
    ]
    for field in table["champs"]:
        lines.append(f"    {field['attribut']}: {type_of(field, module, homes)}")
        if field["documentation"]:
            words = field["documentation"]
            lines.append(
                f"    {json.dumps(words, ensure_ascii=False)}"
                if words.endswith('"')
                else f'    """{words}"""'
            )
    return "\n".join(lines) + "\n"


def module_text(module: str, tables: list[Table], homes: dict[str, str]) -> str:
    body = "\n\n".join(class_of(one, homes) for one in tables)
    others = sorted(
        {
            homes[field["fiche"]]
            for one in tables
            for field in one["champs"]
            if field["fiche"] and homes[field["fiche"]] != module
        }
    )
    heads = [
        f'"""The records of spie.{module}. Written by scripts/write_records.py."""',
        "",
        "from __future__ import annotations",
        "",
    ]
    if "dt.date" in body:
        heads.append("import datetime as dt")
    heads.append("from dataclasses import dataclass")
    if "Decimal" in body:
        heads.append("from decimal import Decimal")
    typing = ["Any", "ClassVar"] if "Any" in body else ["ClassVar"]
    heads.append(f"from typing import {', '.join(typing)}")
    heads.append("")
    if re.search(r"\bDiagnostic\b", body):
        heads.append("from spie.errors import Diagnostic")
    heads.append(f"from spie.records import {', '.join(['Record', *others])}")
    return "\n".join(heads) + "\n\n\n" + body


# --- Schemas ---------------------------------------------------------------------------------------------------------


def schema_of_field(field: Table) -> dict[str, Any]:
    if field["genre"] == "record":
        kind: dict[str, Any] = {"$ref": f"#/$defs/{field['fiche']}"}
    elif field["typee"]:
        kind = closed({"@date": DATE}, ["@date"])
    else:
        kind = dict(KINDS[field["genre"]])
    if field["liste"]:
        kind = {"type": "array", "items": kind} if kind else {"type": "array"}
    if field["nul"] and kind and not field["absent"]:
        kind = (
            {**kind, "type": [kind["type"], "null"]}
            if isinstance(kind.get("type"), str)
            else {"anyOf": [kind, {"type": "null"}]}
        )
    if field["documentation"]:
        kind["description"] = field["documentation"]
    return kind


def schema_of_record(table: Table) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for field in table["champs"]:
        outer, _, inner = field["cle"].partition(".")
        if not outer:
            properties |= FINDING
            required += FINDING
            continue
        if inner:
            if outer not in properties:
                properties[outer] = closed({}, [])
                required.append(outer)
            properties[outer]["properties"][inner] = schema_of_field(field)
            properties[outer]["required"].append(inner)
            continue
        properties[outer] = schema_of_field(field)
        if not field["absent"]:
            required.append(outer)
    return closed(properties, required, table["documentation"])


def references(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        own = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
        return own.union(*map(references, schema.values()))
    if isinstance(schema, list):
        return set().union(*map(references, schema))
    return set()


def whole_schema(table: Table, within: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The schema of a record, with those that it refers to."""
    own = schema_of_record(table)
    needed: dict[str, Any] = {}
    wanted = references(own)
    while wanted:
        for name in sorted(wanted):
            needed[name] = within[name]
        wanted = set().union(*map(references, needed.values())) - set(needed)
    name = f"{table['module']}.{table['nom']}"
    definitions = {"$defs": dict(sorted(needed.items()))} if needed else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:spie:resultat:{name}",
        "title": table["nom"],
        **own,
        **definitions,
    }


# --- Files -----------------------------------------------------------------------------------------------------------


def laid_out(text: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(CLASSES / "any.py"), "-"],
        input=text, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout


def files() -> dict[Path, str]:
    tables = read_tables()
    homes = {one["nom"]: one["module"] for one in reversed(tables)}
    written: dict[Path, str] = {}
    for module in sorted({one["module"] for one in tables}):
        own = [one for one in tables if one["module"] == module]
        shown = [one for one in own if one["classe"]]
        own_homes = homes | {one["nom"]: module for one in own}
        written[CLASSES / f"{module}.py"] = laid_out(module_text(module, shown, own_homes))
        within = {one["nom"]: schema_of_record(one) for one in (*tables, *own)}
        within |= {"euros": EUROS, "Diagnostic": closed(FINDING, list(FINDING), "A finding.")}
        for one in own:
            text = json.dumps(whole_schema(one, within), indent=2, ensure_ascii=False) + "\n"
            written[SCHEMAS / f"{module}.{one['nom']}.json"] = text
    return written


def main() -> int:
    made = files()
    there = {*CLASSES.glob("*.py"), *SCHEMAS.glob("*.json")} - {CLASSES / "__init__.py"}
    stale = sorted(
        path
        for path in {*made, *there}
        if path not in made or not path.exists() or path.read_text("utf-8") != made[path]
    )
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)}: not what scripts/write_records.py writes")
        return 1 if stale else 0
    SCHEMAS.mkdir(parents=True, exist_ok=True)
    for path in stale:
        if path in made:
            path.write_text(made[path], "utf-8")
        else:
            path.unlink()
        print(f"{path.relative_to(ROOT)}: {'written' if path in made else 'removed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
