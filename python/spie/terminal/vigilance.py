"""What is watched over, on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from spie.formatting import count, short_date
from spie.pack import Pack
from spie.parcours import Vigilance, moments
from spie.terminal.blocks import heading, table


def alerts(found: Vigilance, pack: Pack) -> Group:
    titles = {one["nom"]: one["titre"] for one in moments(pack)}
    parts: list[RenderableType] = [
        heading(count(len(found.alertes), "alerte")),
    ]
    if found.alertes:
        rows = table("Moment", "Depuis", "Dossier", "Que faire")
        for one in found.alertes:
            title = titles[one["moment"]] + (" (traité)" if one["traite"] else "")
            since = short_date(one["depuis"]) if one["depuis"] else "on ne sait pas"
            rows.add_row(title, since, one["personne"], one["suite"])
        parts.append(rows)
    to_check = found.a_verifier
    if isinstance(to_check, int):
        if to_check:
            parts.append(Text(f"À vérifier : {to_check} (--a-verifier les nomme)."))
    elif to_check:
        rows = table("À vérifier", "Dossier", "Ce qui manque")
        for one in to_check:
            rows.add_row(titles[one["moment"]], one["personne"], ", ".join(one["manquants"]))
        parts.append(rows)
    if found.moments_non_vus:
        names = ", ".join(titles[one] for one in found.moments_non_vus)
        parts.append(Text(f"Moments que ce rôle ne regarde pas pour cette finalité : {names}."))
    if found.oppositions:
        parts.append(
            Text(f"Dossiers qu'une décision sur les données écarte : {found.oppositions}.")
        )
    return Group(*parts)
