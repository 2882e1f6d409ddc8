"""The command that draws the picture of a badge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group
from rich.text import Text

from spie import images
from spie.cli.badge import Into, put
from spie.cli.shared import Json, misused, show, speaking
from spie.pack import Pack
from spie.terminal.console import console


def dessiner(
    category: Annotated[
        str,
        typer.Option(
            "--categorie", metavar="NOM", help="Une catégorie du pack : competence, immersion, etc.",
            show_default=False,
        ),
    ],
    title: Annotated[
        str, typer.Option("--titre", metavar="TEXTE", help="Ce que le badge dit.", show_default=False)
    ],
    into: Into,
    side: Annotated[
        int | None,
        typer.Option(
            "--cote", metavar="PIXELS", help="Le côté d'un PNG. [sans elle : 512]",
            show_default=False,
        ),
    ] = None,
    pack: Annotated[
        str, typer.Option("--pack", metavar="PACK", help="Le pack qui dit les catégories.")
    ] = "socle-national",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Dessiner l'image d'un badge, en SVG ou en PNG ; « incruster » y met le badge."""
    suffix = ".svg" if into == "-" else Path(into).suffix.lower()
    if suffix not in (".svg", ".png"):
        raise misused(f"--vers : « {into} » ne finit ni par .svg, ni par .png.")
    if side is not None and suffix == ".svg":
        raise misused("--cote : un SVG n'a pas de pixels ; écrire un PNG.")
    with speaking():
        made = images.dessiner(Pack.load(pack), category, title)
        content = made.svg.encode() if suffix == ".svg" else made.png(side or 512)
    put(into, content, "Image")
    absent = made.lettres_absentes
    warned = [Text(f"Lettres laissées aux polices de qui regarde : {absent}", "attention")] * bool(
        absent
    )
    if into == "-":  # the picture has the standard output for itself
        console(stderr=True).print(Group(*warned))
        return
    told = {"vers": into, "forme": suffix[1:], "lettres_absentes": absent}
    show(as_json, lambda: told, lambda: Group(Text(f"Image écrite : {into}"), *warned))
