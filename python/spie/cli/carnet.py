"""The command of the logbook."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Group

from spie.cli.diagnostic import Html
from spie.cli.dossier import Asked, At, at_the_counter
from spie.cli.shared import Json, show, write
from spie.cli.store import Dossier, day_or_today, subject
from spie.terminal import carnet as terminal
from spie.terminal.dossier import held_back


class Reader(StrEnum):
    personne = "personne"
    professionnel = "professionnel"


@at_the_counter
def carnet(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    reader: Annotated[
        Reader,
        typer.Option(
            "--pour", metavar="LECTEUR", help="À qui elle parle : personne, professionnel."
        ),
    ] = Reader.personne,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """Le carnet de bord : où en est la personne, ce qui vient, qui l'aide, ce qu'elle a fait et choisi."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        view = desk.guichet.carnet(desk.demande, subject(dossier), au=on)
    if html is not None:
        write(html, view.to_html(pour=reader.value), "Page")
    elle = reader is Reader.personne
    show(
        as_json,
        view.to_dict,
        lambda: Group(terminal.carnet(view, elle=elle), held_back(view.retenues)),
    )
