"""What the law says of an immersion, on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie.pack import Pack
from spie.parcours import ExamenImmersion
from spie.terminal.blocks import heading

VERDICTS = {
    "conforme": "L'immersion est conforme à ce qui est vérifié.",
    "non_conforme": "L'immersion n'est pas conforme.",
    "indetermine": "Rien n'est établi : il manque de quoi conclure.",
}


def examen(one: ExamenImmersion, pack: Pack) -> Group:
    places = {article.id: article.place for article in pack.articles}
    parts: list[RenderableType] = [heading(VERDICTS[one.verdict])]
    for motif in one.motifs:
        parts.append(Text(motif.texte))
        parts.append(
            Padding(
                Text(places.get(motif.article, motif.article), style="dim"),
                (0, 0, 0, 2),
                expand=False,
            )
        )
    parts += _listed("À donner :", one.manquants)
    parts += _listed("À compléter avant de signer :", one.a_completer)
    return Group(*parts)


def _listed(title: str, items: tuple[str, ...]) -> list[RenderableType]:
    if not items:
        return []
    return [
        Text(),
        Text(title),
        *(Padding(Text(f"- {item}"), (0, 0, 0, 2), expand=False) for item in items),
    ]
