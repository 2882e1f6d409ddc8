"""The monthly file of contacts of the CAF: how to reach who is responsible for each household.

`;`, CRLF, UTF-8. Its columns are those that the programs which read it name; the matricule is
the seven digits alone, as they say.
"""

from __future__ import annotations

from datetime import date
from typing import BinaryIO, Final

from spie.synthetic import ecarts
from spie.synthetic.ecrivain import Fichier, Trace
from spie.synthetic.foyers import CAF
from spie.synthetic.france_travail import line
from spie.synthetic.modele import VRSB, Foyer
from spie.synthetic.vrsb import shown

COLUMNS: Final = (
    "MATRICULE", "ROLE PERSONNE", "TYPE PERSONNE", "NIR", "NUMERO DEMANDE RSA", "DATE DEMANDE RSA",
    "DATE DEBUT DROITS - DEVOIRS", "NOM RESPONSABLE DOSSIER", "PRENOM RESPONSABLE DOSSIER",
    "NUMERO TELEPHONE DOSSIER", "NUMERO TELEPHONE 2 DOSSIER", "ADRESSE ELECTRONIQUE DOSSIER",
)  # fmt: skip
CRLF: Final = "\r\n"
MATRICULE: Final = 7


class EcrivainContacts:
    """The households that the flow of that month holds, one line each."""

    def __init__(self, file: BinaryIO, reference: date) -> None:
        self._fichier = Fichier(file, "utf-8")
        self._reference = reference
        self._total = 0
        self._fichier.write(line(list(COLUMNS), CRLF))

    def add(self, foyer: Foyer) -> list[Trace]:
        """No trace: it makes no record of anybody, and completes one."""
        found = shown(foyer, CAF, self._reference)
        if found is None:
            return []
        droit, _ = found
        responsable = foyer.adultes[0]
        written = ecarts.identity(responsable, VRSB)
        since = f"{droit.demande:%d/%m/%Y}"
        row = [
            foyer.matricule[:MATRICULE], responsable.role, "A", "", droit.numero, since, since,
            written.nom, written.prenom, responsable.telephone, "", responsable.courriel,
        ]  # fmt: skip
        self._fichier.write(line(row, CRLF))
        self._total += 1
        return []

    def close(self) -> dict[str, int | str]:
        return {"lignes": self._total}
