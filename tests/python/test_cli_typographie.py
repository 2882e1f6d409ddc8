"""What the terminal writes is set as French is: narrow no-break spaces, curved apostrophes, nothing raw."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import pytest
from rich.table import Table
from rich.text import Text
from spie import pages
from spie.terminal.blocks import Prose
from spie.terminal.console import SafeConsole
from spie.words import badges, clair, instances
from test_docs_cli import COMMANDS

# An ordinary space, or a wide one, before a high sign or inside « »; a straight apostrophe between letters.
LOOSE = re.compile(r"[ \xa0][:;!?»]|«[ \xa0]|\w'\w")


def printed(what, width: int = 80) -> str:
    out = io.StringIO()
    SafeConsole(file=out, width=width, highlight=False).print(what)
    return out.getvalue()


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_is_set(spie_command, name):
    said = spie_command(*name.split()[1:], "--help").typeset
    assert not LOOSE.findall(said), [line for line in said.splitlines() if LOOSE.search(line)]


def test_what_is_refused_is_set(spie_command):
    said = spie_command("importer", "vrbs", "x.xml", "--base", "b.db").typeset_stderr
    assert "FORMAT\u202f:" in said and "«\u202fvrbs\u202f»" in said and not LOOSE.search(said)


def test_texts_tables_and_paragraphs_are_set_whatever_holds_them():
    table = Table("Qui l'aide", "Quand : où")
    table.add_row("« Aline »", "demain ; ici")
    for one in ("Qui l'a vu : elle", Text("Est-ce « dit » ?"), Prose("- d'abord : ceci"), table):
        said = printed(one)
        assert not LOOSE.search(said)
        assert "\ue000" not in said and "\u202f" in said


def test_a_line_is_never_broken_before_a_high_sign():
    for width in range(16, 60):  # « pourquoi » ; is one word
        for one in (
            Text("Il a répondu non : personne ne sait « pourquoi » ; et vous ?"),
            Prose("Il dit : oui ; et non !"),
        ):
            for line in printed(one, width).splitlines():
                assert not re.match(r"\s*[:;!?»]", line), (width, line)


def test_the_spans_of_a_text_hold():
    text = Text("Avant : après")
    text.stylize("bold", 8)
    out = io.StringIO()
    SafeConsole(file=out, width=40, force_terminal=True, color_system="standard").print(text)
    assert "\x1b[1maprès" in out.getvalue()


def test_english_quotes_and_values_keep_their_signs():
    assert (
        printed("there is no decision 'entre', say a:b").strip()
        == "there is no decision 'entre', say a:b"
    )


def test_every_code_of_a_closed_list_of_ours_has_its_word():
    words = clair._mots()["mots"]
    silent = {
        f"{kind}.{field}: {code}"
        for kind, shape in clair.types().items()
        for field, of in shape.get("schema", {}).get("properties", {}).items()
        for code in (of.get("enum") or (of.get("items") or {}).get("enum") or ())
        if isinstance(code, str) and code not in words
    }
    assert not silent


def test_one_is_not_a_plural():
    assert (
        instances.quorum("non_atteint", 2, 1) == "Quorum pas atteint (2 nécessaires ; 1 présent)."
    )
    assert instances.quorum("atteint", 1, 3) == "Quorum atteint (1 nécessaire ; 3 présents)."


def test_the_reason_of_an_entry_is_not_a_step():
    class Entree:
        genre, etape, code, libelle, nom = "entree", "", "demande", "", ""

    assert clair.chose(Entree, lambda code: code).endswith(" : à sa demande")


def test_the_day_of_a_thing_says_whether_it_is_due_or_was():
    class Action:
        genre, date = "action", "2022-07-31"

    class RendezVous:
        genre, date = "rendez_vous", "2022-10-04"

    class Rien:
        genre, date = "action", None

    assert clair.quand(Action, True) == ", pour le 31 juillet 2022"
    assert clair.quand(Action, False) == ", le 31 juillet 2022"
    assert clair.quand(RendezVous, True) == ", le 4 octobre 2022"
    assert clair.quand(Rien, True) == ""


def test_the_road_map_says_each_acronym_in_full_once():
    action = SimpleNamespace(
        libelle="Une PMSMP, puis le RSA",
        id="a",
        frein=None,
        echeance=None,
        responsable=None,
        motif=None,
        etapes=(),
    )
    sheet = SimpleNamespace(
        au="2022-06-01", diagnostic=None, dossier="personne:a", objectifs=(), a_faire=(action, action), faites=(),
        proposees=(), refusees=(), besoins=(), ressources=(),
    )  # fmt: skip
    made = pages.render("feuille_de_route.html.j2", feuille=sheet, dit=str, sigles=clair.Sigles())
    assert made.count("mise en situation en milieu professionnel") == 1
    assert made.count("PMSMP") == 2


def test_the_days_and_the_vouchers_of_a_passport_are_said_in_words():
    assert clair.periode("2022-05-02", "2022-05-20") == "du 2 mai 2022 au 20 mai 2022"
    assert clair.periode("2022-05-01", None) == "depuis le 1er mai 2022"
    assert clair.periode(None, "2022-05-20") == "jusqu'au 20 mai 2022"
    assert clair.periode(None, None) == ""
    # As a selection writes them: an assurance, a day, then as what and for which structure, or neither.
    assert clair.garant_sorti("confirme 2022-06-09") == "Confirmé le 9 juin 2022"
    assert clair.garant_sorti("garanti 2022-06-09 employeur La Mie") == (
        "Garanti le 9 juin 2022, employeur, La Mie"
    )
    assert clair.garant_sorti("confirme 2022-06-09 Le Fournil") == (
        "Confirmé le 9 juin 2022, Le Fournil"
    )


def test_an_instant_of_a_badge_is_said_as_any_other_and_another_text_as_it_is():
    assert badges.instant("2022-06-10T08:00:00Z") == "10 juin 2022 à 10 h 00"
    assert badges.instant("2022-06-01T00:30:00+02:00") == "1er juin 2022 à 0 h 30"
    assert badges.instant("9999-12-31T23:59:59Z") == "9999-12-31T23:59:59Z"
    for text in ("2022-06-10", "2022-06-10T08:00:00", "0000-01-01T00:00:00Z", "demain"):
        assert badges.instant(text) == text
