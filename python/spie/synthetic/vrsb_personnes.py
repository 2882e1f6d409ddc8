"""The people of a VRSB household: identity, roles, income, activities (see `vrsb`)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from spie.synthetic import ecarts, hypotheses, nir
from spie.synthetic.calendrier import age, first_day, last_day
from spie.synthetic.ecrivain import block, element, optional
from spie.synthetic.foyers import MSA
from spie.synthetic.modele import VRSB, Adulte, Droit, Enfant, Foyer

# NATCONTRTRA → ACT
_ACTIVITE: Final = {"CDI": "SAL", "CDD": "SAL", "INT": "INT", "CUI": "CUI", "AEN": "AEN"}
_HOURS: Final = {True: "151", False: "076"}


def amount(euros: float) -> str:
    """Filled with zeros: 0000450.00."""
    return f"{euros:010.2f}"


def owes_steps(adulte: Adulte, reference: date) -> bool:
    """TOPPERSDRODEVORSA: whether the person works little or not at all that month."""
    return _wage(adulte, first_day(reference), reference) < hypotheses.count("revenu_modeste")


def _nir(foyer: Foyer, adulte: Adulte) -> str:
    if ecarts.NIR_ABSENT in adulte.ecarts[VRSB]:
        return ""
    return nir.with_key(adulte.nir) if foyer.organisme == MSA else adulte.nir


def _attached(holder: bool, since: date) -> str:
    return block(
        "DossierCAF",
        element("TOPRESPDOS", "1" if holder else "0"),
        element("DDRATDOS", since.isoformat()),
    )


def _roles(pfa: str, rsa: str, depends_pfa: str, depends_rsa: str) -> str:
    """The two that every person has: family benefits, then RSA."""
    return "".join(
        block(
            "Prestations",
            element("NATPREST", benefit),
            element("ROLEPERS", role),
            element("TOPCHAPERS", depends),
        )
        for benefit, role, depends in (("PFA", pfa, depends_pfa), ("RSA", rsa, depends_rsa))
    )


def adult(foyer: Foyer, adulte: Adulte, droit: Droit, reference: date) -> str:
    written = ecarts.identity(adulte, VRSB)
    other = {"DEM": "CJT", "CJT": "DEM"}[adulte.role]
    registered = bool(adulte.registration(reference))
    told = registered and ecarts.IDENTIFIANT_ABSENT not in adulte.ecarts[VRSB]
    return block(
        "Personne",
        block(
            "Identification",
            element("QUAL", "MME" if adulte.sexe == "2" else "MR"),
            element("NOM", written.nom),
            element("NOMNAI", written.nom_naissance),
            element("PRENOM", written.prenom),
            element("NOMCOMNAI", f"COMMUNE INVENTÉE {adulte.code_naissance}"),
            element("DTNAI", adulte.naissance.isoformat()),
            element("TYPEDTNAI", "J" if adulte.jour_inconnu else "N"),
            optional("NIR", _nir(foyer, adulte)),
            element("TOPVALIEC", "1"),
            element("SEXE", adulte.sexe),
        ),
        _attached(adulte.role == "DEM", droit.demande),
        _roles(other if foyer.roles_inverses else adulte.role, adulte.role, "0", "1"),
        block("DossierPoleEmploi", element("IDASSEDIC", adulte.idassedic)) if told else "",
        _income(foyer, adulte, reference),
        block(
            "MontantCalculDroitRSAPersonne",
            element("TOPPERSDRODEVORSA", "1" if owes_steps(adulte, reference) else "0"),
        ),
        _activities(foyer, adulte, reference),
        _pregnancy(foyer, adulte, reference),
    )


def child(foyer: Foyer, enfant: Enfant, droit: Droit, reference: date) -> str:
    """Children carry no NIR here: nothing needs it."""
    born = max(droit.demande, enfant.naissance)
    return block(
        "Personne",
        block(
            "Identification",
            element("NOM", enfant.nom.upper()),
            element("NOMNAI", enfant.nom.upper()),
            element("PRENOM", enfant.prenom.upper()),
            element("NOMCOMNAI", "COMMUNE INVENTÉE 77999"),
            element("DTNAI", enfant.naissance.isoformat()),
            element("TYPEDTNAI", "N"),
            element("TOPVALIEC", "1"),
            element("SEXE", enfant.sexe),
        ),
        _attached(False, born),
        _roles("ENF", "ENF", "1", "1" if age(enfant.naissance, reference) < 25 else "0"),
        *(_parent(foyer, one) for one in foyer.adultes),
    )


def _parent(foyer: Foyer, adulte: Adulte) -> str:
    written = ecarts.identity(adulte, VRSB)
    return block(
        "Rattachement",
        element("NOMNAI", written.nom_naissance),
        element("PRENOM", written.prenom),
        element("DTNAI", adulte.naissance.isoformat()),
        optional("NIR", _nir(foyer, adulte)),
        element("TYPEPAR", "DES"),
    )


# --- What they live on


def _quarter(foyer: Foyer, reference: date) -> date:
    """The first month of the quarter last declared: it turns with the household."""
    turn = (reference.year * 12 + reference.month + foyer.index) % 3
    return first_day(reference, -3 - turn)


def _wage(adulte: Adulte, first: date, last: date) -> int:
    return sum(one.salaire for one in adulte.emplois if one.covers(first, last))


def _income(foyer: Foyer, adulte: Adulte, reference: date) -> str:
    start = _quarter(foyer, reference)
    months = [first_day(start, index) for index in range(3)]
    details = [(month, _received(adulte, month, last_day(month))) for month in months]
    nothing = not any(received for _, received in details)
    return block(
        "Ressources",
        block(
            "GeneraliteRessourcesTrimestre",
            element("TOPRESSNUL", "1" if nothing else "0"),
            element("DDRESS", start.isoformat()),
            element("DFRESS", last_day(start, 2).isoformat()),
        ),
        *(_monthly(adulte, month, received) for month, received in details if not nothing),
    )


def _received(adulte: Adulte, first: date, last: date) -> list[tuple[str, float]]:
    """Amounts of the month by nature (NATRESS): 001 wages, 010 unemployment benefit."""
    found: list[tuple[str, float]] = []
    wage = _wage(adulte, first, last)
    if wage:
        found.append(("001", wage))
    elif adulte.allocation and adulte.registration(last):
        found.append(("010", adulte.allocation))
    return found


def _monthly(adulte: Adulte, month: date, received: list[tuple[str, float]]) -> str:
    job = next((one for one in adulte.emplois if one.covers(month, last_day(month))), None)
    return block(
        "RessourcesMensuelles",
        block(
            "GeneraliteRessourcesMensuelles",
            element("MOISRESS", month.isoformat()),
            element("NBHEUMENTRA", _HOURS[job.temps_plein] if job else "000"),
        ),
        *(
            block(
                "DetailRessourcesMensuelles",
                element("NATRESS", nature),
                element("MTNATRESSMEN", amount(euros)),
            )
            for nature, euros in received or [("000", 0)]
        ),
    )


def _activities(foyer: Foyer, adulte: Adulte, reference: date) -> str:
    """All those of the quarter declared, and since (l. 642-646)."""
    start = _quarter(foyer, reference)
    scheme = "AG" if foyer.organisme == MSA else "GE"
    found = []
    free_since = None
    for job in adulte.emplois:
        if job.debut > reference:
            break
        ended = job.fin if job.fin and job.fin <= reference else None
        free_since = ended + timedelta(days=1) if ended else None
        if job.covers(start, reference):
            found.append(
                block(
                    "Activite",
                    element("REG", scheme),
                    element("ACT", _ACTIVITE[job.contrat]),
                    element("DDACT", job.debut.isoformat()),
                    optional("DFACT", ended.isoformat() if ended else ""),
                    element("NATCONTRTRA", job.contrat),
                )
            )
    if not adulte.job(reference):
        registered = adulte.registration(reference)
        since = registered.debut if registered else free_since or foyer.droits[0].demande
        found.append(
            block(
                "Activite",
                element("REG", scheme),
                element("ACT", "CHO" if registered else "SAC"),
                element("DDACT", since.isoformat()),
            )
        )
    return "".join(found)


def _pregnancy(foyer: Foyer, adulte: Adulte, reference: date) -> str:
    """The current one, or one that ended in the quarter before; known once declared."""
    mother = next((one for one in foyer.adultes if one.sexe == "2"), None)
    if adulte is not mother:
        return ""
    for one in foyer.grossesses:
        if one.declaration <= reference and one.fin >= first_day(reference, -2):
            over = one.fin <= reference
            return block(
                "Grossesse",
                element("DDGRO", one.debut.isoformat()),
                optional("DFGRO", one.fin.isoformat() if over else ""),
                element("DTDECLGRO", one.declaration.isoformat()),
                optional("NATFINGRO", "N" if over else ""),
            )
    return ""
