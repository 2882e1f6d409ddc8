"""The acts of a life: what the person, her référent and others do between the files.

Drawn from a stream of its own, after all that the files are drawn from: they stay as they were. A life begins
on the day of the first file that names who follows the person. What each act writes is docs/parcours.md's;
how often it comes is invented (`vie` of `donnees/hypotheses.json`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from spie.synthetic import hypotheses
from spie.synthetic.modele import CARNET, EXTRAIT, Adulte
from spie.synthetic.structures import conseillers, structures
from spie.synthetic.tirage import Tirage

GESTIONNAIRE: Final = "professionnel:gestionnaire-invente"
INSTANCE: Final = "instance:equipe-pluridisciplinaire-inventee"
SEANCE: Final = 15
"""The day of the month on which the instance sits."""

SOURCES: Final = {CARNET: "carnet", EXTRAIT: "france_travail.extrait"}
"""As the store calls the sources that name whom acts are about."""


def cle(source: str, key: str) -> dict[str, str]:
    """Somebody or something, by the key that a source has for it."""
    return {"source": source, "cle": key}


def professionnel(rang: int, source: str = CARNET) -> dict[str, str]:
    """A counsellor, as the logbook names the one who follows, or the extract its adviser."""
    mail = conseillers()[rang % len(conseillers())].courriel
    known = "courriel" if source == CARNET else "conseiller"
    return cle(SOURCES[source], f"{known}/{mail}")


def responsable(rang: int) -> dict[str, str]:
    """Who heads a structure: the file of structures names them all."""
    heads = [one for structure in structures() for one in structure.responsables]
    return cle(SOURCES[CARNET], f"courriel/{heads[rang % len(heads)].courriel}")


@dataclass(frozen=True, slots=True)
class Acte:
    instant: datetime
    numero: str
    acte: str
    sujet: Any
    """A key of a source, or the text of a subject that no file names."""
    acteur: Any
    role: str
    finalite: str
    effet: date
    contenu: Mapping[str, Any] = field(default_factory=dict)
    refus: str = ""
    """The code that it is refused with: drawn wrong on purpose."""

    def to_dict(self) -> dict[str, Any]:
        told = {
            "instant": f"{self.instant:%Y-%m-%dT%H:%M:%SZ}",
            "numero": self.numero,
            "acte": self.acte,
            "sujet": self.sujet,
            "acteur": self.acteur,
            "role": self.role,
            "finalite": self.finalite,
            "effet": self.effet.isoformat(),
            "contenu": dict(self.contenu),
        }
        return {**told, "refus": self.refus} if self.refus else told


def depart_du_professionnel(rang: int, fin: date) -> date | None:
    """The day of the last year on which a counsellor leaves all those that he follows; None for most."""
    tirage = Tirage("depart", rang % len(conseillers()))
    if not tirage.chance(hypotheses.rate("vie_professionnel_part")):
        return None
    return tirage.day(fin - timedelta(days=300), fin)


@dataclass(slots=True)
class Vie:
    """The acts of one adult, while they are drawn."""

    tirage: Tirage
    graine: int
    adulte: Adulte
    source: str
    """Whose key names the person: the logbook, or the extract of job seekers."""
    debut: date
    fin: date
    """The last day of the path: nothing is done after it."""
    rang: int
    """Of the professional who leads."""
    actes: list[Acte] = field(default_factory=list)

    # --- How an act is written down

    @property
    def mene(self) -> dict[str, str]:
        """Who leads."""
        return professionnel(self.rang, self.source)

    @property
    def sujet(self) -> dict[str, str]:
        carnet = self.adulte.carnet
        known = carnet.identifiant if self.source == CARNET and carnet else self.adulte.identifiant
        return cle(SOURCES[self.source], known)

    def _act(
        self,
        day: date,
        acte: str,
        contenu: Mapping[str, Any] | None = None,
        role: str = "referent",
        acteur: Any = None,
        refus: str = "",
    ) -> bool:
        """Says it, unless it comes before the life or after the path."""
        if not self.debut <= day <= self.fin:
            return False
        who = {"referent": self.mene, "personne": self.sujet}.get(role, GESTIONNAIRE)
        self.actes.append(
            Acte(
                datetime.combine(day, time(8)),
                "",
                acte,
                self.sujet,
                who if acteur is None else acteur,
                role,
                "gestion" if role == "gestionnaire" else "accompagnement",
                day,
                contenu or {},
                refus,
            )
        )
        return True

    def _happens(self, name: str) -> bool:
        return self.tirage.chance(hypotheses.rate(name))

    def _after(self, day: date, name: str) -> date:
        return day + timedelta(days=self.tirage.between(hypotheses.span(name)))

    # --- The life

    def draw(self) -> list[Acte]:
        start = self._after(self.debut, "vie_jours_avant_entree")
        if start > self.fin:
            return []
        if self.source == EXTRAIT:
            # The extract names an adviser, no référent: somebody names the first one.
            self._lead(start, "referent.nommer")
            self.debut = start
        if not self._happens("vie_entree"):
            if self._happens("vie_rendez_vous_sans_entree"):
                self._appointment(self._after(start, "vie_jours_entre_rendez_vous"), "r0")
            return self._in_order()
        self._act(
            start, "parcours.entrer", {"motif": self.tirage.choice(("orientation", "demande"))}
        )
        end = self._end(start)
        leaves = depart_du_professionnel(self.rang, self.fin)
        if self.source == CARNET and leaves is not None:
            end = min(end, leaves)
        self._diagnostics(start, end)
        self._actions(start, end)
        self._appointments(start, end)
        if self._happens("vie_pause"):
            self._pause(start, end)
        if self._happens("vie_immersion"):
            self._immersion(start, end)
        if self._happens("vie_saisine"):
            self._referral(start, end)
        if self._happens("vie_sollicitation"):
            self._solicitation(start, end)
        if self._happens("vie_suite_de_vigilance"):
            day = self.tirage.day(start, end)
            taken = {"moment": "sans_contact", "decision": "contact"}
            until = {"jusqu_au": self._after(day, "vie_jours_entre_rendez_vous").isoformat()}
            self._act(day, "vigilance.suivre", {**taken, **until})
        if self._happens("vie_fin_de_referent") and end < self.fin:
            self._lead(max(one.effet for one in self.actes), "referent.terminer")
        elif self._happens("vie_relais"):
            self._relay(self.tirage.day(start, end))
        return self._in_order()

    def _lead(self, day: date, acte: str) -> None:
        who = {"role": "referent_unique", "professionnel": self.mene}
        self._act(day, acte, who, "gestionnaire")

    def _in_order(self) -> list[Acte]:
        """By day; of one day, as they were drawn. Numbers follow."""
        ordered = sorted(self.actes, key=lambda one: one.effet)
        return [
            replace(
                one,
                instant=datetime.combine(one.effet, time(8)) + timedelta(minutes=rank),
                numero=f"vie-{self.graine}-{self.adulte.numero:07}-{rank:03}",
            )
            for rank, one in enumerate(ordered)
        ]

    def _end(self, start: date) -> date:
        """Until when she is followed: a job, a way out, or the end of the path."""
        if self._happens("vie_emploi"):
            found = self.tirage.day(start + timedelta(days=30), self.fin)
            if self._act(found, "emploi.trouver", self._contract()):
                if self._happens("vie_emploi_perdu"):
                    lost = self._after(found, "vie_jours_d_emploi")
                    self._act(lost, "emploi.terminer", {"id": "e1", "motif_fin": "fin_de_contrat"})
                    return self.fin
                if self._happens("vie_rendez_vous_de_suivi"):
                    self._appointment(self._after(found, "vie_jours_entre_rendez_vous"), "suivi")
                if self._happens("vie_sortie"):
                    self._act(
                        self.tirage.day(found, self.fin), "parcours.sortir", {"motif": "emploi"}
                    )
                return found
        if self._happens("vie_sortie"):
            leaves = self.tirage.day(start + timedelta(days=60), self.fin)
            motif = self.tirage.choice(("abandon", "formation", "demenagement"))
            if self._act(leaves, "parcours.sortir", {"motif": motif}):
                return leaves
        return self.fin

    def _contract(self) -> dict[str, Any]:
        return {
            "id": "e1",
            "nature_contrat": self.tirage.choice(("cdi", "cdd")),
            "quotite": self.tirage.choice(("temps_plein", "temps_partiel")),
            "metier": hypotheses.read("metiers.json")["metiers"][self.adulte.metiers[0]][0],
        }

    def _diagnostics(self, start: date, end: date) -> None:
        if not self._happens("vie_diagnostic"):
            return
        day = self._after(start, "vie_jours_avant_diagnostic")
        if day > end:
            return
        known = hypotheses.value("vie_questions")
        asked = self.tirage.sample(known, self.tirage.between(hypotheses.span("vie_reponses")))
        for question in asked:
            theme = question.removesuffix("_obstacle")
            by = "personne" if self._happens("vie_reponse_par_elle") else "referent"
            held = theme in self._themes()
            answer = (
                "refuse" if self._happens("vie_refus_de_repondre") else "oui" if held else "non"
            )
            self._act(day, "reponse.donner", {"question": question, "reponse": answer}, by)
            if answer == "oui":
                retained = {
                    "code": theme,
                    "reponse": "oui",
                    "impact": self.tirage.choice(("fort", "moyen")),
                }
                self._act(day, "frein.retenir", retained)
        if self.adulte.permis_b:
            self._act(day, "ressource.retenir", {"code": "permis_b", "reponse": "oui"})
        posed = {"id": "d1", "complet": self._happens("vie_diagnostic_complet"), "accord": "oui"}
        self._act(day, "diagnostic.poser", {**posed, "accord_recueilli": self._how()})
        while (day := self._after(day, "vie_jours_entre_diagnostics")) <= end:
            if not self._happens("vie_diagnostic_actualise"):
                break
            again = {"id": "d1", "complet": True, "accord": "oui", "accord_recueilli": self._how()}
            self._act(day, "diagnostic.actualiser", again)

    def _themes(self) -> set[str]:
        names = hypotheses.value("vie_themes")
        return {names[one] for one in self.adulte.freins if one in names}

    def _how(self) -> str:
        return self.tirage.choice(("oral", "ecrit"))

    def _actions(self, start: date, end: date) -> None:
        for rank in range(self.tirage.between(hypotheses.span("vie_actions"))):
            day = self.tirage.day(start, end)
            theme = self.tirage.choice(
                ("emploi", "formation", "mobilite", "contraintes_familiales")
            )
            self._action(f"a{rank}", theme, day, end)
        if self._happens("vie_objectif"):
            aim = {"id": "o1", "libelle": "Avancer pas à pas", "etat": "en_cours"}
            self._act(self.tirage.day(start, end), "objectif.dire", aim, "personne")

    def _action(self, number: str, theme: str, day: date, end: date) -> None:
        named = {
            "id": number,
            "theme": theme,
            "libelle": f"Action inventée : {theme.replace('_', ' ')}",
        }
        self._act(day, "action.proposer", named)
        day = self._after(day, "vie_jours_avant_choix")
        if day > end:
            return
        if self._happens("vie_action_refusee"):
            why = self.tirage.choice(("refus_horaires", "refus_transport", "refus_interet"))
            self._act(day, "action.refuser", {"id": number, "motif_refus": why}, "personne")
            return
        self._act(day, "action.choisir", {"id": number}, "personne")
        if not self._happens("vie_action_commencee"):
            return
        day = self._after(day, "vie_jours_avant_debut")
        if day > end:
            return
        begun: dict[str, Any] = {"id": number, "theme": theme}
        last = self._after(day, "vie_jours_d_action")
        if theme == "contraintes_familiales":
            begun["date_fin_prevue"] = last.isoformat()
        self._act(day, "action.demarrer", begun)
        if last <= end:
            gone = self._happens("vie_action_abandonnee")
            self._act(last, "action.abandonner" if gone else "action.terminer", {"id": number})

    def _appointments(self, start: date, end: date) -> None:
        day, rank = start, 0
        while self._happens("vie_rendez_vous_de_plus"):
            day, rank = self._after(day, "vie_jours_entre_rendez_vous"), rank + 1
            if day > end:
                return
            self._appointment(day, f"r{rank}")

    def _appointment(self, day: date, number: str) -> None:
        fixed = day - timedelta(days=self.tirage.between((1, 10)))
        if fixed < self.debut or day > self.fin:
            return
        planned = {"id": number, "prevu_le": f"{day}T09:30:00Z", "avec": self.mene}
        self._act(fixed, "rendez_vous.fixer", planned)
        step = self.tirage.part(hypotheses.parts("vie_rendez_vous"))
        if step != "fixer":
            self._act(day, f"rendez_vous.{step}", {"id": number})

    def _pause(self, start: date, end: date) -> None:
        day = self.tirage.day(start, end)
        again = self._after(day, "vie_jours_de_pause")
        told = {"id": "p1", "motif": "maladie_ou_soins", "reprise_prevue": again.isoformat()}
        self._act(day, "pause.commencer", told)
        if self._happens("vie_pause_reprise") and again <= end:
            self._act(again, "pause.reprendre", {"id": "p1"})

    def _immersion(self, start: date, end: date) -> None:
        first = self.tirage.day(start + timedelta(days=15), end)
        last = first + timedelta(days=self.tirage.between(hypotheses.span("jours_d_immersion")))
        jobs = hypotheses.read("metiers.json")["metiers"]
        planned = {
            "id": "i1",
            "structure": f"structure:accueil-inventee-{self.tirage.integer(1, 40):02}",
            "objet": self.tirage.choice(("decouvrir_metier", "confirmer_projet")),
            "objectifs": ["découvrir les gestes du métier"],
            "date_debut": first.isoformat(),
            "date_fin": last.isoformat(),
            "prescripteur": "conseil_departemental",
            "metier": jobs[self.adulte.metiers[0]][0],
        }
        before = first - timedelta(days=14)
        if not self._act(before, "immersion.prevoir", planned):
            return
        if self._happens("vie_immersion_annulee"):
            self._act(first - timedelta(days=3), "immersion.annuler", {"id": "i1"})
            return
        self._act(first - timedelta(days=7), "immersion.signer", {"id": "i1"})
        if self._happens("vie_bilan_trop_tot"):
            early = {"immersion": "i1", "issue": "complete"}
            self._act(first - timedelta(days=2), "immersion.bilan", early, refus="Q002")
        self._act(first, "immersion.commencer", {"id": "i1"})
        if self._act(last, "immersion.terminer", {"id": "i1"}) and self._happens("vie_bilan"):
            told = {"immersion": "i1", "issue": "complete", "dernier_jour": last.isoformat()}
            known = {"objectifs_atteints": self.tirage.choice(("oui", "non"))}
            self._act(
                self._after(last, "vie_jours_avant_bilan"), "immersion.bilan", {**told, **known}
            )

    def _referral(self, start: date, end: date) -> None:
        day = self.tirage.day(start, end)
        sits = day.replace(day=SEANCE)
        if sits <= day:
            sits = (sits + timedelta(days=31)).replace(day=SEANCE)
        why = {"id": "s1", "motif": "cas_complexe", "instance": INSTANCE}
        if not self._act(day, "saisine.deposer", why):
            return
        self._act(day, "saisine.inscrire", {"id": "s1", "session": sits.isoformat()})
        nature = self.tirage.choice(("maintien", "action_proposee", "changement_modalite"))
        if self._happens("vie_decision"):
            self._act(sits, "instance.decider", {"saisine": "s1", "nature": nature}, "gestionnaire")

    def _solicitation(self, start: date, end: date) -> None:
        day, other = self.tirage.day(start, end), responsable(self.rang)
        self._act(day, "membre.ajouter", {"professionnel": other, "role": "conseiller"})
        self._act(day, "sollicitation.demander", {"id": "q1", "a": other, "objet": "avis"})
        answered = self._after(day, "vie_jours_avant_reponse")
        if answered <= end and self._happens("vie_sollicitation_repondue"):
            self._act(answered, "sollicitation.repondre", {"id": "q1"}, "membre", other)
            self._act(answered, "sollicitation.clore", {"id": "q1"})

    def _relay(self, day: date) -> None:
        """Asked for, then what the receiver says; effective when its conditions hold."""
        other = responsable(self.rang + 1)
        mine = self.mene
        asked = {
            "id": "l1",
            "de": mine,
            "vers": other,
            "motif": "besoin_specialise",
            "informee": "oui",
        }
        if not self._act(day, "relais.demander", asked):
            return
        if self._happens("vie_relais_sans_reponse"):
            return
        day = self._after(day, "vie_jours_avant_reponse")
        if self._happens("vie_relais_refuse"):
            self._act(day, "relais.refuser", {"id": "l1"}, "pressenti", other)
            return
        if not self._act(day, "relais.accepter", {"id": "l1"}, "pressenti", other):
            return
        if self._happens("vie_relais_trop_tot"):
            self._act(day, "relais.effectuer", {"id": "l1"}, refus="Q003")
        given = {"id": "l1", "accord": "oui"}
        if self._happens("vie_reponse_par_elle"):
            self._act(day, "relais.completer", given, "personne")
        else:
            self._act(day, "relais.completer", {**given, "accord_recueilli": self._how()})
        day = self._after(day, "vie_jours_avant_reponse")
        if day > self.fin:
            return
        planned = {"id": "passation", "prevu_le": f"{day}T14:00:00Z", "avec": other}
        self._act(day, "rendez_vous.fixer", planned)
        self._act(day, "rendez_vous.tenir", {"id": "passation"})
        self._act(day, "relais.completer", {"id": "l1", "rendez_vous": "passation"})
        # What it rests on is renewed with her that day.
        done = {"accord": "oui", "accord_recueilli": self._how()}
        posed = any(one.acte == "diagnostic.poser" and one.effet <= day for one in self.actes)
        later = any(one.acte.startswith("diagnostic.") and one.effet > day for one in self.actes)
        if posed:
            self._act(day, "diagnostic.actualiser", {"id": "d1", **done})
        elif not later:
            self._act(day, "diagnostic.poser", {"id": "d1", **done})
        else:
            return
        self._act(day, "relais.effectuer", {"id": "l1"})
        self._handed_over(day, other)

    def _handed_over(self, day: date, other: dict[str, str]) -> None:
        """Who leads from that day on does what the other would have."""
        mine = self.mene
        self.actes = [
            replace(one, acteur=other) if one.acteur == mine and one.effet > day else one
            for one in self.actes
        ]
