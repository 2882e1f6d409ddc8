"""Badges (Open Badges 3.0, CLR 2.0): keys, what signs, what verifies, images (docs/badges.md).

Nothing here reads a clock or a network: the instant and the documents are given.

>>> import spie
>>> from datetime import UTC, datetime
>>> instant = datetime(2026, 11, 29, 8, tzinfo=UTC)
>>> verificateur = spie.badges.Verificateur(au=instant)
>>> verificateur.verifier(b"{}").verdict
'invalide'
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from spie import _core
from spie.errors import Diagnostic, SpieError, UsageError
from spie.handle import engine
from spie.notebook import page
from spie.records import badges as records
from spie.records.badges import Controle as Controle
from spie.records.badges import Emission as Emission
from spie.records.badges import PartiesPubliques as PartiesPubliques
from spie.records.badges import Texte as Texte
from spie.words import badges as words

Octets = str | bytes
ALGORITHMES = ("ed25519", "p256", "p384", "rsa")
PREUVES = ("eddsa-rdfc-2022", "ecdsa-rdfc-2019", "eddsa-jcs-2022", "vc-jwt")
EXIGIBLES = ("confiance", "destinataire", "avenants")


class Rapport(records.Rapport):
    __doc__ = records.Rapport.__doc__
    __slots__ = ()

    def __repr__(self) -> str:
        return f"<spie.badges.Rapport {self.verdict}>"

    def etat(self, nom: str) -> str:
        """The worst state of a check."""
        found = {one.etat for one in self.controles if one.nom == nom}
        return next(
            (one for one in ("echec", "non_verifie", "avertissement", "ok") if one in found), "ok"
        )

    def page(self, badge: Octets | None = None, *, fichier: str = "") -> str:
        """The report as an HTML page for who receives a badge; with the badge, what it says too."""
        resume = None if badge is None else resumer(badge)
        return page(
            "badge.html.j2",
            rapport=self,
            resume=resume,
            fichier=fichier,
            verdicts=words.VERDICTS,
            phrases=words.PHRASES,
            tons=words.TONS,
            emetteurs=words.EMETTEURS,
            noms=words.CONTROLES,
            etats=words.ETATS,
            tons_etats=words.TONS_ETATS,
        )

    def _repr_html_(self) -> str:
        return self.page()


class Cle:
    """A key that signs. It never shows its secret but in what `ecrire` gives.

    The copies that Python makes of a secret cannot be wiped."""

    def __init__(self, core: _core.BadgeKey) -> None:
        self._core = core

    @classmethod
    def generer(cls, algorithme: str) -> Cle:
        """ "ed25519", "p256", "p384" or "rsa" (3,072 bits). UsageError for another name."""
        return cls(_core.badge_key(algorithme))

    @classmethod
    def lire(cls, pem: Octets, phrase: Octets = b"") -> Cle:
        """One block of PKCS#8, with the phrase that it was encrypted under. BadgeError (B004)."""
        return cls(_core.badge_key_read(_bytes(pem), _bytes(phrase)))

    def ecrire(self, phrase: Octets = b"") -> bytes:
        """PKCS#8 in PEM, encrypted when a phrase is given: a secret."""
        return self._core.write(_bytes(phrase))

    @property
    def publiques(self) -> PartiesPubliques:
        return self._core.public()

    def __repr__(self) -> str:
        return f"<spie.badges.Cle {self.publiques.did[:60]}>"


def _bytes(given: Octets) -> bytes:
    return given.encode() if isinstance(given, str) else bytes(given)


def instant_text(instant: datetime | str) -> str:
    """As the engine reads it; a text goes as it is, for years that datetime does not know."""
    if isinstance(instant, str):
        return instant
    if instant.tzinfo is None:
        raise UsageError(
            Diagnostic("A001", "error", "An instant needs its zone.", "", "Write tzinfo=UTC.")
        )
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def emettre(
    attestation: Octets | Mapping[str, Any],
    cle: Cle,
    *,
    instant: datetime | str,
    preuves: Sequence[str] = (),
    methode: str = "",
) -> Emission:
    """Signs a credential, whose text is kept byte for byte; an issuer "ISSUER" becomes the DID of the key.

    Without `preuves`, that of the kind of key; `methode` is the address of the key. BadgeError: B001,
    B002, B015 for a rule of the format, B004 for a proof that the key does not fit, B006 for another's
    issuer; ValueConversionError for what is no JSON."""
    if isinstance(attestation, Mapping):
        attestation = json.dumps(attestation, ensure_ascii=False)
    return _core.badge_issue(
        _bytes(attestation), engine(cle), list(preuves), instant_text(instant), methode
    )


def options_verification(
    *,
    au: datetime | str,
    documents: Mapping[str, Octets] | None = None,
    cles: Mapping[str, Octets] | None = None,
    confiance: Octets = b"",
    exiger: Iterable[str] = (),
    destinataire: str = "",
    chercher: Callable[[str], Octets | None] | None = None,
) -> dict[str, Any]:
    """What a verification is asked for, as the engine takes it: see Verificateur."""
    return {
        "au": instant_text(au),
        "documents": {k: _bytes(v) for k, v in (documents or {}).items()},
        "cles": {k: _bytes(v) for k, v in (cles or {}).items()},
        "confiance": _bytes(confiance),
        "exiger": list(exiger),
        "destinataire": destinataire,
        "chercher": chercher,
    }


class Verificateur:
    """What verifies badges as of an instant, with the documents handed over; for several threads.

    `documents`: bytes by address (documents of DIDs and issuers, lists of status). `cles`: public keys
    that the caller vouches for, by their id (JWK, PEM, Multikey, or what `Cle.publiques` says in JSON).
    `confiance`: a signed list of issuers. `exiger`: "confiance", "destinataire", "avenants".
    `chercher(adresse)`: asked for other documents, from any thread; None when they are not had.
    UsageError for what has not its form; BadgeError for a list of trust that is none."""

    def __init__(
        self,
        *,
        au: datetime | str,
        documents: Mapping[str, Octets] | None = None,
        cles: Mapping[str, Octets] | None = None,
        confiance: Octets = b"",
        exiger: Iterable[str] = (),
        destinataire: str = "",
        chercher: Callable[[str], Octets | None] | None = None,
    ) -> None:
        self._core = _core.BadgeVerifier(
            options_verification(
                au=au, documents=documents, cles=cles, confiance=confiance, exiger=exiger,
                destinataire=destinataire, chercher=chercher,
            )
        )  # fmt: skip

    def verifier(self, badge: Octets) -> Rapport:
        """JSON, a compact JWS, PNG or SVG. Whatever the bytes, a report comes back."""
        return self._core.verify(_bytes(badge))

    def verifier_tous(self, badges: Iterable[Octets], *, fils: int = 0) -> tuple[Rapport, ...]:
        """Each badge, in the order given, on `fils` threads (0: all processors), without Python's lock."""
        return self._core.verify_all([_bytes(one) for one in badges], fils)


def verifier(badge: Octets, *, au: datetime | str, **options: Any) -> Rapport:
    """One badge: see Verificateur, which serves for several."""
    return Verificateur(au=au, **options).verifier(badge)


@dataclass(frozen=True)
class Extrait:
    """A badge out of what carried it."""

    support: str
    """"json", "jws", "png" or "svg"."""
    forme: str
    """"json", "jws", or "adresse" for an image that only says where the badge is."""
    generation: str | None
    """"ob1", "ob2", "ob3" or "clr2"."""
    badge: bytes
    """Byte for byte."""


def extraire(contenu: Octets) -> Extrait:
    """BadgeError B011 when it carries none, B012 beyond a limit."""
    return Extrait(**_core.badge_extract(_bytes(contenu)))


def incruster(image: bytes, badge: Octets, *, remplacer: bool = False) -> bytes:
    """The PNG or SVG with the badge in it, every other byte kept. BadgeError B011 for another image, or
    one that carries a badge already."""
    return _core.badge_bake(image, _bytes(badge), remplacer)


@dataclass(frozen=True)
class Qr:
    texte: str
    lignes: tuple[str, ...]
    """'1' dark, '0' light."""

    def svg(self, module: int = 8) -> str:
        """With its light margin of four modules."""
        side = len(self.lignes) + 8
        path = "".join(
            f"M{x + 4} {y + 4}h1v1h-1z"
            for y, line in enumerate(self.lignes)
            for x, dark in enumerate(line)
            if dark == "1"
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{side * module}" height="{side * module}" '
            f'viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges">'
            f"<title>Code QR du badge</title>"
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>\n'
        )


def qr(adresse: str, id: str, badge: Octets) -> Qr:
    """Where a badge is, which one, and its hash. BadgeError B011 for an address that is not https."""
    text, side, modules = _core.badge_qr(adresse, id, _bytes(badge))
    return Qr(text, tuple(modules[at : at + side] for at in range(0, side * side, side)))


@dataclass(frozen=True)
class Resume:
    """What a badge says of itself, whatever it is worth."""

    titre: str
    description: str
    emetteur: str
    source: str
    du: str
    au: str
    criteres: str


def lu(extrait: Extrait) -> dict[str, Any]:
    """The members of a badge, those of its payload when it is signed around; none for what cannot be read."""
    try:
        text = extrait.badge.decode("utf-8-sig")
        if extrait.forme == "jws":
            part = text.split(".")[1]
            text = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
        said = json.loads(text)
    except (ValueError, IndexError, RecursionError):
        return {}
    return _part(said, "vc") or (said if isinstance(said, dict) else {})


def resumer(badge: Octets) -> Resume | None:
    """None for what cannot be read."""
    try:
        said = lu(extraire(badge))
    except SpieError:
        return None
    if not said:
        return None
    subject = _part(said, "credentialSubject")
    achievement = _part(subject, "achievement")
    issuer = said.get("issuer")
    return Resume(
        _text(achievement, "name") or _text(said, "name"),
        _text(achievement, "description") or _text(subject, "endorsementComment"),
        issuer if isinstance(issuer, str) else _text(issuer, "name") or _text(issuer, "id"),
        _text(_part(subject, "source"), "name"),
        _text(said, "validFrom") or _text(said, "issuanceDate"),
        _text(said, "validUntil") or _text(said, "expirationDate"),
        _text(_part(achievement, "criteria"), "narrative"),
    )


def _part(of: Any, key: str) -> dict[str, Any]:
    found = of.get(key) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}


def _text(of: Any, key: str) -> str:
    found = of.get(key) if isinstance(of, dict) else None
    return found if isinstance(found, str) else ""
