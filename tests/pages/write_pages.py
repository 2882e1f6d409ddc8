#!/usr/bin/env python3
"""Writes every HTML page of the package, and each fragment for a notebook inside a bare page, into a folder.

tests/pages/write_pages.py FOLDER    (with the Python that has the wheel)
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import spie
from spie import badges, convention, images, parcours, passeport
from spie.demo import convention as demo
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

DATA = Path(__file__).resolve().parents[2] / "examples" / "donnees"
BARE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{0}</title></head>'
    "<body><main><h1>{0}</h1>{1}</main></body></html>"
)
ON = datetime.date(2022, 6, 1)
AT = datetime.datetime(2022, 6, 1, 12, tzinfo=datetime.UTC)
LATER = datetime.date(2022, 12, 1)
ALINE = "personne:aline"


def statements() -> dict[str, object]:
    """The money, from a ledger that has refused lines."""
    pack = spie.Pack.load(spie.packs.path() / demo.CONVENTION)
    ledger = convention.read_registre(DATA / "registre-fautif.csv", pack)
    payments = convention.read_versements(DATA / "versements-inventes.csv")
    facts = demo.read("faits.json")
    etat = convention.etat_des_depenses(pack, ledger, payments, facts, at=demo.CLOSED)
    return {
        "etat-fautif": etat.to_html(pack),
        "budget": convention.budget(pack),
        "registre": ledger,
        "versements": payments,
        "etat-court": etat,
        "controle": convention.controle(pack, ledger, payments, annee=2022),
        "echeancier": convention.echeancier(pack, facts, at=demo.LATER),
        "pack": pack,
        "resultat": pack.evaluate("entree", {}, as_of=ON),
        "valeur": spie.feel.run('[1, date("2022-02-30")]'),
    }


def watched() -> list[dict[str, object]]:
    """Somebody whom her référent has not met for long, of whom a relay waits and one was taken up."""
    said = [
        (
            "referent",
            {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:r"},
        ),
        ("entree", {"motif": "orientation"}),
        ("relais", {"id": "l", "etape": "demande", "objet": "referent"}),
        ("action", {"id": "g", "etape": "demarree", "theme": "contraintes_familiales"}),
        ("suite_vigilance", {"moment": "relais_en_attente", "decision": "contact"}),
    ]
    return [evenement("personne:basile", *one, debut=ON, auteur="x") for one in said]


def dossiers() -> dict[str, object]:
    """A person who was imported, told and shown."""
    store, accesses = spie.Store.memory(), Acces.memory()
    plan = {
        "titre": "t",
        "source": "atelier",
        "separateur": ";",
        "date": "jj/mm/aaaa",
        "cle": "ID",
        "identite": {"nom": "Nom", "prenom": "Prenom", "date_naissance": "Ne"},
        "faits": [{"type": "niveau_formation", "champs": {"niveau": "Niveau"}}],
    }
    report = store.importer(
        "csv",
        b"ID;Nom;Prenom;Ne;Niveau\nA1;EXEMPLE;Ambre;17/05/1990;NV3\nA2;EXEMPLE;Basile;31/02/1990;NV4\n",
        auteur="t",
        plan=plan,
        nom="atelier.csv",
        date_fichier=ON,
        at=AT,
    )
    store.append(
        [
            evenement(ALINE, "identite", {"nom": "EXEMPLE", "prenom": "Aline"}, debut=ON, auteur="x"),
            evenement(ALINE, "frein", {"code": "sante", "reponse": "oui"}, debut=ON, auteur="x"),
            evenement(
                ALINE,
                "referent",
                {"role": "conseiller", "etape": "nomme", "professionnel": "professionnel:r"},
                debut=ON,
                auteur="x",
            ),
            evenement(
                ALINE,
                "action",
                {"id": "A", "etape": "choisie", "libelle": "Atelier de cuisine"},
                debut=ON,
                auteur="x",
            ),
        ],
        at=AT,
    )  # fmt: skip
    desk = Guichet(store, accesses, spie.Pack.load("socle-national"))
    seen = desk.voir(
        Demande("professionnel:r", "accompagnement", ["referent"], "", None, AT), ALINE, au=ON
    )
    asked = Demande(ALINE, "droit_acces", ["personne"], "", None, AT)
    herself = Demande(ALINE, "accompagnement", ["personne"], "", None, AT)
    logbook = desk.carnet(herself, ALINE, au=ON)
    shared = Guichet(store, accesses, spie.Pack.load("seine-et-marne-2022-2023"))
    referent = Demande("professionnel:r", "accompagnement", ["referent"], "", None, AT)
    store.append(watched(), at=AT)
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    alerts = parcours.cibler_pour(shared, referent, pack, au=LATER)
    session = {
        "id": "2022-06-09",
        "etape": "fixee",
        "date": datetime.date(2022, 6, 9),
        "lieu": "Meaux",
    }
    seat = {"professionnel": "professionnel:a", "qualite": "animateur", "etape": "commence"}
    referral = {"id": "S", "etape": "inscrite", "instance": "instance:i", "motif": "cas_complexe"}
    store.append(
        [
            evenement("instance:i", "instance", {"nom": "Instance de Meaux", "quorum": 2}, debut=ON, auteur="x"),
            evenement("instance:i", "siege", seat, debut=ON, auteur="x"),
            evenement("instance:i", "session", session, debut=ON, auteur="x"),
            evenement(ALINE, "saisine", referral | {"session": "2022-06-09"}, debut=ON, auteur="x"),
            evenement(ALINE, "saisine", referral | {"id": "T", "etape": "deposee"}, debut=ON, auteur="x"),
            evenement(
                ALINE,
                "decision_instance",
                {"saisine": "S", "nature": "maintien", "manque_offre": "offre_loin"},
                debut=ON,
                auteur="x",
            ),
        ],
        at=AT,
    )  # fmt: skip
    organiser = Demande("professionnel:a", "instance", ["animateur"], "", None, AT)
    return {
        "vigilance": alerts.to_html(pack, au=LATER),
        "vigilance-vide": parcours.cibler_pour(shared, herself, pack, au=ON).to_html(pack, au=ON),
        "agenda": desk.agenda(organiser, "instance:i").to_html(),
        "diagnostic": shared.diagnostic(referent, ALINE, au=ON).to_html(),
        "feuille-de-route": shared.feuille_de_route(herself, ALINE, au=ON).to_html(),
        "carnet-personne": logbook.to_html(),
        "carnet-professionnel": logbook.to_html(pour="professionnel"),
        "import": report,
        "situation": seen,
        "droit-d-acces": desk.acces(asked, ALINE, au=ON).to_html(),
    }


def passports() -> dict[str, object]:
    """A passport with an item of each assurance, one that fell, one contested, and what is shared."""
    store, accesses = spie.Store.memory(), Acces.memory()
    said = [
        ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
        ("element_passeport", {"id": "a", "etape": "ajoute", "genre": "competence", "libelle": "Tenir une caisse"}),
        ("element_passeport", {"id": "a", "etape": "confirme", "qualite": "tuteur", "nom_garant": "Mme Inventée", "vu": "elle a tenu la caisse seule : toute la semaine"}),
        ("element_passeport", {"id": "b", "etape": "ajoute", "genre": "certification", "libelle": "Titre de vendeuse", "certification": "RNCP37098", "debut": ON}),
        ("element_passeport", {"id": "b", "etape": "garanti", "moyen": "liste_certificateur", "liste": "liste inventée", "verifie_le": ON}),
        ("element_passeport", {"id": "c", "etape": "ajoute", "genre": "utilite_sociale", "libelle": "Aide aux devoirs"}),
        ("element_passeport", {"id": "c", "etape": "conteste", "motif": "desaccord"}),
        ("partage_passeport", {"id": "p", "etape": "ouvert", "destinataire": "Boulangerie inventée", "finalite": "candidature", "fin": LATER, "elements": ["a", "b"], "champs": ["dates"], "mots": [{"element": "a", "texte": "Tenir une caisse : seule"}]}),
    ]  # fmt: skip
    store.append([evenement(ALINE, *one, debut=ON, auteur="x") for one in said], at=AT)
    desk = Guichet(store, accesses, spie.Pack.load("socle-national"))
    herself = Demande(ALINE, "accompagnement", ["personne"], "", None, AT)
    view = desk.passeport(herself, ALINE, au=ON)
    cv = passeport.ecrire(desk, herself, ALINE, "p", au=ON, forme="cv", nom="Aline Exemple")
    return {
        "passeport-personne": view.to_html(),
        "passeport-professionnel": view.to_html(pour="professionnel"),
        "passeport-cv": cv.document,
        "passeport-cv-long": long_cv(),
        "passeport-cv-recommande": endorsed_cv(),
        "images": pictures(),
    }


def pictures() -> str:
    """One of each category, inside a page."""
    pack = spie.Pack.load("socle-national")
    drawn = [
        images.dessiner(pack, one, "Pétrir la pâte à pain").svg for one in images.categories(pack)
    ]
    return BARE.format("images", "".join(drawn))


def long_cv() -> str:
    """All that somebody may choose to show: thirty items, each with all its fields."""
    store = spie.Store.memory()
    told = {
        "lieu": "Fontainebleau",
        "niveau": "autonomie",
        "debut": ON,
        "fin": LATER,
        "structure": "structure:b",
    }
    seen = {
        "etape": "confirme",
        "qualite": "employeur",
        "par": "structure:b",
        "vu": "tous les jours",
    }
    genres = ("competence", "experience", "formation", "certification", "langue", "utilite_sociale")
    items = [f"i{rank}" for rank in range(30)]
    said = []
    for rank, item in enumerate(items):
        label = f"Accueillir, conseiller et servir un public exigeant, sur la ligne numéro {rank}"
        added = {"etape": "ajoute", "genre": genres[rank % 6], "libelle": label, **told}
        said += [
            ("element_passeport", {"id": item, **added}),
            ("element_passeport", {"id": item, **seen}),
        ]
    words = [
        {"element": one, "texte": f"Accueillir, conseiller et servir un public exigeant ({one})"}
        for one in items
    ]
    shared = {
        "id": "p",
        "etape": "ouvert",
        "destinataire": "Boulangerie inventée",
        "finalite": "candidature",
        "fin": LATER,
    }
    fields = ["dates", "lieu", "niveau", "structure", "garants", "references"]
    said.append(
        ("partage_passeport", {**shared, "elements": items, "champs": fields, "mots": words})
    )
    house = evenement(
        "structure:b",
        "structure",
        {"nom": "Boulangerie de l'Étoile, à Fontainebleau"},
        debut=ON,
        auteur="x",
    )
    store.append([house, *(evenement(ALINE, *one, debut=ON, auteur="x") for one in said)], at=AT)
    desk = Guichet(store, Acces.memory(), spie.Pack.load("socle-national"))
    herself = Demande(ALINE, "accompagnement", ["personne"], "", None, AT)
    return passeport.ecrire(
        desk, herself, ALINE, "p", au=ON, forme="cv", nom="Aline Exemple"
    ).document


def endorsed_cv() -> str:
    """Skills that others spoke for: a tutor in her words, an employer and a peer without theirs."""
    store = spie.Store.memory()
    words = (
        "Elle a tenu la caisse seule un mois entier : jamais une erreur, et toujours un mot aimable, "
        "même les samedis d’affluence « où tout le monde s’impatiente »."
    )
    said = [
        ("element_passeport", {"id": "a", "etape": "ajoute", "genre": "competence", "libelle": "Tenir une caisse"}),
        ("element_passeport", {"id": "b", "etape": "ajoute", "genre": "utilite_sociale", "libelle": "Aide aux devoirs"}),
        ("recommandation", {"id": "1", "etape": "demandee", "element": "a", "qualite": "tuteur", "nom": "Mme Inventée", "a": "structure:b"}),
        ("recommandation", {"id": "1", "etape": "donnee", "texte": words}),
        ("recommandation", {"id": "2", "etape": "demandee", "element": "a", "qualite": "employeur", "nom": "M. Inventé"}),
        ("recommandation", {"id": "2", "etape": "donnee", "texte": "Très bien"}),
        ("recommandation", {"id": "3", "etape": "demandee", "element": "b", "qualite": "pair", "nom": "Une amie"}),
        ("recommandation", {"id": "3", "etape": "donnee", "texte": "Merci"}),
        ("partage_passeport", {"id": "p", "etape": "ouvert", "destinataire": "Boulangerie inventée", "finalite": "candidature", "fin": LATER, "elements": ["a", "b"], "champs": ["dates", "garants", "recommandations"], "mots": [{"element": "a", "texte": "Tenir une caisse"}, {"element": "b", "texte": "Aider aux devoirs"}]}),
    ]  # fmt: skip
    house = {"nom": "Boulangerie de l’Étoile"}
    kept = store.append(
        [
            evenement("structure:b", "structure", house, debut=ON, auteur="x"),
            *(evenement(ALINE, *one, debut=ON, auteur="x") for one in said),
        ],
        at=AT,
    )
    given = kept[4]  # the tutor's
    open_words = {"evenement": given, "champ": "texte"}
    store.append([evenement(ALINE, "declassement", open_words, debut=ON, auteur="x")], at=AT)
    desk = Guichet(store, Acces.memory(), spie.Pack.load("socle-national"))
    herself = Demande(ALINE, "accompagnement", ["personne"], "", None, AT)
    page = passeport.ecrire(
        desk, herself, ALINE, "p", au=ON, forme="cv", nom="Aline Exemple"
    ).document
    if "jamais une erreur" not in page or page.count("Recommandé le") != 3:
        raise SystemExit("the endorsements are not on the page")
    return page


def verified() -> dict[str, object]:
    """The report of a badge: as it was signed, altered, without its list of status, and one that nothing proves."""
    at = datetime.datetime(2026, 11, 29, 8, tzinfo=datetime.UTC)
    said = json.loads((DATA / "attestation.json").read_bytes())
    key = badges.Cle.generer("ed25519")

    def page(badge: str) -> str:
        return badges.verifier(badge, au=at).page(badge, fichier="badge.json")

    signed = badges.emettre(said, key, instant=at).badge
    status = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "4711",
        "statusListCredential": "https://atelier.example/listes/1",
    }
    listed = badges.emettre({**said, "credentialStatus": status}, key, instant=at).badge
    declared = {**said, "issuer": {**said["issuer"], "id": "https://atelier.example/spie"}}
    return {
        "badge-valide": page(signed),
        "badge-invalide": page(signed.replace("Stagiaire", "Directrice")),
        "badge-non-verifiable": page(listed),
        "badge-auto-declare": page(badges.emettre(declared, key, instant=at).badge),
        "badge-montre": badges.decrire(signed).page(fichier="badge.json"),
        "badge-montre-long": badges.decrire(long_badge(said)).page(fichier="badge.json"),
    }


def long_badge(said: dict[str, Any]) -> str:
    """All that a badge may say of itself, in long words and addresses, in three scripts."""
    subject = said["credentialSubject"]
    one = subject["achievement"]
    links = [
        {
            **one["alignment"][0],
            "targetName": f"{rank} : " + "Accueillir, conseiller et servir " * 4,
            "targetUrl": f"https://rome.example/{'x' * 120}/{rank}",
        }
        for rank in range(12)
    ]
    made = {
        **one,
        "name": "Anticonstitutionnellement " * 6,
        "description": "أمل « cœur » 日本 " * 30,
        "criteria": {"narrative": "Deux observations. " * 40},
        "alignment": links,
    }
    told = {**subject, "achievement": made, "narrative": "mot" * 80}
    return json.dumps({**said, "credentialSubject": told}, ensure_ascii=False)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    demo.run(folder)
    for name, content in (statements() | dossiers() | passports() | verified()).items():
        page = content if isinstance(content, str) else BARE.format(name, content._repr_html_())
        (folder / f"{name}.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
