"""The kinds of differences that are known, and why: the table of docs/feel.md is written from here. A difference of no
kind fails the run."""

from __future__ import annotations

from collections.abc import Callable

from differences import Difference, Kind
from kinds_feelin import FEELIN
from kinds_kie import KIE

KINDS: list[Kind] = [*KIE, *FEELIN]


def kind_of(difference: Difference) -> Kind | None:
    return next(
        (kind for kind in KINDS if kind.peer == difference.peer and kind.holds(difference)), None
    )


def page(ours: Callable[[str], str]) -> str:
    """The table of docs/feel.md; `ours` evaluates an example."""

    def cell(value: str) -> str:
        return value.replace("|", "\\|").replace("\n", " ")

    rows = ["", "| engine | where | example | ours | theirs | why |", "|---|---|---|---|---|---|"]
    for kind in KINDS:
        example = (
            (f"`{kind.example}`", f"`{ours(kind.example)}`", f"`{kind.theirs}`")
            if kind.example
            else ("", "", kind.theirs)
        )
        rows.append(
            f"| {' | '.join(cell(one) for one in (kind.peer, kind.name, *example, kind.why))} |"
        )
    return "\n".join([*rows, "", ""])
