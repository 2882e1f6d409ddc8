"""The money of a convention: budget, ledger, statement of expenses, control, schedule.

What the pack decides (verdicts, cap, shares, thresholds) is its rules'; amounts are Decimal euros.

>>> spie.convention.budget(pack).total
Decimal('620000.00')
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from spie import _core
from spie.errors import Diagnostic, LedgerError, why
from spie.given import Named, Table, is_table, lines, named, nested, unreadable
from spie.handle import engine
from spie.limits import Limits, numbers
from spie.notebook import Shown, page
from spie.pack import Pack
from spie.records import convention as records
from spie.records.convention import (
    AutreLecture as AutreLecture,
)
from spie.records.convention import (
    CalculBudget as CalculBudget,
)
from spie.records.convention import (
    CompteRendu as CompteRendu,
)
from spie.records.convention import (
    Depense as Depense,
)
from spie.records.convention import (
    DetailBudget as DetailBudget,
)
from spie.records.convention import (
    Echeance as Echeance,
)
from spie.records.convention import (
    LigneBudget as LigneBudget,
)
from spie.records.convention import (
    LigneEtat as LigneEtat,
)
from spie.records.convention import (
    Manque as Manque,
)
from spie.records.convention import (
    Motif as Motif,
)
from spie.records.convention import (
    Refus as Refus,
)
from spie.records.convention import (
    Total as Total,
)
from spie.records.convention import (
    Versement as Versement,
)
from spie.tables import Tabular, columns
from spie.words.codes import SaidRecord

Lecture = CompteRendu  # its name before the records had tables


def _of_pack(record: Any) -> dict[str, object]:
    """What holds of a whole table: the pack that judged, and the day."""
    return {
        name: getattr(record, name)
        for name in ("pack_id", "pack_version", "pack_sha256", "date")
        if hasattr(record, name)
    }


class Tableau(Tabular):
    """What is written as data, as JSON, as CSV and as a table of Arrow, pandas or Polars."""

    __slots__ = ()

    def to_csv(self) -> str:
        """What a French spreadsheet opens."""
        raise NotImplementedError


class Budget(SaidRecord, records.Budget, Tableau, Shown):
    __doc__ = records.Budget.__doc__
    __slots__ = ("_words",)
    _page = "budget.html.j2", "budget"

    def to_csv(self) -> str:
        """What a French spreadsheet opens."""
        return _core.budget_csv(self)

    def to_arrow(self) -> Any:
        """Its lines, one an action, as a pyarrow.Table."""
        return columns.records("convention.LigneBudget", self.lignes, said={"id": self.id})


class Registre(Tabular, Shown):
    """A ledger of expenses, as it was read."""

    _page = "registre.html.j2", "registre"

    def __init__(self, core: _core.Ledger) -> None:
        self._core = core

    @property
    def depenses(self) -> list[Depense]:
        return self._core.lines()

    @property
    def lecture(self) -> CompteRendu:
        return self._core.reading()

    def __len__(self) -> int:
        return len(self._core)

    def to_dict(self) -> dict[str, Any]:
        return self._core.to_dict()

    def to_arrow(self) -> Any:
        """The lines that were read, as a pyarrow.Table."""
        return columns.records("convention.Depense", self.depenses)

    def __reduce__(self) -> tuple[Any, ...]:
        return _ledger_again, (self.depenses, self.lecture)

    def __repr__(self) -> str:
        return f"<spie.convention.Registre: {len(self)} lignes>"


class Versements(Tabular, Shown):
    """The payments received, as they were read."""

    _page = "versements.html.j2", "versements"

    def __init__(self, core: _core.Payments) -> None:
        self._core = core

    @property
    def versements(self) -> list[Versement]:
        return self._core.lines()

    @property
    def lecture(self) -> CompteRendu:
        return self._core.reading()

    def __len__(self) -> int:
        return len(self._core)

    def to_dict(self) -> dict[str, Any]:
        return self._core.to_dict()

    def to_arrow(self) -> Any:
        """The payments that were read, as a pyarrow.Table."""
        return columns.records("convention.Versement", self.versements)

    def __reduce__(self) -> tuple[Any, ...]:
        return _payments_again, (self.versements, self.lecture)

    def __repr__(self) -> str:
        return f"<spie.convention.Versements: {len(self)}>"


def _ledger_again(lines: list[Depense], reading: CompteRendu) -> Registre:
    return Registre(_core.Ledger.again(lines, reading))


def _payments_again(lines: list[Versement], reading: CompteRendu) -> Versements:
    return Versements(_core.Payments.again(lines, reading))


class EtatDesDepenses(SaidRecord, records.EtatDesDepenses, Tabular, Shown):
    """The statement of expenses at a date. Amounts in euros, to the cent.

    >>> etat = spie.convention.etat_des_depenses(
    ...     pack, "donnees/registre-invente.csv", at=date(2023, 12, 31)
    ... )
    >>> etat.to_arrow().schema.field("retenu").type
    Decimal128Type(decimal128(38, 2))
    """

    __slots__ = ("_words",)
    _page = "etat_court.html.j2", "etat"

    def to_csv(self, *, totals: bool = False) -> str:
        """What a French spreadsheet opens: the lines, or the totals by action and by nature."""
        return _core.statement_csv(self, totals)

    def to_arrow(self, *, totals: bool = False) -> Any:
        """Its lines as a pyarrow.Table; or its totals, the column `par` saying of what: an "action", a
        "nature", or the "total"."""
        said = _of_pack(self)
        if not totals:
            return columns.records("convention.LigneEtat", self.lignes, said=said)
        parts = ("action", self.par_action), ("nature", self.par_nature), ("total", (self.total,))
        return columns.records(
            "convention.Total",
            [one for _, part in parts for one in part],
            before={"par": [name for name, part in parts for _ in part]},
            said=said,
        )

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


class Controle(SaidRecord, records.Controle, Tableau, Shown):
    __doc__ = records.Controle.__doc__
    __slots__ = ("_words",)
    _page = "controle.html.j2", "controle"

    def to_csv(self) -> str:
        """What a French spreadsheet opens."""
        return _core.control_csv(self)

    def to_arrow(self) -> Any:
        """Itself as a pyarrow.Table of one row."""
        return columns.records("convention.Controle", [self], said=_of_pack(self))


class Echeancier(SaidRecord, records.Echeancier, Tableau, Shown):
    __doc__ = records.Echeancier.__doc__
    __slots__ = ("_words",)
    _page = "echeancier.html.j2", "echeancier"

    def to_csv(self) -> str:
        """What a French spreadsheet opens."""
        return _core.schedule_csv(self)

    def to_arrow(self) -> Any:
        """Its duties, one a row, as a pyarrow.Table."""
        return columns.records("convention.Echeance", self.echeances, said=_of_pack(self))


LOG = logging.getLogger(__name__)

Content = str | Path | bytes
Lines = Iterable[Mapping[str, Any]] | Table


def _bytes(content: Content | Lines, name: str | None) -> tuple[bytes, str]:
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
    content: Content | Lines,
    pack: Pack,
    *,
    name: str | None = None,
    windows_1252: bool = False,
    separator: str = "",
    limits: Limits | None = None,
) -> Registre:
    """Reads a ledger, CSV or JSON, from a path or from bytes; or the lines of a table (a DataFrame…).

    A CSV is told line by line from UTF-8 or windows-1252; `windows_1252` forces the latter. What is
    wrong is refused line by line, see `lecture`; a whole that cannot be read, or is beyond one of
    the `limits` of its reading, raises LedgerError.
    """
    if is_table(content):
        return _ledger(content, pack)
    data, title = _bytes(content, name)
    within = numbers(limits)
    read = Registre(_core.Ledger.read(data, title, engine(pack), windows_1252, separator, within))
    _tell(read.lecture)
    return read


def read_versements(
    content: Content | Lines,
    *,
    name: str | None = None,
    windows_1252: bool = False,
    separator: str = "",
    limits: Limits | None = None,
) -> Versements:
    """Reads the payments received, CSV or JSON, from a path or from bytes; or the rows of a table."""
    if is_table(content):
        return _payments(content)
    data, title = _bytes(content, name)
    read = Versements(_core.Payments.read(data, title, windows_1252, separator, numbers(limits)))
    _tell(read.lecture)
    return read


def _tell(reading: CompteRendu) -> None:
    """What was guessed, and what was refused: codes and counts, and nothing that the file holds."""
    for code, count in Counter(one.code for one in reading.avertissements).items():
        LOG.info("Guessed or passed over while reading a file: %s, %d times", code, count)
    if reading.refuses_total:
        LOG.warning("%d records of %d were refused", reading.refuses_total, reading.recus)


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
    return _core.budget(engine(pack), named(parameters, "parameters")).said_as(pack)


def etat_des_depenses(
    pack: Pack,
    registre: Registre | Content | Lines,
    versements: Versements | Content | Lines | None = None,
    faits: Named | None = None,
    *,
    at: dt.date,
    parameters: Mapping[str, Any] | None = None,
) -> EtatDesDepenses:
    """The statement of expenses over the lines dated up to `at`.

    The ledger and the payments are a path, bytes, or lines already in memory. `faits` says what
    the pack cannot know (bilan_financier_produit…); `parameters` gives readings of the text.
    """
    return _core.statement(
        engine(pack),
        engine(_ledger(registre, pack)),
        engine(_payments(versements)),
        nested(faits, "faits"),
        at,
        named(parameters, "parameters"),
    ).said_as(pack)


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
    return _core.control(
        engine(pack),
        engine(_ledger(registre, pack)),
        engine(_payments(versements)),
        annee,
        named(parameters, "parameters"),
    ).said_as(pack)


def echeancier(
    pack: Pack,
    faits: Named | None = None,
    *,
    at: dt.date,
    etat: EtatDesDepenses | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Echeancier:
    """Every duty of the convention, done, due or late at a date.

    `etat`, the statement of expenses, gives the over-payment, unless `faits` does.
    """
    stated = {} if etat is None else {"trop_percu": etat.trop_percu}
    return _core.schedule(
        engine(pack), {**stated, **nested(faits, "faits")}, at, named(parameters, "parameters")
    ).said_as(pack)


def parse_parametre(pack: Pack, name: str, text: str) -> Any:
    """The value of a parameter as a command line writes it, in the type that the pack gives it."""
    return _core.parse_parameter(engine(pack), name, text)
