"""At which moments of vigilance a life stands on a day: told by the generator alone, from what it drew.

The rules are those of docs/vigilance.md, written apart from the pack's; the delays are the pack's own figures. Nothing
here asks the library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from spie import bundled
from spie.synthetic.calendrier import shifted
from spie.synthetic.communes import communes
from spie.synthetic.connu import Connu
from spie.synthetic.vie import Acte

PACKS: Final = ("seine-et-marne-2022-2023", "socle-national")
_DELAI: Final = re.compile(r"P(\d+)([DM])")
_RETOUR: Final = -1

# The step that each act leads to; those of no moment are left out.
_ETAPES: Final = {
    "rendez_vous.fixer": "fixe", "rendez_vous.tenir": "tenu", "rendez_vous.manquer": "absent",
    "rendez_vous.excuser": "excuse", "rendez_vous.annuler": "annule",
    "action.proposer": "proposee", "action.choisir": "choisie", "action.refuser": "refusee",
    "action.demarrer": "demarree", "action.terminer": "terminee",
    "action.abandonner": "abandonnee",
    "relais.demander": "demande", "relais.accepter": "accepte", "relais.refuser": "refuse",
    "relais.effectuer": "effectif",
    "immersion.prevoir": "prevue", "immersion.signer": "signee",
    "immersion.commencer": "commencee", "immersion.terminer": "terminee",
    "immersion.annuler": "annulee",
    "pause.commencer": "debut", "pause.reprendre": "reprise",
    "diagnostic.poser": "pose", "diagnostic.actualiser": "actualise",
    "emploi.trouver": "trouve", "emploi.terminer": "termine",
}  # fmt: skip


@cache
def _parameter(name: str, day: date) -> Any:
    """As the pack has it on that day, or its parent."""
    for pack in PACKS:
        path = bundled.packs() / pack / "parametres.json"
        for one in json.loads(path.read_text(encoding="utf-8"))["parametres"]:
            if one["nom"] == name:
                held = [v for v in one["valeurs"] if v["depuis"] <= day.isoformat()]
                return (held or one["valeurs"][:1])[-1]["valeur"]
    raise KeyError(name)


def _moved(day: date, name: str, au: date, way: int = 1) -> date:
    """The day, a delay of the pack later or earlier."""
    found = _DELAI.fullmatch(_parameter(name, au)["@duration"])
    if found is None:
        raise ValueError(f"{name} is no number of days or months")
    number = way * int(found[1])
    return day + timedelta(days=number) if found[2] == "D" else shifted(day, number)


@dataclass(slots=True)
class _Chose:
    """An appointment, an action, a relay: its steps, and what was last said of it."""

    etape: str = ""
    depuis: date = date.min
    etapes: list[tuple[str, date]] = field(default_factory=list)
    champs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Nomination:
    role: str
    qui: str
    source: str
    depuis: date


class Etat:
    """What is known of a life on a day: what was done by then, and what the files say."""

    def __init__(
        self, actes: Iterable[Acte], dit: Connu, departs: dict[str, date], au: date
    ) -> None:
        self.au = au
        self.departs = departs
        self.actes = [one for one in actes if one.effet <= au and not one.refus]
        self.dit = dit
        self.entree = next((a.effet for a in self.actes if a.acte == "parcours.entrer"), None)
        self.sorties = [one.effet for one in self.actes if one.acte == "parcours.sortir"]
        self.choses: dict[str, dict[str, _Chose]] = {}
        for one in self.actes:
            self._step(one)
        for key, steps in dit.actions.items():
            for day, step in steps:
                if day <= au:
                    name = "/".join(map(str, key))
                    self._at("action", name, step, day, {"theme": ""})
        self._name()

    def _step(self, one: Acte) -> None:
        step = _ETAPES.get(one.acte)
        if step is not None:
            kind = one.acte.partition(".")[0]
            self._at(kind, one.contenu["id"], step, one.effet, one.contenu)

    def _at(self, kind: str, key: str, step: str, day: date, told: Any) -> None:
        thing = self.choses.setdefault(kind, {}).setdefault(key, _Chose())
        thing.etape, thing.depuis = step, day
        thing.etapes.append((step, day))
        thing.champs.update(told)

    def _name(self) -> None:
        """Namings in force: one of a source ends the one before, an end is for whom it names."""
        said: list[tuple[date, str, str, str, str]] = [
            (day, "nomme", role, who, source) for day, role, who, source in self.dit.nominations
        ]
        for one in self.actes:
            held = one.contenu
            if one.acte.startswith("referent."):
                step = "nomme" if one.acte == "referent.nommer" else "termine"
                said.append((one.effet, step, held["role"], _who(held["professionnel"]), "saisie"))
            elif one.acte == "relais.effectuer":
                relay = self.choses["relais"][held["id"]].champs
                for step, who in (("termine", relay["de"]), ("nomme", relay["vers"])):
                    said.append((one.effet, step, "referent_unique", _who(who), "saisie"))
        self.nominations: list[_Nomination] = []
        self.fins: dict[str, date] = {}
        for day, step, role, who, source in sorted(said, key=lambda one: one[0]):
            if day > self.au:
                continue
            if step == "nomme":
                kept = [one for one in self.nominations if (one.role, one.source) != (role, source)]
                self.nominations = [*kept, _Nomination(role, who, source, day)]
                self.fins.pop(role, None)
            else:
                self.fins[role] = day
                self.nominations = [
                    one for one in self.nominations if (one.role, one.qui) != (role, who)
                ]

    def days(self, kind: str, *steps: str) -> list[date]:
        """Since when each thing of that kind stands at one of these steps."""
        return [one.depuis for one in self.choses.get(kind, {}).values() if one.etape in steps]

    @property
    def en_cours(self) -> bool:
        return self.entree is not None and not any(one >= self.entree for one in self.sorties)

    @property
    def suivi(self) -> bool:
        """The delays of the project run: no pause holds them."""
        return self.en_cours and not self.days("pause", "debut")

    def late(self, day: date, name: str) -> bool:
        return self.au > _moved(day, name, self.au)

    def after(self, day: date, name: str) -> date:
        return _moved(day, name, self.au)

    def before(self, day: date, name: str) -> date:
        return _moved(day, name, self.au, _RETOUR)


def _who(named: Any) -> str:
    """By the key of his source: two sources name two."""
    return f"{named['source']}|{named['cle']}"


def moments(etat: Etat) -> dict[str, date]:
    """The moments at which the life stands, each with the day since when."""
    found: dict[str, date] = {}
    for one in (_parcours, _relais, _qui_suit, _emploi, _immersions, _seances):
        found.update(one(etat))
    return found


def _parcours(etat: Etat) -> dict[str, date]:
    found: dict[str, date] = {}
    entree = etat.entree
    if entree is None or not etat.en_cours:
        return found
    actions = etat.choses.get("action", {}).values()
    begun = [
        one.depuis for one in actions
        if one.etape in ("prescrite", "demarree", "terminee", "abandonnee") and one.depuis >= entree
    ]  # fmt: skip
    if not begun and etat.late(entree, "delai_premiere_prescription"):
        found["sans_prescription"] = etat.after(entree, "delai_premiere_prescription")
    diagnoses = etat.days("diagnostic", "pose", "actualise")
    if not diagnoses and etat.late(entree, "vigilance_sans_diagnostic"):
        found["sans_diagnostic"] = etat.after(entree, "vigilance_sans_diagnostic")
    if diagnoses and etat.late(max(diagnoses), "duree_validite_diagnostic"):
        found["diagnostic_perime"] = etat.after(max(diagnoses), "duree_validite_diagnostic")
    closed = etat.dit.clotures and [one for one in etat.dit.clotures if one[0] <= etat.au]
    if closed and closed[-1][1] is not None and closed[-1][1] <= etat.au:
        found["droit_fini"] = closed[-1][1]
    ends = [
        date.fromisoformat(one.champs["date_fin_prevue"]) for one in actions
        if one.etape == "demarree" and "date_fin_prevue" in one.champs
    ]  # fmt: skip
    soon = [one for one in ends if etat.au <= one]
    if any(one <= etat.after(etat.au, "vigilance_preavis_garde") for one in soon):
        found["garde_bientot_finie"] = etat.before(min(soon), "vigilance_preavis_garde")
    if etat.suivi:
        found.update(_suivi(etat, entree))
    return found


def _suivi(etat: Etat, entree: date) -> dict[str, date]:
    found: dict[str, date] = {}
    tenus = [*etat.days("rendez_vous", "tenu"), *(d for d in etat.dit.tenus if d <= etat.au)]
    contacts = [
        entree,
        *tenus,
        *etat.days("action", "choisie", "prescrite", "demarree", "terminee"),
        *etat.days("immersion", "commencee", "terminee"),
        *etat.days("emploi", "trouve", "termine"),
        *etat.days("diagnostic", "pose", "actualise"),
        *etat.days("relais", "effectif"),
        *etat.days("pause", "reprise"),
    ]
    if etat.late(max(contacts), "vigilance_sans_contact"):
        found["sans_contact"] = max(contacts)
    missed = [
        one for one in etat.days("rendez_vous", "absent") if one > max(tenus, default=date.min)
    ]
    if len(missed) >= _parameter("vigilance_absences", etat.au):
        found["absences"] = max(missed)
    waiting = etat.days("action", "choisie", "prescrite")
    if waiting and etat.late(min(waiting), "vigilance_action_sans_suite"):
        found["action_sans_suite"] = min(waiting)
    return found


def _relais(etat: Etat) -> dict[str, date]:
    found: dict[str, date] = {}
    asked, refused = etat.days("relais", "demande"), etat.days("relais", "refuse")
    if asked and etat.late(min(asked), "vigilance_relais_en_attente"):
        found["relais_en_attente"] = min(asked)
    again = etat.days("relais", "demande", "accepte", "effectif")
    if refused and all(one < max(refused) for one in again):
        found["relais_refuse"] = max(refused)
    return found


def _qui_suit(etat: Etat) -> dict[str, date]:
    found: dict[str, date] = {}
    named = etat.nominations
    if not named:
        if etat.en_cours and etat.entree is not None:
            since = max([etat.entree, *etat.fins.values()])
            if etat.late(since, "vigilance_sans_referent"):
                found["sans_referent"] = since
        return found
    gone = [etat.departs[one.qui] for one in named if one.qui in etat.departs]
    gone = [one for one in gone if one <= etat.au]
    if gone:
        found["referent_parti"] = min(gone)
    for role in ("referent_unique", "coordinateur"):
        held = [one for one in named if one.role == role]
        if len({one.qui for one in held}) > 1:
            found["deux_referents"] = max(one.depuis for one in held)
    first = min(one.depuis for one in named)
    if etat.entree is None and etat.late(first, "vigilance_sans_entree"):
        found["sans_entree"] = first
    found.update(_demenagement(etat, max(one.depuis for one in named)))
    return found


def _demenagement(etat: Etat, named: date) -> dict[str, date]:
    """Another EPCI than on the day of the last naming: since the first day it was said."""
    lived = [
        (day, communes()[code].epci if code in communes() else "")
        for day, code in etat.dit.communes
        if day <= etat.au
    ]
    then = [epci for day, epci in lived if day <= named]
    if not then or then[-1] == lived[-1][1]:
        return {}
    since = lived[-1][0]
    for day, epci in reversed(lived):
        if epci != lived[-1][1]:
            break
        since = day
    return {"demenagement": since}


def _emploi(etat: Etat) -> dict[str, date]:
    found: dict[str, date] = {}
    jobs = etat.days("emploi", "trouve")
    if not jobs or etat.late(max(jobs), "vigilance_duree_suivi"):
        return found
    job, end = max(jobs), etat.after(max(jobs), "vigilance_duree_suivi")
    held = [*etat.days("rendez_vous", "tenu"), *(d for d in etat.dit.tenus if d <= etat.au)]
    if etat.late(job, "vigilance_emploi_sans_suivi") and not any(one >= job for one in held):
        found["emploi_sans_suivi"] = etat.after(job, "vigilance_emploi_sans_suivi")
    if etat.au >= etat.before(end, "vigilance_preavis_suivi"):
        found["suivi_bientot_fini"] = etat.before(end, "vigilance_preavis_suivi")
    return found


def _seances(etat: Etat) -> dict[str, date]:
    """The session of a case was held, and nothing was decided since."""
    decided = {one.contenu["saisine"] for one in etat.actes if one.acte == "instance.decider"}
    held = [
        date.fromisoformat(one.contenu["session"])
        for one in etat.actes
        if one.acte == "saisine.inscrire" and one.contenu["id"] not in decided
    ]
    held = [one for one in held if one <= etat.au]
    if any(etat.late(one, "vigilance_session_sans_suite") for one in held):
        return {"session_sans_suite": min(held)}
    return {}


def _immersions(etat: Etat) -> dict[str, date]:
    reviewed = {one.contenu["immersion"] for one in etat.actes if one.acte == "immersion.bilan"}
    ends = [
        date.fromisoformat(one.champs["date_fin"])
        for key, one in etat.choses.get("immersion", {}).items()
        if one.etape in ("signee", "commencee", "terminee") and key not in reviewed
    ]
    if ends and etat.late(min(ends), "vigilance_immersion_sans_bilan"):
        return {"immersion_sans_bilan": min(ends)}
    return {}
