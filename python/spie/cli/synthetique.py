"""The commands of an invented département: one writes it, the other plays the acts of its lives."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from spie import formatting
from spie.cli.dossier import RightsPack, accesses
from spie.cli.shared import NO, App, Json, counting, day, file_refused, misused, show, speaking
from spie.cli.store import Base, Key, opened
from spie.droits import Guichet
from spie.errors import why
from spie.pack import Pack
from spie.synthetic import calibrage, jeu, nir
from spie.synthetic.departement import DEBUT, MOIS, generate
from spie.terminal import synthetique as terminal
from spie.terminal.blocks import Prose
from spie.terminal.console import console, write_json

app = App(help="Écrire un département inventé, et jouer les actes de ses vies.")
PACK = "seine-et-marne-2022-2023"


def _month(text: str, option: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise misused(f"{option} : « {text} » n'est pas un mois ; l'écrire 2022-06.") from None


def ce_que_dit(name: str) -> str:
    """What the files of the truth hold."""
    return {
        "verite/verite.csv": "à qui est chaque enregistrement",
        "verite/personnes.csv": "les personnes",
        "verite/verite.json": "les effectifs, et ce qui est faux exprès",
        "verite/vigilance.csv": "les moments de vigilance de chaque vie",
        "verite/passeport.csv": "ce que devient le passeport de chaque vie",
        "actes.jsonl": "ce que l'on fait d'un fichier à l'autre, à jouer après les avoir lus",
    }.get(name, "le diagnostic d'une personne")


@app.callback(invoke_without_command=True)
def synthetique(
    context: typer.Context,
    personnes: Annotated[
        int | None,
        typer.Option(min=1, max=nir.LIMIT, help="Nombre d'adultes.", show_default=False),
    ] = None,
    vers: Annotated[
        Path | None,
        typer.Option(metavar="DOSSIER", help="Dossier nouveau ou vide.", show_default=False),
    ] = None,
    graine: Annotated[int, typer.Option(help="La même graine donne les mêmes fichiers.")] = 1,
    mois: Annotated[
        list[str] | None,
        typer.Option(
            metavar="AAAA-MM", help="Mois à écrire (répétable) ; sinon le premier et le dernier."
        ),
    ] = None,
    tous_les_mois: Annotated[
        bool, typer.Option("--tous-les-mois", help="Écrire tous les mois.")
    ] = False,
    debut: Annotated[str, typer.Option(metavar="AAAA-MM", help="Premier mois.")] = f"{DEBUT:%Y-%m}",
    duree: Annotated[int, typer.Option(min=1, help="Nombre de mois du parcours.")] = MOIS,
    lecture_rqth_sud: Annotated[
        int, typer.Option(help="Lecture du nombre imprimé « 1760 » : 760 ou 1760.")
    ] = calibrage.LECTURE_RETENUE,
    as_json: Annotated[bool, typer.Option("--json", help="Répondre en JSON.")] = False,
) -> None:
    """Écrire les fichiers d'un département inventé, et la vérité qui sert à mesurer."""
    if context.invoked_subcommand is not None:
        return
    if personnes is None or vers is None:
        raise misused("--personnes et --vers : dire combien d'adultes, et dans quel dossier.")
    if lecture_rqth_sud not in calibrage.lectures():
        known = " ou ".join(map(str, calibrage.lectures()))
        raise misused(f"--lecture-rqth-sud : {known}, et non {lecture_rqth_sud}.")
    departement = generate(
        personnes, graine, _month(debut, "--debut"), duree, lecture_rqth_sud=lecture_rqth_sud
    )
    calendrier = departement.calendrier
    chosen = (
        calendrier.references if tous_les_mois else [_month(one, "--mois") for one in mois or []]
    )
    outside = [one for one in chosen if not calendrier.debut <= one <= calendrier.fin]
    if outside:
        raise misused(
            f"--mois : le parcours va de {calendrier.debut:%Y-%m} à {calendrier.fin:%Y-%m}, hors "
            f"duquel sont {', '.join(f'{one:%Y-%m}' for one in outside)}."
        )
    try:
        report = departement.write(vers, chosen or None)
    except FileExistsError as error:
        raise misused(f"DOSSIER : en nommer un nouveau, « {vers} » n'est pas vide.") from error
    except OSError as error:
        text = f"DOSSIER : « {vers} » ne peut pas être écrit ({why(error)})."
        raise file_refused(text, vers) from error
    written = sorted(str(one.relative_to(vers)) for one in vers.rglob("*") if one.is_file())
    report["ecrits"] = written
    if as_json:
        write_json(json.dumps(report, ensure_ascii=False, indent=2))
        return
    out = console()
    out.print(
        Text(
            f"{report['adultes']} adultes et {report['enfants']} enfants inventés, "
            f"{report['foyers']} foyers : {vers}"
        )
    )
    # One file a person: they are counted, and the others named.
    by_person = {str(Path(one).parent) for one in written if one not in report["fichiers"]}
    by_person = {one for one in by_person if sum(Path(w).parent == Path(one) for w in written) > 10}
    for name in written:
        if str(Path(name).parent) not in by_person:
            held = report["fichiers"].get(name, {})
            said = ", ".join(f"{formatting.label(key)} {number}" for key, number in held.items())
            out.print(Prose(f"  {name} : {said or ce_que_dit(name)}"))
    for folder in sorted(by_person):
        number = sum(Path(one).parent == Path(folder) for one in written)
        out.print(Prose(f"  {folder}/ : {formatting.count(number, 'fichier')}"))


@app.command("jouer")
def jouer(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DOSSIER", help="Celui que « spie synthetique » a écrit.", show_default=False
        ),
    ],
    base: Base,
    until: Annotated[
        str | None,
        typer.Option(
            "--jusqu-au",
            metavar="DATE",
            help="Laisser ceux qui viennent après ce jour.",
            show_default=False,
        ),
    ] = None,
    pack: RightsPack = PACK,
    key: Key = None,
    as_json: Json = False,
) -> None:
    """Jouer les actes des vies inventées, une fois leurs fichiers lus ; deux fois n'ajoute rien."""
    last = None if until is None else day(until, "--jusqu-au")
    with speaking():
        rules = Pack.load(pack)
        with opened(base, key) as held, accesses(base, key) as acces, counting() as progress:
            desk = Guichet(held, acces, rules)
            try:
                done = jeu.jouer(desk, held, folder, jusqu_au=last, progres=progress)
            except ValueError as error:
                text = (
                    f"DOSSIER : « {folder / jeu.FICHIER} » n'est pas une suite d'actes ({error})."
                )
                raise file_refused(text, folder / jeu.FICHIER) from error
    show(as_json, done.to_dict, lambda: terminal.played(done))
    if done.inattendus:
        raise typer.Exit(NO)
