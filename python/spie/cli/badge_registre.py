"""The commands of lists of statuses: their registers, what they say of badges, the lists to be published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from spie import badges
from spie.cli.badge import Instant, Phrase, identifier, instant, phrase_of, put, registers_of
from spie.cli.shared import Json, file_refused, misused, one_of, read, show, speaking
from spie.errors import BadgeError, Diagnostic
from spie.terminal import badge as terminal

FORMES = ("bitstring", "1edtech")
BUTS = ("revocation", "suspension", "refresh", "message")

Register = Annotated[
    Path, typer.Argument(metavar="REGISTRE", help="Le fichier du registre.", show_default=False)
]


def registre(
    file: Annotated[
        Path,
        typer.Argument(metavar="REGISTRE", help="Le fichier, nouveau.", show_default=False),
    ],
    address: Annotated[
        str,
        typer.Option(
            "--liste", metavar="URL", help="L'adresse où la liste sera publiée.", show_default=False
        ),
    ],
    form: Annotated[
        str, typer.Option("--forme", metavar="NOM", help="bitstring ou 1edtech.")
    ] = "bitstring",
    purpose: Annotated[
        str,
        typer.Option("--but", metavar="NOM", help="revocation, suspension, refresh ou message."),
    ] = "revocation",
    bits: Annotated[
        int, typer.Option("--bits", metavar="N", help="D'une entrée, de 1 à 8.")
    ] = 1,
    messages: Annotated[
        list[str] | None,
        typer.Option(
            "--message",
            metavar="TEXTE",
            help="Ce que dit chaque valeur, dans l'ordre, à partir de 0 (répétable).",
            show_default=False,
        ),
    ] = None,
    size: Annotated[
        int, typer.Option("--taille", metavar="N", help="Le nombre d'entrées.")
    ] = 131_072,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Ouvrir le registre d'une liste d'état : un fichier nouveau, pour son propriétaire seul."""
    one_of(form, "--forme", FORMES)
    one_of(purpose, "--but", BUTS)
    if ":" not in address:
        raise misused(f"--liste : « {address} » n'est pas une adresse.")
    if file.exists():
        raise file_refused(f"Registre : « {file} » existe déjà.", file)
    with speaking():
        made = badges.Registre.creer(
            file,
            liste=address,
            forme=form,
            but=purpose,
            bits=bits,
            messages=messages or (),
            taille=size,
        ).etat()
    show(as_json, made.to_dict, lambda: terminal.registre(made, str(file)))


def statut(
    file: Register,
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[BADGE]…",
            help="Des badges (fichiers ou identifiants). [sans eux : tous]",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(
            "--vers",
            metavar="LISTE",
            help="Écrire la liste, signée, à mettre à son adresse (- : la sortie standard).",
            show_default=False,
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--cle", metavar="FICHIER", help="Ce qui la signe.", show_default=False),
    ] = None,
    issuer: Annotated[
        str,
        typer.Option(
            "--emetteur",
            metavar="ID",
            help="Qui tient la liste. [sans lui : le DID de la clé]",
            show_default=False,
        ),
    ] = "ISSUER",
    at: Instant = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--jusqu-au", metavar="INSTANT", help="La liste ne vaut plus après.", show_default=False
        ),
    ] = None,
    proofs: Annotated[
        list[str] | None,
        typer.Option(
            "--preuve", metavar="NOM", help="Comme `badge emettre` (répétable).", show_default=False
        ),
    ] = None,
    method: Annotated[
        str,
        typer.Option(
            "--methode", metavar="ADRESSE", help="L'adresse de la clé.", show_default=False
        ),
    ] = "",
    phrase: Phrase = None,
    as_json: Json = False,
) -> None:
    """Ce que dit un registre, de tous ses badges ou de quelques-uns ; sa liste, signée."""
    if into is None and (key or until):
        raise misused("--cle et --jusqu-au vont avec --vers.")
    for one in proofs or []:
        one_of(one, "--preuve", badges.PREUVES)
    when = instant(at, "--instant")
    end = None if until is None else instant(until, "--jusqu-au")
    secret = None if key is None else read(key, "Clé")
    under = phrase_of(phrase)
    (held,) = registers_of([file])
    with speaking():
        found = held.etat()
        made = None
        if into is not None:
            signer = None if secret is None else badges.Cle.lire(secret, under)
            if signer is None and (found.forme == "bitstring" or issuer == "ISSUER"):
                raise misused("--vers demande --cle, ou --emetteur pour une liste 1EdTech.")
            made = held.publier(
                signer,
                instant=when,
                au=end,
                emetteur=issuer,
                preuves=proofs or (),
                methode=method,
            )
    if made is not None and into is not None:
        put(into, made.badge.encode(), "Liste")
        if into == "-":
            return
    wanted = [named(one) for one in asked or []]
    told = found.to_dict() | {"vers": into}
    if wanted:
        told["entrees"] = [one for one in told["entrees"] if one["badge"] in wanted]
    missing = [one for one in wanted if one not in {entry.badge for entry in found.entrees}]
    told["inconnus"] = missing
    show(as_json, lambda: told, lambda: terminal.statut(found, wanted, missing, into))


def revoquer(
    file: Register,
    asked: Annotated[
        list[str],
        typer.Argument(
            metavar="BADGE", help="Des badges : fichiers ou identifiants.", show_default=False
        ),
    ],
    value: Annotated[
        int, typer.Option("--etat", metavar="N", help="La valeur de l'entrée.")
    ] = 1,
    lift: Annotated[
        bool, typer.Option("--lever", help="Lever une suspension : l'entrée redevient 0.")
    ] = False,
    reason: Annotated[
        str,
        typer.Option(
            "--motif", metavar="TEXTE", help="D'une liste 1EdTech.", show_default=False
        ),
    ] = "",
    as_json: Json = False,
) -> None:  # fmt: skip
    """Révoquer ou suspendre des badges dans un registre : tous, ou aucun."""
    wanted = [named(one) for one in asked]
    (held,) = registers_of([file])
    with speaking():
        known = {one.badge for one in held.etat().entrees}
        unknown = [_unknown(one) for one in wanted if one not in known]
        if unknown:
            raise BadgeError(unknown)
        held.poser(*wanted, etat=0 if lift else value, motif=reason)
        found = held.etat()
    told: dict[str, Any] = {
        "registre": str(file),
        "entrees": [one.to_dict() for one in found.entrees if one.badge in wanted],
    }
    show(as_json, lambda: told, lambda: terminal.revoques(found, wanted))


def _unknown(badge: str) -> Diagnostic:
    return Diagnostic(
        "B010",
        "error",
        "The register does not know this badge.",
        badge,
        "Give the register that gave it an entry.",
        "ce registre ne connaît pas ce badge",
        "donner le registre où il a reçu son entrée ; spie badge statut dit les badges d'un registre",
    )


def named(given: str) -> str:
    """The id of a badge: that of a file when there is one of that name, else what was given."""
    if given != "-" and not Path(given).is_file():
        return given
    content = read(given, "Badge")
    with speaking():
        found = identifier(badges.extraire(content))
    if not found:
        raise misused(f"« {given} » : ce badge n'a pas d'identifiant.")
    return found


def add_to(app: typer.Typer) -> None:
    for command in (registre, statut, revoquer):
        app.command(command.__name__)(command)
