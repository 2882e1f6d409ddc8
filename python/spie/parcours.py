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
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from spie import _core
from spie.handle import engine
from spie.pack import Pack

Verdict = Literal["conforme", "non_conforme", "indetermine"]


@dataclass(frozen=True)
class MotifImmersion:
    """A rule that the convention breaks; `texte` is in French."""

    regle: str
    article: str
    texte: str


@dataclass(frozen=True)
class ExamenImmersion:
    """`motifs` stand whatever is unknown; `manquants` are the facts that could change the verdict;
    `a_completer` is what article D5135-2 asks and the draft lacks, and is never the verdict."""

    verdict: Verdict
    motifs: tuple[MotifImmersion, ...]
    manquants: tuple[str, ...]
    a_completer: tuple[str, ...]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> ExamenImmersion:
        return cls(
            raw["verdict"],
            tuple(MotifImmersion(**one) for one in raw["motifs"]),
            tuple(raw["manquants"]),
            tuple(raw["a_completer"]),
        )

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


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
    request = {"convention": convention, "precedentes": precedentes}
    return ExamenImmersion.of(_core.check_immersion(engine(pack), request, au or date.today()))
