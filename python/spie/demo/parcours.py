"""The demonstration of the path, computed: one invented person, from her first référent to her logbook.

Each step is an act at the desk, by who may do it. What is around her are the lives of the invented département.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from spie import private, synthetic
from spie.demo import passeport
from spie.demo.bureau import GESTIONNAIRE, STRUCTURE, Bureau
from spie.demo.passeport import HOTE, Passeports
from spie.droits import Acces, Guichet, VueCarnet, VueDiagnostic, VueFeuilleDeRoute
from spie.errors import PathError
from spie.pack import Pack
from spie.parcours import (
    EtatRelais,
    ExamenImmersion,
    Vigilance,
    cibler,
    cibler_pour,
    immersion_du_dossier,
)
from spie.store import Store
from spie.synthetic import jeu

PEOPLE, SEED, MONTH = 150, 77, date(2022, 1, 31)
WATCHED: Final = date(2022, 9, 30)


@dataclass(frozen=True)
class Parcours:
    personne: str
    referents: tuple[str, str, str]
    """Who leads first, who refuses to take over, who accepts."""
    a_demander: int
    diagnostic: VueDiagnostic
    feuille: VueFeuilleDeRoute
    refuse: tuple[EtatRelais, ...]
    retenu: tuple[EtatRelais, ...]
    """The second relay when it is accepted and conditions are missing."""
    retenu_par: tuple[str, ...]
    effectif: tuple[EtatRelais, ...]
    immersion: ExamenImmersion
    trop_longue: ExamenImmersion
    vies: jeu.Jeu
    vigilance: Vigilance
    """Of her référent."""
    comptes: dict[str, int]
    """Of all, by moment."""
    carnet: VueCarnet
    carnet_professionnel: VueCarnet
    passeport: Passeports

    def to_dict(self) -> dict[str, Any]:
        return {
            "personne": self.personne,
            "a_demander": self.a_demander,
            "diagnostic": self.diagnostic.to_dict(),
            "feuille_de_route": self.feuille.to_dict(),
            "relais": [one.to_dict() for one in (*self.refuse, *self.retenu, *self.effectif)],
            "retenu_par": list(self.retenu_par),
            "immersions": [self.immersion.to_dict(), self.trop_longue.to_dict()],
            "vies": self.vies.to_dict(),
            "vigilance": self.vigilance.to_dict(),
            "comptes": self.comptes,
            "carnet": self.carnet.to_dict(),
            "passeport": self.passeport.to_dict(),
        }

    def write(self, folder: Path) -> list[Path]:
        """The pages, and the badge in its picture, each for its owner alone."""
        pages = {
            "diagnostic.html": self.diagnostic.to_html(),
            "feuille-de-route.html": self.feuille.to_html(),
            "carnet-de-la-personne.html": self.carnet.to_html(),
            "carnet-du-professionnel.html": self.carnet_professionnel.to_html(pour="professionnel"),
        }
        files = {name: text.encode() for name, text in pages.items()} | self.passeport.files()
        for name, content in files.items():
            private.write(folder / name, content)
        return [folder / name for name in files]


def read_files(store: Store, folder: Path) -> None:
    at = datetime(2022, 2, 5, 8, tzinfo=UTC)
    for form, name, day in (
        ("carnet_structures", "carnet/structures.csv", MONTH),
        ("vrsb", "caf/vrsb-2022-01.xml", None),
        ("france_travail_extrait", "france-travail/extrait-2022-01.csv", MONTH),
        ("france_travail_actions", "france-travail/actions-2022-01.csv", MONTH),
        ("carnet_beneficiaires", "carnet/beneficiaires-2022-01.csv", MONTH),
    ):
        on_names = form not in ("carnet_structures", "france_travail_actions")
        store.importer(
            form, folder / name, auteur="import de nuit", at=at, date_fichier=day, sur_noms=on_names
        )


def chosen(store: Store, folder: Path) -> str:
    """Somebody whom the CAF and France Travail know, and whom nobody follows."""
    played = {str(one["sujet"]) for one in jeu.read(folder / jeu.FICHIER)}
    for person in store.sujets("personne", limite=10_000):
        here = store.situation(person, au=MONTH)
        sources = {one.source for one in here.faits}
        known = here.valeur("identifiant.france_travail.valeur")
        acted = str({"source": "france_travail.extrait", "cle": known}) in played
        alone = here.valeur("referent.referent_unique.professionnel") is None
        if alone and not acted and {"caf.vrsb", "france_travail.extrait"} <= sources:
            return person
    raise LookupError("every invented person is followed")


ANSWERS: Final = (
    ("mobilite_obstacle", {"reponse": "oui"}, "referent"),
    ("mobilite_permis", {"reponse": "non"}, "referent"),
    ("mobilite_transports_communs", {"reponse": "oui"}, "personne"),
    ("formation_obstacle", {"reponse": "non"}, "referent"),
    ("numerique_obstacle", {"reponse": "non"}, "personne"),
    ("logement_obstacle", {"reponse": "refuse"}, "personne"),
    ("potentiel_competences_texte", {"texte": passeport.SES_MOTS}, "personne"),
)


def diagnose(desk: Bureau, referent: str, day: date) -> None:
    for question, answer, role in ANSWERS:
        who = desk.person if role == "personne" else referent
        desk.act(who, role, day, "reponse.donner", {"question": question, **answer})
    retained = {"code": "mobilite", "reponse": "oui", "impact": "fort", "prioritaire": True}
    desk.act(referent, "referent", day, "frein.retenir", retained)
    desk.act(referent, "referent", day, "ressource.retenir", {"code": "reseau", "reponse": "oui"})
    agreed = {"id": "diagnostic-1", "accord": "oui", "accord_recueilli": "oral", "complet": False}
    desk.act(referent, "referent", day, "diagnostic.poser", agreed)


def plan(desk: Bureau, referent: str, day: date) -> None:
    """Proposed by him; chosen, and refused with its reason, by her."""
    aim = {
        "id": "objectif-1",
        "libelle": "Venir travailler sans dépendre de personne",
        "frein": "mobilite",
    }
    desk.act(desk.person, "personne", day, "objectif.dire", {**aim, "etat": "en_cours"})
    for number, label, theme in (
        ("permis", "Passer le permis B à l’auto-école sociale", "mobilite"),
        ("atelier", "Suivre un atelier de candidature le matin", "preparer_sa_candidature"),
    ):
        told = {"id": number, "libelle": label, "theme": theme, "echeance": "2022-07-31"}
        desk.act(referent, "referent", day, "action.proposer", told)
    desk.act(desk.person, "personne", day, "action.choisir", {"id": "permis"})
    why = {"id": "atelier", "motif_refus": "refus_horaires"}
    desk.act(desk.person, "personne", day, "action.refuser", why)
    desk.act(referent, "referent", date(2022, 3, 1), "action.demarrer", {"id": "permis"})


def refused_relay(desk: Bureau, first: str, other: str) -> tuple[EtatRelais, ...]:
    day = date(2022, 3, 14)
    told = {"id": "relais-1", "vers": other, "motif": "besoin_specialise", "informee": "oui"}
    desk.act(first, "referent", day, "relais.demander", told)
    desk.act(other, "pressenti", date(2022, 3, 18), "relais.refuser", {"id": "relais-1"})
    return desk.desk.relais(desk.asked(first, "referent", date(2022, 3, 18)), desk.person)


def accepted_relay(
    desk: Bureau, first: str, other: str
) -> tuple[tuple[EtatRelais, ...], tuple[str, ...]]:
    """As it stands once it is accepted, and what holds it back when somebody tries."""
    day = date(2022, 3, 21)
    told = {"id": "relais-2", "vers": other, "motif": "besoin_specialise", "informee": "oui"}
    desk.act(first, "referent", day, "relais.demander", told)
    desk.act(other, "pressenti", date(2022, 3, 23), "relais.accepter", {"id": "relais-2"})
    held: tuple[str, ...] = ()
    try:
        desk.act(first, "referent", date(2022, 3, 24), "relais.effectuer", {"id": "relais-2"})
    except PathError as refused:
        held = tuple(str(one.details) for one in refused.diagnostics)
    return desk.desk.relais(desk.asked(first, "referent", date(2022, 3, 24)), desk.person), held


def hand_over(desk: Bureau, first: str, other: str) -> tuple[EtatRelais, ...]:
    agreed = {"id": "relais-2", "accord": "oui"}
    desk.act(desk.person, "personne", date(2022, 3, 25), "relais.completer", agreed)
    day = date(2022, 3, 30)
    met = {"id": "passation", "prevu_le": "2022-03-30T09:00:00Z", "avec": other, "lieu": "Melun"}
    desk.act(first, "referent", day, "rendez_vous.fixer", met)
    desk.act(first, "referent", day, "rendez_vous.tenir", {"id": "passation"})
    given = {"id": "relais-2", "rendez_vous": "passation"}
    desk.act(first, "referent", day, "relais.completer", given)
    desk.act(other, "pressenti", date(2022, 4, 1), "relais.effectuer", {"id": "relais-2"})
    return desk.desk.relais(desk.asked(other, "referent", date(2022, 4, 1)), desk.person)


def immersion(number: str, last: str) -> dict[str, Any]:
    return {
        "id": number, "structure": HOTE, "objet": "decouvrir_metier",
        "objectifs": ["découvrir la fabrication du pain"], "date_debut": "2022-05-02",
        "date_fin": last, "prescripteur": "conseil_departemental", "metier": "D1102",
    }  # fmt: skip


def immerse(
    desk: Bureau, store: Store, pack: Pack, referent: str
) -> tuple[ExamenImmersion, ExamenImmersion]:
    """The one that is too long is judged and given up; the other is done, and its bilan made."""
    day = date(2022, 4, 11)
    desk.act(referent, "referent", day, "immersion.prevoir", immersion("trop-longue", "2022-06-17"))
    wrong = immersion_du_dossier(pack, store, desk.person, "trop-longue", au=day)
    desk.act(referent, "referent", day, "immersion.annuler", {"id": "trop-longue"})
    desk.act(referent, "referent", day, "immersion.prevoir", immersion("boulangerie", "2022-05-20"))
    right = immersion_du_dossier(pack, store, desk.person, "boulangerie", au=day)
    named = {"id": "boulangerie"}
    desk.act(referent, "referent", date(2022, 4, 22), "immersion.signer", named)
    desk.act(referent, "referent", date(2022, 5, 2), "immersion.commencer", named)
    desk.act(referent, "referent", date(2022, 5, 20), "immersion.terminer", named)
    told = {"immersion": "boulangerie", "issue": "complete", "dernier_jour": "2022-05-20"}
    done = {**told, "objectifs_atteints": "oui", "observations": passeport.OBSERVATIONS}
    desk.act(referent, "referent", date(2022, 5, 24), "immersion.bilan", done)
    met = {"id": "point", "prevu_le": "2022-10-04T09:00:00Z", "avec": referent, "lieu": "Melun"}
    desk.act(referent, "referent", date(2022, 6, 7), "rendez_vous.fixer", met)
    return right, wrong


def heads(store: Store) -> tuple[str, str, str]:
    """Three who head a structure, as the file of structures names them."""
    found = [
        store.chercher(f"carnet|courriel/responsable.{rank:02}.1@example.org", par="source")[0]
        for rank in (1, 2, 3)
    ]
    return found[0], found[1], found[2]


def run(pack: Pack) -> Parcours:
    """Draws the files, reads them into a store that goes with the demonstration, and does the acts."""
    with (
        tempfile.TemporaryDirectory() as name,
        Store.memory() as store,
        Acces.memory() as acces,
    ):
        folder = Path(name) / "fichiers"
        synthetic.generate(PEOPLE, SEED).write(folder, mois=[MONTH, date(2022, 12, 1)])
        read_files(store, folder)
        passeport.nommer_hote(store, datetime(2022, 2, 6, 8, tzinfo=UTC))
        desk = Bureau(Guichet(store, acces, pack), chosen(store, folder))
        first, second, third = heads(store)
        begins, posed = date(2022, 2, 8), date(2022, 2, 15)
        named = {"role": "referent_unique", "professionnel": first, "structure": STRUCTURE}
        desk.act(GESTIONNAIRE, "gestionnaire", begins, "referent.nommer", named)
        desk.act(first, "referent", begins, "parcours.entrer", {"motif": "orientation"})
        asked = desk.asked(first, "referent", begins)
        waiting = desk.desk.questions(asked, desk.person, au=begins).questions.a_demander
        diagnose(desk, first, posed)
        opened = passeport.ouvrir(desk)
        plan(desk, first, date(2022, 2, 22))
        asked = desk.asked(first, "referent", date(2022, 3, 2))
        diagnostic = desk.desk.diagnostic(asked, desk.person, au=date(2022, 3, 2))
        feuille = desk.desk.feuille_de_route(asked, desk.person, au=date(2022, 3, 2))
        refused = refused_relay(desk, first, second)
        held, why = accepted_relay(desk, first, third)
        effective = hand_over(desk, first, third)
        right, wrong = immerse(desk, store, pack, third)
        hers = passeport.reconnaitre(desk, pack, third, opened)
        lives = jeu.jouer(desk.desk, store, folder, jusqu_au=WATCHED)
        mine = cibler_pour(
            desk.desk, desk.asked(third, "referent", WATCHED), pack, au=WATCHED,
        )  # fmt: skip
        herself = desk.asked(desk.person, "personne", WATCHED)
        his = desk.asked(third, "referent", WATCHED)
        return Parcours(
            desk.person, (first, second, third), len(waiting), diagnostic, feuille, refused, held,
            why, effective, right, wrong, lives, mine, cibler(store, pack, au=WATCHED).comptes,
            desk.desk.carnet(herself, desk.person, au=WATCHED),
            desk.desk.carnet(his, desk.person, au=WATCHED), hers,
        )  # fmt: skip
