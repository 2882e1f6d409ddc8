"""The invented structures that follow people, and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from spie.synthetic import communes, hypotheses, noms
from spie.synthetic.calibrage import RESTE, bassins
from spie.synthetic.tirage import Tirage

_KINDS: Final = (
    ("Maison des solidarités inventée", "accompagnement social"),
    ("Mission locale inventée", "jeunes de 16 à 25 ans"),
    ("CCAS inventé", "action sociale de la commune"),
    ("Association d'insertion inventée", "insertion par l'activité économique"),
    ("Auto-école sociale inventée", "mobilité"),
    ("PLIE inventé", "parcours renforcés vers l'emploi"),
)
_COUNSELLORS: Final = 60


@dataclass(frozen=True, slots=True)
class Responsable:
    civilite: str
    prenom: str
    nom: str
    courriel: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Structure:
    nom: str
    description: str
    telephone: str
    voie: str
    code_postal: str
    ville: str
    site: str
    courriel: str
    siret: str
    responsables: tuple[Responsable, ...]
    """One line of the file each: two lines with one SIRET are one structure."""


def siret(index: int) -> str:
    """14 digits with the right key (Luhn), under a SIREN of the 000 range, that no one is given."""
    body = f"00000{index:03}"
    siren = body + _luhn(body)
    nic = "0001"
    return siren + nic + _luhn(siren + nic)


def _luhn(digits: str) -> str:
    """The digit that makes the sum a multiple of ten."""
    total = 0
    for rank, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if rank % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def _person(tirage: Tirage, email: str) -> Responsable:
    sexe = tirage.choice("12")
    return Responsable(
        "Mme" if sexe == "2" else "M.",
        noms.first_name(tirage, sexe),
        noms.surname(tirage),
        email,
        noms.telephone(tirage),
    )


@cache
def conseillers() -> tuple[Responsable, ...]:
    """The counsellors of France Travail: the same whatever the seed."""
    return tuple(
        _person(Tirage("conseiller", index), f"conseil.{index:02}@example.org")
        for index in range(_COUNSELLORS)
    )


def conseiller(numero: int) -> Responsable:
    """Who follows that person."""
    return conseillers()[numero % _COUNSELLORS]


@cache
def structures() -> tuple[Structure, ...]:
    """The same whatever the seed."""
    return tuple(_structure(index) for index in range(hypotheses.count("structures")))


def _structure(index: int) -> Structure:
    tirage = Tirage("structure", index)
    kind, purpose = _KINDS[index % len(_KINDS)]
    places = (*bassins(), RESTE)
    commune = communes.draw(tirage, places[index % len(places)], quartier=False)
    street, name = tirage.choice(hypotheses.read("noms.json")["voies"])
    heads = 2 if index % 5 == 0 else 1
    return Structure(
        nom=f"{kind} {index + 1:02}",
        description=f"Structure inventée : {purpose}",
        telephone=noms.telephone(tirage),
        voie=f"{tirage.integer(1, 90)} {street.lower()} {name.lower()}",
        code_postal=commune.code_postal,
        ville=commune.nom,
        site=f"https://example.org/structure-{index + 1:02}",
        courriel=f"structure.{index + 1:02}@example.org",
        siret=siret(index + 1),
        responsables=tuple(
            _person(tirage, f"responsable.{index + 1:02}.{rank + 1}@example.org")
            for rank in range(heads)
        ),
    )
