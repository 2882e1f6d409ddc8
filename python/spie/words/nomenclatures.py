"""The bundled lists of codes, for who reads: which list a field of a source is coded with, and its labels.

Each file says it itself: "champs" gives the list, or lists, of a field ("caf.vrsb/SEXE" for one of another file), and
"questions" what the codes of questions ask.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from spie import bundled


@dataclass(frozen=True)
class Question:
    """What the codes of one form ask: its title, and the list of its answers, or that these are words already."""

    forme: re.Pattern[str]
    titre: str | list[str | list[str]]
    valeurs: str | None
    en_clair: bool


@dataclass(frozen=True)
class Nomenclature:
    listes: dict[str, dict[str, dict[str, Any]]]
    champs: dict[str, str | list[str]] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


def _form(text: str) -> re.Pattern[str]:
    return re.compile("([^/]+)".join(re.escape(part) for part in text.split("*")))


@cache
def toutes() -> dict[str, Nomenclature]:
    """By their id."""
    found = {}
    for path in sorted(bundled.nomenclatures().glob("*.json")):
        read = json.loads(path.read_text(encoding="utf-8"))
        found[read["id"]] = Nomenclature(
            {
                name: {one["code"]: one for one in held["valeurs"]}
                for name, held in read["listes"].items()
            },
            read.get("champs", {}),
            tuple(
                Question(
                    _form(one["forme"]),
                    one["titre"],
                    one.get("valeurs"),
                    one.get("en_clair", False),
                )
                for one in read.get("questions", ())
            ),
        )
    return found


def _id(reference: str) -> str:
    """Of "caf.vrsb@2025-08-05"; one version of a list is bundled."""
    return reference.partition("@")[0]


def entrees(nomenclature: str, liste: str, code: str) -> dict[str, Any] | None:
    """What a list says of a code. The list may be of another file: "caf.vrsb/SEXE"."""
    other, slash, name = liste.partition("/")
    held = toutes().get(other if slash else _id(nomenclature))
    return held.listes.get(name if slash else liste, {}).get(code) if held else None


def libelle(entree: dict[str, Any]) -> str:
    """The label; without one, the code is a word that its list wrote ("EN_COURS")."""
    given: str = entree.get("libelle") or entree["code"].replace("_", " ").lower()
    return given


def listes(nomenclature: str, champ: str) -> list[str]:
    """The lists that code a field ("activite.code")."""
    held = toutes().get(_id(nomenclature))
    named = held.champs.get(champ, []) if held else []
    return [named] if isinstance(named, str) else named


def question(nomenclature: str, code: str) -> Question | None:
    """What a code of question asks."""
    held = toutes().get(_id(nomenclature))
    for one in held.questions if held else ():
        if one.forme.fullmatch(code):
            return one
    return None


def titre(nomenclature: str, asked: Question, code: str) -> str | None:
    """In words; None where a list lacks a part of it."""
    found = asked.forme.fullmatch(code)
    if isinstance(asked.titre, str) or found is None:
        return asked.titre if isinstance(asked.titre, str) else None
    words = []
    for part in asked.titre:
        if isinstance(part, str):
            words.append(part)
            continue
        entry = entrees(nomenclature, part[0], part[1].format(*found.groups()))
        if entry is None:
            return None
        words.append(libelle(entry))
    return " : ".join(words)
