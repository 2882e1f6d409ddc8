"""What the command line prints: tables and texts in French, through Rich."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Column, Table
from rich.text import Text

from spie import formatting
from spie.convention import Budget, Controle, Echeancier, EtatDesDepenses, Lecture, Total
from spie.dmn import Model
from spie.errors import Diagnostic, SpieError
from spie.pack import Article, CaseResult, Pack, PackResult
from spie.results import Result

STYLES = {
    "retenue": "green",
    "ecartee": "red",
    "indetermine": "yellow",
    "determine": "green",
    "erreur": "red",
    "error": "red",
    "warning": "yellow",
    "note": "dim",
    "en_retard": "red",
    "faite": "green",
    "faite_en_retard": "yellow",
    "admis": "green",
    "admis_prioritaire": "green",
    "non_admis_freins": "red",
    "non_admis_territoire": "red",
}


class SafeConsole(Console):
    def on_broken_pipe(self) -> None:
        """Nobody reads any more: the command ends, and says nothing of it (spie.cli_aide)."""
        self.quiet = True
        raise BrokenPipeError

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for one in super().render(renderable, options):
            yield one if one.control else Segment(formatting.safe(one.text), one.style)


def console(*, stderr: bool = False) -> Console:
    """Wide enough for the tables where nobody says how wide the page is."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else 110
    return SafeConsole(stderr=stderr, highlight=False, width=width)


def write(text: str, *, stderr: bool = False) -> None:
    """Plain text, as it stands."""
    stream = sys.stderr if stderr else sys.stdout
    stream.write(formatting.safe(text))
    stream.flush()


def write_json(text: str) -> None:
    sys.stdout.write(formatting.safe_json(text) + "\n")


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Says on a terminal, and nowhere else, that something is going on."""
    out = console(stderr=True)
    with out.status(f"{what}…") if out.is_terminal else nullcontext():
        yield


class Prose:
    """Text wrapped as French is: never inside an amount nor before a « : »; lists hang."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self.text.splitlines():
            body = line.lstrip(" ")
            mark = re.match(r"(- |\d+\. )?", body)
            indent = " " * (len(line) - len(body) + len(mark.group() if mark else ""))
            wrapped = textwrap.wrap(
                line,
                options.max_width,
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for one in wrapped or [""]:
                # A word wider than the page goes on on the next line: none of it is lost.
                fits = cell_len(one) <= options.max_width
                yield Text(one, style=self.style, no_wrap=fits, overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        words = self.text.replace("\n", " ").split(" ")
        lines = self.text.splitlines()
        widest = max(map(len, words), default=0)
        return Measurement(widest, max((*map(len, lines), widest)))


class Tableau(Table):
    """A table no word of which is cut: where its columns do not fit, it is turned, one line a cell,
    or what it names is shown instead."""

    narrow: RenderableType | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        least, most = [], []
        for column in self.columns:
            cells = [column.header, *column.cells] if self.show_header else list(column.cells)
            sizes = [Measurement.get(console, options, cell) for cell in cells if cell != ""]
            most.append(max((one.maximum for one in sizes), default=0))
            least.append(
                most[-1] if column.no_wrap else max((one.minimum for one in sizes), default=0)
            )
            least[-1] = max(least[-1], min(column.min_width or 0, most[-1]))
        room = options.max_width - 3 * len(self.columns) - 1
        if sum(least) > room:
            yield from self.turned() if self.narrow is None else (self.narrow,)
            return
        if sum(most) > room:  # what is left goes to those that need most
            spare, wanted = room - sum(least), [b - a for a, b in zip(least, most, strict=True)]
            for column, width, more in zip(self.columns, least, wanted, strict=True):
                column.width = width + spare * more // max(sum(wanted), 1)
        yield from super().__rich_console__(console, options)
        for column in self.columns:
            column.width = None

    def turned(self) -> RenderResult:
        rows = zip(*(column.cells for column in self.columns), strict=True)
        for row in rows:
            first, *others = (one for one in zip(self.columns, row, strict=True) if one[1] != "")
            yield from _turned(*first, "", self.show_header)
            for column, cell in others:
                yield from _turned(column, cell, "  ", self.show_header)
        yield Text()


def _turned(column: Column, cell: RenderableType, indent: str, titled: bool) -> RenderResult:
    title = str(column.header)
    if isinstance(cell, str | Text):
        style = str(cell.style) if isinstance(cell, Text) else ""
        named = f"{title}{formatting.FIXED}: " if titled and indent and title else ""
        yield Prose(
            "\n".join(
                f"{indent}{named if rank == 0 else ''}{line}"
                for rank, line in enumerate(str(cell).splitlines() or [""])
            ),
            style,
        )
    else:
        yield Padding(cell, (0, 0, 0, len(indent)))


def sentence(text: str) -> str:
    """With a capital; what follows keeps its own."""
    return text[:1].upper() + text[1:]


def coloured(code: str) -> Text:
    return Text(formatting.label(code), style=STYLES.get(code, ""))


def table(*columns: str | tuple[str, str], title: str | None = None) -> Tableau:
    """Columns by title; ("Euros", "right") aligns to the right."""
    made = Tableau(
        box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold",
        pad_edge=False, header_style="bold", expand=False,
    )  # fmt: skip
    for column in columns:
        if isinstance(column, tuple):
            made.add_column(column[0], justify="right", no_wrap=True)
        else:
            made.add_column(column, overflow="fold")
    return made


def heading(text: str) -> Text:
    return Text(f"\n{text}", style="bold blue")


def pairs(items: Iterable[tuple[str, RenderableType]]) -> Tableau:
    made = Tableau(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column(style="dim", no_wrap=True)
    made.add_column()
    for name, content in items:
        made.add_row(name, content)
    return made


def finding(one: Diagnostic) -> Group:
    parts: list[RenderableType] = [
        Text.assemble(
            (f"{formatting.label(one.level)} {one.code}", STYLES.get(one.level, "")),
            (f"  {one.where}" if one.where else "", "bold"),
        ),
        Prose(f"  {one.phrase}"),
    ]
    if remede := one.remede or one.remedy:
        parts.append(Prose(f"  → {sentence(remede).rstrip('.')}.", "dim"))
    return Group(*parts)


def failure(error: SpieError) -> Group:
    return Group(*(finding(one) for one in error.diagnostics))


# --- Packs


def findings(pack: Pack | None, found: Sequence[Diagnostic], *, only_errors: bool = False) -> Group:
    parts: list[RenderableType] = []
    if pack is not None:
        parts.append(Text.assemble((pack.title, "bold"), f"  {pack.id} {pack.version}"))
    parts += [finding(one) for one in found if one.level == "error" or not only_errors]
    levels = {level: sum(one.level == level for one in found) for level in ("error", "warning")}
    notes = len(found) - sum(levels.values())
    parts.append(
        Text(
            f"{formatting.count(levels['error'], 'erreur')}, "
            f"{formatting.count(levels['warning'], 'avertissement')}, "
            f"{formatting.count(notes, 'note')}.",
            style="red" if levels["error"] else "green",
        )
    )
    return Group(*parts)


def case_results(results: Sequence[CaseResult]) -> Group:
    failed = [one for one in results if not one.passed]
    parts: list[RenderableType] = []
    for one in failed:
        parts.append(Text(f"échec  {one.nom}", style="red"))
        parts.append(Padding(Text(one.difference), (0, 0, 0, 2)))
    passed = len(results) - len(failed)
    parts.append(
        Text(
            f"{formatting.count(passed, 'cas réussi', 'cas réussis')} sur {len(results)}.",
            style="red" if failed else "green",
        )
    )
    return Group(*parts)


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
            warning = [Prose(f"seconde main : {formatting.SECOND_HAND}", "yellow")]
            made.add_row(
                name if rank == 0 else "",
                formatting.short_date(held.depuis),
                formatting.quantity(held.valeur, one.unite),
                Group(article, *warning) if held.seconde_main else article,
            )
    return made


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


def _indented(content: RenderableType) -> Padding:
    return Padding(content, (0, 0, 0, 2))


def _named(name: str, content: RenderableType) -> RenderableType:
    """A part under its name; on one line when it is a short text."""
    if isinstance(content, Text) and "\n" not in content.plain:
        return Text.assemble((f"{name} ", "dim"), content)
    return Group(Text(name, style="dim"), _indented(content))


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


def decisions(pack: Pack, only: str | None = None) -> Group:
    titles = {article.id: article.titre for article in pack.articles}
    parts: list[RenderableType] = []
    for one in pack.decisions:
        if only is not None and one.name != only:
            continue
        parts.append(Text.assemble(("\n" + one.label, "bold"), (f"  {one.name}", "dim")))
        if one.question:
            parts.append(_indented(Text(one.question, style="italic")))
        if one.description:
            parts.append(_indented(Text(one.description, style="dim")))
        parts.append(_indented(boxed(pack.describe(one.name), titles)))
        articles = [source.removeprefix("article:") for source in one.sources]
        if articles:
            named = " ; ".join(titles.get(article, article) for article in articles)
            parts.append(_indented(Text(f"Fondement : {named}", style="dim")))
    return Group(*parts)


def logic(model: Model, decision: str) -> Group:
    """The table or the expression of a decision of a model."""
    one = next((found for found in model.decisions if found.name == decision), None)
    parts: list[RenderableType] = [Text(one.label if one and one.label else decision, style="bold")]
    for text, style in ((one.question, "italic"), (one.description, "dim")) if one else ():
        if text:
            parts.append(_indented(Text(text, style=style)))
    parts.append(_indented(boxed(model.describe(decision), {})))
    return Group(*parts)


def facts(pack: Pack | Model, decision: str) -> Table:
    made = table("Fait", "Libellé", "Type", "Valeurs admises")
    for one in pack.facts(decision):
        allowed = "" if one.allowed is None else ", ".join(formatting.value(v) for v in one.allowed)
        made.add_row(one.path, one.label, one.type, allowed)
    return made


# --- Results


def result(one: Result, pack: Pack | None = None) -> Group:
    rows: list[tuple[str, RenderableType]] = []
    if isinstance(one, PackResult):
        rows.append(("Décision", f"{one.decision}, au {formatting.long_date(one.as_of)}"))
    rows.append(("Statut", coloured(one.status)))
    value = one.value
    words = one.words if isinstance(one, PackResult) else None
    if isinstance(value, Mapping):
        rows += [
            (sentence(formatting.label(str(key))), formatting.value(item, words))
            for key, item in value.items()
        ]
    elif value is not None or one.status == "determine":
        rows.append(("Valeur", formatting.value(value, words)))
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


# --- The money


def budget(one: Budget) -> Group:
    made = table("Action", ("Euros", "right"))
    for line in one.lignes:
        made.add_row(line.libelle, formatting.amount(line.montant))
        for detail in line.detail:
            text = f"  {detail.libelle}"
            if detail.calcul:
                calc = detail.calcul
                factors = [formatting.value(calc.quantite), formatting.euros(calc.prix_unitaire)]
                factors.append(formatting.value(calc.periodes))
                text += f"\n  {' × '.join(factors)} = {formatting.euros(calc.attendu)}"
            made.add_row(Text(text, style="dim"), Text(formatting.amount(detail.montant), "dim"))
    made.add_section()
    made.add_row(Text("Total", "bold"), Text(formatting.amount(one.total), "bold"))
    written = one.total != one.total_ecrit
    for name, total in one.totaux.items():
        if name != "total" or written:
            words = sentence(formatting.label(name)) + (" (écrit)" if written else "")
            made.add_row(words, formatting.amount(total))
    notes = [
        Prose(f"Écart relevé : {finding.message} ({finding.where})", "yellow")
        for finding in one.constats
    ]
    return Group(made, *notes)


def reading(one: Lecture) -> Group:
    parts: list[RenderableType] = [
        Text(
            f"{one.fichier} : {formatting.count(one.recus, 'ligne reçue', 'lignes reçues')}, "
            f"{formatting.count(one.lus, 'lue', 'lues')}, "
            f"{formatting.count(one.refuses_total, 'refusée', 'refusées')}."
        )
    ]
    for refusal in one.refuses:
        text = Text.assemble(
            (f"  {refusal.diagnostic.where}", "yellow"), f"  {refusal.diagnostic.message}"
        )
        if refusal.valeur:
            text.append(f"  [{refusal.valeur}]", style="dim")
        if refusal.diagnostic.remedy:
            text.append(f"\n    → {refusal.diagnostic.remedy}", style="dim")
        parts.append(text)
    if one.fautes_non_detaillees:
        parts.append(Text(f"  … et {formatting.count(one.fautes_non_detaillees, 'autre faute')}."))
    parts += [finding(warning) for warning in one.avertissements]
    return Group(*parts)


def statement(one: EtatDesDepenses, *, lines: bool = True, pack: Pack | None = None) -> Group:
    due = {True: "exigible", False: "pas encore exigible", None: "exigibilité inconnue"}
    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column()
    made.add_column(justify="right", no_wrap=True)
    made.add_column(style="dim")
    enough = {True: "suffisant", False: "insuffisant", None: ""}[one.autofinancement_suffisant]
    why = {motif.champ: motif.motif for motif in one.motifs}
    back = f"{formatting.euros(one.rembourse)} de remboursements déduits" if one.rembourse else ""
    rows = [
        ("Coût total", one.cout_total, "lignes de la période"),
        ("Dépenses éligibles", one.depenses_eligibles, ""),
        ("Montant écarté", one.montant_ecarte, ""),
        ("Montant indéterminé", one.montant_indetermine, ""),
        ("Frais généraux et de mission", one.frais_generaux, "avant plafond"),
        ("Plafond de ces frais", one.plafond_frais_generaux, ""),
        ("Frais au-dessus du plafond", one.frais_generaux_ecartes, "écartés"),
        ("Part de l'État", one.part_etat, why.get("part_etat", "")),
        ("Autres subventions de l'État", one.autres_subventions_etat, ""),
        ("Autofinancement", one.autofinancement, enough),
        ("Versé", one.verse, back),
        ("Solde", one.solde, due[one.solde_exigible]),
        ("Trop-perçu", one.trop_percu, due[one.trop_percu_exigible] if one.trop_percu else ""),
    ]
    for name, value, note in rows:
        made.add_row(name, formatting.euros(value), note)
    parts: list[RenderableType] = [
        Text(f"État des dépenses au {formatting.long_date(one.date)}", style="bold"), made,
        totals(one.par_action, one.total, "Action", with_budget=True),
        totals(one.par_nature, one.total, "Nature", with_budget=False),
    ]  # fmt: skip
    parts += [
        Prose(formatting.overrun(total), "yellow") for total in one.par_action if total.depasse
    ]
    if lines:
        parts.append(statement_lines(one))
    if one.premier_versement is not None:
        first = f"Premier versement prévu : {formatting.euros(one.premier_versement)}"
        said = why.get("premier_versement", "")
        parts.append(Prose(f"{first}{f' ({said})' if said else '.'}"))
    parts += [
        Prose(f"Écart relevé au budget : {found.message} ({found.where})", "yellow")
        for found in one.constats
    ]
    if one.autres_lectures:
        parts.append(other_readings(one, pack))
    for gap in one.manques:
        parts.append(
            Text(f"Reste ouvert : {formatting.label(gap.champ)}, faute de {', '.join(gap.faits)}.")
        )
    if one.lignes_posterieures:
        left = formatting.count(one.lignes_posterieures, "ligne postérieure", "lignes postérieures")
        parts.append(Text(f"{left} à l'état, hors des montants.", style="dim"))
    return Group(*parts, *left_out(one))


def other_readings(one: EtatDesDepenses, pack: Pack | None) -> Table:
    titles = {parameter.nom: parameter.titre for parameter in pack.parameters} if pack else {}
    made = table(
        "Autre lecture du texte", "Ici", "Sinon", ("Part de l'État", "right"), ("Solde", "right")
    )
    for reading in one.autres_lectures:
        made.add_row(
            titles.get(reading.parametre, reading.parametre),
            formatting.value(reading.valeur),
            formatting.value(reading.autre),
            formatting.amount(reading.part_etat),
            formatting.amount(reading.solde),
        )
    return made


def left_out(one: EtatDesDepenses | Controle) -> list[Text]:
    """What the amounts are without: the lines and the payments that could not be read."""
    counts = [
        formatting.count(number, *words)
        for number, words in (
            (one.lignes_refusees, ("ligne refusée", "lignes refusées")),
            (one.versements_refuses, ("versement refusé", "versements refusés")),
        )
        if number
    ]
    return [Text(f"{', '.join(counts)}, hors des montants.", "yellow")] if counts else []


def totals(lines: Sequence[Total], total: Total, title: str, *, with_budget: bool) -> Table:
    names = ["Budget"] if with_budget else []
    names += ["Montant", "Retenu", "Écarté", "Indéterminé"]
    made = table(title, ("Lignes", "right"), *((name, "right") for name in names))

    def row(one: Total, name: str, style: str = "") -> None:
        amounts = [one.budget] if with_budget else []
        amounts += [one.montant, one.retenu, one.ecarte, one.indetermine]
        cells = [str(one.lignes), *(formatting.amount(value) for value in amounts)]
        made.add_row(Text(name, style), *(Text(cell, style) for cell in cells))

    for one in lines:
        row(one, one.libelle or formatting.label(one.code))
    made.add_section()
    row(total, "Total", "bold")
    return made


def statement_lines(one: EtatDesDepenses, *, only_cut: bool = False) -> Table:
    made = table(
        "Date", "N°", "Libellé", ("Montant", "right"), "Verdict", ("Retenu", "right"), "Motif"
    )
    made.columns[0].no_wrap = made.columns[1].no_wrap = made.columns[4].no_wrap = True
    for line in one.lignes:
        if only_cut and line.verdict == "retenue" and line.retenu == line.montant:
            continue
        motif = Text(
            "" if line.verdict == "retenue" and line.retenu == line.montant else line.motif
        )
        for flag in line.drapeaux:
            motif.append(f"{' ' if motif.plain else ''}[{formatting.label(flag)}]", style="yellow")
        verdict = Text(
            "indéterminée" if line.verdict == "indetermine" else formatting.label(line.verdict),
            style=STYLES.get(line.verdict, ""),
        )
        made.add_row(
            formatting.short_date(line.date),
            line.id,
            line.libelle,
            formatting.amount(line.montant),
            verdict,
            formatting.amount(line.retenu),
            motif,
        )
    return made


def control(one: Controle) -> Group:
    which = "à l'issue de la convention" if one.final else f"année {one.annee}"
    beyond: list[tuple[str, Any]] = []
    if one.depassement_maximum:
        amount = formatting.euros(one.depassement_maximum)
        beyond = [
            ("Au-delà du maximum", Text(amount, "red")),
            ("", f"{one.motif_depassement} ({one.article_depassement})"),
        ]
    chosen = [
        ("Paramètre choisi", f"{use.nom} = {formatting.value(use.valeur)}")
        for use in one.parametres
    ]
    made = pairs(
        [
            ("Contrôle", f"{which}, au {formatting.long_date(one.date)}"),
            ("Versé", formatting.euros(one.verse)),
            ("Coût réalisé", formatting.euros(one.cout_realise)),
            ("Conforme", Text(formatting.yes_no(one.conforme), "green" if one.conforme else "red")),
            ("Excédent", formatting.euros(one.excedent)),
            ("Motif", f"{one.motif} ({one.article})"),
            *beyond,
            *chosen,
        ]
    )
    return Group(made, *left_out(one))


def schedule(one: Echeancier, articles: Sequence[Article] = ()) -> Group:
    titles = {article.id: article.titre for article in articles}
    made = table("Date", "Ce qui est dû", "Par", "État", "Article")
    made.columns[0].no_wrap = True
    for duty in one.echeances:
        when = formatting.short_date(duty.date) if duty.date else "—"
        what = Text(duty.libelle)
        more = [part for part in (duty.recurrence, duty.declencheur, duty.condition) if part]
        if duty.manquants:
            more.append("manque : " + ", ".join(duty.manquants))
        if more:
            what.append("\n" + " ; ".join(more), style="dim")
        made.add_row(
            when, what, formatting.label(duty.debiteur),
            Text(formatting.duty_state(duty), style=STYLES.get(duty.etat, "")),
            titles.get(duty.article, duty.article),
        )  # fmt: skip
    return Group(Text(f"Échéancier au {formatting.long_date(one.date)}", style="bold"), made)
