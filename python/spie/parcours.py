"""The path of a person: what the law says of an immersion (PMSMP).

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
from datetime import date
from typing import Any

from spie import _core
from spie.handle import engine
from spie.pack import Pack
from spie.records.parcours import ExamenImmersion as ExamenImmersion
from spie.records.parcours import ActionProposee as ActionProposee
from spie.records.parcours import ActionsPrioritaires as ActionsPrioritaires
from spie.records.parcours import ActionSuivie as ActionSuivie
from spie.records.parcours import BesoinsLus as BesoinsLus
from spie.records.parcours import ChoixLus as ChoixLus
from spie.records.parcours import Complement as Complement
from spie.records.parcours import Contradiction as Contradiction
from spie.records.parcours import DiagnosticPartage as DiagnosticPartage
from spie.records.parcours import DiagnosticPose as DiagnosticPose
from spie.records.parcours import DroitsLus as DroitsLus
from spie.records.parcours import EquiteLue as EquiteLue
from spie.records.parcours import FeuilleDeRoute as FeuilleDeRoute
from spie.records.parcours import FreinLu as FreinLu
from spie.records.parcours import ObjectifSuivi as ObjectifSuivi
from spie.records.parcours import OffreMobilisable as OffreMobilisable
from spie.records.parcours import PasAction as PasAction
from spie.records.parcours import QuestionPosee as QuestionPosee
from spie.records.parcours import Questions as Questions
from spie.records.parcours import RessourceLue as RessourceLue
from spie.records.parcours import RessourcesLues as RessourcesLues
from spie.records.parcours import Signe as Signe
from spie.records.parcours import TensionLue as TensionLue
from spie.records.parcours import MotifImmersion as MotifImmersion


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
