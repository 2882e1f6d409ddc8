"""Decision tables as people write them: CSV, Excel and LibreOffice sheets, Markdown (docs/feuilles.md).

A sheet has the name and the hit policy of the table on top, then what each column is, then a rule a line.
Cells hold FEEL, as in the model; what a sheet typed is converted, and told."""

from __future__ import annotations

import csv
import io
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from time import monotonic
from typing import Any

from spie.cellules import MOST, Block, Faute, Fusionnee, fautes, fusions, hidden, textes
from spie.dmn import Model
from spie.errors import Diagnostic, DmnError, UsageError
from spie.limits import Limits, numbers
from spie.pack import Pack

LOG = logging.getLogger(__name__)

EXTRA = "spie-insertion[feuilles]"
POLITIQUES = (
    "UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT", "COLLECT SUM",
    "COLLECT MIN", "COLLECT MAX", "COLLECT COUNT",
)  # fmt: skip
USUAL = Limits(steps=10_000_000, list_size=100_000, memory=64 << 20)
"""Of the reading of a sheet: cells, lines, bytes of the file."""
LONGEST_PATH = 50
"""Names of an input, "a.b.c"."""


@dataclass(frozen=True)
class Entree:
    """A column that is tested."""

    expression: str
    libelle: str = ""
    type: str = ""
    valeurs: str = ""


@dataclass(frozen=True)
class Sortie:
    """A column that is given; without a name when it is the only one."""

    nom: str = ""
    libelle: str = ""
    type: str = ""
    valeurs: str = ""
    defaut: str = ""


@dataclass(frozen=True)
class Regle:
    """A line: FEEL in each cell, "-" where an input does not matter."""

    entrees: tuple[str, ...]
    sorties: tuple[str, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conversion:
    """A cell that the sheet had typed, and the FEEL that stands for it."""

    place: str
    """As a sheet names it: B7."""
    trouve: str
    feel: str


@dataclass(frozen=True)
class TableDecision:
    """A decision table, apart from any model."""

    nom: str
    politique: str
    entrees: tuple[Entree, ...]
    sorties: tuple[Sortie, ...]
    annotations: tuple[str, ...]
    regles: tuple[Regle, ...]
    conversions: tuple[Conversion, ...] = field(default=(), compare=False)

    @classmethod
    def of(cls, source: Model | Pack, decision: str) -> TableDecision:
        """That of a decision. DmnError or PackError when there is no such decision, UsageError when its
        logic is no table."""
        told = source.describe(decision)
        if told.get("kind") != "decision_table":
            raise _no_table(decision)
        return cls.of_description(decision, told)

    @classmethod
    def of_description(cls, nom: str, told: Mapping[str, Any]) -> TableDecision:
        """From what `describe` says."""

        def texts(one: Mapping[str, Any], *names: str) -> list[str]:
            return [str(one.get(name) or "").strip() for name in names]

        named = [str(one).strip() for one in told.get("annotations") or ()]
        # A rule may say more than the table names.
        width = max([len(named), *(len(one.get("annotations") or ()) for one in told["rules"])])
        notes = (*named, *[""] * (width - len(named)))

        def padded(cells: Sequence[str]) -> tuple[str, ...]:
            return (*(cell.strip() for cell in cells), *[""] * (width - len(cells)))

        policy = " ".join(
            part for part in (str(told["hit_policy"]), str(told.get("aggregation") or "")) if part
        )
        return cls(
            nom,
            policy,
            tuple(Entree(*texts(one, "expression", "label", "type", "values")) for one in told["inputs"]),
            tuple(
                Sortie(*texts(one, "name", "label", "type", "values", "default"))
                for one in told["outputs"]
            ),
            notes,
            tuple(
                Regle(
                    tuple(cell.strip() or "-" for cell in one["inputs"]),
                    tuple(cell.strip() or "null" for cell in one["outputs"]),
                    padded(one.get("annotations") or ()),
                )
                for one in told["rules"]
            ),
        )  # fmt: skip

    # --- out ---

    def lignes(self) -> list[list[str]]:
        """The sheet, line by line (docs/feuilles.md)."""
        width = 1 + len(self.entrees) + len(self.sorties) + len(self.annotations)
        notes = [""] * len(self.annotations)

        def line(word: str, cells: Iterable[str]) -> list[str]:
            whole = [word, *cells]
            return whole + [""] * (width - len(whole))

        made = [
            line("décision", [self.nom]),
            line("politique", [self.politique]),
            line(
                "colonne",
                ["entrée"] * len(self.entrees)
                + ["sortie"] * len(self.sorties)
                + ["note"] * len(self.annotations),
            ),
            line(
                "nom",
                [
                    *(one.expression for one in self.entrees),
                    *(one.nom for one in self.sorties),
                    *self.annotations,
                ],
            ),
        ]
        columns: tuple[Entree | Sortie, ...] = (*self.entrees, *self.sorties)
        for word, member in (("libellé", "libelle"), ("type", "type"), ("valeurs", "valeurs")):
            made.append(line(word, [*(getattr(one, member) for one in columns), *notes]))
        if any(one.defaut for one in self.sorties):
            cells = [""] * len(self.entrees) + [one.defaut for one in self.sorties]
            made.append(line("défaut", cells))
        for number, rule in enumerate(self.regles, 1):
            made.append(line(str(number), [*rule.entrees, *rule.sorties, *rule.annotations]))
        return made

    def vers_csv(self) -> bytes:
        """UTF-8 with its mark, semicolons: what a French spreadsheet opens as it is."""
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(self.lignes())
        return text.getvalue().encode("utf-8-sig")

    def vers_xlsx(self) -> bytes:
        """An Excel workbook, which LibreOffice reads too; its cells are texts, so that nothing that is
        typed in them becomes a date or a number. UsageError without the extra `feuilles`."""
        writer = _needed("xlsxwriter")
        into = io.BytesIO()
        book = writer.Workbook(into, {"in_memory": True, "strings_to_formulas": False})
        sheet = book.add_worksheet(_sheet_name(self.nom))
        plain = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": "@", "bold": True, "bg_color": "#E8E8F4"})
        lines = self.lignes()
        top = len(lines) - len(self.regles)
        sheet.set_column(0, 0, 12, bold)
        sheet.set_column(1, len(lines[0]) - 1, 28, plain)
        for row, cells in enumerate(lines):
            for column, text in enumerate(cells):
                if text:
                    sheet.write_string(
                        row, column, text, bold if row < top or column == 0 else plain
                    )
        sheet.freeze_panes(top, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, top - 1)
        book.close()
        return into.getvalue()

    def vers_markdown(self) -> str:
        """A table for a page or a discussion."""

        def cells(texts: Iterable[str]) -> str:
            escaped = (one.replace("|", "\\|").replace("\n", "<br>") for one in texts)
            return "| " + " | ".join(escaped) + " |"

        columns = [one.libelle or one.expression for one in self.entrees]
        columns += [f"**{one.libelle or one.nom or self.nom}**" for one in self.sorties]
        columns += [f"*{one}*" for one in self.annotations]
        made = [cells([self.politique, *columns]), cells(["---"] * (1 + len(columns)))]
        for number, rule in enumerate(self.regles, 1):
            said = [*rule.entrees, *rule.sorties, *rule.annotations]
            said += [""] * (len(columns) - len(said))
            made.append(cells([str(number), *(_code(one) for one in said)]))
        if any(one.defaut for one in self.sorties):
            rest = [""] * len(self.entrees) + [_code(one.defaut) for one in self.sorties]
            made.append(cells(["défaut", *rest, *[""] * len(self.annotations)]))
        return "\n".join(made) + "\n"

    def vers_xml(self, prefixe: str = "") -> str:
        """The element `decisionTable` of DMN, to be put in a model. `prefixe`: of its namespace."""
        return _xml(self, f"{prefixe}:" if prefixe else "")

    def vers_dmn(self) -> bytes:
        """A DMN 1.3 model of its own. An input that is a name, or a path of names, is declared with the
        type of its column; UsageError for another expression, which asks for a model that declares
        what it reads (`remplacer`)."""
        return _model(self)

    def remplacer(self, modele: bytes) -> bytes:
        """The model with this table in the place of that of its decision: every other byte is kept.
        DmnError (D011) for a model without such a decision, UsageError for one whose logic is no table."""
        return _spliced(self, modele)


# --- in ---


class _Bounds:
    """How far the reading of a sheet has come within its limits."""

    def __init__(self, limits: Limits | None) -> None:
        numbers(limits)  # refuses those that are none
        given = {name: one for name, one in asdict(limits or USUAL).items() if one is not None}
        self.limits = replace(USUAL, **given)
        ms = self.limits.milliseconds
        self.deadline = None if ms is None else monotonic() + ms / 1000
        self.cells = 0

    def check(self, passed: bool, limit: str, said: str, where: str, french: str) -> None:
        if passed:
            most = getattr(self.limits, limit)
            message = f"a sheet has {most} {said} at most; split it, or raise the limit {limit}"
            raise _misused(
                message, where, f"une feuille a {most} {french} au plus : la couper en deux"
            )

    def size(self, count: int) -> None:
        self.check(count > (self.limits.memory or 0), "memory", "bytes", "fichier", "octets")

    def lines(self, count: int) -> None:
        self.check(
            count > (self.limits.list_size or 0),
            "list_size",
            "lines",
            place(count - 1, 0),
            "lignes",
        )

    def cell(self, row: int, column: int) -> None:
        self.cells += 1
        where = place(row, column)
        self.check(
            self.cells > (self.limits.steps or 0), "steps", "cells to read", where, "cases à lire"
        )
        late = self.deadline is not None and monotonic() > self.deadline
        self.check(
            late, "milliseconds", "milliseconds to be read in", where, "millisecondes pour être lue"
        )


def lire(
    fichier: str | Path, feuille: str | None = None, *, limits: Limits | None = None
) -> TableDecision:
    """The table of a file: .csv, or a sheet of Excel or LibreOffice (.xlsx, .xlsm, .xls, .ods), the first
    one unless it is named. UsageError for what has not the layout of docs/feuilles.md, or is beyond one of
    the `limits` of its reading (usually USUAL), with its place."""
    path = Path(fichier)
    bounds = _Bounds(limits)
    if path.is_file():
        bounds.size(path.stat().st_size)
    if path.suffix.lower() in (".csv", ".txt"):
        return _of_csv(path.read_bytes(), bounds)
    calamine = _needed("python_calamine")
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        name = book.sheet_names[0] if feuille is None else feuille
        sheet = book.get_sheet_by_name(name)
        rows: list[list[object]] = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or fusions(path, name)
    except (calamine.CalamineError, IndexError) as error:
        raise _misused(
            f"{path.name} is no sheet that can be read: {error}",
            "fichier",
            f"« {path.name} » n'est pas une feuille qui se lise : {error}",
        ) from None
    wrong = fautes(path, name)
    if len(wrong) == MOST:
        french = (
            f"{MOST} cases et plus tiennent une erreur, ou une formule qui n'a jamais été calculée"
        )
        raise _misused(f"{MOST} cells and more hold an error", "fichier", french)
    bounds.lines(max([len(rows), *(row + 1 for row, _ in wrong)]))
    _put_back(rows, {**textes(path, name), **wrong}, merged)
    return _Lecture(rows, bounds).table()


def _put_back(
    rows: list[list[object]], wrong: Mapping[tuple[int, int], object], merged: list[Block]
) -> None:
    """What the reader gave as empty cells and is none, a fault or a cell that is merged with another; and
    the texts that it cut."""
    rows.extend([] for _ in range(max((row + 1 for row, _ in wrong), default=0) - len(rows)))
    width = max((len(line) for line in rows), default=0)
    held: dict[tuple[int, int], object] = {}
    for at, one in hidden(merged, len(rows), width):
        if at in held:
            french = "des cases sont fusionnées l'une par-dessus l'autre"
            raise _misused("cells are merged over one another", place(*at), french)
        held[at] = one
    for (row, column), put in {**held, **wrong}.items():
        line = rows[row]
        line.extend([""] * (column + 1 - len(line)))
        line[column] = put


def lire_csv(octets: bytes, *, limits: Limits | None = None) -> TableDecision:
    """UTF-8 or, failing that, windows-1252; semicolons, commas or tabs, as its first line has them."""
    bounds = _Bounds(limits)
    bounds.size(len(octets))
    return _of_csv(octets, bounds)


def _of_csv(octets: bytes, bounds: _Bounds) -> TableDecision:
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = octets.decode("cp1252", errors="replace")
        LOG.info("A sheet in CSV is no UTF-8: it is read as windows-1252")
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text)):
            lines.append(line)
            bounds.lines(len(lines))
    except csv.Error as error:
        french = f"cette ligne n'est pas du CSV : {error}"
        raise _misused(f"this line is no CSV: {error}", place(len(lines), 0), french) from None
    return _Lecture(lines, bounds).table()


def _mark(text: str) -> str:
    """What parts the cells: a name may hold more commas than its line has cells."""
    first = text.split("\n", 1)[0].lstrip(' "')
    word = re.match(r"\w+", first)
    after = first[word.end() :].lstrip(' "') if word else ""
    return after[0] if after and after[0] in ";,\t" else max(";,\t", key=first.count)


def lire_lignes(
    lignes: Sequence[Sequence[object]], *, limits: Limits | None = None
) -> TableDecision:
    """The lines of a sheet, whose cells are texts, numbers, booleans, dates, times, durations, or nothing."""
    return _Lecture(lignes, _Bounds(limits)).table()


_WORDS = {
    "decision": "decision", "politique": "politique", "hit policy": "politique", "colonne": "colonne",
    "nom": "nom", "expression": "nom", "libelle": "libelle", "label": "libelle", "type": "type",
    "valeurs": "valeurs", "values": "valeurs", "defaut": "defaut", "default": "defaut",
}  # fmt: skip
_KINDS = {"entree": "entree", "input": "entree", "sortie": "sortie", "output": "sortie", "note": "note",
          "annotation": "note"}  # fmt: skip


class _Lecture:
    def __init__(self, lines: Sequence[Sequence[object]], bounds: _Bounds) -> None:
        bounds.lines(len(lines))
        self.lines, self.bounds = lines, bounds
        self.conversions: list[Conversion] = []
        self.heads: dict[str, int] = {}

    def own(self, row: int, column: int) -> object:
        line = self.lines[row]
        return line[column] if column < len(line) else ""

    def held(self, row: int, column: int) -> object:
        """What a cell holds: below another one that is merged over it, what that one holds."""
        value = self.own(row, column)
        if not isinstance(value, Fusionnee):
            return value
        if not value.dessous:
            other = place(*value.avec)
            raise _misused(
                f"this cell is merged with {other}: part them, and fill both",
                place(row, column),
                f"cette case est fusionnée avec {other} : les séparer, et remplir les deux",
            )
        return self.held(*value.avec)

    def cell(self, row: int, column: int) -> str:
        self.bounds.cell(row, column)
        where, own, value = place(row, column), self.own(row, column), self.held(row, column)
        instant = _INSTANT.fullmatch(self.head("type", column)) is not None
        text, typed = _feel(value, where, instant)
        if isinstance(own, Fusionnee):
            self.conversions.append(Conversion(where, f"fusionnée avec {place(*own.avec)}", text))
        elif typed:
            self.conversions.append(Conversion(where, _found(value), text))
        return text

    def plain(self, row: int, column: int) -> str:
        """What names something is no FEEL: 12 is "12"."""
        value = self.held(row, column)
        text, _ = _feel(value, place(row, column))
        return text if isinstance(value, str) or value is None else _found(value)

    def head(self, word: str, column: int) -> str:
        return self.plain(self.heads[word], column) if word in self.heads else ""

    def needed(self, word: str) -> int:
        if word not in self.heads:
            said = {"decision": "décision"}.get(word, word)
            french = f"aucune ligne ne commence par « {said} »"
            raise _misused(f"no line begins with {said!r}", "A1", french)
        return self.heads[word]

    def table(self) -> TableDecision:
        rows: list[int] = []
        for at, line in enumerate(self.lines):
            if all(one is None or one == "" or isinstance(one, Fusionnee) for one in line):
                continue
            word = _WORDS.get(_plain(line[0]))
            if word is not None and not rows:
                if word in self.heads:
                    twice = self.plain(at, 0)
                    french = f"deux lignes commencent par « {twice} »"
                    raise _misused(f"{twice!r} begins two lines", place(at, 0), french)
                self.heads[word] = at
            else:
                rows.append(at)
        name = self.plain(self.needed("decision"), 1)
        if not name:
            where = place(self.heads["decision"], 1)
            raise _misused("the decision has no name", where, "la décision n'a pas de nom")
        at = self.needed("politique")
        policy = " ".join(self.plain(at, 1).upper().split()) or "UNIQUE"
        if policy not in POLITIQUES:
            known = ", ".join(POLITIQUES)
            french = f"la politique « {policy} » n'est aucune de celles-ci : {known}"
            raise _misused(f"{policy!r} is none of {known}", place(at, 1), french)
        kinds = self.kinds(self.needed("colonne"))
        self.needed("nom")
        by = {
            kind: [at for at, one in kinds if one == kind] for kind in ("entree", "sortie", "note")
        }
        if not by["sortie"]:
            where = place(self.heads["colonne"], 0)
            raise _misused("a table has an output", where, "une table a une colonne « sortie »")
        for at in by["entree"]:
            if not self.head("nom", at):
                where = place(self.heads["nom"], at)
                raise _misused("this input has no expression", where, "cette entrée n'a pas de nom")
        for at in by["sortie"]:
            if len(by["sortie"]) > 1 and not self.head("nom", at):
                where = place(self.heads["nom"], at)
                raise _misused("this output has no name", where, "cette sortie n'a pas de nom")
        return TableDecision(
            name,
            policy,
            tuple(
                Entree(self.head("nom", at), self.head("libelle", at), self.head("type", at), self.feel("valeurs", at))
                for at in by["entree"]
            ),
            tuple(
                Sortie(
                    self.head("nom", at), self.head("libelle", at), self.head("type", at),
                    self.feel("valeurs", at), self.feel("defaut", at),
                )
                for at in by["sortie"]
            ),
            tuple(self.head("nom", at) for at in by["note"]),
            tuple(self.rule(row, kinds, by) for row in rows),
            tuple(self.conversions),
        )  # fmt: skip

    def feel(self, word: str, column: int) -> str:
        return self.cell(self.heads[word], column) if word in self.heads else ""

    def kinds(self, row: int) -> list[tuple[int, str]]:
        made = []
        for at in range(1, len(self.lines[row])):
            said = self.plain(row, at)
            if not said:
                continue
            kind = _KINDS.get(_plain(said))
            if kind is None:
                french = f"« {said} » n'est ni entrée, ni sortie, ni note"
                raise _misused(f"{said!r} is none of entrée, sortie, note", place(row, at), french)
            made.append((at, kind))
        return made

    def rule(
        self, row: int, kinds: list[tuple[int, str]], by: Mapping[str, Sequence[int]]
    ) -> Regle:
        known = {0, *(at for at, _ in kinds)}
        for at in range(len(self.lines[row])):
            if at in known or isinstance(self.own(row, at), Fusionnee):
                continue
            if self.plain(row, at):
                french = "cette case n'est sous aucune colonne"
                raise _misused("this cell stands under no column", place(row, at), french)
        inputs = tuple(self.cell(row, at) or "-" for at in by["entree"])
        outputs = []
        for at in by["sortie"]:
            text = self.cell(row, at)
            if not text:
                message = "an output has a value: null when there is none"
                french = "une sortie n'est jamais vide : null quand il n'y a rien"
                raise _misused(message, place(row, at), french)
            outputs.append(text)
        return Regle(inputs, tuple(outputs), tuple(self.plain(row, at) for at in by["note"]))


def place(row: int, column: int) -> str:
    """ "B7", as a sheet names a cell."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def _plain(word: object) -> str:
    text = unicodedata.normalize("NFKD", word if isinstance(word, str) else "").casefold()
    return " ".join("".join(one for one in text if not unicodedata.combining(one)).split()).rstrip(
        " :"
    )


def _number(value: float | int | Decimal) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    text = format(exact.normalize(), "f")
    return "0" if text == "-0" else text


def _found(value: object) -> str:
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float | int | Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


_HALF = re.compile("[\ud800-\udfff]")
_INSTANT = re.compile(r"(?:\w+[:.])?(?:date and time|dateTime|datetime)")


def _feel(value: object, where: str, instant: bool = False) -> tuple[str, bool]:
    """The FEEL that stands for a cell, and whether the sheet had typed it. `instant`: the column holds
    dates and times, where a midnight is no date."""
    if isinstance(value, Faute):
        if value.dite:
            french = f"cette case tient l'erreur {value.dite}"
            raise _misused(f"this cell holds the error {value.dite}", where, french)
        french = "cette case tient une formule qui n'a jamais été calculée : l'ouvrir dans un tableur, et l'enregistrer"
        raise _misused("this cell holds a formula that was never computed", where, french)
    if value is None:
        return "", False
    if isinstance(value, str):
        if _HALF.search(value):
            french = "cette case tient la moitié d'un caractère"
            raise _misused("a cell holds half of a character (a surrogate)", where, french)
        return value.strip(), False
    if isinstance(value, bool):
        return ("true" if value else "false"), True
    if isinstance(value, float | int | Decimal):
        finite = (
            value.is_finite()
            if isinstance(value, Decimal)
            else isinstance(value, int) or isfinite(value)
        )
        if not finite:
            raise _misused(f"{value} is no number", where, f"{value} n'est pas un nombre")
        return _number(value), True
    if instant and type(value) is date:
        value = datetime.combine(value, time())
    if isinstance(value, datetime):
        if value.time() == time() and not instant:
            return f'date("{value.date().isoformat()}")', True
        return f'date and time("{value.isoformat()}")', True
    if isinstance(value, date):
        return f'date("{value.isoformat()}")', True
    if isinstance(value, time):
        return f'time("{value.isoformat()}")', True
    if isinstance(value, timedelta):
        seconds = (
            Decimal(value.days * 86400 + value.seconds) + Decimal(value.microseconds) / 1000000
        )
        sign = "-" if seconds < 0 else ""
        return f'duration("{sign}PT{_number(abs(seconds))}S")', True
    kind = type(value).__name__
    french = f"une case de la sorte {kind} ne s'écrit pas en FEEL"
    raise _misused(f"a cell of kind {kind} has no FEEL", where, french)


def _code(text: str) -> str:
    return text if text in ("", "-") else f"`{text}`" if "`" not in text else f"`` {text} ``"


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "_", name)[:31] or "table"


def _misused(message: str, where: str, french: str) -> UsageError:
    return UsageError(Diagnostic("A001", "error", message, where, "", french))


def _no_table(decision: str) -> UsageError:
    return _misused(
        f"the decision {decision!r} is no table",
        "decision",
        f"la décision « {decision} » n'est pas une table",
    )


def _needed(module: str) -> Any:
    try:
        return __import__(module)
    except ImportError:
        french = f"lire et écrire des feuilles demande l'extra {EXTRA}"
        raise _misused(f"sheets need {EXTRA}", module, french) from None


# --- XML ---

_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_KEYWORDS = frozenset(
    [
        "and",
        "between",
        "else",
        "every",
        "false",
        "for",
        "function",
        "if",
        "in",
        "null",
        "or",
        "return",
        "satisfies",
        "some",
        "then",
        "true",
    ]
)


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _escaped(text: str) -> str:
    """As an attribute or a text, whose blanks come back as they are."""
    if found_at := _NOT_XML.search(text):
        code = f"U+{ord(found_at[0]):04X}"
        french = f"un modèle ne peut pas tenir le caractère {code}"
        raise _misused(f"a model cannot hold the character {code}", "", french)
    for found, said in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ('"', "&quot;"),
        ("\n", "&#10;"),
        ("\r", "&#13;"),
        ("\t", "&#9;"),
    ):
        text = text.replace(found, said)
    return text


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_escaped(value)}"' if value else ""


def _xml(table: TableDecision, p: str) -> str:
    policy, _, aggregation = table.politique.partition(" ")
    if policy in ("RULE", "OUTPUT"):
        policy, aggregation = table.politique, ""
    made = [
        f"<{p}decisionTable{_attribute('hitPolicy', policy)}{_attribute('aggregation', aggregation)}>"
    ]

    def text(tag: str, content: str) -> str:
        return f"<{p}{tag}><{p}text>{_escaped(content)}</{p}text></{p}{tag}>"

    for one in table.entrees:
        typed = _attribute("typeRef", one.type)
        made.append(
            f"  <{p}input{_attribute('label', one.libelle)}>"
            f"<{p}inputExpression{typed}><{p}text>{_escaped(one.expression)}</{p}text></{p}inputExpression>"
            + (text("inputValues", one.valeurs) if one.valeurs else "")
            + f"</{p}input>"
        )
    for out in table.sorties:
        made.append(
            f"  <{p}output{_attribute('label', out.libelle)}{_attribute('name', out.nom)}"
            f"{_attribute('typeRef', out.type)}>"
            + (text("outputValues", out.valeurs) if out.valeurs else "")
            + (text("defaultOutputEntry", out.defaut) if out.defaut else "")
            + f"</{p}output>"
        )
    made += [f"  <{p}annotation{_attribute('name', one)} />" for one in table.annotations]
    for rule in table.regles:
        made.append(
            f"  <{p}rule>"
            + "".join(text("inputEntry", cell) for cell in rule.entrees)
            + "".join(text("outputEntry", cell) for cell in rule.sorties)
            + "".join(text("annotationEntry", cell) for cell in rule.annotations)
            + f"</{p}rule>"
        )
    made.append(f"</{p}decisionTable>")
    return "\n".join(made)


def _model(table: TableDecision) -> bytes:
    roots: dict[str, dict[str, Any]] = {}
    for one in table.entrees:
        steps = one.expression.split(".")
        if len(steps) > LONGEST_PATH:
            raise _misused(
                f"a path of {len(steps)} names: {LONGEST_PATH} at most",
                "entree",
                f"un chemin de {len(steps)} noms : {LONGEST_PATH} au plus",
            )
        if _NAME.fullmatch(one.expression) is None or _KEYWORDS & set(steps):
            raise _misused(
                f"{one.expression!r} is no name: put the table in a model that declares what it reads",
                "entree",
                f"« {one.expression} » n'est pas un nom : mettre la table dans un modèle qui déclare ce qu'elle lit",
            )
        held: dict[str, Any] = roots
        for step in steps[:-1]:
            held = held.setdefault(step, {})
            if not isinstance(held, dict):
                french = f"« {one.expression} » est une partie d'une autre entrée"
                raise _misused(f"{one.expression!r} is a part of another input", "entree", french)
        if isinstance(held.setdefault(steps[-1], one.type or "Any"), dict):
            french = f"une autre entrée est une partie de « {one.expression} »"
            raise _misused(f"another input is a part of {one.expression!r}", "entree", french)
    types: list[str] = []
    taken: set[str] = set()

    def typed(name: str, what: dict[str, Any] | str) -> str:
        if isinstance(what, str):
            return what
        parts = "".join(
            f"<itemComponent{_attribute('name', key)}><typeRef>{_escaped(typed(f'{name}_{key}', of))}"
            "</typeRef></itemComponent>"
            for key, of in what.items()
        )
        while name in taken:  # t_a_b is that of a.b and of a_b
            name += "_"
        taken.add(name)
        types.append(f"  <itemDefinition{_attribute('name', name)}>{parts}</itemDefinition>")
        return name

    inputs, needs = [], []
    for at, (name, what) in enumerate(roots.items(), 1):
        kind = typed(f"t_{name}", what)
        inputs.append(
            f'  <inputData id="entree_{at}"{_attribute("name", name)}>'
            f"<variable{_attribute('name', name)}{_attribute('typeRef', kind)} /></inputData>"
        )
        needs.append(
            f'    <informationRequirement><requiredInput href="#entree_{at}" /></informationRequirement>'
        )
    name = _attribute("name", table.nom)
    body = "\n".join("    " + line for line in _xml(table, "").split("\n"))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"' + name,
        '             namespace="urn:spie:feuille">',
        *types,
        *inputs,
        f'  <decision id="decision"{name}>',
        f"    <variable{name} />",
        *needs,
        body,
        "  </decision>",
        "</definitions>",
        "",
    ]
    return "\n".join(lines).encode()


def _spliced(table: TableDecision, model: bytes) -> bytes:
    from xml.parsers import expat

    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    open_: list[str] = []
    decision: list[bool] = []
    found: list[tuple[int, int, str, int]] = []
    state = {"seen": False, "start": -1, "column": 0}

    def declared(_version: str, encoding: str | None, _alone: int) -> None:
        if encoding is not None and encoding.upper() not in ("UTF-8", "US-ASCII"):
            french = f"un modèle en {encoding} n'est pas réécrit : l'enregistrer en UTF-8"
            raise _misused(f"a model in {encoding} is not written in", "modele", french)

    def doctype(*_: object) -> None:
        french = "un modèle qui a un type de document n'est pas lu"
        raise _misused("a model with a document type is not read", "modele", french)

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "decision":
            decision.append(attributes.get("name") == table.nom)
            state["seen"] = state["seen"] or decision[-1]
        if local == "decisionTable" and open_ and open_[-1] == "decision" and decision[-1]:
            state["start"], state["column"] = parser.CurrentByteIndex, parser.CurrentColumnNumber
        open_.append(local)

    def end(tag: str) -> None:
        local = open_.pop()
        if local == "decisionTable" and open_ and open_[-1] == "decision" and decision[-1]:
            close = model.index(b">", parser.CurrentByteIndex) + 1
            found.append((state["start"], close, tag.rpartition(":")[0], state["column"]))
        if local == "decision":
            decision.pop()

    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = declared, doctype
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(model, True)
    except expat.ExpatError as error:
        raise DmnError(
            Diagnostic("D001", "error", f"the model is no XML: {error}", "", "")
        ) from None
    if not found:
        if state["seen"]:
            raise _no_table(table.nom)
        raise DmnError(
            Diagnostic(
                "D011",
                "error",
                f"the model has no decision {table.nom!r}",
                "",
                "",
                f"le modèle n'a pas de décision « {table.nom} »",
            )
        )
    start_at, end_at, prefix, column = found[0]
    text = table.vers_xml(prefix).replace("\n", "\n" + " " * column)
    return model[:start_at] + text.encode() + model[end_at:]
