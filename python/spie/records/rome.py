"""The records of spie.rome. Written by scripts/write_records.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class EntreeRome(Record):
    """A skill, a knowledge, a métier or an appellation of a release."""

    _table: ClassVar[str] = "rome.EntreeRome"
    version: str
    """The release: "v460"."""
    nature: str
    """"macro_savoir_etre", "macro_savoir_faire", "competence", "savoir", "metier" or "appellation"."""
    code: str
    """OGR; of a métier, its ROME code."""
    libelle: str
    libelle_court: str
    """Of an appellation."""
    definition: str
    macro: str
    """Of a competence: the code of its macro-compétence."""
    code_macro: str
    """Of a macro-compétence: its place in the tree."""
    categorie: str
    sous_categorie: str
    """Of a savoir."""
    transition_eco: str
    """Of a skill, as the file writes it."""
    transition_num: str
    """Of a skill, as the file writes it."""
    metier: str
    """Of an appellation: the code of its métier."""
    parent: str
    """Of a métier: the code that it comes from."""
    code_ogr: str
    """Of a métier."""


@dataclass(frozen=True, slots=True, repr=False)
class LienRome(Record):
    """What an entry is linked with."""

    _table: ClassVar[str] = "rome.LienRome"
    nature: str
    code: str
    libelle: str
    coeur_metier: str
    """As the file writes it: "Principale", "Émergente"."""


@dataclass(frozen=True, slots=True, repr=False)
class FicheRome(Record):
    """An entry, and what it is linked with."""

    _table: ClassVar[str] = "rome.FicheRome"
    entree: EntreeRome
    liens: tuple[LienRome, ...]
    """Of a métier, what it asks for and its appellations; of what is none, its métiers."""


@dataclass(frozen=True, slots=True, repr=False)
class RefusRome(Record):
    """A line that was refused, or a doubt about one that was read."""

    _table: ClassVar[str] = "rome.RefusRome"
    code: str
    fichier: str
    ligne: int
    """Of the file, from 1; 0 when it is of the file."""
    champ: str
    """The column; empty when it is of the whole line."""
    valeur: str
    """Shortened."""
    motif: str
    """In French."""
    remede: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class FichierLu(Record):
    """The account of a file: recus = lus + refuses_total."""

    _table: ClassVar[str] = "rome.FichierLu"
    fichier: str
    contenu: str
    """"competences", "savoirs", "metiers", "appellations", "liens" or "coeur_metier"."""
    recus: int
    """Lines."""
    lus: int
    refuses_total: int
    hors_objet: int
    """Of those read: links with what is not loaded."""


@dataclass(frozen=True, slots=True, repr=False)
class LectureRome(Record):
    """The account of a release: recus = lus + refuses_total."""

    _table: ClassVar[str] = "rome.LectureRome"
    version: str
    """The release."""
    fichiers: tuple[FichierLu, ...]
    absents: tuple[str, ...]
    """Contents that no file gave: nothing is known of them."""
    recus: int
    """Lines."""
    lus: int
    refuses_total: int
    hors_objet: int
    """Of those read: links with what is not loaded."""
    refuses: tuple[RefusRome, ...]
    """One a fault, the first thousand."""
    fautes: int
    """All faults."""
    avertissements: tuple[RefusRome, ...]
    """The first thousand."""
    avertissements_total: int
    natures: dict[str, int]
    """Entries by nature."""
    liens: int
    """Links between a métier and what it asks for."""


@dataclass(frozen=True, slots=True, repr=False)
class RechercheRome(Record):
    """What a text found."""

    _table: ClassVar[str] = "rome.RechercheRome"
    version: str
    """The release."""
    texte: str
    mots: int
    """Of the text, those such as « de » left out."""
    mots_trouves: int
    """Of them, those that each entry found holds."""
    inconnus: tuple[str, ...]
    """Of them, those that no entry of these natures holds."""
    total: int
    """Entries found."""
    entrees: tuple[EntreeRome, ...]
    """The first of them."""


@dataclass(frozen=True, slots=True, repr=False)
class ReferenceRome(Record):
    """A code as a passport holds it."""

    _table: ClassVar[str] = "rome.ReferenceRome"
    code: str
    nature: str
    libelle: str
    version: str
    """The release that it was taken from."""


@dataclass(frozen=True, slots=True, repr=False)
class ChangementRome(Record):
    """What a release says of a code written down under another."""

    _table: ClassVar[str] = "rome.ChangementRome"
    reference: ReferenceRome
    etat: str
    """"inchange", "change", "disparu" or "incomparable"."""
    changements: tuple[str, ...]
    """"nature", "libelle", or "ecriture": the same words, written otherwise."""
    nature: str
    """In this release."""
    libelle: str
    """In this release."""
    phrase: str
    """In French; none when nothing changed."""


@dataclass(frozen=True, slots=True, repr=False)
class ComparaisonRome(Record):
    """What a release says of the codes of a passport."""

    _table: ClassVar[str] = "rome.ComparaisonRome"
    version: str
    """Of the release."""
    examines: int
    inchanges: int
    changes: int
    disparus: int
    incomparables: int
    """Of a later release, or of a file that was not given."""
    references: tuple[ChangementRome, ...]
    """All of them, in the order given."""
