"""The report of a badge, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie.badges import (
    BadgeEmis,
    Contenu,
    Controle,
    Emission,
    EntreeStatut,
    EtatRegistre,
    PartiesPubliques,
    Rapport,
)
from spie.formatting import THIN, count, number
from spie.terminal.blocks import Prose, pairs, table
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


def contenu(found: Contenu, name: str) -> Group:
    """What a badge says, between two reminders that nothing was verified."""
    parts: list[RenderableType] = [
        Prose(f"Ce que dit un badge, non vérifié{THIN}: {name}", "bold attention"),
        Prose(words.NON_VERIFIE, "attention"),
    ]
    if found.titre:
        parts += [Text(), Prose(found.titre, "bold")]
    parts.append(pairs((label, Text(said, overflow="fold")) for label, said in words.lignes(found)))
    parts.append(Prose(f"Pour savoir ce qu’il vaut{THIN}: spie badge verifier", "dim"))
    return Group(*parts)


def registre(made: EtatRegistre, path: str) -> Group:
    return Group(
        Text(f"Registre ouvert{THIN}: {path}"),
        Text(
            "Il nomme des badges de personnes. Le garder, et n’en publier que la liste.",
            "attention",
        ),
        *_register(made),
    )


def _register(found: EtatRegistre) -> list[RenderableType]:
    given, said = len(found.entrees), sum(one.etat != 0 for one in found.entrees)
    return [
        pairs(
            [
                ("Liste", Text(found.liste, overflow="fold")),
                ("Forme", Text(words.FORMES[found.forme])),
                ("Dit des", Text(words.BUTS[found.but])),
                (
                    "Entrées",
                    Text(
                        f"{count(given, 'donnée', 'données')} sur {number(Decimal(found.taille))}, {said} à dire"
                    ),
                ),
            ]
        )
    ]


def statut(
    found: EtatRegistre, wanted: Sequence[str], missing: Sequence[str], into: str | None
) -> Group:
    parts = _register(found)
    shown = [one for one in found.entrees if not wanted or one.badge in wanted]
    if shown:
        parts.append(_entries(found, shown))
    parts += [Prose(f"Inconnu de ce registre{THIN}: {one}", "attention") for one in missing]
    if into is not None:
        parts.append(Text(f"Liste écrite{THIN}: {into}"))
    return Group(*parts)


def _entries(found: EtatRegistre, shown: Sequence[EntreeStatut]) -> RenderableType:
    rows = table("Badge", ("Index", "right"), "État")
    for one in shown:
        state = words.entree(found.but, one.etat, found.messages)
        reason = f" ({one.motif})" if one.motif else ""
        rows.add_row(
            one.badge, str(one.index), Text(state + reason, "defavorable" if one.etat else "")
        )
    return rows


def revoques(found: EtatRegistre, wanted: Sequence[str]) -> Group:
    return Group(
        _entries(found, [one for one in found.entrees if one.badge in wanted]),
        Prose(
            "Personne ne le sait encore\u202f: écrire la liste (spie badge statut … --vers) et la mettre "
            "à son adresse.",
            "attention",
        ),
    )


def lot(made: Sequence[BadgeEmis], into: str) -> Group:
    parts: list[RenderableType] = [
        Text(f"{count(len(made), 'badge écrit', 'badges écrits')}{THIN}: {into}")
    ]
    # The model gives the same warnings to all.
    warnings = {
        (one.code, one.place, one.motif.fr): one for badge in made for one in badge.avertissements
    }
    for one in warnings.values():
        parts += _check(one)
    return Group(*parts)
