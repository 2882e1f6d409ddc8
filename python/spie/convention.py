"""The money of a convention: budget, ledger, statement of expenses, control, schedule.

What the pack decides (verdicts, cap, shares, thresholds) is its rules'; amounts are Decimal euros.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from spie import _core
from spie.errors import Diagnostic, LedgerError, why
from spie.given import lines, named, unreadable
from spie.handle import engine
from spie.notebook import Shown, page
from spie.pack import Pack, ParameterUse
from spie.words.codes import Said

T = TypeVar("T")


class Tableau:
    """What is written as data, as JSON and as CSV."""

    _core: _core.Budget | _core.Control | _core.Schedule

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON says it: amounts as texts, dates as ISO texts."""
        return self._core.to_dict()

    def to_json(self, indent: int = 2) -> str:
        return _core.write_json(self.to_dict(), indent)

    def to_csv(self) -> str:
        """What a French spreadsheet opens."""
        return self._core.csv()


@dataclass(frozen=True)
class CalculBudget:
    """The computation that a text writes beside an amount."""

    quantite: Decimal
    prix_unitaire: Decimal
    periodes: Decimal
    attendu: Decimal


@dataclass(frozen=True)
class DetailBudget:
    """`montant` is what holds under the reading, `montant_ecrit` what the text writes."""

    libelle: str
    montant: Decimal
    montant_ecrit: Decimal
    source: str
    calcul: CalculBudget | None = None


@dataclass(frozen=True)
class LigneBudget:
    action: str
    libelle: str
    nature: str
    montant: Decimal
    montant_ecrit: Decimal
    source: str
    detail: tuple[DetailBudget, ...] = ()


@dataclass(frozen=True)
class Budget(Tableau, Shown, Said):
    """The budget of the convention, its sums checked: `constats` says what does not add up."""

    _page = "budget.html.j2", "budget"

    id: str
    titre: str
    monnaie: str
    article: str
    source: str
    lignes: tuple[LigneBudget, ...]
    total: Decimal
    total_ecrit: Decimal
    totaux: dict[str, Decimal]
    constats: tuple[Diagnostic, ...]
    _core: _core.Budget = dataclasses.field(repr=False, compare=False)


@dataclass(frozen=True)
class Depense:
    """A line of the ledger."""

    id: str
    date: dt.date
    action: str
    nature: str
    libelle: str
    fournisseur: str
    montant: Decimal
    axe: str
    date_paiement: dt.date | None
    piece: str
    necessaire: str
    cofinancement: str
    montant_cofinance: Decimal | None


@dataclass(frozen=True)
class Versement:
    """A payment received, or (sens: "remboursement") what of it was paid back."""

    date: dt.date
    montant: Decimal
    libelle: str
    sens: str


@dataclass(frozen=True)
class Refus:
    """A fault of a line that was refused."""

    enregistrement: int
    portee: str
    ligne: int | None
    champ: str
    valeur: str
    diagnostic: Diagnostic


@dataclass(frozen=True)
class Lecture:
    """The account of a reading: recus = lus + refuses_total."""

    fichier: str
    unite: str
    recus: int
    lus: int
    refuses_total: int
    refuses: tuple[Refus, ...]
    fautes_non_detaillees: int
    avertissements: tuple[Diagnostic, ...]


class Registre(Shown):
    """A ledger of expenses, as it was read."""

    _page = "registre.html.j2", "registre"

    def __init__(self, core: _core.Ledger) -> None:
        self._core = core

    @property
    def depenses(self) -> list[Depense]:
        return [_build(Depense, raw) for raw in self._core.to_dict()["depenses"]]

    @property
    def lecture(self) -> Lecture:
        return _build(Lecture, self._core.reading())

    def __len__(self) -> int:
        return len(self._core)

    def to_dict(self) -> dict[str, Any]:
        return self._core.to_dict()

    def __repr__(self) -> str:
        return f"<spie.convention.Registre: {len(self)} lignes>"


class Versements(Shown):
    """The payments received, as they were read."""

    _page = "versements.html.j2", "versements"

    def __init__(self, core: _core.Payments) -> None:
        self._core = core

    @property
    def versements(self) -> list[Versement]:
        return [_build(Versement, raw) for raw in self._core.to_dict()["versements"]]

    @property
    def lecture(self) -> Lecture:
        return _build(Lecture, self._core.reading())

    def __len__(self) -> int:
        return len(self._core)

    def to_dict(self) -> dict[str, Any]:
        return self._core.to_dict()

    def __repr__(self) -> str:
        return f"<spie.convention.Versements: {len(self)}>"


@dataclass(frozen=True)
class LigneEtat:
    """A line of the statement: its verdict, why, by which article, and what is retained of it."""

    id: str
    date: dt.date
    action: str
    nature: str
    libelle: str
    fournisseur: str
    montant: Decimal
    axe: str
    date_paiement: dt.date | None
    piece: str
    necessaire: str
    cofinancement: str
    montant_cofinance: Decimal | None
    verdict: str
    motif: str
    article: str
    dans_la_periode: bool
    frais_plafonnes: bool
    retenu: Decimal
    depassement: Decimal
    drapeaux: tuple[str, ...]


@dataclass(frozen=True)
class Total:
    """Of an action or of a nature: montant = retenu + ecarte + indetermine."""

    code: str
    libelle: str
    budget: Decimal | None
    ecart: Decimal | None
    montant: Decimal
    cout_total: Decimal
    retenu: Decimal
    ecarte: Decimal
    indetermine: Decimal
    lignes: int
    depasse: bool


@dataclass(frozen=True)
class Manque:
    """What the facts leave open: a field of the statement, and the facts it lacks."""

    champ: str
    faits: tuple[str, ...]


@dataclass(frozen=True)
class AutreLecture:
    """What the statement would be under another reading of the text, all else equal."""

    parametre: str
    valeur: Any
    autre: Any
    part_etat: Decimal | None
    solde: Decimal | None


@dataclass(frozen=True)
class Motif:
    """Why a field of the statement is what it is, in the pack's words."""

    champ: str
    motif: str
    article: str


@dataclass(frozen=True)
class EtatDesDepenses(Shown, Said):
    """The statement of expenses at a date. Amounts in euros, to the cent."""

    _page = "etat_court.html.j2", "etat"

    pack_id: str
    pack_version: str
    pack_sha256: str
    date: dt.date
    parametres: tuple[ParameterUse, ...]
    cout_total: Decimal
    depenses_eligibles: Decimal
    montant_indetermine: Decimal
    montant_ecarte: Decimal
    frais_generaux: Decimal
    plafond_frais_generaux: Decimal
    frais_generaux_ecartes: Decimal
    autres_subventions_etat: Decimal
    part_etat: Decimal
    autofinancement: Decimal
    autofinancement_suffisant: bool | None
    verse: Decimal
    rembourse: Decimal
    solde: Decimal
    solde_exigible: bool | None
    trop_percu: Decimal
    trop_percu_exigible: bool | None
    premier_versement: Decimal | None
    lignes: tuple[LigneEtat, ...]
    par_action: tuple[Total, ...]
    par_nature: tuple[Total, ...]
    total: Total
    manques: tuple[Manque, ...]
    motifs: tuple[Motif, ...]
    autres_lectures: tuple[AutreLecture, ...]
    constats: tuple[Diagnostic, ...]
    avertissements: tuple[Diagnostic, ...]
    refus: tuple[Refus, ...]
    fautes_non_detaillees: int
    lignes_posterieures: int
    versements_posterieurs: int
    lignes_refusees: int
    versements_refuses: int
    _core: _core.Statement = dataclasses.field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON says it: amounts as texts, dates as ISO texts."""
        return self._core.to_dict()

    def to_json(self, indent: int = 2) -> str:
        return _core.write_json(self.to_dict(), indent)

    def to_csv(self, *, totals: bool = False) -> str:
        """What a French spreadsheet opens: the lines, or the totals by action and by nature."""
        return self._core.csv(totals)

    def to_html(self, pack: Pack | None = None) -> str:
        """A page fit to print and sign; the pack gives the titles of its articles."""
        articles = {} if pack is None else {one.id: one for one in pack.articles}
        cited = {line.article for line in self.lignes}
        return page(
            "etat.html.j2",
            etat=self,
            pack=pack,
            titres={key: one.titre for key, one in articles.items()},
            libelles={one.code: one.libelle for one in (*self.par_action, *self.par_nature)},
            articles=[one for key, one in articles.items() if key in cited],
            parametres={} if pack is None else {one.nom: one for one in pack.parameters},
        )


@dataclass(frozen=True)
class Controle(Tableau, Shown, Said):
    """Article 8: that what was paid does not exceed the cost, at the end of a year or of all."""

    _page = "controle.html.j2", "controle"

    pack_id: str
    pack_version: str
    pack_sha256: str
    annee: int
    final: bool
    date: dt.date
    a_l_issue: bool
    verse: Decimal
    cout_realise: Decimal
    verse_annee: Decimal
    cout_annee: Decimal
    conforme: bool
    excedent: Decimal
    motif: str
    article: str
    depassement_maximum: Decimal | None
    """Paid beyond the maximum of the convention, which article 8 does not look at."""
    motif_depassement: str
    article_depassement: str
    parametres: tuple[ParameterUse, ...]
    lignes_refusees: int
    versements_refuses: int
    _core: _core.Control = dataclasses.field(repr=False, compare=False)


@dataclass(frozen=True)
class Echeance:
    """A duty, who owes it, and whether it is done, due or late."""

    id: str
    libelle: str
    debiteur: str
    genre: str
    article: str
    recurrence: str
    declencheur: str
    condition: str
    date: dt.date | None
    fin: dt.date | None
    """Of a recurrent duty: the last day it may arise."""
    faite_le: dt.date | None
    etat: str
    manquants: tuple[str, ...]


@dataclass(frozen=True)
class Echeancier(Tableau, Shown, Said):
    """Every duty of the convention at a date."""

    _page = "echeancier.html.j2", "echeancier"

    pack_id: str
    pack_version: str
    pack_sha256: str
    date: dt.date
    echeances: tuple[Echeance, ...]
    _core: _core.Schedule = dataclasses.field(repr=False, compare=False)


def _convert(kind: Any, raw: Any) -> Any:
    """A value of the JSON as the type that the field declares."""
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        if raw is None:
            return None
        kinds = [one for one in typing.get_args(kind) if one is not type(None)]
        return _convert(kinds[0], raw)
    if origin is tuple:
        return tuple(_convert(typing.get_args(kind)[0], item) for item in raw or ())
    if origin is dict:
        return {key: _convert(typing.get_args(kind)[1], item) for key, item in raw.items()}
    if kind is Decimal:
        return Decimal(raw)
    if kind is dt.date:
        return dt.date.fromisoformat(raw) if isinstance(raw, str) else raw
    if kind is int:
        return int(raw)
    if kind is str:
        return "" if raw is None else str(raw)
    if kind is Refus:
        finding = Diagnostic(
            **{
                field.name: raw[field.name]
                for field in dataclasses.fields(Diagnostic)
                if field.name in raw
            }
        )
        return _build(Refus, raw, diagnostic=finding)
    if kind is ParameterUse:
        return ParameterUse.from_dict(raw)
    if dataclasses.is_dataclass(kind) and isinstance(raw, Mapping):
        return _build(typing.cast("type[Any]", kind), raw)
    return raw


def _build(cls: type[T], raw: Mapping[str, Any], /, **extra: Any) -> T:
    if isinstance(pack := raw.get("pack"), Mapping):
        raw = {**raw, **{f"pack_{key}": item for key, item in pack.items()}}
    hints = typing.get_type_hints(cls)
    fields = {
        field.name: _convert(hints[field.name], raw[field.name])
        for field in dataclasses.fields(cls)  # type: ignore[arg-type]
        if field.name not in extra and field.name in raw
    }
    return cls(**fields, **extra)


Content = str | Path | bytes
Lines = Iterable[Mapping[str, Any]]


def _bytes(content: Content, name: str | None) -> tuple[bytes, str]:
    """The bytes and the name of a file, or of bytes given as they are."""
    if isinstance(content, bytes):
        return content, name or ""
    if not isinstance(content, str | Path):
        raise unreadable(content, "content")
    try:
        return Path(content).read_bytes(), name or Path(content).name
    except OSError as error:
        raise LedgerError(
            Diagnostic(
                "C006",
                "error",
                f"Le fichier ne peut pas être lu : {why(error)}.",
                str(content),
                "Vérifier le chemin.",
            )
        ) from error


def read_registre(
    content: Content,
    pack: Pack,
    *,
    name: str | None = None,
    windows_1252: bool = False,
    separator: str = "",
) -> Registre:
    """Reads a ledger, CSV or JSON, from a path or from bytes.

    A CSV is told line by line from UTF-8 or windows-1252; `windows_1252` forces the latter. What is
    wrong is refused line by line, see `lecture`; a whole that cannot be read raises LedgerError.
    """
    data, title = _bytes(content, name)
    return Registre(_core.Ledger.read(data, title, engine(pack), windows_1252, separator))


def read_versements(
    content: Content,
    *,
    name: str | None = None,
    windows_1252: bool = False,
    separator: str = "",
) -> Versements:
    """Reads the payments received, CSV or JSON, from a path or from bytes."""
    data, title = _bytes(content, name)
    return Versements(_core.Payments.read(data, title, windows_1252, separator))


def _ledger(registre: Registre | Content | Lines, pack: Pack) -> Registre:
    if isinstance(registre, Registre):
        return registre
    if isinstance(registre, str | Path | bytes):
        return read_registre(registre, pack)
    return Registre(_core.Ledger.of(lines(registre, "registre"), "", engine(pack)))


def _payments(versements: Versements | Content | Lines | None) -> Versements:
    if versements is None:
        return Versements(_core.Payments())
    if isinstance(versements, Versements):
        return versements
    if isinstance(versements, str | Path | bytes):
        return read_versements(versements)
    return Versements(_core.Payments.of(lines(versements, "versements"), ""))


def budget(pack: Pack, *, parameters: Mapping[str, Any] | None = None) -> Budget:
    """The budget of the pack, its sums checked; `parameters` gives readings of the text."""
    found = _core.budget(engine(pack), named(parameters, "parameters"))
    return _build(Budget, found.to_dict(), _core=found).said_as(pack)


def etat_des_depenses(
    pack: Pack,
    registre: Registre | Content | Lines,
    versements: Versements | Content | Lines | None = None,
    faits: Mapping[str, Any] | None = None,
    *,
    at: dt.date,
    parameters: Mapping[str, Any] | None = None,
) -> EtatDesDepenses:
    """The statement of expenses over the lines dated up to `at`.

    The ledger and the payments are a path, bytes, or lines already in memory. `faits` says what
    the pack cannot know (bilan_financier_produit…); `parameters` gives readings of the text.
    """
    statement = _core.statement(
        engine(pack),
        engine(_ledger(registre, pack)),
        engine(_payments(versements)),
        named(faits, "faits"),
        at,
        named(parameters, "parameters"),
    )
    return _build(EtatDesDepenses, statement.to_dict(), _core=statement).said_as(pack)


def controle(
    pack: Pack,
    registre: Registre | Content | Lines,
    versements: Versements | Content | Lines | None = None,
    *,
    annee: int | None = None,
    final: bool = False,
    parameters: Mapping[str, Any] | None = None,
) -> Controle:
    """The control of article 8 of a year of the convention, or the final one, at the pack's day."""
    if final == (annee is not None):
        raise ValueError("one of annee and final=True is expected")
    found = _core.control(
        engine(pack),
        engine(_ledger(registre, pack)),
        engine(_payments(versements)),
        annee,
        named(parameters, "parameters"),
    )
    return _build(Controle, found.to_dict(), _core=found).said_as(pack)


def echeancier(
    pack: Pack,
    faits: Mapping[str, Any] | None = None,
    *,
    at: dt.date,
    etat: EtatDesDepenses | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Echeancier:
    """Every duty of the convention, done, due or late at a date.

    `etat`, the statement of expenses, gives the over-payment, unless `faits` does.
    """
    stated = {} if etat is None else {"trop_percu": etat.trop_percu}
    found = _core.schedule(
        engine(pack), {**stated, **named(faits, "faits")}, at, named(parameters, "parameters")
    )
    return _build(Echeancier, found.to_dict(), _core=found).said_as(pack)


def parse_parametre(pack: Pack, name: str, text: str) -> Any:
    """The value of a parameter as a command line writes it, in the type that the pack gives it."""
    return _core.parse_parameter(engine(pack), name, text)
