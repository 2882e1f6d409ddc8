"""The command line `spie`.

Exit codes: 0 what was asked is done; 1 the answer is no (errors found by a check, cases that fail,
a decision in error, a control that does not hold, a budget whose sums do not, a chain that is
broken); 2 the command is misused; 3 a file, a text or a view is refused; 4 a statement or a control
is given without the lines that were refused, when no other code says more. An undetermined answer is
an answer: 0.
Under --json a refusal is {"erreurs": [finding, …]} on stdout, and still prose on stderr.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import spie
from spie.cli import (
    actes,
    badge,
    badge_lot,
    badge_registre,
    base,
    carnet,
    conservation,
    convention,
    diagnostic,
    dmn,
    dossier,
    droits,
    immersion,
    instance,
    listes,
    pack,
    parcours,
    partager,
    passeport,
    recommandation,
    reseau,
    rome,
    ruptures,
    synthetique,
    vigilance,
)
from spie.cli.completion import completion
from spie.cli.dessiner import dessiner
from spie.cli.importer import importer
from spie.cli.shared import NO, App, Json, show, speaking
from spie.terminal.console import write_text

CODES = (
    "Codes de sortie : 0 c'est fait ; 1 la réponse est non (pack en erreur, cas en échec, décision "
    "en erreur, contrôle de l'année non conforme, budget dont les sommes sont fausses, journal qui "
    "n'est pas intact, badge invalide) ; 2 la commande est mal employée ; 3 un fichier, un texte ou une vue est "
    "refusé ; 4 l'état ou le contrôle est donné, sans les lignes refusées, ou un badge n'a pas pu être "
    "vérifié."
)

app = App(
    pretty_exceptions_enable=False,
    help="Les règles, l'argent et les dossiers d'une convention SPIE, calculés et expliqués.",
    epilog=CODES,
)
app.add_typer(pack.app, name="pack")
app.add_typer(dmn.app, name="dmn")
app.add_typer(convention.app, name="convention")
for family in (base, listes, droits, conservation):
    family.add_to(dossier.app)
app.add_typer(dossier.app, name="dossier")
for family in (badge_lot, badge_registre):
    family.add_to(badge.app)
badge.app.command("dessiner")(dessiner)
app.add_typer(badge.app, name="badge")
app.add_typer(immersion.app, name="immersion")
app.add_typer(actes.app, name="relais")
app.add_typer(passeport.app, name="passeport")
app.add_typer(recommandation.app, name="recommandation")
app.add_typer(synthetique.app, name="synthetique")
app.add_typer(instance.app, name="instance")
app.add_typer(reseau.app, name="reseau")
app.add_typer(rome.app, name="rome")
app.add_typer(reseau.satisfaction_app, name="satisfaction")
for command in (importer, completion):
    app.command(command.__name__)(command)
app.command("acte")(actes.acte)
app.command("carnet")(carnet.carnet)
app.command("parcours")(parcours.parcours)
app.command("partager")(partager.partager)
app.command("annuler")(actes.annuler)
app.command("vigilance")(vigilance.vigilance)
app.command("types-de-parcours")(ruptures.ruptures)
for command in (diagnostic.questions, diagnostic.diagnostic, diagnostic.feuille_de_route):
    app.command(command.__name__.replace("_", "-"))(command)
app.command("evaluate")(pack.evaluate)
app.command("feel")(dmn.feel)


def version(asked: bool) -> None:
    if asked:
        write_text(f"spie {spie.__version__}\n")
        raise typer.Exit


@app.callback()
def main(
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Donner la version.")
    ] = False,
) -> None:
    """Les règles, l'argent et les dossiers d'une convention SPIE, calculés et expliqués."""


@app.command("demo")
def demo_command(
    folder: Annotated[Path, typer.Option("--dossier", help="Où écrire le rapport.")] = Path(
        "rapport"
    ),
    as_json: Json = False,
) -> None:
    """Montrer la convention de Seine-et-Marne, calculée et expliquée, sur des données inventées."""
    from spie.demo import convention as demo
    from spie.demo.terminal import rendered

    with speaking():
        shown = demo.run(folder)
    show(as_json, shown.to_dict, lambda: rendered(shown))
    if not shown.sound:
        raise typer.Exit(NO)


if __name__ == "__main__":
    app()
