"""What every table and text of the terminal is made of: none cuts a word, whatever the width."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from spie import formatting
from spie.words import codes
from spie.words.codes import Said


class Prose:
    """Text wrapped as French is: never inside an amount nor before a « : »; lists hang."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in formatting.typo(self.text).splitlines():
            body = line.lstrip(" ")
            mark = re.match(r"(- |\d+\. )?", body)
            indent = " " * (len(line) - len(body) + len(mark.group() if mark else ""))
            wrapped = textwrap.wrap(
                line,
                options.max_width,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for one in wrapped or [""]:
                # A word wider than the page goes on on the next line: none of it is lost.
                fits = cell_len(one) <= options.max_width
                yield Text(one, style=self.style, no_wrap=fits, overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        words = self.text.replace("\n", " ").split(" ")
        lines = self.text.splitlines()
        widest = max(map(len, words), default=0)
        return Measurement(widest, max((*map(len, lines), widest)))


class Tableau(Table):
    """A table no word of which is cut: where its columns do not fit, it is turned, one line a cell,
    or what it names is shown instead."""

    narrow: RenderableType | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        least, most = [], []
        for column in self.columns:
            cells = [column.header, *column.cells] if self.show_header else list(column.cells)
            sizes = [Measurement.get(console, options, cell) for cell in cells if cell != ""]
            most.append(max((one.maximum for one in sizes), default=0))
            least.append(
                most[-1] if column.no_wrap else max((one.minimum for one in sizes), default=0)
            )
            least[-1] = max(least[-1], min(column.min_width or 0, most[-1]))
        room = options.max_width - 3 * len(self.columns) - 1
        if sum(least) > room:
            yield from self.turned() if self.narrow is None else (self.narrow,)
            return
        if sum(most) > room:  # what is left goes to those that need most
            spare, wanted = room - sum(least), [b - a for a, b in zip(least, most, strict=True)]
            for column, width, more in zip(self.columns, least, wanted, strict=True):
                column.width = width + spare * more // max(sum(wanted), 1)
        yield from super().__rich_console__(console, options)
        for column in self.columns:
            column.width = None

    def turned(self) -> RenderResult:
        rows = zip(*(column.cells for column in self.columns), strict=True)
        for row in rows:
            first, *others = (one for one in zip(self.columns, row, strict=True) if one[1] != "")
            yield from _turned(*first, "", self.show_header)
            for column, cell in others:
                yield from _turned(column, cell, "  ", self.show_header)
        yield Text()


def _turned(column: Column, cell: RenderableType, indent: str, titled: bool) -> RenderResult:
    title = str(column.header)
    if isinstance(cell, str | Text):
        style = str(cell.style) if isinstance(cell, Text) else ""
        named = f"{title}{formatting.FIXED}: " if titled and indent and title else ""
        yield Prose(
            "\n".join(
                f"{indent}{named if rank == 0 else ''}{line}"
                for rank, line in enumerate(str(cell).splitlines() or [""])
            ),
            style,
        )
    else:
        yield Padding(cell, (0, 0, 0, len(indent)))


def sentence(text: str) -> str:
    """With a capital; what follows keeps its own."""
    return text[:1].upper() + text[1:]


def coloured(code: str, said: Said | None = None) -> Text:
    """A code of the engine, or one of a pack as `said` says it."""
    if said is None:
        return Text(formatting.label(code), style=codes.tone(code))
    return Text(said.libelle(code), style=said.ton(code))


def table(*columns: str | tuple[str, str], title: str | None = None) -> Tableau:
    """Columns by title; ("Euros", "right") aligns to the right."""
    made = Tableau(
        box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold",
        pad_edge=False, header_style="bold", expand=False,
    )  # fmt: skip
    for column in columns:
        if isinstance(column, tuple):
            made.add_column(column[0], justify="right", no_wrap=True)
        else:
            made.add_column(column, overflow="fold")
    return made


def heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold blue")


def pairs(items: Iterable[tuple[str, RenderableType]]) -> Tableau:
    made = Tableau(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column(style="dim", no_wrap=True)
    made.add_column()
    for name, content in items:
        made.add_row(name, content)
    return made
