"""The records of spie.reseau. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class RefusActe(Record):
    """Why an act was refused."""

    _table: ClassVar[str] = "reseau.RefusActe"
    code: str
    message: str
    """For a program, in English."""
    place: str
    """In the demand."""
    phrase: str
    """In French."""
    remede: str
    """What to do, in French."""


@dataclass(frozen=True, slots=True, repr=False)
class RelaisDossier(Record):
    """What came of a relay in one dossier: all of it or nothing."""

    _table: ClassVar[str] = "reseau.RelaisDossier"
    personne: str
    actes: tuple[str, ...]
    """One for each role that he leads in; none when it was refused."""
    refus: tuple[RefusActe, ...]
    """None when it was done."""
    avertissements: tuple[str, ...]
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class RelaisTous(Record):
    """A relay for all those whom a professional leads."""

    _table: ClassVar[str] = "reseau.RelaisTous"
    acte: str
    de: str
    """Whom others take over from."""
    faits: int
    """How many dossiers."""
    refuses: int
    """How many dossiers."""
    dossiers: tuple[RelaisDossier, ...]
    """Those alone that the actor sees, or named."""


@dataclass(frozen=True, slots=True, repr=False)
class LieuPropose(Record):
    """Where somebody might be received."""

    _table: ClassVar[str] = "reseau.LieuPropose"
    structure: str
    nom: str
    code_commune: str
    proximite: str
    """"meme_commune", "meme_epci", "a_portee", "trop_loin", or "inconnu"."""
    minutes: int | None
    """By the table that was given."""


@dataclass(frozen=True, slots=True, repr=False)
class SignalementRendezVous(Record):
    """What is wrong with an appointment, or with several."""

    _table: ClassVar[str] = "reseau.SignalementRendezVous"
    rendez_vous: str
    """None for what is said of the whole."""
    code: str
    """"trop_loin", "trop_tard" or "absences_de_suite"."""
    etat: str
    """"oui", or "inconnu" when a fact is missing."""
    texte: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class RendezVousProposes(Record):
    """By when the next appointment is due, and where."""

    _table: ClassVar[str] = "reseau.RendezVousProposes"
    personne: str
    role: str
    """That played; none when none could."""
    au: dt.date
    motif: str
    """Of the delay: "premier", "apres_absence", "passation" or "suivi"; none when it is not known."""
    au_plus_tard: dt.date | None
    """None when it is not known."""
    absences_de_suite: int
    """That the actor sees."""
    lieux: tuple[LieuPropose, ...]
    """The nearest first."""
    signalements: tuple[SignalementRendezVous, ...]


@dataclass(frozen=True, slots=True, repr=False)
class HabilitationTenue(Record):
    """What a professional was allowed, and until when."""

    _table: ClassVar[str] = "reseau.HabilitationTenue"
    objet: str
    etape: str
    depuis: dt.date | None
    fin: dt.date | None
    en_vigueur: bool
    """Given, and not over."""


@dataclass(frozen=True, slots=True, repr=False)
class FormationPro(Record):
    """A training of a professional."""

    _table: ClassVar[str] = "reseau.FormationPro"
    formation: str
    module: str
    etape: str
    le: dt.date | None
    """The day of that step."""
    heures: int | None
    """None when they are not said."""


@dataclass(frozen=True, slots=True, repr=False)
class ConditionLabel(Record):
    """What a label asks for."""

    _table: ClassVar[str] = "reseau.ConditionLabel"
    code: str
    """In donnees/reseau.json of the pack."""
    libelle: str
    """In French."""
    etat: str
    """"rempli", "non_rempli" or "inconnu"."""
    source: str
    """Where the condition comes from."""


@dataclass(frozen=True, slots=True, repr=False)
class LabelTenu(Record):
    """Where the label of a structure stands."""

    _table: ClassVar[str] = "reseau.LabelTenu"
    etape: str
    depuis: dt.date | None
    fin: dt.date | None
    en_vigueur: bool
    """Granted, and not over."""
    criteres: tuple[str, ...]
    """That it fulfils, codes of the pack."""
    suivi_plus_six_mois: str
    """As it was answered."""
    conditions: tuple[ConditionLabel, ...]


@dataclass(frozen=True, slots=True, repr=False)
class FicheReseau(Record):
    """What a structure or a professional is on a day."""

    _table: ClassVar[str] = "reseau.FicheReseau"
    sujet: str
    nom: str
    au: dt.date
    code_commune: str
    """Of a structure."""
    cercle: str
    """Of a structure: its ring in the consortium."""
    cercle_depuis: dt.date | None
    label: LabelTenu | None
    """Of a structure."""
    professionnels: tuple[str, ...]
    """Of a structure: those who are not gone."""
    structure: str
    """Of a professional."""
    fonction: str
    """Of a professional."""
    habilitations: tuple[HabilitationTenue, ...]
    formations: tuple[FormationPro, ...]
    depart: dt.date | None
    """The day on which he left, or it closed; it may come."""
    depart_motif: str


@dataclass(frozen=True, slots=True, repr=False)
class ComptesReseau(Record):
    """The network over a period, both days included."""

    _table: ClassVar[str] = "reseau.ComptesReseau"
    du: dt.date
    au: dt.date
    structures: int
    """Known, and not gone at the end."""
    professionnels: int
    """Known, and not gone at the end."""
    professionnels_formes: int
    """Who followed a training then, each once."""
    formations_suivies: int
    """Then."""
    heures: int
    """Of these trainings, where they are said."""
    habilitations: int
    """In force at the end."""
    labels: int
    """In force at the end."""
    labels_accordes: int
    """Then."""
    departs: int
    """Of professionals and structures, then."""
    cercles: dict[str, int]
    """Structures by ring, at the end."""
    modules: dict[str, int]
    """Trainings followed then, by module."""
    formes_par_structure: dict[str, int]
    """Professionals trained then, by structure."""


@dataclass(frozen=True, slots=True, repr=False)
class SuiviLabel(Record):
    """How long a labelled structure followed somebody who went back to work."""

    _table: ClassVar[str] = "reseau.SuiviLabel"
    personne: str
    emploi: dt.date
    """The first day of work."""
    doit_depasser: dt.date
    """The suivi is to close after that day."""
    cloture: dt.date | None
    """None while it is open."""
    manquement: bool
    """It closed on or before that day, and the job was not lost."""


@dataclass(frozen=True, slots=True, repr=False)
class SollicitationVue(Record):
    """What a professional asked of another about somebody."""

    _table: ClassVar[str] = "reseau.SollicitationVue"
    personne: str
    sollicitation: str
    """Its id, to answer it; its rank for who does not see the whole of it."""
    sens: str
    """"recue" or "envoyee"."""
    etape: str
    de: str
    a: str
    objet: str
    texte: str
    """None when it is not said, or not shown."""
    demandee_le: dt.date | None
    depuis: dt.date | None
    """The day of its last step."""
    attendue_le: dt.date | None
    """The last day for an answer, by the pack."""
    en_retard: bool
    """Asked, not answered, and that day is over."""


@dataclass(frozen=True, slots=True, repr=False)
class ValeurSatisfaction(Record):
    """What a question of satisfaction may be answered."""

    _table: ClassVar[str] = "reseau.ValeurSatisfaction"
    code: str
    libelle: str
    """In French."""
    note: int
    """What it counts for in a mean."""


@dataclass(frozen=True, slots=True, repr=False)
class QuestionSatisfaction(Record):
    """A question of the questionnaire of satisfaction."""

    _table: ClassVar[str] = "reseau.QuestionSatisfaction"
    code: str
    texte: str
    """In French."""
    publics: tuple[str, ...]
    """"personne", "referent"."""
    valeurs: tuple[ValeurSatisfaction, ...]


@dataclass(frozen=True, slots=True, repr=False)
class QuestionnaireSatisfaction(Record):
    """The questionnaire of satisfaction of a pack."""

    _table: ClassVar[str] = "reseau.QuestionnaireSatisfaction"
    id: str
    """With its version."""
    titre: str
    """In French."""
    source: str
    questions: tuple[QuestionSatisfaction, ...]


@dataclass(frozen=True, slots=True, repr=False)
class MoyenneSatisfaction(Record):
    """What a question was answered, taken together."""

    _table: ClassVar[str] = "reseau.MoyenneSatisfaction"
    question: str
    texte: str
    """In French."""
    effectif: int
    """Who answered it."""
    moyenne: Decimal
    """Of the notes of the pack, to one decimal."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseSatisfaction(Record):
    """The answers of a public on a structure in a quarter."""

    _table: ClassVar[str] = "reseau.CaseSatisfaction"
    structure: str
    """None for all of them."""
    trimestre: str
    """"2022-T2"; none for all of them."""
    public: str
    """"personne" or "referent"."""
    effectif: int
    """Who answered."""
    moyennes: tuple[MoyenneSatisfaction, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Satisfaction(Record):
    """What may be told of the answers."""

    _table: ClassVar[str] = "reseau.Satisfaction"
    au: dt.date
    cases: tuple[CaseSatisfaction, ...]
    """Of quarters that are over, and large enough."""
    ensemble: tuple[CaseSatisfaction, ...]
    """By public, of these cells alone."""


@dataclass(frozen=True, slots=True, repr=False)
class BadgeEmis(Record):
    """A badge that was signed for a structure."""

    _table: ClassVar[str] = "reseau.BadgeEmis"
    id: str
    code: str
    """Of the pack."""
    etat: str
    """"en_vigueur", "echu", "retire", or "a_retirer": what it says holds no longer."""
    badge: str
    """Its identifier."""
    empreinte: str
    """Its SHA-256."""
    emetteur: str
    """Who signed it."""
    debut: dt.date | None
    fin: dt.date | None
    """Its last day."""
    liste: str
    """The list of status that bears it."""
    entree: str
    """What its issuer sets there to revoke it."""
    motif: str
    """Why it was withdrawn."""


@dataclass(frozen=True, slots=True, repr=False)
class BadgeDeStructure(Record):
    """A badge that a structure may bear, or not."""

    _table: ClassVar[str] = "reseau.BadgeDeStructure"
    code: str
    """Of the pack."""
    nom: str
    description: str
    decision: str
    """"delivrable", "refuse" or "inconnu"."""
    motifs: tuple[str, ...]
    """Why not, in French."""
    criteres: str
    """What it says, in French."""
    source: str
    """Of the rule: lines of the convention."""
    debut: dt.date | None
    """Of one that would be signed now."""
    fin: dt.date | None
    """Its last day."""
    a_renouveler: bool
    """The one in force ends soon, or none is."""


@dataclass(frozen=True, slots=True, repr=False)
class BadgesStructure(Record):
    """The badges of a structure, on a day."""

    _table: ClassVar[str] = "reseau.BadgesStructure"
    structure: str
    nom: str
    siret: str
    au: dt.date
    badges: tuple[BadgeDeStructure, ...]
    emis: tuple[BadgeEmis, ...]
    """In the order of their first days."""
