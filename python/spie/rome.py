"""The ROME 4.0, the repertoire of jobs and skills of France Travail: a release, searched, and held
against the codes of a passport (docs/rome.md). Its files are the caller's: none comes with spie.

>>> import spie
>>> rome = spie.rome.Rome.load("rome/", "v999")
>>> [one.libelle for one in rome.chercher("esprit equipe").entrees]
["Avoir l'esprit d'équipe"]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike, fspath
from typing import Any

from spie import _core
from spie.limits import Limits, numbers
from spie.records.rome import ChangementRome as ChangementRome
from spie.records.rome import ComparaisonRome as ComparaisonRome
from spie.records.rome import EntreeRome as EntreeRome
from spie.records.rome import FicheRome as FicheRome
from spie.records.rome import FichierLu as FichierLu
from spie.records.rome import LectureRome as LectureRome
from spie.records.rome import LienRome as LienRome
from spie.records.rome import RechercheRome as RechercheRome
from spie.records.rome import ReferenceRome as ReferenceRome
from spie.records.rome import RefusRome as RefusRome


def natures() -> list[str]:
    """Those of entries, in the order in which results that are equal otherwise stand."""
    return _core.rome_natures()


class Rome:
    """One release, indexed; immutable, shared between threads."""

    def __init__(self, core: _core.Rome) -> None:
        self._core = core

    @classmethod
    def load(
        cls, dossier: str | PathLike[str], version: str, *, limits: Limits | None = None
    ) -> Rome:
        """The files of that release ("v460") that stand in a folder; others are passed over.

        Lines that are wrong are refused one by one, and told in `lecture`. UsageError (A001) when the
        release is not so written; ImportRefused (I001 to I004, I009) when the whole is refused: I004
        beyond `limits`, memory (of a file), list_size (entries), steps (cells), milliseconds."""
        return cls(_core.Rome.load(fspath(dossier), version, numbers(limits)))

    @classmethod
    def from_files(
        cls, version: str, fichiers: Mapping[str, bytes], *, limits: Limits | None = None
    ) -> Rome:
        """As `load`, from the bytes of each file under the name that France Travail gives it."""
        return cls(_core.Rome.from_files(version, list(fichiers.items()), numbers(limits)))

    @property
    def version(self) -> str:
        return self._core.version()

    @property
    def lecture(self) -> LectureRome:
        """What was read, what was refused and why."""
        return self._core.reading()

    def __len__(self) -> int:
        return len(self._core)

    def trouver(self, code: str, nature: str | None = None) -> list[FicheRome]:
        """What bears that code: none, one, or one of each nature, with what it is linked with."""
        return self._core.find(code, nature or "")

    def chercher(
        self, texte: str, *, natures: Sequence[str] = (), limite: int = 20
    ) -> RechercheRome:
        """The entries that hold the words of a text: accents, capitals and plurals apart, a word of
        three letters or more as a beginning too. docs/rome.md gives their order. UsageError (A001)
        for a nature that is none, a text of more than 4,096 bytes or 32 words."""
        return self._core.search(texte, list(natures), limite)

    def comparer(
        self, references: Iterable[str | Mapping[str, Any] | ReferenceRome]
    ) -> ComparaisonRome:
        """What this release says of codes written down under another: codes, or what a passport
        says of them ("code", "nature", "libelle", "version"). What is not known of this release is
        "incomparable", never "disparu"."""
        return self._core.compare([_given(one) for one in references])

    def references(self, codes: Iterable[str]) -> list[ReferenceRome]:
        """These codes as this release says them, to be compared with a later one: one each, or one a
        nature; a code that is not here is left out."""
        return [
            ReferenceRome(one.entree.code, one.entree.nature, one.entree.libelle, self.version)
            for code in codes
            for one in self.trouver(code)
        ]

    def __repr__(self) -> str:
        return f"<spie.rome.Rome {self.version}: {len(self)} entrées>"


def _given(one: str | Mapping[str, Any] | ReferenceRome) -> str | dict[str, Any]:
    if isinstance(one, ReferenceRome):
        return one.to_dict()
    return one if isinstance(one, str) else dict(one)
