"""What leaves a passport signed, what a badge guarantees, and what outlives it, through Python and the
commands. What each means is tested in C++ (tests/passeport)."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
import spie
from spie import badges, passeport
from spie.conservation import Conservation
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

DAY = date(2022, 3, 1)
ON = date(2022, 6, 1)
MORNING = datetime(2022, 6, 1, 8, tzinfo=UTC)
ALINE = "personne:aline"
RENE = "professionnel:rene"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"></svg>'
DOSSIER = [
    (ALINE, "identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
    (ALINE, "contact", {"courriels": ["aline@example.org"]}),
    (ALINE, "referent", {"role": "referent_unique", "etape": "nomme", "professionnel": RENE}),
    (RENE, "professionnel", {"nom": "MODELE", "prenom": "René"}),
    (RENE, "habilitation", {"objet": "passeport", "etape": "accordee"}),
    ("structure:b", "structure", {"nom": "Boulangerie de l’Œuvre «\u202f日本\u202f» 🥐"}),
    (
        ALINE,
        "immersion",
        {
            "id": "I", "etape": "terminee", "structure": "structure:b",
            "date_debut": date(2022, 3, 7), "date_fin": date(2022, 3, 18),
        },
    ),
    (ALINE, "bilan_immersion", {"immersion": "I", "issue": "complete"}),
    (
        ALINE,
        "element_passeport",
        {"id": "e1", "etape": "ajoute", "genre": "competence", "immersion": "I", "libelle": "x"},
    ),
    (
        ALINE,
        "element_passeport",
        {
            "id": "e1", "etape": "confirme", "qualite": "tuteur", "nom_garant": "Mme Inventée",
            "vu": "elle a accueilli", "code_rome": "399999", "nature_rome": "competence",
            "version_rome": "v460", "niveau": "pratique",
        },
    ),
]  # fmt: skip


class Registre:
    """A list of statuses that stands in memory."""

    liste = "https://etat.example/1"

    def __init__(self):
        self.entrees, self.poses = 0, set()

    def inscrire(self, attestation):
        said = json.loads(attestation)
        said["credentialStatus"] = [
            {
                "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
                "statusListIndex": str(self.entrees), "statusListCredential": self.liste,
            }
        ]  # fmt: skip
        self.entrees += 1
        return json.dumps(said, ensure_ascii=False)

    def poser(self, *badges, etat=1):
        self.poses |= set(badges)


def filled(store):
    store.append(
        [evenement(who, *one, debut=DAY, auteur=RENE) for who, *one in DOSSIER],
        at=datetime(2022, 3, 2, 8, tzinfo=UTC),
    )
    return store


@pytest.fixture
def base():
    with spie.Store.memory() as store:
        yield filled(store)


@pytest.fixture
def guichet(base):
    with Acces.memory() as acces:
        yield Guichet(base, acces, spie.Pack.load("socle-national"))


@pytest.fixture
def registre():
    return Registre()


@pytest.fixture
def mission(registre):
    return passeport.Emetteur(
        badges.Cle.generer("ed25519"), MORNING, nom="Mission locale inventée", registres=[registre]
    )


def who(role, hour):
    actor = {"personne": ALINE, "referent": RENE}[role]
    return Demande(actor, "accompagnement", [role], instant=MORNING.replace(hour=hour))


def open_share(guichet, hour, **more):
    said = {
        "destinataire": "Boulangerie", "finalite": "candidature", "fin": date(2022, 7, 1),
        "elements": ["e1"], **more,
    }  # fmt: skip
    done = guichet.agir(who("personne", hour), "passeport.partager", ALINE, effet=ON, contenu=said)
    return done.evenements[0].contenu["id"]


def checked(badge, **options):
    return badges.verifier(badge, au=datetime(2022, 6, 2, tzinfo=UTC), **options)


def test_the_badge_of_an_immersion_is_issued_put_into_an_image_and_shown(
    guichet, mission, registre
):
    made = passeport.delivrer(
        guichet, who("referent", 8), ALINE, "I", au=ON, par=mission,
        titulaire=passeport.Titulaire(adresse="Aline@Example.org"),
    )  # fmt: skip
    image = badges.incruster(SVG, made.badge.texte)
    assert checked(image).etat("preuve") == "ok"
    assert checked(image, destinataire="aline@example.org").etat("destinataire") == "ok"
    said = json.loads(made.badge.texte)
    assert (
        said["credentialSubject"]["source"]["name"]
        == "Boulangerie de l’Œuvre «\u202f日本\u202f» 🥐"
    )
    assert said["issuer"]["name"] == "Mission locale inventée"
    assert "Aline" not in made.badge.texte and "xample.org" not in made.badge.texte
    assert made.badge.empreinte == hashlib.sha256(made.badge.texte.encode()).hexdigest()
    (shown,) = guichet.passeport(who("personne", 9), ALINE, au=ON).passeport.badges
    assert (shown.id, shown.etat, shown.titulaire) == (made.badge.id, "delivre", "adresse")
    assert shown.statuts == made.statuts and made.statuts[0].liste == registre.liste
    html = guichet.passeport(who("personne", 10), ALINE, au=ON).to_html()
    assert "Les badges qui vous ont été délivrés" in html


def test_an_altered_copy_is_refused(guichet, mission):
    made = passeport.delivrer(guichet, who("referent", 8), ALINE, "I", au=ON, par=mission)
    altered = badges.incruster(SVG, made.badge.texte).replace(b"Pratique", b"Maitrise")
    assert checked(altered).verdict == "invalide"


def test_a_signer_that_fails_records_nothing(guichet, mission):
    def refuses(attestation):
        raise RuntimeError("no module of security")

    class Broken(Registre):
        inscrire = staticmethod(refuses)

    broken = passeport.Emetteur(mission.cle, MORNING, registres=[Broken()])
    with pytest.raises(RuntimeError, match="no module"):
        passeport.delivrer(guichet, who("referent", 8), ALINE, "I", au=ON, par=broken)
    assert guichet.passeport(who("personne", 9), ALINE, au=ON).passeport.badges == ()


def test_a_share_leaves_as_badges_or_a_clr_signed_for_it_and_ceases(guichet, mission, registre):
    share = open_share(guichet, 8, champs=["niveau"])
    made = passeport.ecrire(
        guichet, who("personne", 9), ALINE, share, au=ON, forme="badges", par=mission
    )
    (badge,) = made.badges
    assert made.document == badge.texte + "\n"
    assert made.empreinte == hashlib.sha256(made.document.encode()).hexdigest()
    said = json.loads(badge.texte)
    assert said["name"] == "Avoir le sens du service"
    assert said["validUntil"] == "2022-07-01T23:59:59Z"
    assert "Pratique" in said["credentialSubject"]["narrative"]
    assert "Mme Inventée" not in made.document and "e1" not in made.document.split('"')
    clr = passeport.ecrire(
        guichet, who("personne", 10), ALINE, share, au=ON, forme="clr", par=mission
    )
    assert json.loads(clr.document)["partial"] is True
    assert clr.titulaire == made.titulaire
    own = guichet.passeport(who("personne", 11), ALINE, au=ON).passeport.partages[0].remises
    assert [(one.forme, len(one.badges), len(one.statuts)) for one in own] == [
        ("badges", 1, 1), ("clr", 2, 2),
    ]  # fmt: skip
    done = passeport.cesser(guichet, who("personne", 12), ALINE, share, au=ON, registres=[registre])
    assert registre.poses == {one.id for one in (*made.badges, *clr.badges)}
    assert {one.badge for one in done.statuts} == registre.poses
    assert done.non_poses == ()
    with pytest.raises(spie.PathError) as refused:
        passeport.ecrire(
            guichet, who("personne", 13), ALINE, share, au=ON, par=mission, forme="clr"
        )
    assert refused.value.code == "Q002"


def test_ceasing_forgets_no_entry_and_says_which_no_register_holds(guichet, mission, registre):
    share = open_share(guichet, 8)
    made = passeport.ecrire(
        guichet,
        who("personne", 9),
        ALINE,
        share,
        au=ON + timedelta(days=1),
        forme="badges",
        par=mission,
    )
    guichet.annuler(who("personne", 10), made.acte.acte)
    other = Registre()
    other.liste = "https://etat.example/2"
    # As of a day before what was signed.
    done = passeport.cesser(guichet, who("personne", 11), ALINE, share, au=ON, registres=[other])
    assert done.statuts == done.non_poses == made.statuts
    assert not other.poses
    assert done.to_dict()["non_poses"][0]["index"] == 0
    assert passeport.poser(done.non_poses, [registre]) == ()
    assert registre.poses == {made.badges[0].id}


def test_json_is_the_one_spelling_of_what_leaves(guichet):
    share = open_share(guichet, 8)
    made = passeport.ecrire(guichet, who("personne", 9), ALINE, share, au=ON)
    read = json.loads(made.document)
    again = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert made.document == again  # whose keys are ASCII, and which holds no fraction
    with pytest.raises(spie.UsageError):
        passeport.ecrire(guichet, who("personne", 10), ALINE, share, au=ON, forme="clr")


def test_she_takes_her_whole_passport_with_her(guichet, mission):
    made = passeport.exporter(guichet, who("personne", 8), ALINE, au=ON, par=mission)
    said = json.loads(made.document)
    assert said["partial"] is False
    assert checked(made.document, exiger=["avenants"]).etat("preuve") == "ok"
    view = guichet.passeport(who("personne", 9), ALINE, au=ON)
    assert [one.forme for one in view.passeport.emportes] == ["clr"]
    assert "Ce que vous avez emporté" in view.to_html()


def school_badge(cle, registre=None):
    made = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:cap",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "ISSUER", "type": ["Profile"], "name": "CFA inventé"},
        "validFrom": "2022-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject", "hashed": False, "identityType": "emailAddress",
                    "identityHash": "aline@example.org",
                }
            ],
            "achievement": {
                "id": "urn:uuid:a", "type": ["Achievement"], "name": "Accueil",
                "description": "Accueillir", "criteria": {"narrative": "vu"},
                "alignment": [
                    {
                        "type": ["Alignment"], "targetName": "Avoir le sens du service",
                        "targetUrl": "https://rome.example/399999", "targetCode": "399999",
                    }
                ],
            },
        },
    }  # fmt: skip
    text = json.dumps(made)
    return badges.emettre(registre.inscrire(text) if registre else text, cle, instant=MORNING).badge


def trust_list(keeper, *issuers):
    listed = {
        "emetteurs": [
            {"id": one.publiques.did, "nom": "CFA inventé", "etat": "reconnu", "du": "2022-01-01"}
            for one in issuers
        ]
    }
    return signed_list(keeper, listed)


def signed_list(keeper, listed):
    """A JWS of what is listed, signed by another program."""

    def part(given):
        return urlsafe_b64encode(given).rstrip(b"=")

    public = keeper.publiques
    head = {"alg": "EdDSA", "kid": f"{public.did}#{public.multibase}"}
    text = part(json.dumps(head).encode()) + b"." + part(json.dumps(listed).encode())
    with NamedTemporaryFile() as secret, NamedTemporaryFile() as signed:
        Path(secret.name).write_bytes(keeper.ecrire())
        Path(signed.name).write_bytes(text)
        done = subprocess.run(
            ["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", secret.name, "-in", signed.name],
            capture_output=True, check=True,
        )  # fmt: skip
    return text + b"." + part(done.stdout)


OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl signs the lists")


@OPENSSL
def test_a_badge_guarantees_by_being_verified_and_falls_by_a_later_look(guichet):
    keeper, school = badges.Cle.generer("ed25519"), badges.Cle.generer("ed25519")
    badge, trust = school_badge(school), trust_list(keeper, school)
    unknown = passeport.garantir(
        guichet,
        who("referent", 8),
        ALINE,
        "e1",
        badge,
        au=MORNING,
        confiance=trust_list(keeper, keeper),
    )
    assert (unknown.garanti, unknown.acte) == (False, None)
    assert unknown.rapport.etat("confiance") == "echec"
    made = passeport.garantir(
        guichet, who("referent", 9), ALINE, "e1", badge, au=MORNING, confiance=trust
    )
    assert made.garanti and made.rapport.verdict == "valide"
    (item,) = guichet.passeport(who("personne", 10), ALINE, au=ON).passeport.elements
    assert item.assurance == "garanti"
    found = passeport.revoir(
        guichet, who("referent", 11), ALINE, au=MORNING.replace(hour=11), confiance=trust
    )
    assert [one.etat for one in found] == ["tient"]
    (fallen,) = passeport.revoir(
        guichet, who("referent", 12), ALINE, au=MORNING.replace(hour=12),
        confiance=trust_list(keeper, keeper), noter=True,
    )  # fmt: skip
    assert (fallen.etat, fallen.motif, fallen.note) == ("tombe", "emetteur_retire", True)
    (item,) = guichet.passeport(who("personne", 13), ALINE, au=ON).passeport.elements
    assert (item.assurance, len(item.histoire)) == ("confirme", 4)
    with pytest.raises(spie.PathError) as refused:
        guichet.agir(
            who("referent", 14), "passeport.garantir", ALINE, effet=ON,
            contenu={
                "id": "e1", "moyen": "badge", "badge": "urn:uuid:1", "emetteur": "did:key:z1",
                "liste": "l", "verifie_le": ON,
            },
        )  # fmt: skip
    assert refused.value.code == "Q002"


def test_erasing_gives_what_is_to_be_set_and_what_outlives_it(guichet, base, mission):
    share = open_share(guichet, 8)
    shared = passeport.ecrire(
        guichet, who("personne", 9), ALINE, share, au=ON, forme="badges", par=mission
    )
    hers = passeport.delivrer(guichet, who("referent", 10), ALINE, "I", au=ON, par=mission)
    left = passeport.survivances(base, ALINE)
    assert [one.badge for one in left.a_poser] == [shared.badges[0].id]
    assert [one.badge for one in left.si_demande] == [hers.badge.id]
    assert [one.destinataire for one in left.chez_d_autres] == ["Boulangerie", ""]
    garde = Conservation(base, spie.Pack.load("socle-national"))
    done = garde.effacer(
        [ALINE], auteur="dpo", at=datetime(2022, 6, 2, 8, tzinfo=UTC), effet=date(2022, 6, 2)
    )
    (outlived,) = done.passeports
    assert outlived.a_poser == left.a_poser
    assert {one.mesure for one in done.figees} >= {"passeports", "badges"}
    assert done.to_dict()["passeports"][0]["personne"] == ALINE


@pytest.fixture
def files(tmp_path):
    keys, base = tmp_path / "b.cle", tmp_path / "b.db"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(base, keys) as store:
        filled(store)
    secret = tmp_path / "secret.pem"
    secret.write_bytes(badges.Cle.generer("ed25519").ecrire())
    return tmp_path


@pytest.fixture
def ran(spie_command, files):
    def run(*words, role="personne", code=0):
        actor = {"personne": ALINE, "referent": RENE, "gestionnaire": "professionnel:max"}[role]
        purpose = "gestion" if role == "gestionnaire" else "accompagnement"
        done = spie_command(
            "passeport", *words, "--base", files / "b.db", "--cle", files / "b.cle", "--acteur", actor,
            "--finalite", purpose, "--role", role, "--pack", "socle-national",
        )  # fmt: skip
        assert done.exit_code == code, done.output
        return done.stdout

    return run


def test_the_commands_issue_share_take_and_cease(ran, files):
    key = ("--cle-emetteur", files / "secret.pem", "--nom-emetteur", "Mission locale")
    drawing, out = files / "dessin.svg", files / "badge.svg"
    drawing.write_bytes(SVG)
    possible = json.loads(ran("badge", "aline", "--immersion", "I", "--json", role="referent"))
    assert possible["decision"] == "delivrable"
    told = ran(
        "badge",
        "aline",
        "--immersion",
        "I",
        *key,
        "--image",
        drawing,
        "--vers",
        out,
        role="referent",
    )
    assert "Aucun registre" in told and "urn:uuid:" in told
    assert checked_now(out.read_bytes()).verdict == "valide"
    ran("badge", "aline", "--immersion", "I", "--vers", out, role="referent", code=2)

    end = (date.today() + timedelta(days=60)).isoformat()
    opened = ("--a", "Boulangerie", "--but", "candidature", "--element", "e1", "--fin", end)
    folder, clr = files / "sortis", files / "releve.json"
    made = json.loads(
        ran("partager", "aline", *opened, "--forme", "badges", *key, "--vers", folder, "--json")
    )
    (written,) = folder.iterdir()
    assert written.name == "badge-01.json"
    assert hashlib.sha256(written.read_bytes()).hexdigest() == made["empreinte"]
    ran("partager", "aline", "--partage", made["partage"], "--forme", "clr", *key, "--vers", clr)
    assert json.loads(clr.read_text("utf-8"))["partial"] is True
    # A folder that is there is not written over; what was not written did not leave.
    ran(
        "partager", "aline", "--partage", made["partage"], "--forme", "badges", *key, "--vers", folder,
        code=3,
    )  # fmt: skip
    shown = json.loads(ran("aline", "--json"))
    assert [one["forme"] for one in shown["partages"][0]["remises"]] == ["badges", "clr"]
    assert "rien de ce" not in ran("cesser", "aline", "--partage", made["partage"])
    whole = files / "passeport.json"
    ran("exporter", "aline", *key, "--vers", whole)
    assert json.loads(whole.read_text("utf-8"))["partial"] is False
    left = json.loads(ran("survivances", "aline", "--json", role="gestionnaire"))
    assert len(left["chez_d_autres"]) == 4 and len(left["sans_statut"]) == 6


def test_a_register_given_to_the_commands_gives_entries_and_is_set(ran, files, monkeypatch):
    held = {}

    class Kept(Registre):
        def __new__(cls, path):
            return held.setdefault(str(path), super().__new__(cls))

        def __init__(self, path):
            if not hasattr(self, "poses"):
                super().__init__()
                self.liste = f"https://etat.example/{Path(path).name}"

    monkeypatch.setattr(badges, "Registre", Kept, raising=False)
    key = ("--cle-emetteur", files / "secret.pem", "--registre", files / "un")
    opened = ("--a", "Boulangerie", "--but", "candidature", "--element", "e1")
    end = (date.today() + timedelta(days=60)).isoformat()
    made = json.loads(
        ran(
            "partager", "aline", *opened, "--fin", end, "--forme", "clr", *key,
            "--vers", files / "clr.json", "--json",
        )
    )  # fmt: skip
    assert [one["liste"] for one in made["statuts"]] == ["https://etat.example/un"] * 2
    told = ran(
        "cesser", "aline", "--partage", made["partage"], "--registre", files / "un",
        "--registre", files / "autre",
    )  # fmt: skip
    assert "publier la liste" in told
    assert held[str(files / "un")].poses == {one["id"] for one in made["badges"]}
    assert not held[str(files / "autre")].poses  # of another list


def checked_now(badge):
    return badges.verifier(badge, au=datetime.now(UTC) + timedelta(minutes=1))


@OPENSSL
def test_the_commands_guarantee_and_look_again(ran, files):
    keeper, school = badges.Cle.generer("ed25519"), badges.Cle.generer("ed25519")
    badge, trust, other = files / "b.json", files / "liste.jws", files / "autre.jws"
    badge.write_text(school_badge(school), "utf-8")
    trust.write_bytes(trust_list(keeper, school))
    other.write_bytes(trust_list(keeper, keeper))
    asked = (
        "garantir",
        "aline",
        "--element",
        "e1",
        "--badge",
        badge,
        "--au",
        "2022-06-01T08:00:00Z",
    )
    told = ran(*asked, "--confiance", other, role="referent", code=1)
    assert "ne garantit rien" in told
    made = json.loads(ran(*asked, "--confiance", trust, "--json", role="referent"))
    assert made["garanti"] is True and made["rapport"]["verdict"] == "valide"
    looked = ("revoir", "aline", "--au", "2022-06-02T08:00:00Z")
    assert "tient" in ran(*looked, "--confiance", trust, role="referent")
    assert "pas vérifié" in ran(*looked, role="referent", code=4)
    fallen = ran(*looked, "--confiance", other, "--noter", role="referent", code=1)
    assert "ne tient plus" in re.sub(r"\s+", " ", fallen) and "(noté)" in fallen


def test_a_target_is_checked_before_anything_is_opened_or_signed(ran, files):
    register = badges.Registre.creer(files / "r.json", liste="https://etat.example/1")
    key = ("--cle-emetteur", files / "secret.pem", "--registre", files / "r.json")
    end = (date.today() + timedelta(days=60)).isoformat()
    opened = ("--a", "B", "--but", "candidature", "--element", "e1", "--fin", end)
    sharing = ("partager", "aline", *opened, "--forme", "badges", *key)
    (files / "la").mkdir()
    ran(*sharing, "--vers", files / "la", code=3)
    ran(*sharing, "--vers", files / "sans" / "parent", code=3)
    ran("partager", "aline", *opened, "--forme", "clr", "--vers", files / "x", code=2)  # no key
    assert json.loads(ran("aline", "--json"))["partages"] == []
    assert register.etat().entrees == ()
    shown = ran("partager", "aline", *opened)
    (share,) = json.loads(ran("aline", "--json"))["partages"]
    assert f"Partage : {share['id']}" in shown


def test_a_document_has_the_standard_output_for_itself(ran, files, monkeypatch):
    monkeypatch.chdir(files)
    key = ("--cle-emetteur", files / "secret.pem")
    end = (date.today() + timedelta(days=60)).isoformat()
    opened = ("--a", "B", "--but", "candidature", "--element", "e1", "--fin", end)
    out = ran("partager", "aline", *opened, "--forme", "clr", *key, "--vers", "-")
    assert json.loads(out)["partial"] is True
    assert json.loads(ran("exporter", "aline", *key, "--vers", "-"))["partial"] is False
    assert json.loads(
        ran("badge", "aline", "--immersion", "I", *key, "--vers", "-", role="referent")
    )
    assert not (files / "-").exists()


def test_a_profile_of_a_file_has_weights(ran, files):
    profile = {
        "id": "vente", "titre": "Vente", "metier": "D1507", "du": "2022-01-01",
        "construit_avec": ["Réseau inventé"],
        "attendus": [{"referentiel": "rome", "code": "300465", "version": "v460", "poids": 3}],
    }  # fmt: skip
    (files / "p.json").write_text(json.dumps(profile), "utf-8")
    asked = ("comparer", "aline", "--profil", files / "p.json", "--au", "2022-06-01")
    assert "(poids 3)" in ran(*asked, role="referent")


@pytest.fixture
def release(files, root):
    """An invented release that says another word for the code of her item than the pack does."""
    folder = files / "rome"
    folder.mkdir()
    for one in (root / "examples/donnees/rome").glob("*_v998_*.csv"):
        text = one.read_text("utf-8").replace("Avoir le sens du service", "Servir, mot inventé")
        (folder / one.name.replace("v998", "v460")).write_text(text, "utf-8")
    return ("--rome", folder, "--version-rome", "v460")


def test_a_release_gives_codes_their_words_wherever_they_leave(ran, files, release):
    key = ("--cle-emetteur", files / "secret.pem")
    end = (date.today() + timedelta(days=60)).isoformat()
    opened = ("--a", "B", "--but", "candidature", "--element", "e1", "--fin", end)
    shown = json.loads(ran("partager", "aline", *opened, *release, "--json"))
    share = ("partager", "aline", "--partage", shown["partage"])
    words = "Servir, mot inventé"
    assert [one["texte"] for one in shown["selection"]["elements"]] == [words]
    assert words in ran(*share, *release)
    assert words not in ran(*share)  # as the pack says it
    for form in ("json", "cv", "clr"):
        named, plain = files / f"{form}-rome", files / form
        by = key if form == "clr" else ()
        ran(*share, "--forme", form, *by, *release, "--vers", named)
        ran(*share, "--forme", form, *by, "--vers", plain)
        assert words in named.read_text("utf-8"), form
        assert "Avoir le sens du service" in plain.read_text("utf-8"), form
    folder = files / "badges-rome"
    ran(*share, "--forme", "badges", *key, *release, "--vers", folder)
    (written,) = folder.iterdir()
    assert json.loads(written.read_bytes())["credentialSubject"]["achievement"]["name"] == words
    whole = files / "a-elle.json"
    ran("exporter", "aline", *key, *release, "--vers", whole)
    assert words in whole.read_text("utf-8")
    ran("exporter", "aline", "--forme", "json", *release, "--vers", whole)
    assert words in whole.read_text("utf-8")
    for alone in (release[:2], release[2:]):
        ran(*share, *alone, code=2)
        ran("exporter", "aline", *key, *alone, "--vers", files / "rien", code=2)


def test_a_release_gives_codes_their_words_in_a_comparison_and_in_a_badge(ran, files, release):
    expected = [{"referentiel": "rome", "code": "9990001", "version": "v460"}]
    profile = {
        "id": "vente", "titre": "Vente", "metier": "D1507", "du": "2022-01-01",
        "construit_avec": ["Réseau inventé"], "attendus": expected,
    }  # fmt: skip
    (files / "p.json").write_text(json.dumps(profile), "utf-8")
    asked = ("comparer", "aline", "--profil", files / "p.json", "--au", "2022-06-01")
    assert "Éplucher et couper des légumes" in ran(*asked, *release, role="referent")
    assert "Éplucher" not in ran(*asked, role="referent")
    ran(*asked, *release[:2], role="referent", code=2)

    looked = ("badge", "aline", "--immersion", "I")
    assert "Servir, mot inventé ROME 399999 (v460)" in ran(*looked, *release, role="referent")
    out = files / "badge.json"
    key = ("--cle-emetteur", files / "secret.pem")
    ran(*looked, *key, *release, "--vers", out, role="referent")
    made = json.loads(out.read_bytes())["credentialSubject"]["achievement"]
    assert [one["targetName"] for one in made["alignment"]] == ["Servir, mot inventé"]


def test_a_badge_that_is_refused_is_said_so(capsys):
    from spie.terminal import passeport as terminal
    from spie.terminal.console import console

    read = passeport.BadgePossible(
        personne=ALINE, immersion="I", au=ON, role="referent", decision="refuse", motifs=(),
        issue="non_presentation", source="", debut=None, fin=None, criteres="", acquis=(), regle="",
    )  # fmt: skip
    console().print(terminal.badge(read))
    assert "refusé\n" in capsys.readouterr().out


def test_a_reason_that_is_a_sentence_ends_once():
    refused = spie.Diagnostic("Q002", "error", "No.", "", "", "non", "", "Rien n'a été montré.")
    assert refused.phrase.endswith("montré.")
