"""What an adult answers to the DSP questionnaire, drawn from their situation.

Elements and codes are those of `exchange/caf/DSP.md` (51 elements of DonneesSocioProfessionnelles).
DIFDISP keeps to 0501-0506: the codes after those come from the patches of one publisher. A question
may be left out (no element), refused (V) or unknown to the person (S): three different things.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from spie.synthetic import hypotheses
from spie.synthetic.calendrier import age, shifted
from spie.synthetic.modele import Emploi, Enfant, Inscription
from spie.synthetic.tirage import Tirage

# Level of the carnet → NIVETU (level left school at), NIVDIPMAXOBT (highest diploma).
NIVEAUX: Final = {
    "NV1": ("1201", "2601"),
    "NV2": ("1201", "2601"),
    "NV3": ("1202", "2602"),
    "NV4": ("1203", "2603"),
    "NV5": ("1204", "2604"),
    "C12": ("1204", "2605"),
    "C3A": ("1205", "2605"),
    "CFG": ("1206", "2605"),
    "CP4": ("1206", "2606"),
    "AFS": ("1207", "2606"),
}
_DIPLOMES: Final = ("2601", "2602", "2603", "2604")


@dataclass(frozen=True, slots=True)
class Situation:
    """What the answers follow from."""

    naissance: date
    niveau: str
    freins: Sequence[str]
    rqth: bool
    permis_b: bool
    emplois: Sequence[Emploi]
    inscriptions: Sequence[Inscription]
    enfants: Sequence[Enfant]
    seul: bool
    metier: str


@dataclass(slots=True)
class _Recueil:
    tirage: Tirage
    reponses: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def answer(self, element: str, *values: str) -> None:
        """Keeps the answer, unless the question was left out."""
        if values and not self.tirage.chance(hypotheses.rate("part_non_abordes")):
            self.reponses[element] = values

    def top(self, element: str, yes: bool) -> None:
        self.answer(element, "1" if yes else "0")

    def said(self, element: str, yes: bool) -> bool:
        """O or N, or V when the person will not say. Whether they said yes."""
        if self.tirage.chance(hypotheses.rate("part_ne_veut_pas_repondre")):
            self.answer(element, "V")
            return False
        self.answer(element, "O" if yes else "N")
        return self.reponses.get(element) == ("O",)

    def happens(self, name: str) -> bool:
        return self.tirage.chance(hypotheses.rate(name))

    def known(self, element: str, yes: bool) -> None:
        """O or N, or S when the person does not know."""
        unknown = self.tirage.chance(hypotheses.rate("part_ne_sait_pas"))
        self.answer(element, "S" if unknown else "O" if yes else "N")


def answers(tirage: Tirage, situation: Situation, day: date) -> Mapping[str, tuple[str, ...]]:
    """The elements answered on that day."""
    recueil = _Recueil(tirage)
    _generalities(recueil, situation)
    _social(recueil, situation, day)
    _studies(recueil, situation)
    _work(recueil, situation, day)
    _place(recueil, situation)
    return recueil.reponses


def _generalities(recueil: _Recueil, situation: Situation) -> None:
    recueil.answer(
        "SITPERSDEMRSA", recueil.tirage.part(hypotheses.parts("situations_a_la_demande"))
    )
    recueil.top("TOPISOGROOUENF", situation.seul and bool(situation.enfants))
    recueil.top("TOPDRORSARMIANT", recueil.happens("part_deja_rsa"))
    recueil.known("DRORSARMIANTA-2", recueil.happens("part_deja_rsa_avant"))
    recueil.top("TOPCOUVSOC", "sante" not in situation.freins or recueil.happens("part_couverts"))


def _social(recueil: _Recueil, situation: Situation, day: date) -> None:
    freins = situation.freins
    if recueil.said("ACCOSOCFAM", "famille" in freins and recueil.happens("part_accompagnes")):
        recueil.answer("NATACCOSOCFAM", "0410" if "logement" in freins else "0412")
    if recueil.said("ACCOSOCINDI", "sante" in freins and recueil.happens("part_accompagnes")):
        recueil.answer("NATACCOSOCINDI", "0416", *(["0419"] if "formation" in freins else []))
    recueil.said("SOUTDEMARSOC", "administratif" in freins)
    hard = [
        code
        for code, there in (
            ("0402", "sante" in freins),
            ("0403", situation.rqth),
            ("0404", "langue" in freins),
            ("0405", "administratif" in freins),
            ("0406", "financier" in freins),
        )
        if there
    ]
    recueil.answer("DIFSOC", *(hard or ["0401"]))
    held = []
    if "famille" in freins:
        young = [one for one in situation.enfants if age(one.naissance, day) < 6]
        held.append("0502" if young else "0503" if situation.enfants else "0505")
    recueil.answer("DIFDISP", *(held or ["0501"]))


def _studies(recueil: _Recueil, situation: Situation) -> None:
    studies, diploma = NIVEAUX[situation.niveau]
    recueil.answer("NIVETU", studies)
    recueil.answer("NIVDIPMAXOBT", diploma)
    if diploma in _DIPLOMES:
        recueil.answer("ANNOBTNIVDIPMAX", str(situation.naissance.year + 18))
    recueil.top("TOPQUALIPRO", situation.niveau == "NV5")
    extra = recueil.happens("part_competences_extra")
    recueil.top("TOPCOMPEEXTRAPRO", extra)
    if extra:
        recueil.answer("LIBCOMPEEXTRAPRO", "BÉNÉVOLAT DANS UNE ASSOCIATION EXEMPLE")


def _work(recueil: _Recueil, situation: Situation, day: date) -> None:
    tirage = recueil.tirage
    worked = recueil.happens("part_deja_travaille")
    recent = any(one.debut <= day for one in situation.emplois)
    recueil.top("TOPENGDEMARECHEMPLOI", bool(situation.inscriptions))
    recueil.answer("HISPRO", ("1902" if recent else "1903") if worked or recent else "1904")
    if worked or recent:
        recueil.answer("CESSDERACT", "2701" if recent else "2702")
        recueil.answer("DURACTDOMI", tirage.choice(("2104", "2105", "2106", "2107")))
    registered = [one for one in situation.inscriptions if one.debut <= day]
    recueil.answer("INSCDEMEMPLOI", _length(registered, day))
    recueil.answer("ACCOEMPLOI", "1802" if registered else "1801")
    project = "formation" not in situation.freins
    recueil.top("TOPPROJPRO", project)
    if project:
        recueil.answer("LIBEMPLOIRECH", situation.metier.upper())
    recueil.top("TOPCREAREPRIENTRE", recueil.happens("part_createurs"))
    recueil.known("CONCOFORMQUALIEMPLOI", project)


def _length(registered: Sequence[Inscription], day: date) -> str:
    """INSCDEMEMPLOI: under a year, one to five, over five."""
    if not registered:
        return "4301"
    first = registered[-1].debut
    if shifted(first, 12) > day:
        return "4302"
    return "4303" if shifted(first, 60) > day else "4304"


def _place(recueil: _Recueil, situation: Situation) -> None:
    freins, tirage = situation.freins, recueil.tirage
    hard = "mobilite" in freins
    recueil.top("TOPMOYLOCO", not hard)
    recueil.top("TOPPERMICONDUB", situation.permis_b)
    recueil.top("TOPAUTRPERMICONDU", recueil.happens("part_autre_permis"))
    recueil.answer("NATMOB", *(["2504"] if hard else ["2501", "2502"]))
    housed = "logement" not in freins
    recueil.answer(
        "NATLOG", tirage.part(hypotheses.parts("logements" if housed else "logements_difficiles"))
    )
    recueil.answer("DEMARLOG", "1103" if housed else tirage.choice(("1101", "1102")))
    recueil.answer(
        "DIFLOG", *(["1001"] if housed else [tirage.choice(("1002", "1003", "1006", "1007"))])
    )
