"""Reading files into a store: what was read, what was refused and why.

>>> rapport = store.importer("vrsb", Path("vrsb-2022-01.xml"), auteur="import")
>>> rapport.recus, rapport.lus, rapport.refuses_total
(812, 811, 1)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spie import _core
from spie.dossier import Tete
from spie.notebook import Shown


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


@dataclass(frozen=True)
class Refus:
    """One fault of a record, or of a field of it: where, what, why, and what to do."""

    code: str
    enregistrement: int
    """From 1; 0 when the fault is of the file."""
    portee: str
    place: str
    champ: str
    valeur: str
    motif: str
    remede: str

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Refus:
        return cls(**{**raw, "enregistrement": int(raw["enregistrement"])})


class Rapport(Shown):
    """The account of an import: received = read + refused."""

    _page = "import.html.j2", "rapport"

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw
        self.refuses = tuple(Refus.of(one) for one in raw["refuses"])
        """The first thousand."""
        self.avertissements = tuple(Refus.of(one) for one in raw["avertissements"])

    def _count(self, key: str) -> int:
        return int(self._raw[key])

    @property
    def format(self) -> str:
        return str(self._raw["format"])

    @property
    def fichier(self) -> str:
        return str(self._raw["fichier"])

    @property
    def document(self) -> str:
        """The SHA-256 of the file."""
        return str(self._raw["document"])

    @property
    def import_id(self) -> str:
        return str(self._raw["import"])

    @property
    def date_reference(self) -> date | None:
        found: date | None = self._raw["date_reference"]
        return found

    @property
    def unite(self) -> str:
        """What is counted: "foyer", "personne", "ligne"."""
        return str(self._raw["unite"])

    @property
    def recus(self) -> int:
        return self._count("recus")

    @property
    def lus(self) -> int:
        return self._count("lus")

    @property
    def refuses_total(self) -> int:
        return self._count("refuses_total")

    @property
    def fautes(self) -> int:
        """All faults, those of fields too."""
        return self._count("fautes")

    @property
    def avertissements_total(self) -> int:
        return self._count("avertissements_total")

    @property
    def evenements(self) -> int:
        """Events that were recorded, those of the import itself too."""
        return self._count("evenements")

    @property
    def faits(self) -> int:
        """Of them, those that state a fact."""
        return self._count("faits")

    @property
    def dossiers_nouveaux(self) -> int:
        return self._count("dossiers_nouveaux")

    @property
    def dossiers_rattaches(self) -> int:
        return self._count("dossiers_rattaches")

    @property
    def doublons_proposes(self) -> int:
        return self._count("doublons_proposes")

    @property
    def doublons_par_raison(self) -> dict[str, int]:
        """A pair counts under each of its reasons."""
        return {one["raison"]: int(one["nombre"]) for one in self._raw["doublons_par_raison"]}

    @property
    def sur_noms(self) -> int:
        """New dossiers that names, birth date and birthplace would have attached (`sur_noms=True`)."""
        return self._count("sur_noms")

    @property
    def absents(self) -> int:
        return self._count("absents")

    @property
    def deja_lu(self) -> bool:
        """A closed import read this very file before."""
        return bool(self._raw["deja_lu"])

    @property
    def clos(self) -> bool:
        """What was read counts."""
        return bool(self._raw["clos"])

    @property
    def tete(self) -> Tete:
        """The head of the chain afterwards: write it down elsewhere."""
        return Tete(int(self._raw["tete"]["seq"]), self._raw["tete"]["maillon"])

    def to_dict(self) -> dict[str, Any]:
        return self._raw

    def __repr__(self) -> str:
        state = "clos" if self.clos else "non clos"
        return (
            f"<spie.imports.Rapport {self.fichier}: {self.recus} reçus, {self.lus} lus, "
            f"{self.refuses_total} refusés, {state}>"
        )
