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
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from spie import _core
from spie.errors import BadgeError, Diagnostic, SpieError, UsageError
from spie.fetching import Chercheur as Chercheur
from spie.given import is_table, lines
from spie.handle import Here, engine
from spie.notebook import page
from spie.records import badges as records
from spie.records.badges import BadgeEmis as BadgeEmis
from spie.records.badges import Controle as Controle
from spie.records.badges import Emission as Emission
from spie.records.badges import EntreeStatut as EntreeStatut
from spie.records.badges import EtatRegistre as EtatRegistre
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

    def dit(self) -> words.Dit:
        """The verdict in words, which tell no more than what was proved."""
        held = any(one.nom == "preuve" and one.etat == "ok" for one in self.controles)
        return words.dire(self.verdict, self.emetteur, preuve=held)

    def page(self, badge: Octets | None = None, *, fichier: str = "") -> str:
        """The report as an HTML page for who receives a badge; with the badge, what it says too."""
        resume = None if badge is None else resumer(badge)
        return page(
            "badge.html.j2",
            rapport=self,
            resume=resume,
            fichier=fichier,
            dit=self.dit(),
            emetteurs=words.EMETTEURS,
            noms=words.CONTROLES,
            etats=words.ETATS,
            tons_etats=words.TONS_ETATS,
        )

    def _repr_html_(self) -> str:
        return self.page()


LOT = 512
"""Badges that are verified between two words of progress."""


class Cle(Here):
    """A key that signs, at hand; Signataire is one that stands elsewhere. It never shows its secret but in what `ecrire` gives.

    The copies that Python makes of a secret cannot be wiped."""

    _instead = "it is a secret; write it down with ecrire(), under a phrase"

    def __init__(self, core: _core.BadgeKey) -> None:
        self._core = core

    @classmethod
    def generer(cls, algorithme: str) -> Cle:
        """ "ed25519", "p256", "p384" or "rsa" (3,072 bits). UsageError for another name."""
        return Cle(_core.badge_key(algorithme))

    @classmethod
    def lire(cls, pem: Octets, phrase: Octets = b"") -> Cle:
        """One block of PKCS#8, with the phrase that it was encrypted under. BadgeError (B004)."""
        return Cle(_core.badge_key_read(_bytes(pem), _bytes(phrase)))

    def ecrire(self, phrase: Octets = b"") -> bytes:
        """PKCS#8 in PEM, encrypted when a phrase is given: a secret. BadgeError (B004) when it stands elsewhere."""
        return self._core.write(_bytes(phrase))

    @property
    def publiques(self) -> PartiesPubliques:
        return self._core.public()

    def __repr__(self) -> str:
        return f"<spie.badges.Cle {self.publiques.did[:60]}>"


class Signataire(Cle):
    """A key that stands elsewhere: a security module, a service. It signs wherever a key at hand does.

    `publique`: JWK, PEM or Multikey, or what `Cle.publiques` says. `signer(message)` gives the signature, in
    bytes: Ed25519, 64 of them; ECDSA, r and s one after the other, with SHA-256 (P-256) or SHA-384 (P-384);
    RSA, PKCS#1 v1.5 with SHA-256. What it raises is raised; it is asked from any thread. BadgeError (B004)
    for what is no public key, and at issuing for a signature that does not hold under it."""

    def __init__(
        self,
        publique: Octets | Mapping[str, Any] | PartiesPubliques,
        signer: Callable[[bytes], bytes],
    ) -> None:
        known = publique.jwk if isinstance(publique, PartiesPubliques) else publique
        super().__init__(_core.badge_key_elsewhere(_document(known), signer))


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
    registres: Sequence[Registre] = (),
) -> Emission:
    """Signs a credential, whose text is kept byte for byte; an issuer "ISSUER" becomes the DID of the key.

    Without `preuves`, that of the kind of key; `methode` is the address of the key; each of `registres`
    gives the badge an entry of its list, which a badge that is not signed does not take. BadgeError: B001,
    B002, B015 for a rule of the format, B004 for a proof that the key does not fit, B006 for another's
    issuer; ValueConversionError for what is no JSON."""
    return _core.badge_issue(
        _document(attestation), engine(cle), _emission(instant, preuves, methode, registres)
    )


def _document(given: Octets | Mapping[str, Any]) -> bytes:
    return _bytes(json.dumps(given, ensure_ascii=False) if isinstance(given, Mapping) else given)


def _emission(
    instant: datetime | str, preuves: Sequence[str], methode: str, registres: Sequence[Registre]
) -> dict[str, Any]:
    return {
        "preuves": list(preuves),
        "instant": instant_text(instant),
        "methode": methode,
        "registres": [str(one.chemin) for one in registres],
    }


class Registre:
    """Which entry of a published list of statuses was given to which badge: a file of who keeps the list.

    It names people's badges, and never leaves with the list. Each change replaces the file in one step
    while others who change it wait, in whatever process. UsageError (A001) for a file that cannot be read
    or written, BadgeError (B009) for one that is no register."""

    def __init__(self, chemin: str | os.PathLike[str]) -> None:
        self.chemin = Path(chemin)

    @classmethod
    def creer(
        cls,
        chemin: str | os.PathLike[str],
        *,
        liste: str,
        forme: str = "bitstring",
        but: str = "revocation",
        bits: int = 1,
        messages: Sequence[str] = (),
        taille: int = 131_072,
    ) -> Registre:
        """A new file, for its owner alone, of the list published at the address `liste`.

        `forme`: "bitstring", or "1edtech" for the revoked badges by their id, without a proof. `but`:
        "revocation", "suspension", "refresh", "message". `messages`: what each value means, in order;
        needed beyond one bit and for "message"."""
        _core.register_create(str(chemin), liste, forme, but, taille, bits, list(messages))
        return cls(chemin)

    def etat(self) -> EtatRegistre:
        return _core.register_read(str(self.chemin))

    def inscrire(self, attestation: Octets | Mapping[str, Any]) -> str:
        """The text of the credential with its entry, to be signed: what `emettre(registres=…)` does."""
        return _core.register_enter(str(self.chemin), _document(attestation))

    def poser(self, *badges: str, etat: int = 1, motif: str = "") -> None:
        """What the list says of badges, by their ids: of all or, when it refuses, of none. 0 lifts a
        suspension; a revocation is not lifted (B009). `motif` is for a list of 1EdTech. B010 for a badge
        that has no entry."""
        _core.register_set(str(self.chemin), list(badges), etat, motif)

    def attestation(
        self, emetteur: str, *, du: datetime | str, au: datetime | str | None = None
    ) -> str:
        """The list as it stands, without a proof."""
        until = "" if au is None else instant_text(au)
        return _core.register_list(str(self.chemin), emetteur, instant_text(du), until)

    def publier(
        self,
        cle: Cle | None,
        *,
        instant: datetime | str,
        au: datetime | str | None = None,
        emetteur: str = "ISSUER",
        preuves: Sequence[str] = (),
        methode: str = "",
    ) -> Emission:
        """The list signed, to be put at its address, good until `au`. A list of 1EdTech has no proof: its
        `emetteur` is needed when there is no key."""
        if self.etat().forme == "bitstring":
            if cle is None:
                raise _misused("A list that is signed needs a key.", "cle")
            text = self.attestation(emetteur, du=instant, au=au)
            return emettre(text, cle, instant=instant, preuves=preuves, methode=methode)
        if emetteur == "ISSUER":
            if cle is None:
                raise _misused("A list of 1EdTech needs its issuer.", "emetteur")
            emetteur = cle.publiques.did
        return Emission("json", self.attestation(emetteur, du=instant), ())

    def __repr__(self) -> str:
        return f"<spie.badges.Registre {self.chemin}>"


def _misused(message: str, where: str) -> UsageError:
    return UsageError(Diagnostic("A001", "error", message, where, ""))


COLONNES = ("id", "destinataire", "courriel", "recit")


def lire_lot(lignes: Octets) -> list[dict[str, Any]]:
    """The lines of a batch out of a CSV with a header, or JSON lines, with their place ("ligne")."""
    return [
        dict(zip(("ligne", *COLONNES), one, strict=True))
        for one in _core.badge_lines(_bytes(lignes))
    ]


def emettre_lot(
    modele: Octets | Mapping[str, Any],
    lignes: Octets | Iterable[Mapping[str, Any]],
    cle: Cle,
    *,
    instant: datetime | str,
    preuves: Sequence[str] = (),
    methode: str = "",
    registres: Sequence[Registre] = (),
    fils: int = 0,
    progres: Callable[[int, int], object] | None = None,
) -> tuple[BadgeEmis, ...]:
    """One badge for many people: a badge a line, in their order, on `fils` threads (0: all processors).

    `lignes`: a CSV or JSON lines as text, or mappings: "id" (drawn when it is empty), "destinataire" (an
    identifier of the person, a URI) or "courriel" (of which the badge holds a salted hash), "recit" (her
    narrative); or a table of these. All or nothing: BadgeError carries a finding for each line at fault ("ligne 3"), and nothing
    was signed, nor taken in a register. `progres(faits, tous)` is told from any thread."""
    if isinstance(lignes, str | bytes):
        lignes = lire_lot(lignes)
    elif is_table(lignes):  # whose empty cells are NaN
        lignes = [_core.round_trip(one) for one in lines(lignes, "lignes")]
    read = []
    for rank, one in enumerate(lignes, 1):
        for key, value in one.items():
            if key not in ("ligne", *COLONNES):
                raise _misused(f"There is no column '{key}' in a batch.", f"ligne {rank}")
            if not isinstance(value, str | None) and key != "ligne":
                raise _misused(f"'{key}' is no text.", f"ligne {rank}")
        id, holder, address, narrative = (one.get(name) or "" for name in COLONNES)
        read.append((int(one.get("ligne") or rank), id, holder, address, narrative))
    return _core.badge_issue_all(
        _document(modele),
        read,
        engine(cle),
        _emission(instant, preuves, methode, registres),
        fils,
        progres,
    )


def options_verification(
    *,
    au: datetime | str,
    documents: Mapping[str, Octets] | None = None,
    cles: Mapping[str, Octets] | None = None,
    confiance: Octets = b"",
    exiger: Iterable[str] = (),
    destinataire: str | None = None,
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


def signer_confiance(liste: Octets | Mapping[str, Any], cle: Cle, *, methode: str = "") -> str:
    """A list of issuers ({"emetteurs": […]}, docs/badges.md) signed by its keeper, to be handed over as
    `confiance`. BadgeError (B001) for another form; ValueConversionError for what is no JSON."""
    if isinstance(liste, Mapping):
        liste = json.dumps(liste, ensure_ascii=False)
    return _core.trust_sign(_bytes(liste), engine(cle), methode)


class Verificateur:
    """What verifies badges as of an instant, with the documents handed over; for several threads.

    `documents`: bytes by address (documents of DIDs and issuers, lists of status). `cles`: public keys
    that the caller vouches for, by their id (JWK, PEM, Multikey, or what `Cle.publiques` says in JSON).
    `confiance`: a signed list of issuers. `exiger`: "confiance", "destinataire", "avenants".
    `destinataire`: to whom the badge must have been given; of what it holds, nothing is asked.
    `chercher(adresse)`: asked for other documents, from any thread; None when they are not had. A
    Chercheur is one that goes to the network, and to no other hosts than those that it is given.
    UsageError for what has not its form; BadgeError for a list of trust that is none."""

    def __init__(
        self,
        *,
        au: datetime | str,
        documents: Mapping[str, Octets] | None = None,
        cles: Mapping[str, Octets] | None = None,
        confiance: Octets = b"",
        exiger: Iterable[str] = (),
        destinataire: str | None = None,
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

    def verifier_tous(
        self,
        badges: Iterable[Octets],
        *,
        fils: int = 0,
        progres: Callable[[int, int], object] | None = None,
    ) -> tuple[Rapport, ...]:
        """Each badge, in the order given, on `fils` threads (0: all processors), without Python's lock.

        `progres(faits, tous)` is told now and then; what it raises, or Ctrl-C, ends it."""
        given = [_bytes(one) for one in badges]
        reports: list[Rapport] = []
        for begin in range(0, len(given), LOT):
            reports += self._core.verify_all(given[begin : begin + LOT], fils)
            if progres is not None:
                progres(len(reports), len(given))
        return tuple(reports)


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
    """Where a badge is, which one, and its hash. UsageError for an address that is not https, or has a fragment."""
    if re.fullmatch(r"https://[!-\"$-~]+", adresse) is None:
        raise _misused(f"{adresse!r} is no https address without a fragment.", "adresse")
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
    references: tuple[str, ...] = ()
    """The skills that it cites."""
    niveaux: tuple[str, ...] = ()
    """The levels that were reached, each with what it is of."""
    activite_du: str = ""
    activite_au: str = ""


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
        _cited(achievement),
        _levels(subject, achievement),
        _text(subject, "activityStartDate"),
        _text(subject, "activityEndDate"),
    )


@dataclass(frozen=True)
class Contenu:
    """What a badge says, in words: nothing here was verified."""

    support: str
    """"json", "jws", "png" or "svg"."""
    id: str
    titre: str
    description: str
    emetteur: str
    emetteur_id: str
    source: str
    """Who saw it, when it is not the issuer."""
    destinataire: tuple[str, ...]
    """How the badge names its holder, in French."""
    criteres: str
    recit: str
    du: str
    au: str
    activite_du: str
    activite_au: str
    references: tuple[str, ...]
    """The skills that it cites, with their code and their framework."""
    niveaux: tuple[str, ...]
    """The levels that were reached, each with what it is of."""
    preuves_jointes: tuple[str, ...]
    """The pieces that it joins as evidence."""
    listes: tuple[str, ...]
    """Where its issuer says whether it still holds."""
    badges: int
    """How many others it contains."""
    avenants: int
    """How many people endorse it."""

    def to_dict(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
        }

    def page(self, *, fichier: str = "") -> str:
        """As an HTML page, which says that nothing was verified."""
        return page(
            "badge_montre.html.j2",
            contenu=self,
            lignes=words.lignes(self),
            non_verifie=words.NON_VERIFIE,
            fichier=fichier,
        )

    def _repr_html_(self) -> str:
        return self.page()


def decrire(badge: Octets) -> Contenu:
    """What a badge says, whatever it is worth. BadgeError B011 for what carries none, or none that can be read."""
    carried = extraire(badge)
    said = lu(carried)
    if not said:
        raise BadgeError(
            Diagnostic(
                "B011",
                "error",
                "The badge says nothing that can be read.",
                "",
                "Check that the file is the one that was received.",
                "le contenu du badge ne se lit pas",
                "vérifier que le fichier est celui qui a été reçu",
            )
        )
    subject = _part(said, "credentialSubject")
    # Open Badges 2.0 has the achievement under another name, and may say its address alone.
    achievement = _part(subject, "achievement") or _part(said, "badge")
    issuer = said.get("issuer", achievement.get("issuer"))
    return Contenu(
        support=carried.support,
        id=_text(said, "id"),
        titre=_text(achievement, "name") or _text(said, "name"),
        description=_text(achievement, "description") or _text(subject, "endorsementComment"),
        emetteur=_text(issuer, "name"),
        emetteur_id=issuer if isinstance(issuer, str) else _text(issuer, "id"),
        source=_text(_part(subject, "source"), "name"),
        destinataire=_holders(said, subject),
        criteres=_text(_part(achievement, "criteria"), "narrative"),
        recit=_text(subject, "narrative") or _text(said, "narrative"),
        du=_text(said, "validFrom") or _text(said, "issuanceDate") or _text(said, "issuedOn"),
        au=_text(said, "validUntil") or _text(said, "expirationDate") or _text(said, "expires"),
        activite_du=_text(subject, "activityStartDate"),
        activite_au=_text(subject, "activityEndDate"),
        references=_cited(achievement),
        niveaux=_levels(subject, achievement),
        preuves_jointes=tuple(
            _text(one, "name") or _text(one, "narrative") or _text(one, "id")
            for one in _items(said.get("evidence"))
        ),
        listes=tuple(
            _text(one, "statusListCredential") or _text(one, "id")
            for one in _items(said.get("credentialStatus"))
        ),
        badges=len(_items(subject.get("verifiableCredential"))),
        avenants=sum(
            len(_items(part.get(key)))
            for part in (said, achievement)
            for key in ("endorsement", "endorsementJwt")
        ),
    )


def _cited(achievement: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        " ".join(filter(None, (_text(one, "targetName"), _framed(one))))
        for one in _items(achievement.get("alignment"))
    )


def _levels(subject: dict[str, Any], achievement: dict[str, Any]) -> tuple[str, ...]:
    """A result names what it is of, and the level, by their ids in the achievement."""
    described = {
        _text(one, "id"): one
        for one in _items(achievement.get("resultDescription"))
        if isinstance(one, dict)
    }
    said = []
    for one in _items(subject.get("result")):
        of = described.get(_text(one, "resultDescription"))
        levels = _items(None if of is None else of.get("rubricCriterionLevel"))
        reached = next(
            (each for each in levels if _text(each, "id") == _text(one, "achievedLevel")), None
        )
        level = _text(reached, "name") or _text(reached, "level") or _text(one, "value")
        if level:
            said.append("\u202f: ".join(filter(None, (_text(of, "name"), level))))
    return tuple(said)


def _framed(alignment: Any) -> str:
    code, framework = _text(alignment, "targetCode"), _text(alignment, "targetFramework")
    said = ", ".join(filter(None, (code, framework)))
    return f"({said})" if said else ""


def _holders(said: dict[str, Any], subject: dict[str, Any]) -> tuple[str, ...]:
    named = [_text(subject, "id")] if _text(subject, "id") else []
    for one in (*_items(subject.get("identifier")), *_items(said.get("recipient"))):
        kind = _text(one, "identityType") or _text(one, "type")
        what = words.IDENTITES.get(kind, kind.removeprefix("ext:") or "identifiant")
        if isinstance(one, dict) and one.get("hashed") is True:
            named.append(f"{what}, dont le badge ne donne qu’une empreinte")
        else:
            named.append(f"{what}\u202f: {_text(one, 'identityHash') or _text(one, 'identity')}")
    return tuple(named)


def _items(given: Any) -> list[Any]:
    """One or several, those that are objects or texts."""
    several = given if isinstance(given, list) else [given]
    return [one for one in several if isinstance(one, dict | str) and one]


def _part(of: Any, key: str) -> dict[str, Any]:
    found = of.get(key) if isinstance(of, dict) else None
    return found if isinstance(found, dict) else {}


def _text(of: Any, key: str) -> str:
    found = of.get(key) if isinstance(of, dict) else None
    return found if isinstance(found, str) else ""
