"""A passport shared as badges signed for one recipient; then the share ceases, and what is to be withdrawn is said."""

import json
from datetime import UTC, date, datetime

import spie
from spie import badges, passeport
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

JOUR, MATIN, ELLE = date(2022, 6, 1), datetime(2022, 6, 1, 8, tzinfo=UTC), "personne:aline"
COMPETENCE = {"code_rome": "300465", "nature_rome": "competence", "version_rome": "v460"}


class Registre:
    """What gives a badge its entry in a list of statuses; this one stands in memory."""

    entrees, poses = 0, ()

    def inscrire(self, attestation):
        dit = json.loads(attestation)
        entree = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
        entree |= {
            "statusListIndex": str(self.entrees),
            "statusListCredential": "https://etat.example/1",
        }
        self.entrees += 1
        return json.dumps(dit | {"credentialStatus": [entree]}, ensure_ascii=False)

    def poser(self, *badges, etat=1):
        self.poses = badges


with spie.Store.memory() as base, Acces.memory() as acces:
    guichet = Guichet(base, acces, spie.Pack.load("socle-national"))
    qui = {"nom": "EXEMPLE", "prenom": "Aline"}
    base.append([evenement(ELLE, "identite", qui, debut=JOUR, auteur="x")], at=MATIN)
    demande = Demande(ELLE, "accompagnement", ["personne"], instant=MATIN)

    def agir(acte, **contenu):
        fait = guichet.agir(demande, acte, ELLE, effet=JOUR, contenu=contenu)
        return fait.evenements[0].contenu["id"]

    element = agir("passeport.ajouter", genre="competence", **COMPETENCE)
    fin = date(2022, 7, 1)
    partage = agir(
        "passeport.partager", destinataire="Boulangerie", finalite="candidature", fin=fin, elements=[element],
    )  # fmt: skip
    registre = Registre()
    mission = passeport.Emetteur(
        badges.Cle.generer("ed25519"), MATIN, nom="Mission locale inventée", registres=[registre]
    )
    remis = passeport.ecrire(guichet, demande, ELLE, partage, au=JOUR, forme="badges", par=mission)
    lu = badges.resumer(remis.badges[0].texte)
    print(f"remis : {lu.titre}, par {lu.emetteur}, jusqu'au {lu.au[:10]}")
    cesse = passeport.cesser(guichet, demande, ELLE, partage, au=JOUR, registres=[registre])
    print(f"cessé : {len(cesse.statuts)} état posé, {registre.poses == (remis.badges[0].id,)}")
    (reste,) = passeport.survivances(base, ELLE).chez_d_autres
    print(f"survit : {reste.destinataire}, {reste.forme}")
