"""The records of spie.imports. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from spie.records import Record, dossier


@dataclass(frozen=True, slots=True, repr=False)
class Refus(Record):
    """One fault of a record, or of a field of it: where, what, why, and what to do."""

    _table: ClassVar[str] = "imports.Refus"
    code: str
    enregistrement: int
    """From 1; 0 when the fault is of the file."""
    portee: str
    """"enregistrement" or "champ"."""
    place: str
    champ: str
    valeur: str
    """Masked when it is a NIR or sensitive; shortened."""
    motif: str
    remede: str


@dataclass(frozen=True, slots=True, repr=False)
class Rapport(Record):
    """The account of an import: recus = lus + refuses_total."""

    _table: ClassVar[str] = "imports.Rapport"
    format: str
    fichier: str
    document: str
    """The SHA-256 of the file."""
    import_id: str
    date_reference: dt.date | None
    unite: str
    """What is counted: "foyer", "personne", "ligne"."""
    recus: int
    lus: int
    refuses_total: int
    refuses: tuple[Refus, ...]
    """The first thousand."""
    fautes: int
    """All faults, those of fields too."""
    avertissements: tuple[Refus, ...]
    """The first thousand."""
    avertissements_total: int
    evenements: int
    """Events that were recorded, those of the import itself too."""
    faits: int
    """Of them, those that state a fact."""
    dossiers_nouveaux: int
    dossiers_rattaches: int
    doublons_proposes: int
    doublons_par_raison: dict[str, int]
    """A pair counts under each of its reasons."""
    sur_noms: int
    """New dossiers that names, birth date and birthplace would have attached (`sur_noms=True`)."""
    absents: int
    deja_lu: bool
    """A closed import read this very file before."""
    clos: bool
    """What was read counts."""
    tete: dossier.Tete
    """The head of the chain afterwards."""
