"""A person's path on a terminal."""

from __future__ import annotations

from datetime import date

from rich.console import Group, RenderableType
from rich.text import Text

from spie.droits import VueParcours
from spie.formatting import long_date
from spie.records.parcours import Accompagnement, Episode, Etape, Meneur, Pause, Suivi
from spie.terminal.blocks import heading

ETATS = {
    "pas_entre": "Aucune entrée dans le parcours n'est visible.",
    "en_cours": "Le parcours est en cours.",
    "en_pause": "Le parcours est en pause.",
    "sorti": "La personne est sortie du parcours.",
}


def _span(first: date, last: date | None, going_on: str = "depuis le") -> str:
    if last is None:
        return f"{going_on} {long_date(first)}"
    if last == first:
        return f"le {long_date(first)}"
    return f"du {long_date(first)} au {long_date(last)}"


def parcours(view: VueParcours) -> RenderableType:
    path = view.parcours
    said = view.libelle

    def episode(one: Episode) -> str:
        reason = f", sortie : {said(one.motif)}" if one.motif else ""
        return f"{_span(one.entree, one.sortie)}{reason}"

    def accompagnement(one: Accompagnement) -> str:
        parts = [said(code) for code in (one.modalite, one.dispositif) if code]
        parts += [said(one.structure)] if one.structure else []
        return f"{_span(one.depuis, one.jusqu_au)} : {', '.join(parts) or 'non dit'}"

    def etape(one: Etape) -> str:
        name = one.libelle or (said(one.module) if one.module else "étape")
        return f"{name}, {_span(one.ouverte, one.close)}"

    def pause(one: Pause) -> str:
        reason = f" : {said(one.motif)}" if one.motif else ""
        planned = (
            f", reprise prévue le {long_date(one.reprise_prevue)}"
            if one.reprise_prevue and one.reprise is None
            else ""
        )
        return f"{_span(one.debut, one.reprise)}{reason}{planned}"

    def meneur(one: Meneur) -> str:
        return f"{said(one.role)} depuis le {long_date(one.depuis)} : {said(one.professionnel)}"

    def suivi(one: Suivi) -> str:
        ended = f", emploi perdu le {long_date(one.perdu)}" if one.perdu else ""
        until = f", suivi jusqu'au {long_date(one.fin)}" if one.fin else ""
        return f"emploi depuis le {long_date(one.emploi)}{until}{ended}"

    made: list[RenderableType] = [Text(ETATS[path.etat])]
    for title, lines in (
        ("Entrées et sorties", [episode(one) for one in path.episodes]),
        ("Accompagnement", [accompagnement(one) for one in path.accompagnements]),
        ("Qui mène le parcours", [meneur(one) for one in path.meneurs]),
        ("Étapes", [etape(one) for one in path.etapes]),
        ("Pauses", [pause(one) for one in path.pauses]),
        ("Suivi dans l'emploi", [suivi(one) for one in path.suivis]),
    ):
        if lines:
            made.append(heading(title))
            made += [Text(f"  {line}") for line in lines]
    if path.conflits:
        roles = ", ".join(said(role) for role in path.conflits)
        made.append(Text(f"Deux professionnels tiennent le même rôle : {roles}.", style="bold"))
    return Group(*made)
