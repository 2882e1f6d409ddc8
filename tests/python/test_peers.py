"""A short part of `make peers`: the table of docs/feel.md, and a few questions to the engines that are installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/peers"))

import decimals  # noqa: E402
import expressions  # noqa: E402
import kinds  # noqa: E402
import peers  # noqa: E402
from engines import Feelin, Kie, Lines, Ours  # noqa: E402
from values import decode, encode, same, text  # noqa: E402

KIE = pytest.mark.skipif(not Kie.built(), reason="KIE is not built: make peers")
FEELIN = pytest.mark.skipif(bool(Feelin.missing()), reason=f"feelin: {Feelin.missing()}")


def test_the_page_of_feel_has_the_table_of_the_known_differences():
    page = ROOT / "docs/feel.md"
    begin, end = "<!-- peers: begin -->\n", "<!-- peers: end -->"
    told = page.read_text("utf-8")
    before, _, rest = told.partition(begin)
    ours = Ours()
    expected = (
        before
        + begin
        + kinds.page(lambda example: text(ours.feel(example).value))
        + end
        + rest.partition(end)[2]
    )
    if os.environ.get("SPIE_UPDATE"):
        page.write_text(expected, "utf-8")
    else:
        assert told == expected, "run the test with SPIE_UPDATE=1 to write the section anew"


def test_the_generator_calls_every_built_in_of_the_standard():
    names = {one.name for one in expressions.builtins()}
    assert {"substring", "list replace", "date and time", "overlaps after", "context put"} <= names
    assert not names & {"add months", "first known", "now"}
    some = [one for one, _ in zip(expressions.Expressions(7), range(3000), strict=False)]
    assert some == [one for one, _ in zip(expressions.Expressions(7), range(3000), strict=False)]
    assert {name for name in names if any(one.startswith(f"{name}(") for one in some)} == names


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "é",
        {"n": "1.50"},
        [{"n": "1"}, None],
        {"ctx": {"a b": "x"}},
        {"date": "2024-02-29"},
        {"time": "10:30:00Z"},
        {"dt": "2024-02-29T10:30:00@Europe/Paris"},
        {"ymd": "P1Y2M"},
        {"dtd": "P1DT2H"},
        {"range": "[1..5)"},
    ],
)
def test_a_value_goes_to_another_engine_and_back(value):
    assert same(encode(decode(value)), value)


@pytest.mark.skipif(sys.platform != "linux", reason="the time of another process is read in /proc")
def test_a_question_without_end_is_left_for_the_next_one():
    endless = Lines(sys.executable, "-c", "while True: pass")
    endless.seconds = 0.2
    reply = endless.ask(expression="for x in [1..2.5] return x")
    assert reply == {"value": None, "error": True, "messages": [endless.ended]}
    endless.kill()


def test_values_are_the_same_by_what_they_are_worth():
    assert same({"n": "1.50"}, {"n": "1.5"}) and same({"ymd": "P1Y0M"}, {"ymd": "P12M"})
    assert same({"range": "(<5)"}, {"range": "(null..5)"})
    assert (
        not same({"n": "1"}, "1")
        and not same([{"n": "1"}], {"n": "1"})
        and not same(True, {"n": "1"})
    )


def test_arithmetic_is_that_of_decimal():
    assert decimals.compare(11, 2000)


@KIE
def test_expressions_beside_kie():
    peer = Kie()
    assert peers.expressions(peer, 5, 150).show("KIE")
    assert peers.random_tables(peer, 5, 4).show("KIE")
    peer.close()


@FEELIN
def test_expressions_beside_feelin():
    peer = Feelin()
    assert peers.expressions(peer, 5, 150).show("feelin")
    peer.close()
