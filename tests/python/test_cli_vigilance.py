"""The commands that decide on a dossier and say which paths may break."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spie
from spie.dossier import evenement

REFERENT = (
    "--acteur", "professionnel:p1", "--role", "referent", "--finalite", "accompagnement",
)  # fmt: skip
MEMBRE = ("--acteur", "professionnel:p2", "--role", "membre", "--finalite", "accompagnement")
CHEF = ("--acteur", "professionnel:chef", "--role", "gestionnaire", "--finalite", "gestion")
DAY = date(2022, 1, 1)
IMMERSION = {
    "structure": "structure:s",
    "objet": "decouvrir_metier",
    "objectifs": ["voir"],
    "prescripteur": "mission_locale",
}
SAID = (
    ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
    ("entree", {"motif": "orientation"}),
    ("adresse", {"code_commune": "77288"}),
    ("statut", {"code": "brsa", "reponse": "oui"}),
    ("frein", {"code": "mobilite", "reponse": "oui"}),
    ("frein", {"code": "formation", "reponse": "oui"}),
    (
        "referent",
        {
            "role": "referent_unique",
            "etape": "nomme",
            "professionnel": "professionnel:p1",
            "structure": "structure:s",
        },
    ),
    ("membre", {"professionnel": "professionnel:p2", "role": "cip", "etape": "commence"}),
    (
        "immersion",
        {
            **IMMERSION,
            "id": "un",
            "etape": "terminee",
            "date_debut": date(2022, 3, 1),
            "date_fin": date(2022, 3, 10),
        },
    ),
    (
        "immersion",
        {
            **IMMERSION,
            "id": "deux",
            "etape": "prevue",
            "date_debut": date(2022, 6, 1),
            "date_fin": date(2022, 6, 10),
        },
    ),
)


@pytest.fixture
def base(tmp_path) -> Path:
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(tmp_path / "dossiers.db", keys) as store:
        store.append(
            [evenement("personne:aline", *one, debut=DAY, auteur="x") for one in SAID],
            at=datetime(2022, 3, 5, 12, tzinfo=UTC),
        )
    return tmp_path / "dossiers.db"


@pytest.fixture
def run(spie_command, base):
    def on_the_store(*arguments, **more):
        return spie_command(*arguments, "--base", base, "--cle", base.with_suffix(".cle"), **more)

    return on_the_store


def answered(done) -> dict:
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_a_decision_is_taken_on_a_dossier(run, tmp_path):
    asked = ("dossier", "decider", "aline", "conclusion", "--au", "2022-06-01")
    pack = ("--pack", "seine-et-marne-2022-2023")
    found = answered(run(*asked, *REFERENT, *pack, "--json"))
    assert found["role"] == "referent" and found["retenues"] == []
    assert found["resultat"]["valeur"] == "admis_prioritaire"
    assert "Admis" in run(*asked, *REFERENT, *pack).stdout.replace("admis", "Admis")
    hidden = answered(run(*asked, *MEMBRE, *pack, "--json"))
    assert hidden["resultat"]["valeur"] is None and hidden["resultat"]["statut"] is None
    given = tmp_path / "faits.json"
    given.write_text('{"duree_inscription_mois": 13}')
    asked = ("dossier", "decider", "aline", "demandeur_emploi_longue_duree", "--au", "2022-06-01")
    found = answered(run(*asked, *REFERENT, "--faits", given, "--json"))
    assert found["resultat"]["valeur"] is True
    assert run("dossier", "decider", "aline", "entre", *REFERENT, *pack).exit_code == 3


def test_vigilance_says_who_when_why_and_what_to_do(run):
    asked = ("vigilance", *REFERENT, "--au", "2022-06-01")
    found = answered(run(*asked, "--json"))
    assert list(found) == ["alertes", "a_verifier", "comptes", "moments_non_vus"]
    assert list(found["alertes"][0]) == [
        "personne", "moment", "niveau", "depuis", "faits", "source", "suite", "structure",
        "referent", "traite",
    ]  # fmt: skip
    assert [one["moment"] for one in found["alertes"]] == [
        "sans_contact", "sans_diagnostic", "sans_prescription", "immersion_sans_bilan",
    ]  # fmt: skip
    assert found["a_verifier"] == 0 and len(found["comptes"]) == 20
    one = answered(run(*asked, "--moment", "sans_contact", "--a-verifier", "--json"))
    assert one["a_verifier"] == [] and list(one["comptes"]) == ["sans_contact"]
    assert one["alertes"][0]["depuis"] == "2022-01-01"
    assert one["alertes"][0]["faits"]["dernier_contact_parcours"] == "2022-01-01"
    lines = run(*asked, "--lignes").stdout.splitlines()
    assert [json.loads(line)["moment"] for line in lines] == [
        one["moment"] for one in found["alertes"]
    ]
    assert answered(run(*asked, "--pour-structure", "autre", "--json"))["alertes"] == []
    assert len(answered(run(*asked, "--pour-structure", "s", "--json"))["alertes"]) == 4
    assert "Reprendre contact." in run(*asked).stdout
    assert answered(run(*asked, "--connu-le", "2022-03-04", "--json"))["alertes"] == []


def test_the_list_is_a_page_that_needs_nothing_else(run, tmp_path):
    page = tmp_path / "vigilance.html"
    assert run("vigilance", *REFERENT, "--au", "2022-06-01", "--html", page).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "Plus de contact" in html and "depuis le" in html and "01/01/2022" in html
    assert html.index("Plus de contact") < html.index("Immersion sans bilan")
    assert "<script" not in html and not re.search(r"(?:src|href)=", html)
    words = re.sub(r"<style>.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)
    assert not re.search(r"[ \w][:;!?](?:\s|$)", words) and "'" not in words
    assert run("vigilance", *MEMBRE, "--au", "2022-06-01", "--html", page).exit_code == 0
    assert "Ce que votre rôle ne regarde pas" in page.read_text(encoding="utf-8")


def test_who_sees_less_is_told_of_less(run):
    member = answered(run("vigilance", *MEMBRE, "--au", "2022-06-01", "--json"))
    assert "demenagement" in member["moments_non_vus"] and "sans_contact" in member["comptes"]
    assert "oppositions" not in member
    chief = answered(run("vigilance", *CHEF, "--au", "2022-06-01", "--json"))
    assert chief["oppositions"] == 0
    assert "Moments que ce rôle ne regarde pas" in run("vigilance", *CHEF).stdout
    refused = run("vigilance", *REFERENT, "--moment", "sans_contacts", "--json")
    assert refused.exit_code == 3 and "Q001" in refused.stdout + refused.stderr


def test_an_immersion_of_a_dossier_is_judged_beside_the_others(run):
    asked = ("immersion", "verifier", "aline", "--immersion", "deux", "--au", "2022-07-01")
    done = run(*asked, *REFERENT, "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["verdict"] == "non_conforme"
    assert [one["regle"] for one in found["motifs"]] == ["objets"]
    assert run(*asked, *MEMBRE, "--json").exit_code == 3  # its goals are free texts
    assert run("immersion", "verifier", "aline", *REFERENT).exit_code == 2
