"""The monthly flow of RSA beneficiaries that the CAF and the MSA send (VRSB, vrsb0801.xsd).

Windows-1252, declared and used; codes padded ("CG  "), amounts filled with zeros, a MATRICULE of 15
digits, a NIR of 13 characters (CAF) or 15 (MSA). The flow of a month is a stock: it holds the files
open on its day of reference, and those closed or refused in the month. Elements come in the order of
the schema; codes are those of the lists that web-rsa publishes.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import BinaryIO, Final

from spie.synthetic import hypotheses, noms
from spie.synthetic.calendrier import age
from spie.synthetic.ecrivain import Fichier, Trace, block, element, flow_header, optional
from spie.synthetic.foyers import MSA
from spie.synthetic.modele import VRSB, Adresse, Droit, Enfant, Etat, Foyer
from spie.synthetic.rsa import (
    ATTENTE,
    CLOS,
    CLOS_ANTERIEUR,
    DROIT_SUSPENDU,
    MUTATION,
    OUVERT,
    REFUSE,
    VERSEMENT_SUSPENDU,
    is_shown,
)
from spie.synthetic.vrsb_personnes import adult, amount, child, owes_steps

ENCODING: Final = "windows-1252"
UNKNOWN_CODE: Final = "ZZ"
"""A motive of suspension that no list has."""
_HEADER: Final = f'<?xml version="1.0" encoding="{ENCODING}"?>\n<Racine>\n'


def numorg(organisme: str) -> str:
    return hypotheses.text("numorg_msa" if organisme == MSA else "numorg_caf")


def key(foyer: Foyer, role: str) -> str:
    """How the flow names a person: the household, then the role."""
    return f"{foyer.organisme}/{numorg(foyer.organisme)}/{foyer.matricule}/{role}"


def shown(foyer: Foyer, organisme: str, reference: date) -> tuple[Droit, Etat] | None:
    """The request and its state, where the flow of that month holds the household."""
    if foyer.organisme != organisme:
        return None
    droit = foyer.right(reference)
    etat = droit.at(reference) if droit else None
    return (droit, etat) if droit and etat and is_shown(etat, reference) else None


class EcrivainVrsb:
    """One flow: one organisme, one month."""

    def __init__(
        self, file: BinaryIO, organisme: str, reference: date, *, faults: bool = False
    ) -> None:
        """`faults`: a wrong control total and an unknown code, one of each."""
        self._fichier = Fichier(file, ENCODING)
        self._organisme = organisme
        self._reference = reference
        self._faults = faults
        self._unknown: str = ""
        self._total = 0
        applieme, version = ("AGO", "0100") if organisme == MSA else ("CRI", "6200")
        created = reference + timedelta(days=5)
        self._fichier.write(_HEADER + flow_header(applieme, version, created, reference))

    @property
    def total(self) -> int:
        """Households written."""
        return self._total

    def add(self, foyer: Foyer) -> list[Trace]:
        found = shown(foyer, self._organisme, self._reference)
        if found is None:
            return []
        droit, etat = found
        if self._faults and not self._unknown and etat.code == VERSEMENT_SUSPENDU:
            self._unknown = droit.numero
            etat = Etat(etat.code, etat.depuis, UNKNOWN_CODE, etat.effet)
        self._fichier.write(render(foyer, droit, etat, self._reference))
        self._total += 1
        return [Trace(one.numero, VRSB, key(foyer, one.role)) for one in foyer.adultes]

    def close(self) -> dict[str, int | str]:
        declared = self._total + 1 if self._faults else self._total
        self._fichier.write(
            block(
                "TransmissionFlux",
                element("NBTOTDOSRSATRANSM", f"{declared:08}"),
                element("NBTOTDOSRSATRANSMANO", "00000000"),
            )
            + "</Racine>\n"
        )
        held: dict[str, int | str] = {"foyers": self._total, "total_annonce": declared}
        if self._unknown:
            held["code_inconnu"] = f"MOTISUSVERSRSA={UNKNOWN_CODE} (NUMDEMRSA {self._unknown})"
        return held


def render(foyer: Foyer, droit: Droit, etat: Etat, reference: date) -> str:
    """InfosFoyerRSA."""
    children = [one for one in foyer.enfants if one.naissance <= reference]
    return block(
        "InfosFoyerRSA",
        _identification(foyer, droit, etat),
        *(adult(foyer, one, droit, reference) for one in foyer.adultes),
        *(child(foyer, one, droit, reference) for one in children),
        _administrative(foyer, reference),
        _benefit(foyer, droit, etat, children, reference),
    )


def request(foyer: Foyer, droit: Droit) -> tuple[str, str, str]:
    """How the flows of the CAF name a request: who pays, who is told, the number."""
    return (
        block(
            "Organisme",
            element("FONORG", foyer.organisme),
            element("NUMORG", numorg(foyer.organisme)),
            element("MATRICULE", foyer.matricule),
        ),
        block("Partenaire", element("TYPEPARTE", "CG  "), element("IDEPARTE", "077")),
        block(
            "DemandeRSA",
            element("DTDEMRSA", droit.demande.isoformat()),
            element("NUMDEMRSA", droit.numero),
        ),
    )


def _identification(foyer: Foyer, droit: Droit, etat: Etat) -> str:
    receiver = ""
    if etat.motif == MUTATION and etat.effet:
        receiver = block(
            "OrganismePrenant",
            element("FONORGPRENMUT", "CAF"),
            element("NUMORGPRENMUT", foyer.caf_prenante),
            element("DDDEPAMUT", etat.effet.isoformat()),
        )
    return block("IdentificationRSA", *request(foyer, droit), receiver)


# --- Where they live


def _administrative(foyer: Foyer, reference: date) -> str:
    known = [one for one in foyer.adresses if one.depuis <= reference][-3:]
    return block(
        "DonneesAdministratives",
        block(
            "SituationFamille",
            element("SITFAM", foyer.situation),
            element("DDSITFAM", foyer.situation_depuis.isoformat()),
        ),
        *(_address(foyer, one, rank) for rank, one in enumerate(reversed(known), 1)),
    )


def _address(foyer: Foyer, adresse: Adresse, rank: int) -> str:
    commune = adresse.commune
    return block(
        "Adresse",
        block(
            "TroncCommunAdresse",
            element("RGADR", f"{rank:02}"),
            element("DTEMM", adresse.depuis.isoformat()),
            element("PAYS", "FRA"),
            element("TYPEADR", "D"),
            element("ETATADR", "CO"),
        ),
        block(
            "AdresseDetailleeFrance",
            element("COMPLIDEADR", ""),
            element("COMPLADR", adresse.quartier.upper()),
            element("NUMVOIE", adresse.numero),
            element("LIBTYPEVOIE", adresse.type_voie),
            element("NOMVOIE", adresse.nom_voie),
            element("LIEUDIST", ""),
            element("NUMCOM", "" if foyer.sans_code_commune else commune.code),
            element("CODEPOS", commune.code_postal),
            element("NOMCOM", noms.without_accents(commune.nom).upper().replace("-", " ")),
        ),
    )


# --- The RSA


def _situation(etat: Etat) -> str:
    effect = etat.effet.isoformat() if etat.effet else ""
    detail = {
        REFUSE: ("Refus", element("DTREFURSA", effect) + element("MOTIREFURSA", etat.motif)),
        DROIT_SUSPENDU: (
            "SuspensionDroit",
            element("MOTISUSDRORSA", etat.motif) + element("DDSUSDRORSA", effect),
        ),
        VERSEMENT_SUSPENDU: (
            "SuspensionVersement",
            element("MOTISUSVERSRSA", etat.motif) + element("DDSUSVERSRSA", effect),
        ),
        CLOS: ("FinDroit", element("MOTICLORSA", etat.motif) + element("DTCLORSA", effect)),
        CLOS_ANTERIEUR: (
            "FinDroitMoisAnterieur",
            element("MOTICLORSA", etat.motif) + element("DTCLORSA", effect),
        ),
    }.get(etat.code)
    return block(
        "SituationDossierRSA",
        block("EtatDossierRSA", element("ETATDOSRSA", etat.code)),
        block(*detail) if detail else "",
    )


def _benefit(
    foyer: Foyer, droit: Droit, etat: Etat, children: list[Enfant], reference: date
) -> str:
    dependent = [one for one in children if age(one.naissance, reference) < 25]
    owes = any(owes_steps(one, reference) for one in foyer.adultes)
    return block(
        "PrestationRSA",
        _situation(etat),
        block(
            "DetailDroitRSA",
            block(
                "TroncCommunDroitRSA",
                element("TOPSANSDOMFIXE", "1" if foyer.sans_domicile else "0"),
                element("NBENFAUTCHA", f"{len(dependent):02}"),
                element("ORIDEMRSA", "DEM"),
                element("DTORIDEMRSA", droit.demande.isoformat()),
                element("TOPFOYDRODEVORSA", "1" if owes else "0"),
            ),
            _computed(foyer, droit, etat, dependent, reference),
        ),
    )


def _computed(
    foyer: Foyer, droit: Droit, etat: Etat, dependent: list[Enfant], reference: date
) -> str:
    if etat.code in (ATTENTE, REFUSE):
        return ""
    alone = len(foyer.adultes) == 1
    if alone and any(age(one.naissance, reference) < 3 for one in dependent):
        nature, kind = "RSI", "RSIN1"
    elif all(age(one.naissance, reference) < 25 for one in foyer.adultes):
        nature, kind = "RSD", "RSDN1"
    else:
        nature, kind = "RSD", "RSDN2"
    closed = etat.effet if etat.code in (CLOS, CLOS_ANTERIEUR) else None
    table = hypotheses.value("montants_rsa")
    size = min(len(foyer.adultes) + len(dependent), len(table))
    return block(
        "DetailCalculDroitRSA",
        element("NATPF", nature),
        element("SOUSNATPF", kind),
        element("DDNATDRO", droit.ouverture.isoformat()),
        optional("DFNATDRO", closed.isoformat() if closed else ""),
        optional("MTRSAVERS", amount(table[size - 1]) if etat.code == OUVERT else ""),
    )
