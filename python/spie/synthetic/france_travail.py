"""The SPIE extract of Pôle emploi (44 columns) and its actions (11 columns), as published with
carnet-de-bord: `;`, UTF-8 without a mark, LF, `NULL` for nothing, `O` for yes, an instant for a day.

The extract of a day holds whoever is registered on it. Categories 1 to 3 are category A here. The
columns `dif_*` hold `O` or `NULL`: no sample shows another value.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import BinaryIO, Final

from spie.synthetic import ecarts, hypotheses, noms
from spie.synthetic.ecrivain import Fichier, Trace
from spie.synthetic.modele import EXTRAIT, Action, Adulte, Foyer, Inscription
from spie.synthetic.structures import conseiller

COLUMNS: Final = (
    "identifiant_unique_de", "civilite", "nom", "prenom", "lieu_naissance", "code_lieu_naissance",
    "date_naissance", "adresse_ligne2", "adresse_ligne3", "adresse_ligne4", "adresse_ligne5",
    "adresse_ligne6", "departement", "dr", "rome_1", "appelation_rome_1", "rome_2",
    "appelation_rome_2", "mrech.axetravailprincipal", "mrech.axetravailsecondaire",
    "der_entretien_ppae", "der_entretien", "inscription", "code_motif_inscription",
    "motif_inscription", "categorie_inscription", "struct_principale", "referent_civilite",
    "referent_nom", "referent_prenom", "referent_mail", "code_safir", "modalite_accompagnement",
    "struct_suivi", "suivi_debut", "suivi_fin_prev", "dif_financiere", "dif_admin_jur",
    "dif_sante", "dif_logement", "dif_transport", "dif_inser_com", "dif_familiale", "brsa",
)  # fmt: skip
ACTIONS: Final = (
    "identifiant_unique_de", "codeaction", "lblaction", "objectif_formation", "date_prescription",
    "date_realisation_action", "date_prev_debut", "date_debut", "date_fin", "formation",
    "adr.dc_commune_id",
)  # fmt: skip
CATEGORIE_A: Final = ("1", "2", "3")
NULL: Final = "NULL"
ENCODING: Final = "utf-8"
_BARRIERS: Final = (
    "dif_financiere", "dif_admin_jur", "dif_sante", "dif_logement", "dif_transport",
    "dif_inser_com", "dif_familiale",
)  # fmt: skip
_AXES: Final = {
    "SUIVI": "RETOUR DIRECT EMPLOI",
    "GUIDE": "TECHNIQ. RECH. EMPL.",
    "RENFORCE": "ELABORAT. PROJET PRO.",
    "GLOBAL": "ADAPT MARCHE TRAVAIL",
}


def instant(day: date | None) -> str:
    return f"{day.isoformat()} 00:00:00.0" if day else NULL


def line(values: list[str], end: str = "\n") -> str:
    """A line of CSV, quoted only where it must be."""
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator=end).writerow(values)
    return text.getvalue()


class EcrivainExtrait:
    def __init__(self, file: BinaryIO, reference: date, first: date) -> None:
        """`first` is the day of reference of the path: those who never tell a move live there."""
        self._fichier = Fichier(file, ENCODING)
        self._reference = reference
        self._first = first
        self._total = 0
        self._fichier.write(line(list(COLUMNS)))

    def add(self, foyer: Foyer) -> list[Trace]:
        found = []
        for adulte in foyer.adultes:
            inscription = adulte.registration(self._reference)
            if inscription is not None:
                self._fichier.write(line(self._row(foyer, adulte, inscription)))
                found.append(Trace(adulte.numero, EXTRAIT, adulte.identifiant))
        self._total += len(found)
        return found

    def close(self) -> dict[str, int | str]:
        return {"lignes": self._total}

    def _row(self, foyer: Foyer, adulte: Adulte, inscription: Inscription) -> list[str]:
        reference = self._reference
        written = ecarts.identity(adulte, EXTRAIT)
        adresse = ecarts.address(foyer, adulte, EXTRAIT, reference, self._first)
        commune = adresse.commune
        jobs = hypotheses.read("metiers.json")["metiers"]
        wanted, other = (jobs[one] for one in adulte.metiers)
        counsellor = conseiller(adulte.numero)
        agency = f"AGENCE EXEMPLE {noms.without_accents(foyer.bassin).upper()}"
        followed = inscription.modalite in ("RENFORCE", "GLOBAL")
        # The exploration of a barrier is all that the column can say: nothing is not no.
        columns = {
            one["colonne"]
            for name, one in hypotheses.read("freins.json")["freins"].items()
            if name in adulte.freins and one["colonne"]
        }
        droit = foyer.right(reference)
        etat = droit.at(reference) if droit else None
        return [
            adulte.identifiant,
            "MME" if adulte.sexe == "2" else "M.",
            written.nom,
            written.prenom,
            f"COMMUNE INVENTEE {adulte.code_naissance}",
            adulte.code_naissance,
            instant(written.naissance),
            NULL,
            noms.without_accents(adresse.quartier).upper() or NULL,
            f"{adresse.numero} {noms.without_accents(f'{adresse.type_voie} {adresse.nom_voie}')}",
            NULL,
            f"{commune.code_postal} {noms.without_accents(commune.nom).upper()}",
            "77",
            hypotheses.text("dr"),
            *wanted,
            *(other if other != wanted else (NULL, NULL)),
            _AXES[inscription.modalite],
            NULL,
            instant(inscription.debut),
            instant(max(inscription.debut, self._last_contact(adulte))),
            instant(inscription.debut),
            *inscription.motif,
            inscription.categorie,
            agency,
            counsellor.civilite,
            counsellor.nom.upper(),
            counsellor.prenom,
            counsellor.courriel,
            "99077",
            inscription.modalite,
            agency,
            instant(inscription.debut if followed else None),
            NULL,
            *("O" if column in columns else NULL for column in _BARRIERS),
            "O" if etat and etat.code in ("2", "3", "4") else NULL,
        ]

    def _last_contact(self, adulte: Adulte) -> date:
        known = [one.prescription for one in adulte.actions if one.prescription <= self._reference]
        return max(known, default=date.min)


class EcrivainActions:
    """The actions prescribed by that day, to those whom the extract of that day holds."""

    def __init__(self, file: BinaryIO, reference: date) -> None:
        self._fichier = Fichier(file, ENCODING)
        self._reference = reference
        self._total = 0
        self._fichier.write(line(list(ACTIONS)))

    def add(self, foyer: Foyer) -> list[Trace]:
        reference = self._reference
        for adulte in foyer.adultes:
            if adulte.registration(reference) is None:
                continue
            town = foyer.address(reference).commune.code
            for action in adulte.actions:
                if action.prescription <= reference:
                    self._fichier.write(line(self._row(adulte, action, town)))
                    self._total += 1
        return []

    def close(self) -> dict[str, int | str]:
        return {"lignes": self._total}

    def _row(self, adulte: Adulte, action: Action, town: str) -> list[str]:
        def known(day: date | None) -> str:
            return instant(day if day and day <= self._reference else None)

        return [
            adulte.identifiant,
            action.code,
            action.libelle,
            action.objectif or NULL,
            instant(action.prescription),
            known(action.debut),
            instant(action.prevue),
            known(action.debut),
            known(action.fin),
            action.formation or NULL,
            town,
        ]
