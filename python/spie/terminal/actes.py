"""Acts of the path and relays, on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from spie.actes import ActeFait
from spie.formatting import short_date
from spie.records.parcours import EtatRelais
from spie.words import clair

ETATS = {
    "rempli": ("✓", "rempli"),
    "dispense": ("✓", "dispensé"),
    "non_rempli": ("✗", "manque"),
    "inconnu": ("?", "pas encore dit"),
    "reserve": ("·", "ce rôle ne le voit pas"),
}


def acte(made: ActeFait) -> RenderableType:
    lines = [Text(f"Acte {made.acte}  (pour le défaire : spie annuler {made.acte})")]
    for one in made.evenements:
        title = clair.types()[one.type]["titre"]
        step = clair.mot(one.contenu.get("etape", ""))
        lines.append(Text(f"  {title}{f' : {step}' if step else ''}, le {short_date(one.debut)}"))
    lines += [Text(f"  À regarder : {one['details']}") for one in made.avertissements]
    return Group(*lines)


def relais(found: Iterable[EtatRelais], dit: Callable[[str], str]) -> RenderableType:
    lines: list[RenderableType] = []
    for one in found:
        step = (
            "refusé" if one.etape == "refuse" else clair.mot(one.etape)
        )  # her answer has that code too
        what = f"Relais {step}, {clair.mot(one.objet)}"
        lines.append(Text(f"{what} : {one.de or '?'} → {one.vers or '?'}"))
        if one.accord == "non":
            lines.append(Text("  La personne n'est pas d'accord."))
        if decided := one.reorientation:
            told = short_date(decided.notifie_le)
            lines.append(Text(f"  Réorientation décidée : {dit(decided.autorite)}"))
            lines.append(Text(f"      {dit(decided.article)}"))
            lines.append(Text(f"      notifiée le {told}"))
        for condition in one.conditions:
            mark, word = ETATS[condition.etat]
            lines.append(Text(f"  {mark} {condition.libelle} : {word}"))
            if condition.etat in ("non_rempli", "inconnu"):
                lines.append(Text(f"      par {condition.qui}"))
    return Group(*lines) if lines else Text("Aucun relais que ce rôle voie.")
