"""The path of a fact, "foyer.droit_rsa.etat" or "frein.sante.reponse": the one place of the package that takes it apart.

src/insertion/dossier/chemin.hpp is what the library reads; here it is only shown.
"""

from __future__ import annotations

from typing import NamedTuple


class Chemin(NamedTuple):
    """A type, a key that may hold dots and is empty for a type without one, a field."""

    type: str
    cle: str
    champ: str


def lire(chemin: str) -> Chemin:
    """Of a complete path, which ends with its field."""
    head, _, champ = chemin.removeprefix("foyer.").rpartition(".")
    type, _, cle = head.partition(".")
    return Chemin(type, cle, champ)
