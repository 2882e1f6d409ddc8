"""What the analysis of tables found, table by table."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import _core
from spie.dmn import Verification
from spie.terminal.blocks import Prose, heading

EXTENTS = {
    "complete": "analyse complète",
    "partielle": "analyse partielle",
    "impossible": "pas d’analyse",
}


def _rules(numbers: list[Any]) -> str:
    words = [str(number) for number in numbers]
    return " et ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _values(context: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {_core.to_text(value)}" for name, value in context.items())


# What is said of a table of which nothing is: no more than was looked at.
NOTHING = {
    "complete": "Ni trou, ni conflit, ni règle en trop.",
    "partielle": "Rien de sûr à signaler.",
}


def _errors(table: dict[str, Any]) -> list[str]:
    lines = [
        f"Trou\u202f: {one['region']} — par exemple {_values(one['temoin'])}."
        for one in table["trous"]
        if one["niveau"] == "error"
    ]
    lines += [
        f"Conflit des règles {_rules(one['regles'])}\u202f: {_values(one['temoin'])}."
        for one in table["recouvrements"]
        if one["conflit"]
    ]
    lines += [f"Règle {one}\u202f: rien ne peut la satisfaire." for one in table["mortes"]]
    return lines


def _remarks(table: dict[str, Any]) -> list[str]:
    lines = [
        f"Règle {one}\u202f: les règles qui la précèdent la cachent." for one in table["cachees"]
    ]
    lines += [
        f"Règle {one}\u202f: la règle {other} prend les mêmes cas, avec les mêmes sorties."
        for one, other in table["subsumees"]
    ]
    lines += [
        f"Règles {_rules(pair)}\u202f: une seule règle suffirait." for pair in table["fusionnables"]
    ]
    lines += [
        f"Règle {one['regle']}, «\u202f{one['entree']}\u202f»\u202f: {_core.to_text(one['valeur'])} "
        "n’est pas une valeur permise."
        for one in table["valeurs_hors_domaine"]
    ]
    lines += [
        f"«\u202f{one['entree']}\u202f»\u202f: {_core.to_text(one['valeur'])} n’est jamais testé."
        for one in table["valeurs_non_testees"]
    ]
    lines += [
        f"{one['sortie'] or 'sortie'}\u202f: {_core.to_text(one['valeur'])} n’est jamais donné."
        for one in table["sorties_absentes"]
    ]
    lines += [
        f"À noter, rien ne prend\u202f: {one['region']}."
        for one in table["trous"]
        if one["niveau"] != "error"
    ]
    common = sum(not one["conflit"] for one in table["recouvrements"])
    if common:
        lines.append(f"Recouvrements sans conflit\u202f: {common}.")
    return lines


def verification(found: Verification) -> Group:
    """The faults of each table first, then what may be meant so."""
    parts: list[RenderableType] = []
    if not found.tables:
        parts.append(Prose("Le modèle n’a pas de table."))
    for table in found.tables:
        parts.append(heading(f"{table['decision']}\u202f: {EXTENTS[table['analyse']]}"))
        if table["motif"]:
            parts.append(Prose(f"{table['motif']}.", "attention"))
        errors, remarks = _errors(table), _remarks(table)
        parts += [Prose(line, "attention") for line in errors]
        parts += [Prose(line) for line in remarks]
        if not errors and not remarks and table["analyse"] in NOTHING:
            parts.append(Prose(NOTHING[table["analyse"]]))
    return Group(*parts)


def coverage(covered: dict[str, Any]) -> Group:
    """Rules and values that no case tries, then cases to paste."""
    rules = covered["regles"]
    parts: list[RenderableType] = [
        Prose(f"Règles exercées par les cas\u202f: {rules['exercees']} sur {rules['total']}.")
    ]
    for table in covered["tables"]:
        which = f", table {table['table']}" if table["table"] > 1 else ""
        missed = table["non_exercees"]
        words = "règles {} jamais exercées" if len(missed) > 1 else "règle {} jamais exercée"
        parts.append(Prose(f"{table['decision']}{which}\u202f: {words.format(_rules(missed))}."))
    for value in covered["parametres"]:
        since = f" depuis le {value['depuis']}" if value["depuis"] else ", lecture"
        parts.append(
            Prose(f"{value['nom']}\u202f: {_core.to_text(value['valeur'])}{since}, jamais lu.")
        )
    if covered["propositions"]:
        parts.append(heading("Cas proposés, à relire avant de les garder"))
        parts += [Text(_core.write_json(one["cas"], 2)) for one in covered["propositions"]]
    return Group(*parts)


def _result(one: dict[str, Any]) -> str:
    if "refus" in one:
        return f"refusé ({one['refus']})"
    missing = f", faute de {', '.join(one['manquants'])}" if one.get("manquants") else ""
    cited = f", articles {', '.join(one['articles']) or 'aucun'}" if "articles" in one else ""
    return f"{_core.to_text(one['valeur'])} ({one['statut']}{missing}{cited})"


def difference(changed: dict[str, Any]) -> Group:
    """Decisions, parameters, then the cases whose result changes."""
    parts: list[RenderableType] = []
    for key, title in (
        ("decisions", "Décisions"),
        ("entrees", "Faits lus"),
        ("parametres", "Paramètres"),
        ("articles", "Articles"),
    ):
        if changed[key]:
            parts.append(heading(title))
        for one in changed[key]:
            parts += [Prose(f"{one['nom']}\u202f: {change}.") for change in one["changements"]]
    if changed["cas"]:
        parts.append(heading("Cas dont le résultat change"))
    parts += [
        Prose(f"{one['nom']}\u202f: {_result(one['avant'])} devient {_result(one['apres'])}.")
        for one in changed["cas"]
    ]
    if not parts:
        same = changed["fichiers_identiques"]
        rest = (
            "" if same else " de ce que disent les tables et les cas, mais les fichiers diffèrent"
        )
        parts.append(Prose(f"Rien ne change{rest}."))
    return Group(*parts)
