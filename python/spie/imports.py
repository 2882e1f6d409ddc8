"""Reading files into a store: what was read, what was refused and why.

>>> [one["nom"] for one in spie.imports.formats()][:2]
['vrsb', 'dsp']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spie import _core
from spie.notebook import Shown
from spie.records import imports as records
from spie.records.imports import Refus as Refus


def formats() -> list[dict[str, str]]:
    """The formats that are read: "nom", "titre", "source" of its facts, "besoin": "rien", "personne", "plan", "organisme"."""
    return _core.import_formats()


@dataclass(frozen=True)
class FauteSaisie:
    """What is wrong with a value that somebody types."""

    champ: str
    motif: str
    remede: str
    gardee: bool
    """An import keeps such a value, and says so."""


def verifier_saisie(type: str, contenu: Mapping[str, Any], *, jour: date) -> list[FauteSaisie]:
    """What an import would say of a content that is typed: telephones, addresses, postcodes, births
    after `jour`. Nothing is recorded. E002 when there is no such type of event."""
    found = _core.entry_check(type, dict(contenu), jour)
    return [FauteSaisie(**one) for one in found]


class Rapport(records.Rapport, Shown):
    __doc__ = records.Rapport.__doc__
    __slots__ = ()
    _page = "import.html.j2", "rapport"

    def __repr__(self) -> str:
        state = "clos" if self.clos else "non clos"
        return (
            f"<spie.imports.Rapport {self.fichier}: {self.recus} reçus, {self.lus} lus, "
            f"{self.refuses_total} refusés, {state}>"
        )
