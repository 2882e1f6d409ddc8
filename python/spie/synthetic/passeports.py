"""The passport of a life: items and who vouches for them, a share, a refusal, what an immersion showed.

Drawn from a stream of its own, after the life: its other acts stay as they were. Each is done on a day on which
she was met, by her or by who led then. An item has no number before it is recorded: what follows names the act
that added it, as {"acte": number, "champ": "id"}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from spie.synthetic import hypotheses
from spie.synthetic.modele import CARNET
from spie.synthetic.structures import conseillers
from spie.synthetic.tirage import Tirage
from spie.synthetic.vie import Acte, Vie, professionnel

IMMERSION: Final = "i1"
PARTAGE: Final = "partage1"
PERMIS: Final = "permis/permis_b"
_PASSE_LA_MAIN: Final = ("relais.effectuer", "referent.terminer")

Ligne = tuple[str, str, str, date]
"""What it is of, its key, its state, since when."""


def habilite(rang: int) -> bool:
    """Whether a counsellor may pick the codes and the level of what an immersion showed."""
    tirage = Tirage("habilitation", rang % len(conseillers()))
    return tirage.chance(hypotheses.rate("vie_habilitation_passeport"))


@dataclass(slots=True)
class _Element:
    acte: str
    """The number of the act that added it: its key in the truth."""
    etapes: list[tuple[date, str]]

    def etat(self, au: date) -> tuple[str, date] | None:
        known = [one for one in self.etapes if one[0] <= au]
        return (known[-1][1], known[-1][0]) if known else None


@dataclass(slots=True)
class Passeport:
    vie: Vie
    tirage: Tirage
    actes: list[Acte] = field(default_factory=list)
    elements: list[_Element] = field(default_factory=list)
    _jours: dict[date, Any] = field(default_factory=dict)
    """The days on which she was met, with who led."""
    _partage: list[tuple[date, str]] = field(default_factory=list)
    _refus: date | None = None
    _montre: tuple[date, bool] | None = None
    """Since when a professional says what the immersion showed, and whether he may pick codes."""

    def draw(self) -> Passeport:
        lived = [one for one in self.vie.actes if not one.refus]
        passed = {one.effet for one in lived if one.acte in _PASSE_LA_MAIN}
        self._jours = {
            one.effet: one.acteur
            for one in lived
            if one.acte == "rendez_vous.tenir" and one.role == "referent"
            if one.effet not in passed
        }
        entered = any(one.acte == "parcours.entrer" for one in lived)
        if not entered or not self._jours or not self._happens("vie_passeport"):
            return self
        for _ in range(self.tirage.between(hypotheses.span("vie_passeport_elements"))):
            self._item()
        self._refusal(lived)
        self._immersion(lived, passed)
        if self._happens("vie_passeport_partage"):
            self._share()
        return self

    def etats(self, au: date) -> Iterator[Ligne]:
        """What it has come to on a day."""
        for one in self.elements:
            if held := one.etat(au):
                yield ("element", one.acte, *held)
        shared = [one for one in self._partage if one[0] <= au]
        if shared:
            yield ("partage", PARTAGE, shared[-1][1], shared[-1][0])
        if self._refus is not None and self._refus <= au:
            yield ("refus", PERMIS, "refusee", self._refus)
        planned = [one.effet for one in self.vie.actes if one.acte == "immersion.prevoir"]
        if planned and planned[0] <= au:
            since, picked = self._montre or (planned[0], False)
            shown = picked and since <= au
            state = "delivrable" if shown else "inconnu"
            yield ("immersion", IMMERSION, state, since if shown else planned[0])

    # --- How it is drawn

    def _happens(self, name: str) -> bool:
        return self.tirage.chance(hypotheses.rate(name))

    def _days(self, first: date = date.min) -> list[date]:
        return [one for one in self._jours if first <= one]

    def _act(self, day: date, acte: str, contenu: Mapping[str, Any], acteur: Any = None) -> str:
        """By her, or by who led that day; at noon, after what else was done then."""
        rank = len(self.actes)
        number = f"vie-{self.vie.graine}-{self.vie.adulte.numero:07}-p{rank:02}"
        self.actes.append(
            Acte(
                datetime.combine(day, time(12)) + timedelta(minutes=rank),
                number,
                acte,
                self.vie.sujet,
                self.vie.sujet if acteur is None else acteur,
                "personne" if acteur is None else "referent",
                "accompagnement",
                day,
                contenu,
            )
        )  # fmt: skip
        return number

    def _vouched(self) -> dict[str, Any]:
        return {
            "qualite": self.tirage.choice(("tuteur", "employeur", "formateur")),
            "nom_garant": hypotheses.text("vie_passeport_garant"),
            "vu": hypotheses.text("vie_passeport_vu"),
        }

    def _item(self) -> None:
        day = self.tirage.choice(self._days())
        genre, label = self.tirage.choice(hypotheses.value("vie_passeport_libelles"))
        said: dict[str, Any] = {"genre": genre, "libelle": label}
        if genre == "competence" and self._happens("vie_passeport_code"):
            said |= self._code()
        number = self._act(day, "passeport.ajouter", said)
        item = _Element(number, [(day, "declare")])
        self.elements.append(item)
        if self._happens("vie_passeport_confirme"):
            day = self.tirage.choice(self._days(day))
            self._act(
                day, "passeport.confirmer", {**_of(number), **self._vouched()}, self._jours[day]
            )
            item.etapes.append((day, "confirme"))
            if self._happens("vie_passeport_conteste"):
                day = self.tirage.choice(self._days(day))
                why = {**_of(number), "motif": "desaccord"}
                self._act(day, "passeport.contester", why, self._jours[day])
                item.etapes.append((day, "conteste"))
        elif self._happens("vie_passeport_retire"):
            day = self.tirage.choice(self._days(day))
            self._act(day, "passeport.retirer", {**_of(number), "motif": "choix_personne"})
            item.etapes.append((day, "retire"))

    def _code(self) -> dict[str, str]:
        code = self.tirage.choice(hypotheses.value("vie_passeport_codes"))
        return {"code_rome": code, "nature_rome": "competence", "version_rome": "v460"}

    def _refusal(self, lived: Sequence[Acte]) -> None:
        """Of what the dossier proposes: the licence that it retains."""
        since = [
            one.effet
            for one in lived
            if one.acte == "ressource.retenir" and one.contenu["code"] == "permis_b"
        ]
        days = self._days(since[0]) if since else []
        if days and self._happens("vie_passeport_refus"):
            self._refus = self.tirage.choice(days)
            self._act(self._refus, "passeport.refuser", {"proposition": PERMIS, "motif": "pas_moi"})

    def _immersion(self, lived: Sequence[Acte], passed: set[date]) -> None:
        review = next((one for one in lived if one.acte == "immersion.bilan"), None)
        if review is None or review.effet in passed or self.vie.source != CARNET:
            return
        if not self._happens("vie_passeport_immersion"):
            return
        day, by = review.effet, review.acteur
        shown = {"genre": "competence", "libelle": "Ce que l'immersion a montré"}
        number = self._act(day, "passeport.ajouter", {**shown, "immersion": IMMERSION}, by)
        level = {"niveau": self.tirage.choice(("decouverte", "pratique", "autonomie"))}
        said = {**_of(number), **self._vouched(), **self._code(), **level}
        self._act(day, "passeport.confirmer", said, by)
        self.elements.append(_Element(number, [(day, "confirme")]))
        self._montre = (day, by == professionnel(self.vie.rang) and habilite(self.vie.rang))

    def _share(self) -> None:
        day = self.tirage.choice(self._days())
        held = [
            one.acte
            for one in self.elements
            if (state := one.etat(day)) is not None and state[0] in ("declare", "confirme")
        ]
        if not held:
            return
        last = day + timedelta(days=self.tirage.between(hypotheses.span("vie_passeport_jours")))
        said = {
            "id": PARTAGE,
            "destinataire": hypotheses.text("vie_passeport_destinataire"),
            "finalite": self.tirage.choice(("candidature", "entretien", "formation")),
            "fin": last.isoformat(),
            "elements": [{"acte": one, "champ": "id"} for one in held],
            "champs": ["niveau", "garants"],
        }
        self._act(day, "passeport.partager", said)
        self._partage = [(day, "ouvert"), (last + timedelta(days=1), "echu")]
        if self._happens("vie_passeport_remise"):
            self._act(day, "passeport.remettre", {"partage": PARTAGE, "forme": "json"})
        days = [one for one in self._days(day) if one <= last]
        if self._happens("vie_passeport_cesse"):
            ends = self.tirage.choice(days)
            self._act(ends, "passeport.cesser", {"id": PARTAGE})
            self._partage = [(day, "ouvert"), (ends, "cesse")]


def _of(number: str) -> dict[str, Any]:
    return {"id": {"acte": number, "champ": "id"}}
