"""The records of spie.parcours. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
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


@dataclass(frozen=True, slots=True, repr=False)
class ConditionRelais(Record):
    """A condition that a relay must fulfil to be effective."""

    _table: ClassVar[str] = "parcours.ConditionRelais"
    code: str
    """In donnees/relais.json of the pack."""
    libelle: str
    """In French."""
    etat: str
    """"rempli", "non_rempli", "inconnu" (which holds the relay up), "dispense", or "reserve": it rests on facts that the actor does not see."""
    qui: str
    """Who can give it, in French."""
    source: str
    """Where the condition comes from."""


@dataclass(frozen=True, slots=True, repr=False)
class EtatRelais(Record):
    """Where a relay stands."""

    _table: ClassVar[str] = "parcours.EtatRelais"
    relais: str
    """Its id; null for who does not see the whole of it."""
    etape: str
    """Its last step."""
    objet: str
    """What changes hands."""
    role: str
    """"referent_unique" or "coordinateur"."""
    de: str
    """Who hands over."""
    vers: str
    """Who is asked to take over."""
    motif: str
    """Its reason, a code of the pack."""
    depuis: dt.date | None
    """The day of that step."""
    conditions: tuple[ConditionRelais, ...]
    """Of a relay that is under way."""
    possible: bool
    """Each condition is fulfilled or waived, and none is reserved."""
