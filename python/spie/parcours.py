"""The path of a person: what the law says of an immersion (PMSMP), and when a path may break.

>>> from datetime import date
>>> import spie
>>> pack = spie.Pack.load("socle-national")
>>> prevue = {"id": "c1", "structure": "structure:atelier", "objet": "decouvrir_metier",
...           "objectifs": ["cuisine"], "debut": date(2022, 1, 30), "fin": date(2022, 3, 1)}
>>> spie.parcours.verifier_immersion(pack, prevue, []).verdict
'non_conforme'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spie import _core
from spie.dossier import Connu
from spie.droits import Demande, Guichet
from spie.given import day
from spie.handle import engine
from spie.notebook import page
from spie.pack import Pack
from spie.records.parcours import Accompagnement as Accompagnement
from spie.records.parcours import ActePossible as ActePossible
from spie.records.parcours import ActionProposee as ActionProposee
from spie.records.parcours import ActionsPrioritaires as ActionsPrioritaires
from spie.records.parcours import ActionSuivie as ActionSuivie
from spie.records.parcours import Agenda as Agenda
from spie.records.parcours import BesoinsLus as BesoinsLus
from spie.records.parcours import Carnet as Carnet
from spie.records.parcours import CasInstance as CasInstance
from spie.records.parcours import ChoixLus as ChoixLus
from spie.records.parcours import Complement as Complement
from spie.records.parcours import ConditionRelais as ConditionRelais
from spie.records.parcours import Contradiction as Contradiction
from spie.records.parcours import Convocation as Convocation
from spie.records.parcours import DecisionLue as DecisionLue
from spie.records.parcours import DiagnosticPartage as DiagnosticPartage
from spie.records.parcours import DiagnosticPose as DiagnosticPose
from spie.records.parcours import DroitsLus as DroitsLus
from spie.records.parcours import Episode as Episode
from spie.records.parcours import EquiteLue as EquiteLue
from spie.records.parcours import Etape as Etape
from spie.records.parcours import EtatRelais as EtatRelais
from spie.records.parcours import ExamenImmersion as ExamenImmersion
from spie.records.parcours import FeuilleDeRoute as FeuilleDeRoute
from spie.records.parcours import FreinLu as FreinLu
from spie.records.parcours import InstanceLue as InstanceLue
from spie.records.parcours import LigneCarnet as LigneCarnet
from spie.records.parcours import ManqueOffre as ManqueOffre
from spie.records.parcours import Meneur as Meneur
from spie.records.parcours import MotifImmersion as MotifImmersion
from spie.records.parcours import ObjectifSuivi as ObjectifSuivi
from spie.records.parcours import OffreMobilisable as OffreMobilisable
from spie.records.parcours import Parcours as Parcours
from spie.records.parcours import Participation as Participation
from spie.records.parcours import PasAction as PasAction
from spie.records.parcours import Pause as Pause
from spie.records.parcours import PresencesComptees as PresencesComptees
from spie.records.parcours import QuestionPosee as QuestionPosee
from spie.records.parcours import Questions as Questions
from spie.records.parcours import QuorumLu as QuorumLu
from spie.records.parcours import ReorientationLue as ReorientationLue
from spie.records.parcours import RessourceLue as RessourceLue
from spie.records.parcours import RessourcesLues as RessourcesLues
from spie.records.parcours import SeanceLue as SeanceLue
from spie.records.parcours import SiegeLu as SiegeLu
from spie.records.parcours import Signe as Signe
from spie.records.parcours import Suivi as Suivi
from spie.records.parcours import TensionLue as TensionLue
from spie.store import Store, known_text


def verifier_immersion(
    pack: Pack,
    convention: Mapping[str, Any],
    precedentes: Sequence[Mapping[str, Any]],
    *,
    au: date | None = None,
) -> ExamenImmersion:
    """Whether a planned convention is lawful beside those that the person signed before.

    A convention is {"id", "structure", "objet", "objectifs", "debut", "fin", "renouvelle",
    "prescripteur", "usages", "delegation"}, dates as such or as ISO text, both days included; of a
    precedent also "objectifs_atteints". What is None, absent or [] is unknown, but no "renouvelle"
    renews nothing. `au` dates the law of a convention without a first day (by default, today).
    Raises PathError (Q001), with the place of each fault, for what has not this form or contradicts
    itself, and PackError (P011) for a pack that says nothing of this law.
    """
    return verifier_demande(pack, {"convention": convention, "precedentes": precedentes}, au=au)


def verifier_demande(
    pack: Pack, demande: Mapping[str, Any], *, au: date | None = None
) -> ExamenImmersion:
    """The same of a demand as a whole: {"convention": {…}, "precedentes": […]}."""
    return _core.check_immersion(engine(pack), demande, au or date.today())


def immersion_du_dossier(
    pack: Pack, store: Store, personne: str, immersion: str, *, au: date, connu: Connu = None
) -> ExamenImmersion:
    """The same of an immersion that a dossier holds, by its id, beside the others that were signed.

    One that was only planned, or given up before its first day, is no precedent; one that nobody
    came to is. DossierError (E005) when the dossier has no such immersion."""
    return _core.dossier_immersion(
        engine(store), engine(pack), personne, immersion, au, known_text(connu)
    )


def recenser_instances(store: Store, *, au: date, connu: Connu = None) -> tuple[InstanceLue, ...]:
    """Every instance on that day, with its seats in force and its sessions; no fact of it is a
    person's. `Guichet.agenda` shows a session, `Guichet.participation` counts."""
    return _core.instances(engine(store), au, known_text(connu))


@dataclass(frozen=True)
class Vigilance:
    """Which dossiers stand at a moment where a path may break; `raw` has the keys of the JSON.

    `a_verifier` counts what holds facts too few to tell, or lists it. `oppositions`, how many
    dossiers a decision on the data holds back, is told to the controller alone."""

    alertes: tuple[dict[str, Any], ...]
    a_verifier: int | list[dict[str, Any]]
    comptes: dict[str, int]
    moments_non_vus: tuple[str, ...]
    oppositions: int | None
    raw: dict[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Vigilance:
        check, held = raw["a_verifier"], raw.get("oppositions")
        raw["a_verifier"] = check if isinstance(check, list) else int(check)
        raw["comptes"] = {name: int(count) for name, count in raw["comptes"].items()}
        if held is not None:
            raw["oppositions"] = int(held)
        return cls(
            tuple(raw["alertes"]),
            raw["a_verifier"],
            raw["comptes"],
            tuple(raw["moments_non_vus"]),
            raw.get("oppositions"),
            raw,
        )

    def to_dict(self) -> dict[str, Any]:
        return self.raw

    def to_html(self, pack: Pack, *, au: date) -> str:
        """The list as a page, for who acts on it; `pack` and `au` are those it was made with."""
        told = {one["nom"]: one for one in moments(pack)}
        levels = [one["niveau"] for one in told.values()]
        words = {"haut": "À voir d’abord", "moyen": "À voir ensuite", "bas": "À voir plus tard"}
        check = self.a_verifier
        return page(
            "vigilance.html.j2",
            vigilance=self,
            moments=told,
            au=day(au, "au"),
            niveaux=[
                (one, words.get(one, one))
                for one in pack.data("vigilance")["niveaux"]
                if one in levels
            ],
            traitees=[one for one in self.alertes if one["traite"]],
            a_verifier=check if isinstance(check, int) else len(check),
        )


def moments(pack: Pack) -> list[dict[str, str]]:
    """The moments of vigilance of a pack: each with its population, delay, source, next step."""
    return _core.vigilance_moments(engine(pack))


def cibler(
    store: Store,
    pack: Pack,
    *,
    au: date,
    connu: Connu = None,
    structure: str | None = None,
    moments: Sequence[str] = (),
    detail: bool = False,
) -> Vigilance:
    """Streams every dossier, for a program, which sees all. `structure` keeps those whose référent
    in force is of it; `detail` lists what is to be checked. PathError (Q001) for an unknown moment,
    PackError for a pack without moments."""
    asked = (au, known_text(connu), structure, list(moments), detail)
    return Vigilance.of(_core.vigilance(engine(store), engine(pack), *asked))


def cibler_pour(
    guichet: Guichet,
    demande: Demande,
    pack: Pack,
    *,
    au: date,
    connu: Connu = None,
    structure: str | None = None,
    moments: Sequence[str] = (),
    detail: bool = False,
) -> Vigilance:
    """The same for somebody: those dossiers that he is tied to, and those moments whose facts his
    role sees in clear whatever a dossier holds; the others are named in `moments_non_vus`."""
    asked = (au, known_text(connu), structure, list(moments), detail)
    return Vigilance.of(engine(guichet).vigilance(demande._raw(), engine(pack), *asked))


@dataclass(frozen=True)
class Ruptures:
    """What came before the paths that broke; `raw` has the keys of the JSON.

    `profils` are of {"public", "tranche", "effectif", "suites", "masques"}. `masques` counts those
    of the profiles that are left out, so that no small number is told; `effectif` is None when all
    of them together are one."""

    profils: tuple[dict[str, Any], ...]
    effectif: int | None
    masques: int
    moments_non_vus: tuple[str, ...]
    raw: dict[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Ruptures:
        for profile in (raw, *raw["profils"]):
            profile["masques"] = int(profile["masques"])
            if profile["effectif"] is not None:
                profile["effectif"] = int(profile["effectif"])
        for profile in raw["profils"]:
            for sequence in profile["suites"]:
                sequence["effectif"] = int(sequence["effectif"])
        unseen = tuple(raw["moments_non_vus"])
        return cls(tuple(raw["profils"]), raw["effectif"], raw["masques"], unseen, raw)

    def to_dict(self) -> dict[str, Any]:
        return self.raw


@dataclass(frozen=True)
class DelaiMedian:
    """Days from the first trace of a person to her first diagnostic, over a whole store."""

    mediane: int | None
    """None when too few dossiers have a diagnostic, by the pack."""
    effectif: int | None


def delai_median(store: Store, pack: Pack, *, au: date, connu: Connu = None) -> DelaiMedian:
    """Reads every dossier. What Guichet.diagnostic takes as `mediane`."""
    found = _core.diagnosis_delay(engine(store), engine(pack), au, known_text(connu))
    return DelaiMedian(found["mediane"], found["effectif"])


def ruptures(store: Store, pack: Pack, *, au: date, connu: Connu = None) -> Ruptures:
    """By public and age band, the last kinds of event before a path broke, each person once; for a
    program, which sees all. Small counts are not told, nor what would tell them. PackError for a
    pack that does not say what breaks a path."""
    return Ruptures.of(_core.breaks(engine(store), engine(pack), au, known_text(connu)))


def ruptures_pour(
    guichet: Guichet, demande: Demande, pack: Pack, *, au: date, connu: Connu = None
) -> Ruptures:
    """The same for somebody, from what he sees alone: what is not shown counts nowhere."""
    raw = engine(guichet).breaks(demande._raw(), engine(pack), au, known_text(connu))
    return Ruptures.of(raw)
