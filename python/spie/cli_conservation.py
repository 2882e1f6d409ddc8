"""The commands of retention: what is due, erased, and what is left of it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Group

from spie import terminal_droits
from spie.cli_dossier import RIGHTS, At, RightsPack, deciding, told
from spie.cli_droits import past
from spie.cli_shared import Json, misused, read_object, show, speaking
from spie.cli_store import Base, Key, Reason, day_or_today, subject
from spie.conservation import Case, Conservation, Gel, figees, gels, reprendre_figees
from spie.dossier import Effacement
from spie.errors import Diagnostic, ValueConversionError
from spie.pack import Pack


def conservation(
    base: Base,
    at: At = None,
    told_to: Annotated[
        list[str] | None,
        typer.Option("--prevenir", metavar="ID", help="Noter que l'on a prévenu (répétable)."),
    ] = None,
    erase: Annotated[
        bool, typer.Option("--effacer", help="Effacer ce qui est à effacer ce jour-là.")
    ] = False,
    counts: Annotated[
        bool, typer.Option("--figees", help="Montrer les effectifs de qui est effacé.")
    ] = False,
    author: Annotated[str, typer.Option("--auteur", metavar="QUI", help="Qui décide.")] = "",
    sure: Annotated[bool, typer.Option("--oui", help="Ne pas demander confirmation.")] = False,
    reason: Reason = "",
    pack: RightsPack = RIGHTS,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Les dossiers à annoncer ou à effacer ; noter un préavis ; effacer."""
    warned = [subject(one) for one in told_to or []]
    if bool(warned) + erase + counts > 1:
        raise misused("Donner --prevenir, --effacer, ou bien --figees.")
    if (warned or erase) and not author:
        raise misused("--prevenir et --effacer demandent --auteur.")
    if erase and as_json and not sure:
        raise misused("conservation --effacer --json demande --oui.")
    on = past(at) if warned or erase else day_or_today(at, "--au")
    with deciding(base, key) as held:
        if counts:
            cases = figees(held)
            show(
                as_json, lambda: [vars(one) for one in cases], lambda: terminal_droits.frozen(cases)
            )
            return
        kept = Conservation(held, Pack.load(pack))
        if erase:
            erase_due(kept, on, author, reason, sure, as_json)
            return
        for who in warned:  # all of them are there, or none is recorded
            kept.echeance(who, au=on)
        for who in warned:
            kept.prevenir(who, auteur=author, motif=reason, effet=on)
        found = kept.echeances(au=on)
    show(
        as_json,
        lambda: [one.to_dict() for one in found],
        lambda: terminal_droits.deadlines(found),
    )


def erase_due(
    kept: Conservation, on: date, author: str, reason: str, sure: bool, as_json: bool
) -> None:
    found = [one for one in kept.echeances(au=on) if one.etat == "a_effacer"]
    if found and not sure:
        typer.echo("\n".join(one.personne for one in found), err=True)
        typer.confirm(f"Effacer ces {len(found)} dossiers pour de bon ?", abort=True, err=True)
    done = kept.effacer_echus(auteur=author, motif=reason, effet=on)
    data = {
        "personnes": done.personnes,
        "effacements": [vars(one) for one in done.effacements],
        "figees": [vars(one) for one in done.figees],
    }
    show(as_json, lambda: data, lambda: Group(*terminal_droits.erased(done)))


def effacements(
    base: Base,
    again: Annotated[
        str | None,
        typer.Option(
            "--rejouer", metavar="FICHIER", help="Une liste donnée par --json, à rejouer ; -."
        ),
    ] = None,
    author: Annotated[str, typer.Option("--auteur", metavar="QUI", help="Qui rejoue.")] = "",
    key: Key = None,
    as_json: Json = False,
) -> None:
    """La liste des effacements, à garder à part ; la rejouer sur une base restaurée."""
    if again is not None and not author:
        raise misused("--rejouer demande --auteur.")
    with speaking():
        given = None if again is None else read_erasures(again)
    with deciding(base, key) as held:
        if given is None:
            found, frozen = held.erasures(), gels(held)
        else:
            tokens, frozen = given
            count = held.replay(tokens, auteur=author)
            reprendre_figees(held, frozen, auteur=author)
    if given is not None:
        told(as_json, {"effacements": count}, f"{count} effacements rejoués.")
        return
    data = {
        "effacements": [vars(one) for one in found],
        "figees": [one.to_dict() for one in frozen],
    }
    show(as_json, lambda: data, lambda: terminal_droits.erasures(found))


def read_erasures(path: str) -> tuple[list[Effacement], list[Gel]]:
    content: dict[str, Any] = read_object(path, "Effacements")
    try:
        return (
            [Effacement(one["jeton"], int(one["evenements"])) for one in content["effacements"]],
            [
                Gel(one["evenement"], tuple(Case.of(case) for case in one["cases"]))
                for one in content["figees"]
            ],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueConversionError(
            Diagnostic(
                "J002", "error", "Une liste d'effacements est attendue.", path,
                "Donner ce que la commande écrit avec --json.",
            )
        ) from error  # fmt: skip


def add_to(app: typer.Typer) -> None:
    for command in (conservation, effacements):
        app.command(command.__name__)(command)
