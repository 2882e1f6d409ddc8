"""The store that the commands of dossiers work on: --base and --cle.

The key opens the store: it never stands beside it by default. One is made, for its owner alone, when
the store is created, and at no other time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from spie import store
from spie.cli.shared import day, file_refused, misused
from spie.dossier import Connu
from spie.errors import StoreError, why
from spie.store import Store
from spie.terminal.console import console

Base = Annotated[
    Path,
    typer.Option("--base", metavar="FICHIER", help="La base des dossiers.", show_default=False),
]
Key = Annotated[
    Path | None,
    typer.Option(
        "--cle", metavar="FICHIER", help="Sa clé ; sinon celle de ~/.config/spie/cles.",
        show_default=False,
    ),
]  # fmt: skip
Author = Annotated[
    str, typer.Option("--auteur", metavar="QUI", help="Qui décide.", show_default=False)
]
Reason = Annotated[str, typer.Option("--motif", metavar="TEXTE", help="Pourquoi.")]
Dossier = Annotated[
    str,
    typer.Argument(metavar="ID", help="Le dossier : 4kq9… ou personne:4kq9….", show_default=False),
]


def key_path(base: Path, given: Path | None) -> Path:
    """Where the key of a store is: the file named, or one of the user's named after the store."""
    if given is not None:
        return given
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    place = str(base.resolve())
    return home / "spie" / "cles" / f"{base.stem}-{sha256(place.encode()).hexdigest()[:12]}.cle"


def fresh_key_path(path: Path) -> Path:
    """Where the new keys stand while they are being changed."""
    return path.with_name(path.name + ".nouvelle")


def read_key(path: Path) -> store.Keys:
    try:
        return store.read_keys(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else "ce n'est pas du texte"
        text = f"Clé : « {path} » ne peut pas être lue ({reason}) ; la nommer par --cle."
        raise file_refused(text, path) from error


def open_store(base: Path, path: Path) -> Store:
    """Of a change of keys that was cut half-way, the message says where the new ones are."""
    try:
        return Store.open(base, read_key(path))
    except StoreError as error:
        fresh = fresh_key_path(path)
        if error.code != "S002" or not fresh.exists():
            raise
        text = (
            f"Clé : « {path} » n'ouvre plus la base, mais son renouvellement a été interrompu : la "
            f"nouvelle est dans « {fresh} ». L'achever par spie dossier cle --reprendre."
        )
        raise file_refused(text, path, code="S002") from error


@contextmanager
def opened(base: Path, key: Path | None, *, create: bool = False) -> Iterator[Store]:
    """The store; made with its key when there is none and `create` says so."""
    path = key_path(base, key)
    if not create or base.exists():
        if not base.exists():
            raise file_refused(f"Base : « {base} » n'existe pas.", base)
        with open_store(base, path) as found:
            yield found
        return
    keys = store.draw_keys()
    try:
        store.write_keys(path, keys)
    except FileExistsError as error:
        text = f"Clé : « {path} » existe, et la base « {base} » non ; nommer une autre clé."
        raise file_refused(text, path) from error
    except OSError as error:
        text = f"Clé : « {path} » ne peut pas être écrite ({why(error)})."
        raise file_refused(text, path) from error
    try:
        made = Store.create(base, keys)
    except BaseException:
        path.unlink()  # it opens nothing
        raise
    said = Text(f"Base créée : {base}\nSa clé : {path}  (en garder une copie, ailleurs)")
    console(stderr=True).print(said, style="dim")
    with made:
        yield made


def subject(text: str) -> str:
    """A dossier as it is typed: personne: goes without saying."""
    return text if ":" in text else f"personne:{text}"


def known(text: str | None, option: str = "--connu-le") -> Connu:
    """A date, or an instant with its zone: a number of the journal would count what is masked."""
    if text is None:
        return None
    if "T" in text:
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            raise misused(
                f"{option} : « {text} » n'est pas un instant ; l'écrire 2022-03-05T08:00:00Z."
            )
        return instant
    return day(text, option)


def day_or_today(text: str | None, option: str) -> date:
    return date.today() if text is None else day(text, option)


def assigned(given: list[str], option: str) -> dict[str, str]:
    """NOM=VALEUR, as many times as wanted."""
    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise misused(f"{option} : « {one} » ne s'écrit pas NOM=VALEUR.")
        found[name] = value
    return found
