"""What a store says of a dossier: events, the situation at a date, histories, differences.

>>> with spie.Store.memory() as store:
...     store.append([spie.dossier.evenement("personne:aline", "adresse", {"commune": "Nangis"},
...                                          debut=date(2022, 3, 1), auteur="conseillère")])
...     store.situation("personne:aline", au=date(2022, 4, 1)).valeur("adresse.commune")
'Nangis'

docs/dossier.md says what the words mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from spie import _core
from spie.errors import Diagnostic
from spie.notebook import Shown
from spie.records.dossier import Tete as Tete

Connu = date | datetime | int | str | None
"""How far knowledge goes: a day (its end in Paris), an aware datetime, a seq, their text, or all."""


def evenement(
    sujet: str | Sequence[str],
    type: str,  # noqa: A002: the key of the JSON
    contenu: Mapping[str, Any],
    *,
    debut: date,
    fin: date | None = None,
    auteur: str,
    source: str | Mapping[str, str] = "saisie",
    id: str | None = None,
    corrige: str | None = None,
) -> dict[str, Any]:
    """An event to be recorded: a plain dictionary, as Store.append takes it."""
    made: dict[str, Any] = {
        "type": type,
        "sujets": [sujet] if isinstance(sujet, str) else list(sujet),
        "effet": {"debut": debut, "fin": fin},
        "auteur": auteur,
        "source": {"nom": source} if isinstance(source, str) else dict(source),
        "contenu": dict(contenu),
    }
    made.update({key: held for key, held in (("id", id), ("corrige", corrige)) if held is not None})
    return made


def sans_nir(texte: str) -> str:
    """The text with each NIR that stands in it cut to its first digit, in whatever form people write
    it: for the logs and pages of the caller. What spie says and keeps has passed it already.

    >>> spie.dossier.sans_nir("Son NIR : 2 90 05 77 990 123 43.")
    'Son NIR : 2….'
    """
    return _core.without_nir(texte)


def types() -> list[dict[str, Any]]:
    """The types of events, each with the JSON Schema of its payload under "schema"."""
    return _core.event_types()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@dataclass(frozen=True)
class Evenement:
    """An event of the journal. Its effect begins on `debut` and ends before `fin`."""

    id: str
    seq: int
    enregistre: datetime
    type: str
    version: int
    sujets: tuple[str, ...]
    debut: date
    fin: date | None
    precision: str
    auteur: str
    source: Mapping[str, Any]
    corrige: str | None
    contenu: Mapping[str, Any]
    raw: Mapping[str, Any]

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Evenement:
        effet = raw["effet"]
        return cls(
            raw["id"],
            int(raw["seq"]),
            datetime.fromisoformat(raw["enregistre"]),
            raw["type"],
            int(raw["version"]),
            tuple(raw["sujets"]),
            date.fromisoformat(effet["debut"]),
            _day(effet.get("fin")),
            effet.get("precision", "jour"),
            raw.get("auteur", ""),
            raw["source"],
            raw.get("corrige"),
            raw["contenu"],
            raw,
        )

    def to_dict(self) -> dict[str, Any]:
        return dict(self.raw)


@dataclass(frozen=True)
class Dire:
    """One thing that one source says, and the event that says it.

    A fact that is shown coarsely (spie.droits) has its value alone: no source, no date, no event.
    One that is shown under a pseudonym has neither author nor event."""

    valeur: Any
    source: str
    auteur: str
    debut: date | None
    fin: date | None
    precision: str
    enregistre: datetime | None
    evenement: str | None
    seq: int | None
    corrige: bool
    """A later event corrects it: this is what the correction says."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Dire:
        return cls(
            raw["valeur"],
            raw.get("source", ""),
            raw.get("auteur", ""),
            raw.get("debut"),
            raw.get("fin"),
            raw.get("precision", "jour"),
            datetime.fromisoformat(raw["enregistre"]) if "enregistre" in raw else None,
            raw.get("evenement"),
            int(raw["seq"]) if "seq" in raw else None,
            raw.get("corrige") is True,
        )


@dataclass(frozen=True)
class Fait(Dire):
    """A fact of a situation: the value that prevails, why, and what other sources say otherwise."""

    chemin: str
    raison: str
    """"source_unique", "accord", "ordre_des_sources", "fraicheur", "effet_le_plus_recent" or
    "dernier_enregistre"; empty when the fact is shown coarsely."""
    autres: tuple[Dire, ...]
    grossi: bool = False
    """Shown coarsely: an age band for a birth date, a group for a frein."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Fait:
        said = Dire.of(raw)
        return cls(
            **vars(said),
            chemin=raw["chemin"],
            raison=raw.get("raison", ""),
            autres=tuple(Dire.of(other) for other in raw.get("autres", ())),
            grossi=raw.get("grossi") is True,
        )

    @classmethod
    def of_row(cls, row: tuple[Any, ...]) -> Fait:
        """From the fields in their order, the others as rows too."""
        *said, autres = row
        if not autres:  # most facts: twice as fast
            return cls(*row)
        return cls(*(*said, tuple(Dire(*other) for other in autres)))


@dataclass(frozen=True)
class Parole(Dire):
    """One thing that was ever said of a fact; the value is None where it is said no more."""

    type: str
    cle: str
    corrige_par: str | None
    compte: bool
    """False while the import that read it is not closed."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Parole:
        said = Dire.of(raw)
        return cls(
            **{**vars(said), "corrige": raw["corrige_par"] is not None},
            type=raw["type"],
            cle=raw.get("cle", ""),
            corrige_par=raw["corrige_par"],
            compte=raw["compte"],
        )


@dataclass(frozen=True)
class Difference:
    """A fact that two situations do not share; None on the side that has it not."""

    chemin: str
    avant: Dire | None
    apres: Dire | None

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Difference:
        sides = [None if raw[side] is None else Dire.of(raw[side]) for side in ("avant", "apres")]
        return cls(raw["chemin"], *sides)


@dataclass(frozen=True)
class Verification:
    """What reading the whole chain gives."""

    intact: bool
    evenements: int
    effaces: int
    tete: Tete
    tete_trouvee: bool | None
    """Whether the head asked for stands in the chain; None when none was given."""
    constats: tuple[Diagnostic, ...]
    journal_acces: str | None = None
    """The identity of the journal of accesses first opened beside the store; None for none."""

    def to_dict(self) -> dict[str, Any]:
        return {
            **vars(self),
            "tete": self.tete.to_dict(),
            "constats": [one.to_dict() for one in self.constats],
        }


@dataclass(frozen=True)
class Effacement:
    """What an erasure took away. `jeton` names nobody."""

    jeton: str
    evenements: int


_Head = tuple[str, tuple[str, ...], str | None, date, int | None]


class Situation(Shown):
    """A dossier on a day, as far as it was known: what prevails, from whom, why.

    What is asked of it is made when it is asked for: to read a few values of many dossiers, ask
    `valeur`."""

    _page = "situation.html.j2", "situation"

    def __init__(self, raw: dict[str, Any], valeurs: dict[str, Any]) -> None:
        self._core: _core.Situation | None = None
        self._raw = raw
        self._valeurs = valeurs
        self._head: _Head = (
            str(raw["dossier"]),
            tuple(raw["absorbes"]),
            raw["foyer"],
            raw["au"],
            int(raw["seq"]) if "seq" in raw else None,
        )

    @classmethod
    def of(cls, core: _core.Situation) -> Situation:
        made = cls.__new__(cls)
        made._core = core
        made._head = core.head()
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._raw, self._valeurs)

    @cached_property
    def _raw(self) -> dict[str, Any]:
        assert self._core is not None
        return self._core.record()

    @cached_property
    def _valeurs(self) -> dict[str, Any]:
        assert self._core is not None
        return self._core.values()

    @cached_property
    def faits(self) -> tuple[Fait, ...]:
        if self._core is None:
            return tuple(Fait.of(one) for one in self._raw["faits"])
        return tuple(Fait.of_row(row) for row in self._core.facts())

    @cached_property
    def _by_path(self) -> dict[str, Fait]:
        return {one.chemin: one for one in self.faits}

    @property
    def dossier(self) -> str:
        """The dossier that holds: the one asked for, or the one that absorbed it."""
        return self._head[0]

    @property
    def absorbes(self) -> tuple[str, ...]:
        return self._head[1]

    @property
    def foyer(self) -> str | None:
        return self._head[2]

    @property
    def au(self) -> date:
        return self._head[3]

    @property
    def seq(self) -> int | None:
        """The last event that was read; None where that is not shown."""
        return self._head[4]

    def fait(self, chemin: str) -> Fait | None:
        return self._by_path.get(chemin)

    def valeur(self, chemin: str) -> Any:
        """The value that prevails; None for a fact that is not known."""
        if self._core is not None:
            return self._core.value(chemin)
        found = self.fait(chemin)
        return None if found is None else found.valeur

    def __contains__(self, chemin: object) -> bool:
        if self._core is not None and isinstance(chemin, str):
            return chemin in self._core
        return chemin in self._by_path

    def __iter__(self) -> Iterator[Fait]:
        return iter(self.faits)

    def __len__(self) -> int:
        return len(self.faits) if self._core is None else len(self._core)

    def valeurs(self) -> dict[str, Any]:
        """The values alone, nested by their paths: {"identite": {"nom": …}}."""
        return self._valeurs

    def to_dict(self) -> dict[str, Any]:
        """All of it, under the keys of the JSON."""
        return self._raw

    def to_json(self, indent: int = 2) -> str:
        return _core.write_json(self._raw, indent)

    def __repr__(self) -> str:
        return f"<spie.Situation {self.dossier} au {self.au}: {len(self)} faits>"
