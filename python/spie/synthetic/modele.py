"""What a household is: people, dated facts, and how each source distorts them.

Fields are the words of the formats and of the convention. Everything is immutable, and holds the
whole path: a file of a given month shows what is known on that day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from spie.synthetic.communes import Commune

VRSB: Final = "vrsb"
DSP: Final = "dsp"
EXTRAIT: Final = "extrait"
DIAGNOSTIC: Final = "diagnostic"
CARNET: Final = "carnet"
SOURCES: Final = (VRSB, DSP, EXTRAIT, DIAGNOSTIC, CARNET)


@dataclass(frozen=True, slots=True)
class Profil:
    """An adult as the counts see them, decided before anything else (see `plan`)."""

    present: bool
    """Already there on the first day; otherwise arrives later."""
    bassin: str
    brsa: bool
    categorie_a: bool
    """Registered as a job seeker of category A; for those present, on the first day."""
    qpv: bool
    infra_bac: bool
    rqth: bool
    deld: bool


@dataclass(frozen=True, slots=True)
class Adresse:
    depuis: date
    """DTEMM."""
    numero: str
    type_voie: str
    nom_voie: str
    commune: Commune
    quartier: str
    """The invented quartier prioritaire, or empty."""


@dataclass(frozen=True, slots=True)
class Enfant:
    prenom: str
    nom: str
    sexe: str
    naissance: date


@dataclass(frozen=True, slots=True)
class Emploi:
    debut: date
    fin: date | None
    contrat: str
    """NATCONTRTRA: CDI, CDD, INT, CUI, AEN."""
    temps_plein: bool
    salaire: int
    """Euros a month."""

    def covers(self, first: date, last: date) -> bool:
        return self.debut <= last and (self.fin is None or self.fin >= first)


@dataclass(frozen=True, slots=True)
class Inscription:
    """A registration as a job seeker, from its first day to the day before `fin`."""

    debut: date
    fin: date | None
    categorie: str
    """1 to 3 are category A here; 4 and 5 are not."""
    motif: tuple[str, str]
    modalite: str

    def holds(self, day: date) -> bool:
        return self.debut <= day and (self.fin is None or day < self.fin)


@dataclass(frozen=True, slots=True)
class Action:
    code: str
    libelle: str
    objectif: str | None
    formation: str | None
    prescription: date
    prevue: date | None
    debut: date | None
    fin: date | None


@dataclass(frozen=True, slots=True)
class Etat:
    """A state of the RSA file (ETATDOSRSA), shown by the flows from `depuis` on."""

    code: str
    depuis: date
    motif: str = ""
    effet: date | None = None
    """The date the flow gives: of suspension, closing or refusal."""


@dataclass(frozen=True, slots=True)
class Droit:
    """One RSA request and what became of it; a household may make several."""

    demande: date
    numero: str
    """NUMDEMRSA."""
    ouverture: date
    """DDNATDRO."""
    etats: tuple[Etat, ...]

    def at(self, day: date) -> Etat | None:
        """The last state known on that day."""
        found = None
        for etat in self.etats:
            if etat.depuis > day:
                break
            found = etat
        return found


@dataclass(frozen=True, slots=True)
class Grossesse:
    debut: date
    declaration: date
    fin: date


@dataclass(frozen=True, slots=True)
class RecueilDsp:
    enregistre: date
    refuse: bool
    reponses: Mapping[str, tuple[str, ...]]
    """By element; no entry where the question was left out."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A France Travail diagnostic, in one of the two known states of the API."""

    version: str
    date: date


@dataclass(frozen=True, slots=True)
class Carnet:
    identifiant: str
    creation: date
    doublon: str
    """The identifier it was typed again under, or empty."""
    nir: str
    """15 characters, with a wrong key at times; often empty."""
    format_date: str
    structure: int
    """Which structure follows the person; -1 for none."""


@dataclass(frozen=True, slots=True)
class Adulte:
    numero: int
    """From 0, over the whole département: the identity that the truth gives."""
    role: str
    """DEM or CJT."""
    profil: Profil
    sexe: str
    """1 or 2, as SEXE."""
    nom_naissance: str
    nom: str
    """The name borne: that of the spouse for some."""
    prenom: str
    naissance: date
    jour_inconnu: bool
    code_naissance: str
    """An invented commune."""
    nir: str
    identifiant: str
    """identifiant_unique_de of France Travail."""
    idassedic: str
    niveau: str
    """A code of the carnet: AFS to NV1."""
    telephone: str
    courriel: str
    permis_b: bool
    rqth: bool
    allocation: int
    """Unemployment benefit, euros a month, 0 for none."""
    freins: tuple[str, ...]
    emplois: tuple[Emploi, ...]
    inscriptions: tuple[Inscription, ...]
    actions: tuple[Action, ...]
    metiers: tuple[int, int]
    dsp: RecueilDsp | None
    diagnostic: Diagnostic | None
    carnet: Carnet | None
    ecarts: Mapping[str, tuple[str, ...]]
    """By source, how its record departs from the truth (see `ecarts`)."""

    def job(self, day: date) -> Emploi | None:
        for emploi in self.emplois:
            if emploi.covers(day, day):
                return emploi
        return None

    def registration(self, day: date) -> Inscription | None:
        for inscription in self.inscriptions:
            if inscription.holds(day):
                return inscription
        return None


@dataclass(frozen=True, slots=True)
class Foyer:
    index: int
    bassin: str
    """On the first day."""
    entree: date
    """Before the path for those present; otherwise the day of arrival."""
    depart: date | None
    """The day the household leaves the département."""
    adultes: tuple[Adulte, ...]
    enfants: tuple[Enfant, ...]
    grossesses: tuple[Grossesse, ...]
    """Of the first woman of the household."""
    adresses: tuple[Adresse, ...]
    """The oldest first."""
    sans_domicile: bool
    situation: str
    """SITFAM."""
    situation_depuis: date
    organisme: str
    """CAF or MSA; empty where no RSA was ever asked for."""
    matricule: str
    droits: tuple[Droit, ...]
    caf_prenante: str
    roles_inverses: bool
    """The roles of the family benefits are not those of the RSA."""
    sans_code_commune: bool

    def right(self, day: date) -> Droit | None:
        """The last request made by that day."""
        found = None
        for droit in self.droits:
            if droit.demande > day:
                break
            found = droit
        return found

    def address(self, day: date) -> Adresse:
        found = self.adresses[0]
        for adresse in self.adresses:
            if adresse.depuis > day:
                break
            found = adresse
        return found
