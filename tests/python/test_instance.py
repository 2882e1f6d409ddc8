"""Instances: census, agenda, page, counts and commands, through the surfaces that people use."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import spie
from spie.dossier import evenement
from spie.droits import Acces, Demande, Guichet

DAY = date(2022, 4, 1)
SEANCE = date(2022, 5, 12)
INSTANCE = "instance:i"


def event(subject, kind, content, on=DAY):
    return evenement(subject, kind, content, debut=on, auteur="x")


def people(on=DAY):
    """Anna organises the instance where Noé sits; René follows Aline, Paul follows Basile."""
    seats = [("anna", "animateur"), ("noe", "titulaire")]
    leads = [("aline", "rene"), ("basile", "paul")]
    return [
        event(INSTANCE, "instance", {"nom": "Instance de Meaux", "quorum": 2, "label": "accorde"}, on),
        *(
            event(
                INSTANCE,
                "siege",
                {"professionnel": f"professionnel:{who}", "qualite": what, "etape": "commence"},
                on,
            )
            for who, what in seats
        ),
        *(
            event(f"personne:{who}", "identite", {"nom": "EXEMPLE", "prenom": who.title()}, on)
            for who, _ in leads
        ),
        *(
            event(
                f"personne:{who}",
                "referent",
                {
                    "role": "referent_unique",
                    "etape": "nomme",
                    "professionnel": f"professionnel:{by}",
                },
                on,
            )
            for who, by in leads
        ),
    ]  # fmt: skip


def who(actor, role, at, purpose="instance"):
    return Demande(actor, purpose, [role], instant=datetime.fromisoformat(at).replace(tzinfo=UTC))


@pytest.fixture
def desk():
    with spie.Store.memory() as store, Acces.memory() as acces:
        store.append(people(), at=datetime(2022, 4, 2, 8, tzinfo=UTC))
        guichet = Guichet(store, acces, spie.Pack.load("socle-national"))
        anna = lambda at: who("professionnel:anna", "animateur", at)  # noqa: E731
        guichet.agir(
            anna("2022-04-03"),
            "session.fixer",
            INSTANCE,
            effet=date(2022, 4, 3),
            contenu={"date": SEANCE, "lieu": "Meaux"},
        )
        for hour, person, by in ((4, "aline", "rene"), (5, "basile", "paul")):
            guichet.agir(
                who(f"professionnel:{by}", "referent", f"2022-04-0{hour}", "accompagnement"),
                "saisine.deposer",
                f"personne:{person}",
                effet=date(2022, 4, hour),
                contenu={"instance": INSTANCE, "motif": "cas_complexe"},
            )
        guichet.agir(
            anna("2022-04-06"),
            "saisine.inscrire",
            "personne:aline",
            effet=date(2022, 4, 6),
            contenu={"session": "2022-05-12"},
        )
        yield store, guichet, anna


def test_the_census_of_instances(desk):
    store, _, _ = desk
    (one,) = spie.parcours.recenser_instances(store, au=DAY)
    assert (one.nom, one.label, one.quorum) == ("Instance de Meaux", "accorde", 2)
    assert {seat.professionnel for seat in one.sieges} == {
        "professionnel:anna",
        "professionnel:noe",
    }


def test_the_agenda_says_what_is_before_the_session_and_what_waits(desk):
    _, guichet, anna = desk
    seen = guichet.agenda(anna("2022-05-01"), INSTANCE)
    assert [(one.prenom, one.inscrit) for one in seen.agenda.cas] == [
        ("Aline", True),
        ("Basile", False),
    ]
    assert [one.qui for one in seen.agenda.convocations] == [
        "professionnel:anna",
        "professionnel:noe",
        "professionnel:rene",
        "personne:aline",
    ]
    with pytest.raises(spie.DossierError) as refused:
        guichet.agenda(anna("2022-05-02"), INSTANCE, "2022-05-13")
    assert refused.value.code == "E005"


def test_who_is_convened_sees_his_own_cases(desk):
    _, guichet, anna = desk
    guichet.agir(
        anna("2022-05-01"),
        "saisine.inscrire",
        "personne:basile",
        effet=date(2022, 5, 1),
        contenu={"session": "2022-05-12"},
    )
    seen = lambda actor, role: [  # noqa: E731
        one.prenom for one in guichet.agenda(who(actor, role, "2022-05-10"), INSTANCE).agenda.cas
    ]
    assert seen("professionnel:noe", "membre_instance") == ["Aline", "Basile"]
    assert seen("professionnel:rene", "membre_instance") == ["Aline"]
    assert seen("personne:basile", "personne") == ["Basile"]
    assert seen("professionnel:max", "membre_instance") == []


def test_the_page_is_french_and_names_no_outside_resource(desk):
    _, guichet, anna = desk
    page = guichet.agenda(anna("2022-05-01"), INSTANCE).to_html()
    assert "Instance de Meaux" in page and "12 mai 2022" in page
    assert "<script" not in page and "http" not in page
    body = re.sub(r"<[^>]+>", " ", page.split("</style>")[-1])
    assert "'" not in body and not re.search(r"\w [:;!?»]", body)


def test_a_decision_is_taken_once_and_counted(desk):
    _, guichet, anna = desk
    note = lambda who_, at: guichet.agir(  # noqa: E731
        anna(at),
        "presence.noter",
        INSTANCE,
        effet=SEANCE,
        contenu={"session": "2022-05-12", "qui": who_, "etat": "present"},
    )
    decide = lambda at: guichet.agir(  # noqa: E731
        anna(at),
        "instance.decider",
        "personne:aline",
        effet=SEANCE,
        contenu={"nature": "maintien", "manque_offre": "offre_loin"},
    )
    note("professionnel:anna", "2022-05-12T08:00")
    with pytest.raises(spie.PathError) as refused:
        decide("2022-05-12T09:00")
    assert (refused.value.code, refused.value.where) == ("Q002", "/contenu/saisine")
    note("professionnel:noe", "2022-05-12T10:00")
    note("personne:aline", "2022-05-12T10:30")
    guichet.agir(
        anna("2022-05-12T11:00"), "session.tenir", INSTANCE, effet=SEANCE,
        contenu={"id": "2022-05-12"},
    )  # fmt: skip
    made = decide("2022-05-12T12:00")
    assert [one.type for one in made.evenements] == ["decision_instance", "saisine"]
    assert not made.avertissements
    with pytest.raises(spie.PathError):
        decide("2022-05-12T13:00")
    pilot = who("professionnel:pia", "pilote", "2022-06-01", "pilotage")
    counted = guichet.participation(pilot, du=date(2022, 5, 1), au=date(2022, 5, 31))
    assert counted.seances == 1
    assert (counted.partenaires.presents, counted.partenaires.taux) == (2, Decimal("1.000"))
    assert counted.personnes.convies is None and counted.situations_etudiees is None  # one person
    assert counted.petits_effectifs
    with pytest.raises(spie.RightsError):
        guichet.participation(
            who("professionnel:rene", "referent", "2022-06-02", "accompagnement"),
            du=date(2022, 5, 1),
            au=date(2022, 5, 31),
        )


# --- On the command line: acts are of now, and so is the session.

ANNA = ("--acteur", "professionnel:anna", "--role", "animateur", "--finalite", "instance")
RENE = ("--acteur", "professionnel:rene", "--role", "referent", "--finalite", "accompagnement")


@pytest.fixture
def run(spie_command, tmp_path, today):
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    base = tmp_path / "dossiers.db"
    with spie.Store.create(base, keys) as store:
        store.append(people(today - timedelta(days=30)), at=datetime.now(UTC) - timedelta(days=2))

    def on_the_store(*arguments):
        return spie_command("instance", *arguments, "--base", base, "--cle", keys)

    return on_the_store


def told(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_an_officer_holds_a_session_from_the_terminal(run, tmp_path, today):
    session = today.isoformat()
    told(run("fixer", "i", "--date", session, "--lieu", "Meaux", *ANNA, "--json"))
    told(
        run(
            "saisir", "aline", "--instance", "i", "--motif", "cas_complexe",
            "--question", "que proposer ?", *RENE, "--json",
        )
    )  # fmt: skip
    told(run("inscrire", "aline", "--session", session, *ANNA, "--json"))
    page = tmp_path / "ordre.html"
    seen = told(run("preparer", "i", "--convoquer", "--html", page, *ANNA, "--json"))
    assert seen["seance"]["etape"] == "convoquee"
    assert [one["etat"] for one in seen["convocations"]] == ["convie"] * 4
    assert "Instance de Meaux" in page.read_text("utf-8")
    noted = told(
        run(
            "presences", "i", "--present", "professionnel:anna", "--present", "professionnel:noe",
            "--absent", "professionnel:rene", "--present", "personne:aline", *ANNA, "--json",
        )
    )  # fmt: skip
    assert noted["quorum"] == {"etat": "atteint", "requis": 2, "presents": 2}
    told(run("tenir", "i", "--session", session, *ANNA, "--json"))
    refused = run("decider", "aline", "--nature", "reorientation", *ANNA, "--json")
    assert refused.exit_code == 3
    assert json.loads(refused.stdout)["erreurs"][0]["where"] == "/contenu/autorite"
    made = told(
        run(
            "decider", "aline", "--nature", "reorientation", "--manque-offre", "offre_loin",
            "--autorite", "president_conseil_departemental", "--article", "L262-31",
            "--notifiee-le", session, "--session", session, *ANNA, "--json",
        )
    )  # fmt: skip
    assert made["avertissements"] == []
    counted = told(run("bilan", "--du", session, "--instance", "i", *ANNA, "--json"))
    assert counted["partenaires"] == {"convies": 3, "presents": 2, "taux": 0.667}
    census = told(run("recenser", *ANNA, "--json"))
    assert [one["nom"] for one in census] == ["Instance de Meaux"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("recenser",), "Instance de Meaux"),
        (("preparer", "i"), "Aucune situation que ce rôle voie."),
        (("presences", "i"), "Quorum inconnu"),
        (("bilan", "--du", "2022-01-01"), "0 séance tenue"),
    ],
)
def test_what_is_printed_fits_eighty_columns(run, today, command, said):
    asked = (*command, "--instance", "i", *ANNA) if command[0] == "bilan" else (*command, *ANNA)
    told(run("fixer", "i", "--date", today.isoformat(), *ANNA, "--json"))
    result = run(*asked)
    assert result.exit_code == 0, result.output
    assert said in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_a_name_given_twice_or_without_its_kind_is_misused(run):
    twice = run("presences", "i", "--present", "personne:a", "--absent", "personne:a", *ANNA)
    assert twice.exit_code == 2
    bare = run("presences", "i", "--present", "aline", *ANNA)
    assert bare.exit_code == 2 and "personne:" in bare.stderr


def test_a_reorientation_is_printed_with_her_refusal_beside_it():
    from rich.console import Console
    from spie.records.parcours import EtatRelais, ReorientationLue
    from spie.terminal import actes

    decided = ReorientationLue("president_conseil_departemental", "L262-39", SEANCE, SEANCE)
    one = EtatRelais(
        relais="L", etape="effectif", objet="referent", role="referent_unique", de="professionnel:a",
        vers="professionnel:b", motif="charge", depuis=SEANCE, conditions=(), possible=False,
        accord="non", accord_recueilli="par_elle", dispenses=("accord_personne",),
        reorientation=decided,
    )  # fmt: skip
    console = Console(width=80, record=True)
    console.print(actes.relais([one], spie.Pack.load("socle-national").libelle))
    said = console.export_text()
    assert "La personne n'est pas d'accord." in said
    assert "le président du conseil départemental" in said and "notifiée le 12/05/2022" in said
    assert max(map(len, said.splitlines())) <= 80
