"""What the files written say of an adult, as far as vigilance reads it.

Of each source, and on which day it holds: an absence in a file says nothing. What a source says again
unchanged is said once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from spie.synthetic.foyers import CAF, MSA
from spie.synthetic.modele import CARNET, EXTRAIT, VRSB, Action, Adulte, Foyer
from spie.synthetic.rsa import CLOS, CLOS_ANTERIEUR, DROIT_SUSPENDU, REFUSE, VERSEMENT_SUSPENDU
from spie.synthetic.vie import professionnel
from spie.synthetic.vrsb import shown


@dataclass(slots=True)
class Connu:
    """Facts with the day of their effect, in the order in which they are said."""

    nominations: list[tuple[date, str, str, str]] = field(default_factory=list)
    """Day, role, who, source."""
    tenus: list[date] = field(default_factory=list)
    """Interviews that the extract says were held."""
    actions: dict[tuple[str, date, str], list[tuple[date, str]]] = field(default_factory=dict)
    """Day and step of each action."""
    communes: list[tuple[date, str]] = field(default_factory=list)
    ville: str = ""
    """The town that the file of actions told last."""
    clotures: list[tuple[date, date | None]] = field(default_factory=list)
    """Day of a state of the right, and the day it was closed on."""


def suivi_depuis(adulte: Adulte, references: Sequence[date]) -> tuple[str, date] | None:
    """The source whose file first names her, and the day it holds on; the logbook before the extract."""
    carnet = adulte.carnet
    for reference in references:
        if carnet is not None and carnet.creation <= reference:
            return CARNET, reference
        if adulte.registration(reference) is not None:
            return EXTRAIT, reference
    return None


def connu(
    foyer: Foyer, adulte: Adulte, references: Sequence[date], sources: Collection[str]
) -> Connu:
    """Of these sources alone, in the files of these days."""
    found = Connu()
    for reference in references:
        if VRSB in sources:
            _vrsb(found, foyer, reference)
        if EXTRAIT in sources and adulte.registration(reference) is not None:
            _extrait(found, foyer, adulte, reference)
        if CARNET in sources and adulte.carnet and adulte.carnet.creation <= reference:
            _name(found, reference, "referent_unique", _who(adulte, CARNET), CARNET)
    found.communes.sort(key=lambda one: one[0])
    found.clotures.sort(key=lambda one: one[0])
    return found


def _who(adulte: Adulte, source: str) -> str:
    return "|".join(professionnel(adulte.numero, source).values())


def _name(found: Connu, day: date, role: str, who: str, source: str) -> None:
    if not any(one[1:] == (role, who, source) for one in found.nominations):
        found.nominations.append((day, role, who, source))


def _vrsb(found: Connu, foyer: Foyer, reference: date) -> None:
    held = shown(foyer, CAF, reference) or shown(foyer, MSA, reference)
    if held is None:
        return
    _, etat = held
    if not foyer.sans_code_commune:
        for adresse in [one for one in foyer.adresses if one.depuis <= reference][-3:]:
            said = (adresse.depuis, adresse.commune.code)
            if said not in found.communes:
                found.communes.append(said)
    closed = etat.effet if etat.code in (CLOS, CLOS_ANTERIEUR) else None
    dated = etat.code in (DROIT_SUSPENDU, VERSEMENT_SUSPENDU, REFUSE, CLOS, CLOS_ANTERIEUR)
    since = etat.effet if dated and etat.effet and etat.effet <= reference else reference
    found.clotures.append((since, closed))


def _extrait(found: Connu, foyer: Foyer, adulte: Adulte, reference: date) -> None:
    inscription = adulte.registration(reference)
    assert inscription is not None
    _name(found, reference, "conseiller", _who(adulte, EXTRAIT), EXTRAIT)
    known = [one for one in adulte.actions if one.prescription <= reference]
    for action in {
        _key(one): one for one in reversed(known)
    }.values():  # of two alike, the first is read
        _action(found, action, reference)
    last = max((one.prescription for one in known), default=date.min)
    for day in (inscription.debut, max(inscription.debut, last)):
        if day not in found.tenus:
            found.tenus.append(day)
    town = foyer.address(reference).commune.code
    if known and found.ville != town:
        found.ville = town
        found.communes.append((reference, town))


def _key(action: Action) -> tuple[str, date, str]:
    return action.code, action.prescription, action.formation or ""


def _action(found: Connu, action: Action, reference: date) -> None:
    steps = found.actions.setdefault(_key(action), [])
    for day, step in (
        (action.prescription, "prescrite"),
        (action.debut, "demarree"),
        (action.fin, "terminee"),
    ):
        if day is not None and day <= reference and (day, step) not in steps:
            steps.append((day, step))
