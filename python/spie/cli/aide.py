"""Help and misuse in French: what typer says to programmers, said to officers.

typer writes its help and its refusals in English. The classes below are its own, which write ours
instead: `Groupe` for what has commands, `Commande` for one. Nothing else of typer is replaced.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.completion import completion_init  # type: ignore[attr-defined]
from typer.core import TyperCommand, TyperGroup

from spie import _core, formatting
from spie.formatting import FIXED
from spie.terminal.console import write_text

MISUSED = 2
# As a shell says of what a closed pipe ended: no verdict of ours.
PIPE_CLOSED = 141
# typer has its own copy of click since 0.26: its classes are found through what it exports.
CLICK_ERROR: type[Exception] = next(
    one
    for one in typer.BadParameter.__mro__
    if issubclass(one, Exception) and one.__name__ == "ClickException"
)

WIDEST = 100
NAMES = 26  # beyond, the explanation of an option goes on the next line


# --- Help


def width() -> int:
    return max(40, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def wrapped(text: str, indent: int) -> list[str]:
    """Paragraphs, no word of which is cut."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        lines += textwrap.wrap(
            formatting.typo(" ".join(paragraph.split())), width() - indent,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
    return [" " * indent + line for line in lines]


def metavar(one: Any) -> str:
    if one.metavar:
        return str(one.metavar).strip("[]")
    return "N" if "int" in str(getattr(one, "type", "")) else str(one.name).upper()


def takes_value(one: Any) -> bool:
    return one.param_type_name == "option" and not (one.is_flag or getattr(one, "count", False))


def shown_name(one: Any) -> str:
    if one.param_type_name == "argument":
        return metavar(one) if one.required else f"[{metavar(one)}]"
    names = ", ".join([*one.opts, *one.secondary_opts])
    return f"{names} {metavar(one)}" if takes_value(one) else names


def explained(one: Any) -> str:
    if one.name == "help":
        return "Montrer cette aide."
    text = (one.help or "").strip()
    default = one.default
    if one.required and one.param_type_name == "option":
        text += " [à donner]"
    elif takes_value(one) and one.show_default and isinstance(default, str | int) and default != "":
        text += f" [sans{FIXED}elle{FIXED}:{FIXED}{default}]"
    return text.strip()


def table(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    left = min(max((len(name) for name, _ in rows), default=0) + 2, NAMES)
    for name, text in rows:
        lines = wrapped(text, left + 2)
        if len(name) + 2 <= left and lines:
            yield f"  {name:{left}}{lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"  {name}"
            yield from lines


def usage(command: Any, ctx: Any) -> str:
    """How a command is written: what it needs in full, the rest by a word."""
    pieces = []
    if hasattr(command, "commands"):
        pieces.append("COMMANDE")
    else:
        for one in command.get_params(ctx):
            if one.param_type_name == "argument":
                pieces.append(shown_name(one))
        for one in command.get_params(ctx):
            if one.param_type_name == "option" and one.required:
                pieces.append(shown_name(one))
        pieces.append("[OPTIONS]")
    text = f"Emploi : {ctx.command_path} "
    return "\n".join(
        textwrap.wrap(
            text + " ".join(piece.replace(" ", "\0") for piece in pieces), width(),
            subsequent_indent=" " * 9, break_long_words=False, break_on_hyphens=False,
        )
    ).replace("\0", " ")  # fmt: skip


def help_page(command: Any, ctx: Any) -> str:
    parts = [usage(command, ctx), "", *wrapped(command.help or "", 2)]
    params = command.get_params(ctx)
    arguments = [one for one in params if one.param_type_name == "argument"]
    options = [one for one in params if one.param_type_name == "option"]
    sections = [
        ("Arguments", [(shown_name(one), explained(one)) for one in arguments]),
        ("Options", [(shown_name(one), explained(one)) for one in options]),
        (
            "Commandes",
            [
                (name, (child.help or "").split("\n\n")[0])
                for name, child in getattr(command, "commands", {}).items()
            ],
        ),
    ]
    for title, rows in sections:
        if rows:
            parts += ["", f"{title} :", *table(rows)]
    if command.epilog:
        parts += ["", *wrapped(command.epilog, 2)]
    return "\n".join(parts)


# --- Misuse


def quoted(names: Sequence[str]) -> str:
    return ", ".join(f"«{FIXED}{one}{FIXED}»" for one in names)


def near(name: str, known: Sequence[str]) -> str:
    found = _core.nearest(name, known)
    return f" Peut-être «{FIXED}{found}{FIXED}»{FIXED}?" if found else ""


def named(one: Any) -> str:
    return metavar(one) if one.param_type_name == "argument" else max(one.opts, key=len)


# What typer says of a value, and what that means.
VALUES = (
    (r"valid integer|unable to parse string as an integer", "un nombre entier est attendu"),
    (r"valid number|valid float", "un nombre est attendu"),
    (r"greater than or equal to (\S+)", "un nombre d'au moins {0} est attendu"),
    (r"less than or equal to (\S+)", "un nombre d'au plus {0} est attendu"),
    (r"range x>=(\S+?)\.?$", "un nombre d'au moins {0} est attendu"),
    (r"range (\S+)<=x<=(\S+?)\.?$", "un nombre de {0} à {1} est attendu"),
    (r"is not one of (.*)\.$", "attendu : {0}"),
    (r"should be ('.*')$", "attendu : {0}"),
)


def misuse(error: Any) -> str:
    """What is wrong, from the kind of the error and the words in it."""
    kind, ctx = type(error).__name__, error.ctx if hasattr(error, "ctx") else None
    message = str(error.message)
    if kind == "MissingParameter" and error.param is not None:
        one = error.param
        what = "l'argument" if one.param_type_name == "argument" else "l'option"
        said = explained(one).removesuffix(" [à donner]")
        return f"Il manque {what} {named(one)}{f' : {said}' if said else '.'}"
    if kind == "NoSuchOption":
        known = [name for one in ctx.command.get_params(ctx) for name in one.opts] if ctx else []
        return f"« {error.option_name} » n'est pas une option.{near(error.option_name, known)}"
    if kind == "BadOptionUsage":
        if "not take" in message:
            return f"L'option {error.option_name} ne prend pas de valeur."
        return f"L'option {error.option_name} demande une valeur."
    if kind == "BadParameter" and getattr(error, "param", None) is not None:
        for pattern, words in VALUES:
            if found := re.search(pattern, message):
                given = [one.replace("'", "").replace(" or ", " ou ") for one in found.groups()]
                return f"{named(error.param)} : {words.format(*given)}."
        return f"{named(error.param)} : la valeur donnée ne convient pas."
    if found := re.search(r"No such command '(.*?)'", message):
        known = list(getattr(ctx.command, "commands", {})) if ctx else []
        return f"« {found[1]} » n'est pas une commande.{near(found[1], known)}"
    if found := re.search(r"unexpected extra arguments? ?(?:\(s\) )?\((.*)\)", message):
        return f"C'est trop d'arguments : « {found[1]} »."
    if "Missing command" in message:
        return "Il manque une commande."
    return "La commande est mal employée."


def tell_misuse(error: Any) -> None:
    ctx = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and ctx is not None:
        say(help_page(ctx.command, ctx))
        return
    if ctx is not None:
        say(f"{usage(ctx.command, ctx)}\n« {ctx.command_path} --help » dit le reste.\n")
    say(_core.without_nir(misuse(error)))  # it repeats what was typed


def say(text: str) -> None:
    write_text(formatting.typo(text) + "\n", stderr=True)


def abandon() -> typer.Exit:
    say("Abandonné.")
    return typer.Exit(1)


def confirm(question: str) -> None:
    """Goes on for a oui, and for nothing else."""
    write_text(formatting.typo(f"{question} [o/N] "), stderr=True)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        say("")
    if answer.strip().casefold() not in ("o", "oui"):
        raise abandon()


# --- The classes of typer, in French


class Francais:
    def get_usage(self, ctx: Any) -> str:
        return usage(self, ctx)

    def get_help(self, ctx: Any) -> str:
        return formatting.safe(formatting.typo(help_page(self, ctx)))


class Commande(Francais, TyperCommand):
    pass


class Groupe(Francais, TyperGroup):
    def invoke(self, ctx: Any) -> Any:
        """A reader that has closed its end of a pipe has read enough: it is no failure."""
        try:
            done = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            # What is left in the buffer has nowhere to go, and must not be told at the end.
            with open(os.devnull, "wb") as nowhere:
                os.dup2(nowhere.fileno(), sys.stdout.fileno())
            raise typer.Exit(PIPE_CLOSED) from error
        return done

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        def run() -> Any:
            whole = (args, prog_name, complete_var, False, windows_expand_args)
            return super(Groupe, self).main(*whole, **extra)

        if not standalone_mode:
            return run()
        if any(one.startswith("_SPIE_") for one in os.environ):  # a shell asks what may come next
            completion_init()
        try:
            code = run()
        except CLICK_ERROR as error:
            tell_misuse(error)
            sys.exit(MISUSED)
        except typer.Abort:
            say("Abandonné.")
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)
