"""How many dossiers a second say what is known of them, from Python, and what that costs by what is asked of each?

    situation.py [adults]

The dossiers are those of a département invented by spie.synthetic, a month of its files imported. Each measure opens the
store anew and reads its events from the file; the best of three. The baseline is Python's sqlite3, which fetches the same
events and throws them away, in the same run.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import spie
from spie import Situation, synthetic

AU = date(2022, 2, 10)
READ_ON = datetime(2022, 2, 5, 8, tzinfo=UTC)
FILES = (
    ("vrsb", "caf/vrsb-2022-01.xml"),
    ("dsp", "dsp/vird-2022-01.xml"),
    ("france_travail_extrait", "france-travail/extrait-2022-01.csv"),
    ("france_travail_actions", "france-travail/actions-2022-01.csv"),
    ("carnet_beneficiaires", "carnet/beneficiaires-2022-01.csv"),
)
EVENTS = (
    "SELECT c.octets FROM sujets s JOIN liens l ON l.sujet = s.n JOIN contenus c ON c.seq = l.seq"
    " WHERE s.genre = 'personne' AND s.id = ?"
)


def best(call: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)


def fetched(path: Path, people: list[str]) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        for one in people:
            for _ in database.execute(EVENTS, (one.removeprefix("personne:"),)):
                pass


def main() -> None:
    adults = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as name:
        folder, keys = Path(name), spie.store.draw_keys()
        path = folder / "dossiers.db"
        synthetic.generate(adults, 7).write(folder, [date(2022, 1, 1)])
        with spie.Store.create(path, keys) as store:
            for form, file in FILES:
                store.importer(
                    form,
                    folder / file,
                    auteur="mesure",
                    at=READ_ON,
                    date_fichier=date(2022, 1, 31),
                )
            people = store.sujets("personne", limite=1_000_000)
            facts = sum(map(len, store.situations(people, au=AU)))
        print(f"{len(people)} dossiers of {facts / len(people):.0f} facts")

        def one_by_one(ask: Callable[[Situation], object]) -> None:
            with spie.Store.open(path, keys) as opened:
                for who in people:
                    ask(opened.situation(who, au=AU))

        def many(ask: Callable[[Situation], object]) -> None:
            with spie.Store.open(path, keys) as opened:
                for found in opened.situations(people, au=AU):
                    ask(found)

        def whole(found: Situation) -> object:
            return found.to_dict(), found.valeurs(), found.faits

        for what, call in (
            ("baseline: their events, fetched by sqlite3", lambda: fetched(path, people)),
            ("situation(), one value", lambda: one_by_one(lambda s: s.valeur("identite.nom"))),
            ("situations(), one value", lambda: many(lambda s: s.valeur("identite.nom"))),
            ("situations(), all values", lambda: many(Situation.valeurs)),
            ("situations(), all facts", lambda: many(lambda s: s.faits)),
            ("situation(), its record, values and facts", lambda: one_by_one(whole)),
        ):
            print(f"{what:44} {len(people) / best(call):9.0f} a second")


if __name__ == "__main__":
    main()
