"""The files of a pack by their JSON Schemas: those of both packs are valid, and a key misspelt, missing
or of another type is seen wherever the name is not the author's own.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spie
from jsonschema import Draft202012Validator, FormatChecker

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "schemas" / "pack"
PACKS = sorted(path.parent for path in (ROOT / "packs").glob("*/pack.json"))
SCHEMAS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.json"))
    if path.name != "vscode.json"
}
FILES = sorted(
    path for pack in PACKS for pattern in ("*.json", "*/*.json") for path in pack.glob(pattern)
)

# Names that the author gives, and what only the models say the type of.
FREE = {
    "pack": r"/(roles|unites|libelles|tons|incompletes)/[^/]+",
    "parametres": r"/parametres/\*/(lectures/\*/libelles/[^/]+|valeurs/\*/valeur/.+)",
    "cas": r"/cas/\*/((faits|parametres)|attendu/valeur)/.+",
    "liste": r"/valeurs/.+",
    "faits": r"/faits/[^/]+|.*/(contexte|champs|codes|si)/[^/]+",
    "trame": r"/rubriques/\*/questions/\*/repondue_par/\*/codes/[^/]+"
    r"|/reouvertures/\*/propositions/\*/si/[^/]+",
    "droits": r"/matrice/\*/cellules/[^/]+|/nomenclatures/\*/groupes/[^/]+",
}
# Where any value may stand.
ANY = {
    "cas": r"/cas/\*/((faits|parametres)/.+|attendu/valeur(/.*)?)",
    "liste": r"/valeurs/.+",
    "parametres": r"/parametres/\*/(valeurs|lectures)/\*/valeur(/.+)?|/parametres/\*/valeurs/\*/note",
    "faits": r".*/(jour|codes/[^/]+|sinon|si(/.+)?|valeur|champs/[^/]+)",
    "trame": r"/reouvertures/\*/propositions/\*/si/[^/]+",
}


def name_of(path: Path) -> str:
    if path.parent.name == "cas":
        return "cas"
    return path.stem if path.stem in SCHEMAS else "liste"


def validator(name: str) -> Any:
    return Draft202012Validator(SCHEMAS[name], format_checker=FormatChecker())


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def places(document: Any) -> Iterator[tuple[str, list[Any]]]:
    """One place of each shape: its pattern, and the keys that lead there."""
    seen: set[str] = set()

    def walk(value: Any, pattern: str, keys: list[Any]) -> Iterator[tuple[str, list[Any]]]:
        if keys and pattern not in seen:
            seen.add(pattern)
            yield pattern, keys
        if isinstance(value, dict):
            for key, one in value.items():
                yield from walk(one, f"{pattern}/{key}", [*keys, key])
        elif isinstance(value, list):
            for rank, one in enumerate(value):
                yield from walk(one, f"{pattern}/*", [*keys, rank])

    return walk(document, "", [])


def holder(document: Any, keys: list[Any]) -> Any:
    for key in keys[:-1]:
        document = document[key]
    return document


def pruned(value: Any, pattern: str = "", seen: set[str] | None = None) -> Any:
    """The document with, of each list, the items alone that hold a shape not seen before."""
    seen = set() if seen is None else seen
    if isinstance(value, dict):
        return {key: pruned(one, f"{pattern}/{key}", seen) for key, one in value.items()}
    if not isinstance(value, list):
        return value
    kept = []
    for one in value:
        shapes = {f"{pattern}/*"} | {f"{pattern}/*{inner}" for inner, _ in places(one)}
        if not shapes <= seen:
            seen |= shapes
            kept.append(one)
    return kept


def test_each_file_of_the_packs_has_its_schema_and_is_valid():
    used = set()
    for path in FILES:
        document = read(path)
        names = {name_of(path)} | ({"liste"} if path.parent.name == "donnees" else set())
        used |= names
        if name_of(path) == "liste":
            assert {"nom", "valeurs"} <= set(document), f"{path} has no schema"
        for name in names:
            errors = list(validator(name).iter_errors(document))
            assert not errors, f"{path}: {errors[0].json_path}: {errors[0].message}"
    assert used == set(SCHEMAS)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_what_is_misspelt_missing_or_of_another_type_is_seen(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    judge = validator(name)
    free, anything = FREE.get(name, "$^"), ANY.get(name, "$^")
    misspelt = retyped = 0
    for path in FILES:
        if name_of(path) != name:
            continue
        document = pruned(read(path))
        assert judge.is_valid(document)
        for pattern, keys in list(places(document)):
            author_s_own = re.fullmatch(free, pattern) is not None
            into, key = holder(document, keys), keys[-1]
            value = into[key]
            if isinstance(key, str):
                into[key + "x"] = into.pop(key)
                assert judge.is_valid(document) == author_s_own, f"{path.name}: {pattern} misspelt"
                misspelt += not author_s_own
                into[key] = into.pop(key + "x")
            if re.fullmatch(anything, pattern):
                continue
            for stranger in (None, 3.5, [[]]) if isinstance(value, str) else (None, "x"):
                if stranger is None and pattern.endswith(("/frein", "/ressource", "/fin")):
                    continue
                if stranger == 3.5 and re.search(r"montant|prix_unitaire|attendu|totaux/", pattern):
                    continue  # an amount is a number too
                into[key] = stranger
                assert not judge.is_valid(document), f"{path.name}: {pattern}: {stranger}"
                retyped += 1
            into[key] = value
    assert misspelt > 0 and retyped > 0


def test_each_schema_stands_in_the_settings_of_an_editor():
    settings = read(FOLDER / "vscode.json")["json.schemas"]
    assert {Path(one["url"]).stem for one in settings} == set(SCHEMAS)
    for one in settings:
        assert (ROOT / one["url"]).is_file()
    for path in FILES:
        place = path.relative_to(
            path.parents[1] if path.parent.name in ("cas", "donnees") else path.parent
        )
        matched = {
            Path(one["url"]).stem
            for one in settings
            for pattern in one["fileMatch"]
            if (ROOT / "p" / place).match(pattern.removeprefix("**/"))
        }
        expected = {name_of(path)} | ({"liste"} if path.parent.name == "donnees" else set())
        assert matched == expected, path


WRONG: list[tuple[str, str, Any]] = [
    ("pack.json", "/version", "1.0-beta"),
    ("pack.json", "/id", "../ailleurs"),
    ("pack.json", "/periode/debut", "2024-02-30"),
    ("pack.json", "/tons", {"x": "rouge"}),
    ("pack.json", "/incompletes", {"x": " "}),
    ("pack.json", "/incomplete", {"x": "une faute de frappe"}),
    ("pack.json", "/extends", {"id": "socle-national", "version": "plus de 1"}),
    ("pack.json", "/modeles", ["a.dmn", "a.dmn"]),
    ("pack.json", "/unites", {"EUR": "montant"}),
    ("articles.json", "/articles/0/id", "art 3"),
    ("articles.json", "/articles/0/titre", None),
    ("articles.json", "/articles/0/resumé", "x"),
    ("parametres.json", "/parametres/0/type", "nombre"),
    ("parametres.json", "/parametres/0/valeurs", []),
    ("parametres.json", "/parametres/0/valeurs/0/depuis", "janvier"),
    ("parametres.json", "/parametres/0/valeurs/0/seconde_main", "oui"),
    ("parametres.json", "/parametres/0/unité", "EUR"),
    ("cas/socle.json", "/cas/0/as_of", "hier"),
    ("cas/socle.json", "/cas/0/faits", []),
    ("cas/socle.json", "/cas/0/attendu", {}),
    ("cas/socle.json", "/cas/0/attendu", {"valeurs": True}),
    ("cas/socle.json", "/cas/0/attendu", {"manquants": "age"}),
    ("cas/socle.json", "/cas/0/attendus", {}),
]


@pytest.mark.parametrize(("file", "pointer", "value"), WRONG)
def test_what_a_schema_refuses_the_library_finds_too(tmp_path, file, pointer, value):
    pack = shutil.copytree(ROOT / "packs" / "socle-national", tmp_path / "socle-national")
    document = read(pack / file)
    keys = [int(one) if one.isdigit() else one for one in pointer[1:].split("/")]
    holder(document, keys)[keys[-1]] = value
    assert not validator(name_of(pack / file)).is_valid(document)
    (pack / file).write_text(json.dumps(document), encoding="utf-8")
    try:
        found = spie.Pack.load(pack).check()
    except spie.PackError as refused:
        found = refused.diagnostics
    assert any(one.where.startswith(file) for one in found), found
