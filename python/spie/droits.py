"""Views of dossiers for somebody: what a role may see for a purpose, and what was held back and why.

>>> acces = spie.droits.Acces.memory()
>>> guichet = spie.droits.Guichet(store, acces, pack)
>>> demande = spie.droits.Demande("professionnel:p1", "pilotage", ["pilote"])
>>> vue = guichet.voir(demande, "personne:aline", au=date(2022, 4, 1))
>>> vue.situation.valeur("adresse.commune") is None, vue.retenues[0].objet
(True, 'etat_civil')

Each call writes one entry in the journal of accesses, refused ones too. What is masked cannot be
known from what is shown; `connu` is a day or an instant. docs/droits.md says what the rules are.
What changes a dossier is asked for first, and done by the store:

    guichet.autoriser(demande, "corriger", [store.evenement("e-3")])
    store.corriger("e-3", {"commune": "Melun"}, auteur=demande.acteur)
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from spie import _core, bundled
from spie.actes import ActeFait
from spie.dossier import (
    Connu,
    Difference,
    Differences,
    Evenement,
    Historique,
    Parole,
    Situation,
    Tete,
)
from spie.errors import Diagnostic, UsageError
from spie.given import Named, day, nested
from spie.handle import Handle, Here, engine
from spie.notebook import page
from spie.pack import Pack, PackResult
from spie.records.parcours import (
    Agenda,
    Carnet,
    DiagnosticPartage,
    EtatRelais,
    FeuilleDeRoute,
    Parcours,
    Participation,
    Questions,
)
from spie.records.passeport import Passeport, Propositions
from spie.store import KeysOrPath, Store, clock, instant_text, known_text, last_instant, read_keys
from spie.tables import Tabular
from spie.words import clair, instances
from spie.words.codes import Said


def acces_path(store: str | Path) -> Path:
    """The journal of accesses that goes with a store: "dossiers.db-acces"."""
    return Path(_core.acces_path(os.fspath(store)))


@dataclass(frozen=True)
class Demande:
    """Who asks, for what, in which of his roles (the first that may, by default), and when."""

    acteur: str
    finalite: str
    roles: Sequence[str] = ()
    structure: str = ""
    role: str | None = None
    instant: datetime | None = None

    def _raw(self) -> dict[str, Any]:
        return {
            "acteur": self.acteur,
            "structure": self.structure,
            "roles": list(self.roles),
            "finalite": self.finalite,
            "instant": instant_text(self.instant, "instant"),
            "role": self.role,
        }


@dataclass(frozen=True)
class Retenue:
    """What was held back: a family of facts, how it is shown, and why."""

    objet: str
    titre: str
    traitement: str
    motif: str
    texte: str


@dataclass(frozen=True)
class Vue(Said):
    """What is shown, and `raw`, all of it under the keys of the JSON."""

    role: str
    retenues: tuple[Retenue, ...]
    raw: dict[str, Any] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        return self.raw


@dataclass(frozen=True)
class VueSituation(Vue, Tabular):
    """A situation as somebody may see it; the table of its facts too."""

    situation: Situation

    def to_arrow(self) -> Any:
        """A row for each fact that is shown, as a pyarrow.Table."""
        return self.situation.to_arrow()

    def _repr_html_(self) -> str:
        return self.situation._repr_html_()


@dataclass(frozen=True)
class VueHistorique(Vue, Tabular):
    """What somebody may see of all that was said of a fact; a table too."""

    paroles: tuple[Parole, ...]

    def to_arrow(self) -> Any:
        """A row for each thing that is shown, as a pyarrow.Table."""
        return Historique(self.paroles).to_arrow()

    def _repr_html_(self) -> str:
        return Historique(self.paroles)._repr_html_()


@dataclass(frozen=True)
class VueDifferences(Vue, Tabular):
    """What somebody may see of what changed; a table too."""

    differences: tuple[Difference, ...]

    def to_arrow(self) -> Any:
        """A row for each fact that is shown, as a pyarrow.Table."""
        return Differences(self.differences).to_arrow()

    def _repr_html_(self) -> str:
        return Differences(self.differences)._repr_html_()


@dataclass(frozen=True)
class VueResultat(Vue):
    resultat: PackResult

    def _repr_html_(self) -> str:
        return self.resultat._repr_html_()


@dataclass(frozen=True)
class VueQuestions(Vue):
    """What is known of a person, what to ask, and what not to ask again."""

    questions: Questions


@dataclass(frozen=True)
class VueDiagnostic(Vue):
    """The shared diagnostic on a day: computed, never stored."""

    diagnostic: DiagnosticPartage

    def to_html(self) -> str:
        """Its synthesis, as a page."""
        return page("diagnostic.html.j2", lu=self.diagnostic, dit=self.libelle)

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class VueFeuilleDeRoute(Vue):
    """The road map."""

    feuille: FeuilleDeRoute

    def to_html(self) -> str:
        """The page for the person."""
        return page(
            "feuille_de_route.html.j2",
            feuille=self.feuille, dit=self.libelle, sigles=clair.Sigles(),
        )  # fmt: skip

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class VueCarnet(Vue):
    """The logbook: where the person is, what comes next, who helps, what she achieved and chose."""

    carnet: Carnet

    def to_html(self, *, pour: str = "personne") -> str:
        """The page, for the person or for a "professionnel"."""
        return page(
            "carnet.html.j2", carnet=self.carnet, dit=self.libelle, pour=pour, sigles=clair.Sigles()
        )

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class VuePasseport(Vue):
    """The passport of skills: each item, who vouches for it and how, its history, what is shared."""

    passeport: Passeport

    def to_html(self, *, pour: str = "personne") -> str:
        """The page, for the person or for a "professionnel"."""
        return page("passeport.html.j2", passeport=self.passeport, dit=self.libelle, pour=pour)

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class VuePropositions(Vue):
    """What the diagnostic and the dossier propose for the passport: she keeps or refuses each."""

    propositions: Propositions


@dataclass(frozen=True)
class VueParcours(Vue):
    """The path: entries and exits, how the person is accompanied and by whom, steps, pauses, jobs."""

    parcours: Parcours


@dataclass(frozen=True)
class Perte:
    """A fact that the format cannot carry, and why, in French."""

    chemin: str
    motif: str


@dataclass(frozen=True)
class Partage:
    """A dossier written for somebody else; `document` is what to hand over."""

    format: str
    version: str
    document: Any
    pertes: tuple[Perte, ...]
    acte: str
    """Guichet.annuler takes it, when the document was not handed over after all."""
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Partage:
        lost = tuple(Perte(one["chemin"], one["motif"]) for one in raw["pertes"])
        return cls(raw["format"], raw["version"], raw["document"], lost, raw["acte"], raw)

    def to_dict(self) -> dict[str, Any]:
        return dict(self.raw)


@dataclass(frozen=True)
class VueAgenda(Said):
    """A session of an instance, as somebody may see it: its cases, and whom it convenes."""

    agenda: Agenda

    def to_dict(self) -> dict[str, Any]:
        return self.agenda.to_dict()

    def to_html(self) -> str:
        """The page of the session."""
        said = {
            "ETAPES": instances.ETAPES,
            "ETATS": instances.ETATS,
            "CONVOQUES": instances.CONVOQUES,
            "quorum": instances.quorum,
        }
        return page("agenda.html.j2", agenda=self.agenda, dit=self.libelle, **said)

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class AccesPersonne(Said):
    """All that is held on a person, who said it and who looked; `raw` has the keys of the JSON."""

    raw: dict[str, Any] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        return self.raw

    def to_html(self) -> str:
        """The page that is given to her."""
        return page("acces.html.j2", acces=self.raw, du_pack=self.words)

    def _repr_html_(self) -> str:
        return self.to_html()


@dataclass(frozen=True)
class Inscrit:
    """A person in a list: what the actor sees in clear of her names, her birth, who follows her."""

    dossier: str
    nom: str
    prenom: str
    date_naissance: date | None
    referents: tuple[dict[str, str], ...]
    """Each with "role", "professionnel" and "structure"; empty where that is not seen."""
    raw: dict[str, Any] = field(repr=False, compare=False)

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Inscrit:
        born = raw["date_naissance"]
        return cls(
            raw["dossier"],
            raw["nom"],
            raw["prenom"],
            date.fromisoformat(born) if isinstance(born, str) else born,
            tuple(raw["referents"]),
            raw,
        )

    def to_dict(self) -> dict[str, Any]:
        return self.raw


@dataclass(frozen=True)
class Liste:
    """A page of persons; `total` counts those whom the actor may see, and no other."""

    page: int
    pages: int
    total: int
    dossiers: tuple[Inscrit, ...]
    raw: dict[str, Any] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        return self.raw


@dataclass(frozen=True)
class Paire:
    """Two dossiers that may be of one person; `garde` is the one that was recorded first."""

    garde: Inscrit
    absorbe: Inscrit
    raisons: tuple[str, ...]
    raw: dict[str, Any] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        return self.raw


def _shown(raw: dict[str, Any]) -> tuple[str, tuple[Retenue, ...], dict[str, Any]]:
    keys = ("objet", "titre", "traitement", "motif", "texte")
    retenues = tuple(Retenue(*(one[key] for key in keys)) for one in raw["retenues"])
    return raw["role"], retenues, raw


def _recorded(role: str, record: Any, held: list[dict[str, Any]]) -> tuple[Any, ...]:
    """Role, what was held back, the JSON and the record of what is computed for somebody."""
    raw = {"role": role or None, **record.to_dict(), "retenues": held}
    return (*_shown(raw), record)


def _situation(raw: dict[str, Any]) -> VueSituation:
    return VueSituation(*_shown(raw), Situation(raw["situation"], raw.pop("valeurs")))


def _target(one: str | Mapping[str, Any] | Evenement) -> dict[str, Any]:
    if isinstance(one, str):
        return {"sujets": [one]}
    event = one.raw if isinstance(one, Evenement) else one
    keys = ("sujets", "type", "corrige", "auteur", "enregistre")
    return {key: event[key] for key in keys if event.get(key) is not None}


class Acces(Handle[_core.Acces]):
    """The journal of who asked to see what.

    `entries` and `about` read it for a program, and note nothing: Guichet.consultations is for
    somebody who asks."""

    @classmethod
    def memory(cls, *, maintenant: datetime | None = None) -> Acces:
        """An instant of asking more than a day after `maintenant`, by default the system's clock, is
        refused (E004)."""
        return cls(_core.Acces.memory(clock(maintenant)))

    @classmethod
    def create(
        cls, path: str | Path, keys: KeysOrPath, *, busy_ms: int = 10_000,
        maintenant: datetime | None = None,
    ) -> Acces:  # fmt: skip
        """A new file, with the keys of the store, for its owner alone."""
        given = (busy_ms, clock(maintenant))
        return cls(_core.Acces.create(os.fspath(path), read_keys(keys), *given))

    @classmethod
    def open(
        cls, path: str | Path, keys: KeysOrPath, *, busy_ms: int = 10_000,
        maintenant: datetime | None = None,
    ) -> Acces:  # fmt: skip
        given = (busy_ms, clock(maintenant))
        return cls(_core.Acces.open(os.fspath(path), read_keys(keys), *given))

    def entries(self) -> list[dict[str, Any]]:
        return self._core.entries()

    def about(self, dossier: str) -> list[dict[str, Any]]:
        """The entries that name a dossier."""
        return self._core.about(dossier)

    def purger(self, before: datetime) -> int:
        """Takes away the entries before that instant; how many."""
        return self._core.purger(instant_text(before, "before"))

    def purger_selon(self, pack: Pack, *, au: date) -> int:
        """Takes away the entries that the pack keeps no longer on that day; how many."""
        return self._core.purger_selon(au, engine(pack))

    def verify(
        self, head: str | Tete | None = None, *, store: Store | None = None
    ) -> dict[str, Any]:
        """Reads the chain; without a head, a tail that was cut off cannot be seen. With a store,
        "place" says whether this journal is the one that it knows: connu, premier (it knows none),
        autre, nouveau (begun after, in its place)."""
        link = head.maillon if isinstance(head, Tete) else head
        return self._core.verify(link, None if store is None else engine(store))

    @property
    def identite(self) -> str:
        """Drawn when the journal is made; the store keeps it. Empty in memory."""
        return self._core.identity()

    def dernier_instant(self) -> datetime | None:
        """That of the last entry: nobody asks before it."""
        return last_instant(self._core.last_instant())

    def reprendre_horloge(
        self, *, auteur: str, motif: str, at: datetime | None = None
    ) -> dict[str, Any]:
        """As Store.reprendre_horloge, by an entry "horloge"."""
        return self._core.mend_clock(auteur, instant_text(at), motif)


class Guichet(Said, Here):
    """Where somebody asks: a store, the journal of accesses, and the rules of a pack.

    >>> acces = spie.droits.Acces.memory()
    >>> guichet = spie.droits.Guichet(store, acces, pack)
    >>> elle = spie.droits.Demande("personne:aline", "droit_acces", ["personne"])
    >>> guichet.voir(elle, "personne:aline", au=date(2022, 4, 1)).situation.valeur("adresse.commune")
    'Nangis'
    """

    _instead = "its store is open in this process; pass what it shows"

    def __init__(self, store: Store, acces: Acces, pack: Pack) -> None:
        self._core = _core.Guichet(engine(store), engine(acces), engine(pack))
        self.store = store
        self.said_as(pack)

    def voir(
        self, demande: Demande, personne: str, *, au: date, connu: Connu = None
    ) -> VueSituation:
        raw = self._core.view(demande._raw(), personne, au, known_text(connu))
        return _situation(raw).said_as(self)

    def historique(
        self, demande: Demande, personne: str, chemin: str, *, connu: Connu = None
    ) -> VueHistorique:
        raw = self._core.history(demande._raw(), personne, chemin, known_text(connu))
        said = tuple(Parole.of(one) for one in raw["historique"])
        return VueHistorique(*_shown(raw), said).said_as(self)

    def comparer(
        self,
        demande: Demande,
        personne: str,
        avant: date,
        apres: date,
        *,
        connu_avant: Connu = None,
        connu_apres: Connu = None,
    ) -> VueDifferences:
        raw = self._core.compare(
            demande._raw(),
            personne,
            avant,
            known_text(connu_avant, "connu_avant"),
            apres,
            known_text(connu_apres, "connu_apres"),
        )
        found = tuple(Difference.of(one) for one in raw["differences"])
        return VueDifferences(*_shown(raw), found).said_as(self)

    def rechercher(
        self, demande: Demande, nom: str, *, au: date, limite: int = 50
    ) -> list[VueSituation]:
        """By the beginning of a surname: those whose names may be seen, and no trace of others.

        RightsError (R002) when the pack shows no name to this role for this purpose."""
        found = self._core.search(demande._raw(), nom, au, limite)
        return [_situation(one).said_as(self) for one in found]

    def doublons(self, demande: Demande, personne: str) -> list[dict[str, Any]]:
        """Dossiers that may be of the same person, with the reasons."""
        return self._core.duplicates(demande._raw(), personne)

    def doublons_proposes(self, demande: Demande) -> list[Paire]:
        """All pairs that were proposed and are two dossiers still: both names must be seen."""
        return [
            Paire(Inscrit.of(one["garde"]), Inscrit.of(one["absorbe"]), tuple(one["raisons"]), one)
            for one in self._core.duplicates(demande._raw(), None)
        ]

    def lister(self, demande: Demande, *, structure: str | None = None, page: int = 1) -> Liste:
        """Those whose names the actor sees, fifty a page, by name; those alone that professionals
        of a structure follow, as far as he sees it, when it is named."""
        if page < 1:
            raise UsageError(
                Diagnostic("A001", "error", "Pages count from 1.", "page", "Ask for page 1.")
            )
        raw = self._core.listed(demande._raw(), structure, page)
        return Liste(
            int(raw["page"]),
            int(raw["pages"]),
            int(raw["total"]),
            tuple(Inscrit.of(one) for one in raw["dossiers"]),
            raw,
        )

    def nommer(self, demande: Demande, personnes: Sequence[str]) -> list[Inscrit]:
        """Of these persons, those whose names he sees."""
        return [Inscrit.of(one) for one in self._core.names(demande._raw(), list(personnes))]

    def acces(self, demande: Demande, personne: str, *, au: date) -> AccesPersonne:
        """The right of access: all that is held on the person, asked for by her or for her."""
        return AccesPersonne(self._core.access(demande._raw(), personne, au)).said_as(self)

    def consultations(self, demande: Demande, personne: str | None = None) -> list[dict[str, Any]]:
        """Who asked to see a dossier; everybody's entries without one, which no tie allows."""
        return self._core.consultations(demande._raw(), personne)

    def autoriser(
        self,
        demande: Demande,
        acte: str,
        cibles: Iterable[str | Mapping[str, Any] | Evenement],
    ) -> str:
        """Whether the pack allows an act on all of these; gives the role that plays.

        A target is a dossier, or an event recorded or to be recorded. RightsError (R002) when it
        does not. The act is then the caller's: the methods of Store check nothing.
        """
        targets = [_target(one) for one in cibles]
        return self._core.permit(demande._raw(), acte, _core.write_json(targets))

    def agir(
        self,
        demande: Demande,
        acte: str,
        sujet: str,
        *,
        effet: date,
        contenu: Mapping[str, Any] | None = None,
        lu: datetime | None = None,
        numero: str | None = None,
    ) -> ActeFait:
        """Does an act of the path ("relais.demander": spie.actes.transitions()), all of it or nothing.

        `contenu` has the fields of the event without its step (docs/schemas), `lu` is when what it
        answers was read, `numero` the caller's own id for the act, which is not done twice
        (DossierError, E006). RightsError (R002) without the right; PathError when the dossier is not
        where the act begins (Q002), or while a condition of the pack is not fulfilled (Q003);
        DossierError (E003) when it moved since `lu`."""
        asked: dict[str, Any] = {
            "acte": acte,
            "sujet": sujet,
            "effet": str(day(effet, "effet")),
            "contenu": dict(contenu or {}),
        }
        if lu is not None:
            asked["lu"] = instant_text(lu, "lu")
        if numero is not None:
            asked["numero"] = numero
        return ActeFait.of(self._core.act(demande._raw(), _core.write_json(asked)))

    def annuler(self, demande: Demande, acte: str) -> ActeFait:
        """Retracts the events of an act, all of them; who did it may, and who may `corriger`.

        PathError (Q002) when a later act rests on it; DossierError (E005) when there is none that
        he may undo."""
        return ActeFait.of(self._core.undo(demande._raw(), acte))

    def relais(self, demande: Demande, personne: str) -> tuple[EtatRelais, ...]:
        """Where the relays of a person stand, those that the actor sees: what is missing, and who
        can give it."""
        return self._core.relays(demande._raw(), personne)

    def questions(
        self, demande: Demande, personne: str, *, au: date, connu: Connu = None
    ) -> VueQuestions:
        """What is known of the person, what to ask, and what not to ask again, by the questionnaire of
        the pack. PackError (P011) when it has none."""
        found = self._core.questions(demande._raw(), personne, au, known_text(connu))
        return VueQuestions(*_recorded(*found)).said_as(self)

    def diagnostic(
        self,
        demande: Demande,
        personne: str,
        *,
        au: date,
        connu: Connu = None,
        mediane: int | None = None,
    ) -> VueDiagnostic:
        """The shared diagnostic, from what the actor sees in clear alone.

        `mediane` is the département's, which the output `equite` stands beside
        (spie.parcours.delai_median)."""
        found = self._core.diagnostic(demande._raw(), personne, au, known_text(connu), mediane)
        return VueDiagnostic(*_recorded(*found)).said_as(self)

    def feuille_de_route(
        self, demande: Demande, personne: str, *, au: date, connu: Connu = None
    ) -> VueFeuilleDeRoute:
        """The road map: what the person chose, who does what by when, what was done since."""
        found = self._core.road_map(demande._raw(), personne, au, known_text(connu))
        return VueFeuilleDeRoute(*_recorded(*found)).said_as(self)

    def carnet(self, demande: Demande, personne: str, *, au: date) -> VueCarnet:
        """The logbook of a person on a day, as the actor may see it, and what he may do."""
        made, held = self._core.logbook(demande._raw(), personne, au)
        return VueCarnet(*_recorded(made.role or "", made, held)).said_as(self)

    def passeport(self, demande: Demande, personne: str, *, au: date) -> VuePasseport:
        """The passport of skills of a person on a day, as the actor may see it."""
        made, held = self._core.passport(demande._raw(), personne, au)
        return VuePasseport(*_recorded(made.role or "", made, held)).said_as(self)

    def propositions_passeport(
        self, demande: Demande, personne: str, *, au: date
    ) -> VuePropositions:
        """What she may add to it, each with its reason, and what she answered.

        Keeping one is the act "passeport.ajouter" with its id under "proposition"; refusing it,
        "passeport.refuser"."""
        made, held = self._core.passport_proposals(demande._raw(), personne, au)
        return VuePropositions(*_recorded(made.role or "", made, held)).said_as(self)

    def parcours(self, demande: Demande, personne: str, *, au: date) -> VueParcours:
        """The path of a person as of a day, as far as the actor sees it in clear."""
        made, held = self._core.path(demande._raw(), personne, au)
        return VueParcours(*_recorded(made.role or "", made, held)).said_as(self)

    def partager(
        self,
        demande: Demande,
        personne: str,
        format: str,
        destinataire: str,
        *,
        au: date,
        nomenclatures: str | Path | None = None,
    ) -> Partage:
        """Hands the dossier to somebody who reads it elsewhere: what the actor sees in clear, in a
        format of theirs ("france_travail.v1", "france_travail.v4", "carnet", "data_inclusion.v1"),
        and the event `partage` that says so, in one act."""
        lists = os.fspath(nomenclatures or bundled.nomenclatures())
        return Partage.of(
            self._core.share(demande._raw(), personne, format, destinataire, au, lists)
        )

    def agenda(self, demande: Demande, instance: str, session: str | None = None) -> VueAgenda:
        """A session of an instance, and whom it convenes and why; the next one, without a session.

        Who is convened sees the cases that concern him, and nothing that would count, place or name
        another one. DossierError (E005) for an instance or a session that is not there."""
        return VueAgenda(self._core.agenda(demande._raw(), instance, session or "")).said_as(self)

    def participation(
        self, demande: Demande, *, du: date, au: date, instance: str | None = None
    ) -> Participation:
        """What the convention counts of the sessions held and of the decisions taken over a period
        (S:1714-1728), of every instance without one; None where a small count is not told.
        RightsError (R002) without the right "compter_instances"."""
        return self._core.participation(demande._raw(), instance, du, au)

    def declasser(
        self, demande: Demande, personne: str, evenement: str, champ: str, *, motif: str = ""
    ) -> str:
        """Declassifies one free text, which the actor has read: that of an event, in a field.

        Gives the id of the declassification, which Store.retirer withdraws; a correction of the
        text makes it sensitive again."""
        return self._core.declassify(demande._raw(), personne, evenement, champ, motif)

    def expliquer(
        self,
        demande: Demande,
        personne: str,
        pack: Pack,
        resultat: PackResult | str,
        origines: Mapping[str, Sequence[str]] | None = None,
        *,
        au: date | None = None,
        faits: Named | None = None,
    ) -> VueResultat:
        """What a pack decides on the dossier, without what stands on facts held back.

        `resultat` is the name of a decision: it is taken on the day `au` by the pack's own map of
        facts, as far as is known when it is asked; `faits` are the caller's, before those of the
        dossier. Or it is a result, and `origines` says which facts of the dossier a fact of the pack
        was made from: {"freins": ["frein"], "freins.code": ["frein.code"]}. A fact whose origin is
        not told is held back, and so is everything when the result has no trace. What stands on
        facts held back has no value, and its status, missing facts and errors say nothing: `statut`
        is None in `to_dict()`.
        """
        if isinstance(resultat, str):
            if au is None:
                raise UsageError(
                    Diagnostic("A001", "error", "A decision is taken on a day.", "au", "Give `au`.")
                )
            given = (engine(pack), resultat, au, nested(faits, "faits"))
            raw, left = self._core.decide(demande._raw(), personne, *given)
        else:
            raw, left = self._core.explain(
                demande._raw(),
                personne,
                engine(pack),
                resultat,
                list((origines or {}).items()),
            )
        return VueResultat(*_shown(raw), left.said_as(pack))
