"""What every command does: how it answers, refuses, reads and writes. `spie.cli` says the codes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import RenderableType
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

import spie
from spie import _core, packs, private
from spie.cli.aide import Commande, Groupe
from spie.errors import Diagnostic, SpieError, why
from spie.terminal.console import console, write_json
from spie.terminal.findings import failure

NO = 1
MISUSED = 2
REFUSED = 3
LEFT_OUT = 4

Panels = dict[str, Any]
Command = TypeVar("Command", bound=Callable[..., Any])
SETTINGS: Panels = {
    "cls": Groupe, "no_args_is_help": True, "rich_markup_mode": None, "add_completion": False,
}  # fmt: skip


class App(typer.Typer):
    """Commands whose help and refusals are in French."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**SETTINGS, **given)

    def command(self, name: str | None = None, **given: Any) -> Callable[[Command], Command]:
        return super().command(name, cls=Commande, **given)


# Whether the command answers in JSON, for what goes wrong before it answers.
in_json: ContextVar[bool] = ContextVar("in_json", default=False)


def answer_in_json(asked: bool) -> bool:
    in_json.set(asked)
    return asked


PackArgument = Annotated[
    str,
    typer.Argument(
        metavar="PACK",
        help="Dossier du pack, ou nom d'un pack fourni.",
        show_default=False,
        autocompletion=packs.names,
    ),
]
Json = Annotated[
    bool,
    typer.Option("--json", callback=answer_in_json, is_eager=True, help="Répondre en JSON."),
]


# --- What every command does


@contextmanager
def counting(what: str = "enregistrements") -> Iterator[Callable[[int], object] | None]:
    """How many there are so far, on a terminal and nowhere else."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield None
        return
    columns = (SpinnerColumn(), TextColumn(f"{{task.completed:.0f}} {what}"))
    with Progress(*columns, TimeElapsedColumn(), console=out, transient=True) as shown:
        task = shown.add_task("lecture", total=None)
        yield lambda done: shown.update(task, completed=done)


@contextmanager
def speaking() -> Iterator[None]:
    """A refusal goes to stderr, and to stdout under --json, with exit code 3."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:  # of a folder that another program takes away meanwhile
        name = str(error.filename or "fichier")
        raise file_refused(f"« {name} » : {why(error)}.", name) from error
    except SpieError as error:
        console(stderr=True).print(failure(error))
        tell_json(error.diagnostics)
        raise typer.Exit(REFUSED) from error


def tell_json(found: Sequence[Diagnostic]) -> None:
    if in_json.get():
        refused = {"erreurs": [one.to_dict() for one in found]}
        write_json(_core.write_json(refused, 2))


def file_refused(text: str, path: Path | str, code: str = "A001") -> typer.Exit:
    """A file that the command itself can neither read nor write."""
    text, path = _core.without_nir(text), _core.without_nir(str(path))
    console(stderr=True).print(Text(text, style="defavorable"))
    tell_json([Diagnostic(code, "error", text, path, "Vérifier le chemin.")])
    return typer.Exit(REFUSED)


def misused(message: str) -> typer.Exit:
    console(stderr=True).print(Text(_core.without_nir(message), style="defavorable"))
    return typer.Exit(MISUSED)


def one_of(text: str | None, option: str, values: Sequence[str]) -> str | None:
    """A word of a closed list, which no pack changes."""
    if text is not None and text not in values:
        raise misused(f"{option} : « {text} » n'en est pas ; écrire {', '.join(values)}.")
    return text


def show(as_json: bool, data: Callable[[], Any], rendered: Callable[[], RenderableType]) -> None:
    if as_json:
        write_json(_core.write_json(data(), 2))
    else:
        console().print(rendered())


def day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise misused(f"{option} : « {text} » n'est pas une date ; l'écrire 2022-06-01.") from None


def read(path: Path | str, what: str) -> bytes:
    """A file, or the standard input for -."""
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        text = f"{what} : « {path} » ne peut pas être lu ({why(error)})."
        raise file_refused(text, path) from error


def read_object(path: Path | str | None, what: str) -> dict[str, Any]:
    """A JSON object from a file; nothing given, nothing in it."""
    if path is None:
        return {}
    content = read(path, what)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise spie.ValueConversionError(
            Diagnostic(
                "J001",
                "error",
                "Le texte n'est pas en UTF-8.",
                f"{path}, octet {error.start}",
                "Enregistrer le fichier en UTF-8.",
            )
        ) from error
    value = _core.read_json(text, Path(path).name)
    if not isinstance(value, dict):
        raise spie.ValueConversionError(
            Diagnostic(
                "J002",
                "error",
                "Un objet JSON est attendu.",
                str(path),
                "Écrire {…}."
                if value != []
                else "Écrire {} : [] est ce que json_encode([]) de PHP écrit (new stdClass donne {}).",
            )
        )
    return value


def write(path: Path, content: str, what: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        private.write(path, content.encode())
    except OSError as error:
        text = f"{what} : « {path} » ne peut pas être écrit ({why(error)})."
        raise file_refused(text, path) from error
    console(stderr=True).print(f"{what} : {path}", style="dim")
