"""The commands of packs."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from spie import convention, lecture_pack, packs
from spie.cli import limites, tables
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
from spie.terminal import analysis as terminal_analysis
from spie.terminal import pack as terminal_pack
from spie.terminal.blocks import Prose, heading
from spie.terminal.console import console
from spie.terminal.findings import case_results, decision_columns, findings

app = App(help="Contrôler, essayer, lire un pack de règles.")

Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parametre",
        metavar="NOM=VALEUR",
        help="Donner une autre valeur à un paramètre (répétable).",
    ),
]


def load(pack: str, reading: list[str] | None = None) -> Pack:
    return Pack.load(pack, limits=limites.of_reading(reading))


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
def pack_check(
    pack: PackArgument,
    columns: Annotated[
        bool,
        typer.Option(
            "--colonnes",
            help="Dire plutôt quelles décisions vont par colonnes sur une table, et pourquoi pas les autres.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Contrôler un pack : noms, types, articles, paramètres, cas."""
    if columns:
        with speaking():
            shown = load(pack).columns()
        show(as_json, lambda: shown, lambda: decision_columns(shown))
        return
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


@app.command("coverage")
def pack_coverage(
    pack: PackArgument,
    tries: Annotated[
        int,
        typer.Option("--essais", metavar="N", min=0, help="Évaluations par règle à exercer."),
    ] = 2000,
    as_json: Json = False,
) -> None:
    """Dire ce que les cas n'exercent pas, et proposer des cas."""
    with speaking():
        covered = load(pack).coverage(tries=tries)
    show(as_json, lambda: covered, lambda: terminal_analysis.coverage(covered))


@app.command("diff")
def pack_diff(
    before: Annotated[str, typer.Argument(metavar="A", help="Le pack d'avant.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Celui d'après.")],
    as_json: Json = False,
) -> None:
    """Dire ce qui change d'un pack à un autre."""
    with speaking():
        changed = load(before).difference(load(after))
    show(as_json, lambda: changed, lambda: terminal_analysis.difference(changed))


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
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="Date de la décision, 2022-06-01 ; d'une table, ou le nom de sa colonne de dates.",
        ),
    ],
    facts: Annotated[
        str | None,
        typer.Argument(metavar="FAITS.json", help="Les faits ; - : l'entrée standard."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Expliquer la décision.")] = False,
    parameters: Parameters = None,
    table: tables.Table = None,
    vers: tables.Vers = None,
    garder: tables.Garder = None,
    ignorer: tables.Ignorer = False,
    prefixe: tables.Prefixe = "",
    echelle: tables.Echelle = 6,
    regle: tables.Regle = False,
    motif: tables.Motif = False,
    mots: tables.Mots = None,
    threads: tables.Threads = None,
    separateur: tables.Separateur = None,
    limite: limites.Limite = None,
    lecture: limites.Lecture = None,
    as_json: Json = False,
) -> None:
    """Évaluer une décision d'un pack, à une date, sur des faits ou sur une table."""
    within = limites.limits(limite)
    rows = tables.asked(
        facts, table, vers, "FAITS.json",
        garder, ignorer, prefixe, echelle, regle, motif, mots, threads, separateur,
    )  # fmt: skip
    if rows is not None:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", as_of):
            day(as_of, "--as-of")  # no name of a column: a day that may not exist
        with speaking():
            loaded = load(pack, lecture)
            read = loaded.facts(decision)
            given = overrides(loaded, parameters)
        ask = partial(loaded.evaluate_table, decision, as_of=as_of, parameters=given, limits=within)
        tables.answer(rows, read, ask, as_json)
        return
    on = day(as_of, "--as-of")
    with speaking():
        loaded = load(pack, lecture)
        result = loaded.evaluate(
            decision,
            read_object(facts, "Faits"),
            as_of=on,
            parameters=overrides(loaded, parameters),
            limits=within,
        )
    show(
        as_json,
        result.to_dict,
        lambda: Prose(result.explain()) if explain else terminal_pack.result(result, loaded),
    )
    if result.status == "erreur":
        raise typer.Exit(NO)
