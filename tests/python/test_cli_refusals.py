"""What the command line answers in JSON when it refuses."""

from __future__ import annotations

import json

import pytest

CONVENTION = "seine-et-marne-2022-2023"
FINDING = {
    "code", "level", "message", "where", "remedy",
    "signification", "remede", "details", "suggestion",
}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("feel", "1 +"), "F001"),
        (("feel", "x", "--variables", "absent.json"), "A001"),
        (("pack", "check", "absent"), "P001"),
        (("pack", "test", "absent"), "P001"),
        (("pack", "show", CONVENTION, "verdict_depence"), "D011"),
        (("pack", "facts", CONVENTION, "absente"), "D011"),
        (("evaluate", CONVENTION, "entree", "-", "--as-of", "2022-06-01"), "P015"),
        (("evaluate", CONVENTION, "entree", "absent.json", "--as-of", "2022-06-01"), "A001"),
        (("dmn", "evaluate", "absent.dmn", "d", "-"), "D001"),
        (("dmn", "facts", "absent.dmn", "d"), "D001"),
        (("dmn", "show", "absent.dmn", "d"), "D001"),
        (("convention", "budget", "absent"), "P001"),
        (("convention", "etat", CONVENTION, "absent.csv", "--at", "2023-12-31"), "C006"),
        (("convention", "controle", CONVENTION, "absent.csv", "--annee", "2023"), "C006"),
        (("convention", "echeancier", CONVENTION, "--at", "2023-12-31", "--faits", "-"), "P015"),
    ],
)
def test_a_refusal_is_json_on_stdout_and_prose_on_stderr(spie_command, arguments, code):
    done = spie_command(*arguments, "--json", stdin='{"frein": []}')
    assert done.exit_code == 3
    errors = json.loads(done.stdout)["erreurs"]
    assert errors[0]["code"] == code
    assert all(set(one) == FINDING for one in errors)
    assert done.stderr and not done.stderr.lstrip().startswith("{")
    plain = spie_command(*arguments, stdin='{"frein": []}')
    assert (plain.exit_code, plain.stdout) == (3, "") and plain.stderr == done.stderr


def test_a_file_that_cannot_be_written_is_refused_in_json(spie_command, tmp_path):
    (tmp_path / "occupe").write_text("")
    done = spie_command(
        "convention", "budget", CONVENTION, "--csv", tmp_path / "occupe" / "b.csv", "--json"
    )
    assert done.exit_code == 3
    assert "occupe" in json.loads(done.stdout)["erreurs"][0]["where"]
