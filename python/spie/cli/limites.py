"""The options --limite and --limite-lecture: what one evaluation, and one reading, may take."""

from __future__ import annotations

from typing import Annotated

import typer

from spie.cli.shared import misused
from spie.limits import Limits

NAMES = {
    "profondeur": "depth",
    "pas": "steps",
    "elements": "list_size",
    "octets": "memory",
    "millisecondes": "milliseconds",
}

MOST = 2**31 - 1

Limite = Annotated[
    list[str] | None,
    typer.Option(
        "--limite",
        metavar="NOM=N",
        help="Ce qu'une évaluation, d'une table chacune de ses lignes, peut prendre : "
        f"{', '.join(NAMES)} (répétable).",
    ),
]
Lecture = Annotated[
    list[str] | None,
    typer.Option(
        "--limite-lecture",
        metavar="NOM=N",
        help="Ce que peut prendre la lecture du pack, du modèle ou de l'expression ; mêmes noms (répétable).",
    ),
]


def limits(given: list[str] | None, option: str = "--limite") -> Limits | None:
    """None where none is given."""
    found: dict[str, int] = {}
    for one in given or ():
        name, _, number = one.partition("=")
        if name not in NAMES or not number.isdecimal():
            raise misused(f"{option} : « {one} » ne s'écrit pas NOM=N ; NOM : {', '.join(NAMES)}.")
        if NAMES[name] in found:
            raise misused(f"{option} : {name} est donné deux fois.")
        if not 1 <= int(number) <= MOST:
            raise misused(f"{option} : {name} va de 1 à {MOST}, plutôt que {number}.")
        found[NAMES[name]] = int(number)
    return Limits(**found) if found else None


def of_reading(given: list[str] | None) -> Limits | None:
    return limits(given, "--limite-lecture")
