"""The demonstration of the dossier, computed: files of people who do not exist, one dossier at two dates, by two roles."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from spie import dossier, synthetic
from spie.droits import Acces, Demande, Guichet, VueSituation
from spie.imports import Rapport
from spie.pack import Pack
from spie.store import Store, draw_keys

PEOPLE, SEED = 400, 2022
MONTHS = (date(2022, 1, 1), date(2022, 6, 1))
REFERENT = "professionnel:referente-inventee"
BEFORE, AFTER = date(2022, 2, 15), date(2022, 7, 15)


@dataclass(frozen=True)
class Dossiers:
    rapports: list[Rapport]
    dossiers: int
    foyers: int
    vue_avant: VueSituation
    vue_apres: VueSituation
    vue_pilote: VueSituation
    intact: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "rapports": [one.to_dict() for one in self.rapports],
            "dossiers": self.dossiers,
            "foyers": self.foyers,
            "vues": [one.to_dict() for one in (self.vue_avant, self.vue_apres, self.vue_pilote)],
            "intact": self.intact,
        }


def files(folder: Path, month: date) -> Iterator[tuple[str, Path, date | None]]:
    """What arrives for a month: the format, the file, and the date of its facts when it has none."""
    name = f"{month:%Y-%m}"
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    yield "vrsb", folder / "caf" / f"vrsb-{name}.xml", None
    yield "vrsb", folder / "msa" / f"vrsb-{name}.xml", None
    yield "france_travail_extrait", folder / "france-travail" / f"extrait-{name}.csv", last
    yield "france_travail_actions", folder / "france-travail" / f"actions-{name}.csv", last
    yield "carnet_beneficiaires", folder / "carnet" / f"beneficiaires-{name}.csv", last


def read_months(store: Store, folder: Path) -> list[Rapport]:
    """The files of each month, read on the fifth of the next one."""
    reports = []
    for month in MONTHS:
        read_on = datetime(month.year, month.month + 1, 5, 8, tzinfo=UTC)
        for form, path, day in files(folder, month):
            reports.append(
                store.importer(form, path, auteur="import de nuit", at=read_on, date_fichier=day)
            )
    return reports


def moved(store: Store, pack: Pack) -> str:
    """A person of whom several sources speak, and of whom something changed between the two dates."""

    def worth(person: str) -> tuple[bool, int, int, str]:
        before = {
            one.source for one in store.situation(person, au=BEFORE, connu=BEFORE, pack=pack).faits
        }
        after = {one.source for one in store.situation(person, au=AFTER, pack=pack).faits}
        changed = store.comparer(person, BEFORE, AFTER, pack=pack)
        return "caf.vrsb" in before, len(after), len(changed), person

    return max(map(worth, store.sujets("personne")))[3]


def run(pack: Pack) -> Dossiers:
    """Draws the files, reads them into a store that goes with the demonstration, and asks."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        synthetic.generate(PEOPLE, SEED).write(folder / "fichiers", mois=list(MONTHS))
        with (
            Store.create(folder / "dossiers.db", draw_keys()) as store,
            Acces.memory() as acces,
        ):
            reports = read_months(store, folder / "fichiers")
            person = moved(store, pack)
            named = datetime(2022, 7, 10, 8, tzinfo=UTC)
            store.append(
                [
                    dossier.evenement(
                        person,
                        "referent",
                        {
                            "role": "referent_unique",
                            "etape": "nomme",
                            "professionnel": REFERENT,
                            "structure": "structure:mds-inventee",
                        },
                        debut=date(2022, 7, 1),
                        auteur="cheffe de service",
                    )
                ],
                at=named,
            )
            asked = datetime(2022, 7, 16, 9, tzinfo=UTC)
            referent = Demande(
                REFERENT, "accompagnement", ["referent"], "structure:mds-inventee", instant=asked
            )
            pilot = Demande("professionnel:pilote-inventee", "pilotage", ["pilote"], instant=asked)
            desk = Guichet(store, acces, pack)
            return Dossiers(
                reports,
                len(store.sujets("personne", limite=100_000)),
                len(store.sujets("foyer", limite=100_000)),
                desk.voir(referent, person, au=BEFORE, connu=BEFORE),
                desk.voir(referent, person, au=AFTER),
                desk.voir(pilot, person, au=AFTER),
                store.verify().intact,
            )
