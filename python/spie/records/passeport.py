"""The records of spie.passeport. Written by scripts/write_records.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from spie.records import Record


@dataclass(frozen=True, slots=True, repr=False)
class StatutBadge(Record):
    """Where the state of a badge is published: what its issuer sets to withdraw it."""

    _table: ClassVar[str] = "passeport.StatutBadge"
    badge: str
    """Its id."""
    liste: str
    """The address of the list."""
    index: int | None
    """None: the list holds the badge by its id."""
    but: str
    """"revocation", "suspension", "refresh" or "message"."""


@dataclass(frozen=True, slots=True, repr=False)
class BadgeSigne(Record):
    """A document that was signed."""

    _table: ClassVar[str] = "passeport.BadgeSigne"
    id: str
    element: str
    """Of the passport; None for what holds several."""
    empreinte: str
    """SHA-256 of its text."""
    texte: str
    """None once it left: the journal keeps none."""


@dataclass(frozen=True, slots=True, repr=False)
class BadgeDelivre(Record):
    """A badge put into her hands."""

    _table: ClassVar[str] = "passeport.BadgeDelivre"
    id: str
    etat: str
    """"delivre" or "revoque"."""
    le: dt.date
    immersion: str
    elements: tuple[str, ...]
    emetteur: str
    titulaire: str
    """How it names her: an identifier, or "adresse"."""
    empreinte: str
    """SHA-256 of its text."""
    motif: str
    """Why it was revoked."""
    statuts: tuple[StatutBadge, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Revue(Record):
    """A badge that guarantees an item, looked at again."""

    _table: ClassVar[str] = "passeport.Revue"
    element: str
    evenement: str
    """The step that it stands on."""
    badge: str
    """Its id."""
    etat: str
    """"tient", "tombe" or "inconnu"."""
    motif: str
    """Of what falls: "badge_revoque", "badge_expire" or "emetteur_retire"."""
    raison: str
    """In French."""
    note: bool
    """The fall was recorded."""


@dataclass(frozen=True, slots=True, repr=False)
class Sortie(Record):
    """Something that was written out, and to whom."""

    _table: ClassVar[str] = "passeport.Sortie"
    destinataire: str
    """None: herself."""
    finalite: str
    forme: str
    """"json", "cv", "badges", "clr", or "badge" for one put into her hands."""
    le: dt.date
    jusqu_au: dt.date | None
    """When what is signed ends by itself."""
    empreinte: str
    """SHA-256 of what was written."""


@dataclass(frozen=True, slots=True, repr=False)
class Survivances(Record):
    """What outlives a passport that is erased."""

    _table: ClassVar[str] = "passeport.Survivances"
    personne: str
    a_poser: tuple[StatutBadge, ...]
    """Of what was signed under shares: to be set by who holds the key."""
    si_demande: tuple[StatutBadge, ...]
    """Of badges in her hands: they stay valid unless she asks."""
    sans_statut: tuple[str, ...]
    """Badges that nobody can withdraw."""
    chez_d_autres: tuple[Sortie, ...]
    """Copies that stay where they are."""


@dataclass(frozen=True, slots=True, repr=False)
class Garant(Record):
    """Somebody who vouched for an item, once."""

    _table: ClassVar[str] = "passeport.Garant"
    evenement: str
    """What names it when it falls."""
    assurance: str
    """"confirme" or "garanti"."""
    le: dt.date
    par: str
    """A professional or a structure of the journal."""
    nom: str
    """When the journal does not know who."""
    qualite: str
    """As what: "tuteur", "employeur", "pair"…"""
    vu: str
    """What was seen."""
    moyen: str
    """"observation", "attestation", "badge" or "liste_certificateur"."""
    emetteur: str
    """Of the badge."""
    badge: str
    """Its identifier and its hash."""
    liste: str
    """That recognised the issuer, or that of the certifier."""
    verifie_le: dt.date | None
    """The day on which its proof held."""
    expire_le: dt.date | None
    """Last day of the badge."""
    statuts: tuple[StatutBadge, ...]
    """Of the badge: where a later check looks."""
    tient: bool
    """False once it fell."""
    tombe_le: dt.date | None
    motif: str
    """Why it fell."""


@dataclass(frozen=True, slots=True, repr=False)
class Pas(Record):
    """A step in the history of an item."""

    _table: ClassVar[str] = "passeport.Pas"
    etape: str
    """"ajoute", "confirme", "garanti", "conteste", "tombe" or "retire"."""
    le: dt.date
    auteur: str
    """Who recorded it."""
    evenement: str
    motif: str
    assurance: str
    """After it."""


@dataclass(frozen=True, slots=True, repr=False)
class Reference(Record):
    """A code of a repertoire of skills, jobs or certifications."""

    _table: ClassVar[str] = "passeport.Reference"
    referentiel: str
    """"rome", "esco", "france_competences" or "formacode"."""
    code: str
    nature: str
    """Of a code of the ROME: "competence", "savoir", "metier"…"""
    version: str
    """Of the ROME: codes change with each release."""


@dataclass(frozen=True, slots=True, repr=False)
class Element(Record):
    """What a person can do or did, and who vouches for it."""

    _table: ClassVar[str] = "passeport.Element"
    id: str
    genre: str
    """"competence", "experience", "formation", "certification", "langue" or "utilite_sociale"."""
    libelle: str
    """Her words; none when the reader may not see them."""
    references: tuple[Reference, ...]
    niveau: str
    debut: dt.date | None
    fin: dt.date | None
    lieu: str
    code_commune: str
    structure: str
    organisme: str
    preuves: tuple[str, ...]
    proposition: str
    """That was kept."""
    immersion: str
    """That showed it."""
    assurance: str
    """"declare", "confirme" or "garanti": the highest that stands."""
    conteste: bool
    """Contested, and nobody vouched since."""
    contestation: str
    """Why."""
    garants: tuple[Garant, ...]
    histoire: tuple[Pas, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Recommandation(Record):
    """What somebody says for her, because she asked."""

    _table: ClassVar[str] = "passeport.Recommandation"
    id: str
    etape: str
    """"demandee", "donnee", "refusee" or "retiree"."""
    element: str
    """Of the passport."""
    badge: str
    """That it endorses: its identifier."""
    a: str
    """Who is asked: a professional or a structure of the journal."""
    nom: str
    """When the journal does not know who."""
    qualite: str
    """As what: "tuteur", "employeur", "pair"…"""
    demandee_le: dt.date
    repondue_le: dt.date | None
    """Given, refused or taken back."""
    texte: str
    """What is said of her."""
    avenant: str
    """Of a signed one: its identifier."""
    empreinte: str
    """Its SHA-256."""
    emetteur: str
    """Who signed it."""
    verifie_le: dt.date | None
    """The day on which its proof held."""
    motif: str
    evenements: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Remise(Record):
    """Something written out under a share."""

    _table: ClassVar[str] = "passeport.Remise"
    id: str
    forme: str
    """"json", "cv", "badges" or "clr"."""
    le: dt.date
    elements: tuple[str, ...]
    empreinte: str
    """Of what was written."""
    emetteur: str
    """Who signed."""
    titulaire: str
    """How the badges name her: an identifier, or "adresse"."""
    badges: tuple[BadgeSigne, ...]
    """Signed for it."""
    statuts: tuple[StatutBadge, ...]
    """Where their state is published."""


@dataclass(frozen=True, slots=True, repr=False)
class PartagePasseport(Record):
    """What she let somebody see, for what, until when."""

    _table: ClassVar[str] = "passeport.PartagePasseport"
    id: str
    destinataire: str
    finalite: str
    debut: dt.date
    fin: dt.date | None
    """Its last day."""
    etat: str
    """"ouvert", "echu" or "cesse"."""
    elements: tuple[str, ...]
    champs: tuple[str, ...]
    remises: tuple[Remise, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Passeport(Record):
    """The passport of skills of a person, as its reader sees it."""

    _table: ClassVar[str] = "passeport.Passeport"
    personne: str
    au: dt.date
    role: str
    """That played; none when none could."""
    elements: tuple[Element, ...]
    """In the order in which they were added."""
    retires: tuple[Element, ...]
    """That she withdrew."""
    badges: tuple[BadgeDelivre, ...]
    """Put into her hands."""
    partages: tuple[PartagePasseport, ...]
    emportes: tuple[Remise, ...]
    """That she took for herself, under no share."""
    recommandations: tuple[Recommandation, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Proposition(Record):
    """An item that the dossier lets her add."""

    _table: ClassVar[str] = "passeport.Proposition"
    id: str
    """What keeping or refusing it names."""
    genre: str
    libelle: str
    """None: hers to say."""
    code_rome: str
    """Without its release, which the dossier does not say."""
    nature_rome: str
    niveau: str
    immersion: str
    motif: str
    """Why it is proposed, in French."""
    source: str
    """Of the rule: lines of the convention."""
    regle: str
    """Pack, version, rule."""
    fonde_sur: tuple[str, ...]
    """Events."""
    etat: str
    """"a_choisir", "gardee" or "refusee"."""


@dataclass(frozen=True, slots=True, repr=False)
class Propositions(Record):
    """What the diagnostic opens a passport with."""

    _table: ClassVar[str] = "passeport.Propositions"
    personne: str
    au: dt.date
    role: str
    """That played; none when none could."""
    propositions: tuple[Proposition, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Ecart(Record):
    """A skill that a profile wants, and what the passport holds of it."""

    _table: ClassVar[str] = "passeport.Ecart"
    referentiel: str
    code: str
    version: str
    libelle: str
    """Of the profile."""
    poids: int
    etat: str
    """"couvert", "a_confirmer", "manque" or "inconnu"."""
    preuve: str
    """The assurance that stands."""
    element: str
    suite: str
    """"aucune", "immersion", "formation" or "verifier_version"."""
    motif: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class ParcoursSpecifique(Record):
    """Whether a specific path is to be proposed."""

    _table: ClassVar[str] = "passeport.ParcoursSpecifique"
    conclusion: str
    """"a_proposer", "plus_tard", "non" or "inconnu"."""
    motif: str
    """In French."""
    immersion: bool
    """A PMSMP may come first."""


@dataclass(frozen=True, slots=True, repr=False)
class Comparaison(Record):
    """A passport against a profile."""

    _table: ClassVar[str] = "passeport.Comparaison"
    personne: str
    au: dt.date
    role: str
    """That played; none when none could."""
    profil: str
    titre: str
    metier: str
    bassin: str
    construit_avec: tuple[str, ...]
    ecarts: tuple[Ecart, ...]
    poids_couvert: int
    poids_a_confirmer: int
    poids_total: int
    specifique: ParcoursSpecifique


@dataclass(frozen=True, slots=True, repr=False)
class Acquis(Record):
    """What a badge would recognise."""

    _table: ClassVar[str] = "passeport.Acquis"
    element: str
    """Of the passport."""
    libelle: str
    code: str
    """Of the ROME."""
    version: str
    """Of the ROME."""
    niveau: str


@dataclass(frozen=True, slots=True, repr=False)
class BadgePossible(Record):
    """What the outcome of an immersion lets be issued, unsigned."""

    _table: ClassVar[str] = "passeport.BadgePossible"
    personne: str
    immersion: str
    au: dt.date
    role: str
    """That played; none when none could."""
    decision: str
    """"delivrable", "refuse" or "inconnu"."""
    motifs: tuple[str, ...]
    """Why not, in French."""
    issue: str
    source: str
    """The host."""
    debut: dt.date | None
    fin: dt.date | None
    criteres: str
    """In French."""
    acquis: tuple[Acquis, ...]
    regle: str
    """Pack, version, rule."""


@dataclass(frozen=True, slots=True, repr=False)
class RecommandationSortie(Record):
    """An endorsement, as it may leave."""

    _table: ClassVar[str] = "passeport.RecommandationSortie"
    qualite: str
    """As what."""
    structure: str
    """Its name."""
    le: dt.date
    texte: str
    """Once declassified."""
    signee: bool
    """There is a signed document."""


@dataclass(frozen=True, slots=True, repr=False)
class Sorti(Record):
    """An item, as it may leave."""

    _table: ClassVar[str] = "passeport.Sorti"
    element: str
    genre: str
    assurance: str
    texte: str
    """Typed for the share, declassified, or the pack's; none: the codes alone."""
    references: tuple[Reference, ...]
    niveau: str
    debut: dt.date | None
    fin: dt.date | None
    lieu: str
    structure: str
    """Its name."""
    garants: tuple[str, ...]
    """Assurance, day, as what, for which structure."""
    recommandations: tuple[RecommandationSortie, ...]


@dataclass(frozen=True, slots=True, repr=False)
class NonSorti(Record):
    """What was chosen and does not leave."""

    _table: ClassVar[str] = "passeport.NonSorti"
    element: str
    champ: str
    """None: the whole item."""
    motif: str
    """In French."""


@dataclass(frozen=True, slots=True, repr=False)
class Selection(Record):
    """What may leave under a share."""

    _table: ClassVar[str] = "passeport.Selection"
    partage: str
    destinataire: str
    finalite: str
    au: dt.date
    fin: dt.date | None
    partiel: bool
    """The passport holds more."""
    elements: tuple[Sorti, ...]
    retenus: tuple[NonSorti, ...]
