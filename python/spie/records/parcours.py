"""The records of spie.parcours. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class MotifImmersion(Record):
    """A rule of the law that the convention breaks."""

    _table: ClassVar[str] = "parcours.MotifImmersion"
    regle: str
    """"duree", "renouvellement", "nombre", "objets", "total_jours", "objet", "prescripteur" or "usage"."""
    article: str
    """Its id in the pack."""
    texte: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class ExamenImmersion(Record):
    """What the law says of a planned immersion, beside those that were signed before."""

    _table: ClassVar[str] = "parcours.ExamenImmersion"
    verdict: str
    """"conforme", "non_conforme" or "indetermine"."""
    motifs: tuple[MotifImmersion, ...]
    """They stand whatever is unknown; every rule is judged."""
    manquants: tuple[str, ...]
    """What could change the verdict: "precedentes[2].structure"."""
    a_completer: tuple[str, ...]
    """What article D5135-2 asks and the draft lacks; never the verdict."""


@dataclass(frozen=True, slots=True, repr=False)
class ConditionRelais(Record):
    """A condition that a relay must fulfil to be effective."""

    _table: ClassVar[str] = "parcours.ConditionRelais"
    code: str
    """In donnees/relais.json of the pack."""
    libelle: str
    """In French."""
    etat: str
    """"rempli", "non_rempli", "inconnu" (which holds the relay up), "dispense", or "reserve": it rests on facts that the actor does not see."""
    qui: str
    """Who can give it, in French."""
    source: str
    """Where the condition comes from."""


@dataclass(frozen=True, slots=True, repr=False)
class ReorientationLue(Record):
    """A reorientation that an instance decided."""

    _table: ClassVar[str] = "parcours.ReorientationLue"
    autorite: str
    """Who decides it by the law."""
    article: str
    """By which article."""
    notifie_le: dt.date | None
    """When the person was told."""
    date: dt.date | None
    """Of the decision."""


@dataclass(frozen=True, slots=True, repr=False)
class EtatRelais(Record):
    """Where a relay stands."""

    _table: ClassVar[str] = "parcours.EtatRelais"
    relais: str
    """Its id; null for who does not see the whole of it."""
    etape: str
    """Its last step."""
    objet: str
    """What changes hands."""
    role: str
    """"referent_unique" or "coordinateur"."""
    de: str
    """Who hands over."""
    vers: str
    """Who is asked to take over."""
    motif: str
    """Its reason, a code of the pack."""
    depuis: dt.date | None
    """The day of that step."""
    conditions: tuple[ConditionRelais, ...]
    """Of a relay that is under way."""
    possible: bool
    """Each condition is fulfilled or waived, and none is reserved."""
    accord: str
    """Her word: "oui" or "non", beside whatever was decided."""
    accord_recueilli: str
    """How it was received."""
    dispenses: tuple[str, ...]
    """Conditions that it was waived, once it is effective."""
    reorientation: ReorientationLue | None
    """Decided without her agreement; null without one."""


@dataclass(frozen=True, slots=True, repr=False)
class LigneCarnet(Record):
    """One thing of a logbook."""

    _table: ClassVar[str] = "parcours.LigneCarnet"
    genre: str
    """The type of the event: "rendez_vous", "action"."""
    libelle: str
    """Its own words."""
    code: str
    """What it is about: a code of the pack or of a source."""
    etape: str
    """Its last step."""
    date: dt.date | None
    """When it was, or will be; null when nobody said."""
    lieu: str
    """Where."""
    qui: str
    """With whom: a professional, a structure, an instance."""
    nom: str
    """Of `qui`, as the journal knows it."""
    numero: str
    """Its key, to answer it."""


@dataclass(frozen=True, slots=True, repr=False)
class ActePossible(Record):
    """An act that who reads the logbook may do now."""

    _table: ClassVar[str] = "parcours.ActePossible"
    acte: str
    """Its name: Guichet.agir takes it."""
    titre: str
    """In French."""
    sur: tuple[str, ...]
    """The keys of what it may be done to; empty for something new."""


@dataclass(frozen=True, slots=True, repr=False)
class Carnet(Record):
    """The logbook of a person, as who reads it may see it. Its JSON also has `retenues`."""

    _table: ClassVar[str] = "parcours.Carnet"
    personne: str
    """Her dossier."""
    au: dt.date
    """The day that it is of."""
    role: str
    """Of who reads; null when no tie holds."""
    situation: tuple[LigneCarnet, ...]
    """Where she is: entry, accompaniment, steps, pauses, relays under way."""
    a_venir: tuple[LigneCarnet, ...]
    """What comes next, the nearest first."""
    intervenants: tuple[LigneCarnet, ...]
    """Who helps her."""
    acquis: tuple[LigneCarnet, ...]
    """What she has achieved, the latest first."""
    choix: tuple[LigneCarnet, ...]
    """What was proposed, what she chose and refused, her objectives, her consents."""
    actes: tuple[ActePossible, ...]
    """What she, or who reads, may do now."""


@dataclass(frozen=True, slots=True, repr=False)
class Episode(Record):
    """From an entry to the first exit after it."""

    _table: ClassVar[str] = "parcours.Episode"
    entree: dt.date
    sortie: dt.date | None
    """None while it goes on."""
    motif: str
    """Of the exit: a code of the pack or of a source."""


@dataclass(frozen=True, slots=True, repr=False)
class Accompagnement(Record):
    """How the person is accompanied, from a day on."""

    _table: ClassVar[str] = "parcours.Accompagnement"
    depuis: dt.date
    jusqu_au: dt.date | None
    """The eve of the next one; None for that in force."""
    modalite: str
    """"individuel" or "collectif"."""
    dispositif: str
    """A code."""
    structure: str
    motif: str
    """Why it changed: a code."""


@dataclass(frozen=True, slots=True, repr=False)
class Etape(Record):
    """A step of the path."""

    _table: ClassVar[str] = "parcours.Etape"
    libelle: str
    """Its own words."""
    module: str
    """A code of the pack."""
    ouverte: dt.date
    close: dt.date | None
    """None while it is open."""


@dataclass(frozen=True, slots=True, repr=False)
class Pause(Record):
    """A pause: it stops the delays of the project, none of the law."""

    _table: ClassVar[str] = "parcours.Pause"
    debut: dt.date
    reprise: dt.date | None
    """None while it goes on."""
    reprise_prevue: dt.date | None
    motif: str
    """A code."""


@dataclass(frozen=True, slots=True, repr=False)
class Meneur(Record):
    """Who leads the path: a naming in force."""

    _table: ClassVar[str] = "parcours.Meneur"
    role: str
    """"referent_unique", "coordinateur" or "conseiller"."""
    professionnel: str
    structure: str
    source: str
    """Who says it."""
    depuis: dt.date


@dataclass(frozen=True, slots=True, repr=False)
class Suivi(Record):
    """The follow-up of a job."""

    _table: ClassVar[str] = "parcours.Suivi"
    emploi: dt.date
    """Its first day of work."""
    fin: dt.date | None
    """The last day of the follow-up, by the pack."""
    perdu: dt.date | None
    """When the job was lost, which ended it."""
    en_cours: bool


@dataclass(frozen=True, slots=True, repr=False)
class Parcours(Record):
    """The path of a person, as who asks may see it. Its JSON also has `retenues`."""

    _table: ClassVar[str] = "parcours.Parcours"
    personne: str
    """Her dossier."""
    au: dt.date
    """The day that it is of."""
    role: str
    """Of who asks; null when no tie holds."""
    etat: str
    """"pas_entre" (no entry is seen), "en_cours", "en_pause" or "sorti"."""
    episodes: tuple[Episode, ...]
    """One after the other."""
    accompagnements: tuple[Accompagnement, ...]
    """One after the other; the last is in force."""
    etapes: tuple[Etape, ...]
    pauses: tuple[Pause, ...]
    meneurs: tuple[Meneur, ...]
    """Namings in force on that day."""
    conflits: tuple[str, ...]
    """Roles that two different professionals hold on that day."""
    suivis: tuple[Suivi, ...]
    """Of each job found."""


@dataclass(frozen=True, slots=True, repr=False)
class QuestionPosee(Record):
    """A question of the diagnostic, and where it stands for somebody."""

    _table: ClassVar[str] = "parcours.QuestionPosee"
    question: str
    """Its code in the questionnaire of the pack."""
    rubrique: str
    texte: str
    """In French."""
    genre: str
    """"oui_non", "code", "codes" or "texte"."""
    valeurs: dict[str, str]
    """The codes that it takes, and how they are said."""
    sert: tuple[str, ...]
    """The decisions, then the documents, that the answer serves."""
    motif: str
    """Why it stands in its list, in French."""
    reponse: str
    """The newest answer, in French; None without one, or when it is not shown."""
    source: str
    """Who says it."""
    auteur: str
    """Who recorded it."""
    evenement: str
    le: dt.date | None
    """Of the answer: its effect, or when its source says it asked."""
    revoir_le: dt.date | None
    """The last day on which the answer is fresh."""
    proposition: str
    """The code of the answer that a later event proposes (the outcome of an immersion); None without one."""


@dataclass(frozen=True, slots=True, repr=False)
class Questions(Record):
    """What is known of somebody, what to ask, and what not to ask again."""

    _table: ClassVar[str] = "parcours.Questions"
    au: dt.date
    """The day."""
    trame: str
    """The questionnaire and its version."""
    connues: tuple[QuestionPosee, ...]
    a_revoir: tuple[QuestionPosee, ...]
    """The answer is older than its freshness, or what came since opened it again."""
    a_demander: tuple[QuestionPosee, ...]
    """Nobody answered, or she did not know."""
    a_ne_pas_reposer: tuple[QuestionPosee, ...]
    """She does not wish to answer, until she speaks of it again."""
    sans_objet: tuple[QuestionPosee, ...]
    """No answer would change what is decided, and no document needs one."""
    reservees: tuple[QuestionPosee, ...]
    """The role may not see the answers: the same list, answered or not."""


@dataclass(frozen=True, slots=True, repr=False)
class Signe(Record):
    """An answer that says something, with where it comes from."""

    _table: ClassVar[str] = "parcours.Signe"
    question: str
    texte: str
    """In French."""
    reponse: str
    """In French."""
    source: str
    evenement: str
    le: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class FreinLu(Record):
    """A barrier as the reading grid sees it."""

    _table: ClassVar[str] = "parcours.FreinLu"
    code: str
    """Of classes_freins."""
    libelle: str
    classe: str
    """"social" or "professionnel"."""
    present: bool | None
    """None: unknown, never no."""
    gravite: str
    """"fort", "moyen", "faible", "aucune"; None when it is not known."""
    signes: tuple[Signe, ...]
    """The answers that say it."""
    contredit: bool
    """She says that it is no obstacle, and these answers say one."""
    retenu: str
    """What the dossier holds: an answer; None when it holds nothing."""
    source: str
    """Who says so."""
    thematiques: tuple[str, ...]
    """Of data·inclusion, under which an offer is found."""


@dataclass(frozen=True, slots=True, repr=False)
class BesoinsLus(Record):
    """The barriers that are there, the gravest first, and those of which nothing is known."""

    _table: ClassVar[str] = "parcours.BesoinsLus"
    sociaux: tuple[str, ...]
    professionnels: tuple[str, ...]
    inconnus: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class TensionLue(Record):
    """Fit with jobs in tension."""

    _table: ClassVar[str] = "parcours.TensionLue"
    conclusion: str
    """"a_proposer", "plus_tard", "non", "inconnu" (the pack lists no job); None when facts are missing."""
    metiers: tuple[str, ...]
    """Those she seeks that are in the list."""
    immersion: bool
    """A PMSMP may come first."""


@dataclass(frozen=True, slots=True, repr=False)
class ActionProposee(Record):
    """What the grid proposes for a barrier: she chooses."""

    _table: ClassVar[str] = "parcours.ActionProposee"
    frein: str
    gravite: str
    code: str
    libelle: str


@dataclass(frozen=True, slots=True, repr=False)
class PasAction(Record):
    """A step of an action."""

    _table: ClassVar[str] = "parcours.PasAction"
    etape: str
    source: str
    le: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class ActionSuivie(Record):
    """An action of the dossier."""

    _table: ClassVar[str] = "parcours.ActionSuivie"
    id: str
    libelle: str
    frein: str
    """Its theme."""
    etape: str
    motif: str
    """Of a refusal, or of the end."""
    responsable: str
    """Who carries it forward."""
    structure: str
    echeance: dt.date | None
    etapes: tuple[PasAction, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ObjectifSuivi(Record):
    """An objective of the dossier."""

    _table: ClassVar[str] = "parcours.ObjectifSuivi"
    id: str
    libelle: str
    frein: str
    etat: str
    le: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class ActionsPrioritaires(Record):
    """What to propose, and what she chose."""

    _table: ClassVar[str] = "parcours.ActionsPrioritaires"
    a_proposer: tuple[ActionProposee, ...]
    """The gravest first; neither refused nor under way."""
    choisies: tuple[ActionSuivie, ...]
    """Chosen, prescribed or begun."""


@dataclass(frozen=True, slots=True, repr=False)
class RessourceLue(Record):
    """What somebody may lean on."""

    _table: ClassVar[str] = "parcours.RessourceLue"
    code: str
    libelle: str
    retenue: bool
    """A fact of the dossier; else the grid reads it in answers."""


@dataclass(frozen=True, slots=True, repr=False)
class OffreMobilisable(Record):
    """Under which themes an offer answers a barrier."""

    _table: ClassVar[str] = "parcours.OffreMobilisable"
    frein: str
    thematiques: tuple[str, ...]
    """Of data·inclusion."""


@dataclass(frozen=True, slots=True, repr=False)
class RessourcesLues(Record):
    """Her resources, and those that may be mobilised."""

    _table: ClassVar[str] = "parcours.RessourcesLues"
    personne: tuple[RessourceLue, ...]
    mobilisables: tuple[OffreMobilisable, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ChoixLus(Record):
    """Her objectives, what was proposed to her, what she refused."""

    _table: ClassVar[str] = "parcours.ChoixLus"
    objectifs: tuple[ObjectifSuivi, ...]
    proposees: tuple[ActionSuivie, ...]
    refusees: tuple[ActionSuivie, ...]
    """Refused or abandoned, with the reason."""


@dataclass(frozen=True, slots=True, repr=False)
class DroitsLus(Record):
    """The rights appointment, and the risk of not claiming."""

    _table: ClassVar[str] = "parcours.DroitsLus"
    priorite: str
    """"haute", "normale" or "basse", never a refusal; None when the age is not known."""
    moment: str
    """"maintenant", "apres_inflexion" or "apres_diagnostic"."""
    risque: str
    """"fort", "a_verifier" or "aucun"; None when it is not known."""
    signes: tuple[Signe, ...]
    aller_vers: tuple[str, ...]
    """Where to go towards her."""


@dataclass(frozen=True, slots=True, repr=False)
class EquiteLue(Record):
    """What tells whether she is served as others are."""

    _table: ClassVar[str] = "parcours.EquiteLue"
    trame: str
    """Of the last diagnostic."""
    structure: str
    habilitation: str
    """Of who posed it: "habilite" or "sans_habilitation"; None when it is not known."""
    delai: int | None
    """Days from the first trace of her to the first diagnostic."""
    mediane: int | None
    """Of the département; None when it was not given, or is hidden."""


@dataclass(frozen=True, slots=True, repr=False)
class Contradiction(Record):
    """What is to be cleared with her."""

    _table: ClassVar[str] = "parcours.Contradiction"
    code: str
    texte: str
    """In French."""
    reponses: tuple[Signe, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Complement(Record):
    """What may complete the diagnostic."""

    _table: ClassVar[str] = "parcours.Complement"
    code: str
    """"pmsmp", "pix", "eva", "compensation_materielle", "compensation_humaine" or "compensation_organisationnelle"."""
    motif: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class DiagnosticPose(Record):
    """A diagnostic that somebody posed or updated."""

    _table: ClassVar[str] = "parcours.DiagnosticPose"
    id: str
    etape: str
    structure: str
    trame: str
    accord: str
    """Her answer."""
    accord_recueilli: str
    """How it was received."""
    complet: bool | None
    le: dt.date | None


@dataclass(frozen=True, slots=True, repr=False)
class DiagnosticPartage(Record):
    """The shared diagnostic of somebody on a day: computed, never stored."""

    _table: ClassVar[str] = "parcours.DiagnosticPartage"
    dossier: str
    au: dt.date
    trame: str
    """The questionnaire and its version."""
    pack_id: str
    pack_version: str
    pose: DiagnosticPose | None
    """The last one; None when nobody posed any."""
    perime: bool | None
    """None without one."""
    freins: tuple[FreinLu, ...]
    entree: Any
    """The decision of the pack; None when it has none."""
    besoins_sociaux_et_professionnels: BesoinsLus
    potentiel: tuple[Signe, ...]
    """Answers for the passport; no skill is computed here."""
    metiers_en_tension: TensionLue
    actions_prioritaires: ActionsPrioritaires
    ressources: RessourcesLues
    choix: ChoixLus
    droits: DroitsLus
    equite: EquiteLue
    contradictions: tuple[Contradiction, ...]
    complements: tuple[Complement, ...]
    manquants: tuple[str, ...]
    """The facts that would determine more."""


@dataclass(frozen=True, slots=True, repr=False)
class FeuilleDeRoute(Record):
    """The road map: what she chose, who does what by when, what was done since."""

    _table: ClassVar[str] = "parcours.FeuilleDeRoute"
    dossier: str
    au: dt.date
    diagnostic: DiagnosticPose | None
    """The last one; None when nobody posed any."""
    objectifs: tuple[ObjectifSuivi, ...]
    a_faire: tuple[ActionSuivie, ...]
    faites: tuple[ActionSuivie, ...]
    proposees: tuple[ActionSuivie, ...]
    refusees: tuple[ActionSuivie, ...]
    besoins: tuple[str, ...]
    """Labels of the barriers that are there."""
    ressources: tuple[RessourceLue, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SiegeLu(Record):
    """A seat of an instance."""

    _table: ClassVar[str] = "parcours.SiegeLu"
    professionnel: str
    structure: str
    """Whose seat it is."""
    qualite: str
    """"animateur", "titulaire", "suppleant" or "invite"."""
    depuis: dt.date | None
    """Its first day."""


@dataclass(frozen=True, slots=True, repr=False)
class SeanceLue(Record):
    """A session of an instance."""

    _table: ClassVar[str] = "parcours.SeanceLue"
    session: str
    """Its id: its day, and "-2" for a second one."""
    etape: str
    """"fixee", "convoquee", "tenue" or "annulee"."""
    date: dt.date | None
    """Its day."""
    lieu: str
    """Where."""


@dataclass(frozen=True, slots=True, repr=False)
class InstanceLue(Record):
    """An instance, in the census of them."""

    _table: ClassVar[str] = "parcours.InstanceLue"
    instance: str
    nom: str
    genre: str
    """What kind of instance."""
    territoire: str
    label: str
    """The last step of its label: "demande", "accorde", "refuse", "retire"."""
    ad_hoc: bool | None
    """Made for one territory or one case (S:1434-1438); null when nobody said."""
    quorum: int | None
    """Sitting members that it needs; null when its règlement does not say."""
    reglement: str
    """Its règlement intérieur."""
    sieges: tuple[SiegeLu, ...]
    """In force on that day."""
    seances: tuple[SeanceLue, ...]
    """In the order of their days."""


@dataclass(frozen=True, slots=True, repr=False)
class QuorumLu(Record):
    """The quorum of a session."""

    _table: ClassVar[str] = "parcours.QuorumLu"
    etat: str
    """"atteint", "non_atteint" or "inconnu"."""
    requis: int | None
    """By the règlement; null when it does not say."""
    presents: int | None
    """Sitting members who came; null when nobody noted them."""


@dataclass(frozen=True, slots=True, repr=False)
class DecisionLue(Record):
    """What an instance decided of a case."""

    _table: ClassVar[str] = "parcours.DecisionLue"
    nature: str
    """A code of the pack."""
    motif: str
    manque_offre: str
    """What the offer lacks."""
    suite: str
    date: dt.date | None
    """Its day."""
    autorite: str
    """Of a reorientation: who decides it by the law."""
    article: str
    """Of a reorientation: by which article."""
    notifie_le: dt.date | None
    """Of a reorientation: when she was told."""


@dataclass(frozen=True, slots=True, repr=False)
class CasInstance(Record):
    """A case that a session studies, or that waits for one."""

    _table: ClassVar[str] = "parcours.CasInstance"
    personne: str
    """Whose case it is."""
    nom: str
    """Null when it is not seen."""
    prenom: str
    saisine: str
    """Its id, for who organises the instance or sees the whole of it."""
    etape: str
    """"deposee", "inscrite" or "etudiee"."""
    inscrit: bool
    """To this session; else it waits for one of the instance."""
    deposee_le: dt.date | None
    motif: str
    """Why: a code of the pack."""
    question: str
    """What is asked: a free text, null until it is declassified or seen by right."""
    referents: tuple[str, ...]
    """Professionals in force."""
    membres: tuple[str, ...]
    """Members of her path that the referral names."""
    decision: DecisionLue | None
    """Null until there is one."""


@dataclass(frozen=True, slots=True, repr=False)
class Convocation(Record):
    """Somebody whom a session convenes, and why."""

    _table: ClassVar[str] = "parcours.Convocation"
    qui: str
    qualite: str
    """"membre", "referent" or "personne"."""
    raisons: tuple[str, ...]
    """In French."""
    personnes: tuple[str, ...]
    """Whose cases concern him, of those that the reader sees."""
    etat: str
    """What is noted of him: "convie", "present", "excuse", "absent"."""


@dataclass(frozen=True, slots=True, repr=False)
class Agenda(Record):
    """A session of an instance, as who reads it may see it."""

    _table: ClassVar[str] = "parcours.Agenda"
    instance: str
    nom: str
    seance: SeanceLue
    role: str
    """Of who reads; null when no case is his to see."""
    quorum: QuorumLu
    cas: tuple[CasInstance, ...]
    """Those of the session, then those that wait."""
    convocations: tuple[Convocation, ...]
    """Sitting members, and who is concerned by those cases."""


@dataclass(frozen=True, slots=True, repr=False)
class PresencesComptees(Record):
    """Who was convened to sessions, and who came."""

    _table: ClassVar[str] = "parcours.PresencesComptees"
    convies: int | None
    """Null where a small count is not told."""
    presents: int | None
    """As above."""
    taux: Decimal | None
    """Present of those convened, to three decimals."""


@dataclass(frozen=True, slots=True, repr=False)
class ManqueOffre(Record):
    """A gap of the offer, and how many decisions name it."""

    _table: ClassVar[str] = "parcours.ManqueOffre"
    code: str
    """A code of the pack."""
    effectif: int | None
    """Null where a small count is not told."""


@dataclass(frozen=True, slots=True, repr=False)
class Participation(Record):
    """What the convention counts of instances over a period (S:1714-1728)."""

    _table: ClassVar[str] = "parcours.Participation"
    du: dt.date
    au: dt.date
    """Included."""
    instances: tuple[str, ...]
    """Those that are counted."""
    seances: int
    """Held."""
    seances_sans_presence: int
    """Of which nobody noted who was convened."""
    partenaires: PresencesComptees
    """Professionals."""
    personnes: PresencesComptees
    """The people whose cases were studied."""
    situations_etudiees: int | None
    """Referrals decided; null where small."""
    reorientations: int | None
    """Of them; null where small, or where the rest is."""
    manques: tuple[ManqueOffre, ...]
    """Gaps of the offer."""
    petits_effectifs: bool
    """Whether some counts are not told."""
