"""The HTML pages: Jinja2 templates fed by the results."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from spie import _core, formatting
from spie.words import badges, clair, codes


def shown(content: Any) -> Any:
    """What a page writes of a value: no NIR stands in it, no character that a terminal would obey,
    nor one that turns the reading."""
    if not isinstance(content, str):
        return content
    made = formatting.safe(_core.without_nir(content))
    return content if made == content else type(content)(made)


@cache
def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("spie", "pages"),
        autoescape=select_autoescape(["html", "j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    made.filters.update(
        amount=formatting.amount,
        euros=formatting.euros,
        percent=formatting.percent,
        long_date=formatting.long_date,
        short_date=formatting.short_date,
        label=formatting.label,
        ton=codes.tone,
        article=formatting.article,
        valeur=formatting.value,
        oui_non=formatting.yes_no,
        quantite=formatting.quantity,
        en_clair=clair.Page,
        nom_source=clair.source,
        typo=formatting.typo,
        dit_du_carnet=clair.chose,
        mot=clair.mot,
        quand=clair.quand,
        nom_element=clair.nom_element,
        garant_dit=clair.garant_dit,
        garant_sorti=clair.garant_sorti,
        recommandation_dite=clair.recommandation_dite,
        recommandation_sortie=clair.recommandation_sortie,
        phrase=badges.phrase,
        instant=badges.instant,
    )
    made.globals.update(
        periode=clair.periode,
        compte=formatting.count,
        depassement=formatting.overrun,
        seconde_main=formatting.SECOND_HAND,
    )
    return made


def render(template: str, **content: Any) -> str:
    return environment().get_template(template).render(**content)
