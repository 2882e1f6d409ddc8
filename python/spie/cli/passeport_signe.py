"""The commands of what leaves a passport signed, of what guarantees it, and of what outlives it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from spie import passeport as passeports
from spie.cli import signature
from spie.cli.badge import instant, pairs, put
from spie.cli.dossier import Asked, At, at_the_counter
from spie.cli.shared import LEFT_OUT, NO, Json, file_refused, misused, read, show, write
from spie.cli.signature import option
from spie.cli.store import Dossier, day_or_today, subject
from spie.errors import why
from spie.terminal import passeport as terminal

Documents = Annotated[
    list[str] | None,
    option(
        "--document", "ADRESSE=FICHIER", "Un document d'émetteur, une liste d'état (répétable)."
    ),
]
Keys = Annotated[
    list[str] | None,
    option("--cle-publique", "ID=FICHIER", "Une clé dont vous répondez (répétable)."),
]
Moment = Annotated[
    str | None,
    option("--au", "INSTANT", "L'instant demandé : 2026-11-29T08:00:00Z. [sans lui : maintenant]"),
]


def may_be_put_out(to: Path, form: str) -> None:
    """Refuses where nothing can be written, before a share is opened and anything is signed for it."""
    if str(to) == "-":
        return
    if form == "badges" and os.path.lexists(to):
        raise file_refused(
            f"Badges : « {to} » existe déjà ; donner le nom d'un dossier nouveau.", str(to)
        )
    if form == "badges" and not to.parent.is_dir():
        raise file_refused(f"Badges : le dossier « {to.parent} » n'existe pas.", str(to))
    if to.is_dir():
        raise file_refused(f"Partage : « {to} » est un dossier ; donner un fichier.", str(to))


def put_out(to: Path, done: passeports.Ecrit) -> None:
    """A file; of badges, a folder with a file for each. What is there already is not written over.
    "-": the standard output, of badges one a line."""
    if str(to) == "-":
        put("-", f"{done.document.rstrip()}\n".encode(), "Partage")
        return
    if done.forme != "badges":
        write(to, done.document, "Partage")
        return
    try:
        to.mkdir()
    except OSError as error:
        raise file_refused(
            f"Badges : le dossier « {to} » ne peut pas être créé ({why(error)}).", str(to)
        ) from error
    for rank, one in enumerate(done.badges, 1):
        ending = "json" if (one.texte or "").startswith("{") else "jws"
        write(to / f"badge-{rank:02}.{ending}", f"{one.texte}\n", "Badge")


@at_the_counter
def exporter(
    dossier: Dossier,
    to: Annotated[
        Path,
        option(
            "--vers",
            "FICHIER",
            "Où l'écrire (- : la sortie standard) ; un dossier pour des badges.",
        ),
    ],
    asked: Asked,
    form: Annotated[
        str, typer.Option("--forme", metavar="FORME", help="clr, badges ou json.")
    ] = "clr",
    items: Annotated[
        list[str] | None, option("--element", "ID", "Un élément (répétable). [sans lui : tous]")
    ] = None,
    typed: Annotated[
        list[str] | None,
        option("--mot", "ÉLÉMENT=TEXTE", "Des mots écrits pour cela (répétable)."),
    ] = None,
    received: Annotated[
        str, option("--recueilli", "COMMENT", "Sa demande, écrite par un autre : oral, ecrit.")
    ] = "",
    secret: signature.Secret = None,
    phrase: signature.Under = None,
    name: signature.Name = "",
    address: signature.Address = "",
    proofs: signature.Proofs = None,
    method: signature.Method = "",
    when: signature.When = None,
    registers: signature.Registers = None,
    mail: signature.Mail = "",
    holder: signature.Holder = "",
    folder: signature.RomeFolder = None,
    version: signature.RomeVersion = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Donner à la personne son passeport entier, signé : un relevé CLR 2.0, ou des badges."""
    if form not in ("clr", "badges", "json"):
        raise misused("--forme : clr, badges ou json.")
    on = day_or_today(at, "--au")
    named, words = signature.titulaire(mail, holder), signature.mots(typed)
    may_be_put_out(to, form)
    rome = signature.livraison(folder, version)
    who = subject(dossier)
    with asked.counter() as desk:
        by = None
        if form in passeports.SIGNEES:
            by = signature.emetteur(secret, phrase, name, address, proofs, method, when, registers)
        done = passeports.exporter(
            desk.guichet, desk.demande, who, au=on, par=by, forme=form, elements=items or (),
            titulaire=named, mots=words, recueilli=received, rome=rome,
        )  # fmt: skip
        try:
            put_out(to, done)
        except BaseException:  # what was not written did not leave
            desk.guichet.annuler(desk.demande, done.acte.acte)
            raise
    if str(to) != "-":
        show(as_json, done.to_dict, lambda: terminal.ecrit(done))


@at_the_counter
def cesser(
    dossier: Dossier,
    share: Annotated[str, option("--partage", "ID", "Lequel.")],
    asked: Asked,
    registers: signature.Registers = None,
    at: At = None,
    as_json: Json = False,
) -> None:
    """Cesser un partage : plus rien n'en sort ; dire, ou poser, l'état de ce qui fut signé pour lui."""
    on = day_or_today(at, "--au")
    kept = signature.registres(registers)
    with asked.counter() as desk:
        done = passeports.cesser(
            desk.guichet, desk.demande, subject(dossier), share, au=on, registres=kept
        )
    show(
        as_json,
        lambda: {**done.to_dict(), "poses": bool(kept) and not done.non_poses},
        lambda: terminal.a_poser(done.statuts, done.non_poses if kept else done.statuts),
    )


@at_the_counter
def garantir(
    dossier: Dossier,
    item: Annotated[str, option("--element", "ID", "L'élément qu'il garantit.")],
    badge: Annotated[str, option("--badge", "FICHIER", "Le badge : JSON, JWS, PNG ou SVG.")],
    trust: Annotated[
        str, option("--confiance", "LISTE", "La liste signée des émetteurs reconnus.")
    ],
    asked: Asked,
    documents: Documents = None,
    keys: Keys = None,
    recipient: Annotated[
        str | None,
        option(
            "--destinataire",
            "QUI",
            "À qui le badge fut donné. [sans lui : ce que le dossier connaît d'elle]",
        ),
    ] = None,
    at: Moment = None,
    as_json: Json = False,
) -> None:
    """Vérifier un badge et, s'il tient et que son émetteur est reconnu, dire qu'il garantit un élément."""
    when = instant(at, "--au")
    given, known = pairs(documents, "--document"), pairs(keys, "--cle-publique")
    held, listed = read(badge, "Badge"), read(trust, "Liste de confiance")
    with asked.counter() as desk:
        done = passeports.garantir(
            desk.guichet, desk.demande, subject(dossier), item, held, au=when, confiance=listed,
            documents=given, cles=known, destinataire=recipient,
        )  # fmt: skip
    show(as_json, done.to_dict, lambda: terminal.garantie(done, badge))
    if not done.garanti:
        raise typer.Exit(LEFT_OUT if done.rapport.verdict == "non_verifiable" else NO)


@at_the_counter
def revoir(
    dossier: Dossier,
    asked: Asked,
    trust: Annotated[
        str | None, option("--confiance", "LISTE", "La liste signée des émetteurs reconnus.")
    ] = None,
    documents: Documents = None,
    keys: Keys = None,
    at: Moment = None,
    record: Annotated[bool, typer.Option("--noter", help="Noter ce qui tombe.")] = False,
    as_json: Json = False,
) -> None:
    """Les badges qui garantissent un élément tiennent-ils encore ?"""
    when = instant(at, "--au")
    given, known = pairs(documents, "--document"), pairs(keys, "--cle-publique")
    listed = read(trust, "Liste de confiance") if trust is not None else b""
    with asked.counter() as desk:
        found = passeports.revoir(
            desk.guichet, desk.demande, subject(dossier), au=when, confiance=listed,
            documents=given, cles=known, noter=record,
        )  # fmt: skip
    show(as_json, lambda: [one.to_dict() for one in found], lambda: terminal.revues(found))
    if any(one.etat == "tombe" for one in found):
        raise typer.Exit(NO)
    if any(one.etat == "inconnu" for one in found):
        raise typer.Exit(LEFT_OUT)


@at_the_counter
def survivances(dossier: Dossier, asked: Asked, as_json: Json = False) -> None:
    """Ce qui survivrait au passeport, s'il était effacé : les états à poser, ce qui reste chez d'autres."""
    who = subject(dossier)
    with asked.counter() as desk:
        desk.may("effacer", who)
        left = passeports.survivances(desk.held, who)
    show(as_json, left.to_dict, lambda: terminal.survivances(left))


def add_to(app: typer.Typer) -> None:
    for command in (exporter, cesser, garantir, revoir, survivances):
        app.command(command.__name__)(command)
