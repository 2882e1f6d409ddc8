"""The commands of the persons' rights, on a store of invented people."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spie
from spie.dossier import evenement

MEMBER = ("--acteur", "professionnel:m1", "--role", "membre", "--finalite", "accompagnement")
ALINE = ("--acteur", "personne:aline", "--role", "personne", "--finalite")
CHEF = ("--acteur", "professionnel:chef", "--role", "gestionnaire", "--finalite", "gestion")
OFFICER = ("--acteur", "professionnel:dpo", "--role", "delegue", "--finalite", "droit_acces")
ACCEPT = (
    "consentir", "aline", "--pour", "accompagnement", "--destinataire", "membre",
    *ALINE, "accompagnement",
)  # fmt: skip


@pytest.fixture
def base(tmp_path) -> Path:
    """Aline, followed by m1, and Driss, both seen last in March 2022."""
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(tmp_path / "dossiers.db", keys) as store:
        store.append(
            [
                evenement(f"personne:{who}", type_, contenu, debut=date(2022, 3, 5), auteur="x")
                for who, type_, contenu in (
                    ("aline", "identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
                    ("aline", "entree", {}),
                    ("aline", "rendez_vous", {"id": "r", "etape": "tenu", "issue": "à revoir"}),
                    (
                        "aline",
                        "membre",
                        {"professionnel": "professionnel:m1", "role": "cip", "etape": "commence"},
                    ),
                    ("driss", "identite", {"nom": "MODELE", "prenom": "Driss"}),
                    ("driss", "entree", {}),
                )
            ],
            at=datetime(2022, 3, 5, 12, tzinfo=UTC),
        )
    return tmp_path / "dossiers.db"


@pytest.fixture
def dossier(spie_command, base):
    def run(*arguments, **more):
        return spie_command(
            "dossier", *arguments, "--base", base, "--cle", base.with_suffix(".cle"), **more
        )

    return run


def answer(done):
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_a_consent_opens_what_its_withdrawal_closes(dossier):
    def sees() -> bool:
        return "à revoir" in dossier("voir", "aline", *MEMBER, "--au", "2022-04-01").stdout

    assert not sees()
    made = answer(dossier(*ACCEPT, "--objet", "texte_libre", "--json"))
    assert made["evenement"] and sees()
    assert dossier(*ACCEPT, "--retirer").exit_code == 0
    assert not sees()


def test_a_consent_that_no_rule_would_read_is_refused(dossier, base):
    wrong = ("--pour", "curiosite", "--destinataire", "membre")
    done = dossier("consentir", "aline", *wrong, *CHEF)
    assert done.exit_code == 2 and "accompagnement" in done.stderr
    wrong = ("--pour", "accompagnement", "--destinataire", "voisin")
    assert dossier("consentir", "aline", *wrong, *CHEF).exit_code == 2
    to_a_structure = ("--pour", "accompagnement", "--destinataire", "structure:s")
    assert dossier("consentir", "aline", *to_a_structure, *CHEF).exit_code == 0
    assert dossier("consentir", "aline", *to_a_structure, *MEMBER).exit_code == 3
    done = dossier("consentir", "alnie", *to_a_structure, *CHEF, "--json")
    assert done.exit_code == 3 and json.loads(done.stdout)["erreurs"][0]["code"] == "E005"
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        assert store.evenements("personne:alnie") == []


def test_one_text_is_declassified_by_who_read_it(dossier, base):
    contenu = {
        "role": "referent_unique",
        "etape": "nomme",
        "professionnel": "professionnel:p1",
    }
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        store.append(
            [evenement("personne:aline", "referent", contenu, debut=date(2022, 3, 5), auteur="x")]
        )
        (text,) = [
            one.id for one in store.evenements("personne:aline") if one.type == "rendez_vous"
        ]
    referent = ("--acteur", "professionnel:p1", "--role", "referent", *MEMBER[4:])

    def sees() -> bool:
        return "à revoir" in dossier("voir", "aline", *MEMBER, "--au", "2022-04-01").stdout

    done = dossier("declasser", "aline", text, "issue", *MEMBER, "--json")
    assert done.exit_code == 3 and json.loads(done.stdout)["erreurs"][0]["code"] == "R002"
    assert not sees()
    done = dossier("declasser", "aline", text, "issue", *referent, "--motif", "lu", "--json")
    made = answer(done)["evenement"]
    assert sees()
    assert dossier("corriger", made, "--retirer", *referent).exit_code == 0
    assert not sees()


def test_who_looked_is_told_to_her_and_to_who_asks_for_her(dossier):
    aline = ("acces", "aline", *ALINE, "droit_acces")
    assert "Personne n'a demandé" in dossier(*aline).stdout
    dossier("voir", "aline", *MEMBER)
    dossier("voir", "driss", *MEMBER)
    assert dossier("fusionner", "aline", "driss", *CHEF).exit_code == 0
    found = answer(dossier("acces", "aline", *OFFICER, "--json"))
    # Before the merge too; to ask is an access.
    assert [(one["operation"], one["dossiers"]) for one in found] == [
        ("consultations", ["personne:aline"]),
        ("voir", ["personne:aline"]),
        ("voir", ["personne:driss"]),
        ("fusionner", ["personne:aline", "personne:driss"]),
    ]
    shown = dossier(*aline).stdout
    assert "professionnel:m1" in shown and "aucun : rien n'a été montré" in shown
    assert len(answer(dossier(*aline, "--json"))) == 6
    assert dossier("acces", "aline").exit_code == 2  # nobody asks
    done = dossier("acces", "aline", *MEMBER, "--json")
    assert done.exit_code == 3 and json.loads(done.stdout)["erreurs"][0]["code"] == "R002"


def test_accesses_are_purged_by_the_retention_of_the_pack(dossier, base):
    keys = base.with_suffix(".cle")
    with (
        spie.Store.open(base, keys) as store,
        spie.droits.Acces.create(f"{base}-acces", keys) as journal,
    ):
        desk = spie.droits.Guichet(store, journal, spie.Pack.load("socle-national"))
        for month in (1, 6):
            asked = spie.droits.Demande(
                "professionnel:m1",
                "accompagnement",
                ["membre"],
                instant=datetime(2023, month, 10, tzinfo=UTC),
            )
            desk.voir(asked, "personne:aline", au=date(2023, 1, 1))
    # Twelve months from 10 January 2023, that day included.
    assert answer(dossier("acces", "--purger", "--au", "2024-01-10", "--json")) == {"purges": 0}
    assert answer(dossier("acces", "--purger", "--au", "2024-01-11", "--json")) == {"purges": 1}
    assert len(answer(dossier("acces", "aline", *OFFICER, "--json"))) == 1
    assert dossier("acces").exit_code == dossier("acces", "aline", "--purger").exit_code == 2
    assert dossier("acces", "--purger", "--au", "2999-01-01").exit_code == 2


def test_a_person_is_given_all_that_is_held_on_her(dossier, tmp_path):
    dossier("voir", "aline", *MEMBER)
    page = tmp_path / "aline.html"
    herself = ("exporter", "aline", *ALINE, "droit_acces", "--au", "2022-04-01")
    held = answer(dossier(*herself, "--html", page, "--json"))
    assert held["dossier"] == "personne:aline"
    assert [one["acteur"] for one in held["acces"]] == ["professionnel:m1"]
    assert "à revoir" in str(held["evenements"]) and "MODELE" not in str(held)
    text = page.read_text("utf-8")
    assert re.search(r">Saisie à la main, x</td><td [^>]*>05/03/2022</td>", text)
    assert "Ce que nous savons de vous" in text and "à revoir" in text
    shown = dossier("exporter", "aline", *OFFICER, "--au", "2022-04-01").stdout
    assert "EXEMPLE" in shown and "professionnel:m1" in shown
    # Each export is written down, as that of who asked.
    found = answer(dossier("acces", "aline", *OFFICER, "--json"))
    assert [(one["operation"], one["acteur"]) for one in found] == [
        ("voir", "professionnel:m1"),
        ("acces", "personne:aline"),
        ("acces", "professionnel:dpo"),
    ]
    assert dossier("exporter", "aline").exit_code == 2
    assert dossier("exporter", "aline", *MEMBER).exit_code == 3
    unknown = dossier("exporter", "zoe", *OFFICER, "--json")
    assert unknown.exit_code == 3 and json.loads(unknown.stdout)["erreurs"][0]["code"] == "E005"


def test_dossiers_are_announced_then_erased_and_counted(dossier, base):
    def states(at):
        return {
            one["personne"].removeprefix("personne:"): one["etat"]
            for one in answer(dossier("conservation", "--au", at, "--json"))
        }

    erase = ("conservation", "--effacer", "--auteur", "dpo")
    # Two years from 5 March 2022, thirty days' notice.
    assert states("2024-02-03") == {}
    assert states("2024-02-04") == {"aline": "a_prevenir", "driss": "a_prevenir"}
    warn = ("conservation", "--au", "2024-02-04", "--auteur", "dpo", "--prevenir")
    assert dossier(*warn, "aline", "--prevenir", "zoe").exit_code == 3
    assert states("2024-02-04")["aline"] == "a_prevenir"
    assert "à prévenir" in dossier(*warn, "aline").stdout
    assert states("2024-03-06") == {"aline": "a_effacer", "driss": "a_prevenir"}

    nothing = answer(dossier(*erase, "--au", "2024-03-05", "--oui", "--json"))
    assert nothing["personnes"] == 0 and nothing["figees"] == []
    day = ("--au", "2024-03-06")
    assert dossier(*erase, *day, stdin="n\n").exit_code == 1
    assert dossier(*erase, *day, "--json").exit_code == 2
    assert states("2024-03-06")["aline"] == "a_effacer"

    done = answer(dossier(*erase, *day, "--oui", "--json"))
    alone = {"mesure": "entrees", "trimestre": "*", "tranche": "*", "epci": "*", "public": "tous"}
    assert done["personnes"] == 1 and done["figees"] == [alone | {"effectif": 1}]
    assert answer(dossier("conservation", "--figees", "--json")) == done["figees"]
    assert states("2024-03-06") == {"driss": "a_prevenir"}
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        assert store.evenements("personne:aline") == [] and store.verify().intact
    # The next one is added to the same counts.
    dossier("conservation", "--au", "2024-03-10", "--auteur", "dpo", "--prevenir", "driss")
    shown = dossier(*erase, "--au", "2024-06-01", stdin="o\n")
    assert shown.exit_code == 0 and "1 dossier effacé" in shown.stdout
    assert answer(dossier("conservation", "--figees", "--json")) == [alone | {"effectif": 2}]
    assert "entrees" in dossier("conservation", "--figees").stdout
    assert len(answer(dossier("effacements", "--json"))["figees"]) == 2


def test_retention_names_people_to_an_actor_who_may_see_them_and_to_no_other(dossier):
    due = ("conservation", "--au", "2024-02-04")
    without = dossier(*due)
    assert "EXEMPLE" not in without.stdout and "personne:aline" in without.stdout
    shown = dossier(*due, *CHEF)
    assert "EXEMPLE Aline" in shown.stdout and "MODELE Driss" in shown.stdout
    named = {one["personne"]: one.get("nom") for one in answer(dossier(*due, *CHEF, "--json"))}
    assert named == {"personne:aline": "EXEMPLE", "personne:driss": "MODELE"}
    pilot = ("--acteur", "professionnel:p", "--role", "pilote", "--finalite", "pilotage")
    refused = dossier(*due, *pilot)
    assert "EXEMPLE" not in refused.stdout + refused.stderr
    for part in (CHEF[:2], CHEF[:4], CHEF[2:]):
        assert dossier(*due, *part).exit_code == 2, part


def test_those_to_be_warned_are_read_from_the_standard_input(dossier):
    warn = ("conservation", "--au", "2024-02-04", "--auteur", "dpo", "--prevenir", "-", "--json")

    def states(done):
        return {one["personne"]: one["etat"] for one in answer(done)}

    assert dossier(*warn, stdin="aline zoe\n").exit_code == 3  # all of them, or none
    assert set(states(dossier(*warn[:3], "--json")).values()) == {"a_prevenir"}
    told = states(dossier(*warn, stdin="aline\n"))
    assert told == {"personne:aline": "prevenu", "personne:driss": "a_prevenir"}
    itself = dossier(*warn[:3], "--json").stdout  # what the command writes is what it reads
    assert set(states(dossier(*warn, stdin=itself)).values()) == {"prevenu"}
    assert dossier(*warn, stdin="[1]").exit_code == 2


def test_retention_says_what_it_lacks(dossier):
    for wrong in (
        ("--prevenir", "aline"),
        ("--effacer",),
        ("--effacer", "--figees", "--auteur", "dpo"),
        ("--prevenir", "aline", "--effacer", "--auteur", "dpo"),
        ("--prevenir", "aline", "--auteur", "dpo", "--au", "2999-01-01"),
    ):
        assert dossier("conservation", *wrong).exit_code == 2, wrong
