"""Counting invented people as the convention counts real ones."""

from __future__ import annotations

from collections.abc import Iterator

from spie.synthetic.calibrage import DEPARTEMENT, bassins, publics
from spie.synthetic.modele import Profil


def belongs(profil: Profil, public: str) -> bool:
    """Whether the person counts in that public: on the first day, among those present."""
    if not profil.present:
        return False
    if public == "brsa":
        return profil.brsa
    if public == "brsa_pe":
        return profil.brsa and profil.categorie_a
    return profil.categorie_a and bool(getattr(profil, public))


def counted(profil: Profil) -> Iterator[tuple[str, str]]:
    """Every public and place that the person counts in."""
    for public in publics():
        if belongs(profil, public):
            yield public, DEPARTEMENT
            # The convention gives the BRSA of the whole département only.
            if public != "brsa" and profil.bassin in bassins():
                yield public, profil.bassin
