"""The commands of FEEL and DMN alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group

from spie import _core, dmn, feuilles
from spie.cli import limites, tables
from spie.cli.badge import put
from spie.cli.shared import NO, App, Json, misused, read, read_object, show, speaking
from spie.errors import SpieError
from spie.formatting import count
from spie.limits import numbers
from spie.terminal import analysis as terminal_analysis
from spie.terminal import pack as terminal_pack
from spie.terminal.console import console, write_text
from spie.terminal.findings import failure, finding

app = App(help="Évaluer, lire un modèle DMN seul.")


def instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise misused(f"--now : « {text} » n'est pas une date et une heure.") from None


Now = Annotated[
    str | None, typer.Option("--now", metavar="INSTANT", help="Ce que donnent now() et today().")
]


def feel(
    expression: Annotated[str, typer.Argument(metavar="EXPR", help="Une expression FEEL.")],
    variables: Annotated[
        str | None,
        typer.Option("--variables", metavar="FICHIER", help="Variables, un objet JSON ; -."),
    ] = None,
    now: Now = None,
    limite: limites.Limite = None,
    lecture: limites.Lecture = None,
    as_json: Json = False,
) -> None:
    """Évaluer une expression FEEL."""
    within, read_within = limites.limits(limite), limites.of_reading(lecture)
    with speaking():
        given = read_object(variables, "Variables")
        value, errors = _core.feel_evaluate(
            expression, given, instant(now), False, None, numbers(within), numbers(read_within)
        )
    if not as_json and errors:
        console(stderr=True).print(failure(SpieError(errors)))
    if as_json:
        status = "erreur" if errors else "determine"
        data = {"statut": status, "valeur": value, "erreurs": [one.to_dict() for one in errors]}
        show(True, lambda: data, lambda: "")
    else:
        write_text(f"{_core.to_text(value)}\n")
    if errors:
        raise typer.Exit(NO)


ModelArgument = Annotated[Path, typer.Argument(metavar="MODELE.dmn")]
Imports = Annotated[
    list[Path] | None,
    typer.Option("--import", metavar="FICHIER", help="Un modèle importé (répétable)."),
]
Lenient = Annotated[
    bool, typer.Option("--lenient", help="Accepter un modèle dont une décision est fautive.")
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Refuser un nom que rien ne déclare, au lieu d'en faire une entrée."
    ),
]
Extensions = Annotated[
    list[str] | None,
    typer.Option(
        "--extensions",
        metavar="EDITEUR",
        help="Lire aussi les fonctions d'un éditeur : camunda, kie, signavio (répétable).",
    ),
]
IgnoreExtra = Annotated[
    bool,
    typer.Option(
        "--ignorer", help="Laisser de côté les entrées, ou les colonnes, que rien ne lit."
    ),
]


def loading(
    model: Path,
    imports: list[Path] | None,
    lenient: bool,
    strict: bool,
    extensions: list[str] | None,
    reading: list[str] | None,
    as_json: bool,
) -> dmn.Model:
    """The model; what was read for the user is told beside the answer."""
    loaded = dmn.load(
        model,
        imports or (),
        lenient=lenient,
        strict=strict,
        extensions=extensions or (),
        limits=limites.of_reading(reading),
    )
    if loaded.findings and not as_json:
        console(stderr=True).print(Group(*(finding(one) for one in loaded.findings)))
    return loaded


@app.command("evaluate")
def dmn_evaluate(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    inputs: Annotated[
        str | None,
        typer.Argument(
            metavar="ENTREES.json",
            help="Les entrées ; - : l'entrée standard. "
            "Celle d'un modèle importé se nomme {espace de noms}nom.",
        ),
    ] = None,
    imports: Imports = None,
    service: Annotated[
        bool, typer.Option("--service", help="DECISION est un service de décision.")
    ] = False,
    lenient: Lenient = False,
    strict: Strict = False,
    extensions: Extensions = None,
    now: Now = None,
    table: tables.Table = None,
    vers: tables.Vers = None,
    garder: tables.Garder = None,
    ignorer: IgnoreExtra = False,
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
    """Évaluer une décision d'un modèle DMN, sur des entrées ou sur une table."""
    at, within = instant(now), limites.limits(limite)
    rows = tables.asked(
        inputs, table, vers, "ENTREES.json",
        garder, ignorer, prefixe, echelle, regle, motif, mots, threads, separateur,
    )  # fmt: skip
    if rows is not None:
        if service:
            raise misused("--service ne va pas avec --table.")
        with speaking():
            loaded = loading(model, imports, lenient, strict, extensions, lecture, as_json)
            known = loaded.facts(decision)
        ask = partial(loaded.evaluate_table, decision, now=at, limits=within)
        tables.answer(rows, known, ask, as_json)
        return
    with speaking():
        loaded = loading(model, imports, lenient, strict, extensions, lecture, as_json)
        given = read_object(inputs, "Entrées")
        call = loaded.evaluate_service if service else loaded.evaluate
        extra: dmn.Extra = "ignore" if ignorer else "refuse"
        result = call(decision, given, now=at, trace=as_json, extra=extra, limits=within)
    show(as_json, result.to_dict, lambda: terminal_pack.result(result))
    if result.status == "erreur":
        raise typer.Exit(NO)


@app.command("facts")
def dmn_facts(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    imports: Imports = None,
    lenient: Lenient = False,
    strict: Strict = False,
    extensions: Extensions = None,
    lecture: limites.Lecture = None,
    as_json: Json = False,
) -> None:
    """Nommer les entrées qu'une décision peut lire."""
    with speaking():
        loaded = loading(model, imports, lenient, strict, extensions, lecture, as_json)
        raw = [one.to_dict() for one in loaded.facts(decision)]
    show(as_json, lambda: raw, lambda: terminal_pack.facts(loaded, decision))


@app.command("verifier")
def dmn_verify(
    model: ModelArgument,
    decision: Annotated[
        str, typer.Option("--decision", metavar="DECISION", help="Celle-ci seule.")
    ] = "",
    imports: Imports = None,
    lenient: Lenient = False,
    strict: Strict = False,
    extensions: Extensions = None,
    lecture: limites.Lecture = None,
    as_json: Json = False,
) -> None:
    """Chercher dans les tables les trous, les conflits et les règles qui ne servent pas."""
    with speaking():
        loaded = loading(model, imports, lenient, strict, extensions, lecture, as_json)
        found = loaded.verify(decision)
    show(as_json, found.to_dict, lambda: terminal_analysis.verification(found))
    if found.fails:
        raise typer.Exit(NO)


@app.command("show")
def dmn_show(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    imports: Imports = None,
    lenient: Lenient = False,
    strict: Strict = False,
    extensions: Extensions = None,
    lecture: limites.Lecture = None,
    as_json: Json = False,
) -> None:
    """Lire la table ou l'expression d'une décision."""
    with speaking():
        loaded = loading(model, imports, lenient, strict, extensions, lecture, as_json)
        described = loaded.describe(decision)
    show(as_json, lambda: described, lambda: terminal_pack.logic(loaded, decision))


FORMES = ("csv", "xlsx", "md", "dmn", "xml")


@app.command("exporter")
def dmn_exporter(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    into: Annotated[
        Path,
        typer.Option(
            "--vers",
            metavar="FICHIER",
            help="Où l'écrire : .csv, .xlsx, .md, .dmn (un modèle à elle) ou .xml (l'élément seul).",
            show_default=False,
        ),
    ],
    imports: Imports = None,
    lenient: Lenient = False,
    as_json: Json = False,
) -> None:
    """Écrire la table d'une décision pour un tableur, une page ou un modèle."""
    form = into.suffix.lower().removeprefix(".")
    if form not in FORMES:
        raise misused(f"--vers : le nom finit par {', '.join('.' + one for one in FORMES)}.")
    with speaking():
        table = feuilles.TableDecision.of(dmn.load(model, imports or (), lenient=lenient), decision)
        written: dict[str, Callable[[], bytes]] = {
            "csv": table.vers_csv,
            "xlsx": table.vers_xlsx,
            "md": lambda: table.vers_markdown().encode(),
            "dmn": table.vers_dmn,
            "xml": lambda: table.vers_xml().encode(),
        }
        made = written[form]()
    put(str(into), made, "Table")
    show(
        as_json,
        lambda: {"vers": str(into), "decision": table.nom, "regles": len(table.regles)},
        lambda: f"Table écrite : {into} ({counted(table)})",
    )


@app.command("importer")
def dmn_importer(
    sheet: Annotated[Path, typer.Argument(metavar="FEUILLE", help=".csv, .xlsx, .xls ou .ods.")],
    into: Annotated[
        Path,
        typer.Option(
            "--vers", metavar="MODELE.dmn", help="Où écrire le modèle.", show_default=False
        ),
    ],
    inside: Annotated[
        Path | None,
        typer.Option(
            "--dans",
            metavar="MODELE.dmn",
            help="Mettre la table à la place de la sienne dans ce modèle, dont le reste est gardé.",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option("--feuille", metavar="NOM", help="Laquelle. [sans elle : la première]"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Faire d'une feuille une table de décision ; ce que le tableur a typé est converti, et dit."""
    with speaking():
        table = feuilles.lire(sheet, name)
        made = table.vers_dmn() if inside is None else table.remplacer(read(str(inside), "Modèle"))
    put(str(into), made, "Modèle")
    show(
        as_json,
        lambda: {
            "vers": str(into),
            "decision": table.nom,
            "regles": len(table.regles),
            "conversions": [
                {"place": one.place, "trouve": one.trouve, "feel": one.feel}
                for one in table.conversions
            ],
        },
        lambda: "\n".join(
            [
                f"Modèle écrit : {into} ({counted(table)})",
                *(f"  {one.place} : {one.trouve} devient {one.feel}" for one in table.conversions),
            ]
        ),
    )


def counted(table: feuilles.TableDecision) -> str:
    rules = count(len(table.regles), "règle", "règles")
    return f"{rules}, {table.politique}"
