"""The commands of badges that issue one achievement to many people, and that say what a badge says."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from spie import _core, badges, private
from spie.badges import BadgeEmis
from spie.cli.badge import Instant, Phrase, instant, phrase_of, put, registers_of
from spie.cli.shared import Json, file_refused, misused, one_of, read, show, speaking, write
from spie.errors import why
from spie.terminal import badge as terminal
from spie.terminal.console import console


@contextmanager
def counting(quiet: bool) -> Iterator[Callable[[int, int], object] | None]:
    """Badges as they are signed, on a terminal and nowhere else."""
    out = console(stderr=True)
    if quiet or not out.is_terminal:
        yield None
        return
    columns = (TextColumn("badges"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=out, transient=True) as shown:
        task = shown.add_task("émission", total=None)
        yield lambda done, all: shown.update(task, completed=done, total=all)


def lot(
    model: Annotated[
        str,
        typer.Argument(
            metavar="MODELE.json", help="Ce que disent tous les badges.", show_default=False
        ),
    ],
    lines: Annotated[
        str,
        typer.Argument(
            metavar="LIGNES",
            help="Une ligne par personne : CSV ou JSON (- : l'entrée standard).",
            show_default=False,
        ),
    ],
    key: Annotated[
        str,
        typer.Option("--cle", metavar="FICHIER", help="Le secret, PKCS#8 PEM.", show_default=False),
    ],
    into: Annotated[
        str,
        typer.Option(
            "--vers",
            metavar="DOSSIER|FICHIER.jsonl",
            help="Un dossier nouveau, un fichier par badge ; ou un fichier, une ligne par badge (- : la sortie "
            "standard).",
            show_default=False,
        ),
    ],
    registers: Annotated[
        list[Path] | None,
        typer.Option(
            "--registre",
            metavar="FICHIER",
            help="Donner à chaque badge une entrée de ce registre (répétable).",
            show_default=False,
        ),
    ] = None,
    proofs: Annotated[
        list[str] | None,
        typer.Option(
            "--preuve", metavar="NOM", help="Comme `badge emettre` (répétable).", show_default=False
        ),
    ] = None,
    at: Instant = None,
    method: Annotated[
        str,
        typer.Option(
            "--methode", metavar="ADRESSE", help="L'adresse de la clé.", show_default=False
        ),
    ] = "",
    threads: Annotated[
        int,
        typer.Option(
            "--fils", metavar="N", min=0, help="Combien à la fois ; 0 : tous les processeurs."
        ),
    ] = 0,
    phrase: Phrase = None,
    quiet: Annotated[
        bool, typer.Option("--silencieux", help="Ne pas dire où en est l'émission.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Émettre le même badge à plusieurs personnes, avec le récit de chacune : toutes, ou aucune."""
    for one in proofs or []:
        one_of(one, "--preuve", badges.PREUVES)
    when = instant(at, "--instant")
    in_lines = into == "-" or into.endswith(".jsonl")
    if not in_lines:
        must_be_new(Path(into))
    said, listed, secret = read(model, "Modèle"), read(lines, "Lignes"), read(key, "Clé")
    under, held = phrase_of(phrase), registers_of(registers)
    with speaking():
        signer = badges.Cle.lire(secret, under)
        people = badges.lire_lot(listed)
        if not people:
            raise misused("LIGNES : le fichier ne nomme personne.")
        with counting(quiet) as progress:
            made = badges.emettre_lot(
                said,
                people,
                signer,
                instant=when,
                preuves=proofs or (),
                methode=method,
                registres=held,
                fils=threads,
                progres=progress,
            )
    names = [""] * len(made)
    if in_lines:
        put_lines(into, made)
    else:
        names = put_folder(Path(into), made)
    if into == "-":  # the badges have the standard output for themselves
        return
    told = {
        "vers": into,
        "badges": [
            {"ligne": one.ligne, "id": one.id, "forme": one.forme, "fichier": name or None}
            for one, name in zip(made, names, strict=True)
        ],
        "avertissements": [
            {"ligne": one.ligne} | warning.to_dict()
            for one in made
            for warning in one.avertissements
        ],
    }
    show(as_json, lambda: told, lambda: terminal.lot(made, into))


def must_be_new(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise file_refused(f"Badges : « {folder} » existe déjà.", folder)


def put_lines(into: str, made: Sequence[BadgeEmis]) -> None:
    lines = [
        {"ligne": one.ligne, "id": one.id, "forme": one.forme, "badge": one.badge} for one in made
    ]
    text = "".join(_core.write_json(one) + "\n" for one in lines)
    if into == "-":
        put(into, text.encode(), "Badges")
        return
    beside = Path(into + ".nouveau")
    try:
        private.write(beside, text.encode())
        os.replace(beside, into)
    except OSError as error:
        raise file_refused(
            f"Badges : « {into} » ne peut pas être écrit ({why(error)}).", into
        ) from error


def put_folder(folder: Path, made: Sequence[BadgeEmis]) -> list[str]:
    """A file a badge, by its rank; the folder comes whole, or not at all."""
    width = max(4, len(str(len(made))))
    names = [
        f"{rank:0{width}}.{'jwt' if one.forme == 'jws' else 'json'}"
        for rank, one in enumerate(made, 1)
    ]
    beside = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=folder.name + ".", dir=folder.parent))
        for name, one in zip(names, made, strict=True):
            private.write(beside / name, one.badge.encode())
        os.replace(beside, folder)  # of an empty folder too
    except OSError as error:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
        raise file_refused(
            f"Badges : « {folder} » ne peut pas être écrit ({why(error)}).", folder
        ) from error
    return names


def montrer(
    badge: Annotated[
        str,
        typer.Argument(
            metavar="BADGE",
            help="JSON, JWS, PNG ou SVG (- : l'entrée standard).",
            show_default=False,
        ),
    ],
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FICHIER", help="L'écrire en page.", show_default=False),
    ] = None,
    as_json: Json = False,
) -> None:
    """Dire ce qu'un badge dit, en mots, sans rien vérifier."""
    content = read(badge, "Badge")
    with speaking():
        found = badges.decrire(content)
    if html is not None:
        write(html, found.page(fichier=badge), "Page")
    told: dict[str, Any] = {"fichier": badge, "verifie": False, **found.to_dict()}
    show(as_json, lambda: told, lambda: terminal.contenu(found, badge))


def add_to(app: typer.Typer) -> None:
    for command in (lot, montrer):
        app.command(command.__name__)(command)
