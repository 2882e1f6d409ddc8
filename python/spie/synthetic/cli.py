"""The command that writes an invented département. `spie.cli` gives it its name.

Exit codes are those of `spie.cli`: 2 the command is misused, 3 the folder cannot be written.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from spie import terminal
from spie.synthetic import calibrage, nir
from spie.synthetic.departement import DEBUT, MOIS, generate

MISUSED = 2
REFUSED = 3


def _stopped(text: str, code: int) -> typer.Exit:
    terminal.console(stderr=True).print(Text(text, style="red"))
    return typer.Exit(code)


def _month(text: str, option: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise _stopped(
            f"{option} : « {text} » n'est pas un mois ; l'écrire 2022-06.", MISUSED
        ) from None


def synthetique(
    personnes: Annotated[
        int, typer.Option(min=1, max=nir.LIMIT, help="Nombre d'adultes.", show_default=False)
    ],
    vers: Annotated[
        Path, typer.Option(metavar="DOSSIER", help="Dossier nouveau ou vide.", show_default=False)
    ],
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
    if lecture_rqth_sud not in calibrage.lectures():
        known = " ou ".join(map(str, calibrage.lectures()))
        raise _stopped(f"--lecture-rqth-sud : {known}, et non {lecture_rqth_sud}.", MISUSED)
    departement = generate(
        personnes, graine, _month(debut, "--debut"), duree, lecture_rqth_sud=lecture_rqth_sud
    )
    calendrier = departement.calendrier
    chosen = (
        calendrier.references if tous_les_mois else [_month(one, "--mois") for one in mois or []]
    )
    outside = [one for one in chosen if not calendrier.debut <= one <= calendrier.fin]
    if outside:
        raise _stopped(
            f"--mois : le parcours va de {calendrier.debut:%Y-%m} à {calendrier.fin:%Y-%m}, hors "
            f"duquel sont {', '.join(f'{one:%Y-%m}' for one in outside)}.",
            MISUSED,
        )
    try:
        report = departement.write(vers, chosen or None)
    except FileExistsError as error:
        raise _stopped(
            f"DOSSIER : en nommer un nouveau, « {vers} » n'est pas vide.", MISUSED
        ) from error
    except OSError as error:
        raise _stopped(
            f"DOSSIER : « {vers} » ne peut pas être écrit ({error.strerror}).", REFUSED
        ) from error
    if as_json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
        return
    out = terminal.console()
    out.print(
        Text(
            f"{report['adultes']} adultes et {report['enfants']} enfants inventés, "
            f"{report['foyers']} foyers : {vers}"
        )
    )
    made = terminal.table("Fichier", "Contenu")
    for name, held in report["fichiers"].items():
        made.add_row(name, ", ".join(f"{key} {number}" for key, number in held.items()))
    out.print(made)
