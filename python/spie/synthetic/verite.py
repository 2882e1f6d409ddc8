"""The truth kept beside the files: which records are one person, and who everyone is.

`verite.csv` has one line for each record of a person in a source: number of the person, key in the
source, departures of that record from the truth. Matching is measured against it. `personnes.csv`
has one line for each adult: publics, and true identity. Neither is a format that anyone receives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO, Final

from spie.synthetic.comptage import counted
from spie.synthetic.ecrivain import Fichier, Trace
from spie.synthetic.france_travail import line
from spie.synthetic.modele import Foyer

COLUMNS: Final = ("personne", "foyer", "source", "cle", "ecarts")
PERSONNES: Final = (
    "personne", "foyer", "role", "bassin", "present", "brsa", "categorie_a", "qpv", "infra_bac",
    "rqth", "deld", "entree", "depart", "nom_naissance", "nom", "prenom", "naissance", "nir",
)  # fmt: skip


class Verite:
    """Receives the traces of a household from all the files, and writes each once."""

    def __init__(self, records: BinaryIO, people: BinaryIO) -> None:
        self._records = Fichier(records, "utf-8")
        self._people = Fichier(people, "utf-8")
        self._records.write(line(list(COLUMNS)))
        self._people.write(line(list(PERSONNES)))
        self.counts: Counter[tuple[str, str]] = Counter()
        self.foyers = 0
        self.adultes = 0
        self.enfants = 0
        self.records: Counter[str] = Counter()
        self.ecarts: Counter[str] = Counter()

    def add(self, foyer: Foyer, traces: Iterable[Trace]) -> None:
        by_number = {one.numero: one for one in foyer.adultes}
        # The same record comes back each month: a dictionary keeps the first, in order.
        for trace in dict.fromkeys(traces):
            ecarts = by_number[trace.personne].ecarts.get(trace.source, ())
            self.records[trace.source] += 1
            self.ecarts.update(f"{trace.source}.{one}" for one in ecarts)
            self._records.write(
                line(
                    [
                        str(trace.personne), str(foyer.index), trace.source, trace.cle,
                        " ".join(ecarts),
                    ]
                )
            )  # fmt: skip
        self.foyers += 1
        self.enfants += len(foyer.enfants)
        for adulte in foyer.adultes:
            profil = adulte.profil
            self.adultes += 1
            self.counts.update(counted(profil))
            flags = (
                profil.present, profil.brsa, profil.categorie_a, profil.qpv, profil.infra_bac,
                profil.rqth, profil.deld,
            )  # fmt: skip
            self._people.write(
                line(
                    [
                        str(adulte.numero), str(foyer.index), adulte.role, profil.bassin,
                        *("1" if flag else "0" for flag in flags),
                        foyer.entree.isoformat(),
                        foyer.depart.isoformat() if foyer.depart else "",
                        adulte.nom_naissance, adulte.nom, adulte.prenom,
                        adulte.naissance.isoformat(), adulte.nir,
                    ]
                )
            )  # fmt: skip
