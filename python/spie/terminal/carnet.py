"""The logbook on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from spie.droits import VueCarnet
from spie.formatting import long_date
from spie.terminal.blocks import heading
from spie.words import clair

SECTIONS = (
    ("situation", "Où en est la personne"),
    ("a_venir", "Ce qui vient"),
    ("intervenants", "Qui l'aide"),
    ("acquis", "Ce qu'elle a fait"),
    ("choix", "Ses choix"),
)


def carnet(view: VueCarnet) -> RenderableType:
    made: list[RenderableType] = []
    for field, title in SECTIONS:
        lines = getattr(view.carnet, field)
        if not lines:
            continue
        made.append(heading(title))
        for one in lines:
            when = f", {long_date(one.date)}" if one.date else ""
            where = f", {one.lieu}" if one.lieu else ""
            made.append(Text(f"  {clair.chose(one, view.libelle)}{when}{where}"))
    if view.carnet.actes:
        made.append(heading("Ce que ce rôle peut faire"))
        made += [Text(f"  {one.acte} : {one.titre}") for one in view.carnet.actes]
    return Group(*made) if made else Text("Rien que ce rôle voie.")
