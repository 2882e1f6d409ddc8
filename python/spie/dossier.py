"""What a store says of a dossier: events, the situation at a date, histories, differences.

>>> with spie.Store.memory() as store:
...     _ = store.append([
...         spie.dossier.evenement("personne:aline", "adresse", {"commune": "Nangis"},
...                                debut=date(2022, 3, 1), auteur="conseillère")])
...     store.situation("personne:aline", au=date(2022, 4, 1)).valeur("adresse.commune")
'Nangis'

docs/dossier.md says what the words mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice
from typing import Any, Protocol

from spie import _core
from spie.errors import Diagnostic, UsageError
from spie.given import column_names, day, optional_day
from spie.notebook import Shown
from spie.records.dossier import Tete as Tete
from spie.tables import Rows, Tabular
from spie.tables.columns import (
    CENTS,
    SCALE,
    column,
    decimals,
    instants,
    json_text,
    library,
    once,
    values,
)

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
        "effet": {"debut": day(debut, "debut"), "fin": optional_day(fin, "fin")},
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


# --- As tables (docs/tables.md)

Column = tuple[list[Any], Any]


def _told(text: str) -> str | None:
    """What is not shown, or not said, is null."""
    return text or None


def _dire_columns(said: Sequence[Dire | None], scale: int) -> dict[str, Column]:
    arrow = library("pyarrow")
    text = arrow.string()

    def of(get: Callable[[Dire], Any]) -> list[Any]:
        return [None if one is None else get(one) for one in said]

    def clear(get: Callable[[Dire], Any]) -> list[Any]:
        """Of a fact that is shown coarsely nothing is known but its value."""
        return of(lambda one: None if getattr(one, "grossi", False) else get(one))

    return {
        **values(of(lambda one: one.valeur), scale),
        "source": (of(lambda one: _told(one.source)), text),
        "auteur": (of(lambda one: _told(one.auteur)), text),
        "debut": (of(lambda one: one.debut), arrow.date32()),
        "fin": (of(lambda one: one.fin), arrow.date32()),
        "precision": (clear(lambda one: one.precision), text),
        "enregistre": (of(lambda one: one.enregistre), instants()),
        "evenement": (of(lambda one: one.evenement), text),
        "seq": (of(lambda one: one.seq), arrow.int64()),
        "corrige": (clear(lambda one: one.corrige), arrow.bool_()),
    }


def _batch(columns: Mapping[str, Column]) -> Any:
    arrays = [column(name, held, kind) for name, (held, kind) in columns.items()]
    return library("pyarrow").RecordBatch.from_arrays(arrays, names=list(columns))


def _fact_columns(situations: Sequence[Situation], scale: int) -> dict[str, Column]:
    arrow = library("pyarrow")
    text = arrow.string()
    facts = [fact for situation in situations for fact in situation.faits]
    whose = [situation for situation in situations for _ in range(len(situation.faits))]
    inner = {name: kind for name, (_, kind) in _dire_columns([], scale).items()}
    others: list[list[dict[str, Any]]] = []
    for fact in facts:
        if not fact.autres:  # as most
            others.append([])
            continue
        told = zip(*(held for held, _ in _dire_columns(fact.autres, scale).values()), strict=True)
        others.append([dict(zip(inner, row, strict=True)) for row in told])
    return {
        "dossier": ([one.dossier for one in whose], text),
        "au": ([one.au for one in whose], arrow.date32()),
        "chemin": ([fact.chemin for fact in facts], text),
        **_dire_columns(facts, scale),
        "raison": ([_told(fact.raison) for fact in facts], text),
        "grossi": ([fact.grossi for fact in facts], arrow.bool_()),
        "autres": (others, arrow.list_(arrow.struct(list(inner.items())))),
    }


class Vu(Protocol):
    """A situation as somebody may see it (spie.droits.VueSituation)."""

    @property
    def situation(self) -> Situation: ...


LOT = 1_000  # situations in a batch


def _lots(given: Iterator[Situation | Vu]) -> Iterator[list[Situation]]:
    while lot := [
        one if isinstance(one, Situation) else one.situation for one in islice(given, LOT)
    ]:
        yield lot


def table_longue(situations: Iterable[Situation | Vu], *, echelle: int = SCALE) -> Rows:
    """Situations of many dossiers as one table, a row for each fact of each: docs/tables.md has its columns.

    What somebody may not see is no row, as it is no fact of his view. `echelle`: the decimals of
    the column `nombre`; a number that needs more refuses the table (T005).

    >>> from spie.dossier import table_longue
    >>> table = table_longue(store.situations(["personne:aline"], au=date(2022, 4, 1))).to_arrow()
    >>> table.select(["chemin", "texte", "debut"]).to_pylist()
    [{'chemin': 'adresse.commune', 'texte': 'Nangis', 'debut': datetime.date(2022, 3, 1)}]
    """
    take = once(situations)

    def batches() -> Iterator[Any]:
        for lot in _lots(take()):
            yield _batch(_fact_columns(lot, echelle))

    return Rows(_batch(_fact_columns([], echelle)).schema, batches)


@cache
def _fields() -> dict[str, dict[str, Any]]:
    """What each field of each type of event holds, by "adresse.commune", and whether a key stands between."""
    return {
        f"{type_['nom']}.{name}": {"schema": schema, "key": bool(type_["cle"])}
        for type_ in types()
        if type_["cardinalite"] != "mecanique"
        for name, schema in type_["schema"]["properties"].items()
    }


def _field_of(path: str) -> dict[str, Any]:
    """The field of a path: "identite.nom", "frein.mobilite.reponse", "foyer.droit_rsa.etat"."""
    parts = path.removeprefix("foyer.").split(".")
    known = _fields()
    found = known.get(f"{parts[0]}.{parts[-1]}")
    if found is not None and (len(parts) > 2) == found["key"]:
        return found
    near = _core.nearest(f"{parts[0]}.{parts[-1]}", list(known))
    if found is not None:
        near = f"{parts[0]}.CLE.{parts[-1]}" if found["key"] else f"{parts[0]}.{parts[-1]}"
    remedy = f"Write it {near}." if near else "spie.dossier.types() has the fields of each type."
    raise UsageError(
        Diagnostic(
            "A001", "error", f"There is no fact '{path}' in any dossier.", "colonnes", remedy,
            "Aucun dossier n'a ce fait.", "", path, near or "",
        )
    )  # fmt: skip


def _kind_of(path: str) -> Any:
    """The column of a fact: money is decimal128(38, 2), a date date32; a list of objects is JSON."""
    arrow = library("pyarrow")
    schema = _field_of(path)["schema"]

    def plain(one: Mapping[str, Any]) -> Any:
        match one.get("type"), one.get("format"):
            case "string", "date":
                return arrow.date32()
            case "string", "date-time":
                return arrow.timestamp("us", "UTC")
            case "integer", _:
                return arrow.int64()
            case "number", _:
                return decimals(CENTS)
            case "boolean", _:
                return arrow.bool_()
            case _:
                return arrow.string()

    if schema.get("type") == "array" and schema["items"].get("type") != "object":
        return arrow.list_(plain(schema["items"]))
    return plain(schema)


def _fitting(value: Any, kind: Any) -> Any:
    """A value in its column; None for what stands there coarsely, in another form."""
    types_ = library("pyarrow").types
    if value is None or types_.is_string(kind):
        return value if value is None or isinstance(value, str) else _as_text(value)
    if types_.is_list(kind):
        return list(value) if isinstance(value, list | tuple) else None
    if types_.is_boolean(kind):
        return value if isinstance(value, bool) else None
    if types_.is_date32(kind):
        return value if isinstance(value, date) and not isinstance(value, datetime) else None
    if types_.is_timestamp(kind):
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        return value if isinstance(value, datetime) else None
    if types_.is_integer(kind):
        return int(value) if isinstance(value, Decimal) and value == int(value) else None
    return value if isinstance(value, Decimal) else None


def _as_text(value: Any) -> str | None:
    return str(value) if isinstance(value, date | Decimal) else json_text(value)


def table_large(
    situations: Iterable[Situation | Vu],
    colonnes: Sequence[str] | Mapping[str, str],
    *,
    textes: Sequence[str] = (),
) -> Rows:
    """Situations of many dossiers as one table, a row for each, with the columns that are named.

    A column is a path ("identite.nom", "frein.mobilite.reponse", "foyer.droit_rsa.etat"), or a name
    and a path. Its type is that of the field of the event, whatever the dossiers hold; a path that no
    type has is refused (A001). A fact that is not known, or not shown, is null. `grossis` names the
    columns of which somebody sees a coarse value: it is null in a column of another type, unless
    `textes` asks for that column as a text ("26 à 49 ans").

    >>> from spie.dossier import table_large
    >>> ici = store.situations(["personne:aline"], au=date(2022, 4, 1))
    >>> table_large(ici, {"commune": "adresse.commune"}).to_arrow().to_pylist()[0]["commune"]
    'Nangis'
    """
    arrow = library("pyarrow")
    paths = (
        dict(colonnes)
        if isinstance(colonnes, Mapping)
        else {one: one for one in column_names(colonnes, "colonnes")}
    )
    kinds = {
        name: arrow.string() if name in textes and _field_of(path) else _kind_of(path)
        for name, path in paths.items()
    }
    own = ("dossier", "au", "grossis")
    for name in own:
        if name in paths:
            raise UsageError(
                Diagnostic(
                    "A001", "error", f"The table has a column '{name}' of its own.", "colonnes",
                    "Give the fact another name: {\"mon_nom\": \"chemin\"}.",
                )
            )  # fmt: skip
    take = once(situations)

    def made(lot: Sequence[Situation]) -> Any:
        columns: dict[str, Column] = {
            "dossier": ([one.dossier for one in lot], arrow.string()),
            "au": ([one.au for one in lot], arrow.date32()),
        }
        for name, path in paths.items():
            held = [_fitting(one.valeur(path), kinds[name]) for one in lot]
            columns[name] = (held, kinds[name])
        coarse = [
            [name for name, path in paths.items() if one.grossi(path)] if one.masquee else []
            for one in lot
        ]
        columns["grossis"] = (coarse, arrow.list_(arrow.string()))
        return _batch(columns)

    return Rows(made([]).schema, lambda: map(made, _lots(take())))


class Historique(list[Parole], Tabular, Shown):
    """All that was ever said of a fact, in the order of its record; a table too."""

    _page = "historique.html.j2", "historique"

    def to_arrow(self) -> Any:
        """A row for each thing said, as a pyarrow.Table."""
        arrow = library("pyarrow")
        text = arrow.string()
        rows: dict[str, Column] = {
            "type": ([one.type for one in self], text),
            "cle": ([_told(one.cle) for one in self], text),
            **_dire_columns(self, SCALE),
            "corrige_par": ([one.corrige_par for one in self], text),
            "compte": ([one.compte for one in self], arrow.bool_()),
        }
        return arrow.Table.from_batches([_batch(rows)])


class Differences(list[Difference], Tabular, Shown):
    """What two situations do not share; a table too."""

    _page = "differences.html.j2", "differences"

    def to_arrow(self) -> Any:
        """A row for each fact, its two sides as "avant_valeur", "apres_valeur"…, as a pyarrow.Table."""
        arrow = library("pyarrow")
        columns: dict[str, Column] = {"chemin": ([one.chemin for one in self], arrow.string())}
        for side in ("avant", "apres"):
            said = _dire_columns([getattr(one, side) for one in self], SCALE)
            columns |= {f"{side}_{name}": held for name, held in said.items()}
        return arrow.Table.from_batches([_batch(columns)])


_Head = tuple[str, tuple[str, ...], str | None, date, int | None]


class Situation(Tabular, Shown):
    """A dossier on a day, as far as it was known: what prevails, from whom, why.

    >>> aline = store.situation("personne:aline", au=date(2022, 4, 1))
    >>> aline.fait("adresse.commune").raison
    'source_unique'

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

    @property
    def masquee(self) -> bool:
        """Whether it is a view of somebody (spie.droits), where facts may be held back or coarse."""
        return self._core is None and "seq" not in self._raw

    def grossi(self, chemin: str) -> bool:
        """Whether a fact is shown coarsely."""
        found = self.fait(chemin)
        return found is not None and found.grossi

    def to_arrow(self) -> Any:
        """A row for each fact, as a pyarrow.Table: table_longue() of this one alone."""
        return table_longue([self]).to_arrow()

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
