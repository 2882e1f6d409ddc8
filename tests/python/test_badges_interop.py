"""Badges before implementations written by others: what we issue they verify, what they issue we verify, and one
changed byte is refused by all. `make interop` installs them; skipped, and said, where they are not."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spie
import test_passeport_signe as room
from spie import badges, passeport
from spie.droits import Acces, Guichet

ROOT = Path(__file__).resolve().parents[2]
ORACLE = Path(os.environ.get("SPIE_SHARED", ROOT.parent / "shared")) / "oracles/badges/oracle.py"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "spie-oracles/badges"
READY = (
    ORACLE.exists()
    and (CACHE / "npm/node_modules/jose").exists()
    and (CACHE / "didkit/package").exists()
    and all(
        (CACHE / one / "ready").exists() or (CACHE / one / "bin/python").exists()
        for one in ("venv", "venv-obl")
    )
)
pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(
        not READY, reason="the other implementations are not installed: make interop"
    ),
]
NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
THEN = datetime(2026, 11, 28, 8, tzinfo=UTC)
RDFC = ("digitalbazaar", "pyld", "didkit", "openbadgeslib")
JWT = ("jose", "pyjwt", "jwcrypto", "openbadgeslib")
JWT_ISSUERS = JWT[:3]
# Accents, both apostrophes, guillemets, a ligature, an emoji, names written from right to left.
NAMES = [
    "L’été à l'œuvre : « Noël » ça et là",
    "Équipe 🤝🏽 — 100 %",
    "أمل بن سعيد",
    "דוד לוי et Zoé",
]


def oracle(*arguments, check=True):
    done = subprocess.run(
        [sys.executable, str(ORACLE), *map(str, arguments)], capture_output=True, text=True
    )
    assert not check or done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    return done.stdout


def credential(name, issuer="ISSUER"):
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": {"id": issuer, "type": ["Profile"], "name": name},
        "validFrom": "2026-11-01T09:00:00+01:00",
        "validUntil": "2040-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "urn:uuid:1d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a12",
            "type": ["AchievementSubject"],
            "creditsEarned": 1.5,
            "achievement": {
                "id": "urn:uuid:2d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a13",
                "type": ["Achievement"],
                "name": name,
                "description": 'Ce qui a été vu, "au carré" \\ à l’heure.\nSur deux lignes.',
                "criteria": {"narrative": name},
            },
        },
    }


def did_jwk(key):
    text = json.dumps(key.publiques.jwk, sort_keys=True, separators=(",", ":"))
    return "did:jwk:" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def verdicts(kind, files):
    """What each of them says of each file."""
    report = json.loads(oracle(f"verify-{kind}", *files, check=False))
    return [
        {name: bool(row[name].get("verified")) for name in row if name != "file"} for row in report
    ]


def test_what_we_sign_in_the_document_they_verify(tmp_path):
    key = badges.Cle.generer("ed25519")
    files = []
    for i, name in enumerate(NAMES):
        for suffix, change in (("good", ""), ("bad", " ")):
            made = badges.emettre(credential(name), key, instant=THEN).badge
            text = made.replace("Sur deux lignes.", "Sur deux" + change + " lignes.")
            files.append(tmp_path / f"{i}-{suffix}.json")
            files[-1].write_text(text, "utf-8")
    found = verdicts("rdfc", files)
    assert found[0::2] == [dict.fromkeys(RDFC, True)] * len(NAMES)
    assert found[1::2] == [dict.fromkeys(RDFC, False)] * len(NAMES)


@pytest.mark.parametrize("by", RDFC)
def test_what_they_sign_in_the_document_we_verify(tmp_path, by):
    key = tmp_path / "key.jwk"
    key.write_text(oracle("keygen", "EdDSA"))
    for name in NAMES:
        given = tmp_path / "given.json"
        given.write_text(json.dumps(credential(name), ensure_ascii=False), "utf-8")
        made = oracle("issue-rdfc", key, given, "--by", by, "--created", "2026-11-28T08:00:00Z")
        report = badges.verifier(made, au=NOW)
        assert (report.verdict, report.emetteur) == ("valide", "prouve"), report.to_dict()
        assert (
            badges.verifier(made.replace("deux lignes", "trois lignes"), au=NOW).verdict
            == "invalide"
        )


@pytest.mark.parametrize("algorithm", ["ed25519", "p256", "rsa"])
def test_the_jwt_that_we_sign_they_verify(tmp_path, algorithm):
    key = badges.Cle.generer(algorithm)
    files = []
    for i, name in enumerate(NAMES):
        made = badges.emettre(
            credential(name, did_jwk(key)), key, instant=THEN, preuves=["vc-jwt"]
        ).badge
        header, payload, signature = made.split(".")
        middle = len(payload) // 2
        other = "A" if payload[middle] != "A" else "B"
        altered = ".".join((header, payload[:middle] + other + payload[middle + 1 :], signature))
        for suffix, text in (("good", made), ("bad", altered)):
            files.append(tmp_path / f"{i}-{suffix}.jwt")
            files[-1].write_text(text)
    found = verdicts("jwt", files)
    assert found[0::2] == [dict.fromkeys(JWT, True)] * len(NAMES)
    assert found[1::2] == [dict.fromkeys(JWT, False)] * len(NAMES)


@pytest.mark.parametrize("by", JWT_ISSUERS)
@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "RS256"])
def test_the_jwt_that_they_sign_we_verify(tmp_path, by, algorithm):
    key = tmp_path / "key.jwk"
    key.write_text(oracle("keygen", algorithm))
    given = tmp_path / "given.json"
    for name in NAMES:
        given.write_text(json.dumps(credential(name), ensure_ascii=False), "utf-8")
        made = oracle("issue-jwt", key, given, "--by", by).strip()
        report = badges.verifier(made, au=NOW)
        assert (report.verdict, report.emetteur) == ("valide", "prouve"), report.to_dict()
        altered = made[:-20] + ("A" if made[-20] != "A" else "B") + made[-19:]
        assert badges.verifier(altered, au=NOW).verdict == "invalide"


def test_images_are_baked_and_read_both_ways(tmp_path):
    key = badges.Cle.generer("ed25519")
    badge = badges.emettre(credential(NAMES[0]), key, instant=THEN).badge
    (tmp_path / "badge.json").write_text(badge, "utf-8")
    drawing = tmp_path / "dessin.svg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>')
    oracle("bake", drawing, tmp_path / "badge.json", tmp_path / "eux.svg")
    theirs = (tmp_path / "eux.svg").read_bytes()
    assert badges.verifier(theirs, au=NOW).verdict == "valide"
    (tmp_path / "nous.svg").write_bytes(badges.incruster(drawing.read_bytes(), badge))
    assert badge.strip() in json.dumps(
        json.loads(oracle("extract", tmp_path / "nous.svg")), ensure_ascii=False
    ) or (NAMES[0] in oracle("extract", tmp_path / "nous.svg"))


def test_what_leaves_a_passport_is_verified_by_others_and_an_altered_copy_is_not(tmp_path):
    """The badge of an immersion, one signed for a share, and the record of the whole passport."""
    with spie.Store.memory() as store, Acces.memory() as acces:
        desk = Guichet(room.filled(store), acces, spie.Pack.load("socle-national"))
        by = passeport.Emetteur(badges.Cle.generer("ed25519"), room.MORNING, nom=NAMES[2])
        holder = passeport.Titulaire(adresse="aline@example.org")
        issued = passeport.delivrer(
            desk, room.who("referent", 8), room.ALINE, "I", au=room.ON, par=by, titulaire=holder
        )
        share = room.open_share(desk, 9, champs=["niveau", "garants", "references"])
        shared = passeport.ecrire(
            desk, room.who("personne", 10), room.ALINE, share, au=room.ON, forme="badges", par=by
        )
        whole = passeport.exporter(desk, room.who("personne", 11), room.ALINE, au=room.ON, par=by)
    written = {
        "immersion": issued.badge.texte,
        "partage": shared.badges[0].texte,
        "releve": whole.document,
        "altere": issued.badge.texte.replace("Pratique", "Maitrise"),
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, "utf-8")
    answers = json.loads(
        oracle(
            "verify-rdfc", "--now", "2022-06-02T08:00:00Z", *(tmp_path / one for one in written),
            check=False,
        )
    )  # fmt: skip
    found = dict(zip(written, answers, strict=True))
    for verifier in RDFC:
        assert found["immersion"][verifier]["verified"] is True, verifier
        assert found["altere"][verifier]["verified"] is False, verifier
    # openbadgeslib reads the clock of the machine, and no CLR.
    for verifier in RDFC[:3]:
        assert found["partage"][verifier]["verified"] is True, verifier
        assert found["releve"][verifier]["verified"] is True, verifier
