"""The commands of the network: appointments, structures and professionals, solicitations,
satisfaction (docs/reseau.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spie import reseau
from spie.cli.dossier import Asked, At, RightsPack, at_the_counter, subject_of_structure
from spie.cli.shared import App, Json, misused, read_object, show, speaking
from spie.cli.store import Dossier, day_or_today, subject
from spie.pack import Pack
from spie.terminal import reseau as terminal

PACK = "seine-et-marne-2022-2023"
app = App(help="Le réseau : rendez-vous, structures, professionnels, sollicitations.")
satisfaction_app = App(help="La satisfaction des personnes et des référents.")


@app.callback()
def reseau_() -> None:
    """Le réseau : rendez-vous, structures, professionnels, sollicitations."""


@satisfaction_app.callback()
def satisfaction_() -> None:
    """La satisfaction des personnes et des référents."""


@app.command("rendez-vous")
@at_the_counter(pack=PACK)
def rendez_vous(
    dossier: Dossier,
    asked: Asked,
    at: At = None,
    minutes: Annotated[
        Path | None,
        typer.Option(
            "--minutes", metavar="FICHIER", help="Les trajets, en minutes, d'une commune à l'autre.",
            show_default=False,
        ),
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option(
            "--lieu", metavar="ID", help="Une structure possible (répétable).", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Quand et où est le prochain rendez-vous, et ce qui ne va pas dans ceux qui sont fixés."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        table = read_object(minutes, "Trajets").get("minutes", [])
        found = reseau.rendez_vous(
            desk.guichet,
            desk.demande,
            subject(dossier),
            au=on,
            minutes=table,
            structures=[subject_of_structure(one) for one in places or []],
        )
    show(as_json, found.to_dict, lambda: terminal.rendez_vous(found))


@app.command("fiche")
@at_the_counter(pack=PACK)
def fiche(
    who: Annotated[
        str, typer.Argument(metavar="ID", help="structure:… ou professionnel:….")
    ],
    asked: Asked,
    at: At = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Une structure (cercle, label, professionnels) ou un professionnel, un jour donné."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        found = reseau.fiche(desk.guichet, desk.demande, who, au=on)
    show(as_json, found.to_dict, lambda: terminal.fiche(found))


@app.command("compter")
@at_the_counter(pack=PACK)
def compter(
    first: Annotated[str, typer.Option("--du", metavar="DATE", help="Le premier jour.")],
    asked: Asked,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Compter le réseau sur une période : formations, labels, habilitations, départs."""
    begin, on = day_or_today(first, "--du"), day_or_today(at, "--au")
    with asked.counter() as desk:
        found = reseau.compter(desk.guichet, desk.demande, du=begin, au=on)
    show(as_json, found.to_dict, lambda: terminal.comptes(found))


@app.command("suivis")
@at_the_counter(pack=PACK)
def suivis(
    labelled: Annotated[str, typer.Argument(metavar="STRUCTURE", help="La structure labellisée.")],
    asked: Asked,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Jusqu'où une structure labellisée a suivi ceux qui ont repris un emploi."""
    on = day_or_today(at, "--au")
    of = subject_of_structure(labelled)
    with asked.counter() as desk:
        found = reseau.suivis_label(desk.guichet, desk.demande, of, au=on)
    show(as_json, lambda: [one.to_dict() for one in found], lambda: terminal.suivis(found))


@app.command("sollicitations")
@at_the_counter(pack=PACK)
def sollicitations(
    asked: Asked,
    at: At = None,
    every: Annotated[bool, typer.Option("--toutes", help="Celles qui sont closes aussi.")] = False,
    as_json: Json = False,
) -> None:
    """Ce que l'on m'a demandé, ce que j'ai demandé, ce qui attend trop."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        found = reseau.sollicitations(desk.guichet, desk.demande, au=on, toutes=every)
    show(as_json, lambda: [one.to_dict() for one in found], lambda: terminal.sollicitations(found))


@satisfaction_app.command("questions")
def questions(pack: RightsPack = PACK, as_json: Json = False) -> None:
    """Les questions du pack, et ce que l'on peut y répondre."""
    with speaking():
        found = reseau.questionnaire(Pack.load(pack))
    show(as_json, found.to_dict, lambda: terminal.questionnaire(found))


def answers(given: list[str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for one in given:
        question, equal, value = one.partition("=")
        if not equal:
            raise misused(f"--reponse « {one} » : écrire QUESTION=VALEUR.")
        if question in made:
            raise misused(f"--reponse : la question « {question} » est donnée deux fois.")
        made[question] = value
    return made


@satisfaction_app.command("repondre")
@at_the_counter(pack=PACK)
def repondre(
    dossier: Dossier,
    follows: Annotated[
        str, typer.Option("--aupres", metavar="ID", help="La structure qui suit la personne.")
    ],
    given: Annotated[
        list[str],
        typer.Option("--reponse", metavar="QUESTION=VALEUR", help="Une réponse (répétable)."),
    ],
    asked: Asked,
    as_json: Json = False,
) -> None:
    """Répondre : gardé sous la structure et le trimestre, sans la personne ni qui répond."""
    held = answers(given)
    with asked.counter() as desk:
        quarter = reseau.repondre(
            desk.guichet,
            desk.demande,
            subject(dossier),
            subject_of_structure(follows),
            held,
        )
    show(as_json, lambda: {"trimestre": quarter}, lambda: terminal.merci(quarter))


@satisfaction_app.command("lire")
@at_the_counter(pack=PACK)
def lire(asked: Asked, at: At = None, as_json: Json = False) -> None:
    """Les moyennes qui peuvent être dites : trimestres finis, effectifs assez grands."""
    on = day_or_today(at, "--au")
    with asked.counter() as desk:
        found = reseau.satisfaction(desk.guichet, desk.demande, au=on)
    show(as_json, found.to_dict, lambda: terminal.satisfaction(found))
