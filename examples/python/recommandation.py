"""A tutor endorses what a badge shows: asked for, signed, verified, joined to the badge before it is signed."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import spie
from spie import badges, recommandations
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

attestation = Path(sys.argv[1]).read_bytes()
JOUR, HEURE = date(2026, 11, 28), datetime(2026, 11, 28, 8, tzinfo=UTC)
NOMME = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:rene"}
ALINE = Demande("personne:aline", "accompagnement", ["personne"], instant=HEURE)
RENE = Demande("professionnel:rene", "accompagnement", ["referent"], instant=HEURE)
verificateur = badges.Verificateur(au=datetime(2026, 11, 29, tzinfo=UTC), exiger=["avenants"])

with spie.Store.memory() as store, Acces.memory() as acces:
    faits = [evenement("personne:aline", "referent", NOMME, debut=JOUR, auteur="conseillère")]
    store.append(faits, at=HEURE)
    guichet = Guichet(store, acces, spie.Pack.load("socle-national"))

    def agir(acte, **contenu):
        fait = guichet.agir(ALINE, acte, "personne:aline", effet=JOUR, contenu=contenu)
        return fait.evenements[0].contenu["id"]

    element = agir("passeport.ajouter", genre="competence", libelle="Tenir une caisse")
    demandee = agir(
        "recommandation.demander",
        element=element,
        nom="Mme Exemple",
        qualite="tuteur",
        badge="urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11",
    )
    texte = recommandations.attestation(
        guichet, RENE, "personne:aline", demandee, au=JOUR, texte="Elle a tenu la caisse seule."
    )
    avenant = badges.emettre(texte, badges.Cle.generer("ed25519"), instant=HEURE).badge
    recue = recommandations.recevoir(
        guichet, RENE, "personne:aline", demandee, avenant, au=JOUR, verificateur=verificateur
    )
    print(f"recommandation : {recue.rapport.verdict}")

joint = recommandations.joindre(attestation, avenant)
badge = badges.emettre(joint, badges.Cle.generer("ed25519"), instant=HEURE).badge
for nom, contenu in {"badge": badge, "altéré": badge.replace("seule", "seul")}.items():
    rapport = verificateur.verifier(contenu)
    print(f"{nom} : {rapport.verdict}, avenants {rapport.etat('avenants')}")
