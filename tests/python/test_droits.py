"""Views of dossiers for somebody, in Python. What the rules mean is tested in C++ (tests/droits)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import spie
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

MARCH = datetime(2022, 3, 5, 12, tzinfo=UTC)
DAY = date(2022, 3, 5)
REFERENT = Demande("professionnel:p1", "accompagnement", ["referent"], instant=MARCH)


@pytest.fixture
def store():
    with spie.Store.memory() as made:
        yield made


@pytest.fixture
def guichet(store):
    with Acces.memory() as acces:
        store.append(
            [
                evenement(sujet, type_, contenu, debut=date(2022, 1, 1), auteur="x")
                for sujet, type_, contenu in (
                    ("personne:aline", "identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
                    (
                        "personne:aline",
                        "referent",
                        {
                            "role": "referent_unique",
                            "etape": "nomme",
                            "professionnel": "professionnel:p1",
                        },
                    ),
                )
            ],
            at=MARCH,
        )
        yield Guichet(store, acces, spie.Pack.load("socle-national")), acces


def test_a_referent_sees_and_is_written_down(guichet):
    desk, acces = guichet
    view = desk.voir(REFERENT, "personne:aline", au=DAY)
    assert view.role == "referent" and view.situation.valeur("identite.nom") == "EXEMPLE"
    assert view.to_dict()["role"] == "referent" and "EXEMPLE" in view._repr_html_()
    (found,) = desk.rechercher(REFERENT, "exem", au=DAY)
    assert found.situation.dossier == "personne:aline"
    said = desk.historique(REFERENT, "personne:aline", "identite.nom").paroles
    assert [one.valeur for one in said] == ["EXEMPLE"]
    moved = desk.comparer(REFERENT, "personne:aline", date(2021, 12, 31), DAY).differences
    assert "identite.nom" in [one.chemin for one in moved]
    assert desk.doublons(REFERENT, "personne:aline") == []
    operations = [one["operation"] for one in acces.about("personne:aline")]
    assert len(operations) == len(acces.entries()) == 5
    assert acces.verify()["intact"] and acces.verify()["constats"] == []
    assert acces.purger(datetime(2022, 3, 6, tzinfo=UTC)) == 5 and acces.entries() == []


def test_what_is_not_shown_is_none(guichet, store):
    desk, _ = guichet
    store.append(
        [
            evenement("personne:aline", type_, contenu, debut=date(2022, 2, 1), auteur="x")
            for type_, contenu in (
                ("niveau_formation", {"niveau": "NV3"}),
                ("frein", {"code": "sante", "reponse": "oui"}),
            )
        ],
        at=MARCH,
    )
    asked = Demande("professionnel:p2", "evaluation", ["evaluateur"], instant=MARCH)
    situation = desk.voir(asked, "personne:aline", au=DAY).situation
    assert situation.seq is None
    level = situation.fait("niveau_formation.niveau")
    assert (level.valeur, level.source, level.debut) == ("NV3", "saisie", date(2022, 2, 1))
    barrier = situation.fait("frein.social.reponse")
    assert barrier.valeur == "oui" and barrier.grossi and barrier.debut is None
    sides = desk.comparer(asked, "personne:aline", date(2022, 1, 15), DAY).differences
    for one in (level, barrier, *(side.apres for side in sides)):
        assert (one.enregistre, one.evenement, one.seq, one.auteur) == (None, None, None, "")


def test_a_stranger_sees_nothing_and_is_told_why(guichet):
    desk, _ = guichet
    stranger = Demande("professionnel:p2", "accompagnement", ["referent"], instant=MARCH)
    view = desk.voir(stranger, "personne:aline", au=DAY)
    assert len(view.situation) == 0 and view.retenues
    assert {one.motif for one in view.retenues} == {"relation_absente"}
    assert all(one.texte and one.titre for one in view.retenues)
    with pytest.raises(spie.RightsError) as refused:
        desk.acces(stranger, "personne:aline", au=DAY)
    assert refused.value.code in ("R001", "R002")


def test_a_person_reads_all_that_is_held_on_her(guichet):
    desk, _ = guichet
    herself = Demande("personne:aline", "droit_acces", ["personne"], instant=MARCH)
    held = desk.acces(herself, "personne:aline", au=DAY)
    assert held.to_dict()["dossier"] == "personne:aline"
    assert "EXEMPLE" in str(held.raw["evenements"])
    page = held.to_html()
    assert "Ce que nous savons de vous" in page and "EXEMPLE" in page
    assert held._repr_html_() == page
    with pytest.raises(spie.RightsError) as refused:
        desk.acces(REFERENT, "personne:aline", au=DAY)
    assert refused.value.code == "R002"
    officer = Demande("professionnel:dpo", "droit_acces", ["delegue"], instant=MARCH)
    assert desk.acces(officer, "personne:aline", au=DAY).raw["evenements"] == held.raw["evenements"]
    told = desk.consultations(officer, "personne:aline")
    assert [(one["acteur"], one["refus"]) for one in told] == [
        ("personne:aline", None),
        ("professionnel:p1", "R002"),
        ("professionnel:dpo", None),
    ]
    assert len(desk.consultations(officer)) == 4
    with pytest.raises(spie.RightsError):
        desk.consultations(herself)


def test_an_act_is_asked_for_before_it_is_done(guichet):
    desk, acces = guichet
    event = evenement("personne:aline", "frein", {}, debut=DAY, auteur="x")
    assert desk.autoriser(REFERENT, "enregistrer", [event]) == "referent"
    assert desk.autoriser(REFERENT, "corriger", ["personne:aline"]) == "referent"
    decision = evenement("personne:aline", "decision_donnees", {}, debut=DAY, auteur="x")
    for act, target in (("effacer", "personne:aline"), ("enregistrer", decision)):
        with pytest.raises(spie.RightsError) as refused:
            desk.autoriser(REFERENT, act, [target])
        assert refused.value.code == "R002"
    assert [(one["operation"], one["refus"]) for one in acces.entries()] == [
        ("enregistrer", None),
        ("corriger", None),
        ("effacer", "R002"),
        ("enregistrer", "R002"),
    ]
    with pytest.raises(spie.DossierError) as wrong:
        desk.autoriser(REFERENT, "corriger", [{"type": "frein"}])
    assert (wrong.value.code, wrong.value.where) == ("E001", "/0/sujets")


def test_one_text_is_declassified_and_its_correction_is_not(store, guichet):
    desk, _ = guichet
    meeting = {"id": "r", "etape": "tenu", "issue": "repose"}
    member = {"professionnel": "professionnel:m1", "role": "cip", "etape": "commence"}
    text, _ = store.append(
        [
            evenement("personne:aline", type_, contenu, debut=date(2022, 1, 1), auteur="x")
            for type_, contenu in (("rendez_vous", meeting), ("membre", member))
        ],
        at=MARCH,
    )
    asked = Demande("professionnel:m1", "accompagnement", ["membre"], instant=MARCH)

    def seen() -> str | None:
        view = desk.voir(asked, "personne:aline", au=DAY)
        return view.situation.valeurs()["rendez_vous"]["1"].get("issue")

    assert seen() is None
    made = desk.declasser(REFERENT, "personne:aline", text, "issue", motif="rien de personnel")
    assert store.evenement(made).auteur == REFERENT.acteur
    assert seen() == "repose"
    again = store.corriger(text, meeting | {"issue": "dialyse"}, auteur="x", at=MARCH)
    assert seen() is None
    with pytest.raises(spie.DossierError) as refused:
        desk.declasser(REFERENT, "personne:aline", text, "issue")
    assert refused.value.code == "E003"
    last = desk.declasser(REFERENT, "personne:aline", again, "issue")
    assert seen() == "dialyse"
    store.retirer(last, auteur="x", at=MARCH)
    assert seen() is None


def test_a_decision_is_shown_without_what_stands_on_facts_held_back(guichet, pack):
    desk, acces = guichet
    facts = {
        "beneficiaire": {"reside_departement": "oui"},
        "freins": [
            {"code": "mobilite", "classe": "social", "reponse": "oui"},
            {"code": "formation", "classe": "professionnel", "reponse": "oui"},
        ],
    }
    origins = {
        "beneficiaire.reside_departement": ["adresse"],
        "freins": ["frein"],
        "diagnostic_complet": ["reponse_diagnostic"],
    }
    made = pack.evaluate("admission", facts, as_of=date(2022, 6, 1), trace=True)
    assert made.value is not None
    stranger = Demande("professionnel:p2", "accompagnement", ["referent"], instant=MARCH)
    held = desk.expliquer(stranger, "personne:aline", pack, made, origins)
    assert held.resultat.value is None and {one.motif for one in held.retenues} >= {"derive"}
    assert "'reponse': 'oui'" in str(made.to_dict())  # the list of the pack's codes stays
    assert "'reponse': 'oui'" not in str(held.to_dict())
    assert "n'est pas montrée" in held.resultat.explain()
    assert made.value is not None  # the result given stays whole
    clear = desk.expliquer(REFERENT, "personne:aline", pack, made, origins)
    assert clear.role == "referent" and clear.resultat.value == made.value
    # A fact whose origin is not told is held back, whoever asks.
    untold = desk.expliquer(REFERENT, "personne:aline", pack, made, {})
    assert untold.resultat.value is None
    assert "origine_inconnue" in {one.motif for one in untold.retenues}
    assert [one["operation"] for one in acces.entries()] == ["expliquer"] * 3


def test_accesses_are_purged_when_the_pack_keeps_them_no_longer(guichet):
    desk, acces = guichet
    desk.voir(REFERENT, "personne:aline", au=DAY)
    socle = spie.Pack.load("socle-national")
    assert acces.purger_selon(socle, au=date(2023, 3, 5)) == 0  # twelve months, that day included
    assert acces.purger_selon(socle, au=date(2023, 3, 6)) == 1 and acces.entries() == []


def test_nobody_is_refused(guichet):
    desk, _ = guichet
    with pytest.raises(spie.RightsError) as refused:
        desk.voir(Demande("", "accompagnement"), "personne:aline", au=DAY)
    assert refused.value.code == "R001"


def test_the_file_of_accesses_takes_the_keys_of_the_store(tmp_path):
    keys = spie.store.draw_keys()
    path = spie.droits.acces_path(tmp_path / "dossiers.db")
    with Acces.create(path, keys) as made:
        assert made.entries() == []
    with pytest.raises(spie.StoreError) as refused:
        Acces.open(path, spie.store.draw_keys())
    assert refused.value.code == "S002"
