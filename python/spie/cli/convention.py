"""The commands of the money."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from spie import convention
from spie.cli.pack import Parameters, load, overrides
from spie.cli.shared import (
    LEFT_OUT,
    NO,
    App,
    Json,
    PackArgument,
    day,
    read_object,
    show,
    speaking,
    write,
)
from spie.convention import Controle, EtatDesDepenses
from spie.pack import Pack
from spie.terminal import convention as terminal_convention
from spie.terminal.console import console

app = App(help="Le budget, l'état des dépenses, le contrôle, l'échéancier.")

Csv = Annotated[
    Path | None, typer.Option("--csv", metavar="FICHIER", help="Écrire le tableau pour un tableur.")
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
        "lecture": ledger.lecture.to_dict(),
        "lecture_versements": payments.lecture.to_dict() if payments else None,
    }


def tell_refusals(*readings: convention.CompteRendu | None) -> None:
    for one in readings:
        if one is not None and (one.refuses_total or one.avertissements):
            console(stderr=True).print(terminal_convention.reading(one))


def end_with_refusals(found: EtatDesDepenses | Controle, as_json: bool) -> None:
    """The answer is given, without the lines that were refused: the last line says how many."""
    left = terminal_convention.left_out(found)
    if not left:
        return
    if as_json:
        console(stderr=True).print(*left)
    raise typer.Exit(LEFT_OUT)


@app.command("budget")
def convention_budget(
    pack: PackArgument, parameters: Parameters = None, csv: Csv = None, as_json: Json = False
) -> None:
    """Le budget de la convention et ce qui n'y tombe pas juste."""
    with speaking():
        loaded = load(pack)
        found = convention.budget(loaded, parameters=overrides(loaded, parameters))
    write_table(csv, found)
    show(as_json, found.to_dict, lambda: terminal_convention.budget(found))
    if any(one.level == "error" for one in found.constats):
        raise typer.Exit(NO)


@app.command("etat")
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
        lambda: terminal_convention.statement(etat, pack=loaded),
    )
    end_with_refusals(etat, as_json)


@app.command("controle")
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
        lambda: terminal_convention.control(found),
    )
    if not found.conforme:
        raise typer.Exit(NO)
    end_with_refusals(found, as_json)


@app.command("echeancier")
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
    show(as_json, found.to_dict, lambda: terminal_convention.schedule(found, loaded.articles))
