"""Jobs, registrations as a job seeker and actions, month after month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from spie.synthetic import hypotheses
from spie.synthetic.calendrier import Calendrier, shifted
from spie.synthetic.modele import Action, Emploi, Inscription, Profil
from spie.synthetic.tirage import Tirage

DAY = timedelta(days=1)
FORMATION = "EFO"
IMMERSION = "PMS"
JEUNE = "CEJ"


class Chemin:
    """What an adult does, while it is being drawn."""

    def __init__(self, tirage: Tirage, calendrier: Calendrier, profil: Profil) -> None:
        self._tirage = tirage
        self._calendrier = calendrier
        self._profil = profil
        self.emplois: list[Emploi] = []
        self.inscriptions: list[Inscription] = []

    def draw(self, naissance: date, entree: date, depart: date | None) -> None:
        """From the arrival to the end of the path, or to the day the household leaves."""
        calendrier = self._calendrier
        self._start(naissance, entree)
        for index in range(1, calendrier.mois):
            first, last = calendrier.first(index), calendrier.last(index)
            if first <= entree:
                continue
            if depart is not None and depart <= last:
                self._unregister(depart)
                return
            self._month(first, last)

    def _days(self, name: str) -> timedelta:
        return timedelta(days=self._tirage.between(hypotheses.span(name)))

    # --- The first day

    def _start(self, naissance: date, entree: date) -> None:
        tirage, debut = self._tirage, self._calendrier.debut
        if self._profil.categorie_a:
            first = self._first_registration(entree)
            # No one registers before sixteen.
            self._register(max(first, shifted(naissance, 16 * 12)))
        elif self._profil.present:
            if tirage.chance(hypotheses.rate("part_emploi_au_debut")):
                self._hire(debut - self._days("jours_d_emploi_avant"))
            if tirage.chance(hypotheses.rate("part_categorie_4_ou_5")):
                category = "5" if self.emplois else "4"
                self._register(debut - self._days("jours_d_inscription_avant"), category)

    def _first_registration(self, entree: date) -> date:
        """A year or more before the day of reference for the long-term, less for the others."""
        tirage = self._tirage
        if not self._profil.present:
            return entree + self._days("jours_avant_inscription")
        reference, debut = self._calendrier.reference, self._calendrier.debut
        if not self._profil.deld:
            return tirage.day(shifted(reference, -11), debut - DAY)
        if tirage.chance(hypotheses.rate("part_detld")):
            return tirage.day(shifted(reference, -96), shifted(reference, -24))
        return tirage.day(shifted(reference, -24) + DAY, shifted(reference, -12))

    # --- Each month

    def _month(self, first: date, last: date) -> None:
        tirage = self._tirage
        ended = self._just_ended(first)
        if ended is not None and not self._registered():
            if tirage.chance(hypotheses.rate("reinscription_apres_contrat")):
                self._register(max(ended + DAY, first) + self._days("jours_avant_reinscription"))
            return
        if self._employed(first):
            return
        registered = self._registered()
        found = "emploi_par_mois_inscrit" if registered else "emploi_par_mois_non_inscrit"
        if tirage.chance(hypotheses.rate(found)):
            start = tirage.day(first, last)
            self._hire(start)
            self._unregister(start)
        elif registered:
            if tirage.chance(hypotheses.rate("fin_d_inscription_par_mois")):
                self._unregister(tirage.day(first, last))
        elif self._profil.brsa and tirage.chance(hypotheses.rate("inscription_par_mois")):
            self._register(tirage.day(first, last))

    def _just_ended(self, first: date) -> date | None:
        """The end of the last job, when it fell in the month before."""
        if not self.emplois:
            return None
        end = self.emplois[-1].fin
        return end if end is not None and shifted(first, -1) <= end < first else None

    def _employed(self, first: date) -> bool:
        return bool(self.emplois) and (
            self.emplois[-1].fin is None or self.emplois[-1].fin >= first
        )

    def _registered(self) -> bool:
        return bool(self.inscriptions) and self.inscriptions[-1].fin is None

    def _register(self, day: date, category: str = "") -> None:
        tirage = self._tirage
        motif = tirage.choice(hypotheses.read("metiers.json")["motifs_inscription"])
        self.inscriptions.append(
            Inscription(
                debut=day,
                fin=None,
                categorie=category or tirage.part(hypotheses.parts("categories")),
                motif=(motif[0], motif[1]),
                modalite=tirage.part(hypotheses.parts("modalites")),
            )
        )

    def _unregister(self, day: date) -> None:
        if self._registered() and self.inscriptions[-1].debut < day:
            self.inscriptions[-1] = replace(self.inscriptions[-1], fin=day)

    def _hire(self, start: date) -> None:
        tirage = self._tirage
        contract = tirage.part(hypotheses.parts("contrats"))
        durations = {
            "CDD": "durees_cdd_mois", "INT": "durees_interim_mois", "CUI": "durees_cui_mois",
        }  # fmt: skip
        end = None
        if contract in durations:
            months = int(tirage.part(hypotheses.parts(durations[contract])))
            end = shifted(start, months) - DAY
        full = tirage.chance(hypotheses.rate("part_temps_plein"))
        wage = hypotheses.count("salaire_temps_plein" if full else "salaire_temps_partiel")
        self.emplois.append(
            Emploi(
                start,
                end,
                contract,
                full,
                wage + tirage.between(hypotheses.span("ecart_de_salaire")),
            )
        )


def actions(
    tirage: Tirage, calendrier: Calendrier, inscriptions: list[Inscription], naissance: date
) -> tuple[Action, ...]:
    """What France Travail prescribes to whoever is registered, the oldest first."""
    found: list[Action] = []
    debut = calendrier.debut
    if inscriptions and inscriptions[0].debut < debut:
        for _ in range(int(tirage.part(hypotheses.parts("actions_avant")))):
            found.append(_action(tirage, tirage.day(inscriptions[0].debut, debut - DAY), naissance))
    for index in range(calendrier.mois):
        day = tirage.day(calendrier.first(index), calendrier.last(index))
        if any(one.holds(day) for one in inscriptions) and tirage.chance(
            hypotheses.rate("action_par_mois")
        ):
            found.append(_action(tirage, day, naissance))
    return tuple(sorted(found, key=lambda one: one.prescription))


def _action(tirage: Tirage, day: date, naissance: date) -> Action:
    catalogue = hypotheses.read("metiers.json")
    code, label = tirage.choice(catalogue["actions"])
    if code == JEUNE and shifted(naissance, hypotheses.count("age_des_jeunes") * 12) <= day:
        code, label = catalogue["actions"][0]
    goal = training = None
    if code == FORMATION:
        goal, training = tirage.choice(catalogue["formations"])
    planned = start = end = None
    if tirage.chance(hypotheses.rate("part_actions_prevues")):
        planned = day + timedelta(days=tirage.between(hypotheses.span("jours_avant_prevue")))
    if tirage.chance(hypotheses.rate("part_actions_commencees")):
        wait = tirage.between(hypotheses.span("jours_avant_debut"))
        start = (planned or day) + timedelta(days=wait)
        if not tirage.chance(hypotheses.rate("part_actions_abandonnees")):
            # An immersion lasts a month at most (code du travail, D5135-3).
            length = "jours_d_immersion" if code == IMMERSION else "jours_d_action"
            end = start + timedelta(days=tirage.between(hypotheses.span(length)))
    return Action(code, label, goal, training, day, planned, start, end)
