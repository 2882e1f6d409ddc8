"""`actes.jsonl`, the acts of the lives in the order of their instants, and `verite/vigilance.csv` and
`verite/passeport.csv`, what they come to.

Acts are kept month by month until the last household is drawn: the file is in the order of time, and no more than a
month of it is in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, Final

from spie.synthetic import hypotheses
from spie.synthetic.calendrier import first_day
from spie.synthetic.connu import Connu, connu, suivi_depuis
from spie.synthetic.ecrivain import Fichier, Trace
from spie.synthetic.france_travail import line
from spie.synthetic.modele import CARNET, EXTRAIT, VRSB, Adulte, Foyer
from spie.synthetic.passeports import Passeport, habilite
from spie.synthetic.structures import conseillers
from spie.synthetic.tirage import Tirage
from spie.synthetic.vie import (
    GESTIONNAIRE,
    INSTANCE,
    SEANCE,
    Acte,
    Vie,
    depart_du_professionnel,
    professionnel,
)
from spie.synthetic.vigilance import Etat, moments

COLUMNS: Final = ("personne", "moment", "depuis", "date")
PASSEPORT: Final = ("personne", "genre", "cle", "etat", "depuis", "date")
_RAPPROCHES: Final = (VRSB, EXTRAIT, CARNET)


class EcrivainActes:
    """Receives the households; its files are written when it is closed."""

    def __init__(
        self,
        acts: BinaryIO,
        truth: BinaryIO,
        passports: BinaryIO,
        graine: int,
        references: Sequence[date],
    ) -> None:
        self._acts = acts
        self._truth = Fichier(truth, "utf-8")
        self._truth.write(line(list(COLUMNS)))
        self._passports = Fichier(passports, "utf-8")
        self._passports.write(line(list(PASSEPORT)))
        self._graine = graine
        self._references = references
        self._debut, self._fin = first_day(references[0]), references[-1]
        self._folder = TemporaryDirectory(prefix="spie-actes-")
        self._months: dict[str, BinaryIO] = {}
        self._departs = {
            "|".join(professionnel(rank).values()): day
            for rank in range(len(conseillers()))
            if (day := depart_du_professionnel(rank, self._fin)) is not None
        }
        self._named: dict[int, date] = {}
        """Counsellors whom the logbook names, with the day of the first file that does."""

    def __enter__(self) -> EcrivainActes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._months.values():
            file.close()
        self._folder.cleanup()

    def add(self, foyer: Foyer, traces: Iterable[Trace]) -> None:
        """`traces` are the records of the household in the files: they say what departs from the truth."""
        apart = {one.personne for one in traces if _of(foyer, one.personne).ecarts.get(one.source)}
        for rank, adulte in enumerate(foyer.adultes):
            tirage = Tirage(self._graine, foyer.index, f"vie{rank}")
            vie = life(tirage, self._graine, adulte, self._references)
            for one in vie.actes if vie else ():
                self._keep(one)
            self._passport(foyer, rank, vie)
            if adulte.carnet is not None and adulte.carnet.creation <= self._fin:
                rang = adulte.numero % len(conseillers())
                day = next(one for one in self._references if adulte.carnet.creation <= one)
                self._named[rang] = min(day, self._named.get(rang, day))
            parts = self._parts(foyer, adulte, vie, adulte.numero in apart)
            for day in self._references:
                for moment, since in self._moments(parts, day):
                    self._truth.write(
                        line([str(adulte.numero), moment, since.isoformat(), day.isoformat()])
                    )

    def close(self) -> None:
        """In the order of the instants, then of the numbers."""
        for one in shared_acts(self._graine, self._debut, self._fin, self._named):
            self._keep(one)
        for month in sorted(self._months):
            file = self._months[month]
            file.seek(0)
            self._acts.writelines(sorted(file))

    # --- One life

    def _passport(self, foyer: Foyer, rank: int, vie: Vie | None) -> None:
        if vie is None:
            return
        made = Passeport(vie, Tirage(self._graine, foyer.index, f"passeport{rank}")).draw()
        for one in made.actes:
            self._keep(one)
        for day in self._references:
            for genre, key, state, since in made.etats(day):
                told = [genre, key, state, since.isoformat(), day.isoformat()]
                self._passports.write(line([str(vie.adulte.numero), *told]))

    def _parts(
        self, foyer: Foyer, adulte: Adulte, vie: Vie | None, apart: bool
    ) -> list[tuple[Connu, Sequence[Acte]]]:
        """What is known of a person and done; when her records depart from the truth, also each part
        that may be read apart."""
        parts: list[tuple[str, ...]] = [_RAPPROCHES]
        if apart:
            parts += [part for n in (1, 2) for part in combinations(_RAPPROCHES, n)]
        return [
            (
                connu(foyer, adulte, self._references, sources),
                vie.actes if vie and vie.source in sources else (),
            )
            for sources in parts
        ]

    def _moments(
        self, parts: Sequence[tuple[Connu, Sequence[Acte]]], day: date
    ) -> list[tuple[str, date]]:
        found: dict[tuple[str, date], None] = {}
        for said, acts in parts:
            found.update(dict.fromkeys(moments(Etat(acts, said, self._departs, day)).items()))
        return list(found)

    def _keep(self, one: Acte) -> None:
        month = f"{one.instant:%Y-%m}"
        if month not in self._months:
            self._months[month] = (Path(self._folder.name) / month).open("w+b")
        text = json.dumps(one.to_dict(), ensure_ascii=False, separators=(",", ":"))
        self._months[month].write(text.encode() + b"\n")


def _of(foyer: Foyer, numero: int) -> Adulte:
    return next(one for one in foyer.adultes if one.numero == numero)


def life(tirage: Tirage, graine: int, adulte: Adulte, references: Sequence[date]) -> Vie | None:
    """Drawn whole; None for whom no file says that somebody follows her in time."""
    known = suivi_depuis(adulte, references)
    if known is None:
        return None
    source, day = known
    # One whom the logbook names later would have two référents: no act may name a second one.
    later = adulte.carnet is not None
    if source == EXTRAIT and (later or not tirage.chance(hypotheses.rate("vie_sans_carnet"))):
        return None
    begins = day + timedelta(days=1)
    vie = Vie(tirage, graine, adulte, source, begins, references[-1], adulte.numero)
    vie.actes = vie.draw()
    return vie


def shared_acts(
    graine: int, debut: date, fin: date, conseils: Mapping[int, date]
) -> Iterator[Acte]:
    """Those of nobody's life: the instance and its sittings, the professionals who leave or are trained."""
    number = 0

    def act(day: date, name: str, sujet: object, contenu: Mapping[str, object]) -> Acte:
        nonlocal number
        number += 1
        return Acte(
            datetime.combine(day, time(7)) + timedelta(seconds=number),
            f"vie-{graine}-commun-{number:03}", name, sujet, GESTIONNAIRE, "gestionnaire", "gestion",
            day, contenu,
        )  # fmt: skip

    told = {"nom": "Équipe pluridisciplinaire inventée", "genre": "locale", "quorum": 2}
    yield act(debut, "instance.decrire", INSTANCE, told)
    members = [f"professionnel:membre-invente-{rank}" for rank in (1, 2, 3)]
    for member in members:
        yield act(
            debut, "siege.ouvrir", INSTANCE, {"professionnel": member, "qualite": "titulaire"}
        )
    # All of them are fixed at first: a case is entered in one that is still to come.
    day = debut.replace(day=SEANCE)
    while day <= fin + timedelta(days=62):
        yield act(debut, "session.fixer", INSTANCE, {"date": day.isoformat()})
        day = (day + timedelta(days=31)).replace(day=SEANCE)
    day = debut.replace(day=SEANCE)
    while day <= fin:
        named = {"id": day.isoformat()}
        yield act(day, "session.tenir", INSTANCE, named)
        for member in members:
            came = {
                "session": day.isoformat(),
                "qui": member,
                "qualite": "membre",
                "etat": "present",
            }
            yield act(day, "presence.noter", INSTANCE, came)
        day = (day + timedelta(days=31)).replace(day=SEANCE)
    for rank in sorted(conseils):
        left = depart_du_professionnel(rank, fin)
        if left is not None:
            told = {"date": left.isoformat(), "motif": "mutation"}
            yield act(left, "depart.dire", professionnel(rank), told)
    for rank, named_on in sorted(conseils.items()):
        if habilite(rank):
            day = debut if first_day(named_on) == debut else named_on
            yield act(day, "habilitation.accorder", professionnel(rank), {"objet": "passeport"})
