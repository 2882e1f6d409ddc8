"""Facts in words: "Statut, rqth : A ce statut" for statut.rqth.reponse, from the titles of the payload types."""

from __future__ import annotations

from functools import cache

from spie import _core


@cache
def _types() -> dict[str, tuple[str, dict[str, str]]]:
    """By the name of a type: its title, and those of its fields."""
    return {
        one["nom"]: (
            one["titre"],
            {name: field["title"] for name, field in one["schema"]["properties"].items()},
        )
        for one in _core.event_types()
    }


def type_title(name: str) -> str:
    """Of a type of events; its name when there is none."""
    return _types().get(name, (name, {}))[0]


def fact_title(path: str) -> str:
    """Of a fact of a situation; the path itself when no type has it."""
    household, rest = ("Foyer, ", path[6:]) if path.startswith("foyer.") else ("", path)
    name, _, rest = rest.partition(".")
    if name not in _types():
        return path
    title, fields = _types()[name]
    key, _, field = rest.rpartition(".")
    named = fields.get(field, "étapes" if field == "etapes" else field)
    head = f"{household}{title[0].lower() if household else title[0]}{title[1:]}"
    return f"{head}{f', {key}' if key else ''} : {named[0].lower() + named[1:] if key else named}"
