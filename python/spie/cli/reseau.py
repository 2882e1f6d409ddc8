"""The commands of the network: appointments, structures and professionals, solicitations,
satisfaction (docs/reseau.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spie import badges, reseau
from spie.cli.actes import Day, done_on
from spie.cli.badge import Instant, Phrase, instant, phrase_of, put, registers_of
from spie.cli.dossier import Asked, At, RightsPack, at_the_counter, subject_of_structure
from spie.cli.shared import App, Json, misused, read, read_object, show, speaking
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


Structure = Annotated[str, typer.Argument(metavar="STRUCTURE", help="La structure.")]


@app.command("badges")
@at_the_counter(pack=PACK)
def badges_(who: Structure, asked: Asked, at: At = None, as_json: Json = False) -> None:
    """Les badges qu'une structure peut porter, pourquoi, et ceux qui furent signés."""
    on = day_or_today(at, "--au")
    of = subject_of_structure(who)
    with asked.counter() as desk:
        found = reseau.badges(desk.guichet, desk.demande, of, au=on)
    show(as_json, found.to_dict, lambda: terminal.badges(found))


@app.command("badge")
@at_the_counter(pack=PACK)
def badge(
    who: Structure,
    code: Annotated[
        str, typer.Option("--badge", metavar="CODE", help="label_spie, accueil_immersion.")
    ],
    signs: Annotated[
        str,
        typer.Option("--cle-emetteur", metavar="FICHIER", help="Le secret qui signe, PKCS#8 PEM."),
    ],
    into: Annotated[
        str, typer.Option("--vers", metavar="FICHIER", help="Où écrire le badge.")
    ],
    asked: Asked,
    image: Annotated[
        str | None,
        typer.Option(
            "--image", metavar="FICHIER", help="L'image, PNG ou SVG, où le mettre.",
            show_default=False,
        ),
    ] = None,
    issuer: Annotated[
        str, typer.Option("--nom", metavar="TEXTE", help="Le nom de qui signe.", show_default=False)
    ] = "",
    identity: Annotated[
        str,
        typer.Option(
            "--sujet", metavar="URI", help="Un DID ou une adresse de la structure.",
            show_default=False,
        ),
    ] = "",
    address: Annotated[
        str,
        typer.Option(
            "--adresse", metavar="URL", help="Où l'émetteur décrit ses badges.", show_default=False
        ),
    ] = "",
    listed: Annotated[
        str,
        typer.Option(
            "--liste", metavar="URL", help="La liste d'état, avec --entree.", show_default=False
        ),
    ] = "",
    entry: Annotated[
        str,
        typer.Option(
            "--entree", metavar="N", help="L'entrée de cette liste.", show_default=False
        ),
    ] = "",
    registers: Annotated[
        list[Path] | None,
        typer.Option(
            "--registre", metavar="FICHIER",
            help="Lui donner une entrée de ce registre (répétable).", show_default=False,
        ),
    ] = None,
    at: At = None,
    moment: Instant = None,
    phrase: Phrase = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Signer le badge d'une structure, l'écrire, et le noter dans le journal."""
    on, when = day_or_today(at, "--au"), instant(moment, "--instant")
    secret, under = read(signs, "Clé"), phrase_of(phrase)
    picture = read(image, "Image") if image is not None else None
    of, held = subject_of_structure(who), registers_of(registers)
    with asked.counter() as desk:
        text = reseau.attestation_badge(
            desk.guichet, desk.demande, of, code, au=on, sujet=identity, adresse=address,
            emetteur=issuer, liste=listed, entree=entry,
        )  # fmt: skip
        made = badges.emettre(text, badges.Cle.lire(secret, under), instant=when, registres=held)
        carried = made.badge.encode()
        if picture is not None:
            carried = badges.incruster(picture, made.badge)
        put(into, carried, "Badge")  # written first: what is noted is there
        noted = reseau.noter_badge(desk.guichet, desk.demande, of, code, made.badge, effet=on)
    event = noted.evenements[0].contenu
    if into == "-":  # the badge has the standard output for itself
        return
    show(
        as_json,
        lambda: {"vers": into, "badge": event["badge"], "acte": noted.to_dict()},
        lambda: terminal.badge_signe(into, event["badge"]),
    )


@app.command("retirer-badge")
@at_the_counter(pack=PACK)
def retirer_badge(
    who: Structure,
    which: Annotated[
        str, typer.Option("--id", metavar="ID", help="Lequel : son numéro dans le journal.")
    ],
    reason: Annotated[
        str,
        typer.Option(
            "--motif", metavar="CODE", help="label_retire, label_echu, remplace, erreur, autre."
        ),
    ],
    asked: Asked,
    effet: Day = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Dire qu'un badge est retiré ; son émetteur met son entrée à jour dans la liste d'état."""
    of = subject_of_structure(who)
    done_on(asked, "badge_structure.retirer", of, effet, {"id": which, "motif": reason}, as_json)


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
