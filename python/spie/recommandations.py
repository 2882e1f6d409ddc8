"""What an employer, a tutor or a peer says for a person, when she asks (docs/passeport.md).

It is asked for, refused and taken back by acts (`Guichet.agir`, "recommandation.demander" and the
others), and stands in the passport. Given, it is words, or a document that its author signs:

>>> from spie import actes
>>> [one.acte for one in actes.transitions() if one.type == "recommandation"]
['recommandation.demander', 'recommandation.donner', 'recommandation.refuser', 'recommandation.retirer']

`attestation` makes that document, `spie.badges.emettre` signs it, `recevoir` verifies it and writes
it down; `joindre` puts it into a badge that is not signed yet.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spie import _core
from spie.actes import ActeFait
from spie.badges import Octets, Rapport, Verificateur
from spie.droits import Demande, Guichet
from spie.errors import BadgeError, PathError
from spie.handle import engine
from spie.records.passeport import Recommandation as Recommandation
from spie.records.passeport import RecommandationSortie as RecommandationSortie


def attestation(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    recommandation: str,
    *,
    au: date,
    texte: str = "",
    sur: str = "",
    id: str = "",
    emetteur: str = "",
) -> str:
    """An EndorsementCredential, in JSON, whose issuer "ISSUER" becomes who signs it.

    `texte` is what he says (by default what the dossier holds), `sur` the id of the badge (by default
    that which was asked about), `emetteur` his name. PathError: Q001 for words that tell of health or
    of justice, or a NIR; Q002 without such an endorsement, or without a badge that it is of."""
    asked = {"texte": texte, "sur": sur, "id": id, "emetteur": emetteur}
    return engine(guichet).endorsement(
        demande._raw(), personne, au, recommandation, json.dumps(asked, ensure_ascii=False)
    )


@dataclass(frozen=True)
class Reception:
    """A signed endorsement that was written down, and what its verification found."""

    acte: ActeFait
    rapport: Rapport


def recevoir(
    guichet: Guichet,
    demande: Demande,
    personne: str,
    recommandation: str,
    avenant: Octets,
    *,
    au: date,
    verificateur: Verificateur,
) -> Reception:
    """Verifies what was signed, and records it as given ("recommandation.donner").

    PathError (Q002), and nothing recorded, unless it is valid, its issuer proven, and it is of the badge
    that was asked about; BadgeError (B001, B011) for what is no signed endorsement."""
    try:
        done, report = engine(guichet).endorsed(
            demande._raw(), personne, au, recommandation, _bytes(avenant), engine(verificateur)
        )
    except PathError as refused:
        one = refused.diagnostics[0]
        found = [each for each in verificateur.verifier(avenant).controles if each.etat != "ok"]
        said = next((each for each in found if each.code and each.code in one.details), None)
        if one.code != "Q002" or said is None:
            raise
        # An officer reads what was found, beside its code.
        told = f"{one.details.rstrip('. ')}\N{NO-BREAK SPACE}: {said.motif.fr}"
        raise PathError(replace(one, details=told)) from refused
    return Reception(ActeFait.of(done), report)


def joindre(attestation: Octets | Mapping[str, Any], avenant: Octets) -> str:
    """The credential, not yet signed, with the endorsement in it; the rest is kept byte for byte.

    It goes under what bears the id that it endorses: the badge, its achievement, its issuer. BadgeError:
    B001 when none does, B005 for a badge that is signed already, B011 for what nobody signed."""
    if isinstance(attestation, Mapping):
        attestation = json.dumps(attestation, ensure_ascii=False)
    try:
        return _core.badge_join(_bytes(attestation), _bytes(avenant))
    except BadgeError as refused:
        one = refused.diagnostics[0]
        if (one.code, one.where) != ("B005", "/proof"):
            raise
        # The general words of the code speak of a proof that does not hold.
        said = replace(
            one,
            signification="ce badge est déjà signé : y joindre une recommandation romprait sa preuve",
            remede="la joindre avant de le signer, ou la donner à côté de lui",
            details="",
        )
        raise BadgeError(said) from refused


def _bytes(given: Octets) -> bytes:
    return given.encode() if isinstance(given, str) else bytes(given)
