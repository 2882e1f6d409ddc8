"""Acts of the path through the surfaces that people use: the relay from the demand to its effect."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spie
from spie import _core
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet
from spie.words import clair

DAY = date(2022, 3, 1)


def event(kind, content, subject="personne:aline", *, debut=DAY):
    return evenement(subject, kind, content, debut=debut, auteur="x")


@pytest.fixture
def desk():
    """Aline, followed by René; Paul may take over."""
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(
            [
                event("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
                event(
                    "referent",
                    {
                        "role": "referent_unique",
                        "etape": "nomme",
                        "professionnel": "professionnel:rene",
                    },
                ),
                event("professionnel", {"nom": "MODELE"}, "professionnel:paul"),
                event("professionnel", {"nom": "MODELE", "prenom": "René"}, "professionnel:rene"),
            ],
            at=datetime(2022, 3, 2, 8, tzinfo=UTC),
        )
        yield store, Guichet(store, acces, spie.Pack.load("socle-national"))


def who(actor, role, hour, purpose="accompagnement"):
    return Demande(actor, purpose, [role], instant=datetime(2022, 4, 1, hour, tzinfo=UTC))


def test_a_relay_is_asked_completed_accepted_and_made_effective(desk):
    store, guichet = desk
    day = date(2022, 4, 1)
    rene = lambda hour: who("professionnel:rene", "referent", hour)  # noqa: E731
    paul = lambda hour: who("professionnel:paul", "pressenti", hour)  # noqa: E731
    guichet.agir(rene(8), "diagnostic.poser", "personne:aline", effet=day)
    asked = guichet.agir(
        rene(9),
        "relais.demander",
        "personne:aline",
        effet=day,
        contenu={"vers": "professionnel:paul", "motif": "demenagement"},
    )
    assert [one.type for one in asked.evenements] == ["relais"]
    (state,) = guichet.relais(rene(10), "personne:aline")
    assert {one.code: one.etat for one in state.conditions} == {
        "information": "inconnu",
        "accord_personne": "inconnu",
        "rendez_vous": "non_rempli",
        "diagnostic_a_jour": "rempli",
        "accord_receveur": "non_rempli",
    }
    assert not state.possible
    with pytest.raises(spie.PathError) as refused:
        guichet.agir(paul(11), "relais.effectuer", "personne:aline", effet=day)
    assert {one.code for one in refused.value.diagnostics} == {"Q003"}
    guichet.agir(
        who("personne:aline", "personne", 12),
        "relais.completer",
        "personne:aline",
        effet=day,
        contenu={"informee": "oui", "accord": "oui"},
    )
    guichet.agir(paul(13), "relais.accepter", "personne:aline", effet=day)
    guichet.agir(rene(14), "rendez_vous.fixer", "personne:aline", effet=day, contenu={"id": "R1"})
    guichet.agir(rene(15), "rendez_vous.tenir", "personne:aline", effet=day)
    guichet.agir(
        rene(16),
        "relais.completer",
        "personne:aline",
        effet=day,
        contenu={"rendez_vous": "R1"},
    )
    made = guichet.agir(rene(17), "relais.effectuer", "personne:aline", effet=day)
    assert [one.type for one in made.evenements] == ["relais", "referent", "referent"]
    facts = store.situation("personne:aline", au=day).valeurs()
    assert facts["referent"]["referent_unique"]["professionnel"] == "professionnel:paul"
    # Who handed over may do nothing more.
    with pytest.raises(spie.RightsError):
        guichet.agir(rene(18), "relais.demander", "personne:aline", effet=day)


def test_an_act_that_is_not_known_is_told_with_the_nearest(desk):
    _, guichet = desk
    with pytest.raises(spie.PathError, match=r"relais\.demander"):
        guichet.agir(
            who("professionnel:rene", "referent", 8),
            "relais.demandr",
            "personne:aline",
            effet=DAY,
        )


def test_every_act_writes_an_event_of_a_known_type():
    acts = spie.actes.transitions()
    assert len({one.acte for one in acts}) == len(acts)
    assert {one.type for one in acts} <= {one["nom"] for one in _core.event_types()}


def test_the_logbook_says_what_comes_and_what_may_be_done(desk):
    store, guichet = desk
    store.append(
        [
            event("action", {"id": "A", "etape": "proposee", "libelle": "Atelier de cuisine"}),
            event("action", {"id": "B", "etape": "choisie", "echeance": date(2022, 6, 1)}),
            event("rendez_vous", {"id": "R", "etape": "fixe", "prevu_le": "2022-05-02T08:00:00Z", "lieu": "MDS"}),
            event("formation", {"id": "F", "etape": "terminee", "libelle": "CAP"}),
        ],
        at=datetime(2022, 3, 3, 8, tzinfo=UTC),
    )  # fmt: skip
    seen = guichet.carnet(
        who("personne:aline", "personne", 8), "personne:aline", au=date(2022, 4, 1)
    )
    carnet = seen.carnet
    assert [(one.genre, one.date, one.lieu) for one in carnet.a_venir] == [
        ("rendez_vous", date(2022, 5, 2), "MDS"),
        ("action", date(2022, 6, 1), ""),
    ]
    assert [one.libelle for one in carnet.acquis] == ["CAP"]
    assert [one.qui for one in carnet.intervenants] == ["professionnel:rene"]
    may = {one.acte: one.sur for one in carnet.actes}
    assert may["action.choisir"] == ("A",)
    assert set(may["action.refuser"]) == {"A", "B"}
    assert "relais.accepter" not in may and "rendez_vous.tenir" not in may
    assert "Atelier de cuisine" in seen.to_html()
    # A stranger has no logbook to read.
    nobody = guichet.carnet(
        who("professionnel:zoe", "referent", 9), "personne:aline", au=date(2022, 4, 1)
    )
    assert not nobody.carnet.actes and not nobody.carnet.a_venir and nobody.retenues


def test_the_path_says_who_leads_and_where_it_is(desk):
    store, guichet = desk
    store.append(
        [
            event("entree", {"motif": "orientation"}),
            event("pause", {"id": "P", "etape": "debut", "reprise_prevue": date(2022, 6, 1)}),
        ],
        at=datetime(2022, 3, 3, 8, tzinfo=UTC),
    )
    seen = guichet.parcours(
        who("professionnel:rene", "referent", 8), "personne:aline", au=date(2022, 4, 1)
    )
    path = seen.parcours
    assert path.etat == "en_pause"
    assert [one.reprise_prevue for one in path.pauses] == [date(2022, 6, 1)]
    assert [(one.role, one.professionnel) for one in path.meneurs] == [
        ("referent_unique", "professionnel:rene")
    ]
    assert seen.to_dict()["episodes"][0]["sortie"] is None
    nobody = guichet.parcours(
        who("professionnel:zoe", "referent", 9), "personne:aline", au=date(2022, 4, 1)
    )
    assert nobody.parcours.etat == "pas_entre" and nobody.retenues


def test_a_dossier_is_handed_over_in_the_format_of_its_reader(desk):
    store, guichet = desk
    store.append(
        [
            event("frein", {"code": "mobilite", "reponse": "oui"}),
            event("frein", {"code": "handicap", "reponse": "oui"}),
        ],
        at=datetime(2022, 3, 3, 8, tzinfo=UTC),
    )
    made = guichet.partager(
        who("professionnel:rene", "referent", 8),
        "personne:aline",
        "france_travail.v1",
        "structure:ft",
        au=date(2022, 4, 1),
    )
    constraint = made.document["contraintesIndividusDto"]["contraintes"][0]
    assert (constraint["code"], constraint["valeur"]) == ("23", "OUI")
    assert [one.chemin for one in made.pertes] == ["frein.handicap"]
    (noted,) = (one for one in store.evenements("personne:aline") if one.type == "partage")
    assert noted.contenu["destinataire"] == "structure:ft"
    # A stranger hands nothing over, and nothing is noted.
    with pytest.raises(spie.RightsError):
        guichet.partager(
            who("professionnel:zoe", "referent", 9),
            "personne:aline",
            "france_travail.v1",
            "structure:ft",
            au=date(2022, 4, 1),
        )
    assert sum(one.type == "partage" for one in store.evenements("personne:aline")) == 1


def test_the_pages_own_words_are_plain(desk):
    """No sentence of the page over 25 words, 15 on average."""
    _, guichet = desk
    html = guichet.carnet(
        who("personne:aline", "personne", 8), "personne:aline", au=date(2022, 4, 1)
    ).to_html()
    text = re.sub(r"<(style|title)>.*?</\1>", " ", html, flags=re.S)
    text = re.sub(r"</(h1|h2|p|li|footer)>", ".\n", text)
    text = re.sub(r"<[^>]+>", " ", text)
    lengths = [len(one.split()) for one in re.split(r"[.!?]\s", text) if one.split()]
    assert max(lengths) <= 25
    assert sum(lengths) / len(lengths) <= 15


def test_the_logbook_says_who_helps_by_name_and_what_was_overcome(desk):
    store, guichet = desk
    store.append(
        [
            event("frein", {"code": "mobilite", "reponse": "oui"}, debut=date(2022, 1, 10)),
            event("frein", {"code": "mobilite", "reponse": "non"}, debut=date(2022, 3, 20)),
            event("frein", {"code": "formation", "reponse": "non"}, debut=date(2022, 3, 20)),
        ],
        at=datetime(2022, 3, 21, 8, tzinfo=UTC),
    )
    seen = guichet.carnet(
        who("personne:aline", "personne", 8), "personne:aline", au=date(2022, 4, 1)
    )
    assert [(one.qui, one.nom) for one in seen.carnet.intervenants] == [
        ("professionnel:rene", "René MODELE")
    ]
    # What was never there was not overcome.
    assert [(one.code, one.etape, one.date) for one in seen.carnet.acquis] == [
        ("mobilite", "leve", date(2022, 3, 20))
    ]
    assert "René MODELE" in seen.to_html()


def test_each_acronym_of_the_glossary_is_said_in_full_once(desk):
    """In the page's own words; a free text that somebody wrote is left as it is."""
    store, guichet = desk
    glossary = Path(__file__).parents[2].joinpath("docs/glossary.md").read_text(encoding="utf-8")
    short = set(re.findall(r"^\| ([A-Z]{2,})\b", glossary, flags=re.M))
    # No public name stands for the letters: tools, files, and the number that is never shown.
    assert short - set(clair._mots()["sigles"]) == {
        "CALPAE", "COPIL", "EVA", "IOD", "NIR", "PACEA", "PIX", "VIRS", "VRSB",
    }  # fmt: skip
    store.append(
        [
            event("immersion", {"id": "I", "etape": "prevue", "date_debut": date(2022, 5, 2)}),
            event("immersion", {"id": "J", "etape": "prevue", "date_debut": date(2022, 6, 2)}),
            event("action", {"id": "A", "etape": "proposee", "libelle": "Dossier RSA"}),
        ],
        at=datetime(2022, 3, 3, 8, tzinfo=UTC),
    )
    html = guichet.carnet(
        who("personne:aline", "personne", 8), "personne:aline", au=date(2022, 4, 1)
    ).to_html()
    assert html.count("période de mise en situation en milieu professionnel, PMSMP") == 1
    assert html.count("PMSMP") == 2
    assert "Dossier RSA" in html and "revenu de solidarité active" not in html


def test_the_command_line_hands_over(spie_command, tmp_path):
    at = ("--base", tmp_path / "b.db", "--cle", tmp_path / "b.cle")
    (tmp_path / "e.json").write_text(
        json.dumps(
            [
                {
                    "sujets": [subject],
                    "type": kind,
                    "contenu": content,
                    "effet": {"debut": "2022-03-01"},
                    "source": {"nom": "saisie"},
                }
                for subject, kind, content in (
                    ("personne:aline", "identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
                    (
                        "personne:aline",
                        "referent",
                        {
                            "role": "referent_unique",
                            "etape": "nomme",
                            "professionnel": "professionnel:r",
                        },
                    ),
                    ("professionnel:p", "professionnel", {"nom": "MODELE"}),
                )
            ]
        )
    )
    chief = ("--acteur", "professionnel:g", "--role", "gestionnaire", "--finalite", "gestion")
    rene = ("--acteur", "professionnel:r", "--role", "referent", "--finalite", "accompagnement")
    done = spie_command("dossier", "enregistrer", "e.json", *at, *chief, "--json")
    assert done.exit_code == 0, done.stderr
    done = spie_command(
        "relais", "demander", "aline", *at, *rene, "--vers", "professionnel:p", "--motif", "charge",
        "--effet", "2022-04-01", "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    act = json.loads(done.stdout)["acte"]
    done = spie_command("relais", "etat", "aline", *at, *rene)
    assert "manque" in done.stdout and "par " in done.stdout
    assert "Relais demandé, le référent" in done.stdout
    done = spie_command("acte", "diagnostic.poser", "aline", *at, *rene, "--effet", "2022-04-01")
    assert "l'accord de la personne n'est pas dit" in done.stdout
    assert "Diagnostic : posé" in done.stdout
    done = spie_command(
        "relais", "effectuer", "aline", *at, *rene, "--effet", "2022-04-02", "--json"
    )
    assert done.exit_code == 3
    assert {one["code"] for one in json.loads(done.stdout)["erreurs"]} == {"Q003"}
    assert spie_command("annuler", act, *at, *rene).exit_code == 0
    assert "Aucun relais" in spie_command("relais", "etat", "aline", *at, *rene).stdout
    done = spie_command("acte", "immersion.prevoir", "aline", *at, *rene, "--champ",
                        "date_debut=2022-05-02", "--champ", "date_fin=2022-05-01")  # fmt: skip
    assert done.exit_code == 3 and "Q002" in done.stderr
