"""What the commands that sign something of a passport ask for: who signs, and how badges name her."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from spie import badges
from spie.cli.badge import Phrase, instant, phrase_of
from spie.cli.rome import loaded
from spie.cli.shared import misused, read
from spie.passeport import Emetteur, Registre, Titulaire
from spie.rome import Rome


def option(name: str, metavar: str, sentence: str) -> Any:
    return typer.Option(name, metavar=metavar, help=sentence, show_default=False)


Secret = Annotated[
    str | None, option("--cle-emetteur", "FICHIER", "Le secret de qui signe, PKCS#8 PEM.")
]
Under = Phrase
Name = Annotated[str, option("--nom-emetteur", "TEXTE", "Son nom, comme les lecteurs le voient.")]
Address = Annotated[
    str, option("--emetteur", "ADRESSE", "Son adresse. [sans elle : le DID de la clé]")
]
Proofs = Annotated[
    list[str] | None,
    option(
        "--preuve", "NOM", "Comme pour badge emettre (répétable). [sans elle : celle de la clé]"
    ),
]
Method = Annotated[str, option("--methode", "ADRESSE", "L'adresse de la clé.")]
When = Annotated[
    str | None,
    option("--instant", "INSTANT", "Depuis quand ce qui est signé vaut. [sans lui : maintenant]"),
]
Registers = Annotated[
    list[str] | None,
    option("--registre", "FICHIER", "Le registre d'une liste d'état (répétable)."),
]
Mail = Annotated[
    str,
    option(
        "--adresse", "COURRIEL", "Une adresse qu'elle a choisie : le badge en porte l'empreinte."
    ),
]
Holder = Annotated[
    str,
    option("--titulaire", "DID", "Un identifiant à elle, did:key ou did:jwk. [sans lui : tiré]"),
]
RomeFolder = Annotated[
    Path | None,
    option(
        "--rome", "DOSSIER", "Les fichiers d'une livraison du ROME : elle donne les mots d'un code."
    ),
]
RomeVersion = Annotated[
    str | None, option("--version-rome", "vNNN", "Cette livraison, avec --rome : v460.")
]


def livraison(folder: Path | None, version: str | None) -> Rome | None:
    """The release that gives codes their words."""
    if folder is None and version is None:
        return None
    if folder is None or version is None:
        raise misused("--rome et --version-rome vont ensemble.")
    return loaded(folder, version)


def registres(paths: list[str] | None) -> list[Registre]:
    return [badges.Registre(one) for one in paths or ()]


def emetteur(
    secret: str | None, phrase: str | None, name: str, address: str, proofs: list[str] | None,
    method: str, when: str | None, registers: list[str] | None,
) -> Emetteur:  # fmt: skip
    """Who signs; the key is asked for."""
    if secret is None:
        raise misused("Ce qui est signé demande --cle-emetteur.")
    for one in proofs or []:
        if one not in badges.PREUVES:
            raise misused(f"--preuve : « {one} » n'est pas {', '.join(badges.PREUVES)}.")
    at = instant(when, "--instant")
    key = badges.Cle.lire(read(secret, "Clé"), phrase_of(phrase))
    return Emetteur(
        key, at, nom=name, adresse=address or "ISSUER", preuves=proofs or (), methode=method,
        registres=registres(registers),
    )  # fmt: skip


def titulaire(mail: str, holder: str) -> Titulaire:
    if mail and holder:
        raise misused("--adresse ou --titulaire : l'un des deux.")
    return Titulaire(mail, holder)


def mots(typed: list[str] | None) -> dict[str, str]:
    """ÉLÉMENT=TEXTE, by item."""
    made = {}
    for one in typed or []:
        element, equal, text = one.partition("=")
        if not equal:
            raise misused(f"--mot « {one} » : écrire ÉLÉMENT=TEXTE.")
        made[element] = text
    return made
