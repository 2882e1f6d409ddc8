"""One household, from the seed and its number: the same whatever the number of people asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from spie.synthetic import adultes, communes, emploi, hypotheses, identites, nir, noms
from spie.synthetic.adultes import Contexte
from spie.synthetic.cadre import Cadre
from spie.synthetic.calendrier import Calendrier, age, shifted
from spie.synthetic.calibrage import RESTE, bassins
from spie.synthetic.identites import Identite
from spie.synthetic.modele import Adresse, Droit, Enfant, Foyer, Grossesse
from spie.synthetic.plan import Composition, foyers_par_bloc, plan
from spie.synthetic.rsa import Dossier
from spie.synthetic.tirage import Tirage

CAF: Final = "CAF"
MSA: Final = "MSA"
_STRIDE: Final = 77_711  # prime to ten: each household has a number of its own
_BETWEEN_BIRTHS: Final = timedelta(days=330)


def composition(graine: int, index: int, lecture: int) -> Composition:
    """The adults of that household, as the counts see them."""
    bloc, rank = divmod(index, foyers_par_bloc())
    return plan(graine, bloc, lecture)[rank]


def build(graine: int, index: int, calendrier: Calendrier, lecture: int) -> Foyer:
    """That household, with its whole path."""
    numero, profils = composition(graine, index, lecture)
    cadre = Cadre(graine, index, calendrier, numero, profils)
    first = profils[0]
    famille, lieu, rsa = (cadre.tirage(one) for one in ("famille", "lieu", "rsa"))
    msa = first.brsa and rsa.chance(hypotheses.rate("part_msa"))
    shares = "situations_couple" if cadre.couple else "situations_seul"
    situation = famille.part(hypotheses.parts(shares))
    identities = identites.draw(cadre, situation == "MAR", msa)
    entree = _arrival(famille, cadre)
    depart = _departure(rsa, cadre, entree) if first.brsa else None
    children, pregnancies = _children(famille, cadre, identities)
    addresses = _addresses(lieu, cadre, entree, depart)
    paths = []
    for rank, identity in enumerate(identities):
        path = emploi.Chemin(cadre.tirage(f"emploi{rank}"), calendrier, profils[rank])
        path.draw(identity.naissance, entree, depart)
        paths.append(path)
    droits: tuple[Droit, ...] = ()
    if first.brsa:
        jobs = [job for path in paths for job in path.emplois]
        droits = Dossier(rsa, calendrier, index, jobs, depart).draw(entree)
    moved = addresses[-1].depuis > calendrier.reference
    contexte = Contexte(cadre, entree, droits, children, moved)
    adults = tuple(
        adultes.build(contexte, rank, identity, paths[rank])
        for rank, identity in enumerate(identities)
    )
    since = famille.day(shifted(identities[0].naissance, 17 * 12), shifted(calendrier.debut, -2))
    return Foyer(
        index=index,
        bassin=first.bassin,
        entree=entree,
        depart=depart,
        adultes=adults,
        enfants=children,
        grossesses=pregnancies,
        adresses=addresses,
        sans_domicile=not cadre.couple and lieu.chance(hypotheses.rate("part_sans_domicile")),
        situation=situation,
        situation_depuis=since,
        organisme="" if not droits else MSA if msa else CAF,
        matricule=_matricule(cadre, msa, adults[0].nir) if droits else "",
        droits=droits,
        caf_prenante=rsa.part(hypotheses.parts("departs_vers")),
        roles_inverses=cadre.couple and famille.chance(hypotheses.rate("decalage_de_role")),
        sans_code_commune=lieu.chance(hypotheses.rate("sans_code_commune")),
    )


def _matricule(cadre: Cadre, msa: bool, number: str) -> str:
    """15 digits: seven then zeros at the CAF; at the MSA the NIR of the holder, with its key."""
    if msa:
        return nir.with_key(number)
    return f"{(cadre.index * _STRIDE + cadre.graine) % 10**7:07}" + "0" * 8


# --- When


def _arrival(tirage: Tirage, cadre: Cadre) -> date:
    """The day before the path for those already there."""
    calendrier = cadre.calendrier
    if cadre.profils[0].present:
        return calendrier.debut - timedelta(days=1)
    index = tirage.integer(1, max(calendrier.mois - 1, 1))
    return tirage.day(calendrier.first(index), calendrier.last(index))


def _departure(tirage: Tirage, cadre: Cadre, entree: date) -> date | None:
    calendrier = cadre.calendrier
    for index in range(1, calendrier.mois):
        first, last = calendrier.first(index), calendrier.last(index)
        if first > entree and tirage.chance(hypotheses.rate("depart_par_mois")):
            return tirage.day(first, last)
    return None


# --- The children


def _children(
    tirage: Tirage, cadre: Cadre, identities: list[Identite]
) -> tuple[tuple[Enfant, ...], tuple[Grossesse, ...]]:
    """Only the flow of the RSA tells of children."""
    if not cadre.profils[0].brsa:
        return (), ()
    calendrier = cadre.calendrier
    shares = "enfants_couple" if cadre.couple else "enfants_seul"
    number = int(tirage.part(hypotheses.parts(shares)))
    oldest = min(one.naissance for one in identities)
    if age(oldest, calendrier.reference) < 25:
        # Under 25, the RSA needs a child.
        number = max(number, 1)
    family = identities[0 if tirage.chance(0.5) else -1].nom_naissance
    found: list[Enfant] = []
    for _ in range(number):
        earliest = max(shifted(oldest, 17 * 12), shifted(calendrier.debut, -20 * 12))
        born = tirage.day(earliest, calendrier.debut - timedelta(days=20))
        if all(abs(born - one.naissance) > _BETWEEN_BIRTHS for one in found):
            found.append(_child(tirage, family, born))
    found.sort(key=lambda one: one.naissance)
    pregnancies = _pregnancies(tirage, cadre, identities, found)
    found += [_child(tirage, family, one.fin) for one in pregnancies]
    return tuple(found), tuple(pregnancies)


def _pregnancies(
    tirage: Tirage, cadre: Cadre, identities: list[Identite], children: list[Enfant]
) -> list[Grossesse]:
    """Those that end during the path."""
    calendrier = cadre.calendrier
    women = [one for one in identities if one.sexe == "2"]
    if not women or not 18 <= age(women[0].naissance, calendrier.debut) <= 42:
        return []
    found: list[Grossesse] = []
    last = children[-1].naissance if children else date.min
    for index in range(calendrier.mois):
        born = tirage.day(calendrier.first(index), calendrier.last(index))
        comes = tirage.chance(hypotheses.rate("naissance_par_mois"))
        if comes and born - last > _BETWEEN_BIRTHS:
            start = born - timedelta(days=270)
            found.append(Grossesse(start, start + timedelta(days=80), born))
            last = born
    return found


def _child(tirage: Tirage, family: str, born: date) -> Enfant:
    sexe = tirage.choice("12")
    return Enfant(noms.first_name(tirage, sexe), family, sexe, born)


# --- The addresses


def _addresses(
    tirage: Tirage, cadre: Cadre, entree: date, depart: date | None
) -> tuple[Adresse, ...]:
    calendrier, profil = cadre.calendrier, cadre.profils[0]
    since = min(entree, calendrier.debut) - timedelta(
        days=tirage.between(hypotheses.span("jours_a_l_adresse"))
    )
    found = [_address(tirage, since, profil.bassin, profil.qpv)]
    if tirage.chance(hypotheses.rate("part_adresse_precedente")):
        before = since - timedelta(days=tirage.between(hypotheses.span("jours_a_l_adresse")))
        found.insert(0, _address(tirage, before, _basin(tirage, profil.bassin), False))
    for index in range(1, calendrier.mois):
        first, last = calendrier.first(index), calendrier.last(index)
        if first <= entree or (depart is not None and depart <= last):
            continue
        if tirage.chance(hypotheses.rate("demenagement_par_mois")):
            bassin = _basin(tirage, found[-1].commune.bassin)
            poor = tirage.chance(hypotheses.rate("part_qpv_apres_demenagement"))
            found.append(_address(tirage, tirage.day(first, last), bassin, poor))
    return tuple(found)


def _basin(tirage: Tirage, bassin: str) -> str:
    """Most moves stay in the basin."""
    if not tirage.chance(hypotheses.rate("part_demenagements_hors_bassin")):
        return bassin
    return tirage.choice([one for one in (*bassins(), RESTE) if one != bassin])


def _address(tirage: Tirage, since: date, bassin: str, poor: bool) -> Adresse:
    commune = communes.draw(tirage, bassin, poor)
    kind, street = tirage.choice(hypotheses.read("noms.json")["voies"])
    quartier = tirage.choice(commune.quartiers) if poor else ""
    return Adresse(since, str(tirage.integer(1, 140)), kind, street, commune, quartier)
