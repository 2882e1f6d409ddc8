"""Names, telephones and e-mails that can be no one's.

A surname opens on a marker ("Exemple", "Modèle"…), a first name is a common noun: `donnees/
noms.json`. Telephones are of the ranges that the French numbering plan keeps for works of fiction
(Arcep, decision 2018-0881), e-mails are at example.org (RFC 2606).
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Final

from spie.synthetic import hypotheses
from spie.synthetic.tirage import Tirage

_VOWELS: Final = frozenset("AEIOUYH")
_ADDRESS: Final = str.maketrans({"'": "", " ": "-"})
_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})


@lru_cache(maxsize=1024)
def without_accents(text: str) -> str:
    """The same letters, as a system that knows ASCII only writes them."""
    spread = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(one for one in spread if not unicodedata.combining(one))


@cache
def _lists() -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = hypotheses.read("noms.json")
    return tuple(names["marqueurs"]), tuple(names["objets"])


@cache
def first_names(sexe: str) -> tuple[str, ...]:
    return tuple(hypotheses.read("noms.json")["prenoms"][sexe])


def surname(tirage: Tirage) -> str:
    """Exemple-Peuplier, Modèle Frêne, d'Essai-Érable."""
    markers, objects = _lists()
    marker, thing = tirage.choice(markers), tirage.choice(objects)
    form = tirage.part(hypotheses.parts("formes_de_nom"))
    if form == "blanc":
        return f"{marker} {thing}"
    if form == "apostrophe" and without_accents(marker)[0] in _VOWELS:
        return f"d'{marker}-{thing}"
    return f"{marker}-{thing}"


def first_name(tirage: Tirage, sexe: str) -> str:
    names = first_names(sexe)
    name = tirage.choice(names)
    if "-" not in name and tirage.chance(hypotheses.rate("part_prenom_compose")):
        other = tirage.choice(names)
        if other != name and "-" not in other and "'" not in other:
            return f"{name}-{other}"
    return name


def is_invented(surname: str) -> bool:
    """Whether a surname, however it is spelt, opens on a marker."""
    plain = without_accents(surname).upper().replace("'", " ").removeprefix("D ")
    return any(plain.startswith(without_accents(one).upper()) for one in _lists()[0])


def telephone(tirage: Tirage) -> str:
    """Ten digits of a range kept for fiction: 01 99 00 xx xx or 06 39 98 xx xx."""
    return f"{tirage.choice(('019900', '063998'))}{tirage.integer(0, 9999):04}"


def email(first: str, last: str, numero: int) -> str:
    plain = f"{without_accents(first)}.{without_accents(last)}".lower()
    return f"{plain.translate(_ADDRESS)}.{numero}@example.org"
