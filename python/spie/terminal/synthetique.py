"""What playing the acts of invented lives came to, on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType

from spie import formatting
from spie.synthetic.jeu import Jeu
from spie.terminal.blocks import Prose


def played(done: Jeu) -> RenderableType:
    lines = [
        Prose(
            f"{formatting.count(done.lus, 'acte')} lus : {done.joues} joués, {done.deja} déjà là."
        )
    ]
    if done.lus and not done.joues and done.deja + done.attendus == done.lus:
        lines = [Prose("Rien à jouer : tous les actes sont déjà là.")]
    if done.refuses:
        codes = ", ".join(f"{code} {number}" for code, number in sorted(done.refus.items()))
        lines.append(
            Prose(f"Refusés : {done.refuses} ({codes}), dont {done.attendus} faux exprès.")
        )
    if done.ambigus:
        lines.append(Prose(f"Ambigus : {done.ambigus}. Une clé a deux dossiers."))
    if done.introuvables:
        lines.append(Prose(f"Introuvables : {done.introuvables}. Lire d'abord les fichiers."))
    lines += [
        Prose(f"  {one['numero']} {one['acte']} : {one['pourquoi']}, {one['texte']}")
        for one in done.details
    ]
    return Group(*lines)
