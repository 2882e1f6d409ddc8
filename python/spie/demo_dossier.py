"""The demonstration of the dossier: files of people who do not exist, one dossier at two dates, by two roles."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import dossier, formatting, synthetic, terminal, terminal_dossier
from spie.droits import Acces, Demande, Guichet, VueSituation
from spie.imports import Rapport
from spie.pack import Pack
from spie.store import Store, draw_keys

PEOPLE, SEED = 400, 2022
MONTHS = (date(2022, 1, 1), date(2022, 6, 1))
REFERENT = "professionnel:referente-inventee"
BEFORE, AFTER = date(2022, 2, 15), date(2022, 7, 15)
SHOWN = (
    "identite.nom", "identite.prenom", "identite.date_naissance", "adresse.commune",
    "droits_devoirs.", "foyer.droit_rsa.etat", "foyer.situation_familiale.", "inscription.categorie",
    "situation_professionnelle.", "niveau_formation.", "referent.referent_unique.professionnel",
)  # fmt: skip
"""The facts of a view that the terminal shows, by the beginning of their paths."""


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


def account(reports: list[Rapport]) -> RenderableType:
    made = terminal.table(
        "Fichier", ("Reçus", "right"), ("Refusés", "right"), ("Dossiers nouveaux", "right"),
        ("rattachés", "right"), ("doublons proposés", "right"), ("Événements", "right"),
    )  # fmt: skip
    for one in reports:
        raw = one.to_dict()
        keys = ("dossiers_nouveaux", "dossiers_rattaches", "doublons_proposes", "evenements")
        made.add_row(
            one.fichier, str(one.recus), str(one.refuses_total), *(str(raw[key]) for key in keys)
        )
    return made


def short(view: VueSituation) -> RenderableType:
    """Some facts of a view, and how many others it has."""
    found = [one for one in view.situation.faits if one.chemin.startswith(SHOWN)]
    made = terminal.table("Fait", "Valeur", "Source", "Depuis")
    for one in found:
        source = "montré par grandes classes" if one.grossi else one.source
        day = formatting.short_date(one.debut)
        made.add_row(one.chemin, formatting.value(one.valeur), source, day)
    return Group(made, Text(f"… et {len(view.situation.faits) - len(found)} autres faits", "dim"))


def rendered(shown: Dossiers) -> list[RenderableType]:
    return [
        Text(
            f"{PEOPLE} adultes inventés, en {MONTHS[0]:%m/%Y} et {MONTHS[1]:%m/%Y}, dans les formats "
            "de la CAF, de la MSA, de France Travail et du carnet de bord."
        ),
        account(shown.rapports),
        Text(
            f"{shown.dossiers} dossiers, {shown.foyers} foyers. Le journal est "
            + ("intact." if shown.intact else "altéré.")
        ),
        Text(f"Un dossier au {BEFORE:%d/%m/%Y}, tel qu'on le connaissait ce jour-là", "bold"),
        short(shown.vue_avant),
        Text(f"Le même au {AFTER:%d/%m/%Y}, pour sa référente", "bold"),
        short(shown.vue_apres),
        Text("Le même, pour qui pilote la convention", "bold"),
        short(shown.vue_pilote),
        terminal_dossier.held_back(shown.vue_pilote.retenues),
    ]
