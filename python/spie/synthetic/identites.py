"""Who the adults of a household are: sex, names, birth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spie.synthetic import hypotheses, nir, noms
from spie.synthetic.cadre import Cadre
from spie.synthetic.modele import Profil
from spie.synthetic.tirage import Tirage


@dataclass(slots=True)
class Identite:
    sexe: str
    nom_naissance: str
    nom: str
    prenom: str
    naissance: date
    jour_inconnu: bool
    departement: str
    """Of birth, in the NIR: 77, 2A or 2B."""


def draw(cadre: Cadre, married: bool, msa: bool) -> list[Identite]:
    """One identity for each adult; of a married couple, one may bear the other's name."""
    tirage = cadre.tirage("identite")
    found: list[Identite] = []
    for rank, profil in enumerate(cadre.profils):
        sexe = _sex(tirage, cadre, found)
        birth = _birth(tirage, cadre, profil, cadre.numero + rank)
        surname, first_name = noms.surname(tirage), noms.first_name(tirage, sexe)
        # The number of a MSA household is a whole number: its holder was not born in Corsica.
        corsican = not msa and tirage.chance(hypotheses.rate("part_nes_en_corse"))
        place = tirage.choice(("2A", "2B")) if corsican else "77"
        unknown = tirage.chance(hypotheses.rate("part_jour_de_naissance_inconnu"))
        birth = birth.replace(day=1) if unknown else birth
        found.append(Identite(sexe, surname, surname, first_name, birth, unknown, place))
    if married and cadre.couple and tirage.chance(hypotheses.rate("part_nom_d_usage")):
        bearer = 0 if found[0].sexe == "2" else 1
        found[bearer].nom = found[1 - bearer].nom_naissance
    return found


def _sex(tirage: Tirage, cadre: Cadre, found: list[Identite]) -> str:
    if found:
        other = "1" if found[0].sexe == "2" else "2"
        alike = tirage.chance(hypotheses.rate("part_couples_meme_sexe"))
        return found[0].sexe if alike else other
    women = "part_femmes_seules" if cadre.profils[0].brsa else "part_femmes_demandeurs_sans_rsa"
    return "2" if tirage.chance(hypotheses.rate(women)) else "1"


def _birth(tirage: Tirage, cadre: Cadre, profil: Profil, numero: int) -> date:
    year = cadre.calendrier.reference.year
    young = profil.infra_bac or tirage.chance(hypotheses.rate("part_jeunes"))
    limit = hypotheses.count("age_des_jeunes")
    if young:
        # 18 at least and under the limit on the day of reference, whatever day and month.
        back = tirage.integer(19, limit - 2)
    else:
        years = hypotheses.count("etendue_des_ages")
        # The lower of two draws: more people at the start of the range than at its end.
        back = limit + 1 + int(years * min(tirage.share(), tirage.share()))
    return date(year - back, nir.month(cadre.graine, numero), tirage.integer(1, 28))
