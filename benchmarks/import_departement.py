"""How long does a département's month take to read, format by format, into a durable store?

    import_departement.py [adults]

The files are those of spie.synthetic. The baseline is what Python takes to read the same bytes with its own parsers and
to throw the records away, in the same run.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import spie
from spie import synthetic

MONTH, LAST_DAY = date(2022, 1, 1), date(2022, 1, 31)
READ_ON = datetime(2022, 2, 5, 8, tzinfo=UTC)


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def parsed_xml(path: Path) -> None:
    for _, element in ElementTree.iterparse(path):
        element.clear()


def parsed_csv(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for _ in csv.DictReader(file, delimiter=";"):
            pass


def main() -> None:
    adults = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = seconds(lambda: synthetic.generate(adults, 7).write(folder, [MONTH]))
        print(f"a département of {adults} adults, one month; its files drawn in {made:.1f} s")
        with spie.Store.create(folder / "dossiers.db", spie.store.draw_keys()) as store:
            for form, path, parse in (
                ("vrsb", "caf/vrsb-2022-01.xml", parsed_xml),
                ("dsp", "dsp/vird-2022-01.xml", parsed_xml),
                ("france_travail_extrait", "france-travail/extrait-2022-01.csv", parsed_csv),
                ("france_travail_actions", "france-travail/actions-2022-01.csv", parsed_csv),
                ("carnet_beneficiaires", "carnet/beneficiaires-2022-01.csv", parsed_csv),
            ):
                file = folder / path
                base = seconds(lambda parse=parse, file=file: parse(file))
                start = time.perf_counter()
                report = store.importer(
                    form, file, auteur="mesure", at=READ_ON, date_fichier=LAST_DAY
                )
                took = time.perf_counter() - start
                print(
                    f"{form:24} {report.recus:7} records {report.recus / took:9.0f} a second,"
                    f" {took:6.2f} s; parsed and thrown away by Python: {base:5.2f} s"
                )
            people = store.sujets("personne", limite=1_000_000)
            took = seconds(lambda: [store.situation(one, au=date(2022, 2, 10)) for one in people])
            print(f"situations, from Python    {len(people) / took:9.0f} a second")


if __name__ == "__main__":
    main()
