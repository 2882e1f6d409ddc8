"""Tables in files, read and written batch by batch by pyarrow (the extra `tables`): Parquet, CSV, Arrow IPC."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spie.errors import Diagnostic, TableError
from spie.records.dmn import Fact
from spie.tables import Answer, Rows
from spie.tables.columns import library
from spie.tables.csv_numbers import as_numbers, doubtful
from spie.tables.csv_texts import refuse_texts

LOG = logging.getLogger(__name__)

FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".arrows": "stream",
}


def _refused(message: str, where: str, french: str, remedy: str, remede: str) -> TableError:
    return TableError(Diagnostic("T007", "error", message, where, remedy, french, remede))


def format_of(path: Path) -> str:
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        known = ", ".join(FORMATS)
        raise _refused(
            f"the name of a table ends with one of {known}.",
            str(path),
            f"le nom d'une table finit par l'un de ceux-ci : {known}",
            "Rename the file, or convert it.",
            "Renommer le fichier, ou le convertir.",
        )
    return found


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    """What pyarrow refuses a file for, as this library says it."""
    arrow = library("pyarrow")
    try:
        yield
    except (arrow.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            error.filename = str(path)  # pyarrow tells it in its message alone
            raise
        raise _refused(
            f"the table cannot be read: {error}",
            str(path),
            f"la table ne peut pas être lue : {error}",
            "Check the file.",
            "Vérifier le fichier.",
        ) from error


def _sent(
    path: Path, batches: Iterator[Any], checked: bool, faults: list[TableError]
) -> Iterator[Any]:
    """The batches. What is wrong with one crosses an Arrow stream as an English text alone: `faults`
    keeps it."""
    try:
        with _said_of(path):
            for batch in batches:
                if checked:  # its buffers come as they stand in the file
                    batch.validate(full=True)
                yield batch
    except TableError as fault:
        faults.append(fault)
        raise


def texts_of(facts: Sequence[Fact]) -> list[str]:
    """The columns that hold texts, whatever they look like: "77000" is no number."""
    return [
        one.path
        for one in facts
        if one.type == "string" or all(isinstance(each, str) for each in one.allowed or (0,))
    ]


def typed_of(facts: Sequence[Fact]) -> dict[str, str]:
    """The columns that hold numbers ("007" is one), true and false, or days."""
    return {one.path: one.type for one in facts if one.type in ("number", "boolean", "date")}


def _csv(
    path: Path, separator: str, texts: Sequence[str], typed: Mapping[str, str]
) -> tuple[Any, Iterator[Any]]:
    numbers = [name for name, kind in typed.items() if kind == "number"]
    arrow, csv = library("pyarrow"), library("pyarrow.csv")

    def reader(text_columns: Sequence[str]) -> Any:
        return csv.open_csv(
            path,
            parse_options=csv.ParseOptions(delimiter=separator),
            convert_options=csv.ConvertOptions(
                column_types={name: arrow.string() for name in text_columns},
                strings_can_be_null=True,
            ),
        )

    found = reader(texts)
    refuse_texts(path, separator, found.schema, typed, reader)
    doubted = doubtful(found.schema, numbers)
    if not doubted:
        return found.schema, iter(found)
    again = reader([*texts, *(found.schema.names[at] for at in doubted)])
    return as_numbers(again.schema, iter(again), doubted)


def _separator(path: Path) -> str:
    with path.open("rb") as file:
        head = file.readline(1 << 16)
    found = ";" if head.count(b";") > head.count(b",") else ","
    LOG.debug("The separator of a CSV is taken to be %r", found)
    return found


@contextmanager
def opened(
    path: Path,
    texts: Sequence[str] = (),
    typed: Mapping[str, str] | None = None,
    separator: str | None = None,
) -> Iterator[Any]:
    """The table of a file, a batch at a time. Of a CSV, `texts` are columns of text and `typed` those of
    numbers and booleans; its separator is that of its first line, where it is left out."""
    kind = format_of(path)
    arrow = library("pyarrow")
    with _said_of(path):
        if kind == "parquet":
            parquet = library("pyarrow.parquet").ParquetFile(path)
            schema, batches = parquet.schema_arrow, parquet.iter_batches()
        elif kind == "csv":
            schema, batches = _csv(path, separator or _separator(path), texts, typed or {})
        else:
            ipc = library("pyarrow.ipc")
            source = arrow.OSFile(str(path))
            if kind == "arrow":
                file = ipc.open_file(source)
                schema = file.schema
                batches = (file.get_batch(i) for i in range(file.num_record_batches))
            else:
                stream = ipc.open_stream(source)
                schema, batches = stream.schema, iter(stream)
    checked = kind in ("arrow", "stream")
    faults: list[TableError] = []
    try:
        yield arrow.RecordBatchReader.from_batches(schema, _sent(path, batches, checked, faults))
    except TableError as error:
        raise (faults or [error])[0] from None


def _plain(column: Any, arrow: Any) -> Any:
    """A dictionary as the texts it stands for."""
    return column.cast(column.type.value_type) if arrow.types.is_dictionary(column.type) else column


def _written(column: Any, arrow: Any) -> Any:
    """A column as CSV can hold it: what is nested, or a length of time, is JSON text."""
    column = _plain(column, arrow)
    kinds = arrow.types
    if kinds.is_nested(column.type) or kinds.is_duration(column.type):
        lines = [
            None if one is None else json.dumps(one, ensure_ascii=False, default=str)
            for one in column.to_pylist()
        ]
        return arrow.array(lines, arrow.string())
    return column


def write(answer: Answer, path: Path, prefix: str = "", separator: str = ",") -> Counter[str]:
    """Writes an answer to a file, batch by batch, and counts its rows by `statut`. The file is
    there once it is whole."""
    arrow = library("pyarrow")
    counted: Counter[str] = Counter()

    def batches() -> Iterator[Any]:
        for batch in answer.batches():
            counted.update(_plain(batch.column(f"{prefix}statut"), arrow).to_pylist())
            yield batch

    _save(arrow.schema(answer), batches(), path, separator)
    return counted


def write_rows(rows: Rows, path: Path, separator: str = ",") -> int:
    """Writes rows to a file, batch by batch, and counts them. The file is there once it is whole."""
    written = 0

    def batches() -> Iterator[Any]:
        nonlocal written
        for batch in rows.batches():
            written += batch.num_rows
            yield batch

    format_of(path)  # before the first row is made
    _save(rows.schema, batches(), path, separator)
    return written


def _save(schema: Any, batches: Iterator[Any], path: Path, separator: str) -> None:
    kind = format_of(path)
    arrow = library("pyarrow")
    partial = path.with_name(f".{path.name}.en-cours")
    shown = {"csv": _written, "arrow": _plain}.get(kind)  # whose dictionaries may not change

    def shaped(batch: Any) -> Any:
        if shown is None:
            return batch
        columns = [shown(column, arrow) for column in batch.columns]
        return arrow.record_batch(columns, names=batch.schema.names)

    first = shaped(arrow.RecordBatch.from_pylist([], schema=schema))
    try:
        with _said_of(path):
            if kind == "parquet":
                writer = library("pyarrow.parquet").ParquetWriter(partial, first.schema)
            elif kind == "csv":
                csv = library("pyarrow.csv")
                options = csv.WriteOptions(delimiter=separator)
                writer = csv.CSVWriter(str(partial), first.schema, write_options=options)
            else:
                ipc = library("pyarrow.ipc")
                make = ipc.new_file if kind == "arrow" else ipc.new_stream
                writer = make(str(partial), first.schema)
            with writer:
                for batch in batches:
                    writer.write_batch(shaped(batch))
            partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
