"""The command that reads a file into a store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from spie import imports
from spie.cli.shared import (
    NO,
    Json,
    counting,
    day,
    file_refused,
    misused,
    read_object,
    show,
    speaking,
)
from spie.cli.store import Base, Key, opened, subject
from spie.terminal import dossier as terminal_dossier
from spie.terminal.console import console

# Of the last two the file says which of theirs it is.
FORMATS = ", ".join([*(one["nom"] for one in imports.formats()), "france-travail", "carnet"])


def importer(
    name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help=f"{FORMATS}.",
            show_default=False,
            autocompletion=lambda: FORMATS.split(", "),
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à lire.")],
    base: Base,
    author: Annotated[
        str, typer.Option("--auteur", metavar="QUI", help="Qui importe ; sinon l'utilisateur.")
    ] = "",
    date_fichier: Annotated[
        str | None,
        typer.Option(
            "--date-fichier", metavar="DATE", help="Le jour des faits, si le fichier n'en dit rien."
        ),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--personne", metavar="ID", help="De qui parle le fichier, s'il ne nomme personne."
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="FICHIER", help="Le plan d'un CSV quelconque, JSON."),
    ] = None,
    organisme: Annotated[
        str,
        typer.Option(
            "--organisme",
            metavar="NUMÉRO",
            help="La CAF dont le fichier donne les matricules : 771.",
        ),
    ] = "",
    on_names: Annotated[
        bool,
        typer.Option(
            "--sur-noms", help="Rattacher sur les noms, la date et la commune de naissance."
        ),
    ] = False,
    lists: Annotated[
        Path | None,
        typer.Option("--nomenclatures", metavar="DOSSIER", help="D'autres listes de codes."),
    ] = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Lire un fichier dans la base ; la crée s'il n'y en a pas."""
    on = None if date_fichier is None else day(date_fichier, "--date-fichier")
    # Before a store is made for nothing.
    if name not in FORMATS.split(", "):
        raise misused(f"FORMAT : « {name} » n'est pas de ceux-ci : {FORMATS}.")
    needs = {one["nom"]: one["besoin"] for one in imports.formats()}
    if needs.get(name) == "organisme" and not organisme:
        raise misused("--organisme : donner le numéro de la CAF dont c'est le fichier : 771.")
    if not file.is_file():
        raise file_refused(f"FICHIER : « {file} » n'est pas un fichier.", file)
    with speaking():
        described = None if plan is None else read_object(plan, "Plan")
        with opened(base, key, create=True) as held, counting() as progress:
            rapport = held.importer(
                name,
                file,
                auteur=author or os.environ.get("USER", "import"),
                date_fichier=on,
                personne=None if person is None else subject(person),
                plan=described,
                organisme=organisme,
                sur_noms=on_names,
                nomenclatures=lists,
                progres=progress,
            )
    show(as_json, rapport.to_dict, lambda: terminal_dossier.imported(rapport))
    if rapport.refuses_total or rapport.avertissements_total:
        said = f"{rapport.refuses_total} refusés, {rapport.avertissements_total} avertissements."
        console(stderr=True).print(Text(said, style="attention"))
    if not rapport.clos:
        raise typer.Exit(NO)
