"""The command of a person's path."""

from __future__ import annotations

from rich.console import Group

from spie.cli.dossier import Asked, At, at_the_counter
from spie.cli.shared import Json, show
from spie.cli.store import Dossier, day_or_today, subject
from spie.terminal import parcours as terminal
from spie.terminal.dossier import held_back


@at_the_counter
def parcours(dossier: Dossier, asked: Asked, at: At = None, as_json: Json = False) -> None:
    """Le parcours d'une personne : entrées, sorties, étapes, pauses, qui le mène, suivi dans l'emploi."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        view = desk.guichet.parcours(desk.demande, subject(dossier), au=on)
    show(as_json, view.to_dict, lambda: Group(terminal.parcours(view), held_back(view.retenues)))
