"""What the commands that list people print: no name is cut, whatever the width."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import formatting
from spie.conservation import DoublonOuvert
from spie.droits import Inscrit, Liste, Paire
from spie.terminal.blocks import Prose


def named(one: Inscrit) -> str:
    words = " ".join(part for part in (one.nom, one.prenom) if part) or "sans nom"
    born = one.date_naissance
    return f"{words}, né·e le {formatting.short_date(born)}" if born else words


def followed(one: Inscrit) -> str:
    return " ; ".join(
        f"{formatting.label(by['role'])}{formatting.FIXED}: "
        + ", ".join(part for part in (by["professionnel"], by["structure"]) if part)
        for by in one.referents
    )


def people(found: Liste) -> RenderableType:
    if not found.total:
        return Text("Aucune personne que l'on puisse nommer.")
    shown: list[RenderableType] = []
    for one in found.dossiers:
        shown += [Prose(named(one)), Prose(f"  {one.dossier}", "dim")]
        if text := followed(one):
            shown.append(Prose(f"  {text}", "dim"))
    total = formatting.count(found.total, "personne", "personnes")
    shown.append(Text(f"\n{total}, page {found.page} sur {found.pages}.", style="bold"))
    return Group(*shown)


def duplicates(found: Sequence[dict[str, Any]]) -> RenderableType:
    if not found:
        return Text("Aucun doublon proposé que l'on puisse voir.")
    return Group(
        *(
            line
            for one in found
            for line in (Prose(one["dossier"]), Prose(f"  {' ; '.join(one['raisons'])}", "dim"))
        )
    )


def pairs(found: Sequence[Paire]) -> RenderableType:
    if not found:
        return Text("Aucun doublon proposé que l'on puisse voir.")
    shown: list[RenderableType] = []
    for one in found:
        shown += [
            Prose(named(one.garde)),
            Prose(f"  {one.garde.dossier}", "dim"),
            Prose(f"  et {named(one.absorbe)}"),
            Prose(f"  {one.absorbe.dossier}", "dim"),
            Prose(f"  {' ; '.join(one.raisons)}", "attention"),
        ]
    shown.append(Text())
    reasons = Counter(reason for one in found for reason in one.raisons)
    shown += [
        Prose(f"{formatting.count(number, 'paire', 'paires')} : {reason}", "bold")
        for reason, number in reasons.most_common()
    ]
    return Group(*shown)


def left_over(found: Sequence[DoublonOuvert]) -> list[RenderableType]:
    """Of an erasure: who may be the same person, and stays."""
    if not found:
        return []
    many = len(found) > 1
    return [
        Prose(
            ("Ces dossiers avaient été proposés comme doublons, et ne sont pas effacés :"
            if many
            else "Ce dossier avait été proposé comme doublon, et n'est pas effacé :"),
            "attention",
        ),
        *(Prose(f"- {one.dossier} : {' ; '.join(one.raisons)}", "attention") for one in found),
    ]  # fmt: skip
