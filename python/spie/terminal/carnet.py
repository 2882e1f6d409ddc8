"""The logbook on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from spie.droits import VueCarnet
from spie.terminal.blocks import Prose, heading
from spie.words import clair

# To the person herself, then to a professional.
SECTIONS = (
    ("situation", "Où vous en êtes", "Où en est la personne"),
    ("a_venir", "Ce qui vient", "Ce qui vient"),
    ("intervenants", "Qui vous aide", "Qui l'aide"),
    ("acquis", "Ce que vous avez fait", "Ce qu'elle a fait"),
    ("choix", "Vos choix", "Ses choix"),
)


def carnet(view: VueCarnet, *, elle: bool) -> RenderableType:
    made: list[RenderableType] = []
    for field, hers, theirs in SECTIONS:
        title = hers if elle else theirs
        lines = getattr(view.carnet, field)
        if not lines:
            continue
        made.append(heading(title))
        for one in lines:
            when = clair.quand(one, field == "a_venir")
            where = f", {one.lieu}" if one.lieu else ""
            made.append(Prose(f"- {clair.chose(one, view.libelle)}{when}{where}"))
    if view.carnet.actes:
        made.append(heading("Ce que vous pouvez faire" if elle else "Ce que ce rôle peut faire"))
        made += [Prose(f"- {one.acte} : {one.titre}") for one in view.carnet.actes]
    return Group(*made) if made else Text("Rien que ce rôle voie.")
