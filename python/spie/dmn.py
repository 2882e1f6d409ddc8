"""DMN models alone, versions 1.1 to 1.6, under the semantics of the standard.

>>> model = spie.dmn.load("frais.dmn")
>>> model.evaluate("taux", {"nature": "voiture"}).value
Decimal('0.5')
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from spie import _core
from spie.errors import Diagnostic, DmnError, UsageError, why
from spie.feel import DateTime
from spie.given import Named, column_names, named
from spie.handle import Immutable
from spie.limits import Limits, numbers
from spie.records.dmn import Element as Element
from spie.records.dmn import Fact as Fact
from spie.results import Result
from spie.tables import Answer, Progress, Table, capsules, in_memory

__all__ = [
    "Decision", "Element", "Fact", "Model", "Result", "Verification", "load", "loads",
]  # fmt: skip

LOG = logging.getLogger(__name__)

Inputs = Named | Mapping[tuple[str, str], Any] | Mapping[str | tuple[str, str], Any]


def _keyed(inputs: Inputs | None) -> dict[Any, Any]:
    """The inputs by name or by pair: a JSON object writes the pair {namespace}name."""
    found: dict[Any, Any] = {}
    for key, item in named(inputs, "inputs").items():
        if isinstance(key, str) and key.startswith("{"):
            namespace, brace, name = key[1:].partition("}")
            found[(namespace, name) if brace and name else key] = item
        else:
            found[key] = item
    return found


Extra = Literal["refuse", "ignore"]


def _ignores(extra: Extra) -> bool:
    if extra not in ("refuse", "ignore"):
        raise UsageError(
            Diagnostic(
                "A001",
                "error",
                f"extra is 'refuse' or 'ignore', not {extra!r}.",
                "extra",
                "Give one of the two.",
                "L'option extra n'est pas de celles qui existent.",
                "Donner « refuse » ou « ignore ».",
            )
        )
    return extra == "ignore"


@dataclass(frozen=True)
class _Source:
    """What a model was made from: it pickles as that, and is made anew from it."""

    documents: tuple[tuple[str, str | bytes], ...]
    lenient: bool
    strict: bool
    extensions: tuple[str, ...]
    limits: Limits | None


@lru_cache(maxsize=8)  # a pool hands the same model over with each of its tasks
def _made_of(source: _Source) -> Model:
    return Model(source)


def _decision_of(source: _Source, name: str, namespace: str) -> Decision:
    return _made_of(source).decision(name, namespace=namespace)


class Decision(_core.Decision, Immutable):
    """A decision of a model made ready for many rows; immutable, shared between threads.

    It pickles, for the processes of a pool, as its model and its name.

    Called with the inputs of a row, and now, trace, extra and limits as Model.evaluate() takes them, it
    gives what Model.evaluate() gives.

    >>> taux = model.decision("taux")
    >>> [taux(row).value for row in ({"nature": "train"}, {"nature": "avion"})]
    [Decimal('1'), Decimal('0')]

    Where the value alone is wanted, value() gives it sooner, for it makes no Result.

    >>> taux.value({"nature": "train"})
    Decimal('1')
    """

    def _at_length(
        self,
        inputs: Inputs | None = None,
        *,
        now: datetime | DateTime | None = None,
        trace: bool = False,
        extra: Extra = "refuse",
        limits: Limits | None = None,
    ) -> Result:
        """What a call goes through when its inputs are not plainly right."""
        return _core.evaluate_decision(
            self, _keyed(inputs), now, trace, _ignores(extra), numbers(limits)
        )

    _source: _Source
    _namespace: str

    def __reduce__(self) -> tuple[Any, ...]:
        return _decision_of, (self._source, self.name, self._namespace)

    def __repr__(self) -> str:
        return f"<spie.dmn.Decision {self.name!r}>"


def _counted(table: dict[str, Any]) -> dict[str, Any]:
    """A table of the analysis, with the numbers of its rules as integers."""
    for overlap in table["recouvrements"]:
        overlap["regles"] = [int(rule) for rule in overlap["regles"]]
    for key in ("mortes", "cachees"):
        table[key] = [int(rule) for rule in table[key]]
    for key in ("subsumees", "fusionnables"):
        table[key] = [[int(rule) for rule in pair] for pair in table[key]]
    for cell in table["valeurs_hors_domaine"]:
        cell["regle"] = int(cell["regle"])
    return table


@dataclass(frozen=True)
class Verification:
    """The tables of a model, analysed (docs/analyse.md).

    Each is a dictionary: "decision", "analyse" ("complete", "partielle", "impossible"), "motif", "trous",
    "recouvrements", "mortes", "cachees", "subsumees", "fusionnables", "sorties_absentes",
    "valeurs_non_testees", "valeurs_hors_domaine". Rules count from 1.
    """

    tables: list[dict[str, Any]]
    fails: bool  # a conflict, a hole of level error, or a dead rule

    def to_dict(self) -> dict[str, Any]:
        return {"tables": self.tables}


def _tell(findings: Sequence[Diagnostic], source: _Source) -> None:
    """What was decided for the caller: names, extensions and counts, never a value."""
    for finding in findings:
        LOG.warning("%s at %s: %s", finding.code, finding.where, finding.message)
    if source.extensions:
        LOG.debug("Read with the extensions %s", ", ".join(source.extensions))


class Model(Immutable):
    """A model, loaded, linked and bound; immutable, shared between threads if need be.

    It pickles as the documents that it was made from, with what was asked of their loading.

    >>> model = spie.dmn.load("frais.dmn")
    >>> model.evaluate("rembourse", {"montant": 80, "nature": "voiture"}).value
    Decimal('40.0')
    """

    __slots__ = ("__dict__", "__weakref__", "_made_ready")  # _core.by_name reads it where it stands

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._core = _core.Model.load(
            source.documents,
            source.lenient,
            source.strict,
            source.extensions,
            numbers(source.limits),
        )
        _tell(self._core.findings, source)
        self._made_ready: dict[str, Decision] = {}  # those asked for by name, which answer faster

    @property
    def name(self) -> str:
        return self._core.name

    @property
    def namespace(self) -> str:
        return self._core.namespace

    @property
    def version(self) -> str:
        """The version of DMN in which its document is written, "1.1" to "1.6"."""
        return self._core.version

    @property
    def findings(self) -> list[Diagnostic]:
        """What a lenient load let pass, and the warnings of any load: its free names among them."""
        return self._core.findings

    @property
    def inputs(self) -> list[Element]:
        return self._core.inputs

    @property
    def decisions(self) -> list[Element]:
        return self._core.decisions

    @property
    def services(self) -> list[Element]:
        return self._core.services

    @property
    def functions(self) -> list[Element]:
        """The business knowledge models."""
        return self._core.functions

    def facts(self, decision: str, *, namespace: str = "") -> list[Fact]:
        """What a decision may read, directly or through others.

        A path begins with the key under which evaluate() takes the input.
        """
        return self._core.facts(decision, namespace)

    def requirements(self, decision: str) -> list[str]:
        """The decisions it requires, itself last, in the order of evaluation."""
        return self._core.requirements(decision)

    def describe(self, decision: str) -> dict[str, Any]:
        """Its tables and expressions, for those who print them."""
        description: dict[str, Any] = self._core.describe(decision)
        return description

    def verify(
        self, decision: str = "", *, work: int | None = None, listed: int | None = None
    ) -> Verification:
        """What can be said of its tables without a single case: holes, conflicts, dead rules.

        Of one decision, or of all. `work` bounds the comparisons of cells in one table, `listed` the
        findings of one kind; what was left out makes the analysis "partielle". DmnError (D011)
        when there is no such decision.

        >>> troue = spie.dmn.load("donnees/remise-trouee.dmn")
        >>> troue.verify().tables[0]["trous"][0]["region"]
        'montant = 100'
        """
        found, fails = self._core.verify(decision, work, listed)
        return Verification([_counted(table) for table in found["tables"]], fails)

    def decision(self, name: str, *, namespace: str = "") -> Decision:
        """A decision looked up once, to be called with the inputs of each row.

        DmnError (D011) when there is no such decision."""
        made = self._core.decision(name, namespace)
        made._source, made._namespace = self._source, namespace
        return made

    @_core.by_name  # with a dict and nothing more, a decision that was asked before answers at once
    def evaluate(
        self,
        decision: str,
        inputs: Inputs | None = None,
        *,
        now: datetime | DateTime | None = None,
        trace: bool = False,
        namespace: str = "",
        extra: Extra = "refuse",
        limits: Limits | None = None,
    ) -> Result:
        """The value of a decision.

        The key of an input is its name, or the pair (namespace, name) for one of an imported
        model, which may be written "{namespace}name"; an input may also give a decision its
        value. Where the type of an input is a date, a time, both or a duration, an ISO text
        stands for it, as in JSON. `now` is the system clock when it is left out. Raises DmnError
        for a name that the model does not have, unless extra="ignore"; what goes wrong inside is
        in the result. `limits` bounds what the evaluation takes.

        >>> model.evaluate("taux", {"nature": "voiture"}, limits=spie.Limits(steps=10_000)).value
        Decimal('0.5')
        """
        ignored = _ignores(extra)
        if not (ignored or trace or namespace or limits) and now is None and type(inputs) is dict:
            ready = self._made_ready.get(decision)
            if ready is None:
                ready = self._made_ready[decision] = self._core.decision(decision, "")
            return ready(inputs)
        return self._core.evaluate(
            decision, _keyed(inputs), now, trace, namespace, False, ignored, numbers(limits)
        )

    def evaluate_table(
        self,
        decision: str,
        table: Table,
        *,
        now: datetime | DateTime | None = None,
        namespace: str = "",
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
        """Asks a decision of each row of a table: as Pack.evaluate_table(), a null being a null.

        `now` is the same for all rows: the system clock, read once, when it is left out. `limits`
        are those of each row; the rows then go one by one. `schema`: those of the table's schema.
        """
        asked = self.decision(decision, namespace=namespace)
        kept = column_names(garder, "garder")
        return Answer(
            lambda count: _core.evaluate_table(
                asked,
                capsules(table),
                now,
                kept,
                ignorer,
                prefixe,
                echelle,
                regle,
                motif,
                list(mots),
                threads or 0,
                numbers(limits),
                numbers(schema),
                progres,
                count,
            ),
            in_memory(table),
        )

    def evaluate_service(
        self,
        service: str,
        inputs: Inputs | None = None,
        *,
        now: datetime | DateTime | None = None,
        trace: bool = False,
        namespace: str = "",
        extra: Extra = "refuse",
        limits: Limits | None = None,
    ) -> Result:
        """The value of a decision service, called with its inputs by name."""
        ignored = _ignores(extra)
        return self._core.evaluate(
            service, _keyed(inputs), now, trace, namespace, True, ignored, numbers(limits)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_of, (self._source,)

    def __repr__(self) -> str:
        return f"<spie.dmn.Model {self.name!r}: {len(self._core.decisions)} decisions>"


def _read(path: str | Path) -> tuple[str, bytes]:
    try:
        return Path(path).name, Path(path).read_bytes()
    except OSError as error:
        raise DmnError(
            Diagnostic(
                "D001",
                "error",
                f"The file cannot be read: {error.strerror}.",
                str(path),
                "Check the path.",
                f"Le modèle ne peut pas être lu : {why(error)}.",
                "Vérifier le chemin.",
            )
        ) from error


def load(
    model: str | Path,
    imports: Iterable[str | Path] = (),
    *,
    lenient: bool = False,
    strict: bool = False,
    extensions: Sequence[str] = (),
    limits: Limits | None = None,
) -> Model:
    """Loads a model and those that it imports.

    A name that nothing declares is an input of no type, which a warning of `findings` tells;
    strict, it is a fault. A fault (a type error, a cell that cannot be parsed) raises DmnError or
    FeelError with every finding; lenient, only the decision that bears it is unusable. The two may
    be combined.

    `extensions` names the vendors whose functions and attributes are read beside the standard:
    "camunda", "kie", "signavio". `limits` are those of the load; beyond one of them, DmnError (D001).

    >>> model = spie.dmn.load("donnees/aide.dmn", extensions=["camunda"])
    >>> [(finding.level, finding.code) for finding in model.findings]
    [('warning', 'F002'), ('warning', 'F002')]
    """
    sources = (_read(model), *(_read(path) for path in imports))
    return Model(_Source(sources, lenient, strict, _named(extensions), limits))


def _named(extensions: Sequence[str]) -> tuple[str, ...]:
    return (extensions,) if isinstance(extensions, str) else tuple(extensions)


def loads(
    xml: str | bytes,
    imports: Iterable[str | bytes] = (),
    *,
    name: str = "model.dmn",
    lenient: bool = False,
    strict: bool = False,
    extensions: Sequence[str] = (),
    limits: Limits | None = None,
) -> Model:
    """As load(), from the texts themselves; `name` names the model in findings."""
    sources: list[tuple[str, str | bytes]] = [(name, xml)]
    sources += [(f"import-{number}.dmn", text) for number, text in enumerate(imports, 1)]
    return Model(_Source(tuple(sources), lenient, strict, _named(extensions), limits))
