"""The commands that list people: those whom the actor may name, and the doubles among them."""

from __future__ import annotations

from typing import Annotated

import typer

from spie.cli.aide import confirm, quoted
from spie.cli.dossier import Asked, Counter, at_the_counter, subject_of_structure, told
from spie.cli.shared import Json, misused, show
from spie.cli.store import Reason, subject
from spie.droits import Paire
from spie.formatting import count
from spie.terminal import listes as terminal_listes
from spie.terminal.console import console


@at_the_counter
def lister(
    asked: Asked,
    page: Annotated[int, typer.Option("--page", min=1, help="La page, de 50 personnes.")] = 1,
    as_json: Json = False,
) -> None:
    """Nommer les personnes que l'on peut voir, et leur référent ; celles de la structure nommée."""
    with asked.counter() as desk:
        structure = subject_of_structure(asked.structure) or None
        found = desk.guichet.lister(desk.demande, structure=structure, page=page)
    show(as_json, found.to_dict, lambda: terminal_listes.people(found))


@at_the_counter
def doublons(
    asked: Asked,
    dossier: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="Un dossier ; sans lui, tous les doublons proposés.",
            show_default=False,
        ),
    ] = None,
    reason_of_proposal: Annotated[
        str | None,
        typer.Option("--raison", metavar="TEXTE", help="Ceux que cette raison a fait proposer."),
    ] = None,
    merge: Annotated[
        bool, typer.Option("--fusionner", help="Fusionner ceux que cette seule raison propose.")
    ] = False,
    sure: Annotated[bool, typer.Option("--oui", help="Ne pas demander confirmation.")] = False,
    reason: Reason = "",
    as_json: Json = False,
) -> None:
    """Les dossiers qui sont peut-être de la même personne, et pourquoi ; les fusionner par lot."""
    if merge and (dossier is not None or not reason_of_proposal):
        raise misused(
            "--fusionner demande --raison, et ne prend pas d'ID ; pour deux dossiers : fusionner."
        )
    if merge and as_json and not sure:
        raise misused("doublons --fusionner --json demande --oui.")
    with asked.counter() as desk:
        if dossier is not None:
            of_one = desk.guichet.doublons(desk.demande, subject(dossier))
            if reason_of_proposal is not None:
                of_one = [one for one in of_one if reason_of_proposal in one["raisons"]]
            show(as_json, lambda: of_one, lambda: terminal_listes.duplicates(of_one))
            return
        every = desk.guichet.doublons_proposes(desk.demande)
        found = every if reason_of_proposal is None else with_reason(every, reason_of_proposal)
        if not merge:
            show(
                as_json,
                lambda: [one.to_dict() for one in found],
                lambda: terminal_listes.pairs(found),
            )
            return
        merge_all(desk, found, str(reason_of_proposal), reason, sure, as_json)


def with_reason(every: list[Paire], reason: str) -> list[Paire]:
    known = {one for pair in every for one in pair.raisons}
    if reason not in known:
        if not known:
            return []
        raise misused(f"--raison : « {reason} » n'est pas de celles-ci : {quoted(sorted(known))}.")
    return [pair for pair in every if reason in pair.raisons]


def merge_all(
    desk: Counter, found: list[Paire], why: str, reason: str, sure: bool, as_json: bool
) -> None:
    """What another reason speaks of too is left: it may say that they are two."""
    alone = [one for one in found if one.raisons == (why,)]
    left = len(found) - len(alone)
    made: list[str] = []
    if alone:
        if not sure:
            console(stderr=True).print(terminal_listes.pairs(alone))
            confirm(f"Fusionner {count(len(alone), 'paire', 'paires')} de dossiers ?")
        desk.may(
            "fusionner",
            *(side for one in alone for side in (one.garde.dossier, one.absorbe.dossier)),
        )
        # Three dossiers of one person are three pairs: the first two make them one.
        holder: dict[str, str] = {}

        def held_by(one: str) -> str:
            while one in holder:
                one = holder[one]
            return one

        for pair in alone:
            kept, absorbed = held_by(pair.garde.dossier), held_by(pair.absorbe.dossier)
            if kept != absorbed:
                made.append(
                    desk.held.fusionner(
                        kept, absorbed, auteur=desk.demande.acteur, motif=reason or why
                    )
                )
                holder[absorbed] = kept
    said = f"{count(len(made), 'fusion faite', 'fusions faites')}. Chacune se défait par « defusionner »."
    if left:
        said += f"\n{count(left, 'paire laissée', 'paires laissées')} : une autre raison en parle aussi ; les voir une à une."
    told(as_json, {"fusions": made, "laissees": left}, said)


def add_to(app: typer.Typer) -> None:
    for command in (lister, doublons):
        app.command(command.__name__)(command)
