"""The rights to the RSA of a household: opening, suspension, resumption, closing, new request.

States are those of ETATDOSRSA, motives those of the lists that web-rsa publishes. A state holds from
the first day of a month, except that of a new request; the rates are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from spie.synthetic import hypotheses
from spie.synthetic.calendrier import Calendrier, first_day
from spie.synthetic.modele import Droit, Emploi, Etat
from spie.synthetic.tirage import Tirage

ATTENTE: Final = "0"
REFUSE: Final = "1"
OUVERT: Final = "2"
DROIT_SUSPENDU: Final = "3"
VERSEMENT_SUSPENDU: Final = "4"
CLOS: Final = "5"
CLOS_ANTERIEUR: Final = "6"
EN_COURS: Final = (OUVERT, DROIT_SUSPENDU, VERSEMENT_SUSPENDU)
"""A right that exists: whoever has one is a BRSA."""

RESSOURCES_TROP_ELEVEES: Final = "01"
ECHEANCE: Final = "ECH"
MUTATION: Final = "MUT"
_REQUESTS: Final = 4  # requests that a household may make: numbers are kept for them


class Dossier:
    """The requests of a household, while they are drawn."""

    def __init__(
        self,
        tirage: Tirage,
        calendrier: Calendrier,
        foyer: int,
        jobs: list[Emploi],
        depart: date | None,
    ) -> None:
        self._tirage = tirage
        self._calendrier = calendrier
        self._foyer = foyer
        self._jobs = jobs
        self._depart = depart
        self._droits: list[tuple[date, date, list[Etat]]] = []

    def draw(self, entree: date) -> tuple[Droit, ...]:
        """For a household already there, `entree` comes before the path: its right is open."""
        calendrier = self._calendrier
        if entree < calendrier.debut:
            self._already_open()
        else:
            self._ask(entree)
        for index in range(1, calendrier.mois):
            first, last = calendrier.first(index), calendrier.last(index)
            if first <= entree:
                continue
            if self._depart is not None and self._depart <= last:
                if self._etats[-1].code in (ATTENTE, *EN_COURS):
                    self._etats.append(Etat(CLOS, first, MUTATION, self._depart))
                break
            self._month(first, last)
        return tuple(
            Droit(asked, f"{self._foyer * _REQUESTS + rank:08}077", opened, tuple(etats))
            for rank, (asked, opened, etats) in enumerate(self._droits)
        )

    @property
    def _etats(self) -> list[Etat]:
        return self._droits[-1][2]

    def _already_open(self) -> None:
        tirage, debut = self._tirage, self._calendrier.debut
        longest = int(tirage.part(hypotheses.parts("anciennete_rsa_mois")))
        opened = first_day(debut, -tirage.integer(hypotheses.count("mois_avant_echeance"), longest))
        asked = tirage.day(opened, opened + timedelta(days=27))
        etats = [Etat(OUVERT, asked)]
        code = tirage.part(hypotheses.parts("etats_au_debut"))
        if code != OUVERT:
            since = first_day(debut, -tirage.between(hypotheses.span("mois_de_suspension_avant")))
            etats.append(self._suspension(code, since))
        self._droits.append((asked, opened, etats))

    def _ask(self, day: date) -> None:
        at_once = self._tirage.chance(hypotheses.rate("part_decision_le_mois_meme"))
        etat = Etat(OUVERT if at_once else ATTENTE, day)
        self._droits.append((day, first_day(day), [etat]))

    def _suspension(self, code: str, since: date) -> Etat:
        motives = (
            "motifs_suspension_versement"
            if code == VERSEMENT_SUSPENDU
            else "motifs_suspension_droit"
        )
        return Etat(code, since, self._tirage.part(hypotheses.parts(motives)), since)

    def _month(self, first: date, last: date) -> None:
        steps: dict[str, Callable[[Etat, date, date], None]] = {
            ATTENTE: self._decide,
            OUVERT: self._open,
            DROIT_SUSPENDU: self._right_suspended,
            VERSEMENT_SUSPENDU: self._payment_suspended,
        }
        etat = self._etats[-1]
        steps.get(etat.code, self._closed)(etat, first, last)

    def _decide(self, _etat: Etat, first: date, last: date) -> None:
        tirage = self._tirage
        if tirage.chance(hypotheses.rate("part_refus")):
            day = tirage.day(first, last)
            motive = tirage.part(hypotheses.parts("motifs_refus"))
            self._etats.append(Etat(REFUSE, day, motive, day))
        else:
            self._etats.append(Etat(OUVERT, first))

    def _open(self, _etat: Etat, first: date, _last: date) -> None:
        tirage = self._tirage
        stops = tirage.chance(hypotheses.rate("suspension_apres_emploi"))
        if self._earning(first) and stops:
            self._etats.append(Etat(VERSEMENT_SUSPENDU, first, RESSOURCES_TROP_ELEVEES, first))
            return
        for code, name in (
            (VERSEMENT_SUSPENDU, "suspension_versement_par_mois"),
            (DROIT_SUSPENDU, "suspension_droit_par_mois"),
        ):
            if tirage.chance(hypotheses.rate(name)):
                self._etats.append(self._suspension(code, first))
                return
        if tirage.chance(hypotheses.rate("cloture_par_mois")):
            self._close(first, tirage.part(hypotheses.parts("motifs_cloture")))

    def _right_suspended(self, _etat: Etat, first: date, _last: date) -> None:
        if self._tirage.chance(hypotheses.rate("reprise_droit_par_mois")):
            self._etats.append(Etat(OUVERT, first))

    def _payment_suspended(self, etat: Etat, first: date, _last: date) -> None:
        waited = hypotheses.count("mois_avant_echeance")
        if first_day(etat.depuis, waited) <= first:
            self._close(first, ECHEANCE)
        elif not self._earning(first) and self._tirage.chance(
            hypotheses.rate("reprise_apres_suspension_par_mois")
        ):
            self._etats.append(Etat(OUVERT, first))

    def _close(self, first: date, motive: str) -> None:
        self._etats.append(Etat(CLOS, first, motive, first - timedelta(days=1)))

    def _closed(self, etat: Etat, first: date, last: date) -> None:
        tirage = self._tirage
        again = first_day(etat.depuis, 2) == first
        if etat.code == CLOS and again and tirage.chance(hypotheses.rate("regularisation")):
            self._etats.append(Etat(CLOS_ANTERIEUR, first, etat.motif, etat.effet))
        elif (
            len(self._droits) < _REQUESTS
            and first_day(etat.depuis, 2) <= first
            and tirage.chance(hypotheses.rate("reouverture_par_mois"))
        ):
            self._ask(tirage.day(first, last))

    def _earning(self, first: date) -> bool:
        """Whether someone of the household has a full-time job on that day."""
        return any(one.temps_plein and one.covers(first, first) for one in self._jobs)


def is_shown(etat: Etat, reference: date) -> bool:
    """Whether the flow of that month holds a file in that state (vrsb0801.xsd, l. 58-64).

    The monthly flow is a stock: an open file is in each, a closed or refused one only in that of
    the month it became so.
    """
    if etat.code in (ATTENTE, *EN_COURS):
        return True
    return first_day(etat.depuis) == first_day(reference)
