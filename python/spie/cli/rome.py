"""The commands of the ROME: a release is read from its files, searched, and held against codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from spie import _core, rome
from spie.cli.aide import near, quoted
from spie.cli.shared import App, Json, file_refused, misused, read, show, speaking
from spie.formatting import THIN, count
from spie.rome import Rome
from spie.terminal import rome as terminal
from spie.terminal.console import console

app = App(help="Le ROME 4.0 : chercher une compétence, un savoir, un métier, une appellation.")

Folder = Annotated[
    Path,
    typer.Option(
        "--dossier",
        metavar="DOSSIER",
        help="Où sont les fichiers CSV de la livraison, sous leurs noms.",
    ),
]
Version = Annotated[
    str,
    typer.Option("--version", metavar="vNNN", help="La livraison, comme dans ces noms : v460."),
]
Nature = Annotated[
    list[str] | None,
    typer.Option(
        "--nature",
        metavar="NATURE",
        help=f"Celles-ci seules (répétable) : {', '.join(rome.natures())}.",
        show_default=False,
        autocompletion=rome.natures,
    ),
]


@app.callback()
def rome_() -> None:
    """Le ROME 4.0 : chercher une compétence, un savoir, un métier, une appellation."""


def loaded(folder: Path, version: str) -> Rome:
    """The release; what was refused of it is told aside."""
    held = Rome.load(folder, version)
    refused = held.lecture.refuses_total
    if refused:
        said = count(refused, "ligne refusée", "lignes refusées")
        console(stderr=True).print(
            Text(f"{said} de la version {version}{THIN}: spie rome lire les donne.", "attention")
        )
    return held


def checked(natures: list[str] | None) -> list[str]:
    for one in natures or []:
        if one not in rome.natures():
            known = rome.natures()
            raise misused(
                f"--nature : {quoted([one])} n'est pas de celles-ci : {quoted(known)}.{near(one, known)}"
            )
    return natures or []


@app.command("chercher")
def chercher(
    text: Annotated[
        str,
        typer.Argument(metavar="TEXTE", help="Quelques mots, ou un code.", show_default=False),
    ],
    folder: Folder,
    version: Version,
    nature: Nature = None,
    limit: Annotated[
        int, typer.Option("--limite", min=0, max=1_000, help="Combien en montrer.")
    ] = 20,
    as_json: Json = False,
) -> None:
    """Trouver ce qui a ces mots, aux accents, aux majuscules et au pluriel près."""
    natures = checked(nature)
    with speaking():
        found = loaded(folder, version).chercher(text, natures=natures, limite=limit)
    show(as_json, found.to_dict, lambda: terminal.recherche(found))


@app.command("fiche")
def fiche(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="Un code OGR ou ROME.", show_default=False)
    ],
    folder: Folder,
    version: Version,
    nature: Annotated[
        str | None,
        typer.Option(
            "--nature",
            metavar="NATURE",
            help="Celle-ci seule.",
            show_default=False,
            autocompletion=rome.natures,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Dire ce qu'est un code, et à quoi il est lié."""
    checked([nature] if nature else None)
    with speaking():
        found = loaded(folder, version).trouver(code, nature)
    show(
        as_json,
        lambda: [one.to_dict() for one in found],
        lambda: terminal.fiches(found, code, version),
    )


@app.command("lire")
def lire(folder: Folder, version: Version, as_json: Json = False) -> None:
    """Rendre compte de la lecture d'une livraison : chaque ligne lue ou refusée, et pourquoi."""
    with speaking():
        read_ = Rome.load(folder, version).lecture
    show(as_json, read_.to_dict, lambda: terminal.lecture(read_))


@app.command("comparer")
def comparer(
    folder: Folder,
    version: Version,
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE", help="Des codes OGR ou ROME.", show_default=False),
    ] = None,
    references: Annotated[
        str | None,
        typer.Option(
            "--references",
            metavar="FICHIER",
            help="Ce qu'un passeport en dit, JSON : une liste de codes, ou de "
            '{"code", "nature", "libelle", "version"} ; « - » : l\'entrée standard.',
            show_default=False,
        ),
    ] = None,
    old_version: Annotated[
        str | None,
        typer.Option(
            "--ancienne",
            metavar="vNNN",
            help="La livraison où les CODE ont été pris.",
            show_default=False,
        ),
    ] = None,
    old_folder: Annotated[
        Path | None,
        typer.Option(
            "--ancien-dossier",
            metavar="DOSSIER",
            help="Où elle est. [sans elle : --dossier]",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Dire lesquels de ces codes ont changé de nom ou de nature, ou disparu, dans une livraison."""
    if not codes and references is None:
        raise misused("Donner des CODE, ou --references.")
    if old_folder is not None and old_version is None:
        raise misused("--ancien-dossier demande --ancienne.")
    given: list[Any] = []
    with speaking():
        if references is not None:
            given += read_list(references)
        new = loaded(folder, version)
        old = None if old_version is None else loaded(old_folder or folder, old_version)
        for code in codes or []:
            known = [] if old is None else old.references([code])
            given += known or [code]
        found = new.comparer(given)
    show(as_json, found.to_dict, lambda: terminal.comparaison(found))


def read_list(path: str) -> list[Any]:
    content = read(path, "Références")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise file_refused(f"Références : « {path} » n'est pas en UTF-8.", path) from error
    value = _core.read_json(text, Path(path).name)
    if not isinstance(value, list):
        raise file_refused(f"Références : « {path} » n'est pas une liste JSON.", path)
    return value
