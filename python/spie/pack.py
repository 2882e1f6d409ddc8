"""Packs: policy as data. Articles, dated parameters, DMN models, named cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from spie import _core, packs
from spie.dmn import Element, Fact
from spie.errors import Diagnostic, PackError
from spie.feel import Date
from spie.given import Named, column_names, named, nested
from spie.handle import Immutable, engine
from spie.limits import Limits, numbers
from spie.notebook import Shown
from spie.records.pack import Article as Article
from spie.records.pack import ParameterUse as ParameterUse
from spie.results import Result
from spie.tables import Answer, Progress, Table, capsules, day_text, in_memory
from spie.words.codes import Said, Words


def day(text: str) -> date | Date:
    """A date of a record: ISO text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Date(text)


@dataclass(frozen=True)
class ParameterValue:
    depuis: date | Date
    valeur: Any
    source: str
    note: str
    seconde_main: bool
    """Read elsewhere than in the text itself: to verify before it is shown as law."""


@dataclass(frozen=True)
class ParameterReading:
    """One of the readings of an ambiguous text."""

    valeur: Any
    sens: str
    libelles: dict[str, str]
    """How codes are said under this reading."""


@dataclass(frozen=True)
class Parameter:
    nom: str
    titre: str
    unite: str
    type: str
    article: str
    pack: str
    lu_au: str | None
    """The fact at whose date the value is read; None: at the date of the decision."""
    valeurs: tuple[ParameterValue, ...]
    lectures: tuple[ParameterReading, ...]


@dataclass(frozen=True)
class Case:
    """A named case of a pack: facts, date, expected result."""

    nom: str
    titre: str
    decision: str
    as_of: date | Date
    faits: dict[str, Any]
    parametres: dict[str, Any]
    attendu: dict[str, Any]
    commentaire: str
    pack: str
    fichier: str


@dataclass(frozen=True)
class CaseResult:
    nom: str
    passed: bool
    difference: str
    """What was expected and what was found; empty when passed."""


def _result_again(state: tuple[Any, ...], words: Words) -> PackResult:
    return _core.pack_result_again(state).said_with(words)


class PackResult(_core.PackResult, Result):
    """What a decision of a pack gives: also what it stands on, and the explanation in French.

    >>> entree = pack.evaluate("entree", {"freins": []}, as_of=date(2022, 6, 1))
    >>> entree.status, entree.pack_id, entree.missing[:1]
    ('indetermine', 'seine-et-marne-2022-2023', ['beneficiaire.jeune_infra_bac'])
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return _result_again, (self._state, self._said)

    @property
    def words(self) -> dict[str, str]:
        """How its codes are said, under the readings in force."""
        readings = (use.libelles for use in self.parameters)
        return {
            **self._said.labels,
            **{code: said for one in readings for code, said in one.items()},
        }


@dataclass(frozen=True)
class _Source:
    """What a pack was made from, and what it then was: it pickles as that, and is made anew from it."""

    sha256: str
    folder: str = ""
    search: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    bases: tuple[Pack, ...] = ()
    limits: Limits | None = None


@lru_cache(maxsize=8)  # a pool hands the same pack over with each of its tasks
def _made_of(source: _Source) -> Pack:
    if source.files:
        return Pack.from_files(dict(source.files), source.bases, limits=source.limits)
    made = Pack.load(source.folder, search=source.search, limits=source.limits)
    if made.sha256 != source.sha256:
        raise PackError(
            Diagnostic(
                "P001",
                "error",
                "The folder of the pack does not hold what it held when the pack was pickled.",
                source.folder,
                "Bring the same files, or pickle the pack anew.",
                "Le dossier du pack ne contient plus ce qu'il contenait quand le pack fut transmis",
                "Remettre les mêmes fichiers, ou transmettre le pack à nouveau.",
            )
        )
    return made


def _decision_of(source: _Source, name: str) -> Decision:
    return _made_of(source).decision(name)


class Decision(_core.PackDecision, Immutable):
    """A decision of a pack made ready for many rows; immutable, shared between threads.

    It pickles, for the processes of a pool, as its pack and its name.

    Called with the facts of a row, and as_of, parameters, trace and limits as Pack.evaluate() takes
    them, it gives what Pack.evaluate() gives.

    >>> entree = pack.decision("entree")
    >>> rows = [{"freins": []}, {"beneficiaire": {"rsa": "oui"}}]
    >>> [entree(row, as_of=date(2022, 6, 1), trace=False).status for row in rows]
    ['indetermine', 'indetermine']
    """

    def _at_length(
        self,
        facts: Named | None = None,
        *,
        as_of: date | Date,
        parameters: Mapping[str, Any] | None = None,
        trace: bool = True,
        limits: Limits | None = None,
    ) -> PackResult:
        """What a call goes through when its facts are not plainly right, or with parameters."""
        given = nested(facts, "facts")
        return _core.evaluate_pack_decision(
            self, given, as_of, named(parameters, "parameters"), trace, numbers(limits)
        )

    _source: _Source

    def __reduce__(self) -> tuple[Any, ...]:
        return _decision_of, (self._source, self.name)

    def __repr__(self) -> str:
        return f"<spie.pack.Decision {self.name!r}>"


class Pack(Shown, Said, Immutable):
    """A pack, loaded, linked and bound; immutable, shared between threads if need be.

    It pickles as what it was made from: the folder, which is read again and must hold the same
    files (P001), or the bytes.

    >>> pack = spie.Pack.load("seine-et-marne-2022-2023")
    >>> pack.parameter("taux_plafond_frais", date(2022, 6, 1))
    Decimal('0.15')
    """

    _page = "pack.html.j2", "pack"

    def __init__(self, core: _core.Pack, source: _Source) -> None:
        self._core = core
        self._source = source
        self._made_ready: dict[str, Decision] = {}  # those asked for by name, which answer faster
        self.said_with(Words(core.labels, core.tones))

    @classmethod
    def load(
        cls,
        folder: str | Path,
        *,
        search: Sequence[str | Path] | None = None,
        limits: Limits | None = None,
    ) -> Pack:
        """Loads the pack of a folder; the name of a bundled pack will do where no folder bears it.

        `search` lists the folders where the packs it extends are looked up: its sibling folders,
        then the bundled packs, when it is left out. `limits` are those of the whole load; beyond one of
        them, DmnError (D001) in a model, PackError in another file (P001, P002).
        """
        given = packs.find(folder)
        looked_up = [given.resolve().parent, packs.path()] if search is None else search
        core = _core.Pack.load(str(given), [str(path) for path in looked_up], numbers(limits))
        places = tuple(str(Path(path).resolve()) for path in looked_up)
        return cls(core, _Source(core.sha256, str(given.resolve()), places, limits=limits))

    @classmethod
    def from_files(
        cls,
        files: Mapping[str, bytes | str],
        bases: Iterable[Pack] = (),
        *,
        limits: Limits | None = None,
    ) -> Pack:
        """Builds a pack from the bytes of its files, named relatively to its folder; limits as load()."""
        given = [
            (name, content.encode() if isinstance(content, str) else content)
            for name, content in files.items()
        ]
        extended = tuple(bases)
        core = _core.Pack.from_files(given, [engine(base) for base in extended], numbers(limits))
        return cls(core, _Source(core.sha256, files=tuple(given), bases=extended, limits=limits))

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_of, (self._source,)

    @property
    def id(self) -> str:
        return self._core.id

    @property
    def version(self) -> str:
        return self._core.version

    @property
    def title(self) -> str:
        return self._core.title

    @property
    def authority(self) -> str:
        return self._core.authority

    @property
    def sha256(self) -> str:
        """Of all its files and those of the packs it extends."""
        return self._core.sha256

    @property
    def period(self) -> tuple[date | Date, date | Date | None]:
        """The first and the last day it covers; None: no end."""
        return self._core.period_start, self._core.period_end

    @property
    def bases(self) -> list[str]:
        """The ids of the packs it extends, nearest first."""
        return self._core.bases

    @property
    def articles(self) -> list[Article]:
        return self._core.articles

    @property
    def parameters(self) -> list[Parameter]:
        return [
            Parameter(
                **{
                    **raw,
                    "valeurs": tuple(
                        ParameterValue(**{**value, "depuis": day(value["depuis"])})
                        for value in raw["valeurs"]
                    ),
                    "lectures": tuple(ParameterReading(**value) for value in raw["lectures"]),
                }
            )
            for raw in self._core.parameters
        ]

    @property
    def cases(self) -> list[Case]:
        return [
            Case(
                **{
                    **raw,
                    "as_of": day(raw["as_of"]),
                    "faits": raw["faits"] or {},
                    "parametres": raw["parametres"] or {},
                }
            )
            for raw in self._core.cases
        ]

    @property
    def libelles(self) -> dict[str, str]:
        """How its codes are said, and those of the packs it extends."""
        return dict(self._said.labels)

    @property
    def tons(self) -> dict[str, str]:
        """The codes that are good, bad or to be looked at: "favorable", "defavorable", "attention"."""
        return dict(self._said.tones)

    @property
    def roles(self) -> dict[str, str]:
        """What the library calls, and the decision that answers."""
        return self._core.roles

    @property
    def inputs(self) -> list[Element]:
        return self._core.inputs

    @property
    def decisions(self) -> list[Element]:
        return self._core.decisions

    def data(self, name: str) -> Any:
        """The content of donnees/NAME.json; None when there is none."""
        return self._core.data(name)

    def parameter(self, name: str, on: date | Date) -> Any:
        """The value of a parameter in force on a day."""
        return self._core.parameter_at(name, on)

    def facts(self, decision: str) -> list[Fact]:
        """The facts that a decision may read."""
        return self._core.facts(decision)

    def requirements(self, decision: str) -> list[str]:
        """The decisions it requires, itself last, in the order of evaluation."""
        return self._core.requirements(decision)

    def describe(self, decision: str) -> dict[str, Any]:
        """The tables and expressions of a decision, for those who print them."""
        description: dict[str, Any] = self._core.describe(decision)
        return description

    def decision(self, name: str) -> Decision:
        """A decision looked up once, to be called with the facts of each row.

        DmnError (D011) when the pack has none of that name."""
        made = self._core.decision(name)
        made._source = self._source
        return made

    def evaluate(
        self,
        decision: str,
        facts: Named | None = None,
        *,
        as_of: date | Date,
        parameters: Mapping[str, Any] | None = None,
        trace: bool = True,
        limits: Limits | None = None,
    ) -> PackResult:
        """The value of a decision on a day, with its trace and its explanation.

        Both are made when they are first read, of the facts as they were. A fact that is absent or
        None is unknown, never "no". `parameters` gives parameters another value for this evaluation alone. Beyond `limits` the value is None, with F008. Raises
        PackError or DmnError for a decision, a fact or a parameter that the pack does not have, or
        that has not its type.
        """
        if parameters is None and limits is None and type(facts) is dict:
            ready = self._made_ready.get(decision)
            if ready is None:
                ready = self._made_ready[decision] = self._core.decision(decision)
            return ready(facts, as_of=as_of, trace=trace).said_as(self)
        return self._core.evaluate(
            decision,
            nested(facts, "facts"),
            as_of,
            named(parameters, "parameters"),
            trace,
            numbers(limits),
        ).said_as(self)

    def evaluate_table(
        self,
        decision: str,
        table: Table,
        as_of: date | Date | str,
        *,
        parameters: Mapping[str, Any] | None = None,
        garder: Sequence[str] = (),
        ignorer: bool = False,
        prefixe: str = "",
        echelle: int = 6,
        regle: bool = False,
        motif: bool = False,
        mots: Sequence[int] = (),
        threads: int | None = None,
        limits: Limits | None = None,
        schema: Limits | None = None,
        progres: Progress | None = None,
    ) -> Answer:
        """Asks a decision of each row of a table, on all cores, without the GIL.

        A column is a fact by its name or its path ("depense.axe"), or a struct; null is unknown.
        `as_of` is one day, or the name of a column of days. A column that nothing reads refuses
        the call, unless `garder` copies it to the answer or `ignorer` lets it be. The answer has
        the columns kept, the value (a column for each member of a context), `statut`, and where
        asked `regle`, the number of the rule hit, and `motif`, the code of what a row lacks;
        `mots` says it in French for the rows given by their numbers, from 0. `prefixe` goes before
        these four. `echelle`: the decimals of a number that the decision
        does not bound. `limits` are those of each row; rows then go one by one; `schema`
        those of the table's schema (depth, and list_size, its columns). `threads`: as many as
        there are processors when it is left out. `progres` is told how many rows are answered, now and then; what it raises, or Ctrl-C, ends it.

        >>> import pyarrow
        >>> personnes = pyarrow.table({"id": [1, 2], "beneficiaire.rsa": ["oui", None]})
        >>> answer = pack.evaluate_table("entree", personnes, date(2022, 6, 1), garder=["id"])
        >>> answer.to_arrow().select(["id", "statut"]).to_pylist()
        [{'id': 1, 'statut': 'indetermine'}, {'id': 2, 'statut': 'indetermine'}]
        """
        asked = self.decision(decision)
        given = named(parameters, "parameters")
        on = day_text(as_of)
        kept, within, of_schema = column_names(garder, "garder"), numbers(limits), numbers(schema)
        return Answer(
            lambda count: _core.evaluate_pack_table(
                asked,
                capsules(table),
                on,
                given,
                kept,
                ignorer,
                prefixe,
                echelle,
                regle,
                motif,
                list(mots),
                threads or 0,
                within,
                of_schema,
                progres,
                count,
            ),
            in_memory(table),
        )

    def check(self) -> list[Diagnostic]:
        """Every finding, errors first; the cases that fail are among them."""
        return self._core.check()

    def coverage(self, *, tries: int = 2000) -> dict[str, Any]:
        """What its cases never try: "regles", "tables", "parametres"; and "propositions".

        Each of the last holds a case that would try a rule, found in at most `tries` evaluations, whose
        expectations are what the pack answers today: read them before they are kept.
        """
        covered: dict[str, Any] = self._core.coverage(tries)
        return covered

    def difference(self, other: Pack) -> dict[str, Any]:
        """What changes from this pack to another, in French.

        "decisions", "entrees", "parametres", "articles", "cas", and whether the files are the
        same: "fichiers_identiques".
        """
        changed: dict[str, Any] = self._core.difference(engine(other))
        return changed

    def columns(self, as_of: date | Date | None = None) -> list[dict[str, Any]]:
        """Which decisions go column by column over a table on a day, and why the others do not.

        What a decision gives is the same either way; without a day, that of the pack's beginning.
        "par_lignes" are the parts, of a decision that goes by columns, that go row by row within it.
        "motif" is for whoever writes the pack, "mots" says it in French.
        """
        day = self.period[0] if as_of is None else as_of
        reason = ("place", "motif", "mots")
        return [
            {
                "decision": decision,
                "colonnes": by_columns,
                **dict(zip(reason, why, strict=True)),
                "par_lignes": [dict(zip(reason, part, strict=True)) for part in parts],
            }
            for decision, by_columns, *why, parts in self._core.columns(day)
        ]

    def run_cases(self) -> list[CaseResult]:
        return [
            CaseResult(raw["nom"], raw["reussi"], raw["difference"])
            for raw in self._core.run_cases()
        ]

    def __repr__(self) -> str:
        return f"<spie.Pack {self.id} {self.version}>"

    def to_dict(self) -> dict[str, Any]:
        """What it is, under the French keys of the JSON."""
        return self._core.to_dict()
