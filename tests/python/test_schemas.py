"""docs/schemas and the library judge payloads alike: whoever checks an event by its schema before
sending it is neither refused later, nor held back for nothing.

Two things stand apart (docs/dossier.md). A null is a field left out, for the library alone. An amount
has at most two decimals, which a schema cannot ask of programs that read doubles.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import spie
from jsonschema import Draft202012Validator, FormatChecker, validators
from spie import dossier
from spie.dossier import evenement

SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"
AT = datetime(2022, 3, 5, 12, tzinfo=UTC)
TYPES = {one["nom"]: one for one in dossier.types()}

# Numbers are exact here as they are in the library: 12.5 has one decimal, 2.0 is whole.
EXACT = validators.extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine(
        "integer",
        lambda _, value: (
            (isinstance(value, int) and not isinstance(value, bool))
            or (isinstance(value, Decimal) and value == value.to_integral_value())
        ),
    ),
)


def validator(name: str) -> Any:
    path = SCHEMAS / f"{name}.v{int(TYPES[name]['version'])}.json"
    schema = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    EXACT.check_schema(schema)
    return EXACT(schema, format_checker=FormatChecker())


def sample(schema: dict[str, Any]) -> Any:
    """A value that the schema describes."""
    if "enum" in schema:
        return schema["enum"][0]
    pattern = schema.get("pattern", "")
    match schema["type"]:
        case "object":
            return {key: sample(one) for key, one in schema["properties"].items()}
        case "array":
            return [sample(schema["items"])]
        case "boolean":
            return True
        case "integer":
            return 3
        case "number":
            return Decimal("12.50")
    if schema.get("format") == "date":
        return "2022-03-01"
    if schema.get("format") == "date-time":
        return "2022-03-05T08:00:00Z"
    if pattern.startswith("^[0-9]{4}-"):
        return "2022-03"
    if ":" in pattern:
        return pattern[1:].strip("(").split("|")[0].split(":")[0] + ":4kq9"
    return "mot"


# What may stand where something else is asked for, and often is right somewhere.
STRANGERS: list[Any] = [
    True, 0, 3, -1, 2_022, Decimal("2.0"), Decimal("12.5"), Decimal("12.505"), Decimal("1E+3"),
    "", " ", "mot", "oui", "ne_sait_pas", "nomme", "é" * 128, "é" * 129, "x" * 10_000, "x" * 10_001,
    "2022-03", "2022-13", "2022-3", "2022-03-01", "2022-02-30", "20220301", "2022-W09-2",
    "10000-01-01", "-2022-01-01", "2022-03-05T08:00:00Z", "2022-03-05T08:00:00",
    "2022-03-05T08:00:00.123+02:00", "2022-03-05T08:00:00.1234Z", "2022-03-05T25:00:00Z",
    "2022-03-05T08:00:00@Europe/Paris", "2022-03-05T08:00:00+15:00",
    "structure:4kq9", "personne:4kq9", "personne:", "personne:a b", "personne:" + "x" * 65,
    "client:4kq9", [], ["mot"], ["oui"], [3], {}, {"mot": 1}, [[]],
]  # fmt: skip


def mutations(payload: dict[str, Any], schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The payload with one thing changed, at every depth."""
    yield {**payload, "inconnu": 1}
    for key, value in payload.items():
        field = schema["properties"][key]
        yield {other: one for other, one in payload.items() if other != key}
        for stranger in STRANGERS:
            yield {**payload, key: copy.deepcopy(stranger)}
        if isinstance(value, list):
            for stranger in STRANGERS:
                yield {**payload, key: [*value, copy.deepcopy(stranger)]}
            yield {**payload, key: value * 1_000}
            yield {**payload, key: value * 1_001}
            if isinstance(value[0], dict):
                for one in mutations(value[0], field["items"]):
                    yield {**payload, key: [one]}


def judged_by_the_library(store: spie.Store, name: str, payload: dict[str, Any]) -> bool:
    genre = TYPES[name]["genre"] or "personne"
    event = evenement(f"{genre}:x", name, payload, debut=date(2022, 1, 1), auteur="essai")
    if name == "retrait":
        (event["corrige"],) = store.append(
            [evenement("personne:x", "contact", {}, debut=date(2022, 1, 1), auteur="essai")], at=AT
        )
    try:
        store.append([event], at=AT)
    except spie.DossierError as error:
        refused = error
    else:
        return True
    assert refused.code == "E001", refused
    assert all(one.where.startswith("/0/contenu") for one in refused.diagnostics), refused
    return False


def has_fine_amount(payload: dict[str, Any], schema: dict[str, Any]) -> bool:
    return any(
        isinstance(value, Decimal) and value != round(value, 2)
        for key, value in payload.items()
        if schema["properties"].get(key, {}).get("type") == "number"
    )


@pytest.mark.parametrize("name", sorted(TYPES))
def test_a_schema_and_the_library_judge_alike(name):
    by_schema = validator(name)
    whole = sample(by_schema.schema)
    least = {key: whole[key] for key in by_schema.schema.get("required", [])}
    right = wrong = 0
    with spie.Store.memory() as store:
        for payload in (whole, least, *mutations(whole, by_schema.schema)):
            expected = by_schema.is_valid(payload) and not has_fine_amount(
                payload, by_schema.schema
            )
            found = judged_by_the_library(store, name, payload)
            assert found == expected, (str(payload)[:300], [
                one.message[:200] for one in by_schema.iter_errors(payload)
            ])  # fmt: skip
            right += expected
            wrong += not expected
    assert right >= 2 and wrong >= 2  # both verdicts were met


def test_the_schemas_of_the_library_are_the_files():
    for name, one in TYPES.items():
        path = SCHEMAS / f"{name}.v{int(one['version'])}.json"
        text = spie._core.write_json(one["schema"], 2)
        assert json.loads(path.read_text("utf-8")) == json.loads(text)


def test_an_event_as_it_is_given_back_fits_the_schema_of_the_envelope():
    schema = json.loads((SCHEMAS / "evenement.json").read_text("utf-8"))
    by_schema = EXACT(schema, format_checker=FormatChecker())
    with spie.Store.memory() as store:
        store.append(
            [
                evenement(
                    ["personne:x", "structure:s"], "identite",
                    {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": date(1990, 5, 4)},
                    debut=date(2022, 1, 1), fin=date(2022, 2, 1), auteur="essai",
                    source={"nom": "caf.vrsb", "place": "ligne 4", "cle": "k"},
                )
            ],
            at=AT,
        )  # fmt: skip
        (event,) = store.evenements("personne:x")
        text = spie._core.write_json(event.to_dict() | {"contenu": {}})
        plain = json.loads(text, parse_float=Decimal)
        by_schema.validate(plain)
        for wrong in ({"seq": 0}, {"sujets": []}, {"source": {}}, {"type": "adrese"}, {"x": 1}):
            assert not by_schema.is_valid(plain | wrong)
