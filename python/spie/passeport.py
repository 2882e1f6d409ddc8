"""The passport of skills: what a person can do, who vouches for it and how, what she shares
(docs/passeport.md).

A counter shows it (`spie.droits.Guichet.passeport`) and what it proposes
(`Guichet.propositions_passeport`); acts change it (`Guichet.agir`, "passeport.ajouter" and the
others):

>>> from spie import actes
>>> [one.acte for one in actes.transitions() if one.acte.startswith("passeport.")][:2]
['passeport.ajouter', 'passeport.confirmer']

Here stand what is made of it: a profile beside it, what an immersion lets be issued, and what may
leave under a share.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from spie.actes import ActeFait
from spie.droits import Demande, Guichet
from spie.errors import Diagnostic, UsageError
from spie.handle import engine
from spie.notebook import page
from spie.records.passeport import Acquis as Acquis
from spie.records.passeport import BadgePossible as BadgePossible
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
from spie.records.passeport import Selection as Selection
from spie.records.passeport import Sorti as Sorti

FORMES = ("json", "cv")


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
    empreinte: str
    selection: Selection
    acte: ActeFait


def ecrire(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    partage: str,
    *,
    au: date,
    forme: str = "json",
    nom: str = "",
) -> Ecrit:
    """Writes what may leave ("json", or the page "cv" under a name that she types), and records
    it (`passeport.remettre`) with the SHA-256 of what is written."""
    if forme not in FORMES:
        raise UsageError(
            Diagnostic(
                "A001", "error", f"{forme!r} is none of {', '.join(FORMES)}.", "forme",
                "Give one of them.",
            )
        )  # fmt: skip
    chosen = selection(guichet, demande, personne, partage, au=au)
    if forme == "cv":
        text = page("cv_passeport.html.j2", lu=chosen, nom=nom, dit=guichet.libelle)
    else:
        leaves = {key: one for key, one in chosen.to_dict().items() if key != "retenus"}
        text = json.dumps(leaves, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    said = {
        "partage": partage,
        "forme": forme,
        "elements": [one.element for one in chosen.elements],
        "empreinte": digest,
    }
    done = guichet.agir(demande, "passeport.remettre", personne, effet=au, contenu=said)
    return Ecrit(forme, text, digest, chosen, done)


def _day(given: object) -> str:
    if isinstance(given, date):
        return given.isoformat()
    raise TypeError(f"{type(given).__name__} is no value of a profile")
