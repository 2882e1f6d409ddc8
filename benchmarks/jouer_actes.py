"""How many acts of invented lives are played in a second, at the desk, in a durable store?

    jouer_actes.py [adults]

Each act asks its right, reads the dossier, writes, and notes the access: two files, each durable before the next act. The
baseline records the events of the same acts one by one in another store, without a right nor a rule.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import spie
from spie import synthetic
from spie.droits import Acces, Guichet
from spie.synthetic import jeu

READ_ON = datetime(2024, 1, 5, 8, tzinfo=UTC)


def seconds(call: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - clock, time.process_time() - processor


def read(store: spie.Store, folder: Path) -> None:
    day = date(2022, 1, 31)
    for form, name, given in (
        ("carnet_structures", "carnet/structures.csv", day),
        ("vrsb", "caf/vrsb-2022-01.xml", None),
        ("france_travail_extrait", "france-travail/extrait-2022-01.csv", day),
        ("carnet_beneficiaires", "carnet/beneficiaires-2022-01.csv", day),
    ):
        store.importer(
            form, folder / name, auteur="mesure", at=READ_ON, date_fichier=given,
            sur_noms=form != "carnet_structures",
        )  # fmt: skip


def main() -> None:
    adults = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synthetic.generate(adults, 7).write(folder / "f")
        keys = spie.store.draw_keys()
        with (
            spie.Store.create(folder / "a.db", keys) as store,
            Acces.create(folder / "a.db-acces", keys) as acces,
            spie.Store.create(folder / "b.db", spie.store.draw_keys()) as bare,
        ):
            read(store, folder / "f")
            desk = Guichet(store, acces, pack)
            done = jeu.Jeu()

            def play() -> None:
                nonlocal done
                done = jeu.jouer(desk, store, folder / "f")

            clock, processor = seconds(play)
            print(
                f"a département of {adults} adults: {done.joues} acts played, {done.refuses} refused"
            )
            print(
                f"played: {done.joues / clock:.0f} a second by the clock, "
                f"{processor / done.joues * 1e6:.0f} us of the processor each"
            )
            events = [
                {**one.raw, "source": {"nom": "saisie"}}
                for person in store.sujets("personne", limite=1_000_000)
                for one in store.evenements(person)
                if one.raw.get("acte")
            ]
            for one in events:
                for key in ("id", "seq", "enregistre", "corrige"):
                    one.pop(key, None)
            clock, processor = seconds(lambda: [bare.append([one], at=READ_ON) for one in events])
            print(
                f"bare events: {len(events) / clock:.0f} a second by the clock, "
                f"{processor / len(events) * 1e6:.0f} us of the processor each"
            )
            clock, processor = seconds(lambda: jeu.jouer(desk, store, folder / "f"))
            print(f"played again: nothing added, {done.lus / clock:.0f} a second")


if __name__ == "__main__":
    main()
