"""A pack to be read away from a computer: its parameters and its rules, as a page that prints, or in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spie import formatting
from spie.feuilles import TableDecision
from spie.notebook import page
from spie.pack import Pack


@dataclass(frozen=True)
class Piece:
    """A part of the logic of a decision: a table, or an expression under its name."""

    nom: str
    texte: str = ""
    table: TableDecision | None = None


def pieces(nom: str, told: dict[str, Any]) -> Iterator[Piece]:
    """What `describe` says, in its order; an entry of a context bears its name."""
    if told.get("kind") == "decision_table":
        yield Piece(nom, table=TableDecision.of_description(nom, told))
    elif told.get("kind") == "context":
        for entry in told["entries"]:
            yield from pieces(str(entry.get("name") or nom), _logic(entry))
    else:
        yield Piece(nom, str(told.get("text") or ""))


def _logic(entry: dict[str, Any]) -> dict[str, Any]:
    return next((one for one in entry.values() if isinstance(one, dict) and "kind" in one), entry)


def _decisions(pack: Pack, decision: str | None) -> list[dict[str, Any]]:
    titles = {one.id: one.titre for one in pack.articles}
    made = []
    for one in pack.decisions:
        if decision is not None and one.name != decision:
            continue
        sources = [source.removeprefix("article:") for source in one.sources]
        made.append(
            {
                "decision": one,
                "pieces": list(pieces(one.name, pack.describe(one.name))),
                "fondement": [titles.get(source, source) for source in sources],
            }
        )
    return made


def html(pack: Pack, decision: str | None = None) -> str:
    """A French page: parameters and decisions, or one decision alone."""
    return page(
        "regles.html.j2",
        pack=pack,
        decisions=_decisions(pack, decision),
        seule=decision is not None,
    )


def markdown(pack: Pack, decision: str | None = None) -> str:
    """The same in Markdown."""
    start, end = pack.period
    until = f" au {formatting.long_date(end)}" if end else ", sans terme"
    made = [f"# {pack.title}", f"{pack.id} {pack.version}, du {formatting.long_date(start)}{until}"]
    if decision is None:
        made.append("## Paramètres")
        lines = ["| Paramètre | Depuis | Valeur |", "| --- | --- | --- |"]
        for one in pack.parameters:
            for held in one.valeurs:
                day = formatting.short_date(held.depuis)
                value = formatting.quantity(held.valeur, one.unite)
                lines.append(f"| {one.titre} (`{one.nom}`) | {day} | {value} |".replace("\n", " "))
        made.append("\n".join(lines))
        made.append("## Décisions")
    for each in _decisions(pack, decision):
        one = each["decision"]
        made.append(f"### {one.label or one.name} (`{one.name}`)")
        made += [text for text in (one.question, one.description) if text]
        for piece in each["pieces"]:
            if piece.table is not None:
                made.append(piece.table.vers_markdown().rstrip())
            else:
                made.append(f"`{piece.nom}`\u202f:\n\n```feel\n{piece.texte}\n```")
        if each["fondement"]:
            made.append(f"Fondement\u202f: {' ; '.join(each['fondement'])}")
    return "\n\n".join(made) + "\n"
