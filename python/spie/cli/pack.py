"""The commands of packs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from spie import convention, lecture_pack, packs
from spie.cli.shared import (
    NO,
    App,
    Json,
    PackArgument,
    day,
    misused,
    read_object,
    show,
    speaking,
    write,
)
from spie.errors import SpieError
from spie.handle import engine
from spie.pack import Pack
from spie.terminal import pack as terminal_pack
from spie.terminal.blocks import Prose, heading
from spie.terminal.console import console
from spie.terminal.findings import case_results, findings

app = App(help="Contrôler, essayer, lire un pack de règles.")

Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parametre",
        metavar="NOM=VALEUR",
        help="Donner une autre valeur à un paramètre (répétable).",
    ),
]


def load(pack: str) -> Pack:
    return Pack.load(pack)


def overrides(pack: Pack, given: list[str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in given or []:
        name, equals, text = one.partition("=")
        if not equals:
            raise misused(f"--parametre : « {one} » ne s'écrit pas NOM=VALEUR.")
        found[name] = convention.parse_parametre(pack, name, text)
    return found


@app.command("list")
def pack_list(as_json: Json = False) -> None:
    """Nommer les packs fournis."""
    names = packs.names()
    folder = str(packs.path())
    show(
        as_json,
        lambda: {"dossier": folder, "packs": names},
        lambda: Text("\n".join([*names, folder])),
    )


@app.command("check")
def pack_check(pack: PackArgument, as_json: Json = False) -> None:
    """Contrôler un pack : noms, types, articles, paramètres, cas."""
    loaded: Pack | None = None
    try:
        loaded = load(pack)
        found = loaded.check()
    except SpieError as error:
        if error.code == "P001":
            with speaking():
                raise
        found = list(error.diagnostics)
    show(as_json, lambda: [one.to_dict() for one in found], lambda: findings(loaded, found))
    if any(one.level == "error" for one in found):
        raise typer.Exit(NO)


@app.command("test")
def pack_test(pack: PackArgument, as_json: Json = False) -> None:
    """Dérouler les cas du pack."""
    with speaking():
        results = load(pack).run_cases()
    show(
        as_json,
        lambda: [{"nom": r.nom, "reussi": r.passed, "difference": r.difference} for r in results],
        lambda: case_results(results),
    )
    if not all(one.passed for one in results):
        raise typer.Exit(NO)


@app.command("show")
def pack_show(
    pack: PackArgument,
    decision: Annotated[str | None, typer.Argument(help="N'afficher que cette décision.")] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FICHIER", help="Écrire une page qui s'imprime.", show_default=False
        ),
    ] = None,
    markdown: Annotated[
        Path | None,
        typer.Option(
            "--markdown", metavar="FICHIER", help="L'écrire en Markdown.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Lire un pack : paramètres, décisions, tables."""
    with speaking():
        loaded = load(pack)
        names = [one.name for one in loaded.decisions]
        if decision is not None and decision not in names:
            loaded.facts(decision)  # says which name is near
        kept = names if decision is None else [decision]
        if html is not None:
            write(html, lecture_pack.html(loaded, decision), "Page")
        if markdown is not None:
            write(markdown, lecture_pack.markdown(loaded, decision), "Page")
        if (html is not None or markdown is not None) and not as_json:
            return
        if as_json:
            shown = {
                **loaded.to_dict(),
                "parametres": engine(loaded).parameters,
                "decisions": [
                    {**one.to_dict(), "logique": loaded.describe(one.name)}
                    for one in loaded.decisions
                    if one.name in kept
                ],
            }
            show(True, lambda: shown, lambda: "")
            return
        out = console()
        if decision is None:
            out.print(terminal_pack.presentation(loaded))
            out.print(heading("Décisions"))
        out.print(terminal_pack.decisions(loaded, decision))


@app.command("facts")
def pack_facts(pack: PackArgument, decision: str, as_json: Json = False) -> None:
    """Nommer les faits qu'une décision peut lire."""
    with speaking():
        loaded = load(pack)
        raw = [one.to_dict() for one in loaded.facts(decision)]
    show(as_json, lambda: raw, lambda: terminal_pack.facts(loaded, decision))


def evaluate(
    pack: PackArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="Nom de la décision.")],
    facts: Annotated[
        str, typer.Argument(metavar="FAITS.json", help="Les faits ; - : l'entrée standard.")
    ],
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="Date de la décision, 2022-06-01.")
    ],
    explain: Annotated[bool, typer.Option("--explain", help="Expliquer la décision.")] = False,
    parameters: Parameters = None,
    as_json: Json = False,
) -> None:
    """Évaluer une décision d'un pack, à une date, sur des faits."""
    on = day(as_of, "--as-of")
    with speaking():
        loaded = load(pack)
        result = loaded.evaluate(
            decision,
            read_object(facts, "Faits"),
            as_of=on,
            parameters=overrides(loaded, parameters),
        )
    show(
        as_json,
        result.to_dict,
        lambda: Prose(result.explain()) if explain else terminal_pack.result(result, loaded),
    )
    if result.status == "erreur":
        raise typer.Exit(NO)
