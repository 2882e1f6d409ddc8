"""A pack or a model: what it is, its parameters, its decisions, what one of them answers."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from spie import formatting
from spie.dmn import Model
from spie.pack import Pack, PackResult
from spie.results import Result
from spie.terminal.blocks import Prose, coloured, heading, pairs, sentence, table
from spie.terminal.boxed import boxed, indented
from spie.terminal.findings import finding


def presentation(pack: Pack) -> Group:
    """What a pack is, its parameters, and the list of its decisions."""
    start, end = pack.period
    period = f"du {formatting.long_date(start)}"
    period += f" au {formatting.long_date(end)}" if end else ", sans terme"
    head = pairs(
        [
            ("Pack", f"{pack.id} {pack.version}"),
            ("Autorité", pack.authority),
            ("Période", period),
            ("Étend", ", ".join(pack.bases) or "aucun pack"),
            ("SHA-256", pack.sha256),
        ]
    )
    return Group(Text(pack.title, style="bold"), head, heading("Paramètres"), parameters(pack))


def parameters(pack: Pack) -> Table:
    titles = {article.id: article.titre for article in pack.articles}
    made = table("Paramètre", "Depuis", "Valeur", "Article")
    made.columns[1].no_wrap = made.columns[2].no_wrap = True
    made.columns[0].min_width = 44
    made.show_lines = True
    for one in pack.parameters:
        readings = [f"- {reading.valeur} : {reading.sens}" for reading in one.lectures]
        dated = [f"lu à la date de {one.lu_au}"] if one.lu_au else []
        name = Group(Prose(one.titre), Prose("\n".join([one.nom, *dated, *readings]), "dim"))
        for rank, held in enumerate(one.valeurs):
            article = Prose(titles.get(one.article, one.article) if rank == 0 else "")
            warning = [Prose(f"seconde main : {formatting.SECOND_HAND}", "attention")]
            made.add_row(
                name if rank == 0 else "",
                formatting.short_date(held.depuis),
                formatting.quantity(held.valeur, one.unite),
                Group(article, *warning) if held.seconde_main else article,
            )
    return made


def decisions(pack: Pack, only: str | None = None) -> Group:
    titles = {article.id: article.titre for article in pack.articles}
    parts: list[RenderableType] = []
    for one in pack.decisions:
        if only is not None and one.name != only:
            continue
        parts.append(Text.assemble(("\n" + one.label, "bold"), (f"  {one.name}", "dim")))
        if one.question:
            parts.append(indented(Text(one.question, style="italic")))
        if one.description:
            parts.append(indented(Text(one.description, style="dim")))
        parts.append(indented(boxed(pack.describe(one.name), titles)))
        articles = [source.removeprefix("article:") for source in one.sources]
        if articles:
            named = " ; ".join(titles.get(article, article) for article in articles)
            parts.append(indented(Text(f"Fondement : {named}", style="dim")))
    return Group(*parts)


def logic(model: Model, decision: str) -> Group:
    """The table or the expression of a decision of a model."""
    one = next((found for found in model.decisions if found.name == decision), None)
    parts: list[RenderableType] = [Text(one.label if one and one.label else decision, style="bold")]
    for text, style in ((one.question, "italic"), (one.description, "dim")) if one else ():
        if text:
            parts.append(indented(Text(text, style=style)))
    parts.append(indented(boxed(model.describe(decision), {})))
    return Group(*parts)


def facts(pack: Pack | Model, decision: str) -> Table:
    made = table("Fait", "Libellé", "Type", "Valeurs admises")
    for one in pack.facts(decision):
        allowed = "" if one.allowed is None else ", ".join(formatting.value(v) for v in one.allowed)
        made.add_row(one.path, one.label, one.type, allowed)
    return made


def result(one: Result, pack: Pack | None = None) -> Group:
    rows: list[tuple[str, RenderableType]] = []
    if isinstance(one, PackResult):
        rows.append(("Décision", f"{one.decision}, au {formatting.long_date(one.as_of)}"))
    rows.append(("Statut", coloured(one.status)))
    value = one.value
    if isinstance(value, Mapping):
        rows += [
            (sentence(one.libelle(str(key))), formatting.value(item, one.words))
            for key, item in value.items()
        ]
    elif value is not None or one.status == "determine":
        rows.append(("Valeur", formatting.value(value, one.words)))
    if one.missing:
        rows.append(("Manque", ", ".join(one.missing)))
    if one.refused:
        rows.append(("Refusé", ", ".join(one.refused)))
    if isinstance(one, PackResult) and one.articles:
        titles = {} if pack is None else {article.id: article.titre for article in pack.articles}
        rows.append(("Articles", " ; ".join(titles.get(key, key) for key in one.articles)))
    if isinstance(one, PackResult):
        titles = {} if pack is None else {held.nom: held.titre for held in pack.parameters}
        rows += [
            ("Seconde main", f"{titles.get(use.nom, use.nom)} : {formatting.SECOND_HAND}")
            for use in one.parameters
            if use.seconde_main
        ]
    return Group(pairs(rows), *(finding(error) for error in one.errors))
