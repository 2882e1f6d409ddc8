"""One adult in full: what is known of them, and what each source records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from spie.synthetic import ecarts, emploi, hypotheses, nir, noms, recueil
from spie.synthetic.cadre import Cadre
from spie.synthetic.calendrier import age
from spie.synthetic.identites import Identite
from spie.synthetic.modele import (
    CARNET,
    Adulte,
    Carnet,
    Diagnostic,
    Droit,
    Enfant,
    Inscription,
    Profil,
    RecueilDsp,
)
from spie.synthetic.tirage import Tirage

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Contexte:
    """What the household knows that its adults need."""

    cadre: Cadre
    entree: date
    droits: tuple[Droit, ...]
    enfants: tuple[Enfant, ...]
    demenage: bool
    """Whether the household moves during the path."""


def build(contexte: Contexte, rank: int, identity: Identite, path: emploi.Chemin) -> Adulte:
    cadre = contexte.cadre
    tirage, profil, numero = cadre.tirage(f"adulte{rank}"), cadre.profils[rank], cadre.numero + rank
    number = nir.number(
        cadre.graine, numero, identity.sexe, identity.naissance.year, identity.departement
    )
    freins = tuple(name for name, rate in hypotheses.value("freins").items() if tirage.chance(rate))
    jobs = hypotheses.read("metiers.json")["metiers"]
    metiers = (tirage.integer(0, len(jobs) - 1), tirage.integer(0, len(jobs) - 1))
    niveau = _level(tirage, cadre, profil, identity.naissance)
    permis_b = tirage.chance(hypotheses.rate("part_permis_b"))
    situation = recueil.Situation(
        naissance=identity.naissance,
        niveau=niveau,
        freins=freins,
        rqth=profil.rqth,
        permis_b=permis_b,
        emplois=path.emplois,
        inscriptions=path.inscriptions,
        enfants=contexte.enfants,
        seul=not cadre.couple,
        metier=jobs[metiers[0]][1],
    )
    paid = tirage.chance(hypotheses.rate("part_indemnises")) and bool(path.inscriptions)
    found = dict(ecarts.draw(cadre.tirage(f"ecarts{rank}"), identity, contexte.demenage))
    carnet, typed = _carnet(contexte, rank, number)
    found[CARNET] = (*found[CARNET], *typed)
    return Adulte(
        numero=numero,
        role="CJT" if rank else "DEM",
        profil=profil,
        sexe=identity.sexe,
        nom_naissance=identity.nom_naissance,
        nom=identity.nom,
        prenom=identity.prenom,
        naissance=identity.naissance,
        jour_inconnu=identity.jour_inconnu,
        code_naissance=f"{identity.departement}{nir.commune(cadre.graine, numero):03}",
        nir=number,
        identifiant=_identifier(tirage),
        idassedic=f"{numero % 10**7:07}{_LETTERS[numero % len(_LETTERS)]}",
        niveau=niveau,
        telephone=noms.telephone(tirage),
        courriel=noms.email(identity.prenom, identity.nom, numero),
        permis_b=permis_b,
        rqth=profil.rqth,
        allocation=tirage.between(hypotheses.span("allocations")) if paid else 0,
        freins=freins,
        emplois=tuple(path.emplois),
        inscriptions=tuple(path.inscriptions),
        actions=emploi.actions(
            cadre.tirage(f"actions{rank}"), cadre.calendrier, path.inscriptions, identity.naissance
        ),
        metiers=metiers,
        dsp=_dsp(contexte, rank, situation),
        diagnostic=_diagnostic(cadre, rank, path.inscriptions),
        carnet=carnet,
        ecarts=found,
    )


def _level(tirage: Tirage, cadre: Cadre, profil: Profil, birth: date) -> str:
    """A young job seeker is below the bac if, and only if, the counts say so."""
    young = age(birth, cadre.calendrier.reference) < hypotheses.count("age_des_jeunes")
    below = profil.infra_bac if young else tirage.chance(hypotheses.rate("part_sans_bac"))
    return tirage.part(hypotheses.parts("niveaux_sans_bac" if below else "niveaux_avec_bac"))


def _dsp(contexte: Contexte, rank: int, situation: recueil.Situation) -> RecueilDsp | None:
    cadre, droits = contexte.cadre, contexte.droits
    tirage = cadre.tirage(f"dsp{rank}")
    share = "part_dsp_presents" if cadre.profils[rank].present else "part_dsp_entrants"
    if not droits or not tirage.chance(hypotheses.rate(share)):
        return None
    wait = tirage.between(hypotheses.span("jours_avant_dsp"))
    day = droits[0].demande + timedelta(days=wait)
    if tirage.chance(hypotheses.rate("part_dsp_refusees")):
        return RecueilDsp(day, True, {})
    return RecueilDsp(day, False, recueil.answers(tirage, situation, day))


def _diagnostic(cadre: Cadre, rank: int, inscriptions: list[Inscription]) -> Diagnostic | None:
    tirage, calendrier = cadre.tirage(f"diagnostic{rank}"), cadre.calendrier
    if not inscriptions or not tirage.chance(hypotheses.rate("part_diagnostic")):
        return None
    last = inscriptions[-1]
    first = max(last.debut, calendrier.first(0))
    day = tirage.day(first, last.fin - emploi.DAY if last.fin else calendrier.fin)
    return Diagnostic("v1" if tirage.chance(hypotheses.rate("part_diagnostics_v1")) else "v4", day)


def _carnet(contexte: Contexte, rank: int, number: str) -> tuple[Carnet | None, list[str]]:
    """The carnet, and what was typed wrong in it.

    Neither the flow nor the extract tells who is RQTH or below the bac: those all have a carnet.
    """
    cadre = contexte.cadre
    tirage, profil, debut = (
        cadre.tirage(f"carnet{rank}"),
        cadre.profils[rank],
        cadre.calendrier.debut,
    )
    needed = profil.present and profil.categorie_a and (profil.rqth or profil.infra_bac)
    if not tirage.chance(hypotheses.rate("part_carnet")) and not needed:
        return None, []
    if needed or (profil.present and tirage.chance(hypotheses.rate("part_carnets_avant"))):
        created = debut - timedelta(days=tirage.between(hypotheses.span("jours_de_carnet_avant")))
    else:
        created = tirage.day(max(contexte.entree, debut), cadre.calendrier.fin)
    typed: list[str] = []
    written = ""
    if tirage.chance(hypotheses.rate("nir_au_carnet")):
        written = nir.with_key(number)
        if tirage.chance(hypotheses.rate("nir_faux_au_carnet")):
            written = f"{number}{nir.key(number) % 97 + 1:02}"
            typed.append(ecarts.NIR_FAUX)
    identifier = f"SI{cadre.numero + rank:08}"
    double = tirage.chance(hypotheses.rate("doublon_au_carnet"))
    if double:
        typed.append(ecarts.DOUBLON)
    alone = tirage.chance(hypotheses.rate("part_sans_structure"))
    carnet = Carnet(
        identifiant=identifier,
        creation=created,
        doublon=f"{identifier}B" if double else "",
        nir=written,
        format_date=tirage.part(hypotheses.parts("formats_de_date")),
        structure=-1 if alone else tirage.integer(0, hypotheses.count("structures") - 1),
    )
    return carnet, typed


def _identifier(tirage: Tirage) -> str:
    """Shaped as a UUID; its second group says that it is invented, as in the published samples."""
    start, end = tirage.integer(0, 2**32 - 1), tirage.integer(0, 2**48 - 1)
    middle = f"4{tirage.integer(0, 4095):03x}-a{tirage.integer(0, 4095):03x}"
    return f"{start:08x}-77aa-{middle}-{end:012x}"
