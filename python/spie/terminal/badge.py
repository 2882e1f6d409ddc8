"""The report of a badge, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie.badges import Controle, Emission, PartiesPubliques, Rapport
from spie.terminal.blocks import Prose
from spie.words import badges as words


def rapports(all: Sequence[tuple[str, Rapport]]) -> Group:
    parts: list[RenderableType] = []
    for name, report in all:
        if parts:
            parts.append(Text())
        parts += _report(name, report)
    return Group(*parts)


def _report(name: str, report: Rapport) -> list[RenderableType]:
    said = report.dit()
    parts: list[RenderableType] = [
        Prose(f"{said.titre}\u202f: {name}", f"bold {said.ton}"),
        Prose(said.phrase),
    ]
    if report.emetteur is not None:
        parts.append(Prose(words.EMETTEURS[report.emetteur]))
    parts.append(Text())
    for one in report.controles:
        parts += _check(one)
    return parts


def _check(one: Controle) -> list[RenderableType]:
    said = (
        f"{words.CONTROLES[one.nom]}\u202f: {words.ETATS[one.etat]}. {words.phrase(one.motif.fr)}"
    )
    parts: list[RenderableType] = [
        Padding(Prose(said, words.TONS_ETATS[one.etat]), (0, 0, 0, 2), expand=False)
    ]
    under = []
    if one.remede.fr:
        under.append(words.phrase(one.remede.fr))
    if one.etat != "ok" and (one.code or one.place):
        under.append(" ".join(filter(None, (one.code, one.place))))
    parts += [Padding(Prose(line, "dim"), (0, 0, 0, 4), expand=False) for line in under]
    return parts


def avertissements(made: Emission) -> list[RenderableType]:
    return [part for one in made.avertissements for part in _check(one)]


def cle(public: PartiesPubliques, path: str) -> Group:
    return Group(
        Text(f"Clé écrite\u202f: {path}"),
        Text("La garder pour soi\u202f: qui l’a signe à votre place.", style="attention"),
        Text(f"DID\u202f: {public.did}", overflow="fold"),
    )
