"""What is masked cannot be known, in Python and from the command line (tests/droits has the rest)."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
import spie
from spie.cli.main import app
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet
from typer.testing import CliRunner

ALINE = "personne:aline"
DAY = date(2022, 3, 5)
NOON = datetime(2022, 3, 5, 12, tzinfo=UTC)


def event(type_, content, debut=date(2022, 1, 1), **more):
    return evenement(ALINE, type_, content, debut=debut, **({"auteur": "x"} | more))


NAME = event("identite", {"nom": "EXEMPLE", "prenom": "Aline"}, id="e-1")
TIE = event(
    "membre",
    {"professionnel": "professionnel:mem", "role": "social", "etape": "commence"},
    id="e-2",
)


def asked(role="membre", purpose="accompagnement", who="professionnel:mem"):
    return Demande(who, purpose, [role], "", None, NOON)


@pytest.fixture
def desk():
    held = []

    def made(*events):
        store, acces = spie.Store.memory(), Acces.memory()
        store.append([NAME, TIE, *events], at=NOON)
        held.extend((store, acces))
        return store, acces, Guichet(store, acces, spie.Pack.load("socle-national"))

    yield made
    for one in held:
        one.close()


def facts(guichet, **how):
    view = guichet.voir(asked(), ALINE, au=DAY, **how).to_dict()
    return {one["chemin"]: one for one in view["situation"]["faits"]}


def test_a_group_is_that_of_the_day_of_asking_and_of_what_others_said(desk):
    _, _, guichet = desk(event("frein", {"code": "sante", "reponse": "oui"}, date(2022, 3, 1)))
    for how in ({}, {"connu": date(2022, 3, 4)}, {"connu": NOON}):
        assert facts(guichet, **how)["frein.social.reponse"]["valeur"] == "oui"
    with pytest.raises(spie.RightsError) as refused:
        facts(guichet, connu=3)
    assert refused.value.code == "R001"
    store, _, guichet = desk(event("frein", {"code": "logement", "reponse": "oui"}))
    other = [event("frein", {"code": "logement", "reponse": "non"}, DAY)]
    with pytest.raises(spie.RightsError) as refused:
        guichet.autoriser(asked(), "enregistrer", other)  # in the name of x
    assert refused.value.code == "R002"
    own = [event("frein", {"code": "logement", "reponse": "non"}, DAY, auteur="professionnel:mem")]
    guichet.autoriser(asked(), "enregistrer", own)
    store.append(own, at=NOON)
    assert facts(guichet)["frein.social.reponse"]["valeur"] == "oui"


def test_nothing_that_is_shown_counts_what_is_not(desk):
    seen = []
    for many in (0, 3):
        incomes = [
            event("revenu", {"nature": "011", "mois": f"2022-0{i + 1}", "montant": 10})
            for i in range(many)
        ]
        level = event("niveau_formation", {"niveau": "NV3"}, id="e-3")
        _, _, guichet = desk(*incomes, level)
        view = guichet.voir(asked(), ALINE, au=DAY)
        assert view.situation.seq is None
        assert all(fait.seq is None for fait in view.situation.faits)
        seen.append(view.to_dict())
    assert seen[0] == seen[1] and "seq" not in str(seen)
    store, _, _ = desk()
    drawn = store.append([event("frein", {"code": "m", "reponse": "oui"}) for _ in range(20)])
    for i in range(16):
        assert len({one[i] for one in drawn}) > 1


def test_what_is_no_code_of_a_list_is_a_free_text(desk):
    _, _, guichet = desk(
        event("rendez_vous", {"id": "r", "etape": "fixe", "lieu": "CMP"}),
        event(
            "formation", {"id": "f", "etape": "terminee", "libelle": "ESAT", "motif_fin": "cure"}
        ),
        event("recherche_emploi", {"metiers": ["K1303"], "libelles": ["ESAT"]}),
        event("niveau_formation", {"niveau": "illettrisme"}),
        event("sortie", {"motif": "prison"}),
        event("ressource", {"code": "sa psychologue", "reponse": "oui"}),
    )
    told = json.dumps(guichet.voir(asked(), ALINE, au=DAY).to_dict(), default=str)
    for word in ("CMP", "ESAT", "cure", "illettrisme", "prison", "psychologue"):
        assert word not in told
    assert "K1303" in told and "terminee" in told


def test_a_withdrawal_that_is_recorded_last_is_heard(desk):
    yes = {"finalite": "accompagnement", "destinataire": "membre", "accorde": True}
    ill = event("frein", {"code": "sante", "reponse": "oui"})
    store, _, guichet = desk(ill, event("consentement", yes, date(2022, 3, 3)))
    assert "frein.sante.reponse" in facts(guichet)
    store.append([event("consentement", yes | {"accorde": False}, date(2022, 3, 2))], at=NOON)
    assert "frein.sante.reponse" not in facts(guichet)


def test_a_decision_on_facts_held_back_has_no_status(desk):
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    origins = {"beneficiaire.reside_departement": ["adresse.code_commune"], "freins": ["frein"]}
    told = []
    for answer in ("oui", "non"):
        _, _, guichet = desk()
        given = {
            "freins": [
                {"code": "sante", "classe": "social", "reponse": answer},
                {"code": "formation", "classe": "professionnel", "reponse": "oui"},
            ],
            "beneficiaire": {},
        }
        made = pack.evaluate("admission", given, as_of=DAY, trace=True)
        told.append(guichet.expliquer(asked(), ALINE, pack, made, origins).to_dict())
    assert told[0] == told[1]
    result = told[0]["resultat"]
    assert (result["statut"], result["manquants"], result["erreurs"]) == (None, [], [])


def test_a_refusal_leaves_a_trace_that_she_sees(desk):
    _, acces, guichet = desk()
    for refused in (
        lambda: guichet.autoriser(asked(), "effacer", [ALINE]),
        lambda: guichet.acces(asked(), ALINE, au=DAY),
        lambda: guichet.consultations(asked(), ALINE),
        lambda: guichet.declasser(asked(), ALINE, "nowhere", "texte"),
        lambda: guichet.voir(asked(), "personne:zoe", au=DAY),
        lambda: guichet.rechercher(asked("pilote", "pilotage"), "ex", au=DAY),
        lambda: guichet.voir(asked(purpose="curiosite"), ALINE, au=DAY),
    ):
        with pytest.raises(spie.SpieError):
            refused()
    assert [one["refus"] for one in acces.entries()] == [
        "R002", "R002", "R002", "R002", "E005", "R002", "R001",
    ]  # fmt: skip
    told = guichet.consultations(asked("personne", "droit_acces", ALINE), ALINE)
    assert [one["refus"] for one in told] == ["R002"] * 4 + ["R001"]
    page = guichet.acces(asked("personne", "droit_acces", ALINE), ALINE, au=DAY).to_html()
    assert "demande refusée" in page


def test_the_command_line_leaves_traces_and_says_what_is_not_shown(tmp_path):
    base, key = tmp_path / "d.db", tmp_path / "d.cle"
    keys = spie.store.draw_keys()
    spie.store.write_keys(key, keys)
    with spie.Store.create(base, keys) as store:
        store.append([NAME, TIE])
    run = CliRunner()
    who = ("--acteur", "professionnel:mem", "--role", "membre", "--finalite", "accompagnement")
    held = ("--base", str(base), "--cle", str(key))

    def dossier(*words):
        return run.invoke(app, ["dossier", *words, *who, *held])

    assert dossier("corriger", "nowhere", "--champ", "x=y", "--json").exit_code == 3
    assert dossier("effacer", "aline", "--oui", "--json").exit_code == 3
    assert dossier("voir", "zoe", "--json").exit_code == 3
    with Acces.open(f"{base}-acces", keys) as acces:
        told = [(one["operation"], one["refus"]) for one in acces.entries()]
    assert told == [("corriger", "R002"), ("effacer", "R002"), ("voir", "E005")]
    said = dossier("historique", "aline", "frein").stdout
    assert "Rien" not in said and "consentement" in said
    assert "de ce qui est montré" in dossier("historique", "aline", "objectif").stdout
    assert "parmi les dossiers que ce rôle voit" in dossier("chercher", "zorglub").stdout
    assert dossier("voir", "aline", "--connu-le", "#2").exit_code == 2
    # The same words whether the store holds it or not.
    before = dossier("voir", "aline", "--au", "2022-03-05").stdout
    with spie.Store.open(base, keys) as store:
        store.append([event("revenu", {"nature": "011", "mois": "2022-01", "montant": 10})])
    assert dossier("voir", "aline", "--au", "2022-03-05").stdout == before
