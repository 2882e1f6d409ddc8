"""The tables and boxed expressions of a decision, as Model.describe gives them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from spie import formatting
from spie.terminal.blocks import Tableau

POLICIES = {
    "UNIQUE": "une seule règle peut être vraie",
    "FIRST": "la première règle vraie l'emporte",
    "ANY": "les règles vraies donnent toutes la même réponse",
    "PRIORITY": "la réponse la plus prioritaire l'emporte",
    "COLLECT": "les réponses de toutes les règles vraies",
    "COLLECT SUM": "la somme des réponses des règles vraies",
    "COLLECT MIN": "la plus petite réponse des règles vraies",
    "COLLECT MAX": "la plus grande réponse des règles vraies",
    "COLLECT COUNT": "le nombre de règles vraies",
    "RULE ORDER": "les réponses des règles vraies, dans l'ordre des règles",
    "OUTPUT ORDER": "les réponses des règles vraies, dans l'ordre des priorités",
}
# The parts of the other boxed expressions, in the order they are read.
PARTS = {
    "invocation": (("function", "appelle"),),
    "function": (("body", "donne"),),
    "conditional": (("if", "si"), ("then", "alors"), ("else", "sinon")),
    "filter": (("in", "parmi"), ("match", "garde ceux où")),
    "for": (("in", "pour chacun de"), ("return", "donne")),
    "some": (("in", "l'un de"), ("satisfies", "vérifie")),
    "every": (("in", "chacun de"), ("satisfies", "vérifie")),
}


def indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def _named(name: str, content: RenderableType) -> RenderableType:
    """A part under its name; on one line when it is a short text."""
    if isinstance(content, Text) and "\n" not in content.plain:
        return Text.assemble((f"{name} ", "dim"), content)
    return Group(Text(name, style="dim"), indented(content))


def boxed(raw: Any, titles: Mapping[str, str]) -> RenderableType:
    """A boxed expression, as Model.describe gives it."""
    if not isinstance(raw, Mapping):
        return Text(formatting.value(raw))
    kind = str(raw.get("kind"))
    if kind == "decision_table":
        return decision_table(raw, titles)
    if kind == "literal_expression":
        return Text(str(raw["text"]).strip(), style="cyan")
    if kind == "relation":
        made = Tableau(*map(str, raw["columns"]), box=box.SQUARE, header_style="bold")
        for row in raw["rows"]:
            made.add_row(*(boxed(cell, titles) for cell in row))
        return made
    parts = [
        _named(words, boxed(raw[key], titles)) for key, words in PARTS.get(kind, ()) if key in raw
    ]
    for item in raw.get("items") or []:
        parts.append(_named("—", boxed(item, titles)))
    for entry in [*(raw.get("entries") or []), *(raw.get("arguments") or [])]:
        name = str(entry["name"])
        parts.append(_named(f"{name} =" if name else "→", boxed(entry["expression"], titles)))
    if kind == "function":
        names = ", ".join(str(one["name"]) for one in raw["parameters"])
        parts.insert(0, Text(f"fonction de {names}", style="dim"))
    return Group(*parts)


def _plain(cell: object) -> str:
    """A cell as a reader says it: texts without quotes, no « true », nothing for null."""
    text = str(cell).strip()
    words = {"-": "—", "true": "oui", "false": "non", "null": "—"}
    if re.fullmatch(r'"[^"]*"(\s*,\s*"[^"]*")*', text):
        return ",\n".join(re.findall(r'"([^"]*)"', text))
    return words.get(text, text)


def _articles(notes: Iterable[str], titles: Mapping[str, str]) -> str:
    """The titles of the articles that the annotations of a rule name."""
    found: dict[str, None] = {}
    for note in notes:
        ids = re.split(r"[\s,;]+", note.strip())
        found |= (
            dict.fromkeys(titles[one] for one in ids) if set(ids) <= titles.keys() else {note: None}
        )
    return " ; ".join(found)


def _annotated(rule: Mapping[str, Any], position: int) -> bool:
    """Whether an output of a rule only repeats one of its annotations."""
    ids = re.split(r"[\s,;]+", " ".join(rule["annotations"]))
    return _plain(rule["outputs"][position]) in ids


def decision_table(raw: Mapping[str, Any], titles: Mapping[str, str]) -> RenderableType:
    rules = raw["rules"]
    policy = " ".join(filter(None, (raw["hit_policy"], raw.get("aggregation"))))
    kept = [
        position
        for position in range(len(raw["outputs"]))
        if not rules or not all(_annotated(rule, position) for rule in rules)
    ]
    outputs = [raw["outputs"][position] for position in kept]
    articles = [_articles(rule["annotations"], titles) for rule in rules]
    rows = [
        (
            str(rule["number"]),
            [_plain(cell) for cell in rule["inputs"]],
            [_plain(rule["outputs"][position]) for position in kept],
            article,
        )
        for rule, article in zip(rules, articles, strict=True)
    ]
    if any(column.get("default") for column in outputs):
        defaults = [_plain(column.get("default", "null")) for column in outputs]
        rows.append(("sinon", ["" for _ in raw["inputs"]], defaults, ""))
    names = [str(column["label"]) for column in raw["inputs"]]
    answers = [str(column["label"]) for column in outputs]
    body = _wide if len(names) + len(answers) > MAX_COLUMNS else _table_of_rules
    return Group(
        body(names, answers, rows), Text(f"{policy} : {POLICIES.get(policy, policy)}.", style="dim")
    )


MAX_COLUMNS = 7
LONGEST_CODE = 24  # a cell as short as that is not cut
Row = tuple[str, list[str], list[str], str]


def _table_of_rules(names: list[str], answers: list[str], rows: list[Row]) -> RenderableType:
    made = Tableau(box=box.ROUNDED, header_style="bold", border_style="dim", show_lines=True)
    made.narrow = _wide(names, answers, rows)
    made.add_column("", justify="right", style="dim", no_wrap=True)
    for position, title in enumerate((*names, *answers)):
        cells = [(*row[1], *row[2])[position] for row in rows]
        short = all(len(line) <= LONGEST_CODE for cell in cells for line in cell.splitlines())
        style = "cyan" if position < len(names) else "green"
        made.add_column(title, style=style, overflow="fold", no_wrap=short)
    with_articles = any(row[3] for row in rows)
    if with_articles:
        made.add_column("Article", style="dim", overflow="fold")
    for number, cells, values, article in rows:
        made.add_row(number, *map(Text, (*cells, *values, *([article] if with_articles else []))))
    return made


def _wide(names: list[str], answers: list[str], rows: list[Row]) -> RenderableType:
    """A table too wide for a page: one rule under another, without what does not matter."""
    made = Table(box=box.ROUNDED, show_header=False, border_style="dim", show_lines=True)
    made.add_column(justify="right", style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for number, cells, values, article in rows:
        text = Text()
        for words, style, named in (("si", "cyan", names), ("→", "green", answers)):
            for name, cell in zip(named, cells if named is names else values, strict=True):
                if cell not in ("—", ""):
                    text.append(f"{words} {name} : ", style="dim")
                    text.append(cell.replace("\n", " ") + "\n", style=style)
        text.append(article, style="dim")
        made.add_row(number, text)
    return made
