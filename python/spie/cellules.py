"""What the reader of sheets does not say of their cells: those whose formula failed or was never computed, which it
gives as empty ones, those that are merged, and the tabs and line breaks that it leaves out of a text.

An empty cell of a decision table takes every value: none may become one unseen."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

LARGEST = 1 << 30
"""Bytes of one part of a sheet, once it is unpacked."""
WIDEST = 1 << 14
"""Columns of a sheet: those of Excel. What is beyond holds no table."""
MOST = 10_000
"""Of the cells without a value that are told."""


@dataclass(frozen=True)
class Faute:
    """A cell without a value, where there ought to be one."""

    dite: str
    """As the sheet shows it, #DIV/0!; empty when its formula was never computed."""


@dataclass(frozen=True)
class Fusionnee:
    """A cell that is hidden by a larger one, merged over it."""

    avec: tuple[int, int]
    """Where that one begins: line and column, from 0."""
    dessous: bool
    """Whether it stands in the same column."""


Place = tuple[int, int]
Block = tuple[Place, Place]
"""The first and the last cell of what is merged."""


def fautes(path: Path, feuille: str) -> dict[Place, Faute]:
    """The cells of a sheet of .xlsx, .xlsm or .ods that have no value to be read, MOST of them. Nothing
    of another file, nor of one that is not made as these are: their reader says what is wrong."""
    try:
        with zipfile.ZipFile(path) as packed:
            if path.suffix.lower() == ".ods":
                found = ((place, one) for place, one, _ in _of_ods(packed, feuille) if one)
                return dict(islice(found, MOST))
            return dict(islice(_of_xlsx(packed, feuille), MOST))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError):
        return {}


def fusions(path: Path, feuille: str) -> list[Block]:
    """What is merged in a sheet of .ods; that of the others is told by their reader."""
    if path.suffix.lower() != ".ods":
        return []
    try:
        with zipfile.ZipFile(path) as packed:
            return [
                (place, last)
                for place, _, last in _of_ods(packed, feuille)
                if last and last != place
            ]
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError):
        return []


def textes(path: Path, feuille: str) -> dict[Place, str]:
    """The texts of a sheet of .ods that hold a tab or a line break of their own, whole."""
    if path.suffix.lower() != ".ods":
        return {}
    try:
        with zipfile.ZipFile(path) as packed:
            return {
                (row, at): _text(cell)
                for row, columns, cell in _cells_of_ods(packed, feuille)
                if any(_local(one.tag) in ("tab", "line-break") for one in cell.iter())
                for at in columns
            }
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError):
        return {}


def hidden(blocks: list[Block], lines: int, columns: int) -> Iterator[tuple[Place, Fusionnee]]:
    """The cells that a merged one hides, within so many lines and columns."""
    for (top, left), (bottom, right) in blocks:
        for row in range(top, min(bottom + 1, lines)):
            for column in range(left, min(right + 1, columns)):
                if (row, column) != (top, left):
                    yield (row, column), Fusionnee((top, left), column == left)


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    if packed.getinfo(name).file_size > LARGEST:
        raise ValueError(name)
    read = packed.read(name)
    if b"<!DOCTYPE" in read:
        raise ValueError(name)
    return read


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    """By its local name: `formula` of whichever namespace."""
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


# --- .xlsx: [MS-OE376] and ECMA-376 part 1, 18.3.1.4: a cell `c` has a kind `t`, a formula `f`, a value `v` ---


def _sheet_of_xlsx(packed: zipfile.ZipFile, feuille: str) -> str:
    """Where the sheet of this name stands in the file."""
    book = ElementTree.fromstring(_part(packed, "xl/workbook.xml"))
    asked = next(
        _attribute(one, "id")
        for one in book.iter()
        if _local(one.tag) == "sheet" and one.get("name") == feuille
    )
    links = ElementTree.fromstring(_part(packed, "xl/_rels/workbook.xml.rels"))
    target = next(one.get("Target", "") for one in links if one.get("Id") == asked)
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]+)")


def _of_xlsx(packed: zipfile.ZipFile, feuille: str) -> Iterator[tuple[Place, Faute]]:
    try:
        read = _part(packed, _sheet_of_xlsx(packed, feuille))
    except StopIteration:
        return
    if not re.search(rb"""t=["']e["']|<(?:\w+:)?f[\s/>]""", read):
        return  # neither an error nor a formula: most sheets
    for _, cell in ElementTree.iterparse(io.BytesIO(read)):
        if _local(cell.tag) != "c":
            continue
        parts = {_local(one.tag): one.text or "" for one in cell}
        kind, value = cell.get("t", "n"), parts.get("v", "")
        never = "f" in parts and not value and kind != "str"  # a formula may well give ""
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        if place and (kind == "e" or never):
            column = 0
            for letter in place[1]:
                column = column * 26 + ord(letter) - ord("A") + 1
            yield (int(place[2]) - 1, column - 1), Faute(value)
        cell.clear()


# --- .ods: OpenDocument 1.3 part 3, 9.1.4 (cells, how often they are repeated, what they span) ---


def _cells_of_ods(
    packed: zipfile.ZipFile, feuille: str
) -> Iterator[tuple[int, range, ElementTree.Element]]:
    """Each cell that is written, with its line and the columns that it stands for."""
    within, row = False, 0
    read = io.BytesIO(_part(packed, "content.xml"))
    for event, one in ElementTree.iterparse(read, ("start", "end")):
        tag = _local(one.tag)
        if tag == "table" and event == "start":
            within, row = _attribute(one, "name") == feuille, 0
        elif within and tag == "table-row" and event == "end":
            column = 0
            for cell in one:
                times = int(_attribute(cell, "number-columns-repeated") or 1)
                yield row, range(column, min(column + times, WIDEST)), cell
                column += times
            row += int(_attribute(one, "number-rows-repeated") or 1)
            one.clear()


def _text(cell: ElementTree.Element) -> str:
    """Its paragraphs (6.1.4 to 6.1.6: blanks, tabs, line breaks), not those of a remark on it."""

    def inside(one: ElementTree.Element) -> str:
        kind = _local(one.tag)
        own = {"tab": "\t", "line-break": "\n"}.get(kind, one.text or "")
        if kind == "s":
            own = " " * int(_attribute(one, "c") or 1)
        return own + "".join(inside(child) + (child.tail or "") for child in one)

    return "\n".join(inside(one) for one in cell if _local(one.tag) == "p")


def _of_ods(
    packed: zipfile.ZipFile, feuille: str
) -> Iterator[tuple[Place, Faute | None, Place | None]]:
    """Each cell that is wrong, and each that spans others, with the last one of these."""
    for row, columns, cell in _cells_of_ods(packed, feuille):
        fault = _wrong(cell)
        wide = int(_attribute(cell, "number-columns-spanned") or 1)
        high = int(_attribute(cell, "number-rows-spanned") or 1)
        last = (row + high - 1, columns.start + wide - 1) if wide * high > 1 else None
        if fault or last:
            for at in columns:
                yield (row, at), fault, last


def _wrong(cell: ElementTree.Element) -> Faute | None:
    # LibreOffice writes an error as a text, and tells it by an attribute of its own, calcext:value-type.
    said = "".join(cell.itertext()).strip()
    kinds = [value for key, value in cell.attrib.items() if _local(key) == "value-type"]
    if "error" in kinds:
        return Faute(said)
    never = _attribute(cell, "formula") and not kinds and not said
    return Faute("") if never else None
