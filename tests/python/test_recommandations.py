"""Endorsements and the badges of structures through the surfaces that people use."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import spie
from spie import badges, passeport, recommandations, reseau
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

DAY, ON = date(2022, 3, 1), date(2022, 6, 1)
ALINE = "personne:aline"
BADGE = "urn:uuid:7d3c5f5e-1f63-4b6e-9d39-0d6b0f1c2a11"  # of examples/donnees/attestation.json
SIGNED = datetime(2022, 6, 1, 8, tzinfo=UTC)
AT = datetime(2026, 11, 29, 8, tzinfo=UTC)
WORDS = "Elle a l’esprit d’équipe « et du cœur » 🤝 أمل"
LABEL = {
    "etape": "accorde",
    "fin": date(2023, 5, 31),
    "criteres": ["accueil_tous_publics", "diagnostic_partage", "carnet_tenu"],
    "suivi_plus_six_mois": "oui",
}
SAID = [
    (ALINE, "identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
    (
        ALINE,
        "referent",
        {
            "role": "referent_unique",
            "etape": "nomme",
            "professionnel": "professionnel:rene",
            "structure": "structure:s",
        },
    ),
    ("structure:s", "structure", {"nom": "Maison « Épi »", "siret": "00012345600011"}),
    ("professionnel:rene", "professionnel", {"nom": "MODELE", "structure": "structure:s"}),
    (
        "professionnel:rene",
        "formation_pro",
        {"id": "F1", "module": "diagnostic_partage", "etape": "suivie"},
    ),
    ("structure:s", "label", LABEL),
]


def told():
    return [evenement(*one, debut=DAY, auteur="x") for one in SAID]


@pytest.fixture
def guichet():
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(told(), at=datetime(2022, 3, 2, 8, tzinfo=UTC))
        yield Guichet(store, acces, spie.Pack.load("seine-et-marne-2022-2023"))


def who(role, hour=8):
    actor, purpose = {
        "personne": (ALINE, "accompagnement"),
        "referent": ("professionnel:rene", "accompagnement"),
        "gestionnaire": ("professionnel:gina", "gestion"),
    }[role]
    return Demande(actor, purpose, [role], instant=datetime(2022, 6, 1, hour, tzinfo=UTC))


def asked_for(guichet):
    def act(name, **said):
        done = guichet.agir(who("personne"), name, ALINE, effet=ON, contenu=said)
        return done.evenements[0].contenu["id"]

    item = act("passeport.ajouter", genre="competence", libelle="Tenir une caisse")
    return item, act(
        "recommandation.demander",
        element=item, nom="Mme Inventée", qualite="employeur", badge=BADGE,
    )  # fmt: skip


def test_a_signed_endorsement_is_received_shown_and_joined(guichet, root):
    _, which = asked_for(guichet)
    text = recommandations.attestation(
        guichet, who("referent", 9), ALINE, which, au=ON, texte=WORDS, emetteur="Boulangerie"
    )
    said = json.loads(text)
    assert said["credentialSubject"] == {
        "id": BADGE, "type": ["EndorsementSubject"], "endorsementComment": WORDS
    }  # fmt: skip
    signed = badges.emettre(text, badges.Cle.generer("ed25519"), instant=SIGNED).badge
    checker = badges.Verificateur(au=AT, exiger=["avenants"])
    with pytest.raises(spie.PathError) as refused:
        recommandations.recevoir(
            guichet, who("referent", 9), ALINE, which, signed.replace("Elle", "elle"), au=ON,
            verificateur=checker,
        )  # fmt: skip
    assert refused.value.code == "Q002" and "B005" in refused.value.diagnostics[0].details
    why = checker.verifier(signed.replace("Elle", "elle")).controles
    assert next(one.motif.fr for one in why if one.code == "B005") in str(
        refused.value.diagnostics[0].phrase
    )
    done = recommandations.recevoir(
        guichet, who("referent", 9), ALINE, which, signed, au=ON, verificateur=checker
    )
    assert done.rapport.verdict == "valide"
    assert done.acte.evenements[0].contenu["texte"] == WORDS
    view = guichet.passeport(who("personne", 10), ALINE, au=ON)
    (held,) = view.passeport.recommandations
    assert (held.etape, held.qualite, held.nom) == ("donnee", "employeur", "Mme Inventée")
    html = view.to_html()
    assert "Recommandations" in html and "Donnée le" in html
    body = re.sub(r"<style.*?</style>|<[^>]+>", "", html, flags=re.S)
    assert not re.search(r"\w [:;!?](\s|$)", body)

    credential = (root / "examples/donnees/attestation.json").read_bytes()
    joined = recommandations.joindre(credential, signed)
    badge = badges.emettre(joined, badges.Cle.generer("ed25519"), instant=AT).badge
    assert checker.verifier(badge).verdict == "valide"
    assert checker.verifier(badge.replace("Elle", "elle", 1)).verdict == "invalide"
    with pytest.raises(spie.BadgeError) as signed_already:
        recommandations.joindre(badge, signed)
    assert signed_already.value.code == "B005"
    told_ = signed_already.value.diagnostics[0]
    assert "déjà signé" in told_.phrase and "redemander" not in told_.remede


def test_what_an_act_writes_is_neither_recorded_beside_it_nor_signed_by_hand(guichet):
    _, which = asked_for(guichet)
    for role in ("personne", "referent", "gestionnaire"):
        for name, subject in [
            ("element_passeport", ALINE),
            ("partage_passeport", ALINE),
            ("remise_passeport", ALINE),
            ("badge_delivre", ALINE),
            ("recommandation", ALINE),
            ("badge_structure", "structure:s"),
        ]:
            event = {"sujets": [subject], "type": name, "contenu": {"etape": "donnee"}}
            with pytest.raises(spie.RightsError) as refused:
                guichet.autoriser(who(role, 9), "enregistrer", [event])
            assert refused.value.code == "R002"
    by_hand = {
        "id": which, "texte": "Bien", "avenant": "urn:uuid:faux", "empreinte": "00" * 32,
        "emetteur": "did:web:hopital.example", "verifie_le": ON,
    }  # fmt: skip
    with pytest.raises(spie.PathError) as told:
        guichet.agir(who("referent", 9), "recommandation.donner", ALINE, effet=ON, contenu=by_hand)
    assert told.value.code == "Q002"
    badge = {
        "code": "label_spie", "badge": "urn:x", "empreinte": "00", "emetteur": "did:web:x.example",
        "debut": ON,
    }  # fmt: skip
    with pytest.raises(spie.PathError) as noted:
        guichet.agir(
            who("gestionnaire", 9),
            "badge_structure.emettre",
            "structure:s",
            effet=ON,
            contenu=badge,
        )
    assert noted.value.code == "Q002"


def test_a_page_leaves_under_no_name_that_tells_of_health_or_justice(guichet):
    item, _ = asked_for(guichet)
    shared = guichet.agir(
        who("personne", 10), "passeport.partager", ALINE, effet=ON,
        contenu={
            "destinataire": "B", "finalite": "candidature", "fin": date(2022, 7, 1),
            "elements": [item], "mots": [{"element": item, "texte": "Caissière"}],
        },
    )  # fmt: skip
    share = shared.evenements[0].contenu["id"]
    for name in ("Aline, RQTH, ancienne détenue", "1 85 05 78 006 084 91"):
        with pytest.raises(spie.PathError) as refused:
            passeport.ecrire(
                guichet, who("personne", 11), ALINE, share, au=ON, forme="cv", nom=name
            )
        assert refused.value.code == "Q002"
    made = passeport.ecrire(
        guichet, who("personne", 12), ALINE, share, au=ON, forme="cv", nom="Aline"
    )
    assert "Aline" in made.document


def test_a_level_has_the_same_words_on_screens_and_in_badges(root):
    words = json.loads((root / "python/spie/words/mots.json").read_text())
    pack = json.loads((root / "packs/socle-national/donnees/passeport.json").read_text())

    def said(node, code):
        if isinstance(node, dict):
            if isinstance(node.get(code), str):
                return node[code]
            return next((one for each in node.values() if (one := said(each, code))), None)
        return None

    for level in pack["badges"]["niveaux"]:
        assert said(words, level["code"]) == level["libelle"].lower()


def test_an_endorsement_stands_in_the_cv_without_the_name_of_who_gave_it(guichet):
    item, which = asked_for(guichet)
    given = {"id": which, "texte": "Elle tient la caisse seule"}
    guichet.agir(who("referent", 9), "recommandation.donner", ALINE, effet=ON, contenu=given)
    shared = guichet.agir(
        who("personne", 10), "passeport.partager", ALINE, effet=ON,
        contenu={
            "destinataire": "B", "finalite": "candidature", "fin": date(2022, 7, 1),
            "elements": [item], "champs": ["recommandations"],
            "mots": [{"element": item, "texte": "Caissière"}],
        },
    )  # fmt: skip
    share = shared.evenements[0].contenu["id"]
    cv = passeport.ecrire(guichet, who("personne", 11), ALINE, share, au=ON, forme="cv").document
    assert "Recommandé le " in cv and ", employeur.</span>" in cv
    assert "Inventée" not in cv and "seule" not in cv


def test_the_label_of_a_structure_is_signed_noted_and_falls(guichet):
    gina = who("gestionnaire", 9)
    before = reseau.badges(guichet, gina, "structure:s", au=ON)
    assert [(one.code, one.decision) for one in before.badges] == [
        ("label_spie", "delivrable"),
        ("accueil_immersion", "inconnu"),
    ]
    text = reseau.attestation_badge(guichet, gina, "structure:s", "label_spie", au=ON)
    subject = json.loads(text)["credentialSubject"]
    assert [one["identityHash"] for one in subject["identifier"]] == [
        "Maison « Épi »",
        "00012345600011",
    ]
    signed = badges.emettre(text, badges.Cle.generer("p256"), instant=SIGNED).badge
    assert badges.verifier(signed, au=datetime(2022, 9, 1, tzinfo=UTC)).verdict == "valide"
    assert badges.verifier(signed, au=datetime(2023, 6, 1, tzinfo=UTC)).verdict == "invalide"
    done = reseau.noter_badge(guichet, gina, "structure:s", "label_spie", signed, effet=ON)
    assert done.evenements[0].contenu["fin"] == "2023-05-31"
    guichet.agir(
        gina, "label.changer", "structure:s", effet=date(2022, 8, 1), contenu={"etape": "retire"}
    )
    after = reseau.badges(guichet, gina, "structure:s", au=date(2022, 8, 2))
    assert [one.etat for one in after.emis] == ["a_retirer"]
    with pytest.raises(spie.PathError) as refused:
        reseau.attestation_badge(guichet, gina, "structure:s", "label_spie", au=date(2022, 8, 2))
    assert refused.value.code == "Q003"


def test_the_commands_ask_sign_receive_join_and_label(spie_command, tmp_path, root):
    keys, base = tmp_path / "b.cle", tmp_path / "b.db"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(base, keys) as store:
        store.append(told(), at=datetime(2022, 3, 2, 8, tzinfo=UTC))
    secret = tmp_path / "s.pem"
    assert spie_command("badge", "cle", "--algorithme", "ed25519", "--vers", secret).exit_code == 0

    def ran(role, *words, code=0):
        who_ = who(role)
        done = spie_command(
            *words, "--base", base, "--cle", keys, "--acteur", who_.acteur,
            "--finalite", who_.finalite, "--role", role,
        )  # fmt: skip
        assert done.exit_code == code, done.output
        return done.stdout

    added = json.loads(
        ran("personne", "passeport", "ajouter", "aline", "--genre", "competence",
            "--libelle", "Tenir une caisse", "--json")
    )  # fmt: skip
    item = added["evenements"][0]["contenu"]["id"]
    asked = ("--element", item, "--a", "Mme Inventée", "--qualite", "tuteur", "--badge", BADGE)
    made = json.loads(ran("personne", "recommandation", "demander", "aline", *asked, "--json"))
    which = made["evenements"][0]["contenu"]["id"]
    signed, joined, badge = (tmp_path / name for name in ("a.json", "j.json", "b.json"))
    ran("referent", "recommandation", "attester", "aline", which, "--texte", "Elle aide",
        "--cle-emetteur", secret, "--vers", signed)  # fmt: skip
    later = (date.today() + timedelta(days=2)).isoformat()
    ran("referent", "recommandation", "attester", "aline", which, "--texte", "Elle aide",
        "--instant", f"{later}T00:00:00Z", "--vers", joined)  # fmt: skip
    assert json.loads(joined.read_text("utf-8"))["validFrom"].startswith(later)
    both = ("--avenant", signed, "--texte", "non")
    ran("referent", "recommandation", "donner", "aline", which, *both, code=2)
    ran("referent", "recommandation", "donner", "aline", which, "--avenant", signed)
    assert "Donnée le" in ran("personne", "recommandation", "voir", "aline")
    attestation = root / "examples/donnees/attestation.json"
    done = spie_command("recommandation", "joindre", attestation, signed, "--vers", joined)
    assert done.exit_code == 0, done.output
    spie_command("badge", "emettre", joined, "--cle", secret, "--vers", badge)
    verified = spie_command("badge", "verifier", badge, "--exiger", "avenants")
    assert verified.exit_code == 0, verified.output
    # A second one, refused; a third, taken back.
    for verb in ("refuser", "retirer"):
        made = json.loads(ran("personne", "recommandation", "demander", "aline", *asked, "--json"))
        which = made["evenements"][0]["contenu"]["id"]
        ran("referent", "recommandation", verb, "aline", which, "--motif", "autre")
    shown = json.loads(ran("personne", "recommandation", "voir", "aline", "--json"))
    assert sorted(one["etape"] for one in shown) == ["donnee", "refusee", "retiree"]

    at = ("--au", "2023-05-01")
    assert "label_spie" in ran("gestionnaire", "reseau", "badges", "s", *at)
    label = tmp_path / "label.json"
    ran("gestionnaire", "reseau", "badge", "s", "--badge", "label_spie", "--cle-emetteur", secret,
        "--vers", label, "--liste", "https://listes.example/1", "--entree", "7", *at)  # fmt: skip
    held = json.loads(ran("gestionnaire", "reseau", "badges", "s", *at, "--json"))["emis"]
    assert [(one["etat"], one["entree"]) for one in held] == [("en_vigueur", "7")]
    ran("gestionnaire", "reseau", "retirer-badge", "s", "--id", held[0]["id"],
        "--motif", "erreur")  # fmt: skip
    ran("gestionnaire", "reseau", "badge", "s", "--badge", "accueil_immersion",
        "--cle-emetteur", secret, "--vers", tmp_path / "x.json", *at, code=3)  # fmt: skip
