"""A badge guarantees an item of a passport, which is shared as badges signed for one recipient; the
share ceases, and what is to be withdrawn is said."""

from datetime import UTC, date, datetime

import spie
from spie import badges, passeport
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

JOUR = date(2022, 6, 1)
MATIN = datetime(2022, 6, 1, 8, tzinfo=UTC)
PERSONNE = "personne:aline"


class Registre:
    """What gives a badge its entry in a list of statuses; `spie badge statut` keeps one in a file."""

    liste = "https://etat.example/1"

    def __init__(self):
        self.entrees, self.poses = [], set()

    def inscrire(self, attestation):
        place = len(self.entrees)
        self.entrees.append(place)
        entree = (
            f'"credentialStatus": [{{"type": "BitstringStatusListEntry", "statusPurpose": "revocation", '
            f'"statusListIndex": "{place}", "statusListCredential": "{self.liste}"}}]'
        )
        return f"{attestation[:-1]}, {entree}}}"

    def poser(self, *badges, etat=1):
        self.poses |= set(badges)


def demande(role, qui, heure):
    return Demande(qui, "accompagnement", [role], instant=MATIN.replace(hour=heure))


elle = lambda heure: demande("personne", PERSONNE, heure)  # noqa: E731
with spie.Store.memory() as base, Acces.memory() as acces:
    guichet = Guichet(base, acces, spie.Pack.load("socle-national"))
    base.append(
        [
            evenement(
                PERSONNE, "identite", {"nom": "EXEMPLE", "prenom": "Aline"}, debut=JOUR, auteur="x"
            ),
        ],
        at=datetime(2022, 6, 1, 7, tzinfo=UTC),
    )
    ajoute = guichet.agir(
        elle(8), "passeport.ajouter", PERSONNE, effet=JOUR,
        contenu={"genre": "competence", "code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"},
    )  # fmt: skip
    element = ajoute.evenements[0].contenu["id"]
    partage = guichet.agir(
        elle(9), "passeport.partager", PERSONNE, effet=JOUR,
        contenu={"destinataire": "Boulangerie", "finalite": "candidature", "fin": date(2022, 7, 1), "elements": [element]},
    ).evenements[0].contenu["id"]  # fmt: skip

    registre = Registre()
    mission = passeport.Emetteur(
        badges.Cle.generer("ed25519"), MATIN, nom="Mission locale inventée", registres=[registre]
    )
    remis = passeport.ecrire(
        guichet, elle(10), PERSONNE, partage, au=JOUR, forme="badges", par=mission
    )
    lu = badges.resumer(remis.badges[0].texte)
    print(f"remis : {lu.titre}, par {lu.emetteur}, jusqu'au {lu.au[:10]}")

    cesse = passeport.cesser(guichet, elle(11), PERSONNE, partage, au=JOUR, registres=[registre])
    print(f"cessé : {len(cesse.statuts)} état posé, {registre.poses == {remis.badges[0].id}}")
    reste = passeport.survivances(base, PERSONNE)
    print(f"survit : {reste.chez_d_autres[0].destinataire}, {reste.chez_d_autres[0].forme}")
