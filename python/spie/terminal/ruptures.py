"""What comes before a path breaks, on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from spie.formatting import count
from spie.pack import Pack
from spie.parcours import Ruptures, moments
from spie.terminal.blocks import heading, table
from spie.words import clair


def breaks(found: Ruptures, pack: Pack) -> Group:
    titles = {one["nom"]: one["titre"] for one in moments(pack)}
    publics = {one["nom"]: one["titre"] for one in pack.data("ruptures")["publics"]}

    def kind(name: str) -> str:
        if name in titles:
            return titles[name]
        type, _, step = name.partition(".")
        title: str = clair.types()[type]["titre"]
        return f"{title} ({clair.mot(step)})" if step else title

    parts: list[RenderableType] = []
    if found.effectif is None:
        parts.append(Text("Trop peu de ruptures pour en dire quoi que ce soit."))
    else:
        parts.append(heading(count(found.effectif, "rupture")))
    for profile in found.profils:
        public = publics.get(profile["public"], "Autres publics")
        band = "âge inconnu" if profile["tranche"] == "inconnu" else profile["tranche"]
        parts.append(heading(f"{public}, {band} : {count(profile['effectif'], 'rupture')}"))
        rows = table("Rupture", "Ce qui la précède", "Personnes")
        for one in profile["suites"]:
            before = " ; ".join(kind(name) for name in one["evenements"]) or "rien"
            rows.add_row(kind(one["rupture"]), before, str(one["effectif"]))
        if profile["suites"]:
            parts.append(rows)
        if profile["masques"]:
            parts.append(Text(f"Autres suites, trop rares pour être dites : {profile['masques']}."))
    if found.masques:
        parts.append(Text(f"Profils trop rares pour être dits : {found.masques}."))
    if found.moments_non_vus:
        names = ", ".join(kind(one) for one in found.moments_non_vus)
        parts.append(Text(f"Moments que ce rôle ne regarde pas pour cette finalité : {names}."))
    return Group(*parts)
