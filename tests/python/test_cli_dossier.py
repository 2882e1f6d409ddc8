"""The commands of dossiers: what they show to whom, what they change, the store and its key."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import spie
from spie.dossier import evenement

REFERENT = (
    "--acteur", "professionnel:p1", "--role", "referent", "--finalite", "accompagnement",
)  # fmt: skip
CHEF = ("--acteur", "professionnel:chef", "--role", "gestionnaire", "--finalite", "gestion")
MARCH = datetime(2022, 3, 5, 12, tzinfo=UTC)
APRIL = datetime(2022, 4, 10, 12, tzinfo=UTC)


def about(type_, contenu, debut=date(2022, 1, 1), sujet="personne:aline", **also):
    return evenement(sujet, type_, contenu, debut=debut, auteur="conseillère", **also)


def written(type_, contenu, sujet="personne:aline", **also) -> dict:
    """As a file of events has it."""
    event = {"sujets": [sujet], "type": type_, "contenu": contenu} | also
    return event | {"effet": {"debut": "2022-01-01"}, "source": {"nom": "saisie"}}


@pytest.fixture
def base(tmp_path) -> Path:
    """Aline moved on 1 March; it was learnt on 10 April. Her référent is p1."""
    keys = tmp_path / "dossiers.cle"
    spie.store.write_keys(keys, spie.store.draw_keys())
    with spie.Store.create(tmp_path / "dossiers.db", keys) as store:
        store.append(
            [
                about("identite", {"nom": "EXEMPLE", "prenom": "Aline"}, id="e-1"),
                about("adresse", {"commune": "Provins"}, id="e-2"),
                about("frein", {"code": "sante", "reponse": "oui"}, id="e-4"),
                about(
                    "referent",
                    {
                        "role": "referent_unique",
                        "etape": "nomme",
                        "professionnel": "professionnel:p1",
                    },
                ),
                about("contact", {"courriels": ["d@example.org"]}, sujet="personne:driss"),
            ],
            at=MARCH,
        )
        store.append(
            [about("adresse", {"commune": "Nangis"}, date(2022, 3, 1), id="e-3")], at=APRIL
        )
    return tmp_path / "dossiers.db"


@pytest.fixture
def dossier(spie_command, base):
    """A command of dossiers on that store; its answer in JSON, or the refusal."""

    def run(*arguments, key=None, **more):
        where = ("--base", base, "--cle", key or base.with_suffix(".cle"))
        return spie_command("dossier", *arguments, *where, **more)

    return run


def facts(done) -> dict:
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    return {one["chemin"]: one["valeur"] for one in found["situation"]["faits"]}


def test_a_dossier_is_seen_at_two_dates_of_truth_and_of_knowledge(dossier):
    see = ("voir", "aline", *REFERENT, "--json")
    assert facts(dossier(*see, "--au", "2022-02-28"))["adresse.commune"] == "Provins"
    assert facts(dossier(*see, "--au", "2022-03-01"))["adresse.commune"] == "Nangis"
    then = facts(dossier(*see, "--au", "2022-03-15", "--connu-le", "2022-04-09"))
    assert then["adresse.commune"] == "Provins"
    assert dossier(*see, "--connu-le", "#2").exit_code == 2  # its gaps would count what is masked
    for known in ("2022-04-01", "2022-04-10T13:59:59+02:00"):
        then = facts(dossier(*see, "--au", "2022-03-15", "--connu-le", known))
        assert then["adresse.commune"] == "Provins"
    for wrong in ("hier", "#x", "2022-04-10T13:59:59", "2022-04-31"):
        assert dossier(*see, "--connu-le", wrong).exit_code == 2
    shown = dossier("voir", "aline", *REFERENT, "--au", "2022-03-15")
    assert shown.exit_code == 0 and "Nangis" in shown.stdout and "15 mars 2022" in shown.stdout


def test_who_may_not_see_sees_nothing_and_is_told_why(dossier, base):
    stranger = (
        "--acteur",
        "professionnel:p2",
        "--role",
        "referent",
        "--finalite",
        "accompagnement",
    )
    done = dossier("voir", "aline", *stranger, "--au", "2022-03-15")
    assert "Nangis" not in done.stdout and "EXEMPLE" not in done.stdout
    assert "Ce qui n'est pas montré" in done.stdout
    assert json.loads(dossier("chercher", "exem", *stranger, "--json").stdout) == []
    # Each call is written down.
    with spie.droits.Acces.open(f"{base}-acces", base.with_suffix(".cle")) as acces:
        assert [one["acteur"] for one in acces.entries()] == ["professionnel:p2"] * 2
        assert acces.verify()["intact"]


PILOTE = ("--acteur", "professionnel:max", "--role", "pilote", "--finalite", "pilotage")


def test_dossiers_are_written_as_a_table_of_what_the_actor_sees(dossier, base, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    wide, long = tmp_path / "large.parquet", tmp_path / "longue.parquet"
    columns = ("--colonne", "nom=identite.nom", "--colonne", "frein.social.reponse")
    done = dossier("table", *PILOTE, "--vers", wide, *columns, "--au", "2022-06-01", "--json")
    assert json.loads(done.stdout) == {"dossiers": 2, "lignes": 2, "vers": str(wide)}
    seen = parquet.read_table(wide).to_pylist()
    assert [one["nom"] for one in seen] == [None, None]  # a pilot sees no name
    assert [one["frein.social.reponse"] for one in seen] == ["oui", None]
    assert seen[0]["grossis"] == ["frein.social.reponse"]
    done = dossier("table", *REFERENT, "--dossier", "aline", "--vers", long, "--au", "2022-06-01")
    assert done.exit_code == 0 and "1 dossier," in done.stdout
    view = json.loads(dossier("voir", "aline", *REFERENT, "--au", "2022-06-01", "--json").stdout)
    rows = parquet.read_table(long).to_pylist()
    assert [one["chemin"] for one in rows] == [one["chemin"] for one in view["situation"]["faits"]]
    with spie.droits.Acces.open(spie.droits.acces_path(base), base.with_suffix(".cle")) as acces:
        assert len(acces.about("personne:driss")) == 1  # the pilot's


def test_who_is_tied_to_nobody_has_no_line_for_her(dossier, tmp_path):
    csv = pytest.importorskip("pyarrow.csv")
    out = tmp_path / "t.csv"
    for named in ((), ("--dossier", "aline", "--dossier", "driss")):  # p1 is Aline's référent alone
        done = dossier(
            "table", *REFERENT, *named, "--vers", out, "--colonne", "c=adresse.commune", "--json"
        )
        assert json.loads(done.stdout)["dossiers"] == 1
        assert csv.read_csv(out)["dossier"].to_pylist() == ["personne:aline"]


def test_a_table_of_dossiers_that_cannot_be_made_is_refused_whole(dossier, tmp_path):
    pytest.importorskip("pyarrow")
    out = tmp_path / "t.csv"
    for options, told in (
        (("--colonne", "identite.nomm"), "identite.nom"),
        (("--colonne", "a="), "NOM=CHEMIN"),
        (("--colonne", "a=identite.nom", "--colonne", "a=adresse.commune"), "sert déjà"),
        (("--texte", "a"), "--colonne"),
    ):
        done = dossier("table", *PILOTE, "--vers", out, *options)
        assert done.exit_code in (2, 3) and told in done.stderr.replace("\n", " "), done.stderr
        assert not out.exists()
    done = dossier("table", *PILOTE, "--vers", tmp_path / "t.txt")
    assert done.exit_code == 3 and ".parquet" in done.stderr


def test_nobody_and_no_purpose_is_refused(dossier):
    for wrong in (
        ("--acteur", "professionnel:p1", "--role", "referent", "--finalite", "curiosite"),
        ("--acteur", "", "--role", "referent", "--finalite", "accompagnement"),
    ):
        done = dossier("voir", "aline", *wrong, "--json")
        assert done.exit_code == 3
        assert json.loads(done.stdout)["erreurs"][0]["code"] == "R001"
    assert dossier("voir", "aline").exit_code == 2


def test_a_person_is_found_by_the_beginning_of_a_name(dossier):
    done = dossier("chercher", "éxem", *REFERENT)
    assert done.exit_code == 0 and "EXEMPLE" in done.stdout and "personne:aline" in done.stdout
    assert "Aucune personne de ce nom" in dossier("chercher", "zorglub", *REFERENT).stdout


def test_a_correction_is_judged_as_a_file_is(dossier):
    wrong = dossier("corriger", "e-3", "--champ", "code_postal=7700", *CHEF)
    assert wrong.exit_code == 2 and "code_postal" in wrong.output
    assert dossier("corriger", "e-3", "--champ", "code_postal=77000", *CHEF).exit_code == 0


def test_a_correction_shows_in_the_history_and_in_the_differences(dossier):
    day = ("2022-03-15", "2022-03-15")
    learnt = json.loads(
        dossier(
            "comparer", "aline", *day, "--connu-avant", "2022-03-31", *REFERENT, "--json"
        ).stdout
    )
    assert [one["chemin"] for one in learnt["differences"]] == ["adresse.commune"]
    made = dossier("corriger", "e-3", "--champ", "commune=Melun", *CHEF, "--json")
    correction = json.loads(made.stdout)["evenement"]
    said = dossier("historique", "aline", "adresse.commune", *REFERENT)
    for text in ("Provins", "Nangis", "Melun", f"corrigé par {correction}"):
        assert text in said.stdout
    moved = dossier("comparer", "aline", "2022-02-01", "2022-03-15", *REFERENT)
    assert "Provins" in moved.stdout and "Melun" in moved.stdout
    again = dossier("corriger", "e-3", "--champ", "commune=Paris", *CHEF, "--json")
    assert again.exit_code == 3 and json.loads(again.stdout)["erreurs"][0]["code"] == "E003"
    assert dossier("corriger", correction, "--retirer", *CHEF).exit_code == 0
    seen = facts(dossier("voir", "aline", *REFERENT, "--au", "2022-03-15", "--json"))
    assert seen["adresse.commune"] == "Provins"
    assert dossier("corriger", "e-2", *CHEF).exit_code == 2
    dates = ("--debut", "2022-01-15", "--fin", "2022-02-01")
    assert dossier("corriger", "e-2", *dates, *CHEF).exit_code == 0
    gone = facts(dossier("voir", "aline", *REFERENT, "--au", "2022-02-01", "--json"))
    assert "adresse.commune" not in gone


def test_a_merge_is_undone_event_by_event(dossier, base):
    made = dossier("fusionner", "aline", "driss", *CHEF, "--motif", "vue", "--json")
    merge = json.loads(made.stdout)["evenement"]
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        store.append(
            [
                about(
                    "contact",
                    {"courriels": ["secret@example.org"]},
                    sujet="personne:driss",
                    id="s-1",
                )
            ]
        )
    stopped = dossier("defusionner", merge, *CHEF)
    assert stopped.exit_code == 3 and "s-1" in stopped.stderr and "à affecter" in stopped.stderr
    assert "secret" not in stopped.stderr  # what they say is for those who may see it
    undone = dossier("defusionner", merge, "--reste", "driss", *CHEF, "--json")
    assert json.loads(undone.stdout) == {"affectations": {"s-1": "personne:driss"}}
    assert dossier("fusionner", "aline", "personne:zoe", *CHEF).exit_code == 3


def test_an_erasure_asks_first_and_leaves_a_chain_that_verifies(dossier, spie_command, tmp_path):
    head = json.loads(dossier("verifier", "--json").stdout)["tete"]["maillon"]
    copy = tmp_path / "copie.db"
    assert dossier("sauvegarder", copy).exit_code == 0
    assert dossier("effacer", "aline", *CHEF, stdin="n\n").exit_code == 1
    assert dossier("effacer", "aline", *CHEF, "--json").exit_code == 2
    done = dossier("effacer", "aline", *CHEF, "--oui", "--json")
    assert [one["evenements"] for one in json.loads(done.stdout)["effacements"]] == [5]
    proof = dossier("verifier", "--tete", head)
    assert proof.exit_code == 0 and "intact" in proof.stdout
    assert dossier("verifier", "--tete", "a" * 64).exit_code == 1
    # A backup still holds her, until the list is replayed on it.
    listed = dossier("effacements", "--json").stdout
    assert json.loads(listed)["figees"] == []  # of retention alone
    where = ("--base", copy, "--cle", tmp_path / "dossiers.cle")
    from spie.cli.main import app
    from typer.testing import CliRunner

    again = ["dossier", "effacements", *where, "--rejouer", "-", "--auteur", "dpo", "--json"]
    replayed = CliRunner().invoke(app, [str(one) for one in again], input=listed)
    assert json.loads(replayed.stdout) == {"effacements": 1}


def test_the_key_is_turned_and_the_old_one_opens_no_more(dossier, base, tmp_path):
    old = tmp_path / "ancienne.cle"
    key = base.with_suffix(".cle")
    old.write_text(key.read_text())
    old.chmod(0o600)
    assert dossier("cle").exit_code == 0
    assert json.loads(dossier("cle", "--renouveler", "--json").stdout)["renouvelee"]
    assert key.read_text() != old.read_text() and key.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.glob("*.nouvelle")] == []
    assert dossier("cle").exit_code == 0
    refused = dossier("cle", "--json", key=old)
    assert refused.exit_code == 3
    assert json.loads(refused.stdout)["erreurs"][0]["code"] == "S002"


def test_a_store_is_made_with_its_key_away_from_it(spie_command, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    base = tmp_path / "donnees" / "dossiers.db"
    base.parent.mkdir()
    events = json.dumps([written("contact", {})])
    # Nothing but a recording makes one.
    assert spie_command("dossier", "verifier", "--base", base).exit_code == 3
    done = spie_command(
        "dossier", "enregistrer", "-", "--base", base, *CHEF, "--json", stdin=events
    )
    assert done.exit_code == 0 and len(json.loads(done.stdout)["evenements"]) == 1
    (key,) = (tmp_path / "config").rglob("*.cle")
    assert key.stat().st_mode & 0o777 == 0o600 and str(key) in done.stderr
    assert [one.name for one in base.parent.glob("*.cle")] == []
    assert (
        spie_command("dossier", "enregistrer", "-", "--base", base, *CHEF, stdin=events).exit_code
        == 0
    )
    # A key that is lost is not made anew.
    key.unlink()
    lost = spie_command(
        "dossier", "enregistrer", "-", "--base", base, *CHEF, "--json", stdin=events
    )
    assert lost.exit_code == 3 and "--cle" in lost.stderr and not key.exists()


def test_events_that_are_wrong_are_refused_whole(dossier):
    wrong = [written("contact", {}), written("adrese", {})]
    done = dossier("enregistrer", "-", *CHEF, "--json", stdin=json.dumps(wrong))
    (error,) = json.loads(done.stdout)["erreurs"]
    assert (done.exit_code, error["code"], error["where"]) == (3, "E002", "/1/type")
    assert dossier("enregistrer", "-", *CHEF, stdin="{}").exit_code == 3
    assert dossier("enregistrer", "-", *CHEF, stdin="[3]").exit_code == 3
    assert dossier("enregistrer", "absent.json", *CHEF).exit_code == 3


def test_the_actor_is_the_author_of_what_he_records(dossier, base):
    def record(**also):
        events = json.dumps([written("contact", {}), written("contact", {}, **also)])
        return dossier("enregistrer", "-", *REFERENT, "--json", stdin=events)

    for also in ({}, {"auteur": ""}, {"auteur": "professionnel:p1"}):
        done = record(**also)
        assert done.exit_code == 0, done.stderr
        with spie.Store.open(base, base.with_suffix(".cle")) as store:
            made = [store.evenement(one) for one in json.loads(done.stdout)["evenements"]]
        assert [one.auteur for one in made] == ["professionnel:p1"] * 2
    done = record(auteur="professionnel:chef")
    (error,) = json.loads(done.stdout)["erreurs"]
    assert (done.exit_code, error["code"], error["where"]) == (3, "E001", "-/1/auteur")
    assert "professionnel:chef" in done.stderr and "professionnel:p1" in done.stderr
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        assert len(store.evenements("personne:aline")) == 5 + 6  # nothing of what was refused


def test_a_proposal_of_a_duplicate_is_not_a_members_to_write(dossier):
    proposal = {"autre": "personne:driss", "raisons": ["mêmes noms"]}
    both = ["personne:aline", "personne:driss"]
    for event in (
        written("proposition_doublon", proposal),
        written("observation", {"cle": "k", "presente": True}),
        written("contact", {"telephones": ["0100000000"]}) | {"source": {"nom": "caf.vrsb"}},
        written("adresse", {"commune": "VAL-INVENTE"}) | {"sujets": both},
    ):
        done = dossier("enregistrer", "-", *REFERENT, "--json", stdin=json.dumps([event]))
        assert done.exit_code == 3, event
        assert json.loads(done.stdout)["erreurs"][0]["code"] == "R002"
        done = dossier("enregistrer", "-", *CHEF, stdin=json.dumps([event]))
        assert done.exit_code == 0, done.stderr


def test_possible_duplicates_are_shown_to_who_sees_both_names(dossier, base):
    assert "Aucun doublon" in dossier("doublons", "aline", *REFERENT).stdout
    tie = {"role": "referent_unique", "etape": "nomme", "professionnel": "professionnel:p1"}
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        store.append(
            [
                about("identite", {"nom": "EXEMPL", "prenom": "Aline"}, sujet="personne:eline"),
                about("referent", tie, sujet="personne:eline"),
                about("identite", {"nom": "EXEMPLE", "prenom": "Farid"}, sujet="personne:farid"),
                *(
                    about(
                        "proposition_doublon",
                        {"autre": other, "raisons": ["noms proches", "même adresse"]},
                        sujet=["personne:aline", other],
                    )
                    for other in ("personne:eline", "personne:farid")
                ),
            ]
        )
    done = dossier("doublons", "aline", *REFERENT, "--json")
    assert json.loads(done.stdout) == [
        {"dossier": "personne:eline", "raisons": ["noms proches", "même adresse"]}
    ]
    shown = dossier("doublons", "aline", *REFERENT).stdout
    assert "personne:eline" in shown and "noms proches ; même adresse" in shown
    pilot = ("--acteur", "professionnel:p1", "--role", "pilote", "--finalite", "pilotage")
    done = dossier("doublons", "aline", *pilot, "--json")
    assert done.exit_code == 3 and json.loads(done.stdout)["erreurs"][0]["code"] == "R002"
    assert dossier("doublons", "aline").exit_code == 2
    assert dossier("doublons", "zoe", *REFERENT).exit_code == 3
    with spie.droits.Acces.open(f"{base}-acces", base.with_suffix(".cle")) as journal:
        assert [one["operation"] for one in journal.entries()] == ["doublons"] * 5


def test_an_invented_departement_is_written(spie_command, tmp_path):
    done = spie_command("synthetique", "--personnes", 20, "--vers", tmp_path / "invente", "--json")
    assert done.exit_code == 0 and json.loads(done.stdout)["adultes"] == 20
    assert list((tmp_path / "invente" / "caf").glob("*.xml"))


def test_what_changes_a_dossier_asks_who_acts_and_whether_he_may(dossier, base):
    events = json.dumps([written("contact", {})])
    changes = (
        ("corriger", "e-3", "--champ", "commune=Melun"),
        ("fusionner", "aline", "driss"),
        ("effacer", "aline", "--oui"),
        ("detacher", "e-1"),
        ("defusionner", "e-1"),
        ("enregistrer", "-"),
    )
    outsider = ("--acteur", "professionnel:p9", *REFERENT[2:])
    for command in changes:
        assert dossier(*command, stdin=events).exit_code == 2, command  # nobody
        done = dossier(*command, *outsider, "--json", stdin=events)
        assert done.exit_code == 3, command
        assert json.loads(done.stdout)["erreurs"][0]["code"] == "R002", command
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        assert len(store.evenements("personne:aline")) == 5
    # Her référent corrects; to merge or to erase is not his.
    made = json.loads(dossier(*changes[0], *REFERENT, "--json").stdout)["evenement"]
    for command in changes[1:3]:
        assert dossier(*command, *REFERENT).exit_code == 3
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        assert store.evenement(made).auteur == "professionnel:p1"
    with spie.droits.Acces.open(f"{base}-acces", base.with_suffix(".cle")) as journal:
        told = journal.about("personne:aline")
    assert {one["refus"] for one in told} == {None, "R002"}
    (entry,) = [one for one in told if one["refus"] is None]
    assert (entry["operation"], entry["role"]) == ("corriger", "referent")


# --- Lists and doubles


@pytest.fixture
def doubles(base):
    """Bob and Aline may be one, for one reason; Carole and Aline for two."""
    with spie.Store.open(base, base.with_suffix(".cle")) as store:
        store.append(
            [
                about(
                    "identite",
                    {"nom": "EXEMPLE", "prenom": "Aline", "date_naissance": date(1990, 5, 17)},
                    sujet=f"personne:{who}",
                )
                for who in ("bob", "carole")
            ]
            + [
                about(
                    "proposition_doublon",
                    {"autre": "personne:aline", "raisons": list(reasons)},
                    sujet=[f"personne:{who}", "personne:aline"],
                )
                for who, reasons in (
                    ("bob", ["mêmes noms"]),
                    ("carole", ["mêmes noms", "NIR contredit"]),
                )
            ],
            at=APRIL,
        )
    return base


@pytest.mark.usefixtures("doubles")
def test_who_may_name_people_lists_them(dossier):
    done = dossier("lister", *CHEF, "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    # Driss has no name that is known: he stands first.
    assert [one["dossier"] for one in found["dossiers"]] == [
        "personne:driss",
        "personne:aline", "personne:bob", "personne:carole",
    ]  # fmt: skip
    assert (found["page"], found["pages"], found["total"]) == (1, 1, 4)
    aline = found["dossiers"][1]
    assert (aline["nom"], aline["prenom"]) == ("EXEMPLE", "Aline")
    assert aline["referents"] == [
        {"role": "referent_unique", "professionnel": "professionnel:p1", "structure": ""}
    ]
    # A référent has those whom he follows, and no count of the others.
    mine = json.loads(dossier("lister", *REFERENT, "--json").stdout)
    assert (mine["total"], len(mine["dossiers"])) == (1, 1)
    shown = dossier("lister", *CHEF).stdout
    assert "EXEMPLE Aline" in shown and "professionnel:p1" in shown
    assert json.loads(dossier("lister", *CHEF, "--page", "2", "--json").stdout)["dossiers"] == []
    assert json.loads(dossier("lister", *CHEF, "--structure", "s", "--json").stdout)["total"] == 0


@pytest.mark.usefixtures("doubles")
def test_doubles_are_listed_and_merged_by_the_reason_alone(dossier, base):
    done = dossier("doublons", *CHEF, "--json")
    assert done.exit_code == 0, done.stderr
    pairs = json.loads(done.stdout)
    assert [(one["garde"]["dossier"], one["absorbe"]["dossier"]) for one in pairs] == [
        ("personne:aline", "personne:bob"), ("personne:aline", "personne:carole"),
    ]  # fmt: skip
    shown = dossier("doublons", *CHEF).stdout
    assert "2 paires : mêmes noms" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        len(json.loads(dossier("doublons", *CHEF, "--raison", "NIR contredit", "--json").stdout))
        == 1
    )
    wrong = dossier("doublons", *CHEF, "--raison", "autre")
    assert wrong.exit_code == 2 and "mêmes noms" in wrong.stderr

    merge = ("doublons", "--fusionner", "--raison", "mêmes noms")
    assert dossier(*merge, *REFERENT).exit_code == 0  # sees no pair, merges none
    assert dossier("doublons", "--fusionner", *CHEF).exit_code == 2
    refused = dossier(*merge, *CHEF, stdin="n\n")
    assert refused.exit_code == 1
    assert "Fusionner 1 paire de dossiers ? [o/N]" in refused.stderr
    done = dossier(*merge, *CHEF, "--oui", "--json")
    assert done.exit_code == 0, done.stderr
    made = json.loads(done.stdout)
    assert (len(made["fusions"]), made["laissees"]) == (1, 1)
    left = json.loads(dossier("doublons", *CHEF, "--json").stdout)
    assert [one["absorbe"]["dossier"] for one in left] == ["personne:carole"]
    with spie.droits.Acces.open(spie.droits.acces_path(base), base.with_suffix(".cle")) as journal:
        entries = journal.entries()
    assert [one["operation"] for one in entries].count("fusionner") == 1


@pytest.mark.usefixtures("doubles")
def test_erasing_one_of_two_doubles_says_that_the_other_stays(dossier):
    asked = dossier("effacer", "bob", *CHEF, stdin="n\n")
    assert asked.exit_code == 1
    assert "personne:aline" in asked.stderr and "mêmes noms" in asked.stderr
    done = dossier("effacer", "bob", *CHEF, "--oui", "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["doublons"] == [
        {"efface": "personne:bob", "dossier": "personne:aline", "raisons": ["mêmes noms"]}
    ]
    said = dossier("effacer", "carole", *CHEF, "--oui").stdout
    assert "1 dossier effacé" in said.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "personne:aline" in said
    assert "Personne n'est effacé" not in said
    assert json.loads(dossier("doublons", *CHEF, "--json").stdout) == []


def test_a_dossier_is_seen_in_words_with_what_a_correction_asks(dossier):
    shown = dossier("voir", "aline", *REFERENT, "--au", "2022-04-30").stdout
    assert "Santé" in shown and "frein.sante" in shown
    assert "événement e-4" in shown and "[reponse]" in shown
    assert "Saisie à la main" in shown
    assert "referent_unique" not in shown.replace("referent.referent_unique", "")


def test_the_acts_of_an_invented_departement_are_played_once(spie_command, tmp_path):
    folder, store = tmp_path / "invente", tmp_path / "b.db"
    keys = ("--base", store, "--cle", tmp_path / "b.cle")
    assert spie_command("synthetique", "--personnes", 40, "--vers", folder).exit_code == 0
    missing = spie_command("synthetique", "jouer", folder, *keys)
    assert missing.exit_code == 3 and "n'existe pas" in missing.stderr
    day = ("--date-fichier", "2022-01-31")
    for form, name, given in (
        ("carnet_structures", "carnet/structures.csv", day),
        ("vrsb", "caf/vrsb-2022-01.xml", ()),
        ("france_travail_extrait", "france-travail/extrait-2022-01.csv", (*day, "--sur-noms")),
        ("carnet_beneficiaires", "carnet/beneficiaires-2022-01.csv", (*day, "--sur-noms")),
    ):
        assert spie_command("importer", form, folder / name, *given, *keys).exit_code == 0
    part = ("synthetique", "jouer", folder, *keys, "--jusqu-au", "2022-04-30", "--json")
    first = json.loads(spie_command(*part).stdout)
    assert first["joues"] > 10 and first["refuses"] == first["attendus"]
    done = spie_command(*part)
    assert done.exit_code == 0
    again = json.loads(done.stdout)
    assert (again["joues"], again["deja"]) == (0, first["joues"])
    assert "déjà là" in spie_command(*part[:-1]).stdout
    (folder / "actes.jsonl").write_text("{\n")
    refused = spie_command("synthetique", "jouer", folder, *keys)
    assert refused.exit_code == 3 and "actes" in refused.stderr
    assert spie_command("synthetique").exit_code == 2
    assert spie_command("synthetique", "--personnes", 10).exit_code == 2
