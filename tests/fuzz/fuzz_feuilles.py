"""Fuzzes the sheets and CSV files of decision tables: bytes and grids of cells, mutated from a corpus.

    tests/fuzz/fuzz_feuilles.py SECONDS [SEED]     runs that long, and says what breaks a promise

The promises: what has not the layout is refused with a place or a code, nothing else is raised; a table that is read
comes back from CSV as it was, and a model made of it loads with that table, or is refused with a code."""

from __future__ import annotations

import csv
import io
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from pathlib import Path

from spie import SpieError, UsageError, dmn, feuilles

CORPUS = Path(__file__).parent / "corpus/feuilles"
Line = list[object]
CELLS: list[object] = [
    None, "", "-", " ", "\t", "\r", "\n", "a\rb", "a\x00b", "\x0b", "\ufffe", "\ud800", ";", ",", '"', '""', "'", "<", "]]>", "&#0;",
    "décision", "politique", "colonne", "nom", "libellé", "type", "valeurs", "défaut", "entrée", "sortie", "note",
    "FIRST", "COLLECT SUM", "rule  order", "number", "string", "a.b", "a.b.c", "a_b.c", "and", "x" * 400, ".".join("a" * 1200),
    0, 1.5, -0.0, 1e300, 1e-7, float("nan"), float("inf"), 10**40, Decimal("NaN"), Decimal("Infinity"), Decimal("1E+5"),
    True, False, date(2024, 2, 29), datetime(2024, 2, 29, 10, 30), clock(10, 30), timedelta(days=-1, microseconds=1), b"octets", [1],
]  # fmt: skip


def labelled(table: feuilles.TableDecision) -> feuilles.TableDecision:
    """As a model says it: a column without a label has its expression, or its name."""
    return replace(
        table,
        entrees=tuple(replace(one, libelle=one.libelle or one.expression) for one in table.entrees),
        sorties=tuple(replace(one, libelle=one.libelle or one.nom) for one in table.sorties),
    )


def promise(table: feuilles.TableDecision) -> str:
    """What the table gives, that has been read."""
    again = feuilles.lire_csv(table.vers_csv())
    if again != table:
        raise AssertionError(f"CSV: {table!r} came back as {again!r}")
    table.vers_markdown()
    try:
        model = table.vers_dmn()
    except UsageError:
        return "read"
    try:
        loaded = dmn.loads(model)
    except SpieError:
        return "refused as a model"
    told = feuilles.TableDecision.of(loaded, loaded.decisions[0].name)
    if told != labelled(table):
        raise AssertionError(f"DMN: {table!r} came back as {told!r}")
    if table.remplacer(model) != model:
        raise AssertionError(f"a model with its own table is another one: {table!r}")
    return "a model"


def ask(given: bytes | list[Line]) -> str:
    try:
        table = (
            feuilles.lire_csv(given) if isinstance(given, bytes) else feuilles.lire_lignes(given)
        )
    except SpieError as error:
        for one in error.diagnostics:
            if not one.message or not one.code:
                raise AssertionError(f"a refusal says nothing: {one!r}") from None
        return "refused"
    return promise(table)


def ask_workbook(octets: bytes, folder: Path) -> str:
    """The same of a workbook, whatever its bytes."""
    path = folder / "table.xlsx"
    path.write_bytes(octets)
    try:
        table = feuilles.lire(path)
    except SpieError:
        return "no workbook"
    return promise(table)


def workbooks() -> list[bytes]:
    return [feuilles.lire_csv(one).vers_xlsx() for one in corpus()]


def corpus() -> list[bytes]:
    return [path.read_bytes() for path in sorted(CORPUS.iterdir())]


def mutated(chance: random.Random, all_of_them: list[bytes]) -> bytes | list[Line]:
    source = chance.choice(all_of_them)
    if chance.random() < 0.5:
        text = source.decode("utf-8-sig", "replace")
        mark = max(";,\t", key=text.split("\n", 1)[0].count)
        lines: list[Line] = [list(one) for one in csv.reader(io.StringIO(text), delimiter=mark)]
        for _ in range(chance.randint(1, 4)):
            if not lines:
                break
            line = chance.choice(lines)
            match chance.randrange(5):
                case 0 | 1 if line:
                    line[chance.randrange(len(line))] = chance.choice(CELLS)
                case 2:
                    line.insert(chance.randint(0, len(line)), chance.choice(CELLS))
                case 3 if line:
                    del line[chance.randrange(len(line))]
                case _:
                    lines.insert(chance.randint(0, len(lines)), list(chance.choice(lines)))
        return lines
    return shaken(chance, source, all_of_them)


def shaken(chance: random.Random, source: bytes, all_of_them: list[bytes]) -> bytes:
    octets = bytearray(source)
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(octets))
        match chance.randrange(5):
            case 0:
                octets[at : at + chance.randrange(20)] = b""
            case 1:
                octets[at:at] = bytes([chance.randrange(256)])
            case 2:
                octets[at : at + 1] = chance.choice([b";", b",", b"\t", b'"', b"\r", b"\n", b"\0"])
            case 3:
                other = chance.choice(all_of_them)
                start = chance.randint(0, len(other))
                octets[at:at] = other[start : start + chance.randrange(60)]
            case _:
                octets[at:at] = str(chance.choice(CELLS)).encode("utf-8", "replace")
    return bytes(octets)


def main() -> int:
    seconds, seed = float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    chance, all_of_them = random.Random(seed), corpus()
    until, done, broken = time.monotonic() + seconds, Counter[str](), set[str]()
    folder, books = Path(tempfile.mkdtemp()), workbooks()
    while time.monotonic() < until:
        book = chance.random() < 0.1
        given = (
            shaken(chance, chance.choice(books), books) if book else mutated(chance, all_of_them)
        )
        try:
            done[ask_workbook(bytes(given), folder) if book else ask(given)] += 1
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            where = traceback.extract_tb(error.__traceback__)[-1]
            name = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}"
            done["broken"] += 1
            if name not in broken:
                broken.add(name)
                print(f"BROKEN {name}: {str(error)[:300]}\n    {given!r:.600}", flush=True)
        if sum(done.values()) % 20_000 == 0:
            print(sum(done.values()), dict(done), flush=True)
    print("executions", sum(done.values()), dict(done), "kinds broken", len(broken), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
