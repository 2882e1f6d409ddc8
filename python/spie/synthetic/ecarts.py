"""How the record of a person in one source departs from the person: what matching has to get over.

Each source writes names its own way, then makes mistakes. Every departure that changes something is
named in the truth.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from spie.synthetic import hypotheses, noms
from spie.synthetic.identites import Identite
from spie.synthetic.modele import CARNET, DSP, EXTRAIT, VRSB, Adresse, Adulte, Foyer
from spie.synthetic.tirage import Tirage

ACCENTS: Final = "accents"
TRAIT_D_UNION: Final = "trait_d_union"
APOSTROPHE: Final = "apostrophe"
NOM_DE_NAISSANCE: Final = "nom_de_naissance"
JOUR_MOIS: Final = "jour_mois"
ADRESSE: Final = "adresse"
NIR_ABSENT: Final = "nir_absent"
NIR_FAUX: Final = "nir_faux"
IDENTIFIANT_ABSENT: Final = "identifiant_absent"
DOUBLON: Final = "doublon"
KINDS: Final = (
    ACCENTS, TRAIT_D_UNION, APOSTROPHE, NOM_DE_NAISSANCE, JOUR_MOIS, ADRESSE, NIR_ABSENT, NIR_FAUX,
    IDENTIFIANT_ABSENT, DOUBLON,
)  # fmt: skip


class Ecrite(NamedTuple):
    """An identity as one source writes it."""

    nom: str
    nom_naissance: str
    prenom: str
    naissance: date


def swapped(birth: date) -> date:
    """Day and month exchanged; the same date where that makes none."""
    if birth.day > 12:
        return birth
    return date(birth.year, birth.day, birth.month)


def draw(tirage: Tirage, true: Identite, moved: bool) -> Mapping[str, tuple[str, ...]]:
    """The departures of each source, those without effect left out."""
    letters = f"{true.nom}{true.nom_naissance}{true.prenom}"
    married = true.nom != true.nom_naissance
    found = {}
    for source in (VRSB, DSP, EXTRAIT, CARNET):
        accents = (
            hypotheses.rate("ecart_accents_vrsb") if source == VRSB else float(source == EXTRAIT)
        )
        one_name = source in (EXTRAIT, CARNET)
        candidates = (
            (ACCENTS, not letters.isascii(), accents),
            (TRAIT_D_UNION, "-" in letters, hypotheses.rate("ecart_trait_d_union")),
            (APOSTROPHE, "'" in letters, hypotheses.rate("ecart_apostrophe")),
            (NOM_DE_NAISSANCE, one_name and married, hypotheses.rate("ecart_nom_de_naissance")),
            (
                JOUR_MOIS,
                source != VRSB and swapped(true.naissance) != true.naissance,
                hypotheses.rate("ecart_jour_mois"),
            ),
            (ADRESSE, one_name and moved, hypotheses.rate("ecart_adresse")),
            (NIR_ABSENT, source == VRSB, hypotheses.rate("sans_nir_vrsb")),
            (IDENTIFIANT_ABSENT, source == VRSB, hypotheses.rate("sans_identifiant_emploi")),
        )
        found[source] = tuple(
            name for name, able, rate in candidates if able and tirage.chance(rate)
        )
    return found


def identity(adulte: Adulte, source: str) -> Ecrite:
    """The names and the birth date of the record of that source."""
    ecarts = adulte.ecarts.get(source, ())
    nom = adulte.nom_naissance if NOM_DE_NAISSANCE in ecarts else adulte.nom
    written = [nom, adulte.nom_naissance, adulte.prenom]
    if TRAIT_D_UNION in ecarts:
        written = [one.replace("-", " ") for one in written]
    if APOSTROPHE in ecarts:
        written = [one.replace("'", " ") for one in written]
    if ACCENTS in ecarts:
        written = [noms.without_accents(one) for one in written]
    if source != CARNET:
        written = [one.upper() for one in written]
    birth = swapped(adulte.naissance) if JOUR_MOIS in ecarts else adulte.naissance
    return Ecrite(written[0], written[1], written[2], birth)


def address(foyer: Foyer, adulte: Adulte, source: str, day: date, reference: date) -> Adresse:
    """Where the source believes the person lives: some never hear of a move."""
    stale = ADRESSE in adulte.ecarts.get(source, ())
    return foyer.address(min(day, reference) if stale else day)
