"""Badges through Python and the command line: what only these surfaces may get wrong."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spie
from spie import badges

ROOT = Path(__file__).resolve().parents[2]
ATTESTATION = (ROOT / "examples/donnees/attestation.json").read_bytes()
ICI = datetime(2026, 11, 29, 8, tzinfo=UTC)
HIER = datetime(2026, 11, 28, 8, tzinfo=UTC)
NOMS = [
    "structure",
    "destinataire",
    "preuve",
    "cle",
    "emetteur",
    "confiance",
    "statut",
    "dates",
    "avenants",
]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><title>œuf</title></svg>'


@pytest.fixture(scope="module")
def cle():
    return badges.Cle.generer("ed25519")


@pytest.fixture(scope="module")
def badge(cle):
    return badges.emettre(ATTESTATION, cle, instant=HIER).badge


def run(*arguments, stdin=None, cwd=None):
    done = subprocess.run(
        [sys.executable, "-m", "spie", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80"},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


# --- Python


def test_a_badge_is_issued_and_verified(badge):
    rapport = badges.verifier(badge, au=ICI)
    assert (rapport.verdict, rapport.emetteur) == ("valide", "prouve")
    assert [one.nom for one in rapport.controles] == NOMS
    assert rapport.to_dict()["controles"][0]["motif"].keys() == {"fr", "en"}


def test_text_and_bytes_and_mappings_are_taken(cle, badge):
    assert badges.verifier(badge.encode(), au=ICI).verdict == "valide"
    made = badges.emettre(json.loads(ATTESTATION), cle, instant=HIER)
    assert badges.verifier(made.badge, au=ICI).verdict == "valide"


def test_no_secret_is_shown(cle):
    secret = cle.ecrire().decode()
    shown = repr(cle) + str(cle) + repr(cle.publiques)
    assert not any(line in shown for line in secret.splitlines()[1:-1])
    with pytest.raises(spie.BadgeError) as refused:
        badges.Cle.lire(cle.ecrire("sésame"), "autre phrase")
    assert "autre phrase" not in str(refused.value) and refused.value.code == "B004"


def test_a_key_that_stands_elsewhere_signs(tmp_path):
    """The module is openssl, and the keys of each kind are its own."""
    kinds = {
        "ed25519": ["ed25519"],
        "rsa": ["rsa", "-pkeyopt", "rsa_keygen_bits:2048"],
    }
    for name, kind in kinds.items():
        secret, message = tmp_path / f"{name}.pem", tmp_path / "message"
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", *kind, "-out", secret],
            check=True,
            capture_output=True,
        )
        publique = subprocess.run(
            ["openssl", "pkey", "-in", secret, "-pubout"], check=True, capture_output=True
        ).stdout

        def signer(given, name=name, secret=secret, message=message):
            message.write_bytes(given)
            how = (
                ["-sign", "-rawin"]
                if name == "ed25519"
                else ["-sign", "-rawin", "-digest", "sha256"]
            )
            return subprocess.run(
                ["openssl", "pkeyutl", *how, "-inkey", secret, "-in", message],
                check=True,
                capture_output=True,
            ).stdout

        signataire = badges.Signataire(publique, signer)
        made = badges.emettre(ATTESTATION, signataire, instant=HIER)
        rapport = badges.verifier(made.badge, au=ICI)
        assert (rapport.verdict, rapport.emetteur) == ("valide", "prouve")
        with pytest.raises(spie.BadgeError) as refused:
            signataire.ecrire()
        assert refused.value.code == "B004"


def test_a_signer_that_fails_or_lies_is_told(cle):
    def fails(message):
        raise TimeoutError("the module does not answer")

    with pytest.raises(TimeoutError):
        badges.emettre(ATTESTATION, badges.Signataire(cle.publiques, fails), instant=HIER)
    for wrong, raised in ((b"x" * 64, spie.BadgeError), (b"", spie.BadgeError), ("x", TypeError)):
        with pytest.raises(raised):
            badges.emettre(
                ATTESTATION, badges.Signataire(cle.publiques, lambda _, w=wrong: w), instant=HIER
            )
    with pytest.raises(spie.BadgeError):
        badges.Signataire(cle.ecrire(), fails)


def test_an_instant_needs_its_zone(cle):
    with pytest.raises(spie.UsageError):
        badges.emettre(ATTESTATION, cle, instant=datetime(2026, 11, 28))


def test_a_batch_keeps_its_order_and_lets_others_work(badge):
    altered = badge.replace("Stagiaire", "Directeur")
    given = [badge, altered, badge.encode(), b"{}"] * 25
    ran = []
    stop = threading.Event()

    def other():
        while not stop.is_set():
            ran.append(1)
            stop.wait(0.0005)

    thread = threading.Thread(target=other)
    thread.start()
    found = badges.Verificateur(au=ICI).verifier_tous(given, fils=3)
    stop.set()
    thread.join()
    assert [one.verdict for one in found] == ["valide", "invalide", "valide", "invalide"] * 25
    assert len(ran) > 1
    assert badges.Verificateur(au=ICI).verifier_tous([]) == ()


def test_verifying_many_tells_how_far_it_is_and_is_ended_by_who_asks(monkeypatch):
    monkeypatch.setattr(badges, "LOT", 2)
    told = []
    verifier = badges.Verificateur(au=ICI)
    found = verifier.verifier_tous([b"{}"] * 5, progres=lambda *seen: told.append(seen))
    assert told == [(2, 5), (4, 5), (5, 5)] and len(found) == 5

    def enough(done, whole):
        raise ArithmeticError(done)

    with pytest.raises(ArithmeticError, match="2"):
        verifier.verifier_tous([b"{}"] * 5, progres=enough)


def test_a_fetcher_is_asked_and_what_it_raises_is_raised():
    cle = badges.Cle.generer("ed25519")
    text = ATTESTATION.replace(b"ISSUER", b"did:web:atelier.example")
    made = badges.emettre(text, cle, instant=HIER, methode="did:web:atelier.example#cle").badge
    document = {
        "id": "did:web:atelier.example",
        "assertionMethod": [
            {
                "id": "did:web:atelier.example#cle",
                "type": "Multikey",
                "controller": "did:web:atelier.example",
                "publicKeyMultibase": cle.publiques.multibase,
            }
        ],
    }
    asked = []

    def chercher(adresse):
        asked.append(adresse)
        return json.dumps(document) if adresse.startswith("https://") else None

    rapport = badges.Verificateur(au=ICI, chercher=chercher).verifier(made)
    assert rapport.emetteur == "prouve" and "https://atelier.example/.well-known/did.json" in asked
    assert badges.verifier(made, au=ICI).verdict == "non_verifiable"

    def fails(adresse):
        raise KeyError(adresse)

    with pytest.raises(KeyError):
        badges.Verificateur(au=ICI, chercher=fails).verifier_tous([made, made])


def test_an_image_gives_its_badge_back(badge):
    baked = badges.incruster(SVG.encode(), badge)
    assert badges.extraire(baked).badge.decode() == badge
    assert badges.verifier(baked, au=ICI).verdict == "valide"
    with pytest.raises(spie.BadgeError) as refused:
        badges.incruster(b"GIF89a", badge)
    assert refused.value.code == "B011"


def test_a_qr_code_is_a_drawing(badge):
    for address in ("http://atelier.example/b/1", "atelier.example", "https://a.example/#b", ""):
        with pytest.raises(spie.errors.UsageError) as refused:
            badges.qr(address, "urn:uuid:1", badge)
        assert refused.value.diagnostics[0].where == "adresse"
    code = badges.qr("https://atelier.example/b/1", "urn:uuid:1", badge)
    assert len({len(line) for line in code.lignes} | {len(code.lignes)}) == 1
    assert code.svg().startswith("<svg") and "sha256=" in code.texte


def test_the_page_is_for_a_recruiter(badge):
    page = badges.verifier(badge, au=ICI).page(badge, fichier="a <b>.json")
    assert "Badge valide" in page and "l’esprit d’équipe" in page and "a &lt;b&gt;.json" in page
    altered = badge.replace("Stagiaire", "<script>alert(1)</script>")
    page = badges.verifier(altered, au=ICI).page(altered)
    assert "Badge invalide" in page and "<script>" not in page
    assert "À ne pas tenir pour établi" in page
    assert badges.verifier(b"\x00", au=ICI).page(b"\x00")


OB2 = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "Assertion",
    "id": "https://ecole.example/a/1",
    "recipient": {"type": "email", "hashed": False, "identity": "a@b.example"},
    "issuedOn": "2026-01-01T00:00:00Z",
    "verification": {"type": "hosted"},
    "badge": {
        "type": "BadgeClass",
        "id": "https://ecole.example/b",
        "name": "Titre professionnel",
        "description": "d",
        "criteria": {"narrative": "x"},
        "image": "https://ecole.example/i.png",
        "issuer": {
            "type": "Profile",
            "id": "https://ecole.example/i",
            "name": "École",
            "url": "https://ecole.example",
            "email": "a@b.example",
        },
    },
}


def test_no_page_says_more_than_what_was_proved(cle):
    """Whoever writes a file in the name of an address has a valid badge of Open Badges 2.0: a warning, no more."""
    rapport = badges.verifier(json.dumps(OB2), au=ICI)
    assert rapport.verdict == "valide" and rapport.dit().titre == "Badge non prouvé"
    page = rapport.page(json.dumps(OB2))
    assert "Badge valide" not in page and "À ne pas tenir pour établi" in page
    described = badges.verifier(json.dumps({"@context": OB2["@context"], **OB2["badge"]}), au=ICI)
    assert described.dit().titre == "Description de badge, donnée à personne"
    said = json.loads(ATTESTATION)
    said["issuer"]["id"] = "https://atelier.example/spie"
    own = badges.emettre(said, cle, instant=HIER).badge
    declared = badges.verifier(own, au=ICI)
    assert (declared.verdict, declared.emetteur) == ("valide", "auto_declare")
    assert declared.dit().titre == "Badge valide, émetteur non prouvé"
    assert "rien ne prouve de qui vient le badge" in declared.page(own)


def test_an_empty_recipient_is_refused():
    with pytest.raises(spie.UsageError) as refused:
        badges.Verificateur(au=ICI, destinataire="")
    assert refused.value.code == "A001"


# --- The command line


@pytest.fixture
def made(tmp_path):
    """A key, a badge, an image, in files."""
    (tmp_path / "attestation.json").write_bytes(ATTESTATION)
    (tmp_path / "dessin.svg").write_text(SVG, "utf-8")
    code, out, err = run(
        "badge", "cle", "--algorithme", "ed25519", "--vers", "cle.pem", "--json", cwd=tmp_path
    )
    assert code == 0, err
    public = json.loads(out)
    assert public.keys() == {"did", "multibase", "jwk"} and isinstance(public["jwk"], dict)
    code, out, err = run(
        "badge", "emettre", "attestation.json", "--cle", "cle.pem", "--instant",
        "2026-11-28T08:00:00Z", "--vers", "badge.json", "--json", cwd=tmp_path,
    )  # fmt: skip
    assert code == 0, err
    assert json.loads(out) == {"vers": "badge.json", "forme": "json", "avertissements": []}
    return tmp_path


def verify(folder, *arguments, stdin=None):
    code, out, err = run(
        "badge",
        "verifier",
        *arguments,
        "--au",
        "2026-11-29T08:00:00Z",
        "--json",
        cwd=folder,
        stdin=stdin,
    )
    return code, json.loads(out) if out else err


def test_a_key_file_is_new_and_for_its_owner_alone(made):
    assert stat.S_IMODE((made / "cle.pem").stat().st_mode) == 0o600
    before = (made / "cle.pem").read_bytes()
    code, out, err = run(
        "badge", "cle", "--algorithme", "p256", "--vers", "cle.pem", "--json", cwd=made
    )
    assert code == 3 and "il existe déjà" in err and "erreurs" in json.loads(out)
    assert (made / "cle.pem").read_bytes() == before
    code, out, _ = run(
        "badge", "cle", "--algorithme", "rsa", "--vers", "rsa.pem", "--json", cwd=made
    )
    assert code == 0 and json.loads(out)["multibase"] is None
    assert b"PRIVATE" not in out.encode()
    assert run("badge", "cle", "--algorithme", "dsa", "--vers", "x", cwd=made)[0] == 2


def test_a_phrase_comes_from_a_file_or_a_pipe(made):
    (made / "phrase").write_text("sésame\n", "utf-8")
    code, _, err = run(
        "badge",
        "cle",
        "--algorithme",
        "p384",
        "--vers",
        "chiffree.pem",
        "--phrase",
        "phrase",
        cwd=made,
    )
    assert code == 0, err
    assert "ENCRYPTED" in (made / "chiffree.pem").read_text()
    arguments = [
        "badge",
        "emettre",
        "attestation.json",
        "--cle",
        "chiffree.pem",
        "--vers",
        "b.json",
    ]
    assert run(*arguments, cwd=made)[0] == 3
    code, _, err = run(*arguments, "--phrase", "-", stdin="sésame\n".encode(), cwd=made)
    assert code == 0, err
    code, out, err = run(*arguments, "--phrase", "-", stdin=b"non-et-non\n", cwd=made)
    assert code == 3 and "non-et-non" not in out + err


def test_the_verdict_is_the_exit_code(made):
    (made / "altere.json").write_text(
        (made / "badge.json").read_text("utf-8").replace("Stagiaire", "Directeur"), "utf-8"
    )
    code, found = verify(made, "badge.json")
    assert code == 0 and found[0]["fichier"] == "badge.json" and found[0]["verdict"] == "valide"
    assert found[0].keys() == {"fichier", "verdict", "emetteur", "controles"}
    assert [one["nom"] for one in found[0]["controles"]] == NOMS
    assert found[0]["controles"][0].keys() == {"nom", "etat", "code", "place", "motif", "remede"}
    assert verify(made, "badge.json", "--exiger", "confiance")[0] == 4
    code, found = verify(made, "badge.json", "altere.json", "--exiger", "confiance")
    assert code == 1 and [one["verdict"] for one in found] == ["non_verifiable", "invalide"]
    assert verify(made, "-", stdin=(made / "badge.json").read_bytes())[0] == 0
    assert verify(made, "absent.json")[0] == 3
    assert run("badge", "verifier", "badge.json", "--exiger", "tout", cwd=made)[0] == 2
    assert run("badge", "verifier", "badge.json", "--au", "demain", cwd=made)[0] == 2
    assert verify(made, "badge.json", "--destinataire", "a@example.com")[0] == 0
    code, _, err = run(
        *("badge", "verifier", "badge.json", "--au", "2026-11-29T08:00:00Z"),
        *("--destinataire", ""),
        cwd=made,
    )
    assert code == 2 and "--destinataire" in err
    for year in ("0000", "9999"):
        at = f"{year}-01-01T00:00:00Z"
        assert run("badge", "verifier", "badge.json", "--au", at, cwd=made)[0] == 1


def test_a_list_of_trust_is_signed_and_recognises_an_issuer(made):
    issuer = json.loads((made / "badge.json").read_bytes())["issuer"]["id"]
    entry = {"id": issuer, "nom": "Atelier inventé", "etat": "reconnu", "du": "2026-01-01"}
    (made / "liste.json").write_text(json.dumps({"emetteurs": [entry]}), "utf-8")
    sign = ("badge", "confiance", "liste.json", "--cle", "cle.pem", "--vers")
    code, out, err = run(*sign, "liste.jws", "--json", cwd=made)
    assert code == 0, err
    assert json.loads(out) == {"vers": "liste.jws", "signataire": issuer}
    trusted = ("--confiance", "liste.jws", "--exiger", "confiance")
    assert verify(made, "badge.json", *trusted)[0] == 0
    (made / "liste.json").write_text(json.dumps({"emetteurs": [{**entry, "etat": "suspendu"}]}))
    assert run(*sign, "-", cwd=made)[1].count(".") == 2
    run(*sign, "suspendu.jws", cwd=made)
    assert verify(made, "badge.json", "--confiance", "suspendu.jws", *trusted[2:])[0] == 1
    (made / "liste.json").write_text("{}")
    code, _, err = run(*sign, "rien.jws", cwd=made)
    assert code == 3 and "B001" in err and not (made / "rien.jws").exists()


def test_an_image_is_baked_and_read_back(made):
    assert (
        run("badge", "incruster", "dessin.svg", "badge.json", "--vers", "b.svg", cwd=made)[0] == 0
    )
    assert verify(made, "b.svg")[0] == 0
    code, out, _ = run("badge", "extraire", "b.svg", cwd=made)
    assert code == 0 and out == (made / "badge.json").read_text("utf-8")
    assert run("badge", "extraire", "dessin.svg", cwd=made)[0] == 3
    code, _, err = run(
        "badge",
        "qr",
        "b.svg",
        "--adresse",
        "https://atelier.example/b/1",
        "--vers",
        "qr.svg",
        cwd=made,
    )
    assert code == 0 and (made / "qr.svg").read_text().startswith("<svg"), err


def test_pairs_of_key_and_proof_that_do_not_fit_are_refused(made):
    code, out, _ = run(
        "badge", "emettre", "attestation.json", "--cle", "cle.pem", "--preuve", "ecdsa-rdfc-2019",
        "--vers", "x.json", "--json", cwd=made,
    )  # fmt: skip
    assert (
        code == 3
        and json.loads(out)["erreurs"][0]["code"] == "B004"
        and not (made / "x.json").exists()
    )
    code, out, _ = run(
        "badge", "emettre", "attestation.json", "--cle", "cle.pem", "--preuve", "eddsa-rdfc-2022",
        "--preuve", "vc-jwt", "--vers", "-", cwd=made,
    )  # fmt: skip
    assert code == 0 and out.count(".") == 2


def test_the_terminal_says_it_in_french_at_eighty_columns(made):
    code, out, _ = run("badge", "verifier", "badge.json", "--au", "2026-11-29T08:00:00Z", cwd=made)
    assert code == 0 and "Badge valide" in out and "Révocation" in out
    assert max(map(len, out.splitlines())) <= 80
    assert run("badge", "verifier", "badge.json", "--html", "p.html", cwd=made)[0] == 0
    assert "<h1>" in (made / "p.html").read_text("utf-8")


# --- Registers, batches, what a badge says

LISTE = "https://exemple.fr/etats/1"


@pytest.fixture
def registre(tmp_path):
    return badges.Registre.creer(tmp_path / "registre.json", liste=LISTE)


def test_a_revocation_reaches_who_verifies(cle, registre):
    made = badges.emettre(ATTESTATION, cle, instant=HIER, registres=[registre]).badge
    assert stat.S_IMODE(registre.chemin.stat().st_mode) == 0o600
    (entree,) = registre.etat().entrees
    assert (entree.badge, entree.etat) == (json.loads(ATTESTATION)["id"], 0)

    def verdict():
        liste = registre.publier(cle, instant=HIER, au=ICI).badge
        return badges.verifier(made, au=ICI, documents={LISTE: liste}).verdict

    assert badges.verifier(made, au=ICI).verdict == "non_verifiable"
    assert verdict() == "valide"
    registre.poser(entree.badge)
    assert verdict() == "invalide"
    with pytest.raises(spie.BadgeError) as refused:
        registre.poser(entree.badge, etat=0)
    assert refused.value.code == "B009" and "ne se lève pas" in refused.value.diagnostics[0].phrase
    with pytest.raises(spie.UsageError):
        badges.Registre.creer(registre.chemin, liste=LISTE)
    with pytest.raises(spie.UsageError):
        badges.Registre("absent.json").etat()


def test_a_list_of_1edtech_has_no_proof(cle, tmp_path):
    registre = badges.Registre.creer(tmp_path / "r.json", liste=LISTE, forme="1edtech")
    text = json.loads(ATTESTATION)
    text["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    made = badges.emettre(text, cle, instant=HIER, registres=[registre]).badge
    registre.poser(text["id"], motif="émis par erreur")
    liste = registre.publier(None, instant=HIER, emetteur=cle.publiques.did).badge
    assert "proof" not in json.loads(liste)
    rapport = badges.verifier(made, au=ICI, documents={LISTE: liste})
    assert rapport.verdict == "invalide" and rapport.etat("statut") == "echec"
    with pytest.raises(spie.UsageError):
        registre.publier(None, instant=HIER)


def test_processes_that_write_one_register_lose_no_entry(registre):
    code = (
        "import sys; from spie import badges; r = badges.Registre(sys.argv[1])\n"
        "for i in range(10): r.inscrire({'id': f'urn:{sys.argv[2]}-{i}'})"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(registre.chemin), str(rank)])
        for rank in range(3)
    ]
    assert [one.wait() for one in writers] == [0, 0, 0]
    entries = registre.etat().entrees
    assert len({one.badge for one in entries}) == len({one.index for one in entries}) == 30


def test_a_batch_is_issued_to_all_or_to_nobody(cle, registre):
    lines = [
        {"destinataire": f"urn:p:{i}", "recit": f"Récit {i} : l’œuvre, « ça »"} for i in range(6)
    ]
    told = []
    made = badges.emettre_lot(
        ATTESTATION,
        lines,
        cle,
        instant=HIER,
        registres=[registre],
        fils=2,
        progres=lambda done, all: told.append((done, all)),
    )
    assert told == [(i, 6) for i in range(1, 7)]
    said = [json.loads(one.badge) for one in made]
    assert [one["credentialSubject"]["narrative"] for one in said] == [
        one["recit"] for one in lines
    ]
    assert [one["id"] for one in said] == [one.id for one in made]
    assert len({one["credentialStatus"]["statusListIndex"] for one in said}) == 6
    liste = registre.publier(cle, instant=HIER).badge
    checker = badges.Verificateur(au=ICI, documents={LISTE: liste})
    assert {one.verdict for one in checker.verifier_tous([one.badge for one in made])} == {"valide"}

    wrong = "destinataire;courriel;recit\nurn:p:1;;\n;;seule\nurn:p:3;a@b.fr;\nurn:p:4;;1 85 05 78 006 084 91\n"
    with pytest.raises(spie.BadgeError) as refused:
        badges.emettre_lot(ATTESTATION, wrong, cle, instant=HIER, registres=[registre])
    assert [one.where.split(" :")[0] for one in refused.value.diagnostics] == [
        "ligne 3",
        "ligne 4",
        "ligne 5",
    ]
    assert len(registre.etat().entrees) == 6
    with pytest.raises(spie.UsageError):
        badges.emettre_lot(ATTESTATION, [{"nom": "Aline"}], cle, instant=HIER)

    def stop(done, all):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        badges.emettre_lot(ATTESTATION, lines, cle, instant=HIER, progres=stop)


def test_what_a_badge_says_never_looks_verified(badge):
    found = badges.decrire(badges.incruster(SVG.encode(), badge))
    assert found.titre == "Avoir l’esprit d’équipe" and found.support == "svg"
    assert found.destinataire == ("adresse de courriel, dont le badge ne donne qu’une empreinte",)
    assert found.references == ("Avoir l’esprit d’équipe (300465, ROME 4.0 v460)",)
    page = found.page(fichier="b.svg")
    assert page.count("Rien n’a été vérifié") == 2 and "Boulangerie أمل" in page
    for word in ("valide</", "Badge valide", "en règle", "favorable", "prouvé"):
        assert word not in page.split("</style>")[-1]
    altered = badges.decrire(badge.replace("Stagiaire", "Directeur"))
    assert altered.titre == found.titre
    hostile = badges.decrire(badge.replace("Avoir l’esprit d’équipe", "<b>Badge valide</b>"))
    assert "<b>" not in hostile.page().split("</style>")[-1]
    with pytest.raises(spie.BadgeError):
        badges.decrire("{}")
    for odd in (
        '{"id": 3, "credentialSubject": [], "issuer": []}',
        '{"badge": "https://x.fr", "a": 1}',
    ):
        assert badges.decrire(odd).titre == ""


def test_a_register_is_opened_read_and_changed_by_commands(made):
    code, out, err = run("badge", "registre", "r.json", "--liste", LISTE, "--json", cwd=made)
    assert code == 0 and json.loads(out)["entrees"] == [], err
    assert stat.S_IMODE((made / "r.json").stat().st_mode) == 0o600
    assert run("badge", "registre", "r.json", "--liste", LISTE, cwd=made)[0] == 3
    code, _, err = run(
        "badge", "emettre", "attestation.json", "--cle", "cle.pem", "--registre", "r.json",
        "--instant", "2026-11-28T08:00:00Z", "--vers", "b.json", cwd=made,
    )  # fmt: skip
    assert code == 0, err

    def publish():
        return run(
            "badge", "statut", "r.json", "--cle", "cle.pem", "--instant", "2026-11-28T08:00:00Z",
            "--jusqu-au", "2026-12-28T08:00:00Z", "--vers", "liste.json", "--json", cwd=made,
        )  # fmt: skip

    code, out, err = publish()
    assert code == 0 and json.loads(out)["vers"] == "liste.json", err
    with_list = ["b.json", "--document", f"{LISTE}=liste.json"]
    assert verify(made, *with_list)[0] == 0
    code, out, err = run("badge", "revoquer", "r.json", "b.json", "--json", cwd=made)
    assert code == 0 and [one["etat"] for one in json.loads(out)["entrees"]] == [1], err
    assert publish()[0] == 0
    assert verify(made, *with_list)[0] == 1
    code, out, _ = run("badge", "statut", "r.json", "b.json", "urn:x", "--json", cwd=made)
    said = json.loads(out)
    assert code == 0 and said["inconnus"] == ["urn:x"] and len(said["entrees"]) == 1
    code, out, _ = run("badge", "statut", "r.json", cwd=made)
    assert code == 0 and "révoqué" in out and max(map(len, out.splitlines())) <= 80
    code, out, _ = run("badge", "revoquer", "r.json", "b.json", "--lever", "--json", cwd=made)
    assert code == 3 and json.loads(out)["erreurs"][0]["code"] == "B009"
    assert run("badge", "revoquer", "r.json", "urn:x", cwd=made)[0] == 3
    assert run("badge", "statut", "r.json", "--vers", "l.json", cwd=made)[0] == 2
    assert run("badge", "registre", "s.json", "--liste", LISTE, "--but", "rappel", cwd=made)[0] == 2
    assert run("badge", "statut", "cle.pem", cwd=made)[0] == 3
    code, _, err = run("badge", "statut", "absent.json", cwd=made)
    assert code == 3 and "il n’existe pas" in err
    assert run("badge", "registre", "t.json", "--liste", "liste", cwd=made)[0] == 2


def test_a_batch_goes_to_a_folder_or_to_lines(made):
    (made / "lot.csv").write_text(
        "courriel;recit\naline@exemple.fr;« L’été »\nbela@exemple.fr;\n", "utf-8"
    )
    common = ["badge", "lot", "attestation.json", "lot.csv", "--cle", "cle.pem", "--instant",
              "2026-11-28T08:00:00Z"]  # fmt: skip
    code, out, err = run(*common, "--vers", "badges", "--json", cwd=made)
    told = json.loads(out)
    assert code == 0 and err == "", err
    assert [(one["ligne"], one["fichier"]) for one in told["badges"]] == [
        (2, "0001.json"),
        (3, "0002.json"),
    ]
    assert (
        verify(made, "badges/0001.json", "--destinataire", "aline@exemple.fr")[0] == 0
        and verify(made, "badges/0002.json", "--destinataire", "aline@exemple.fr")[0] == 1
    )
    assert stat.S_IMODE((made / "badges").stat().st_mode) == 0o700
    assert stat.S_IMODE((made / "badges/0001.json").stat().st_mode) == 0o600
    assert run(*common, "--vers", "badges", cwd=made)[0] == 3
    code, out, _ = run(*common, "--vers", "-", "--silencieux", "--preuve", "vc-jwt", cwd=made)
    lines = [json.loads(one) for one in out.splitlines()]
    assert code == 0 and [one["forme"] for one in lines] == ["jws", "jws"]
    (made / "lot.csv").write_text("courriel;recit\naline@exemple.fr;\nadresse;\n", "utf-8")
    code, out, err = run(*common, "--vers", "autres.jsonl", "--json", cwd=made)
    assert code == 3 and not (made / "autres.jsonl").exists()
    assert [one["where"] for one in json.loads(out)["erreurs"]] == ["ligne 3 : courriel"]
    (made / "lot.csv").write_text("courriel\n", "utf-8")
    assert run(*common, "--vers", "x", cwd=made)[0] == 2


def test_a_badge_is_shown_and_not_verified(made):
    code, out, _ = run("badge", "montrer", "badge.json", cwd=made)
    assert code == 0 and "Rien n’a été vérifié" in out and "Deux observations du tuteur" in out
    assert "Badge valide" not in out and max(map(len, out.splitlines())) <= 80
    code, out, _ = run("badge", "montrer", "badge.json", "--json", "--html", "m.html", cwd=made)
    said = json.loads(out)
    assert code == 0 and said["verifie"] is False and said["titre"] == "Avoir l’esprit d’équipe"
    assert "<h1>" in (made / "m.html").read_text("utf-8")
    assert run("badge", "montrer", "dessin.svg", cwd=made)[0] == 3


def test_a_key_given_for_something_else_is_not_repeated(made):
    secret = (made / "cle.pem").read_text().splitlines()[1]
    (made / "ligne").write_text('"' + secret)
    for arguments in (
        ["badge", "emettre", "ligne", "--cle", "cle.pem", "--vers", "x"],
        ["badge", "emettre", "cle.pem", "--cle", "cle.pem", "--vers", "x"],
        ["badge", "emettre", "attestation.json", "--cle", "ligne", "--vers", "x"],
        ["badge", "emettre", "attestation.json", "--cle", "cle.pem", "--vers", "x", "--methode",
         (made / "cle.pem").read_text()],
        ["badge", "lot", "attestation.json", "cle.pem", "--cle", "cle.pem", "--vers", "x"],
        ["badge", "lot", "cle.pem", "ligne", "--cle", "cle.pem", "--vers", "x"],
        ["badge", "statut", "cle.pem"],
        ["badge", "statut", "ligne"],
        ["badge", "montrer", "cle.pem"],
        ["badge", "verifier", "badge.json", "--confiance", "ligne"],
        ["badge", "verifier", "badge.json", "--cle-publique", "did:x=ligne"],
    ):  # fmt: skip
        code, out, err = run(*arguments, "--json", cwd=made)
        assert code != 0 or "--confiance" in arguments, arguments
        assert secret[16:32] not in out + err, arguments
        assert secret[:24] not in out + err, arguments


def test_a_page_names_the_skills_the_level_and_the_days(cle):
    said = json.loads(ATTESTATION)
    achievement = said["credentialSubject"]["achievement"]
    achievement["resultDescription"] = [
        {
            "id": "urn:uuid:1f0e7b0a-0000-4000-8000-000000000001",
            "type": ["ResultDescription"],
            "name": "L’équipe",
            "resultType": "RubricCriterionLevel",
            "rubricCriterionLevel": [
                {
                    "id": "urn:uuid:1f0e7b0a-0000-4000-8000-000000000002",
                    "type": ["RubricCriterionLevel"],
                    "name": "pratique seule",
                }
            ],
        }
    ]
    said["credentialSubject"]["result"] = [
        {
            "type": ["Result"],
            "resultDescription": "urn:uuid:1f0e7b0a-0000-4000-8000-000000000001",
            "achievedLevel": "urn:uuid:1f0e7b0a-0000-4000-8000-000000000002",
        }
    ]
    text = json.dumps(said)
    found = badges.decrire(text)
    assert found.niveaux == ("L’équipe\u202f: pratique seule",)
    assert found.to_dict()["niveaux"] == ["L’équipe\u202f: pratique seule"]
    for page in (found.page(), badges.verifier(text, au=ICI).page(text)):
        for words in ("300465", "pratique seule", "5 octobre 2026", "16 octobre 2026"):
            assert words in page
        assert "2026-10-05T" not in page and "2031-11-02T" not in page


def test_no_code_is_shown_for_who_a_label_names():
    subject = {
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": "Le Fournil", "identityType": "name"},
            {"type": "IdentityObject", "hashed": False, "identityHash": "123", "identityType": "ext:SIRET"},
        ]
    }  # fmt: skip
    shown = badges.decrire(json.dumps({"id": "urn:a", "credentialSubject": subject})).destinataire
    assert shown == ("nom\u202f: Le Fournil", "SIRET\u202f: 123")


def test_no_instant_and_no_purpose_is_shown_as_a_machine_writes_it(made):
    code, out, _ = run("badge", "montrer", "badge.json", cwd=made)
    assert code == 0 and "2 novembre 2031" in out and "T08:00" not in out
    code, out, _ = run("badge", "verifier", "badge.json", "--au", "2026-11-29T08:00:00Z", cwd=made)
    assert code == 0 and "T08:00" not in out
    run("badge", "registre", "r.json", "--liste", LISTE, cwd=made)
    at = ("--cle", "cle.pem", "--instant", "2026-11-28T08:00:00Z")
    run(
        "badge",
        "emettre",
        "attestation.json",
        *at,
        "--registre",
        "r.json",
        "--vers",
        "b.json",
        cwd=made,
    )
    run("badge", "statut", "r.json", *at, "--vers", "liste.json", cwd=made)
    _, out, _ = run(
        "badge", "verifier", "b.json", "--document", f"{LISTE}=liste.json", "--au",
        "2026-11-29T08:00:00Z", cwd=made,
    )  # fmt: skip
    assert "(révocation)" in out and "revocation" not in out


def test_a_refusal_names_what_is_at_fault(made):
    code, _, err = run(
        "badge", "qr", "badge.json", "--adresse", "http://x.fr/b", "--vers", "q.svg", cwd=made
    )
    assert code == 2 and "une adresse en https, sans" in err
    (made / "x.txt").write_text("bonjour", "utf-8")
    _, out, _ = run("badge", "verifier", "badge.json", "--confiance", "x.txt", cwd=made)
    assert "Redemander le badge" not in out and "Redemander la liste de confiance" in out
    run("badge", "registre", "r.json", "--liste", LISTE, cwd=made)
    code, _, err = run("badge", "revoquer", "r.json", "urn:inconnu", cwd=made)
    assert code == 3 and "Ce registre ne connaît pas ce badge" in err and "remis" not in err


def test_a_model_that_holds_a_nir_is_signed_for_nobody(cle):
    said = json.loads(ATTESTATION)
    said["credentialSubject"]["role"] = "n° 2 55 08 14 168 025 38"
    with pytest.raises(spie.BadgeError) as refused:
        badges.emettre_lot(said, [{"courriel": "a@b.example"}], cle, instant=HIER)
    (found,) = refused.value.diagnostics
    assert (found.code, found.where) == ("B001", "/credentialSubject/role")
