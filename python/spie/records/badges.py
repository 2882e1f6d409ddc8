"""The records of spie.badges. Written by scripts/write_records.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class Texte(Record):
    """A sentence in two languages."""

    _table: ClassVar[str] = "badges.Texte"
    fr: str
    """In French."""
    en: str
    """In English."""


@dataclass(frozen=True, slots=True, repr=False)
class Controle(Record):
    """A check of a badge, and what it found."""

    _table: ClassVar[str] = "badges.Controle"
    nom: str
    """"structure", "destinataire", "preuve", "cle", "emetteur", "confiance", "statut", "dates" or "avenants"."""
    etat: str
    """"ok", "echec", "avertissement" or "non_verifie"."""
    code: str | None
    """Permanent (docs/codes.md); None for what is ok, and for what was not asked."""
    place: str
    """JSON pointer into the badge; empty for the whole of it."""
    motif: Texte
    """What was found."""
    remede: Texte
    """What to do; empty texts for what is ok."""


@dataclass(frozen=True, slots=True, repr=False)
class Rapport(Record):
    """What a verification says of a badge: every check, in a fixed order, and one verdict."""

    _table: ClassVar[str] = "badges.Rapport"
    verdict: str
    """"valide", "invalide" or "non_verifiable"."""
    emetteur: str | None
    """"prouve", "auto_declare" or "discordant"; None when no proof was checked."""
    controles: tuple[Controle, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Emission(Record):
    """A badge that was signed."""

    _table: ClassVar[str] = "badges.Emission"
    forme: str
    """"json", or "jws" for a compact one."""
    badge: str
    """Its text."""
    avertissements: tuple[Controle, ...]
    """What its readers may stumble over."""


@dataclass(frozen=True, slots=True, repr=False)
class PartiesPubliques(Record):
    """What others may know of a key."""

    _table: ClassVar[str] = "badges.PartiesPubliques"
    did: str
    """did:key, or did:jwk for RSA."""
    multibase: str | None
    """Multikey; None for RSA."""
    jwk: Any
    """A JSON object."""


@dataclass(frozen=True, slots=True, repr=False)
class EntreeStatut(Record):
    """What a register says of a badge."""

    _table: ClassVar[str] = "badges.EntreeStatut"
    index: int
    """Drawn at random; in a list of 1EdTech, the order alone."""
    badge: str
    """Its id."""
    etat: int
    """The value of the entry: 0 while nothing was said."""
    motif: str
    """Of a revocation, in a list of 1EdTech; else empty."""


@dataclass(frozen=True, slots=True, repr=False)
class EtatRegistre(Record):
    """What a register of statuses holds."""

    _table: ClassVar[str] = "badges.EtatRegistre"
    liste: str
    """The address where the list is published."""
    forme: str
    """"bitstring" or "1edtech"."""
    but: str
    """"revocation", "suspension", "refresh" or "message"."""
    taille: int
    """Entries that the list has."""
    bits: int
    """Of an entry."""
    messages: tuple[str, ...]
    """What each value means, in order; none where it goes without saying."""
    entrees: tuple[EntreeStatut, ...]
    """Those that were given, by index."""


@dataclass(frozen=True, slots=True, repr=False)
class BadgeEmis(Record):
    """A badge of a batch."""

    _table: ClassVar[str] = "badges.BadgeEmis"
    ligne: int
    """Where the person stands in the file of the batch; else the rank, from 1."""
    id: str
    """Of the credential."""
    forme: str
    """"json", or "jws" for a compact one."""
    badge: str
    """Its text."""
    avertissements: tuple[Controle, ...]
    """What its readers may stumble over."""
