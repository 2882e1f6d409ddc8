"""The command line: what it prints, what it exits with, where errors go."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Said, plain
from spie.cli.main import app
from test_pack import FACTS
from typer.testing import CliRunner

CONVENTION = "seine-et-marne-2022-2023"


@pytest.fixture
def spie(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")

    def run(*arguments: object, stdin: str | None = None):
        return Said(CliRunner().invoke(app, [str(one) for one in arguments], input=stdin))

    return run


@pytest.fixture
def facts_path(tmp_path) -> Path:
    path = tmp_path / "faits.json"
    path.write_text(json.dumps(FACTS), encoding="utf-8")
    return path


def installed(*arguments: object, **options) -> subprocess.CompletedProcess[str]:
    """The command as the wheel installs it."""
    command = shutil.which("spie", path=str(Path(sys.executable).parent))
    assert command, "the wheel installs no command"
    environment = {**os.environ, "COLUMNS": "140", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [command, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        **options,
    )
    done.stdout, done.stderr = plain(done.stdout), plain(done.stderr)
    return done


# --- FEEL


def test_feel_prints_the_value(spie):
    assert spie("feel", "0.1 + 0.2").stdout == "0.3\n"
    assert spie("feel", 'date("2024-01-31") + duration("P1M")').stdout == "2024-02-29\n"
    assert spie("feel", '[1, "é", null]').stdout == '[1, "é", null]\n'


def test_feel_in_json(spie):
    done = spie("feel", "0.10", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"statut": "determine", "valeur": 0.1, "erreurs": []}


def test_feel_refuses_on_stderr_with_code_3(spie):
    done = spie("feel", "1 +")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "F001" in done.stderr


def test_feel_tells_an_error_on_stderr_with_code_1(spie):
    done = spie("feel", "1 / 0")
    assert (done.exit_code, done.stdout) == (1, "null\n")
    assert "F006" in done.stderr


def test_feel_reads_variables(spie):
    done = spie("feel", "montant * 2", "--variables", "-", stdin='{"montant": 1.25}')
    assert done.stdout == "2.5\n"
    assert (
        spie("feel", "now()", "--now", "2022-06-01T10:00:00+00:00").stdout
        == "2022-06-01T10:00:00Z\n"
    )


# --- DMN


def test_dmn_evaluates(spie, model_path, tmp_path):
    inputs = tmp_path / "entrees.json"
    inputs.write_text('{"montant": 80.50, "nature": "voiture"}')
    done = spie("dmn", "evaluate", model_path, "rembourse", inputs)
    assert done.exit_code == 0 and "40,25" in done.stdout
    data = json.loads(spie("dmn", "evaluate", model_path, "rembourse", inputs, "--json").stdout)
    assert data["valeur"] == 40.25 and data["statut"] == "determine"
    service = spie("dmn", "evaluate", model_path, "remboursement", inputs, "--service", "--json")
    assert json.loads(service.stdout)["valeur"] == 40.25


def test_dmn_exit_codes(spie, model_path, tmp_path):
    assert (
        spie("dmn", "evaluate", model_path, "rembourse", "-", stdin='{"nature": "train"}').exit_code
        == 1
    )
    assert spie("dmn", "evaluate", model_path, "absente", "-", stdin="{}").exit_code == 3
    assert spie("dmn", "evaluate", tmp_path / "absent.dmn", "d", "-", stdin="{}").exit_code == 3
    assert spie("dmn", "evaluate", model_path, "rembourse", "-", stdin="{").exit_code == 3
    assert spie("dmn", "evaluate", model_path).exit_code == 2


# --- Packs


def test_pack_check_and_test(spie):
    checked = spie("pack", "check", CONVENTION)
    assert checked.exit_code == 0 and "0 erreur" in checked.stdout
    tested = spie("pack", "test", CONVENTION)
    assert tested.exit_code == 0 and "cas réussis" in tested.stdout
    assert all(
        one["reussi"] for one in json.loads(spie("pack", "test", CONVENTION, "--json").stdout)
    )
    assert isinstance(json.loads(spie("pack", "check", CONVENTION, "--json").stdout), list)


def test_a_pack_with_a_failing_case_exits_with_1(spie, root, tmp_path):
    folder = tmp_path / "packs"
    shutil.copytree(root / "packs", folder)
    cases = folder / CONVENTION / "cas" / "entree.json"
    cases.write_text(
        cases.read_text("utf-8").replace('"freins_sociaux": 1,', '"freins_sociaux": 9,', 1)
    )
    tested = spie("pack", "test", folder / CONVENTION)
    assert tested.exit_code == 1 and "échec" in tested.stdout
    checked = spie("pack", "check", folder / CONVENTION)
    assert checked.exit_code == 1 and "P010" in checked.stdout


def test_a_pack_that_cannot_be_loaded_tells_its_findings(spie, root, tmp_path):
    folder = tmp_path / "packs"
    shutil.copytree(root / "packs", folder)
    model = folder / CONVENTION / "entree.dmn"
    model.write_text(model.read_text("utf-8").replace("depense.date", "depenses.date"))
    finances = folder / CONVENTION / "finances.dmn"
    finances.write_text(finances.read_text("utf-8").replace("depense.date", "depensee.date"))
    done = spie("pack", "check", folder / CONVENTION)
    assert done.exit_code == 1 and "F002" in done.stdout and "finances.dmn" in done.stdout
    assert spie("pack", "check", tmp_path / "absent").exit_code == 3


def test_pack_show_prints_the_tables_in_french(spie):
    whole = spie("pack", "show", CONVENTION).stdout
    assert "Paramètres" in whole and "taux_plafond_frais" in whole and "15\u00a0%" in whole
    table = spie("pack", "show", CONVENTION, "verdict_depense").stdout
    assert "Verdict sur une dépense" in table and "Nécessaire" in table
    assert "offre_directe" in table and "ecartee" in table and "Article 4.2, alinéa 4" in table
    data = json.loads(spie("pack", "show", CONVENTION, "verdict_depense", "--json").stdout)
    assert data["decisions"][0]["logique"]["kind"] == "decision_table"
    assert spie("pack", "show", CONVENTION, "verdict_depence").exit_code == 3


def test_pack_list_and_facts(spie):
    assert CONVENTION in spie("pack", "list").stdout
    assert CONVENTION in json.loads(spie("pack", "list", "--json").stdout)["packs"]
    assert "duree_inscription_mois" in spie("pack", "facts", CONVENTION, "entree").stdout
    assert json.loads(spie("pack", "facts", CONVENTION, "entree", "--json").stdout)


# --- Decisions


def test_evaluate(spie, facts_path):
    arguments = ("evaluate", CONVENTION, "entree", facts_path, "--as-of", "2022-06-01")
    plain = spie(*arguments)
    assert plain.exit_code == 0 and "admis, public prioritaire" in plain.stdout
    explained = spie(*arguments, "--explain")
    assert "Annexe B" in explained.stdout
    data = json.loads(spie(*arguments, "--json").stdout)
    assert data["valeur"]["conclusion"] == "admis_prioritaire" and data["trace"]


def test_an_undetermined_answer_is_an_answer(spie):
    done = spie("evaluate", CONVENTION, "entree", "-", "--as-of", "2022-06-01", stdin="{}")
    assert done.exit_code == 0 and "indéterminé" in done.stdout and "Manque" in done.stdout


def test_evaluate_refuses(spie, facts_path):
    base = ("evaluate", CONVENTION, "entree")
    assert spie(*base, facts_path, "--as-of", "2022-02-30").exit_code == 2
    assert spie(*base, "absent.json", "--as-of", "2022-06-01").exit_code == 3
    unknown = spie(*base, "-", "--as-of", "2022-06-01", stdin='{"frein": []}')
    assert unknown.exit_code == 3 and "P015" in unknown.stderr and unknown.stdout == ""
    assert spie(*base, facts_path, "--as-of", "2022-06-01", "--parametre", "x").exit_code == 2
    assert spie(*base, facts_path, "--as-of", "2022-06-01", "--parametre", "x=1").exit_code == 3


# --- The money


def test_statement(spie, ledger_path, payments_path, tmp_path):
    base = ("convention", "etat", CONVENTION, ledger_path, "--versements", payments_path)
    shown = spie(*base, "--at", "2023-12-31")
    assert (
        shown.exit_code == 0
        and "Part de l'État" in shown.stdout
        and "297 600,00" in shown.stdout.replace("\u202f", " ")
    )
    page, table = tmp_path / "sous" / "etat.html", tmp_path / "etat.csv"
    done = spie(*base, "--at", "2023-12-31", "--html", page, "--csv", table, "--json")
    data = json.loads(done.stdout)
    assert data["plafond_frais_generaux"] == "93000.00" and data["lignes"][0]["id"] == "D001"
    assert data["lecture"]["recus"] == data["lecture"]["lus"] + data["lecture"]["refuses_total"]
    assert "Signature et cachet" in page.read_text("utf-8") and table.read_bytes()
    other = spie(
        *base, "--at", "2023-12-31", "--parametre", "base_plafond_frais=cout_reel", "--json"
    )
    assert json.loads(other.stdout)["plafond_frais_generaux"] == "91282.44"


def test_refused_lines_go_to_stderr(spie, root):
    path = root / "examples" / "donnees" / "registre-fautif.csv"
    done = spie("convention", "etat", CONVENTION, path, "--at", "2023-12-31", "--json")
    assert done.exit_code == 4 and "registre-fautif.csv:3" in done.stderr
    assert "→ Écrire" in done.stderr.replace("\n", " ")
    assert json.loads(done.stdout)["lignes_refusees"] > 0
    assert done.stderr.splitlines()[-1] == "10 lignes refusées, hors des montants."


def test_an_answer_without_the_refused_lines_ends_with_4(spie, root, tmp_path):
    path = root / "examples" / "donnees" / "registre-fautif.csv"
    for command in (("etat", "--at", "2023-12-31"), ("controle", "--annee", 2023)):
        done = spie("convention", command[0], CONVENTION, path, *command[1:])
        assert done.exit_code == 4
        assert done.stdout.splitlines()[-1].startswith("10 lignes refusées")
    # The answer « non » says more.
    paid = tmp_path / "v.csv"
    paid.write_text("date;montant;libelle\n2022-03-24;297600,00;Acompte\n")
    no = spie("convention", "controle", CONVENTION, path, "--annee", 2023, "--versements", paid)
    assert no.exit_code == 1 and no.stdout.splitlines()[-1].startswith("10 lignes refusées")


def test_a_ledger_in_windows_1252_or_without_a_line(spie, ledger_path, tmp_path):
    latin = tmp_path / "excel.csv"
    latin.write_bytes(ledger_path.read_text("utf-8").encode("windows-1252"))
    base = ("convention", "etat", CONVENTION, latin, "--at", "2023-12-31")
    guessed = spie(*base, "--json")
    assert guessed.exit_code == 0 and "windows-1252" in guessed.stderr
    assert json.loads(guessed.stdout)["cout_total"] == "608549.64"
    assert "windows-1252" not in spie(*base, "--windows-1252").stderr
    header = tmp_path / "entete.csv"
    header.write_text(ledger_path.read_text("utf-8").splitlines()[0])
    alone = spie("convention", "etat", CONVENTION, header, "--at", "2023-12-31")
    assert alone.exit_code == 0 and "rien n'a été lu" in alone.stderr


def test_json_accounts_for_both_files(spie, root, tmp_path):
    ledger = root / "examples" / "donnees" / "registre-fautif.csv"
    payments = tmp_path / "versements.csv"
    payments.write_text(
        "date;montant;libelle\n2022-03-24;1,234;Acompte\n2022-03-25;50,00;Acompte\n"
    )
    for command in (("etat", "--at", "2023-12-31"), ("controle", "--annee", 2023)):
        base = ("convention", command[0], CONVENTION, ledger, *command[1:])
        data = json.loads(spie(*base, "--versements", payments, "--json").stdout)
        read = data["lecture"]
        assert (read["recus"], read["lus"], read["refuses_total"]) == (12, 2, 10)
        assert all(one["message"] and one["remedy"] and one["ligne"] for one in read["refuses"])
        received = data["lecture_versements"]
        assert (received["recus"], received["lus"], received["refuses_total"]) == (2, 1, 1)
        assert received["refuses"][0]["code"] == "C002"
        assert (data["lignes_refusees"], data["versements_refuses"]) == (10, 1)
        assert json.loads(spie(*base, "--json").stdout)["lecture_versements"] is None


def test_control_schedule_and_budget(spie, ledger_path, payments_path, root):
    base = ("convention", "controle", CONVENTION, ledger_path, "--versements", payments_path)
    control = spie(*base, "--annee", 2023, "--json")
    data = json.loads(control.stdout)
    assert control.exit_code == (0 if data["conforme"] else 1)
    facts = root / "examples" / "donnees" / "faits.json"
    schedule = spie("convention", "echeancier", CONVENTION, "--faits", facts, "--at", "2024-04-01")
    assert schedule.exit_code == 0 and "25/03/2022" in schedule.stdout
    final = spie(*base, "--final", "--json")
    assert json.loads(final.stdout)["date"] == "2023-12-31" and json.loads(final.stdout)["final"]
    for wrong in ((), ("--final", "--annee", 2023), ("--annee", 2024), ("--annee", 2021)):
        assert spie(*base, *wrong).exit_code == 2
    budget = spie("convention", "budget", CONVENTION)
    assert budget.exit_code == 0 and "620" in budget.stdout and "Écart relevé" in budget.stdout
    reading = "lecture_salaires_annexe_c=calcul_ecrit"
    other = spie("convention", "budget", CONVENTION, "--parametre", reading, "--json")
    assert json.loads(other.stdout)["total"] == "600000.00"
    wrong = spie("convention", "budget", CONVENTION, "--parametre", "lecture=calcul_ecrit")
    assert wrong.exit_code == 3


def test_the_schedule_reads_the_over_payment_of_a_statement(spie, ledger_path, tmp_path):
    statement = tmp_path / "etat.json"
    statement.write_text('{"trop_percu": "12.50"}', "utf-8")
    base = ("convention", "echeancier", CONVENTION, "--at", "2024-04-01", "--json")
    duties = json.loads(spie(*base, "--etat", statement).stdout)["echeances"]
    owed = next(one for one in duties if one["id"] == "remboursement-trop-percu")
    assert owed["manquants"] == ["bilan_financier_produit"]
    statement.write_text('{"trop_percu": "0.00"}', "utf-8")
    duties = json.loads(spie(*base, "--etat", statement).stdout)["echeances"]
    assert "remboursement-trop-percu" not in [one["id"] for one in duties]


def test_what_is_second_hand_is_said_wherever_it_is_shown(spie, tmp_path):
    warning = "à vérifier avant de le montrer comme du droit"
    shown = " ".join(spie("pack", "show", "socle-national").stdout.split())
    assert "seconde main" in shown and "lu à la date de date_orientation" in shown
    facts = tmp_path / "faits.json"
    facts.write_text('{"date_droits_devoirs": "2025-01-01"}', "utf-8")
    base = ("evaluate", "socle-national", "date_limite_orientation", facts, "--as-of", "2025-06-01")
    assert warning in " ".join(spie(*base).stdout.split())
    assert warning in " ".join(spie(*base, "--explain").stdout.split())
    uses = json.loads(spie(*base, "--json").stdout)["parametres"]
    assert [one["seconde_main"] for one in uses] == [True, True]
    assert uses[0]["lu_le"] == "2025-01-01"


# --- The demonstration, and the command as installed


def test_pages_are_their_owners_alone_even_over_one_that_others_read(spie, tmp_path):
    before = os.umask(0)
    try:
        folder = tmp_path / "rapport"
        folder.mkdir()
        (folder / "index.html").write_text("celle d'avant, bien plus longue" * 10_000)
        (folder / "index.html").chmod(0o666)
        assert spie("demo", "--dossier", folder).exit_code == 0
        table = tmp_path / "budget.csv"
        table.write_text("avant")
        table.chmod(0o644)
        done = spie("convention", "budget", "seine-et-marne-2022-2023", "--csv", table)
        assert done.exit_code in (0, 1)
    finally:
        os.umask(before)
    written = [*folder.iterdir(), table]
    assert len(written) == 14
    for path in written:
        assert path.stat().st_mode & 0o777 == 0o600, path
    assert (folder / "index.html").read_text("utf-8").rstrip().endswith("</html>")
    assert "avant" not in table.read_text("utf-8")


def test_demo(spie, tmp_path):
    done = spie("demo", "--dossier", tmp_path / "rapport")
    assert done.exit_code == 0
    for expected in ("Écart relevé", "Aline Exemple", "Et maintenant", "dépassent leur plafond"):
        assert expected in done.stdout
    report = (tmp_path / "rapport" / "index.html").read_text("utf-8")
    assert "inventés" in report and "Louis Brouillon" in report
    assert (tmp_path / "rapport" / "etat-des-depenses.html").is_file()
    assert json.loads(spie("demo", "--json").stdout)["personnes"]


PAGES = (
    "diagnostic.html", "feuille-de-route.html", "carnet-de-la-personne.html",
    "carnet-du-professionnel.html", "passeport.html", "badge.png", "badge.html", "badge-altere.png",
    "badge-altere.html", "cv.html",
)  # fmt: skip


def test_the_demo_goes_from_files_to_the_logbook_and_ends_with_its_pages(
    spie, tmp_path, monkeypatch
):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    shown = spie("demo").stdout
    assert max(map(len, shown.splitlines())) <= 80
    steps = (
        "Le diagnostic partagé", "La feuille de route", "refusé le 18 mars", "accepté le 23 mars",
        "écrit. Il manque", "effectif le", "L'immersion n'est pas conforme", "L'immersion est conforme",
        "bilan du 24 mai", "La vigilance", "Le carnet de bord",
        "J'aide une voisine", "Elle la refuse", "Un badge, d'après le bilan : délivrable",
        "Badge valide : badge.png", "Badge invalide", "Pour Fournil du Canal", "Et maintenant", "Les pages",
    )  # fmt: skip
    at = [" ".join(shown.split()).find(step) for step in steps]
    assert -1 not in at and at == sorted(at), list(zip(steps, at, strict=True))
    assert shown.splitlines()[-len(PAGES) :] == [f"rapport/{name}" for name in PAGES]
    for name in PAGES:
        if name.endswith(".html"):
            page = (tmp_path / "rapport" / name).read_text("utf-8")
            assert page.rstrip().endswith("</html>") and "<h1" in page


def test_the_badge_of_the_demo_is_verified_by_the_command_and_its_altered_copy_refused(
    spie, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    told = json.loads(spie("demo", "--json").stdout)["parcours"]["passeport"]
    badge, copy = (tmp_path / "rapport" / name for name in ("badge.png", "badge-altere.png"))
    asked = ("--destinataire", "elle@example.org", "--au", "2022-06-14T08:00:00Z")
    assert {one["nom"]: one["etat"] for one in told["verification"]["controles"]}[
        "confiance"
    ] == "ok"
    assert spie("badge", "verifier", badge, *asked).exit_code == 0
    assert spie("badge", "verifier", copy, *asked).exit_code == 1
    said = json.loads(spie("badge", "extraire", badge).stdout)["credentialSubject"]
    # The code and the level that the référent picked, the host as source, and nobody's name.
    assert said["achievement"]["alignment"][0]["targetCode"] == "300490"
    (reached,) = said["achievement"]["resultDescription"][0]["rubricCriterionLevel"]
    assert reached["name"].lower().startswith("pratique")
    assert said["result"][0]["achievedLevel"] == reached["id"]
    assert said["source"]["name"].startswith("Boulangerie") and "name" not in said
    share = told["passeport"]["partages"][0]
    assert share["remises"][0]["empreinte"] == told["partage"]["empreinte"]
    page = (tmp_path / "rapport" / "cv.html").read_bytes()
    assert hashlib.sha256(page).hexdigest() == told["partage"]["empreinte"]
    assert "voisine" not in page.decode() and "Aide à remplir des papiers" in page.decode()


def test_the_installed_command(facts_path, tmp_path):
    assert installed("feel", "1 + 1").stdout == "2\n"
    refused = installed("feel", "1 +")
    assert (refused.returncode, refused.stdout) == (3, "") and "F001" in refused.stderr
    assert installed("--version").stdout.startswith("spie ")
    helped = installed("--help")
    assert helped.returncode == 0 and "Codes de sortie" in helped.stdout
    done = installed(
        "evaluate", CONVENTION, "entree", facts_path, "--as-of", "2022-06-01", "--json"
    )
    assert json.loads(done.stdout)["statut"] == "determine"


def test_the_locale_changes_nothing(facts_path):
    command = [sys.executable, "-m", "spie", "feel", "1234.50", "--json"]
    for locale in ("C", "fr_FR.UTF-8"):
        environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1"}
        out = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment).stdout
        assert '"valeur": 1234.50' in out
