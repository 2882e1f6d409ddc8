"""Everything that an officer meets on the terminal is in French, whatever is typed wrong."""

from __future__ import annotations

import json
import re

import pytest
from spie.cli.main import app
from test_docs_cli import COMMANDS
from typer.main import get_command

CONVENTION = "seine-et-marne-2022-2023"
ACTOR = ("--acteur", "professionnel:r", "--role", "referent", "--finalite", "accompagnement")

# Words of English sentences that no French sentence holds; codes and names of ours hold none either.
ENGLISH = re.compile(
    r"\b(the|is|are|was|were|has|have|not|no such|with|without|from|this|that|which|must|cannot|"
    r"invalid|missing|required|usage|try|help|error|unexpected|expected|should|default|show|file|"
    r"aborted|there|give|write|check|of|an|it|its|does|unknown|names)\b",
    re.I,
)
# What is English by nature: the names of options, files, keys of JSON, models and FEEL.
OURS = re.compile(
    r"--[a-z-]+|«[^»]*»|[\w./-]+\.(json|dmn|csv|db|cle|xml)\b|[a-z]+_[a-z_]+|#/\S*|FEEL|DMN"
    r"|^Emploi : .*|^  (check|show|list|facts) |spie pack list|l'an\b|seul",
    re.M,
)


def english(text: str) -> list[str]:
    plain = OURS.sub(" ", text)
    return [line for line in plain.splitlines() if ENGLISH.search(line)]


@pytest.fixture
def store(spie_command, tmp_path):
    """A small store, its key, and an event of it."""
    (tmp_path / "e.json").write_text(
        json.dumps(
            [
                {
                    "sujets": ["personne:aline"], "type": kind, "contenu": content,
                    "effet": {"debut": "2022-03-01"}, "source": {"nom": "saisie"},
                }
                for kind, content in (
                    ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}),
                    ("referent", {"role": "conseiller", "etape": "nomme", "professionnel": "professionnel:r"}),
                    ("statut", {"code": "brsa", "reponse": "oui"}),
                )
            ]
        )
    )  # fmt: skip
    at = ("--base", tmp_path / "b.db", "--cle", tmp_path / "b.cle")
    done = spie_command(
        "dossier", "enregistrer", "e.json", *at,
        "--acteur", "professionnel:g", "--role", "gestionnaire", "--finalite", "gestion", "--json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    return at, json.loads(done.stdout)["evenements"]


def words(name: str) -> list[str]:
    return name.split()[1:]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_is_french_and_fits_80_columns(spie_command, monkeypatch, name):
    monkeypatch.setenv("COLUMNS", "80")
    done = spie_command(*words(name), "--help")
    assert done.exit_code == 0
    assert not english(done.stdout)
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    # Nothing is cut: an ellipsis stands for an id or a value that is to be given.
    assert not re.search(r"\w…", done.stdout.replace("4kq9…", ""))


@pytest.mark.parametrize("group", ["", "pack", "dmn", "convention", "dossier"])
def test_so_is_that_of_each_group(spie_command, monkeypatch, group):
    monkeypatch.setenv("COLUMNS", "80")
    done = spie_command(*group.split(), "--help")
    assert not english(done.stdout)
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    # No description is cut: each stands there to its stop.
    commands = get_command(app).commands
    for child in (commands[group].commands if group else commands).values():
        assert " ".join(child.help.split()) in " ".join(done.stdout.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_misused_is_told_in_french(spie_command, name):
    needs = [one for one in COMMANDS[name].params if one.required]
    wrong = [[*words(name), "--inconnue"]]
    if all(one.nargs != -1 for one in COMMANDS[name].params):  # takes as many as there are
        wrong.append([*words(name), *"abcdefghi"])
    if needs:
        wrong.append(words(name))
    for arguments in wrong:
        done = spie_command(*arguments)
        assert done.exit_code == 2, (arguments, done.stderr)
        assert not english(done.stderr + done.stdout), done.stderr
    for one in COMMANDS[name].params:  # an option without its value, a number that is none
        if one.param_type_name == "option" and not one.is_flag:
            assert not english(spie_command(*words(name), max(one.opts, key=len)).stderr)
            assert not english(spie_command(*words(name), max(one.opts, key=len), "x").stderr)


def test_a_near_name_is_suggested(spie_command):
    def told(*arguments):
        return spie_command(*arguments).stderr.replace("\N{NO-BREAK SPACE}", " ")

    assert "« dossier »" in told("dosier")
    assert "« voir »" in told("dossier", "voirs")
    assert "« --acteur »" in told("dossier", "voir", "x", "--actuer", "y")
    assert f"« {CONVENTION} »" in told("pack", "show", "seine-et-marne-2022-2032")
    assert CONVENTION in told("pack", "show", "rien")
    assert "socle-national" in told("pack", "show", "rien")


REFUSED = [
    ("feel", "1 +"),
    ("feel", "1 / 0"),
    ("feel", "inconnu + 1"),
    ("feel", "1", "--variables", "absent.json"),
    ("feel", "1", "--variables", "."),
    ("pack", "check", "absent"),
    ("pack", "facts", CONVENTION, "verdict_depence"),
    ("pack", "show", CONVENTION, "verdict_depence"),
    ("evaluate", CONVENTION, "entree", "mal.json", "--as-of", "2022-06-01"),
    ("evaluate", CONVENTION, "entree", "inconnu.json", "--as-of", "2022-06-01"),
    ("evaluate", CONVENTION, "entree", "inconnu.json", "--as-of", "1er juin"),
    ("evaluate", CONVENTION, "entree", "vide.json", "--as-of", "2022-06-01", "--parametre", "x=1"),
    ("dmn", "evaluate", "absent.dmn", "d", "vide.json"),
    ("dmn", "facts", "mal.json", "d"),
    ("dmn", "show", ".", "d"),
    ("convention", "budget", "absent"),
    ("convention", "budget", "socle-national"),
    ("convention", "etat", CONVENTION, "absent.csv", "--at", "2023-12-31"),
    ("convention", "etat", CONVENTION, "mal.json", "--at", "2023-12-31"),
    ("convention", "echeancier", CONVENTION, "--at", "2023-12-31", "--faits", "inconnu.json"),
    ("importer", "csv", "mal.json", "--base", "n.db", "--cle", "n.cle", "--date-fichier", "2023-01-31"),
    ("importer", "csv", "mal.json", "--base", "n.db", "--cle", "n.cle", "--plan", "inconnu.json"),
    ("importer", "france_travail_diagnostic", "mal.json", "--base", "n.db", "--cle", "n.cle"),
    ("importer", "carnet", "absent.csv", "--base", "n.db", "--cle", "n.cle"),
    ("importer", "carnet", "mal.json", "--base", "n.db", "--cle", "n.cle"),
    ("synthetique", "--personnes", "3", "--vers", "mal.json/sous"),
    ("dossier", "verifier", "--base", "absent.db"),
]  # fmt: skip


@pytest.fixture
def files(tmp_path):
    (tmp_path / "mal.json").write_text("{")
    (tmp_path / "vide.json").write_text("{}")
    (tmp_path / "inconnu.json").write_text('{"frien": 1}')


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_a_refusal_is_told_in_french(spie_command, arguments):
    done = spie_command(*arguments)
    assert done.exit_code in (1, 2, 3), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stderr
    assert not english(done.stderr), done.stderr
    assert "Traceback" not in done.output


DOSSIER = [
    ("voir", "aline", "--acteur", "d", "--role", "referent", "--finalite", "accompagnement"),
    ("voir", "aline", "--acteur", "professionnel:r", "--role", "referant", "--finalite", "accompagnement"),
    ("voir", "aline", "--acteur", "professionnel:r", "--role", "referent", "--finalite", "acompagnement"),
    ("voir", "personne:0000000000000000", *ACTOR),
    ("voir", "???", *ACTOR),
    ("voir", "aline", *ACTOR, "--connu-le", "#999999999999999999999"),
    ("historique", "aline", "identite.rien", *ACTOR),
    ("historique", "aline", "rien", *ACTOR),
    ("comparer", "aline", "hier", "2022-01-01", *ACTOR),
    ("corriger", "absent", *ACTOR, "--champ", "nom=X"),
    ("corriger", "absent", *ACTOR),
    ("corriger", "{e0}", *ACTOR, "--champ", "nomm=X"),
    ("corriger", "{e0}", *ACTOR, "--champ", "date_naissance=hier"),
    ("corriger", "{e2}", *ACTOR, "--champ", "reponse=peut-etre"),
    ("corriger", "{e2}", *ACTOR, "--debut", "2022-04-01", "--fin", "2022-03-01"),
    ("fusionner", "aline", "absent", *ACTOR),
    ("fusionner", "aline", "aline", "--acteur", "professionnel:g", "--role", "gestionnaire", "--finalite", "gestion"),
    ("defusionner", "absent", *ACTOR),
    ("detacher", "{e0}", "--acteur", "professionnel:g", "--role", "gestionnaire", "--finalite", "gestion"),
    ("effacer", "aline", *ACTOR, "--oui"),
    ("doublons", *ACTOR, "--fusionner"),
    ("declasser", "aline", "{e0}", "nom", *ACTOR),
    ("acces", "aline", *ACTOR),
    ("exporter", "aline", *ACTOR),
    ("enregistrer", "mal.json", *ACTOR),
    ("enregistrer", "vide.json", *ACTOR),
    ("verifier", "--tete", "zz"),
    ("sauvegarder", "mal.json"),
    ("conservation", "--prevenir", "absent", "--auteur", "professionnel:g"),
    ("conservation", "--effacer"),
    ("effacements", "--rejouer", "vide.json", "--auteur", "x"),
    ("consentir", "aline", "--pour", "rien", "--destinataire", "referent", *ACTOR),
]  # fmt: skip


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("arguments", DOSSIER, ids=" ".join)
def test_so_is_one_of_the_desk(spie_command, store, arguments):
    at, events = store
    named = {f"{{e{index}}}": event for index, event in enumerate(events)}
    done = spie_command("dossier", *(named.get(one, one) for one in arguments), *at)
    assert done.exit_code in (1, 2, 3), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stderr
    assert not english(done.stderr), done.stderr


def test_json_keeps_the_code_and_both_texts(spie_command, store):
    at, _ = store
    done = spie_command(
        "dossier", "voir", "aline", *at, "--acteur", "professionnel:r",
        "--role", "referant", "--finalite", "accompagnement", "--json",
    )  # fmt: skip
    (told,) = json.loads(done.stdout)["erreurs"]
    assert told["code"] == "R001"
    assert told["message"] == "'referant' is no role of the table of rights"
    assert told["signification"] == "personne ne demande, ou pour aucune finalité connue"
    assert (told["details"], told["suggestion"]) == ("referant", "referent")
    assert told["remede"] == "nommer un acteur, un rôle et une finalité"


@pytest.mark.parametrize(
    ("answer", "code"), [("n\n", 1), ("", 1), ("\n", 1), ("y\n", 1), ("o\n", 0)]
)
def test_a_question_is_asked_and_answered_in_french(spie_command, store, answer, code):
    at, _ = store
    done = spie_command(
        "dossier", "effacer", "aline", *at,
        "--acteur", "professionnel:g", "--role", "gestionnaire", "--finalite", "gestion",
        stdin=answer,
    )  # fmt: skip
    assert done.exit_code == code, done.output
    assert "[o/N]" in done.stderr
    assert ("Abandonné." in done.stderr) == (code == 1)
    assert not english(done.stderr)
