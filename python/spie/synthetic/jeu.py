"""Plays `actes.jsonl` at the desk: each act by its actor, with his right, as it would be done by hand.

Who is meant is found by the key that a source has for him. An act is played once: it bears its number, and one that the
store holds already is left out, so that a play which was cut goes on where it stopped.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from spie.droits import Demande, Guichet
from spie.errors import SpieError
from spie.store import Store

FICHIER: Final = "actes.jsonl"
AMBIGU: Final = "ambigu"
INTROUVABLE: Final = "introuvable"
_DETAILS: Final = 20


@dataclass(slots=True)
class Jeu:
    """What became of the acts of a file; `joues + deja + refuses + ambigus + introuvables == lus`."""

    lus: int = 0
    joues: int = 0
    deja: int = 0
    """Played before: nothing was added."""
    refus: Counter[str] = field(default_factory=Counter)
    """By code, those drawn wrong on purpose too."""
    attendus: int = 0
    """Refused as the file says that they are."""
    ambigus: int = 0
    """Somebody's key stands in two dossiers."""
    introuvables: int = 0
    """No dossier bears somebody's key: his file was not read."""
    evenements: int = 0
    details: list[dict[str, str]] = field(default_factory=list)
    """The first of those that were not played and were not meant to be refused."""

    @property
    def refuses(self) -> int:
        return self.refus.total()

    @property
    def inattendus(self) -> int:
        """Not played, though nothing says why they should not be."""
        return self.refuses - self.attendus + self.ambigus + self.introuvables

    def to_dict(self) -> dict[str, Any]:
        return {
            "lus": self.lus,
            "joues": self.joues,
            "deja": self.deja,
            "refuses": self.refuses,
            "refus": dict(sorted(self.refus.items())),
            "attendus": self.attendus,
            "ambigus": self.ambigus,
            "introuvables": self.introuvables,
            "evenements": self.evenements,
            "details": self.details,
        }

    def _missed(self, numero: str, acte: str, pourquoi: str, texte: str) -> None:
        if len(self.details) < _DETAILS:
            self.details.append(
                {"numero": numero, "acte": acte, "pourquoi": pourquoi, "texte": texte}
            )


class _Manque(Exception):
    """Somebody who is named is in no dossier, or in two."""

    def __init__(self, pourquoi: str, nom: str) -> None:
        super().__init__(nom)
        self.pourquoi = pourquoi


class _Annuaire:
    """Who a key of a source is, by the store's own identities."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found = lru_cache(maxsize=4096)(self._look)

    def _look(self, source: str, cle: str) -> tuple[str, ...]:
        return tuple(self._store.chercher(f"{source}|{cle}", par="source"))

    def of(self, named: Any) -> str:
        if isinstance(named, str):
            return named
        found = self._found(named["source"], named["cle"])
        if len(found) != 1:
            raise _Manque(AMBIGU if found else INTROUVABLE, f"{named['source']} {named['cle']}")
        return found[0]

    def filled(self, contenu: dict[str, Any]) -> dict[str, Any]:
        """Keys of a source in a content are subjects; an act, what it wrote under a field."""
        return {name: self._filled(value) for name, value in contenu.items()}

    def _filled(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._filled(one) for one in value]
        if not isinstance(value, dict):
            return value
        return self._written(value["acte"], value["champ"]) if "acte" in value else self.of(value)

    def _written(self, numero: str, champ: str) -> Any:
        """By the events of the dossier that bears the act."""
        for subject in self._store.chercher(numero, par="acte"):
            for event in self._store.evenements(subject):
                if event.raw.get("acte") == numero and champ in event.contenu:
                    return event.contenu[champ]
        raise _Manque(INTROUVABLE, numero)


def read(fichier: Path) -> Iterator[dict[str, Any]]:
    with fichier.open(encoding="utf-8") as lines:
        for text in lines:
            yield json.loads(text)


def jouer(
    guichet: Guichet,
    store: Store,
    dossier: str | Path,
    *,
    jusqu_au: date | None = None,
    progres: Callable[[int], object] | None = None,
) -> Jeu:
    """Plays the acts of a folder written by Departement.write, after its files were imported.

    Acts are recorded at their instant, or at the last one of the store where that is later; those
    after the day `jusqu_au` wait for another call. Raises OSError for a file that cannot be read,
    ValueError for a line that is no act."""
    done = Jeu()
    who = _Annuaire(store)
    last = store.dernier_instant()
    for told in read(Path(dossier) / FICHIER):
        instant = datetime.fromisoformat(told["instant"]).astimezone(UTC)
        if jusqu_au is not None and instant.date() > jusqu_au:
            break
        done.lus += 1
        if progres is not None:
            progres(done.lus)
        last = instant if last is None else max(last, instant)
        _play(done, guichet, store, who, told, last)
    return done


def _play(
    done: Jeu, guichet: Guichet, store: Store, who: _Annuaire, told: dict[str, Any], at: datetime
) -> None:
    numero, acte, refus = told["numero"], told["acte"], told.get("refus", "")
    if store.chercher(numero, par="acte"):
        done.deja += 1
        return
    try:
        demande = Demande(
            who.of(told["acteur"]), told["finalite"], [told["role"]], role=told["role"], instant=at
        )
        made = guichet.agir(
            demande,
            acte,
            who.of(told["sujet"]),
            effet=date.fromisoformat(told["effet"]),
            contenu=who.filled(told["contenu"]),
            numero=numero,
        )
    except _Manque as missing:
        if missing.pourquoi == AMBIGU:
            done.ambigus += 1
        else:
            done.introuvables += 1
        done._missed(numero, acte, missing.pourquoi, str(missing))
    except SpieError as refused:
        done.refus[refused.code] += 1
        if refused.code == refus:
            done.attendus += 1
        else:
            done._missed(numero, acte, refused.code, refused.diagnostics[0].phrase)
    else:
        done.joues += 1
        done.evenements += len(made.evenements)
