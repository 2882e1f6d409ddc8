"""The command of vigilance: which paths may break, for somebody who may see it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spie import _core
from spie.cli.dossier import Asked, At, KnownAt, at_the_counter, subject_of_structure
from spie.cli.shared import Json, show, write
from spie.cli.store import day_or_today, known
from spie.pack import Pack
from spie.parcours import cibler_pour
from spie.terminal import vigilance as terminal_vigilance
from spie.terminal.console import write_json

PACK = "seine-et-marne-2022-2023"


@at_the_counter(pack=PACK)
def vigilance(
    asked: Asked,
    at: At = None,
    known_at: KnownAt = None,
    of_structure: Annotated[
        str | None,
        typer.Option(
            "--pour-structure",
            metavar="ID",
            help="Ceux dont le référent en place est de cette structure.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--moment", metavar="NOM", help="Ce moment seul (répétable).", show_default=False
        ),
    ] = None,
    to_check: Annotated[
        bool, typer.Option("--a-verifier", help="Lister ce que trop peu de faits disent.")
    ] = False,
    lines: Annotated[
        bool, typer.Option("--lignes", help="Une alerte par ligne de JSON, et rien d'autre.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FICHIER", help="Écrire la page.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Les parcours qui risquent de se rompre : pourquoi, depuis quand, que faire."""
    on, how_far = day_or_today(at, "--au"), known(known_at)
    with asked.counter() as desk:
        pack = Pack.load(asked.pack)
        found = cibler_pour(
            desk.guichet,
            desk.demande,
            pack,
            au=on,
            connu=how_far,
            structure=subject_of_structure(of_structure) if of_structure else None,
            moments=only or [],
            detail=to_check,
        )
    if html is not None:
        write(html, found.to_html(pack, au=on), "Page")
    if lines:
        for alert in found.alertes:
            write_json(_core.write_json(alert))
        return
    show(as_json, found.to_dict, lambda: terminal_vigilance.alerts(found, pack))
