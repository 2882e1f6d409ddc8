"""The commands of retention: what is due, erased, and what is left of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Group

from spie import _core, terminal, terminal_droits, terminal_listes
from spie.cli_aide import confirm
from spie.cli_dossier import RIGHTS, Asked, At, Counter, RightsPack, Structure, deciding, told
from spie.cli_droits import past
from spie.cli_shared import Json, misused, read, read_object, show, speaking
from spie.cli_store import Base, Key, Reason, day_or_today, subject
from spie.conservation import Cellule, Conservation, Gel, figees, gels, reprendre_figees
from spie.dossier import Effacement
from spie.droits import Inscrit
from spie.errors import Diagnostic, ValueConversionError
from spie.formatting import count
from spie.pack import Pack
from spie.store import Store


def conservation(
    base: Base,
    at: At = None,
    told_to: Annotated[
        list[str] | None,
        typer.Option(
            "--prevenir",
            metavar="ID",
            help="Noter que l'on a prévenu (répétable) ; - : une liste sur l'entrée standard.",
        ),
    ] = None,
    erase: Annotated[
        bool, typer.Option("--effacer", help="Effacer ce qui est à effacer ce jour-là.")
    ] = False,
    counts: Annotated[
        bool, typer.Option("--figees", help="Montrer les effectifs de qui est effacé.")
    ] = False,
    author: Annotated[str, typer.Option("--auteur", metavar="QUI", help="Qui décide.")] = "",
    actor: Annotated[
        str,
        typer.Option(
            "--acteur", metavar="ID", help="Qui demande les noms ; sans lui, les ID seuls."
        ),
    ] = "",
    purpose: Annotated[
        str, typer.Option("--finalite", metavar="NOM", help="Pour quoi faire, avec --acteur.")
    ] = "",
    roles: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="NOM", help="Un rôle de l'acteur (répétable)."),
    ] = None,
    structure: Structure = "",
    sure: Annotated[bool, typer.Option("--oui", help="Ne pas demander confirmation.")] = False,
    reason: Reason = "",
    pack: RightsPack = RIGHTS,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Les dossiers à annoncer ou à effacer ; noter un préavis ; effacer."""
    warned = [subject(one) for given in told_to or [] for one in listed(given)]
    if bool(warned) + erase + counts > 1:
        raise misused("Donner --prevenir, --effacer, ou bien --figees.")
    if (warned or erase) and not author:
        raise misused("--prevenir et --effacer demandent --auteur.")
    if bool(actor) != bool(purpose) or bool(actor) != bool(roles):
        raise misused("Donner ensemble --acteur, --role et --finalite : qui demande, et pour quoi.")
    if erase and as_json and not sure:
        raise misused("conservation --effacer --json demande --oui.")
    on = past(at) if warned or erase else day_or_today(at, "--au")
    asked = Asked(base, actor, purpose, roles or [], structure, pack, key)
    with asked.counter() if actor else deciding(base, key) as opened_for:
        held = opened_for.held if isinstance(opened_for, Counter) else opened_for
        if counts:
            cases = figees(held)
            show(
                as_json, lambda: [vars(one) for one in cases], lambda: terminal_droits.frozen(cases)
            )
            return
        kept = Conservation(held, Pack.load(pack))
        if erase:
            erase_due(kept, on, author, reason, sure, as_json, namer(opened_for))
            return
        for who in warned:  # all of them are there, or none is recorded
            kept.echeance(who, au=on)
        for who in warned:
            kept.prevenir(who, auteur=author, motif=reason, effet=on)
        found = kept.echeances(au=on)
        names = namer(opened_for)([one.personne for one in found])
    show(
        as_json,
        lambda: [{**one.to_dict(), **also(names, one.personne)} for one in found],
        lambda: terminal_droits.deadlines(found, names),
    )


Names = dict[str, Inscrit]


def namer(opened_for: Counter | Store) -> Callable[[list[str]], Names]:
    """Who they are, for an actor who may see it; nobody's name without one."""

    def names(persons: list[str]) -> Names:
        if not isinstance(opened_for, Counter) or not persons:
            return {}
        found = opened_for.guichet.nommer(opened_for.demande, persons)
        return {one.dossier: one for one in found}

    return names


def also(names: Names, person: str) -> dict[str, Any]:
    one = names.get(person)
    return {} if one is None else {"nom": one.nom, "prenom": one.prenom}


def listed(given: str) -> list[str]:
    """An id, or for - those of the standard input: separated by blanks, or what the command itself
    writes with --json."""
    if given != "-":
        return [given]
    text = read("-", "--prevenir").decode("utf-8-sig", "replace")
    if not text.lstrip().startswith("["):
        return text.split()
    value = _core.read_json(text, "-")
    found = [one.get("personne") if isinstance(one, dict) else one for one in value]
    texts = [one for one in found if isinstance(one, str)]
    if len(texts) != len(found):
        raise misused("--prevenir - : donner des ID, ou ce que la commande écrit avec --json.")
    return texts


def erase_due(
    kept: Conservation,
    on: date,
    author: str,
    reason: str,
    sure: bool,
    as_json: bool,
    names: Callable[[list[str]], Names],
) -> None:
    found = [one for one in kept.echeances(au=on) if one.etat == "a_effacer"]
    if found and not sure:
        persons = [one.personne for one in found]
        terminal.console(stderr=True).print(
            terminal_droits.deadlines(found, names(persons)),
            *terminal_listes.left_over(kept.doublons_ouverts(persons)),
            sep="\n",
        )
        confirm(f"Effacer {count(len(found), 'dossier', 'dossiers')} pour de bon ?")
    done = kept.effacer_echus(auteur=author, motif=reason, effet=on)
    show(as_json, done.to_dict, lambda: Group(*terminal_droits.erased(done)))


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
                Gel(one["evenement"], tuple(Cellule.of(case) for case in one["cases"]))
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
