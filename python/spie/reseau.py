"""The network: relays for all those of a professional, appointments, structures and professionals,
solicitations, satisfaction (docs/reseau.md).

Each asks at a counter (`spie.droits.Guichet`) whose pack is that of a convention:

>>> import spie
>>> form = spie.reseau.questionnaire(spie.Pack.load("seine-et-marne-2022-2023"))
>>> [one.code for one in form.questions if "referent" in one.publics]
['avance', 'outils']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from spie import _core
from spie.actes import ActeFait
from spie.badges import Octets
from spie.droits import Demande, Guichet
from spie.given import day
from spie.handle import engine
from spie.pack import Pack
from spie.records.reseau import BadgeDeStructure as BadgeDeStructure
from spie.records.reseau import BadgeEmis as BadgeEmis
from spie.records.reseau import BadgesStructure as BadgesStructure
from spie.records.reseau import CaseSatisfaction as CaseSatisfaction
from spie.records.reseau import ComptesReseau as ComptesReseau
from spie.records.reseau import ConditionLabel as ConditionLabel
from spie.records.reseau import FicheReseau as FicheReseau
from spie.records.reseau import FormationPro as FormationPro
from spie.records.reseau import HabilitationTenue as HabilitationTenue
from spie.records.reseau import LabelTenu as LabelTenu
from spie.records.reseau import LieuPropose as LieuPropose
from spie.records.reseau import MoyenneSatisfaction as MoyenneSatisfaction
from spie.records.reseau import QuestionnaireSatisfaction as QuestionnaireSatisfaction
from spie.records.reseau import QuestionSatisfaction as QuestionSatisfaction
from spie.records.reseau import RefusActe as RefusActe
from spie.records.reseau import RelaisDossier as RelaisDossier
from spie.records.reseau import RelaisTous as RelaisTous
from spie.records.reseau import RendezVousProposes as RendezVousProposes
from spie.records.reseau import Satisfaction as Satisfaction
from spie.records.reseau import SignalementRendezVous as SignalementRendezVous
from spie.records.reseau import SollicitationVue as SollicitationVue
from spie.records.reseau import SuiviLabel as SuiviLabel
from spie.records.reseau import ValeurSatisfaction as ValeurSatisfaction


def relayer_tous(
    guichet: Guichet,
    demande: Demande,
    de: str,
    *,
    effet: date,
    acte: str = "relais.demander",
    contenu: Mapping[str, Any] | None = None,
    personnes: Sequence[str] = (),
) -> RelaisTous:
    """An act of a relay on each dossier that a professional leads, whole or refused whole.

    `personnes` names these alone: one that the actor may not see is then refused (R002); without it
    such a dossier leaves no trace. Nothing is recorded when the demand is wrong for all: PathError
    (Q001, Q002), DossierError (E001 for a field, E005 for a professional
    who hands over no dossier that the actor sees)."""
    asked = {
        "acte": acte,
        "de": de,
        "effet": str(day(effet, "effet")),
        "contenu": dict(contenu or {}),
        "personnes": list(personnes),
    }
    return engine(guichet).relay_all(demande._raw(), _core.write_json(asked))


def rendez_vous(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    *,
    au: date,
    minutes: Iterable[Mapping[str, Any]] = (),
    structures: Sequence[str] = (),
) -> RendezVousProposes:
    """By when the next appointment is due and where, and what is wrong with those that are fixed.

    `minutes` is the integrator's table: {"de", "vers", "minutes"} between two communes (INSEE codes);
    `structures` where she might be received, by default those that follow her. PathError (Q001)."""
    options = {"minutes": [dict(one) for one in minutes], "structures": list(structures)}
    return engine(guichet).appointments(demande._raw(), personne, au, _core.write_json(options))


def fiche(guichet: Guichet, demande: Demande, sujet: str, *, au: date) -> FicheReseau:
    """What a structure (ring, label, professionals) or a professional (function, habilitations,
    trainings) is on a day. RightsError (R002) for a professional, unless he asks or the pack allows
    "consulter_reseau"."""
    return engine(guichet).network_record(demande._raw(), sujet, au)


def compter(guichet: Guichet, demande: Demande, *, du: date, au: date) -> ComptesReseau:
    """The network over a period, both days included; RightsError (R002) without "consulter_reseau"."""
    return engine(guichet).network_counts(demande._raw(), du, au)


def suivis_label(
    guichet: Guichet, demande: Demande, structure: str, *, au: date
) -> tuple[SuiviLabel, ...]:
    """Whom a labelled structure followed back to work, and whether it stopped too soon, of the
    dossiers that the actor sees."""
    return engine(guichet).labelled(demande._raw(), structure, au)


def badges(guichet: Guichet, demande: Demande, structure: str, *, au: date) -> BadgesStructure:
    """The badges that a structure may bear on a day and why, and those that were signed.

    What rests on immersions is "inconnu" to whom the table does not show them. PathError (Q001) for what
    is no structure; DossierError (E005); PackError (P011) without the rules of the pack."""
    return engine(guichet).structure_badges(demande._raw(), structure, au)


def attestation_badge(
    guichet: Guichet,
    demande: Demande,
    structure: str,
    code: str,
    *,
    au: date,
    id: str = "",
    sujet: str = "",
    adresse: str = "",
    emetteur: str = "",
    liste: str = "",
    entree: str = "",
) -> str:
    """The credential of one, in JSON, that its issuer signs (`spie.badges.emettre`).

    `sujet` is a DID or an address of the structure, `adresse` that under which the issuer describes its
    badges, `emetteur` its name, `liste` and `entree` where it may be revoked. PathError: Q001 for a code
    that the pack does not have, Q003 unless the structure may bear it."""
    asked = {
        "code": code, "id": id, "sujet": sujet, "adresse": adresse, "emetteur": emetteur,
        "liste": liste, "entree": entree,
    }  # fmt: skip
    return engine(guichet).structure_credential(
        demande._raw(), structure, au, _core.write_json(asked)
    )


def noter_badge(
    guichet: Guichet,
    demande: Demande,
    structure: str,
    code: str,
    badge: Octets,
    *,
    effet: date,
    documents: Mapping[str, Octets] | None = None,
) -> ActeFait:
    """Writes down a badge that was signed: its identifier, hash, issuer, days and entry are read from it.
    `documents`, by address, are those of an issuer such as a did:web.

    BadgeError (B001, B011) for what is no signed badge; RightsError (R002); PathError (Q002) when its proof does not
    hold, when it is of another structure, or says what the pack does not."""

    def octets(given: Octets) -> bytes:
        return given.encode() if isinstance(given, str) else bytes(given)

    handed = [(address, octets(one)) for address, one in (documents or {}).items()]
    return ActeFait.of(
        engine(guichet).structure_issued(
            demande._raw(), structure, effet, code, octets(badge), handed
        )
    )


def sollicitations(
    guichet: Guichet, demande: Demande, *, au: date, toutes: bool = False
) -> tuple[SollicitationVue, ...]:
    """What the actor asked of other professionals and was asked; closed ones too with `toutes`."""
    return engine(guichet).solicitations(demande._raw(), au, toutes)


def questionnaire(pack: Pack) -> QuestionnaireSatisfaction:
    """The questionnaire of satisfaction of a pack. PackError (P011) when it has none."""
    return _core.satisfaction_form(engine(pack))


def repondre(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    structure: str,
    reponses: Mapping[str, str],
) -> str:
    """Records answers under the structure and the quarter, without whoever gives them; gives the
    quarter. PathError (Q001) for an answer that is not of the questionnaire, (Q002) when nobody of
    that structure follows her; RightsError (R002)."""
    given = {"personne": personne, "structure": structure, "reponses": dict(reponses)}
    return engine(guichet).answer_satisfaction(demande._raw(), _core.write_json(given))


def satisfaction(guichet: Guichet, demande: Demande, *, au: date) -> Satisfaction:
    """What may be told of the answers: large enough cells alone, of quarters that are over.
    RightsError (R002) without "lire_satisfaction", which no référent has."""
    return engine(guichet).satisfaction(demande._raw(), au)
