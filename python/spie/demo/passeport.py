"""The demonstration of the passport, computed: what the diagnostic proposes, what an immersion shows, a badge that
says it, a copy that somebody altered, and what she shows to who hires."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from spie import badges, images, passeport
from spie.demo.bureau import GESTIONNAIRE, Bureau
from spie.dossier import evenement
from spie.droits import VuePasseport, VuePropositions
from spie.errors import UsageError
from spie.pack import Pack
from spie.passeport import BadgePossible, Ecrit
from spie.store import Store

HOTE: Final = "structure:boulangerie-inventee"
NOM_HOTE: Final = "Boulangerie de l’Étoile (inventée)"
SES_MOTS: Final = "J’aide une voisine à remplir ses papiers"
OBSERVATIONS: Final = (
    {"code": "rigueur", "libelle": "Pèse, note et range sans qu’on le lui dise"},
    {"code": "equipe", "libelle": "Prend sa part du travail de l’équipe"},
)
COURRIEL: Final = "elle@example.org"
"""Where she wants to be known by who receives her badge: it holds the hash alone."""
PROPOSED, REVIEWED, CONFIRMED = date(2022, 2, 17), date(2022, 6, 8), date(2022, 6, 9)
ISSUED = datetime(2022, 6, 10, 8, tzinfo=UTC)
SHARED, UNTIL = date(2022, 6, 13), date(2022, 9, 10)
RECRUTEUR: Final = "Fournil du Canal (inventé)"
READ = datetime(2022, 6, 14, 8, tzinfo=UTC)
"""When the recruiter verifies it."""


@dataclass(frozen=True)
class Passeports:
    propositions: VuePropositions
    """What the diagnostic opened it with, before the immersion."""
    apres: VuePropositions
    """Those of the immersion, before she chose."""
    permis: BadgePossible
    dessin: images.Dessin
    image: bytes
    """The picture that carries the badge: PNG, or SVG without the extra of pictures."""
    nom_image: str
    rapport: badges.Rapport
    altere: bytes
    """The same picture, with another level in its badge."""
    rapport_altere: badges.Rapport
    cv: Ecrit
    passeport: VuePasseport

    @property
    def sound(self) -> bool:
        """The badge holds, and the copy does not."""
        return (self.rapport.verdict, self.rapport_altere.verdict) == ("valide", "invalide")

    def files(self) -> dict[str, bytes]:
        suffix = self.nom_image.rpartition(".")[2]
        altered = f"badge-altere.{suffix}"
        return {
            "passeport.html": self.passeport.to_html().encode(),
            self.nom_image: self.image,
            "badge.html": self.rapport.page(self.image, fichier=self.nom_image).encode(),
            altered: self.altere,
            "badge-altere.html": self.rapport_altere.page(self.altere, fichier=altered).encode(),
            "cv.html": self.cv.document.encode(),
        }

    def to_dict(self) -> dict[str, Any]:
        return {
            "propositions": [one.to_dict() for one in (self.propositions, self.apres)],
            "badge": self.permis.to_dict(),
            "verification": self.rapport.to_dict(),
            "copie_alteree": self.rapport_altere.to_dict(),
            "partage": {"empreinte": self.cv.empreinte, "selection": self.cv.selection.to_dict()},
            "passeport": self.passeport.to_dict(),
        }


EMETTEUR: Final = "Maison des solidarités (inventée)"


def keep(desk: Bureau, day: date, view: VuePropositions, name: str, **said: Any) -> str:
    """She keeps a proposition; the number of the item that it becomes."""
    one = next(one for one in view.propositions.propositions if one.id == name)
    told = {
        "genre": one.genre,
        "libelle": one.libelle or None,
        "proposition": one.id,
        "fonde_sur": list(one.fonde_sur),
        "regle": one.regle,
        "immersion": one.immersion or None,
        **said,
    }
    told = {key: value for key, value in told.items() if value}
    done = desk.act(desk.person, "personne", day, "passeport.ajouter", told)
    return str(done.evenements[0].contenu["id"])


def proposed(desk: Bureau, day: date) -> VuePropositions:
    asked = desk.asked(desk.person, "personne", day)
    return desk.desk.propositions_passeport(asked, desk.person, au=day)


def confirm(desk: Bureau, referent: str, item: str) -> None:
    """What the tutor saw, told by the référent, who is trained to pick its code and its level."""
    trained = {"objet": "passeport"}
    desk.act(
        GESTIONNAIRE, "gestionnaire", REVIEWED, "habilitation.accorder", trained, subject=referent
    )
    seen = {
        "id": item,
        "qualite": "tuteur",
        "nom_garant": "Ines Inventée",
        "vu": OBSERVATIONS[0]["libelle"],
        "code_rome": "300490",
        "nature_rome": "competence",
        "version_rome": "v460",
        "niveau": "pratique",
    }
    desk.act(referent, "referent", CONFIRMED, "passeport.confirmer", seen)


def baked(made: str, dessin: images.Dessin) -> tuple[str, bytes]:
    try:
        return "badge.png", badges.incruster(dessin.png(), made)
    except UsageError:  # without the extra of pictures
        return "badge.svg", badges.incruster(dessin.svg.encode(), made)


def share(desk: Bureau, items: list[str], words: dict[str, str]) -> Ecrit:
    """What she shows to who hires, until a day: a page, under a name that she types."""
    said = {
        "destinataire": RECRUTEUR,
        "finalite": "candidature",
        "fin": UNTIL,
        "elements": items,
        "champs": ["dates", "niveau", "structure", "garants", "references"],
        "mots": [{"element": item, "texte": text} for item, text in words.items()],
    }
    opened = desk.act(desk.person, "personne", SHARED, "passeport.partager", said)
    return passeport.ecrire(
        desk.desk,
        desk.asked(desk.person, "personne", SHARED),
        desk.person,
        str(opened.evenements[0].contenu["id"]),
        au=SHARED,
        forme="cv",
        nom="Elle, sous le nom qu’elle choisit",
    )


@dataclass(frozen=True)
class Ouverture:
    """What the diagnostic opened, and what she kept of it."""

    propositions: VuePropositions
    garde: str


def ouvrir(desk: Bureau) -> Ouverture:
    view = proposed(desk, PROPOSED)
    return Ouverture(view, keep(desk, PROPOSED, view, "question/potentiel_competences_texte"))


def nommer_hote(store: Store, at: datetime) -> None:
    said = {"nom": NOM_HOTE}
    store.append([evenement(HOTE, "structure", said, debut=at.date(), auteur=GESTIONNAIRE)], at=at)


def reconnaitre(desk: Bureau, pack: Pack, referent: str, opened: Ouverture) -> Passeports:
    """After the immersion, until what she shows."""
    after = proposed(desk, REVIEWED)
    other = {"proposition": "immersion_observee/boulangerie/equipe"}
    desk.act(desk.person, "personne", REVIEWED, "passeport.refuser", other)
    seen = "immersion_observee/boulangerie/rigueur"
    days = {"debut": "2022-05-02", "fin": "2022-05-20"}
    rigour = keep(desk, REVIEWED, after, seen, structure=HOTE, **days)
    confirm(desk, referent, rigour)
    asked = desk.asked(referent, "referent", CONFIRMED)
    permis = passeport.badge_immersion(desk.desk, asked, desk.person, "boulangerie", au=CONFIRMED)
    key, keeper = badges.Cle.generer("ed25519"), badges.Cle.generer("ed25519")
    issued = passeport.delivrer(
        desk.desk,
        desk.asked(referent, "referent", ISSUED.date()),
        desk.person,
        "boulangerie",
        au=ISSUED.date(),
        par=passeport.Emetteur(key, ISSUED, nom=EMETTEUR),
        titulaire=passeport.Titulaire(adresse=COURRIEL),
    )
    made = issued.badge.texte
    said = json.loads(made)["credentialSubject"]
    dessin = images.dessiner(pack, "immersion", said["achievement"]["alignment"][0]["targetName"])
    (reached,) = said["achievement"]["resultDescription"][0]["rubricCriterionLevel"]
    name, image = baked(made, dessin)
    altered = badges.incruster(
        image, made.replace(f'"name":"{reached["name"]}"', '"name":"Maîtrise"'), remplacer=True
    )
    recognised = {"id": key.publiques.did, "nom": EMETTEUR, "etat": "reconnu", "du": "2022-01-01"}
    trust = badges.signer_confiance({"emetteurs": [recognised]}, keeper)
    checker = badges.Verificateur(
        au=READ, destinataire=COURRIEL, confiance=trust, exiger=("confiance", "destinataire")
    )
    report, wrong = checker.verifier_tous([image, altered])
    cv = share(desk, [rigour, opened.garde], {opened.garde: "Aide à remplir des papiers"})
    asked = desk.asked(desk.person, "personne", SHARED)
    view = desk.desk.passeport(asked, desk.person, au=SHARED)
    return Passeports(
        opened.propositions, after, permis, dessin, image, name, report, altered, wrong, cv, view
    )
