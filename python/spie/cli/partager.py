"""The command that hands a dossier to somebody who reads it elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from spie.cli.diagnostic import PACK
from spie.cli.dossier import Asked, At, at_the_counter
from spie.cli.shared import Json, show, write
from spie.cli.store import Dossier, day_or_today, subject
from spie.droits import Partage
from spie.terminal.blocks import heading


def _told(made: Partage, document: str) -> RenderableType:
    lines: list[RenderableType] = [Text(document)] if document else []
    lines.append(Text(f"Écrit selon {made.version}."))
    if made.pertes:
        lines.append(heading("Ce que ce format ne dit pas"))
        lines += [Text(f"  {one.chemin} : {one.motif}.") for one in made.pertes]
    lines.append(Text(f"Noté comme un partage, acte {made.acte}."))
    return Group(*lines)


@at_the_counter(pack=PACK)
def partager(
    dossier: Dossier,
    target: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="france_travail.v1, france_travail.v4, carnet, data_inclusion.v1.",
            show_default=False,
        ),
    ],
    recipient: Annotated[
        str,
        typer.Option(
            "--a", metavar="QUI", help="À qui : un rôle, ou structure:…", show_default=False
        ),
    ],
    asked: Asked,
    output: Annotated[
        Path | None,
        typer.Option(
            "--sortie", metavar="FICHIER", help="Où écrire le document.", show_default=False
        ),
    ] = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Écrire un dossier dans un format d'un autre, et noter qu'il lui est transmis."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        made = desk.guichet.partager(desk.demande, subject(dossier), target, recipient, au=on)
        document = json.dumps(made.document, ensure_ascii=False, indent=2) + "\n"
        if output is not None:
            try:
                write(output, document, "Document")
            except BaseException:  # what was not written was not handed over
                desk.guichet.annuler(desk.demande, made.acte)
                raise
    show(as_json, made.to_dict, lambda: _told(made, document if output is None else ""))
