"""The passport of skills: what a person can do, who vouches for it and how, what she shares
(docs/passeport.md).

A counter shows it (`spie.droits.Guichet.passeport`) and what it proposes
(`Guichet.propositions_passeport`); acts change it (`Guichet.agir`, "passeport.ajouter" and the
others):

>>> from spie import actes
>>> [one.acte for one in actes.transitions() if one.acte.startswith("passeport.")][:2]
['passeport.ajouter', 'passeport.confirmer']

Here stand what is made of it: a profile beside it, the badge of an immersion, what leaves under a
share, what a badge guarantees, and what outlives it. Who signs is a key of `spie.badges`, at hand or
elsewhere; registers of statuses give what is signed its entry, without which nobody can revoke it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from spie import _core
from spie.actes import ActeFait
from spie.badges import Cle, Controle, Octets, Rapport, emettre, instant_text, options_verification
from spie.droits import Demande, Guichet
from spie.errors import Diagnostic, UsageError
from spie.given import day
from spie.handle import engine
from spie.notebook import page
from spie.records.passeport import Acquis as Acquis
from spie.records.passeport import BadgeDelivre as BadgeDelivre
from spie.records.passeport import BadgePossible as BadgePossible
from spie.records.passeport import BadgeSigne as BadgeSigne
from spie.records.passeport import Comparaison as Comparaison
from spie.records.passeport import Ecart as Ecart
from spie.records.passeport import Element as Element
from spie.records.passeport import Garant as Garant
from spie.records.passeport import NonSorti as NonSorti
from spie.records.passeport import ParcoursSpecifique as ParcoursSpecifique
from spie.records.passeport import PartagePasseport as PartagePasseport
from spie.records.passeport import Pas as Pas
from spie.records.passeport import Passeport as Passeport
from spie.records.passeport import Proposition as Proposition
from spie.records.passeport import Propositions as Propositions
from spie.records.passeport import Recommandation as Recommandation
from spie.records.passeport import RecommandationSortie as RecommandationSortie
from spie.records.passeport import Reference as Reference
from spie.records.passeport import Remise as Remise
from spie.records.passeport import Revue as Revue
from spie.records.passeport import Selection as Selection
from spie.records.passeport import Sorti as Sorti
from spie.records.passeport import Sortie as Sortie
from spie.records.passeport import StatutBadge as StatutBadge
from spie.records.passeport import Survivances as Survivances
from spie.rome import Rome
from spie.store import Store

FORMES = ("json", "cv", "badges", "clr")
SIGNEES = ("badges", "clr")


class Registre(Protocol):
    """What keeps a list of statuses: `spie.badges.Registre`, or the caller's own."""

    def inscrire(self, attestation: str) -> str:
        """The credential with its entry, to be signed."""
        ...

    def poser(self, *badges: str, etat: int = 1) -> None:
        """What the list says of badges, by their ids."""
        ...


@dataclass(frozen=True)
class Emetteur:
    """Who signs what leaves a passport, and as of when."""

    cle: Cle
    instant: datetime | str
    """Since when what is signed holds."""
    nom: str = ""
    """Of the issuer, as readers see it."""
    adresse: str = "ISSUER"
    """Its address; "ISSUER": the DID of the key."""
    preuves: Sequence[str] = ()
    methode: str = ""
    registres: Sequence[Registre] = ()


@dataclass(frozen=True)
class Titulaire:
    """How badges name her: a salted hash of an address that she chose, or an identifier of hers for
    this recipient (did:key, did:jwk). Neither: one is drawn."""

    adresse: str = ""
    id: str = ""

    def to_dict(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value}


class _Signe:
    """Signs one document after the other, and keeps what their readers may stumble over."""

    def __init__(self, par: Emetteur) -> None:
        self.par = par
        self.avertissements: dict[str, Controle] = {}

    def __call__(self, attestation: str) -> tuple[str, str]:
        for register in self.par.registres:
            attestation = register.inscrire(attestation)
        made = emettre(
            attestation, self.par.cle, instant=self.par.instant, preuves=self.par.preuves,
            methode=self.par.methode,
        )  # fmt: skip
        for one in made.avertissements:
            self.avertissements.setdefault(one.motif.fr, one)
        return made.forme, made.badge

    def raw(self) -> dict[str, str]:
        return {
            "instant": instant_text(self.par.instant),
            "emetteur": self.par.adresse,
            "nom": self.par.nom,
        }

    def told(self) -> tuple[Controle, ...]:
        return tuple(self.avertissements.values())


def _demande(**given: Any) -> str:
    return json.dumps({key: one for key, one in given.items() if one}, ensure_ascii=False)


def _rome(rome: Rome | None) -> _core.Rome | None:
    return None if rome is None else engine(rome)


def comparer(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    *,
    au: date,
    profil: Mapping[str, Any],
    metiers: Iterable[Mapping[str, Any]] = (),
    bassin: str = "",
) -> Comparaison:
    """The passport against the profile of a sector or of a job in tension: what is covered, to be
    confirmed, missing. `metiers` is the list of jobs in tension; empty, it is unknown, never "no".
    PathError (Q001) for a profile that does not hold on that day."""
    asked: dict[str, Any] = {"profil": dict(profil), "metiers": [dict(one) for one in metiers]}
    if bassin:
        asked["bassin"] = bassin
    made, _held = engine(guichet).passport_compare(
        demande._raw(), personne, au, json.dumps(asked, default=_day)
    )
    return made


def badge_immersion(
    guichet: Guichet, demande: Demande, personne: str, immersion: str, *, au: date
) -> BadgePossible:
    """What the outcome of an immersion lets be issued, unsigned: never after a no-show.
    PathError (Q002) without such an immersion."""
    made, _held = engine(guichet).passport_badge(demande._raw(), personne, au, immersion)
    return made


@dataclass(frozen=True)
class Delivre:
    """The badge of an immersion, signed, and the act that says so."""

    badge: BadgeSigne
    titulaire: str
    """The identifier that names her, or "adresse"."""
    statuts: tuple[StatutBadge, ...]
    retenus: tuple[NonSorti, ...]
    """What was left out, and why."""
    avertissements: tuple[Controle, ...]
    acte: ActeFait

    def to_dict(self) -> dict[str, Any]:
        return {
            "badge": self.badge.to_dict(),
            "titulaire": self.titulaire,
            "statuts": [one.to_dict() for one in self.statuts],
            "retenus": [one.to_dict() for one in self.retenus],
            "avertissements": [one.to_dict() for one in self.avertissements],
            "acte": self.acte.acte,
        }


def delivrer(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    immersion: str,
    *,
    au: date,
    par: Emetteur,
    titulaire: Titulaire | None = None,
    mots: Mapping[str, str] | None = None,
    rome: Rome | None = None,
) -> Delivre:
    """Signs the badge of an immersion, and records it (`passeport.delivrer`): the passport shows it.
    `spie.badges.incruster` puts it into an image. `mots` are typed for it, by item; `rome` gives codes
    of its release their words. The store waits while it is signed. PathError (Q002) when
    `badge_immersion` does not say "delivrable", RightsError (R002); BadgeError as `spie.badges.emettre`."""
    signs = _Signe(par)
    asked = _demande(
        immersion=immersion, titulaire=(titulaire or Titulaire()).to_dict(), mots=dict(mots or {})
    )
    badge, holder, entries, held, act = engine(guichet).passport_issue(
        demande._raw(), personne, au, asked, _rome(rome), signs.raw(), signs
    )
    return Delivre(badge, holder, entries, held, signs.told(), ActeFait.of(act))


def selection(
    guichet: Guichet, demande: Demande, personne: str, partage: str, *, au: date
) -> Selection:
    """What may leave under a share, and what does not. PathError (Q002) unless it is open."""
    return engine(guichet).passport_selection(demande._raw(), personne, au, partage)


@dataclass(frozen=True)
class Ecrit:
    """Something written out under a share, and the act that says so."""

    forme: str
    document: str
    """"badges": one a line."""
    empreinte: str
    selection: Selection
    acte: ActeFait
    titulaire: str = ""
    badges: tuple[BadgeSigne, ...] = ()
    statuts: tuple[StatutBadge, ...] = ()
    avertissements: tuple[Controle, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        return {
            "forme": self.forme,
            "empreinte": self.empreinte,
            "titulaire": self.titulaire or None,
            "badges": [one.to_dict() for one in self.badges],
            "statuts": [one.to_dict() for one in self.statuts],
            "avertissements": [one.to_dict() for one in self.avertissements],
            "selection": self.selection.to_dict(),
            "acte": self.acte.acte,
        }


def ecrire(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    partage: str,
    *,
    au: date,
    forme: str = "json",
    nom: str = "",
    par: Emetteur | None = None,
    titulaire: Titulaire | None = None,
    rome: Rome | None = None,
) -> Ecrit:
    """Writes what may leave, and records it (`passeport.remettre`) with its SHA-256: "json" in the
    spelling of JCS, the page "cv" under a name that she types, or signed for this share by `par`:
    "badges", one for each item, or "clr", a CLR 2.0 of them. What is signed holds until the last day of
    the share. PathError (Q002) unless the share is open, or when the name tells of health or of justice,
    or holds a NIR."""
    if forme not in FORMES:
        raise _misused(f"{forme!r} is none of {', '.join(FORMES)}.", "forme", "Give one of them.")
    if forme != "cv":
        return _signe(
            guichet, demande, personne, au, par, rome, forme=forme, partage=partage,
            titulaire=(titulaire or Titulaire()).to_dict(),
        )  # fmt: skip
    engine(guichet).passport_check_name(nom)
    chosen = selection(guichet, demande, personne, partage, au=au)
    text = page("cv_passeport.html.j2", lu=chosen, nom=nom, dit=guichet.libelle)
    digest = hashlib.sha256(text.encode()).hexdigest()
    said = {
        "partage": partage,
        "forme": forme,
        "elements": [one.element for one in chosen.elements],
        "empreinte": digest,
    }
    done = guichet.agir(demande, "passeport.remettre", personne, effet=au, contenu=said)
    return Ecrit(forme, text, digest, chosen, done)


def exporter(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    *,
    au: date,
    par: Emetteur | None = None,
    forme: str = "clr",
    elements: Sequence[str] = (),
    titulaire: Titulaire | None = None,
    mots: Mapping[str, str] | None = None,
    recueilli: str = "",
    rome: Rome | None = None,
) -> Ecrit:
    """The whole passport for herself, under no share: "clr", "badges" or "json". Health, justice and a NIR
    do not leave, nor a free text that is neither declassified nor typed in `mots`, by item. `recueilli`
    says how she asked when another writes it ("oral", "ecrit"). PathError (Q002) when nothing may leave."""
    return _signe(
        guichet, demande, personne, au, par, rome, forme=forme, elements=list(elements),
        titulaire=(titulaire or Titulaire()).to_dict(), mots=dict(mots or {}),
        accord_recueilli=recueilli,
    )  # fmt: skip


def _signe(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    au: date,
    par: Emetteur | None,
    rome: Rome | None,
    **asked: Any,
) -> Ecrit:
    form = asked["forme"]
    if par is None and form in SIGNEES:
        raise _misused(f"{form!r} is signed.", "par", "Give who signs: passeport.Emetteur.")
    signs = None if par is None or form not in SIGNEES else _Signe(par)
    text, digest, holder, badges, entries, chosen, act = engine(guichet).passport_hand_over(
        demande._raw(), personne, au, _demande(**asked), _rome(rome),
        {"instant": "", "emetteur": "", "nom": ""} if signs is None else signs.raw(), signs,
    )  # fmt: skip
    told = () if signs is None else signs.told()
    return Ecrit(form, text, digest, chosen, ActeFait.of(act), holder, badges, entries, told)


@dataclass(frozen=True)
class Cesse:
    """A share that ceased, and what is to be set for what was signed under it."""

    acte: ActeFait
    statuts: tuple[StatutBadge, ...]
    non_poses: tuple[StatutBadge, ...] = ()
    """Those of them that no register holds: still to be set."""

    def to_dict(self) -> dict[str, Any]:
        return {
            "acte": self.acte.acte,
            "statuts": [one.to_dict() for one in self.statuts],
            "non_poses": [one.to_dict() for one in self.non_poses],
        }


def cesser(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    partage: str,
    *,
    au: date,
    registres: Iterable[Registre] = (),
) -> Cesse:
    """Ends a share (`passeport.cesser`): nothing more leaves under it. Gives the entries of status of
    all that was signed for it, whatever its day and undone since or not, sets them in `registres`, each
    the register of one list, and says which none of these holds."""
    done = guichet.agir(demande, "passeport.cesser", personne, effet=au, contenu={"id": partage})
    found = _core.passport_share_entries(engine(guichet.store), personne, partage)
    return Cesse(done, found, poser(found, registres))


def poser(statuts: Iterable[StatutBadge], registres: Iterable[Registre]) -> tuple[StatutBadge, ...]:
    """Sets these entries, each in the register of its list, and gives those that no register holds."""
    left = entries = tuple(statuts)
    for register in registres:
        kept = _liste(register)
        held = tuple(one for one in entries if kept in (None, one.liste))
        if held:
            register.poser(*sorted({one.badge for one in held}))
            left = tuple(one for one in left if one not in held)
    return left


def _liste(register: Registre) -> str | None:
    """The address of its list; None when it does not say."""
    state = getattr(register, "etat", None)
    told = state() if callable(state) else register
    found = getattr(told, "liste", None)
    return found if isinstance(found, str) else None


@dataclass(frozen=True)
class Garantie:
    """What the verification of a badge found, and the act when it guarantees."""

    garanti: bool
    motif: str
    """Why not, in French."""
    rapport: Rapport
    acte: ActeFait | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "garanti": self.garanti,
            "motif": self.motif or None,
            "rapport": self.rapport.to_dict(),
            "acte": None if self.acte is None else self.acte.acte,
        }


def garantir(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    element: str,
    badge: Octets,
    *,
    au: datetime | str,
    confiance: Octets,
    documents: Mapping[str, Octets] | None = None,
    cles: Mapping[str, Octets] | None = None,
    destinataire: str | None = None,
    chercher: Callable[[str], Octets | None] | None = None,
) -> Garantie:
    """Verifies a badge as of an instant, and records that it guarantees an item (`passeport.garantir`)
    when it is valid, its issuer proved and recognised by `confiance` on that day, and given to her: to
    `destinataire`, else to what the dossier knows her by. Otherwise nothing is recorded, and `motif` says
    why. RightsError (R002); PathError (Q002) without such an item; the others as
    `spie.badges.Verificateur`."""
    options = options_verification(
        au=au, documents=documents, cles=cles, confiance=confiance, destinataire=destinataire,
        chercher=chercher,
    )  # fmt: skip
    held, motive, report, act = engine(guichet).passport_guarantee(
        demande._raw(), personne, element, _octets(badge), options
    )
    return Garantie(held, motive, report, None if act is None else ActeFait.of(act))


def revoir(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    *,
    au: datetime | str,
    confiance: Octets = b"",
    documents: Mapping[str, Octets] | None = None,
    cles: Mapping[str, Octets] | None = None,
    chercher: Callable[[str], Octets | None] | None = None,
    noter: bool = False,
) -> tuple[Revue, ...]:
    """Whether each badge that guarantees an item still holds: its entries of status, its last day, the
    list of trust. With `noter`, what falls is recorded (`passeport.defaire`)."""
    options = options_verification(
        au=au, documents=documents, cles=cles, confiance=confiance, chercher=chercher
    )
    return engine(guichet).passport_review(demande._raw(), personne, options, noter)


def survivances(store: Store, personne: str) -> Survivances:
    """What would outlive her passport, were she erased: the entries of status to be set by who holds the
    key, and what stays in others' hands. Under no mask: for who keeps the store. DossierError (E005)."""
    return _core.passport_outlives(engine(store), personne)


def _octets(given: Octets) -> bytes:
    return given.encode() if isinstance(given, str) else bytes(given)


def _misused(message: str, where: str, remedy: str) -> UsageError:
    return UsageError(Diagnostic("A001", "error", message, where, remedy))


def _day(given: object) -> str | int | float:
    if isinstance(given, date):
        return str(day(given, "profil"))
    if isinstance(given, Decimal):  # of a file in JSON, whose numbers are exact
        return int(given) if given == given.to_integral_value() else float(given)
    raise TypeError(f"{type(given).__name__} is no value of a profile")
