"""The commands of immersions (PMSMP)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from spie.cli.dossier import Actor, Asked, Counter, Purpose, Structure
from spie.cli.shared import NO, App, Json, day, misused, read_object, show, speaking
from spie.cli.store import Key, subject
from spie.errors import Diagnostic, RightsError
from spie.pack import Pack
from spie.parcours import ExamenImmersion, immersion_du_dossier, verifier_demande
from spie.terminal.immersion import examen

app = App(help="Les immersions (PMSMP) : ce que la loi en dit.")

OptionalRoles = Annotated[
    list[str] | None,
    typer.Option(
        "--role", metavar="NOM", help="Un rôle de l'acteur (répétable).", show_default=False
    ),
]
RightsPack = Annotated[
    str,
    typer.Option("--pack", metavar="PACK", help="Le pack qui porte la loi."),
]


@app.callback()
def immersion() -> None:
    """Les immersions (PMSMP) : ce que la loi en dit."""


@app.command("verifier")
def verifier(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FICHIER.json|ID",
            help="La convention prévue et les précédentes (- : l'entrée standard) ; avec --base, "
            "le dossier de la personne.",
            show_default=False,
        ),
    ],
    immersion: Annotated[
        str | None,
        typer.Option(
            "--immersion", metavar="ID", help="Avec --base : laquelle.", show_default=False
        ),
    ] = None,
    base: Annotated[
        Path | None,
        typer.Option(
            "--base",
            metavar="FICHIER",
            help="La base des dossiers : les précédentes sont celles du dossier.",
            show_default=False,
        ),
    ] = None,
    actor: Actor = "",
    purpose: Purpose = "",
    roles: OptionalRoles = None,
    structure: Structure = "",
    pack: RightsPack = "socle-national",
    at: Annotated[
        str | None,
        typer.Option(
            "--au",
            metavar="AAAA-MM-JJ",
            help="La date de la loi, quand la convention n'a pas de premier jour ; celle des faits "
            "d'un dossier. [sans elle : aujourd'hui]",
            show_default=False,
        ),
    ] = None,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Dire si une convention d'immersion est conforme, d'après celles qui la précèdent."""
    on = day(at, "--au") if at else None
    if base is None:
        with speaking():
            given = read_object(file, "immersion")
            law = Pack.load(pack)
            found = verifier_demande(law, given, au=on)
    else:
        if immersion is None or not actor or not purpose or not roles:
            raise misused("--base demande --immersion, --acteur, --role et --finalite.")
        with Asked(base, actor, purpose, roles, structure, pack, key).counter() as desk:
            law = Pack.load(pack)
            found = held(desk, law, subject(file), immersion, on or date.today())
    show(as_json, found.to_dict, lambda: examen(found, law))
    if found.verdict == "non_conforme":
        raise typer.Exit(NO)


def held(desk: Counter, law: Pack, person: str, immersion: str, on: date) -> ExamenImmersion:
    """That of a dossier, for who sees in clear all that the verdict stands on."""
    view = desk.guichet.voir(desk.demande, person, au=on)
    if {"dossier", "parcours", "texte_libre"} & {one.objet for one in view.retenues}:
        raise RightsError(
            Diagnostic(
                "R002",
                "error",
                "La table ne montre pas en clair les immersions à ce rôle pour cette finalité.",
                "",
                "Le demander dans un rôle qui les voit.",
            )
        )
    return immersion_du_dossier(law, desk.held, person, immersion, au=on)
