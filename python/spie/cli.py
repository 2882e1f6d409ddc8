"""The command line `spie`.

Exit codes: 0 what was asked is done; 1 the answer is no (errors found by a check, cases that fail,
a decision in error, a control that does not hold, a budget whose sums do not, a chain that is
broken); 2 the command is misused; 3 a file, a text or a view is refused; 4 a statement or a control
is given without the lines that were refused, when no other code says more. An undetermined answer is
an answer: 0.
Under --json a refusal is {"erreurs": [finding, …]} on stdout, and still prose on stderr.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

import spie
from spie import (
    _core,
    cli_base,
    cli_conservation,
    cli_dossier,
    cli_droits,
    cli_listes,
    convention,
    dmn,
    packs,
    terminal,
)
from spie.cli_completion import completion
from spie.cli_import import importer
from spie.cli_shared import (
    LEFT_OUT,
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
from spie.convention import Controle, EtatDesDepenses
from spie.errors import SpieError
from spie.pack import Pack
from spie.synthetic.cli import synthetique

CODES = (
    "Codes de sortie : 0 c'est fait ; 1 la réponse est non (pack en erreur, cas en échec, décision "
    "en erreur, contrôle de l'année non conforme, budget dont les sommes sont fausses, journal qui "
    "n'est pas intact) ; 2 la commande est mal employée ; 3 un fichier, un texte ou une vue est "
    "refusé ; 4 l'état ou le contrôle est donné, sans les lignes refusées."
)

app = App(
    pretty_exceptions_enable=False,
    help="Les règles, l'argent et les dossiers d'une convention SPIE, calculés et expliqués.",
    epilog=CODES,
)
pack_app = App(help="Contrôler, essayer, lire un pack de règles.")
dmn_app = App(help="Évaluer, lire un modèle DMN seul.")
convention_app = App(help="Le budget, l'état des dépenses, le contrôle, l'échéancier.")
app.add_typer(pack_app, name="pack")
app.add_typer(dmn_app, name="dmn")
app.add_typer(convention_app, name="convention")
cli_base.add_to(cli_dossier.app)
cli_listes.add_to(cli_dossier.app)
cli_droits.add_to(cli_dossier.app)
cli_conservation.add_to(cli_dossier.app)
app.add_typer(cli_dossier.app, name="dossier")
app.command("importer")(importer)
app.command("synthetique")(synthetique)
app.command("completion")(completion)

Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FICHIER", help="Écrire le tableau pour un tableur.")
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parametre",
        metavar="NOM=VALEUR",
        help="Donner une autre valeur à un paramètre (répétable).",
    ),
]
Ledger = Annotated[
    Path, typer.Argument(metavar="REGISTRE", help="Registre des dépenses, CSV ou JSON.")
]
Payments = Annotated[
    Path | None,
    typer.Option("--versements", metavar="FICHIER", help="Versements reçus, CSV ou JSON."),
]
Encoding = Annotated[
    bool,
    typer.Option(
        "--windows-1252", help="Le CSV est en windows-1252 ; sans l'option, cela se devine."
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


def version(asked: bool) -> None:
    if asked:
        terminal.write(f"spie {spie.__version__}\n")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Donner la version.")
    ] = False,
) -> None:
    """Les règles, l'argent et les dossiers d'une convention SPIE, calculés et expliqués."""


# --- Packs


@pack_app.command("list")
def pack_list(as_json: Json = False) -> None:
    """Nommer les packs fournis."""
    names = packs.names()
    folder = str(packs.path())
    show(
        as_json,
        lambda: {"dossier": folder, "packs": names},
        lambda: Text("\n".join([*names, folder])),
    )


@pack_app.command("check")
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
    show(
        as_json, lambda: [one.to_dict() for one in found], lambda: terminal.findings(loaded, found)
    )
    if any(one.level == "error" for one in found):
        raise typer.Exit(NO)


@pack_app.command("test")
def pack_test(pack: PackArgument, as_json: Json = False) -> None:
    """Dérouler les cas du pack."""
    with speaking():
        results = load(pack).run_cases()
    show(
        as_json,
        lambda: [{"nom": r.nom, "reussi": r.passed, "difference": r.difference} for r in results],
        lambda: terminal.case_results(results),
    )
    if not all(one.passed for one in results):
        raise typer.Exit(NO)


@pack_app.command("show")
def pack_show(
    pack: PackArgument,
    decision: Annotated[str | None, typer.Argument(help="N'afficher que cette décision.")] = None,
    as_json: Json = False,
) -> None:
    """Lire un pack : paramètres, décisions, tables."""
    with speaking():
        loaded = load(pack)
        names = [one.name for one in loaded.decisions]
        if decision is not None and decision not in names:
            loaded.facts(decision)  # says which name is near
        kept = names if decision is None else [decision]
        if as_json:
            shown = {
                **loaded.to_dict(),
                "parametres": loaded._core.parameters,
                "decisions": [
                    {**one.to_dict(), "logique": loaded.describe(one.name)}
                    for one in loaded.decisions
                    if one.name in kept
                ],
            }
            show(True, lambda: shown, lambda: "")
            return
        out = terminal.console()
        if decision is None:
            out.print(terminal.presentation(loaded))
            out.print(terminal.heading("Décisions"))
        out.print(terminal.decisions(loaded, decision))


@pack_app.command("facts")
def pack_facts(pack: PackArgument, decision: str, as_json: Json = False) -> None:
    """Nommer les faits qu'une décision peut lire."""
    with speaking():
        loaded = load(pack)
        raw = [one.to_dict() for one in loaded.facts(decision)]
    show(as_json, lambda: raw, lambda: terminal.facts(loaded, decision))


@app.command()
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
        lambda: terminal.Prose(result.explain()) if explain else terminal.result(result, loaded),
    )
    if result.status == "erreur":
        raise typer.Exit(NO)


# --- FEEL and DMN alone


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


@app.command("feel")
def feel_command(
    expression: Annotated[str, typer.Argument(metavar="EXPR", help="Une expression FEEL.")],
    variables: Annotated[
        str | None,
        typer.Option("--variables", metavar="FICHIER", help="Variables, un objet JSON ; -."),
    ] = None,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Évaluer une expression FEEL."""
    with speaking():
        given = read_object(variables, "Variables")
        compiled = _core.feel_evaluate(expression, given, instant(now), False, None)
        value, errors = compiled
    if not as_json and errors:
        terminal.console(stderr=True).print(terminal.failure(SpieError(errors)))
    if as_json:
        status = "erreur" if errors else "determine"
        data = {"statut": status, "valeur": value, "erreurs": [one.to_dict() for one in errors]}
        show(True, lambda: data, lambda: "")
    else:
        terminal.write(f"{_core.to_text(value)}\n")
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


@dmn_app.command("evaluate")
def dmn_evaluate(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    inputs: Annotated[
        str,
        typer.Argument(
            metavar="ENTREES.json",
            help="Les entrées ; - : l'entrée standard. "
            "Celle d'un modèle importé se nomme {espace de noms}nom.",
        ),
    ],
    imports: Imports = None,
    service: Annotated[
        bool, typer.Option("--service", help="DECISION est un service de décision.")
    ] = False,
    lenient: Lenient = False,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Évaluer une décision d'un modèle DMN."""
    at = instant(now)
    with speaking():
        loaded = dmn.load(model, imports or (), lenient=lenient)
        given = read_object(inputs, "Entrées")
        call = loaded.evaluate_service if service else loaded.evaluate
        result = call(decision, given, now=at, trace=as_json)
    show(as_json, result.to_dict, lambda: terminal.result(result))
    if result.status == "erreur":
        raise typer.Exit(NO)


@dmn_app.command("facts")
def dmn_facts(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    imports: Imports = None,
    lenient: Lenient = False,
    as_json: Json = False,
) -> None:
    """Nommer les entrées qu'une décision peut lire."""
    with speaking():
        loaded = dmn.load(model, imports or (), lenient=lenient)
        raw = [one.to_dict() for one in loaded.facts(decision)]
    show(as_json, lambda: raw, lambda: terminal.facts(loaded, decision))


@dmn_app.command("show")
def dmn_show(
    model: ModelArgument,
    decision: Annotated[str, typer.Argument(metavar="DECISION")],
    imports: Imports = None,
    lenient: Lenient = False,
    as_json: Json = False,
) -> None:
    """Lire la table ou l'expression d'une décision."""
    with speaking():
        loaded = dmn.load(model, imports or (), lenient=lenient)
        described = loaded.describe(decision)
    show(as_json, lambda: described, lambda: terminal.logic(loaded, decision))


# --- The money


def read_ledger(pack: Pack, path: Path, windows_1252: bool) -> convention.Registre:
    read_one = convention.read_registre(path, pack, windows_1252=windows_1252)
    return read_one


def read_payments(path: Path | None, windows_1252: bool) -> convention.Versements | None:
    return None if path is None else convention.read_versements(path, windows_1252=windows_1252)


def write_table(path: Path | None, found: convention.Tableau) -> None:
    if path is not None:
        write(path, found.to_csv(), "Tableau")


def readings(ledger: convention.Registre, payments: convention.Versements | None) -> dict[str, Any]:
    """What was read and refused of both files, as JSON gives it."""
    return {
        "lecture": ledger._core.reading(),
        "lecture_versements": payments._core.reading() if payments else None,
    }


def tell_refusals(*readings: convention.Lecture | None) -> None:
    for one in readings:
        if one is not None and (one.refuses_total or one.avertissements):
            terminal.console(stderr=True).print(terminal.reading(one))


def end_with_refusals(found: EtatDesDepenses | Controle, as_json: bool) -> None:
    """The answer is given, without the lines that were refused: the last line says how many."""
    left = terminal.left_out(found)
    if not left:
        return
    if as_json:
        terminal.console(stderr=True).print(*left)
    raise typer.Exit(LEFT_OUT)


@convention_app.command("budget")
def convention_budget(
    pack: PackArgument, parameters: Parameters = None, csv: Csv = None, as_json: Json = False
) -> None:
    """Le budget de la convention et ce qui n'y tombe pas juste."""
    with speaking():
        loaded = load(pack)
        found = convention.budget(loaded, parameters=overrides(loaded, parameters))
    write_table(csv, found)
    show(as_json, found.to_dict, lambda: terminal.budget(found))
    if any(one.level == "error" for one in found.constats):
        raise typer.Exit(NO)


@convention_app.command("etat")
def convention_statement(
    pack: PackArgument,
    ledger: Ledger,
    at: Annotated[str, typer.Option("--at", metavar="DATE", help="Date de l'état, 2023-12-31.")],
    payments: Payments = None,
    facts: Annotated[
        str | None, typer.Option("--faits", metavar="FICHIER", help="Autres faits, un objet JSON.")
    ] = None,
    parameters: Parameters = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FICHIER", help="Écrire la page à imprimer et à signer."),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FICHIER", help="Écrire les lignes pour un tableur."),
    ] = None,
    csv_totals: Annotated[
        Path | None,
        typer.Option("--csv-totaux", metavar="FICHIER", help="Écrire les totaux pour un tableur."),
    ] = None,
    windows_1252: Encoding = False,
    as_json: Json = False,
) -> None:
    """L'état des dépenses à une date : verdict de chaque ligne, totaux, plafond, parts, solde."""
    on = day(at, "--at")
    with speaking():
        loaded = load(pack)
        lines = read_ledger(loaded, ledger, windows_1252)
        received = read_payments(payments, windows_1252)
        etat = convention.etat_des_depenses(
            loaded, lines, received, read_object(facts, "Faits"), at=on,
            parameters=overrides(loaded, parameters),
        )  # fmt: skip
    tell_refusals(lines.lecture, received.lecture if received else None)
    if html is not None:
        write(html, etat.to_html(loaded), "Page")
    if csv is not None:
        write(csv, etat.to_csv(), "Tableau")
    if csv_totals is not None:
        write(csv_totals, etat.to_csv(totals=True), "Totaux")
    show(
        as_json,
        lambda: {**etat.to_dict(), **readings(lines, received)},
        lambda: terminal.statement(etat, pack=loaded),
    )
    end_with_refusals(etat, as_json)


@convention_app.command("controle")
def convention_control(
    pack: PackArgument,
    ledger: Ledger,
    year: Annotated[
        int | None, typer.Option("--annee", metavar="ANNEE", help="Année contrôlée.")
    ] = None,
    final: Annotated[
        bool, typer.Option("--final", help="Le contrôle à l'issue de la convention.")
    ] = False,
    payments: Payments = None,
    parameters: Parameters = None,
    csv: Csv = None,
    windows_1252: Encoding = False,
    as_json: Json = False,
) -> None:
    """Le contrôle de l'article 8 : ce qui est versé ne dépasse pas le coût."""
    if final == (year is not None):
        raise typer.BadParameter("dites l'une des deux : --annee ANNEE ou --final")
    with speaking():
        loaded = load(pack)
        start, end = loaded.period
        first, last = start.year, end.year if end else 9999
        if year is not None and not first <= year <= last:
            raise typer.BadParameter(
                f"{year} est hors de la convention ({first} à {last})", param_hint="--annee"
            )
        lines = read_ledger(loaded, ledger, windows_1252)
        received = read_payments(payments, windows_1252)
        found = convention.controle(
            loaded,
            lines,
            received,
            annee=year,
            final=final,
            parameters=overrides(loaded, parameters),
        )
    tell_refusals(lines.lecture, received.lecture if received else None)
    write_table(csv, found)
    show(
        as_json,
        lambda: {**found.to_dict(), **readings(lines, received)},
        lambda: terminal.control(found),
    )
    if not found.conforme:
        raise typer.Exit(NO)
    end_with_refusals(found, as_json)


@convention_app.command("echeancier")
def convention_schedule(
    pack: PackArgument,
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="Date où l'on regarde, 2023-12-31.")
    ],
    facts: Annotated[
        str | None,
        typer.Option(
            "--faits", metavar="FICHIER", help='Faits, un objet JSON : {"date_signature": …}.'
        ),
    ] = None,
    statement: Annotated[
        str | None,
        typer.Option(
            "--etat",
            metavar="FICHIER",
            help="Ce qu'a écrit `convention etat --json` : le trop-perçu.",
        ),
    ] = None,
    parameters: Parameters = None,
    csv: Csv = None,
    as_json: Json = False,
) -> None:
    """L'échéancier : ce qui est dû, par qui, fait, à faire ou en retard."""
    on = day(at, "--at")
    with speaking():
        loaded = load(pack)
        known = dict(read_object(facts, "Faits") or {})
        if statement is not None:
            known.setdefault("trop_percu", (read_object(statement, "État") or {}).get("trop_percu"))
        found = convention.echeancier(
            loaded, known, at=on, parameters=overrides(loaded, parameters)
        )
    write_table(csv, found)
    show(as_json, found.to_dict, lambda: terminal.schedule(found, loaded.articles))


# --- The demonstration


@app.command("demo")
def demo_command(
    folder: Annotated[Path, typer.Option("--dossier", help="Où écrire le rapport.")] = Path(
        "rapport"
    ),
    as_json: Json = False,
) -> None:
    """Montrer la convention de Seine-et-Marne, calculée et expliquée, sur des données inventées."""
    from spie import demo

    with speaking():
        shown = demo.run(folder)
    show(as_json, shown.to_dict, lambda: demo.rendered(shown))
    if not shown.sound:
        raise typer.Exit(NO)


if __name__ == "__main__":
    app()
