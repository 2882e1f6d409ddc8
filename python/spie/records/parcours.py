"""The records of spie.parcours. Written by scripts/write_records.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class MotifImmersion(Record):
    """A rule of the law that the convention breaks."""

    _table: ClassVar[str] = "parcours.MotifImmersion"
    regle: str
    """"duree", "renouvellement", "nombre", "objets", "total_jours", "objet", "prescripteur" or "usage"."""
    article: str
    """Its id in the pack."""
    texte: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class ExamenImmersion(Record):
    """What the law says of a planned immersion, beside those that were signed before."""

    _table: ClassVar[str] = "parcours.ExamenImmersion"
    verdict: str
    """"conforme", "non_conforme" or "indetermine"."""
    motifs: tuple[MotifImmersion, ...]
    """They stand whatever is unknown; every rule is judged."""
    manquants: tuple[str, ...]
    """What could change the verdict: "precedentes[2].structure"."""
    a_completer: tuple[str, ...]
    """What article D5135-2 asks and the draft lacks; never the verdict."""
