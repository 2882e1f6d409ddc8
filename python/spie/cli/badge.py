"""The commands of badges."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group
from rich.text import Text

from spie import badges
from spie.cli.shared import (
    LEFT_OUT,
    NO,
    App,
    Json,
    file_refused,
    misused,
    read,
    show,
    speaking,
)
from spie.errors import why
from spie.terminal import badge as terminal
from spie.terminal.console import console, waiting

app = App(help="Les badges : clés, émission, vérification, images.")

Instant = Annotated[
    str | None,
    typer.Option(
        "--instant",
        metavar="INSTANT",
        help="Celui des preuves : 2026-11-29T08:00:00Z. [sans lui : maintenant]",
        show_default=False,
    ),
]
Phrase = Annotated[
    str | None,
    typer.Option(
        "--phrase",
        metavar="FICHIER|-",
        help="Le fichier de la phrase qui chiffre la clé (- : l'entrée standard).",
        show_default=False,
    ),
]
Into = Annotated[
    str,
    typer.Option(
        "--vers", metavar="FICHIER", help="Où écrire (- : la sortie standard).", show_default=False
    ),
]


@app.callback()
def badge() -> None:
    """Les badges : clés, émission, vérification, images."""


FORM = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"


def instant(text: str | None, option: str) -> datetime | str:
    if text is None:
        return datetime.now(UTC)
    whole = text + "T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text
    try:
        # The year 0 is one, which datetime does not know.
        datetime.fromisoformat(whole if not whole.startswith("0000") else "2000" + whole[4:])
        right = re.fullmatch(FORM, whole) is not None
    except ValueError:
        right = False
    if not right:
        raise misused(
            f"{option} : « {text} » n'est pas un instant avec son fuseau ; l'écrire 2026-11-29T08:00:00Z."
        )
    return whole


def phrase_of(given: str | None) -> bytes:
    """The first line; it stands in no argument and in no variable."""
    if given is None:
        return b""
    found = read(given, "Phrase").split(b"\n", 1)[0].rstrip(b"\r")
    if not found:
        raise misused("--phrase : le fichier ne contient pas de phrase.")
    return found


def pairs(given: list[str] | None, option: str) -> dict[str, bytes]:
    found = {}
    for one in given or []:
        name, equals, path = one.rpartition("=")
        if not equals or not name or not path:
            raise misused(f"{option} : « {one} » n'est pas ADRESSE=FICHIER.")
        found[name] = read(path, option)
    return found


def registers_of(paths: Sequence[Path] | None) -> list[badges.Registre]:
    """Each of them read once, so that one that cannot be is told as any file."""
    for one in paths or []:
        read(one, "Registre")
    return [badges.Registre(one) for one in paths or []]


def secret_file(path: Path, content: bytes) -> None:
    """A file that must not be there, for its owner alone from its first byte."""
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise file_refused(
            f"Clé : « {path} » ne peut pas être écrit ({why(error)}).", path
        ) from error


def put(into: str, content: bytes, what: str) -> None:
    if into == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        Path(into).write_bytes(content)
    except OSError as error:
        raise file_refused(
            f"{what} : « {into} » ne peut pas être écrit ({why(error)}).", into
        ) from error


@app.command("cle")
def cle(
    algorithm: Annotated[
        str,
        typer.Option(
            "--algorithme", metavar="NOM", help="ed25519, p256, p384 ou rsa.", show_default=False
        ),
    ],
    into: Annotated[
        Path,
        typer.Option(
            "--vers", metavar="FICHIER", help="Le fichier du secret, nouveau.", show_default=False
        ),
    ],
    phrase: Phrase = None,
    as_json: Json = False,
) -> None:
    """Faire une clé : le secret dans un fichier nouveau, pour son propriétaire seul."""
    if algorithm not in badges.ALGORITHMES:
        raise misused(f"--algorithme : « {algorithm} » n'est pas {', '.join(badges.ALGORITHMES)}.")
    under = phrase_of(phrase)
    with speaking(), waiting("Clé"):
        made = badges.Cle.generer(algorithm)
        secret_file(into, made.ecrire(under))
        public = made.publiques
    show(as_json, public.to_dict, lambda: terminal.cle(public, str(into)))


@app.command("emettre")
def emettre(
    file: Annotated[
        str,
        typer.Argument(
            metavar="ATTESTATION.json",
            help="Ce que le badge dit (- : l'entrée standard) ; l'émetteur \"ISSUER\" y devient le DID de la clé.",
            show_default=False,
        ),
    ],
    key: Annotated[
        str,
        typer.Option("--cle", metavar="FICHIER", help="Le secret, PKCS#8 PEM.", show_default=False),
    ],
    into: Into,
    proofs: Annotated[
        list[str] | None,
        typer.Option(
            "--preuve",
            metavar="NOM",
            help="eddsa-rdfc-2022, ecdsa-rdfc-2019, eddsa-jcs-2022 ou vc-jwt (répétable). [sans elle : celle de la clé]",
            show_default=False,
        ),
    ] = None,
    at: Instant = None,
    method: Annotated[
        str,
        typer.Option(
            "--methode", metavar="ADRESSE", help="L'adresse de la clé.", show_default=False
        ),
    ] = "",
    registers: Annotated[
        list[Path] | None,
        typer.Option(
            "--registre",
            metavar="FICHIER",
            help="Donner au badge une entrée de ce registre (répétable).",
            show_default=False,
        ),
    ] = None,
    phrase: Phrase = None,
    as_json: Json = False,
) -> None:
    """Signer une attestation ; rien d'autre n'y change."""
    for one in proofs or []:
        if one not in badges.PREUVES:
            raise misused(f"--preuve : « {one} » n'est pas {', '.join(badges.PREUVES)}.")
    when = instant(at, "--instant")
    credential, secret, under = read(file, "Attestation"), read(key, "Clé"), phrase_of(phrase)
    held = registers_of(registers)
    with speaking():
        signer = badges.Cle.lire(secret, under)
        made = badges.emettre(
            credential,
            signer,
            instant=when,
            preuves=proofs or (),
            methode=method,
            registres=held,
        )
    put(into, made.badge.encode(), "Badge")
    told = {
        "vers": into,
        "forme": made.forme,
        "avertissements": [one.to_dict() for one in made.avertissements],
    }
    if into == "-":  # the badge has the standard output for itself
        console(stderr=True).print(Group(*terminal.avertissements(made)))
        return
    show(
        as_json,
        lambda: told,
        lambda: Group(Text(f"Badge écrit : {into}"), *terminal.avertissements(made)),
    )


@app.command("confiance")
def confiance(
    file: Annotated[
        str,
        typer.Argument(
            metavar="LISTE.json",
            help="Les émetteurs reconnus ou suspendus (- : l'entrée standard).",
            show_default=False,
        ),
    ],
    key: Annotated[
        str,
        typer.Option("--cle", metavar="FICHIER", help="Le secret, PKCS#8 PEM.", show_default=False),
    ],
    into: Into,
    method: Annotated[
        str,
        typer.Option(
            "--methode", metavar="ADRESSE", help="L'adresse de la clé.", show_default=False
        ),
    ] = "",
    phrase: Phrase = None,
    as_json: Json = False,
) -> None:
    """Signer une liste de confiance : les émetteurs qu'un consortium reconnaît."""
    listed, secret, under = read(file, "Liste"), read(key, "Clé"), phrase_of(phrase)
    with speaking():
        signer = badges.Cle.lire(secret, under)
        made = badges.signer_confiance(listed, signer, methode=method)
    put(into, made.encode(), "Liste")
    if into != "-":  # the list has the standard output for itself
        show(
            as_json,
            lambda: {"vers": into, "signataire": signer.publiques.did},
            lambda: Text(f"Liste signée : {into}"),
        )


@app.command("verifier")
def verifier(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FICHIER",
            help="Un badge ou plusieurs : JSON, JWS, PNG ou SVG (- : l'entrée standard).",
            show_default=False,
        ),
    ],
    at: Annotated[
        str | None,
        typer.Option(
            "--au",
            metavar="INSTANT",
            help="L'instant demandé : 2026-11-29T08:00:00Z. [sans lui : maintenant]",
            show_default=False,
        ),
    ] = None,
    documents: Annotated[
        list[str] | None,
        typer.Option(
            "--document",
            metavar="ADRESSE=FICHIER",
            help="Un document d'émetteur, une liste d'état (répétable).",
            show_default=False,
        ),
    ] = None,
    keys: Annotated[
        list[str] | None,
        typer.Option(
            "--cle-publique",
            metavar="ID=FICHIER",
            help="Une clé dont vous répondez : JWK, PEM ou Multikey (répétable).",
            show_default=False,
        ),
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option(
            "--confiance",
            metavar="LISTE",
            help="La liste signée des émetteurs.",
            show_default=False,
        ),
    ] = None,
    required: Annotated[
        list[str] | None,
        typer.Option(
            "--exiger",
            metavar="NOM",
            help="confiance, destinataire ou avenants (répétable).",
            show_default=False,
        ),
    ] = None,
    recipient: Annotated[
        str | None,
        typer.Option(
            "--destinataire",
            metavar="QUI",
            help="L'identifiant, ou l'adresse, à qui le badge doit avoir été donné.",
            show_default=False,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FICHIER", help="Le rapport en page (un badge).", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Dire ce que vaut un badge, contrôle par contrôle, sans réseau."""
    for one in required or []:
        if one not in CHECKS:
            raise misused(f"--exiger : « {one} » n'est pas {', '.join(CHECKS)}.")
    if recipient == "":
        raise misused("--destinataire : dire à qui le badge doit avoir été donné.")
    if html is not None and len(files) != 1:
        raise misused("--html : donner un seul badge.")
    when = instant(at, "--au")
    given, known = pairs(documents, "--document"), pairs(keys, "--cle-publique")
    listed = read(trust, "Liste de confiance") if trust is not None else b""
    contents = [read(one, "Badge") for one in files]
    with speaking(), waiting("Vérification"):
        checker = badges.Verificateur(
            au=when,
            documents=given,
            cles=known,
            confiance=listed,
            exiger=required or (),
            destinataire=recipient,
        )
        found = checker.verifier_tous(contents)
    if html is not None:
        put(str(html), found[0].page(contents[0], fichier=files[0]).encode(), "Page")
    reports = list(zip(files, found, strict=True))
    show(
        as_json,
        lambda: [{"fichier": name, **report.to_dict()} for name, report in reports],
        lambda: terminal.rapports(reports),
    )
    verdicts = {report.verdict for report in found}
    if "invalide" in verdicts:
        raise typer.Exit(NO)
    if "non_verifiable" in verdicts:
        raise typer.Exit(LEFT_OUT)


CHECKS = (
    "structure",
    "destinataire",
    "preuve",
    "cle",
    "emetteur",
    "confiance",
    "statut",
    "dates",
    "avenants",
)


@app.command("incruster")
def incruster(
    image: Annotated[str, typer.Argument(metavar="IMAGE", help="PNG ou SVG.", show_default=False)],
    badge: Annotated[
        str,
        typer.Argument(
            metavar="BADGE", help="JSON ou JWS (- : l'entrée standard).", show_default=False
        ),
    ],
    into: Into,
    replace: Annotated[
        bool, typer.Option("--remplacer", help="Remplacer le badge que l'image porte déjà.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Mettre un badge dans une image ; tous ses autres octets restent."""
    picture, content = read(image, "Image"), read(badge, "Badge")
    with speaking():
        made = badges.incruster(picture, content, remplacer=replace)
    put(into, made, "Image")
    if into != "-":
        show(as_json, lambda: {"vers": into}, lambda: Text(f"Image écrite : {into}"))


@app.command("extraire")
def extraire(
    file: Annotated[
        str, typer.Argument(metavar="FICHIER", help="PNG, SVG, JSON ou JWS.", show_default=False)
    ],
    into: Annotated[
        str,
        typer.Option(
            "--vers",
            metavar="FICHIER",
            help="Où écrire. [sans elle : la sortie standard]",
            show_default=False,
        ),
    ] = "-",
    as_json: Json = False,
) -> None:
    """Donner le badge qu'une image porte, octet pour octet."""
    content = read(file, "Image")
    with speaking():
        found = badges.extraire(content)
    if into != "-" or not as_json:
        put(into, found.badge, "Badge")
    told: dict[str, Any] = {
        "support": found.support,
        "forme": found.forme,
        "generation": found.generation,
        "badge": found.badge.decode("utf-8", "replace"),
    }
    if as_json:
        show(True, lambda: told, Text)


@app.command("qr")
def qr(
    badge: Annotated[
        str, typer.Argument(metavar="BADGE", help="JSON, JWS, PNG ou SVG.", show_default=False)
    ],
    address: Annotated[
        str,
        typer.Option(
            "--adresse", metavar="URL", help="Où le badge se trouve, en https.", show_default=False
        ),
    ],
    into: Annotated[
        str,
        typer.Option(
            "--vers", metavar="FICHIER.svg", help="Où écrire le dessin.", show_default=False
        ),
    ],
    as_json: Json = False,
) -> None:
    """Dessiner un code QR qui dit où est le badge, lequel, et son empreinte."""
    if re.fullmatch(r"https://[!-\"$-~]+", address) is None:
        raise misused(
            f"--adresse : « {address} » ; une adresse en https, sans « # », est attendue."
        )
    content = read(badge, "Badge")
    with speaking():
        found = badges.extraire(content)
        code = badges.qr(address, identifier(found), found.badge)
    put(into, code.svg().encode(), "Dessin")
    if into != "-":
        show(
            as_json,
            lambda: {"vers": into, "texte": code.texte},
            lambda: Text(f"Dessin écrit : {into}"),
        )


def identifier(found: badges.Extrait) -> str:
    """The id of a badge; empty for one that has none."""
    said = badges.lu(found)
    value = said.get("id", "") if isinstance(said, dict) else ""
    return value if isinstance(value, str) else ""
