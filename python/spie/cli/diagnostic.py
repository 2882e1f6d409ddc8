"""The commands of the shared diagnostic: what to ask, what the grid reads, the road map."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group

from spie import parcours
from spie.cli.dossier import Asked, At, KnownAt, at_the_counter
from spie.cli.shared import Json, show, write
from spie.cli.store import Dossier, day_or_today, known, subject
from spie.pack import Pack
from spie.terminal import diagnostic as terminal
from spie.terminal.dossier import held_back

PACK = "seine-et-marne-2022-2023"

Html = Annotated[
    Path | None,
    typer.Option("--html", metavar="FICHIER", help="Écrire la page.", show_default=False),
]


@at_the_counter(pack=PACK)
def questions(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Ce qu'il reste à demander à une personne, et ce qui ne se redemande pas."""
    on, how_far = day_or_today(at, "--au"), known(known_at)
    with asked.counter() as desk:
        view = desk.guichet.questions(desk.demande, subject(dossier), au=on, connu=how_far)
    show(as_json, view.to_dict, lambda: Group(terminal.questions(view), held_back(view.retenues)))


@at_the_counter(pack=PACK)
def diagnostic(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    known_at: KnownAt = None,
    median: Annotated[
        bool,
        typer.Option("--mediane", help="Lire aussi toute la base, pour le délai médian."),
    ] = False,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """Le diagnostic partagé d'une personne : freins, ressources, besoins, ce qui en suit."""
    on, how_far = day_or_today(at, "--au"), known(known_at)
    with asked.counter() as desk:
        beside = (
            parcours.delai_median(desk.held, Pack.load(asked.pack), au=on, connu=how_far).mediane
            if median
            else None
        )
        view = desk.guichet.diagnostic(
            desk.demande, subject(dossier), au=on, connu=how_far, mediane=beside
        )
    if html is not None:
        write(html, view.to_html(), "Page")
    show(as_json, view.to_dict, lambda: Group(terminal.diagnostic(view), held_back(view.retenues)))


@at_the_counter(pack=PACK)
def feuille_de_route(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    known_at: KnownAt = None,
    html: Html = None,
    as_json: Json = False,
) -> None:
    """La feuille de route : ce que la personne a choisi, qui fait quoi, ce qui est fait."""
    on, how_far = day_or_today(at, "--au"), known(known_at)
    with asked.counter() as desk:
        view = desk.guichet.feuille_de_route(desk.demande, subject(dossier), au=on, connu=how_far)
    if html is not None:
        write(html, view.to_html(), "Page")
    show(as_json, view.to_dict, lambda: Group(terminal.road_map(view), held_back(view.retenues)))
