"""Models that others wrote, and inputs generated for each of their decisions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engines import SHARED
from spie import dmn
from values import encode

SAMPLES: dict[str, list[Any]] = {
    "number": [
        {"n": one} for one in ("0", "1", "5", "17", "18", "42", "100", "750.5", "10000", "-3")
    ],
    "string": ["", "a", "A", "Approved", "Medium", "oui", "true", "2024-01-01"],
    "boolean": [True, False],
    "date": [{"date": one} for one in ("2000-02-29", "2024-01-01", "2026-12-31")],
    "time": [{"time": one} for one in ("00:00:00", "12:30:00")],
    "date and time": [{"dt": one} for one in ("2024-01-01T00:00:00", "2026-06-15T12:00:00")],
    "days and time duration": [{"dtd": "P1D"}, {"dtd": "PT90M"}],
    "years and months duration": [{"ymd": "P1Y"}, {"ymd": "P18M"}],
}


def files() -> list[Path]:
    return [
        *sorted((SHARED / "dmn-files").glob("*/*.dmn")),
        *sorted((SHARED / "tck").glob("compliance-level-*/*/*.dmn")),
    ]


def beside(file: Path) -> list[Path]:
    """The models that it may import: those of its folder in the TCK; in dmn-files the paths were not kept."""
    return (
        []
        if file.is_relative_to(SHARED / "dmn-files")
        else sorted(set(file.parent.glob("*.dmn")) - {file})
    )


def inputs(model: dmn.Model, decision: str, seed: str) -> Iterator[dict[str, Any]]:
    """Three rows, the same for the same seed; each input has a value, since KIE skips a decision that lacks one."""
    random_ = random.Random(seed)
    facts = model.facts(decision)
    for _ in range(3 if model.inputs else 1):
        row: dict[str, Any] = {
            one.name: _sample(one.type, one.allowed, random_)
            for one in model.inputs
            if one.file == model.inputs[0].file
        }
        for fact in facts:
            steps = fact.path.split(".")
            value = _sample(fact.type, fact.allowed, random_)
            for depth in range(len(steps) - 1, 0, -1):
                value = _merged(row if depth == 1 else None, steps, depth, value)
            row[steps[0].removesuffix("[]")] = [value] if steps[0].endswith("[]") else value
        yield row


def _merged(row: dict[str, Any] | None, steps: list[str], depth: int, value: Any) -> Any:
    """The context that holds the value under the step, with what the row already has there."""
    step = steps[depth]
    held: dict[str, Any] = {}
    if row is not None:
        found = row.get(steps[0].removesuffix("[]"))
        found = found[0] if isinstance(found, list) and found else found
        if isinstance(found, dict) and "ctx" in found:
            held = dict(found["ctx"])
    held[step.removesuffix("[]")] = [value] if step.endswith("[]") else value
    return {"ctx": held}


def _sample(kind: str, allowed: tuple[Any, ...] | None, random_: random.Random) -> Any:
    if allowed and random_.random() < 0.9:
        return encode(random_.choice(allowed))
    if kind.startswith("list<"):
        return [_sample(kind[5:-1], None, random_) for _ in range(random_.randint(0, 3))]
    known = SAMPLES.get(kind)
    return random_.choice(
        known
        if known
        else [one for samples in ("number", "string", "boolean") for one in SAMPLES[samples]]
    )
