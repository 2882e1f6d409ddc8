"""The commands of immersions (PMSMP)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spie.cli.shared import NO, App, Json, day, read_object, show, speaking
from spie.pack import Pack
from spie.parcours import verifier_demande
from spie.terminal.immersion import examen

app = App(help="Les immersions (PMSMP) : ce que la loi en dit.")

RightsPack = Annotated[
    str,
    typer.Option("--pack", metavar="PACK", help="Le pack qui porte la loi."),
]


@app.callback()
def immersion() -> None:
    """Les immersions (PMSMP) : ce que la loi en dit."""


@app.command("verifier")
def verifier(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER.json",
            help="La convention prévue et les précédentes ; - : l'entrée standard.",
            show_default=False,
        ),
    ],
    pack: RightsPack = "socle-national",
    at: Annotated[
        str | None,
        typer.Option(
            "--au",
            metavar="AAAA-MM-JJ",
            help="La date de la loi, quand la convention n'a pas de premier jour. [sans elle : aujourd'hui]",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Dire si une convention d'immersion est conforme, d'après celles qui la précèdent."""
    on = day(at, "--au") if at else None
    with speaking():
        given = read_object(file, "immersion")
        law = Pack.load(pack)
        found = verifier_demande(law, given, au=on)
    show(as_json, found.to_dict, lambda: examen(found, law))
    if found.verdict == "non_conforme":
        raise typer.Exit(NO)
