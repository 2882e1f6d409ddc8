"""What reaches a terminal: no character that it would obey, no word cut, nothing after a closed pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from spie import formatting
from test_cli import installed

CONVENTION = "seine-et-marne-2022-2023"
ATTACK = "\x1b[2J\x1b]0;pwn\x07", "\u202egnp", "a\x9bb", "\u2066c", "\rd"
ACTOR = ("--acteur", "professionnel:r", "--role", "referent", "--finalite", "accompagnement")
RAW = [
    chr(code) for code in (*range(9), *range(11, 32), 127, *range(128, 160), 0x061C, 0x200E, 0x200F)
]
RAW += [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


def raw(text: str) -> list[str]:
    return [one for one in RAW if one in text]


def test_each_character_that_a_terminal_obeys_is_shown_in_its_stead():
    for one in RAW:
        assert formatting.safe(f"a{one}b") in ("a\N{REPLACEMENT CHARACTER}b", "a b")
        escaped = formatting.safe_json(json.dumps(f"a{one}b", ensure_ascii=False))
        assert json.loads(escaped) == f"a{one}b"
        assert not raw(escaped)
    assert formatting.safe("Élise\nœ — « 1 234 » 𝄞") == "Élise\nœ — « 1 234 » 𝄞"


@pytest.fixture
def attacked(spie_command, tmp_path):
    """A dossier whose names are orders to a terminal."""
    at = ("--base", tmp_path / "b.db", "--cle", tmp_path / "b.cle")
    events = [
        {"type": "identite", "contenu": {"nom": "".join(ATTACK), "prenom": ATTACK[1]}},
        {"type": "referent", "contenu": {"role": "conseiller", "etape": "nomme", "professionnel": "professionnel:r"}},
    ]  # fmt: skip
    for one in events:
        one |= {
            "sujets": ["personne:aline"],
            "effet": {"debut": "2022-03-01"},
            "source": {"nom": "saisie"},
        }
    (tmp_path / "e.json").write_text(json.dumps(events))
    done = spie_command(
        "dossier", "enregistrer", "e.json", *at,
        "--acteur", "professionnel:g", "--role", "gestionnaire", "--finalite", "gestion",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    return at


@pytest.mark.parametrize(
    "arguments",
    [
        ("voir", "aline"),
        ("voir", "aline", "--json"),
        ("lister",),
        ("lister", "--json"),
        ("historique", "aline", "identite"),
        ("comparer", "aline", "2022-01-01", "2022-04-01"),
        ("voir", "".join(ATTACK)),
        ("voir", "aline", "--pack", ATTACK[0]),
        ("historique", "aline", ATTACK[1]),
        (ATTACK[0],),
        ("voir", "aline", f"--{ATTACK[1]}"),
    ],
)
def test_no_command_prints_one_raw(spie_command, attacked, arguments):
    done = spie_command("dossier", *arguments, *attacked, *ACTOR)
    assert not raw(done.stdout), done.stdout
    assert not raw(done.stderr), done.stderr


def test_nor_does_a_page(spie_command, attacked, tmp_path):
    page = tmp_path / "page.html"
    done = spie_command(
        "dossier", "exporter", "aline", *attacked, "--html", page,
        "--acteur", "personne:aline", "--role", "personne", "--finalite", "droit_acces",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    text = page.read_text("utf-8")
    assert not raw(text)
    assert "\N{REPLACEMENT CHARACTER}[2J" in text


def test_feel_prints_no_order_either(spie_command):
    assert not raw(spie_command("feel", '"' + ATTACK[1] + '"').stdout)
    assert not raw(spie_command("feel", '"\\u001b[2J"').stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ("pack", "show", CONVENTION),
        ("pack", "facts", CONVENTION, "admission"),
        ("convention", "budget", CONVENTION),
        ("convention", "echeancier", CONVENTION, "--at", "2023-12-31"),
        ("pack", "check", CONVENTION),
    ],
)
@pytest.mark.parametrize("width", [48, 80])
def test_no_word_is_cut_at_the_edge_of_a_table(spie_command, monkeypatch, arguments, width):
    """Each word of a wide page stands whole on a narrow one."""

    def words(columns: int) -> set[str]:
        monkeypatch.setenv("COLUMNS", str(columns))
        return set(spie_command(*arguments).stdout.split())

    rules = set("─│╭╮╰╯├┤┬┴┼━┃╷╵")
    whole = {one for one in words(400) if not rules & set(one)}
    narrow = words(width)
    # A table that is turned says in its first line what its first column is named on a wide page.
    missing = {one for one in whole if one not in narrow and 1 < len(one) < width * 5 // 8}
    assert missing <= {"Date", "Fait", "Paramètre", "Action"}


def test_a_closed_pipe_ends_without_a_word(tmp_path):
    command = [sys.executable, "-P", "-m", "spie", "pack", "show", CONVENTION]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        said = run.stderr.read()
        run.wait()
    assert said == b""
    assert run.returncode == 141


def test_completion_gives_commands_packs_and_roles():
    def completed(line: str) -> list[str]:
        words = line.split(" ")
        run = subprocess.run(
            [sys.executable, "-P", "-m", "spie"],
            capture_output=True, text=True, check=False,
            env={
                **os.environ, "_SPIE_COMPLETE": "complete_bash",
                "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1),
            },
        )  # fmt: skip
        return run.stdout.split()

    assert "lister" in completed("spie dossier li")
    assert CONVENTION in completed("spie pack show se")
    assert "gestionnaire" in completed("spie dossier voir x --role g")
    assert "accompagnement" in completed("spie dossier voir x --finalite a")
    zsh = subprocess.run(
        [sys.executable, "-P", "-m", "spie"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "_SPIE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "spie pack "},
    )  # fmt: skip
    assert "qu''une" in zsh.stdout and "rc_quotes" in installed("completion", "zsh").stdout
    for shell in ("bash", "zsh", "fish"):
        script = installed("completion", shell).stdout
        assert f"_SPIE_COMPLETE=complete_{shell}" in script
    assert installed("completion", "tcsh").returncode == 2
