#!/usr/bin/env python3
"""make peers: a second opinion. Asks the same of this engine and of others, and fails on a difference of no known kind.

    tests/peers/peers.py [PART…] [--seed N] [--count N]     parts: decimals expressions tables models kinds

* decimals: arithmetic beside Python's decimal, digit for digit;
* expressions: seeded FEEL beside KIE and feelin;
* tables: seeded decision tables beside KIE;
* models: each model of ../shared that both open, with generated inputs, beside KIE;
* kinds: each example of the table of docs/feel.md still differs, and as the table says.

What cannot be asked (no Java, no npm, no oracle) is said, and skipped."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import decimals
import models
import tables
from differences import Difference
from engines import Answer, Feelin, Kie, Ours
from expressions import Expressions
from kinds import KINDS, kind_of
from values import same, text


@dataclass
class Report:
    asked: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    unknown: list[Difference] = field(default_factory=list)

    def compare(self, peer: str, what: str, ours: Answer, theirs: Answer) -> None:
        self.asked += 1
        if same(ours.value, theirs.value):
            return
        difference = Difference(peer, what, ours, theirs)
        kind = kind_of(difference)
        if kind is None:
            self.unknown.append(difference)
        else:
            self.kinds[kind.name] += 1

    def show(self, title: str) -> bool:
        print(
            f"{title}: {self.asked} asked, {sum(self.kinds.values())} differences of a known kind, {len(self.unknown)} of none"
        )
        for name, count in self.kinds.most_common():
            print(f"  {count:6} {name}")
        for one in self.unknown[:50]:
            print(f"  NEW {one.text}")
            for who, answer in (("spie", one.ours), (one.peer, one.theirs)):
                print(f"      {who}: {text(answer.value)[:200]}  {answer.said[:200]}")
        return not self.unknown


def expressions(peer: Kie | Feelin, seed: int, count: int) -> Report:
    ours, report = Ours(), Report()
    for one in islice(Expressions(seed), count):
        report.compare(peer.name, one, ours.feel(one), peer.feel(one))
    return report


def random_tables(kie: Kie, seed: int, count: int) -> Report:
    ours, report = Ours(), Report()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table.dmn"
        for number in range(count):
            table = tables.table(seed * 1_000_000 + number)
            file.write_text(table.xml, "utf-8")
            refused = [one for one in (ours.load([file]), kie.load([file])) if one]
            if refused:
                report.compare(
                    kie.name, f"load {table.policy}", Answer(refused, True), Answer([], True)
                )
                continue
            for row in table.rows:
                what = f"{table.policy} {'; '.join(table.rules)} on {row}"
                report.compare(kie.name, what, ours.decision("D", row), kie.decision("D", row))
    return report


def others_models(kie: Kie, seed: int, most: int) -> Report:
    ours, report, opened = Ours(), Report(), 0
    for file in islice(models.files(), most):
        sources = [file, *models.beside(file)]
        if ours.load(sources) or kie.load(sources):
            continue
        opened += 1
        for decision in ours.model.decisions:
            if decision.namespace != ours.model.namespace:
                continue
            for row in models.inputs(
                ours.model, decision.name, f"{seed} {file.name} {decision.name}"
            ):
                what = f"{file.name} `{decision.name}` on {row}"
                report.compare(
                    kie.name,
                    what,
                    ours.decision(decision.name, row),
                    kie.decision(decision.name, row),
                )
    print(f"models: {opened} that both open")
    return report


def examples(peer: Kie | Feelin) -> Iterator[str]:
    """What the table of docs/feel.md no longer says rightly."""
    ours = Ours()
    for kind in KINDS:
        if kind.peer != peer.name or not kind.example:
            continue
        answers = ours.feel(kind.example), peer.feel(kind.example)
        if same(answers[0].value, answers[1].value):
            yield f"{kind.example}: no difference any more"
        elif kind_of(Difference(peer.name, kind.example, *answers)) is not kind:
            yield f"{kind.example}: is of another kind than `{kind.name}`"
        elif text(answers[1].value) != kind.theirs:
            yield f"{kind.example}: {peer.name} gives {text(answers[1].value)}, not {kind.theirs}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--count", type=int, default=4000, help="expressions; a tenth as many tables"
    )
    parser.add_argument("--models", type=int, default=10_000, help="the first so many models")
    chosen = parser.parse_args()
    asked = set(chosen.parts) or {"decimals", "expressions", "tables", "models", "kinds"}
    good = True
    if "decimals" in asked:
        good &= decimals.compare(chosen.seed, chosen.count * 5)
    for engine in (Kie, Feelin):
        if missing := engine.missing():
            print(f"skipped: {engine.name}, {missing}")
            continue
        peer = engine()
        if "expressions" in asked:
            good &= expressions(peer, chosen.seed, chosen.count).show(
                f"expressions beside {peer.name}"
            )
        if isinstance(peer, Kie) and "tables" in asked:
            good &= random_tables(peer, chosen.seed, chosen.count // 10).show("tables beside KIE")
        if isinstance(peer, Kie) and "models" in asked:
            good &= others_models(peer, chosen.seed, chosen.models).show("models beside KIE")
        if "kinds" in asked:
            wrong = list(examples(peer))
            print(
                f"kinds beside {peer.name}: {len(wrong)} examples are not as docs/feel.md says",
                *wrong,
                sep="\n  ",
            )
            good &= not wrong
        peer.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
