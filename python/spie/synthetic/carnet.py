"""The import files of carnet-de-bord: beneficiaries (25 columns), structures (15 columns).

`;`, CRLF; a byte order mark opens the first and not the second, as in the published samples. Codes
and rules of the cells are those of `exchange/carnet/README.md`. The carnet carries what no other
file does: level of studies and RQTH of whoever has no RSA.
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, Final

from spie.synthetic import ecarts, hypotheses
from spie.synthetic.ecrivain import Fichier, Trace
from spie.synthetic.foyers import MSA
from spie.synthetic.france_travail import line
from spie.synthetic.modele import CARNET, Adulte, Carnet, Foyer
from spie.synthetic.structures import conseiller, structures
from spie.synthetic.tirage import Tirage

COLUMNS: Final = (
    "Identifiant dans le SI*", "Prénom*", "Nom*", "Date de naissance*", "NIR", "Lieu de naissance",
    "Téléphone", "Email", "Adresse", "Adresse (complément)", "Code postal", "Ville", "Situation",
    "Numéro allocataire CAF/MSA", "Identifiant Pôle emploi", "Droits RSA", "Droits ARE",
    "Droits ASS", "Prime d'activité", "RQTH", "Zone de mobilité", "Emploi recherché (code ROME)",
    "Niveau de formation", "Structure", "Accompagnateurs",
)  # fmt: skip
STRUCTURES: Final = (
    "Nom", "Description", "Téléphones", "Adresse", "Adresse (complément)", "Code postal", "Ville",
    "Site web", "Courriel", "Siret", "Courriel responsable", "Prénom responsable",
    "Nom responsable", "Fonction responsable", "Téléphones responsable",
)  # fmt: skip
CRLF: Final = "\r\n"
MARK: Final = "\ufeff"
# ETATDOSRSA → the code of the carnet.
_DROITS: Final = {
    "0": "rsa_demande_en_attente",
    "1": "rsa_refuse",
    "2": "rsa_droit_ouvert_versable",
    "3": "rsa_droit_ouvert_et_suspendu",
    "4": "rsa_droit_ouvert_versement_suspendu",
    "5": "rsa_clos",
    "6": "rsa_clos_anterieur",
}
_DATES: Final = {"iso": "%Y-%m-%d", "barres": "%d/%m/%Y", "tirets": "%d-%m-%Y"}


def _yes(told: bool) -> str:
    return "Oui" if told else "Non"


class EcrivainCarnet:
    """Those whose carnet was opened by that day."""

    def __init__(self, file: BinaryIO, reference: date, first: date) -> None:
        self._fichier = Fichier(file, "utf-8")
        self._reference = reference
        self._first = first
        self._total = 0
        self._fichier.write(MARK + line(list(COLUMNS), CRLF))

    def add(self, foyer: Foyer) -> list[Trace]:
        found = []
        for adulte in foyer.adultes:
            carnet = adulte.carnet
            if carnet is None or carnet.creation > self._reference:
                continue
            row = self._row(foyer, adulte, carnet)
            self._fichier.write(line([carnet.identifiant, *row], CRLF))
            found.append(Trace(adulte.numero, CARNET, carnet.identifiant))
            if carnet.doublon:
                # Typed again by someone else, in small letters: the names are the second and third.
                again = [row[0].lower(), row[1].lower(), *row[2:]]
                self._fichier.write(line([carnet.doublon, *again], CRLF))
                found.append(Trace(adulte.numero, CARNET, carnet.doublon))
        self._total += len(found)
        return found

    def close(self) -> dict[str, int | str]:
        return {"lignes": self._total}

    def _row(self, foyer: Foyer, adulte: Adulte, carnet: Carnet) -> list[str]:
        """All the columns but the identifier."""
        reference = self._reference
        written = ecarts.identity(adulte, CARNET)
        adresse = ecarts.address(foyer, adulte, CARNET, reference, self._first)
        droit = foyer.right(reference)
        etat = droit.at(reference) if droit else None
        registered = adulte.registration(reference)
        job, label = hypotheses.read("metiers.json")["metiers"][adulte.metiers[0]]
        structure = structures()[carnet.structure].nom if carnet.structure >= 0 else ""
        # A MSA number is a NIR: it is whole. That of the CAF is the seven digits alone.
        matricule = foyer.matricule if foyer.organisme == MSA else foyer.matricule[:7]
        working = adulte.job(reference) is not None
        return [
            written.prenom,
            written.nom,
            written.naissance.strftime(_DATES[carnet.format_date]),
            carnet.nir,
            f"Commune inventée {adulte.code_naissance}",
            adulte.telephone,
            adulte.courriel,
            f"{adresse.numero} {adresse.type_voie.lower()} {adresse.nom_voie.lower()}",
            adresse.quartier,
            adresse.commune.code_postal,
            adresse.commune.nom,
            _situation(adulte, reference),
            matricule if droit else "",
            adulte.idassedic if registered else "",
            _DROITS[etat.code] if etat else "",
            _yes(bool(adulte.allocation and registered)),
            "",
            _yes(working and etat is not None),
            _yes(adulte.rqth),
            ("10", "30", "50")[adulte.numero % 3],
            f"{label} ({job})",
            adulte.niveau,
            structure,
            conseiller(adulte.numero).courriel,
        ]


def _situation(adulte: Adulte, reference: date) -> str:
    job = adulte.job(reference)
    if job is None:
        return Tirage("situation", adulte.identifiant).part(
            hypotheses.parts("situations_sans_emploi")
        )
    if job.contrat == "AEN":
        return "entrepreneur"
    if job.contrat == "INT":
        return "interim"
    kind = "cdi" if job.contrat == "CDI" else "cdd"
    return f"{kind}_temps_{'plein' if job.temps_plein else 'partiel'}"


def write_structures(file: BinaryIO) -> dict[str, int | str]:
    """The structures, one line for each person in charge."""
    fichier = Fichier(file, "utf-8")
    fichier.write(line(list(STRUCTURES), CRLF))
    lines = 0
    for one in structures():
        for head in one.responsables:
            fichier.write(
                line(
                    [
                        one.nom, one.description, one.telephone, one.voie, "", one.code_postal,
                        one.ville, one.site, one.courriel, one.siret, head.courriel, head.prenom,
                        head.nom, "responsable insertion", head.telephone,
                    ],
                    CRLF,
                )
            )  # fmt: skip
            lines += 1
    return {"lignes": lines}
