"""Where the command line writes: a console that shows what a terminal would obey, and plain text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text
from rich.theme import Theme

from spie import formatting

# The tones of codes are the styles of the terminal; spie.pages has them in its style sheet.
TONES = Theme({"favorable": "green", "defavorable": "red", "attention": "yellow"})


# Of a narrow no-break space rich would break the line: this stands for it until the lines are made.
UNBROKEN = "\ue000"


def typeset(text: str) -> str:
    return formatting.typo(text).replace(formatting.THIN, UNBROKEN)


class SafeConsole(Console):
    """Sets its texts as French is, and shows in its stead a character that a terminal would obey."""

    def on_broken_pipe(self) -> None:
        """Nobody reads any more: the command ends, and says nothing of it (spie.cli_aide)."""
        self.quiet = True
        raise BrokenPipeError

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        if isinstance(renderable, str):
            renderable = self.render_str(renderable)
        if isinstance(renderable, Text):
            renderable = renderable.copy()
            renderable.plain = typeset(renderable.plain)  # as long: its spans hold
        for one in super().render(renderable, options):
            text = formatting.safe(one.text).replace(UNBROKEN, formatting.THIN)
            yield one if one.control else Segment(text, one.style)


def console(*, stderr: bool = False) -> Console:
    """Wide enough for the tables where nobody says how wide the page is."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 110
    return SafeConsole(stderr=stderr, highlight=False, width=width, theme=TONES)


def write_text(text: str, *, stderr: bool = False) -> None:
    """Plain text, as it stands."""
    stream = sys.stderr if stderr else sys.stdout
    stream.write(formatting.safe(text))
    stream.flush()


def write_json(text: str) -> None:
    sys.stdout.write(formatting.safe_json(text) + "\n")


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Says on a terminal, and nowhere else, that something is going on."""
    out = console(stderr=True)
    with out.status(f"{what}…") if out.is_terminal else nullcontext():
        yield
