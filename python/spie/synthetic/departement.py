"""The invented département: its households, its counts, its files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final

from spie.synthetic import calibrage, carnet, hypotheses, nir
from spie.synthetic.actes import EcrivainActes
from spie.synthetic.calendrier import Calendrier, first_day, last_day
from spie.synthetic.calibrage import LECTURE_RETENUE
from spie.synthetic.carnet import EcrivainCarnet
from spie.synthetic.comptage import counted
from spie.synthetic.contacts import EcrivainContacts
from spie.synthetic.diagnostics import diagnostic
from spie.synthetic.dsp import IDENTIFICATION, EcrivainDsp
from spie.synthetic.ecrivain import Ecrivain, Trace
from spie.synthetic.foyers import CAF, MSA, build, composition
from spie.synthetic.france_travail import EcrivainActions, EcrivainExtrait
from spie.synthetic.modele import DIAGNOSTIC, Foyer, Profil
from spie.synthetic.verite import Verite
from spie.synthetic.vrsb import EcrivainVrsb

DEBUT: Final = date(2022, 1, 1)
MOIS: Final = 24


@dataclass(frozen=True)
class Departement:
    """So many adults, drawn from a seed. Nothing is kept until it is asked for."""

    personnes: int
    """Adults; when the last household does not fit, one fewer comes out."""
    graine: int
    calendrier: Calendrier
    lecture_rqth_sud: int = LECTURE_RETENUE

    def __post_init__(self) -> None:
        if not 0 < self.personnes <= nir.LIMIT:
            raise ValueError(f"personnes must be from 1 to {nir.LIMIT}, not {self.personnes}")
        calibrage.publies(self.lecture_rqth_sud)

    def __len__(self) -> int:
        """How many households."""
        return sum(1 for _ in self._profils())

    def foyer(self, index: int) -> Foyer:
        """Household number `index`: the same whatever the number of people."""
        return build(self.graine, index, self.calendrier, self.lecture_rqth_sud)

    def iter_foyers(self) -> Iterator[Foyer]:
        """The households one after the other: none is kept."""
        for index, _ in self._profils():
            yield self.foyer(index)

    @cached_property
    def foyers(self) -> tuple[Foyer, ...]:
        """All of them, in memory."""
        return tuple(self.iter_foyers())

    def _profils(self) -> Iterator[tuple[int, tuple[Profil, ...]]]:
        index = 0
        while True:
            numero, profils = composition(self.graine, index, self.lecture_rqth_sud)
            if numero + len(profils) > self.personnes:
                return
            yield index, profils
            index += 1

    # --- The counts

    def attendus(self) -> dict[tuple[str, str], int]:
        """The published counts brought to this number of people."""
        return calibrage.expected(self.personnes, self.lecture_rqth_sud)

    def comptes(self) -> dict[tuple[str, str], int]:
        """What is counted here, by public and place: to compare with `attendus`."""
        counts = dict.fromkeys(self.attendus(), 0)
        for _, profils in self._profils():
            for profil in profils:
                for key in counted(profil):
                    counts[key] += 1
        return counts

    # --- The files

    def write(
        self,
        folder: str | Path,
        mois: Iterable[date] | None = None,
        *,
        parent_dsp: str = IDENTIFICATION,
    ) -> dict[str, Any]:
        """Writes the files of some months, and the truth; gives what `verite.json` holds.

        `mois` names months by any of their days; by default the first and the last. The folder
        must be new or empty. Households are built and written one at a time.
        """
        return _Depot(self, Path(folder), mois, parent_dsp).write()


class _Depot:
    """The files of a département while they are written."""

    def __init__(
        self,
        departement: Departement,
        folder: Path,
        mois: Iterable[date] | None,
        parent_dsp: str,
    ) -> None:
        self._departement = departement
        self._folder = folder
        self._parent_dsp = parent_dsp
        self._writers: dict[str, Ecrivain] = {}
        self._diagnostics = 0
        self._references = _chosen(departement.calendrier, mois)
        if folder.exists() and any(folder.iterdir()):
            raise FileExistsError(f"{folder} is not empty: name a new folder")

    def write(self) -> dict[str, Any]:
        departement = self._departement
        with ExitStack() as stack:

            def create(name: str) -> BinaryIO:
                path = self._folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                return stack.enter_context(path.open("wb"))

            held = {
                "carnet/structures.csv": carnet.write_structures(create("carnet/structures.csv"))
            }
            self._open(create)
            verite = Verite(create("verite/verite.csv"), create("verite/personnes.csv"))
            actes = stack.enter_context(
                EcrivainActes(
                    create("actes.jsonl"),
                    create("verite/vigilance.csv"),
                    create("verite/passeport.csv"),
                    departement.graine,
                    self._references,
                )
            )
            for foyer in departement.iter_foyers():
                traces = [one for writer in self._writers.values() for one in writer.add(foyer)]
                traces += self._write_diagnostics(foyer)
                verite.add(foyer, traces)
                actes.add(foyer, traces)
            actes.close()
            held |= {name: writer.close() for name, writer in self._writers.items()}
        report = self._report(verite, held)
        text = json.dumps(report, ensure_ascii=False, indent=1)
        (self._folder / "verite" / "verite.json").write_text(text + "\n", encoding="utf-8")
        return report

    def _open(self, create: Callable[[str], BinaryIO]) -> None:
        calendrier = self._departement.calendrier
        first = calendrier.reference
        since = None
        for reference in self._references:
            month = f"{reference:%Y-%m}"
            faults = reference == calendrier.fin
            for organisme in (CAF, MSA):
                name = f"{organisme.lower()}/vrsb-{month}.xml"
                self._writers[name] = EcrivainVrsb(
                    create(name), organisme, reference, faults=faults and organisme == CAF
                )
            name = f"caf/contacts-{month}.csv"
            self._writers[name] = EcrivainContacts(create(name), reference)
            for name, writer in (
                (f"dsp/vird-{month}.xml", _dsp(reference, since, self._parent_dsp)),
                (f"france-travail/extrait-{month}.csv", _extract(reference, first)),
                (f"france-travail/actions-{month}.csv", _actions(reference)),
                (f"carnet/beneficiaires-{month}.csv", _carnet(reference, first)),
            ):
                self._writers[name] = writer(create(name))
            since = reference

    def _write_diagnostics(self, foyer: Foyer) -> list[Trace]:
        """One file a person: the format names no one, so the file must."""
        found = []
        for adulte in foyer.adultes:
            told = adulte.diagnostic
            if told is None or told.date > self._references[-1]:
                continue
            name = f"{told.version}/{adulte.identifiant}.json"
            path = self._folder / "france-travail" / "diagnostics" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(diagnostic(adulte, told), ensure_ascii=False)
            path.write_text(text + "\n", encoding="utf-8")
            found.append(Trace(adulte.numero, DIAGNOSTIC, name))
        self._diagnostics += len(found)
        return found

    def _report(self, verite: Verite, held: dict[str, dict[str, int | str]]) -> dict[str, Any]:
        departement = self._departement
        expected = departement.attendus()
        return {
            "avertissement": "Tout est inventé : ni une personne, ni une adresse, ni un numéro n'existe.",
            "personnes_demandees": departement.personnes,
            "graine": departement.graine,
            "debut": departement.calendrier.debut.isoformat(),
            "mois": departement.calendrier.mois,
            "lecture_rqth_sud": departement.lecture_rqth_sud,
            "personnes_a_l_echelle": hypotheses.count("personnes_a_l_echelle"),
            "adultes": verite.adultes,
            "enfants": verite.enfants,
            "foyers": verite.foyers,
            "attendus": calibrage.by_public(expected.items()),
            "comptes": calibrage.by_public((key, verite.counts[key]) for key in expected),
            "enregistrements": dict(sorted(verite.records.items())),
            "ecarts": dict(sorted(verite.ecarts.items())),
            "diagnostics": self._diagnostics,
            "fichiers": dict(sorted(held.items())),
            "fautes": [
                {"fichier": name, **one}
                for name, one in sorted(held.items())
                if one.get("foyers") != one.get("total_annonce")
            ],
        }


def _dsp(reference: date, since: date | None, parent: str) -> Callable[[BinaryIO], Ecrivain]:
    return lambda file: EcrivainDsp(file, reference, since, parent)


def _extract(reference: date, first: date) -> Callable[[BinaryIO], Ecrivain]:
    return lambda file: EcrivainExtrait(file, reference, first)


def _actions(reference: date) -> Callable[[BinaryIO], Ecrivain]:
    return lambda file: EcrivainActions(file, reference)


def _carnet(reference: date, first: date) -> Callable[[BinaryIO], Ecrivain]:
    return lambda file: EcrivainCarnet(file, reference, first)


def _chosen(calendrier: Calendrier, mois: Iterable[date] | None) -> Sequence[date]:
    """The last days of the months asked for, in order, each once."""
    if mois is None:
        return sorted({calendrier.reference, calendrier.fin})
    chosen = sorted({last_day(one) for one in mois})
    outside = [one for one in chosen if one not in calendrier.references]
    if outside or not chosen:
        raise ValueError(
            f"mois must name months from {calendrier.debut:%Y-%m} to {calendrier.fin:%Y-%m}, "
            f"not {', '.join(f'{one:%Y-%m}' for one in outside) or 'none'}"
        )
    return chosen


def generate(
    personnes: int,
    graine: int,
    debut: date = DEBUT,
    mois: int = MOIS,
    *,
    lecture_rqth_sud: int = LECTURE_RETENUE,
) -> Departement:
    """An invented département of that many adults, over `mois` months from `debut`."""
    return Departement(personnes, graine, Calendrier(debut, mois), lecture_rqth_sud)


def stream_vrsb(
    destination: str | Path | BinaryIO,
    foyers: int,
    graine: int,
    *,
    mois: date | None = None,
    debut: date = DEBUT,
    duree: int = MOIS,
    lecture_rqth_sud: int = LECTURE_RETENUE,
) -> dict[str, int | str]:
    """Writes one CAF flow of exactly that many households: files of any size, in bounded memory.

    `mois` names the month of the flow by any of its days; by default the first of the path.
    """
    if not isinstance(destination, str | Path):
        return _stream(
            destination, foyers, graine, mois, Calendrier(debut, duree), lecture_rqth_sud
        )
    with Path(destination).open("wb") as file:
        return _stream(file, foyers, graine, mois, Calendrier(debut, duree), lecture_rqth_sud)


def _stream(
    file: BinaryIO,
    foyers: int,
    graine: int,
    mois: date | None,
    calendrier: Calendrier,
    lecture: int,
) -> dict[str, int | str]:
    (reference,) = _chosen(calendrier, [mois or calendrier.debut])
    writer = EcrivainVrsb(file, CAF, reference)
    people = index = 0
    while writer.total < foyers:
        numero, profils = composition(graine, index, lecture)
        if numero + len(profils) > nir.LIMIT:
            raise ValueError(f"no more than {nir.LIMIT} adults can be told apart: ask for less")
        # Households without RSA are in no flow: they need not be built.
        if profils[0].brsa and (profils[0].present or first_day(reference) > calendrier.debut):
            foyer = build(graine, index, calendrier, lecture)
            written = writer.add(foyer)
            if written:
                people += len(written)
                people += sum(one.naissance <= reference for one in foyer.enfants)
        index += 1
    return writer.close() | {"personnes": people}
