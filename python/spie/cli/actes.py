"""The acts of the path: relays, and any other by its name (docs/parcours.md)."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from spie.actes import ActeFait, transitions
from spie.cli.dossier import Asked, at_the_counter
from spie.cli.shared import NO, App, Json, misused, one_of, show
from spie.cli.store import Dossier, day_or_today, subject
from spie.reseau import relayer_tous
from spie.terminal import actes as terminal
from spie.terminal import reseau as terminal_reseau

REPONSES = ("oui", "non", "non_aborde", "refuse", "ne_sait_pas")
RECUEIL = ("par_elle", "oral", "ecrit")
OBJETS = ("referent", "structure", "dispositif", "modalite")

app = App(help="Passer le relais : le demander, l'accepter, le rendre effectif.")

Day = Annotated[
    str | None,
    typer.Option(
        "--effet", metavar="DATE", help="Le jour de l'acte ; sinon aujourd'hui.", show_default=False
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--champ", metavar="NOM=VALEUR", help="Un champ de l'événement (répétable).",
        show_default=False,
    ),
]  # fmt: skip
MaybeDossier = Annotated[
    str | None,
    typer.Argument(
        metavar="[ID]", help="Le dossier ; sans lui, tous ceux de --de.", show_default=False
    ),
]
From = Annotated[
    str | None,
    typer.Option(
        "--de", metavar="ID", help="Qui passe la main : pour tous ses dossiers sans ID.",
        show_default=False,
    ),
]  # fmt: skip
Which = Annotated[
    str | None,
    typer.Option(
        "--relais", metavar="ID", help="Lequel, quand il y en a plusieurs.", show_default=False
    ),
]


def fields(given: list[str] | None) -> dict[str, Any]:
    """NOM=VALEUR; a field that is given twice is a list, true and false are answers of its kind."""
    made: dict[str, Any] = {}
    for one in given or []:
        name, equal, value = one.partition("=")
        if not equal:
            raise misused(f"--champ « {one} » : écrire NOM=VALEUR.")
        held: Any = {"true": True, "false": False}.get(value, value)
        if name in made:
            before = made[name] if isinstance(made[name], list) else [made[name]]
            made[name] = [*before, held]
        else:
            made[name] = held
    return made


def done(
    asked: Asked, acte: str, dossier: str, effet: str | None, contenu: dict[str, Any], as_json: bool
) -> None:
    done_on(asked, acte, subject(dossier), effet, contenu, as_json)


def done_on(
    asked: Asked, acte: str, whose: str, effet: str | None, contenu: dict[str, Any], as_json: bool
) -> None:
    """On whatever subject: a person, a structure."""
    on = day_or_today(effet, "--effet")
    held = {key: value for key, value in contenu.items() if value is not None}
    with asked.counter() as desk:
        made = desk.guichet.agir(desk.demande, acte, whose, effet=on, contenu=held)
    told(made, as_json)


def done_or_all(
    asked: Asked, acte: str, dossier: str | None, de: str | None, effet: str | None,
    contenu: dict[str, Any], as_json: bool,
) -> None:  # fmt: skip
    """On one dossier, or on all those that a professional leads: then 1 when one was refused."""
    if dossier is not None:
        done(asked, acte, dossier, effet, {"de": de, **contenu}, as_json)
        return
    if de is None:
        raise misused(
            "Nommer un dossier, ou avec --de le professionnel dont tous les dossiers passent."
        )
    if contenu.get("id") is not None:
        raise misused("--relais nomme le relais d'un dossier : donner ce dossier.")
    on = day_or_today(effet, "--effet")
    held = {key: value for key, value in contenu.items() if value is not None}
    who = de if ":" in de else f"professionnel:{de}"
    with asked.counter() as desk:
        made = relayer_tous(desk.guichet, desk.demande, who, effet=on, acte=acte, contenu=held)
    show(as_json, made.to_dict, lambda: terminal_reseau.relais_tous(made))
    if made.refuses:
        raise typer.Exit(NO)


def told(made: ActeFait, as_json: bool) -> None:
    show(as_json, made.to_dict, lambda: terminal.acte(made))


@app.callback()
def relais() -> None:
    """Passer le relais : le demander, l'accepter, le rendre effectif."""


@app.command("demander")
@at_the_counter
def demander(
    reason: Annotated[
        str, typer.Option("--motif", metavar="CODE", help="Pourquoi.", show_default=False)
    ],
    asked: Asked,
    dossier: MaybeDossier = None,
    de: From = None,
    to: Annotated[
        str | None,
        typer.Option("--vers", metavar="ID", help="Qui prendrait le relais.", show_default=False),
    ] = None,
    what: Annotated[
        str,
        typer.Option("--objet", metavar="OBJET", help="referent, structure, dispositif, modalite."),
    ] = "referent",
    effet: Day = None,
    champ: Fields = None,
    as_json: Json = False,
) -> None:
    """Demander un relais, pour une personne ou pour toutes celles d'un professionnel (--de)."""
    one_of(what, "--objet", OBJETS)
    given = {"objet": what, "motif": reason, "vers": to, **fields(champ)}
    done_or_all(asked, "relais.demander", dossier, de, effet, given, as_json)


@app.command("completer")
@at_the_counter
def completer(
    asked: Asked,
    dossier: MaybeDossier = None,
    de: From = None,
    informed: Annotated[
        str | None,
        typer.Option(
            "--informee", metavar="oui|non", help="Elle connaît le motif.", show_default=False
        ),
    ] = None,
    agreed: Annotated[
        str | None,
        typer.Option("--accord", metavar="oui|non", help="Elle est d'accord.", show_default=False),
    ] = None,
    how: Annotated[
        str | None,
        typer.Option(
            "--recueilli", metavar="COMMENT", help="Son accord : oral, ecrit.", show_default=False
        ),
    ] = None,
    meeting: Annotated[
        str | None,
        typer.Option(
            "--rendez-vous", metavar="ID", help="Le rendez-vous à trois.", show_default=False
        ),
    ] = None,
    which: Which = None,
    effet: Day = None,
    champ: Fields = None,
    as_json: Json = False,
) -> None:
    """Dire ce qu'un relais attendait : l'accord de la personne, le rendez-vous à trois."""
    given = {
        "id": which,
        "informee": one_of(informed, "--informee", REPONSES),
        "accord": one_of(agreed, "--accord", REPONSES),
        "accord_recueilli": one_of(how, "--recueilli", RECUEIL),
        "rendez_vous": meeting,
        **fields(champ),
    }
    done_or_all(asked, "relais.completer", dossier, de, effet, given, as_json)


def step(name: str, acte: str, sentence: str) -> None:
    @app.command(name, help=sentence)
    @at_the_counter
    def command(
        asked: Asked,
        dossier: MaybeDossier = None,
        de: From = None,
        which: Which = None,
        effet: Day = None,
        champ: Fields = None,
        as_json: Json = False,
    ) -> None:
        done_or_all(asked, acte, dossier, de, effet, {"id": which, **fields(champ)}, as_json)


step("accepter", "relais.accepter", "Accepter de prendre le relais.")
step("refuser", "relais.refuser", "Refuser de prendre le relais.")
step("retirer", "relais.retirer", "Renoncer à un relais demandé.")
step("effectuer", "relais.effectuer", "Rendre le relais effectif, si ses conditions sont remplies.")


@app.command("etat")
@at_the_counter
def etat(dossier: Dossier, asked: Asked, as_json: Json = False) -> None:
    """Où en sont les relais : quelles conditions tiennent, ce qui manque, qui peut le donner."""
    with asked.counter() as desk:
        found = desk.guichet.relais(desk.demande, subject(dossier))
        dit = desk.guichet.libelle
    show(as_json, lambda: [one.to_dict() for one in found], lambda: terminal.relais(found, dit))


def names() -> list[str]:
    return [one.acte for one in transitions()]


@at_the_counter
def acte(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ACTE", help="relais.demander, immersion.prevoir, …", autocompletion=names
        ),
    ],
    dossier: Dossier,
    asked: Asked,
    effet: Day = None,
    champ: Fields = None,
    as_json: Json = False,
) -> None:
    """Faire un acte du parcours, sur un dossier, une instance, une structure, un professionnel."""
    done(asked, name, dossier, effet, fields(champ), as_json)


@at_the_counter
def annuler(
    which: Annotated[str, typer.Argument(metavar="ACTE", help="Le numéro que l'acte a donné.")],
    asked: Asked,
    as_json: Json = False,
) -> None:
    """Défaire un acte, en entier ; pas quand un acte plus récent repose sur lui."""
    with asked.counter() as desk:
        undone = desk.guichet.annuler(desk.demande, which)
    told(undone, as_json)
