"""Findings, and what cases give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie import formatting
from spie.errors import Diagnostic, SpieError, lieu
from spie.pack import CaseResult, Pack
from spie.terminal.blocks import Prose, sentence
from spie.words import codes


def finding(one: Diagnostic) -> Group:
    parts: list[RenderableType] = [
        Text.assemble(
            (f"{formatting.label(one.level)} {one.code}", codes.tone(one.level) or "dim"),
            (f"  {one.lieu}" if one.where else "", "bold"),
        ),
        Prose(f"  {one.phrase}"),
    ]
    if remede := one.remede or one.remedy:
        parts.append(Prose(f"  → {sentence(remede).rstrip('.')}.", "dim"))
    return Group(*parts)


def failure(error: SpieError) -> Group:
    return Group(*(finding(one) for one in error.diagnostics))


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
            style="defavorable" if levels["error"] else "favorable",
        )
    )
    return Group(*parts)


def decision_columns(shown: Sequence[dict[str, Any]]) -> Group:
    parts: list[RenderableType] = []
    for one in shown:
        reasons = one["par_lignes"] if one["colonnes"] else [one]
        if not one["colonnes"]:
            way = Text("  ligne à ligne")
        elif reasons:
            way = Text("  par colonnes, sauf :", "favorable")
        else:
            way = Text("  par colonnes", "favorable")
        parts.append(Text.assemble(one["decision"], way))
        for reason in reasons:
            why = f"{lieu(reason['place'])}\N{NARROW NO-BREAK SPACE}: {reason['mots']}"
            parts.append(Padding(Text(why), (0, 0, 0, 2)))
    by_columns = sum(one["colonnes"] for one in shown)
    mixed = sum(bool(one["par_lignes"]) for one in shown)
    parts.append(
        Text(
            f"{by_columns} par colonnes, dont {mixed} pour une partie seulement ; "
            f"{len(shown) - by_columns} ligne à ligne."
        )
    )
    return Group(*parts)


def case_results(results: Sequence[CaseResult]) -> Group:
    failed = [one for one in results if not one.passed]
    parts: list[RenderableType] = []
    for one in failed:
        parts.append(Text(f"échec  {one.nom}", style="defavorable"))
        parts.append(Padding(Text(one.difference), (0, 0, 0, 2)))
    passed = len(results) - len(failed)
    parts.append(
        Text(
            f"{formatting.count(passed, 'cas réussi', 'cas réussis')} sur {len(results)}.",
            style="defavorable" if failed else "favorable",
        )
    )
    return Group(*parts)
