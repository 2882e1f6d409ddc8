"""The records of spie.convention. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from spie.errors import Diagnostic
from spie.records import Record, pack


@dataclass(frozen=True, slots=True, repr=False)
class CalculBudget(Record):
    """The computation that a text writes beside an amount."""

    _table: ClassVar[str] = "convention.CalculBudget"
    quantite: Decimal
    prix_unitaire: Decimal
    periodes: Decimal
    attendu: Decimal
    """What they give."""


@dataclass(frozen=True, slots=True, repr=False)
class DetailBudget(Record):
    """`montant` is what holds under the reading, `montant_ecrit` what the text writes."""

    _table: ClassVar[str] = "convention.DetailBudget"
    libelle: str
    montant: Decimal
    montant_ecrit: Decimal
    source: str
    """Place in the text."""
    calcul: CalculBudget | None


@dataclass(frozen=True, slots=True, repr=False)
class LigneBudget(Record):
    """A line of the budget: an action."""

    _table: ClassVar[str] = "convention.LigneBudget"
    action: str
    libelle: str
    nature: str
    montant: Decimal
    montant_ecrit: Decimal
    source: str
    """Place in the text."""
    detail: tuple[DetailBudget, ...]
    """Empty when the text does not split the amount."""


@dataclass(frozen=True, slots=True, repr=False)
class Budget(Record):
    """The budget of the convention, its sums checked: `constats` says what does not add up."""

    _table: ClassVar[str] = "convention.Budget"
    id: str
    titre: str
    monnaie: str
    article: str
    source: str
    lignes: tuple[LigneBudget, ...]
    total: Decimal
    """The sum of the lines."""
    total_ecrit: Decimal
    totaux: dict[str, Decimal]
    """Those that the text writes."""
    constats: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Depense(Record):
    """A line of the ledger."""

    _table: ClassVar[str] = "convention.Depense"
    id: str
    date: dt.date
    action: str
    nature: str
    libelle: str
    fournisseur: str
    montant: Decimal
    axe: str
    date_paiement: dt.date | None
    """None: unpaid."""
    piece: str
    """The supporting document."""
    necessaire: str
    cofinancement: str
    """"etat:NOM" or "autre:NOM"."""
    montant_cofinance: Decimal | None


@dataclass(frozen=True, slots=True, repr=False)
class Versement(Record):
    """A payment received, or (sens: "remboursement") what of it was paid back."""

    _table: ClassVar[str] = "convention.Versement"
    date: dt.date
    montant: Decimal
    libelle: str
    sens: str


@dataclass(frozen=True, slots=True, repr=False)
class Refus(Record):
    """A fault of a line that was refused."""

    _table: ClassVar[str] = "convention.Refus"
    enregistrement: int
    """Rank among the records received, from 1."""
    ligne: int | None
    """Of the file, where the record begins; none in JSON."""
    champ: str
    """Empty when the fault is of the whole line."""
    valeur: str
    portee: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True, repr=False)
class CompteRendu(Record):
    """The account of a reading: recus = lus + refuses_total."""

    _table: ClassVar[str] = "convention.CompteRendu"
    fichier: str
    unite: str
    """What is counted."""
    recus: int
    lus: int
    refuses_total: int
    refuses: tuple[Refus, ...]
    """The first thousand faults."""
    fautes_non_detaillees: int
    """Those beyond."""
    avertissements: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LigneEtat(Record):
    """A line of the statement: its verdict, why, by which article, and what is retained of it."""

    _table: ClassVar[str] = "convention.LigneEtat"
    id: str
    date: dt.date
    action: str
    nature: str
    libelle: str
    fournisseur: str
    montant: Decimal
    axe: str
    date_paiement: dt.date | None
    """None: unpaid."""
    piece: str
    """The supporting document."""
    necessaire: str
    cofinancement: str
    """"etat:NOM" or "autre:NOM"."""
    montant_cofinance: Decimal | None
    verdict: str
    """"retenue", "ecartee" or "indetermine"."""
    motif: str
    article: str
    retenu: Decimal
    """Below `montant` when the cap cuts the line."""
    depassement: Decimal
    """What of the line is above the cap."""
    drapeaux: tuple[str, ...]
    dans_la_periode: bool
    """Counts in cout_total."""
    frais_plafonnes: bool
    """Falls under the cap of general costs."""


@dataclass(frozen=True, slots=True, repr=False)
class Total(Record):
    """Of an action or of a nature: montant = retenu + ecarte + indetermine."""

    _table: ClassVar[str] = "convention.Total"
    code: str
    libelle: str
    lignes: int
    """How many."""
    budget: Decimal | None
    """Annexe C gives amounts by action, none by nature."""
    cout_total: Decimal
    """Of the lines inside the period."""
    ecart: Decimal | None
    """budget − cout_total: below zero when the budget is exceeded."""
    depasse: bool
    montant: Decimal
    retenu: Decimal
    ecarte: Decimal
    indetermine: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class Manque(Record):
    """What the facts leave open: a field of the statement, and the facts it lacks."""

    _table: ClassVar[str] = "convention.Manque"
    champ: str
    faits: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class AutreLecture(Record):
    """What the statement would be under another reading of the text, all else equal."""

    _table: ClassVar[str] = "convention.AutreLecture"
    parametre: str
    valeur: Any
    """What the statement takes."""
    autre: Any
    """What it would take."""
    part_etat: Decimal | None
    """None where that reading lacks a fact or is in error."""
    solde: Decimal | None


@dataclass(frozen=True, slots=True, repr=False)
class Motif(Record):
    """Why a field of the statement is what it is, in the pack's words."""

    _table: ClassVar[str] = "convention.Motif"
    champ: str
    motif: str
    article: str


@dataclass(frozen=True, slots=True, repr=False)
class EtatDesDepenses(Record):
    """The statement of expenses at a date. Amounts in euros, to the cent."""

    _table: ClassVar[str] = "convention.EtatDesDepenses"
    pack_id: str
    pack_version: str
    pack_sha256: str
    """of all its files and those of the packs it extends"""
    date: dt.date
    cout_total: Decimal
    """Of the lines inside the period, eligible or not."""
    depenses_eligibles: Decimal
    """The sum of `retenu`, gross of co-financing."""
    montant_indetermine: Decimal
    """Of the undecided lines."""
    montant_ecarte: Decimal
    """The total of the lines less the two above."""
    frais_generaux: Decimal
    """Eligible general and mission costs before the cap."""
    plafond_frais_generaux: Decimal
    frais_generaux_ecartes: Decimal
    """The excess over the cap."""
    autres_subventions_etat: Decimal
    part_etat: Decimal
    autofinancement: Decimal
    autofinancement_suffisant: bool | None
    """None when the pack has no such decision."""
    premier_versement: Decimal | None
    verse: Decimal
    """Payments less repayments, up to the date."""
    rembourse: Decimal
    solde: Decimal
    solde_exigible: bool | None
    """None: the facts do not say; see `manques`."""
    trop_percu: Decimal
    trop_percu_exigible: bool | None
    """None: the facts do not say; see `manques`."""
    manques: tuple[Manque, ...]
    motifs: tuple[Motif, ...]
    autres_lectures: tuple[AutreLecture, ...]
    constats: tuple[Diagnostic, ...]
    """What does not add up in the budget."""
    avertissements: tuple[Diagnostic, ...]
    """Of the reading of the ledger and of the payments."""
    refus: tuple[Refus, ...]
    """Of the ledger, then of the payments."""
    fautes_non_detaillees: int
    par_action: tuple[Total, ...]
    par_nature: tuple[Total, ...]
    total: Total
    parametres: tuple[pack.ParameterUse, ...]
    """Those that the statement rests on."""
    lignes_posterieures: int
    """Dated after the date: left out."""
    versements_posterieurs: int
    lignes_refusees: int
    """When the ledger was read: they are in no amount."""
    versements_refuses: int
    lignes: tuple[LigneEtat, ...]
    """By date, then id."""


@dataclass(frozen=True, slots=True, repr=False)
class Controle(Record):
    """Article 8: that what was paid does not exceed the cost, at the end of a year or of all."""

    _table: ClassVar[str] = "convention.Controle"
    pack_id: str
    pack_version: str
    pack_sha256: str
    """of all its files and those of the packs it extends"""
    annee: int
    final: bool
    date: dt.date
    a_l_issue: bool
    """The convention has ended by then."""
    verse: Decimal
    cout_realise: Decimal
    verse_annee: Decimal
    cout_annee: Decimal
    conforme: bool
    excedent: Decimal
    """Of what was paid over the cost."""
    motif: str
    article: str
    depassement_maximum: Decimal | None
    """Paid beyond the maximum of the convention, which article 8 does not look at."""
    motif_depassement: str
    article_depassement: str
    parametres: tuple[pack.ParameterUse, ...]
    """Those that were given another value."""
    lignes_refusees: int
    versements_refuses: int


@dataclass(frozen=True, slots=True, repr=False)
class Echeance(Record):
    """A duty, who owes it, and whether it is done, due or late."""

    _table: ClassVar[str] = "convention.Echeance"
    id: str
    libelle: str
    debiteur: str
    genre: str
    """"obligation", "ouverture" or "repere"."""
    etat: str
    date: dt.date | None
    """None: recurrent, or its trigger is not known."""
    fin: dt.date | None
    """Of a recurrent duty: the last day it may arise."""
    faite_le: dt.date | None
    article: str
    recurrence: str
    declencheur: str
    condition: str
    manquants: tuple[str, ...]
    """The facts that would date it."""


@dataclass(frozen=True, slots=True, repr=False)
class Echeancier(Record):
    """Every duty of the convention at a date."""

    _table: ClassVar[str] = "convention.Echeancier"
    pack_id: str
    pack_version: str
    pack_sha256: str
    """of all its files and those of the packs it extends"""
    date: dt.date
    echeances: tuple[Echeance, ...]
    """Dated ones first, by date."""
