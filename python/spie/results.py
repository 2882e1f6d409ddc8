"""What an evaluation gives: value, status, errors, missing facts, trace."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from typing import Any, Literal

from spie import _core
from spie.handle import Immutable
from spie.notebook import Shown
from spie.words.codes import Said, Words

SHORT = reprlib.Repr()
SHORT.maxlist = SHORT.maxdict = SHORT.maxtuple = 100
SHORT.maxstring = SHORT.maxother = 1_000


@dataclass(frozen=True)
class FactTrace:
    """A fact, or the value of another decision, that a decision read."""

    path: str
    label: str
    value: Any
    is_decision: bool


@dataclass(frozen=True)
class ColumnTrace:
    """An input column of a table, with the value it was tested with."""

    label: str
    expression: str
    value: Any


@dataclass(frozen=True)
class RuleTrace:
    """A rule: the verdict of each cell, of the whole, and whether its outputs count."""

    number: int
    id: str
    verdict: str
    """"vrai", "faux", "inconnu", "erreur" or "non_evalue", as each of the cells."""
    hit: bool
    cells: tuple[str, ...]
    annotations: tuple[str, ...]


@dataclass(frozen=True)
class TableTrace:
    hit_policy: str
    columns: tuple[ColumnTrace, ...]
    rules: tuple[RuleTrace, ...]
    default_output: bool
    value: Any

    @property
    def hits(self) -> tuple[RuleTrace, ...]:
        return tuple(rule for rule in self.rules if rule.hit)


@dataclass(frozen=True)
class DecisionTrace:
    name: str
    label: str
    file: str
    value: Any
    facts: tuple[FactTrace, ...]
    tables: tuple[TableTrace, ...]
    entries: tuple[tuple[str, Any], ...]
    sources: tuple[str, ...]


def _table(raw: dict[str, Any]) -> TableTrace:
    columns = tuple(
        ColumnTrace(column["libelle"], column["expression"], column["valeur"])
        for column in raw["colonnes"]
    )
    rules = tuple(
        RuleTrace(
            int(rule["numero"]),
            rule["id"],
            rule["verdict"],
            rule["retenue"],
            tuple(rule["cellules"]),
            tuple(rule["annotations"]),
        )
        for rule in raw["regles"]
    )
    return TableTrace(raw["politique"], columns, rules, raw["sortie_par_defaut"], raw["valeur"])


def _decision(raw: dict[str, Any]) -> DecisionTrace:
    return DecisionTrace(
        raw["nom"],
        raw["libelle"],
        raw["fichier"],
        raw["valeur"],
        tuple(
            FactTrace(fact["chemin"], fact["libelle"], fact["valeur"], fact["decision"])
            for fact in raw["faits"]
        ),
        tuple(_table(table) for table in raw["tables"]),
        tuple((entry["nom"], entry["valeur"]) for entry in raw["entrees"]),
        tuple(raw["sources"]),
    )


@dataclass(frozen=True)
class Trace:
    """What was evaluated, in order: the decision asked for is the last."""

    decisions: tuple[DecisionTrace, ...]
    raw: list[dict[str, Any]]

    def find(self, decision: str) -> DecisionTrace | None:
        """The last evaluation of a decision; None when it was not evaluated."""
        for one in reversed(self.decisions):
            if one.name == decision:
                return one
        return None


Status = Literal["determine", "indetermine", "erreur"]
"""Whether the value is known, lacks a fact, or depends on an error."""


def _again(state: tuple[Any, ...], words: Words) -> Result:
    return _core.result_again(state).said_with(words)


class Result(_core.Result, Shown, Said, Immutable):
    """What a decision gives. `status` is "determine", "indetermine" or "erreur".

    It pickles whole, with its trace and its words, and needs no model where it is read. `value` is
    one object whenever it is read: what is written into it stays there, and is in no to_dict().

    >>> taux = spie.dmn.load("frais.dmn").evaluate("taux", {"nature": "train"})
    >>> taux.value, taux.status
    (Decimal('1'), 'determine')
    """

    __slots__ = ()  # its words stand in the native one
    _page = "resultat.html.j2", "resultat"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self._state, self._said)

    @property
    def trace(self) -> Trace:
        """Empty unless it was asked for."""
        raw = self._trace
        return Trace(tuple(_decision(one) for one in raw), raw)

    def to_json(self, indent: int = 2) -> str:
        """The JSON of to_dict(); what JSON lacks is tagged, as {"@date": "2022-06-01"}."""
        return _core.write_json(self.to_dict(), indent)

    def __repr__(self) -> str:
        return f"<spie.{type(self).__name__} {self.status}: {SHORT.repr(self.value)}>"
