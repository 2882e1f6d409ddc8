"""What the commands that ask a decision of a whole table share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from spie import formatting
from spie.cli.shared import NO, counting, misused, show, speaking
from spie.records.dmn import Fact
from spie.tables import Answer, files

Table = Annotated[
    Path | None,
    typer.Option(
        "--table",
        metavar="FICHIER",
        help="Une table plutôt que des faits : .parquet, .csv, .arrow, .arrows.",
    ),
]
Vers = Annotated[
    Path | None,
    typer.Option("--vers", metavar="FICHIER", help="Où écrire la réponse à --table."),
]
Garder = Annotated[
    list[str] | None,
    typer.Option(
        "--garder", metavar="COLONNE", help="Copier une colonne dans la réponse (répétable)."
    ),
]
Ignorer = Annotated[bool, typer.Option("--ignorer", help="Ignorer les colonnes que rien ne lit.")]
Prefixe = Annotated[
    str,
    typer.Option(
        "--prefixe", metavar="TEXTE", help="Préfixe des colonnes statut, regle, motif, mots."
    ),
]
Echelle = Annotated[
    int,
    typer.Option(
        "--echelle", metavar="N", min=0, max=38, help="Décimales d'un nombre que rien ne borne."
    ),
]
Regle = Annotated[
    bool, typer.Option("--regle", help="Ajouter le numéro de la règle appliquée, en plus lent.")
]
Motif = Annotated[
    bool, typer.Option("--motif", help="Ajouter le code de ce qui manque, ou de l'erreur.")
]
Mots = Annotated[
    str | None,
    typer.Option(
        "--mots",
        metavar="LIGNES",
        help="Dire le motif en toutes lettres, de ces lignes : 3,7,10-20, la première étant 1.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option("--threads", metavar="N", min=1, help="Processeurs employés ; tous, sinon."),
]
Separateur = Annotated[
    str | None,
    typer.Option(
        "--separateur", metavar="SIGNE", help="Celui des CSV ; sinon celui de la première ligne."
    ),
]

MOST_ROWS = 100_000
"""That a run of --mots may name: each is a sentence in memory."""


@dataclass(frozen=True)
class Asked:
    """The options of a table, as the command line gives them."""

    table: Path
    vers: Path
    garder: Sequence[str]
    ignorer: bool
    prefixe: str
    echelle: int
    regle: bool
    motif: bool
    mots: str | None
    threads: int | None
    separateur: str | None


def asked(
    facts: str | None,
    table: Path | None,
    vers: Path | None,
    what: str,
    garder: list[str] | None,
    *options: Any,
) -> Asked | None:
    """None where one row is asked for; a refusal where neither or both are."""
    if (facts is None) == (table is None):
        raise misused(f"Donner {what}, ou une table par --table.")
    if (table is None) != (vers is None):
        raise misused("--table et --vers vont ensemble : la table, et où écrire la réponse.")
    return None if table is None or vers is None else Asked(table, vers, garder or [], *options)


def rows_of(text: str | None) -> list[int]:
    """What --mots names, from 0 as the library counts."""
    rows: list[int] = []
    for part in (text or "").replace(" ", "").split(",") if text is not None else ():
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)):
            raise misused(f"--mots : des numéros de lignes, 3,7,10-20, plutôt que « {text} ».")
        low, high = int(first), int(last or first)
        if not 1 <= low <= high:
            raise misused(f"--mots : la première ligne est 1, et une suite va en montant : {part}.")
        if high - low >= MOST_ROWS:
            raise misused(
                f"--mots : {MOST_ROWS} lignes au plus par suite ; --motif les dit toutes."
            )
        rows += range(low - 1, high)
    return rows


def answer(given: Asked, facts: Sequence[Fact], ask: Callable[..., Answer], as_json: bool) -> None:
    told_rows = rows_of(given.mots)
    with speaking():
        texts, typed = files.texts_of(facts), files.typed_of(facts)
        with (
            files.opened(given.table, texts, typed, given.separateur) as table,
            counting("lignes") as progress,
        ):
            found = ask(
                table,
                garder=given.garder,
                ignorer=given.ignorer,
                prefixe=given.prefixe,
                echelle=given.echelle,
                regle=given.regle,
                motif=given.motif,
                mots=told_rows,
                threads=given.threads,
                progres=progress,
            )
            counted = files.write(found, given.vers, given.prefixe, given.separateur or ",")
    total = sum(counted.values())
    data = {"lignes": total, "statuts": dict(sorted(counted.items())), "vers": str(given.vers)}
    said = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
    rows = formatting.count(total, "ligne")
    told = f"{given.vers} : {rows} ({said})" if total else f"{given.vers} : {rows}"
    show(as_json, lambda: data, lambda: Text(told))
    if counted["erreur"]:
        raise typer.Exit(NO)
