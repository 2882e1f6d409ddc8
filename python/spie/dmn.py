"""DMN models alone, versions 1.1 to 1.6, under the semantics of the standard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from spie import _core
from spie.errors import Diagnostic, DmnError, why
from spie.feel import DateTime
from spie.given import named
from spie.records.dmn import Element as Element
from spie.records.dmn import Fact as Fact
from spie.results import Result

__all__ = ["Decision", "Element", "Fact", "Model", "Result", "load", "loads"]

Inputs = Mapping[str, Any] | Mapping[tuple[str, str], Any] | Mapping[str | tuple[str, str], Any]


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


class Decision(_core.Decision):
    """A decision of a model made ready for many rows; immutable, shared between threads.

    Called with the inputs of a row, and now and trace as Model.evaluate() takes them, it gives what
    Model.evaluate() gives.

    >>> taux = model.decision("taux")
    >>> [taux(row).value for row in rows]
    """

    def _at_length(
        self,
        inputs: Inputs | None = None,
        *,
        now: datetime | DateTime | None = None,
        trace: bool = False,
    ) -> Result:
        """What a call goes through when its inputs are not plainly right."""
        return _core.evaluate_decision(self, _keyed(inputs), now, trace)

    def __repr__(self) -> str:
        return f"<spie.dmn.Decision {self.name!r}>"


class Model:
    """A model, loaded, linked and bound; immutable, shared between threads if need be."""

    def __init__(self, core: _core.Model) -> None:
        self._core = core

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
        """What a lenient load let pass, and the warnings of any load."""
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

    def decision(self, name: str, *, namespace: str = "") -> Decision:
        """A decision looked up once, to be called with the inputs of each row.

        DmnError (D011) when there is no such decision."""
        return self._core.decision(name, namespace)

    def evaluate(
        self,
        decision: str,
        inputs: Inputs | None = None,
        *,
        now: datetime | DateTime | None = None,
        trace: bool = False,
        namespace: str = "",
    ) -> Result:
        """The value of a decision.

        The key of an input is its name, or the pair (namespace, name) for one of an imported
        model, which may be written "{namespace}name"; an input may also give a decision its
        value. `now` is the system clock when it is left out. Raises DmnError for a name that the
        model does not have; what goes wrong inside is in the result.
        """
        return self._core.evaluate(decision, _keyed(inputs), now, trace, namespace, False)

    def evaluate_service(
        self,
        service: str,
        inputs: Inputs | None = None,
        *,
        now: datetime | DateTime | None = None,
        trace: bool = False,
        namespace: str = "",
    ) -> Result:
        """The value of a decision service, called with its inputs by name."""
        return self._core.evaluate(service, _keyed(inputs), now, trace, namespace, True)

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


def load(model: str | Path, imports: Iterable[str | Path] = (), *, lenient: bool = False) -> Model:
    """Loads a model and those that it imports.

    Strict: an unknown name, a type error, a cell that cannot be parsed raise DmnError or FeelError
    with every finding. Lenient: only the decision that bears the fault is unusable.
    """
    sources = [_read(model), *(_read(path) for path in imports)]
    return Model(_core.Model.load(sources, lenient))


def loads(
    xml: str | bytes,
    imports: Iterable[str | bytes] = (),
    *,
    name: str = "model.dmn",
    lenient: bool = False,
) -> Model:
    """As load(), from the texts themselves; `name` names the model in findings."""
    sources: list[tuple[str, str | bytes]] = [(name, xml)]
    sources += [(f"import-{number}.dmn", text) for number, text in enumerate(imports, 1)]
    return Model(_core.Model.load(sources, lenient))
