"""The passport of skills on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from spie.droits import VuePasseport, VuePropositions
from spie.formatting import long_date
from spie.passeport import BadgePossible, Comparaison, Ecrit, Element, Selection
from spie.recommandations import Recommandation
from spie.terminal.blocks import heading
from spie.words.clair import garant_dit, mot, nom_element, recommandation_dite

NOTHING = "Rien que ce rôle voie."


def item(one: Element, said: Callable[[str], str]) -> list[RenderableType]:
    contested = f", contesté ({said(one.contestation)})" if one.contestation else ""
    genre = f" ({mot(one.genre)})" if one.genre else ""
    lines = [Text(f"  {nom_element(one)}{genre} : {mot(one.assurance)}{contested} [{one.id}]")]
    lines += [Text(f"    {garant_dit(each, said)}") for each in one.garants]
    return [*lines]


def passeport(view: VuePasseport) -> RenderableType:
    made: list[RenderableType] = []
    if view.passeport.elements:
        made.append(heading("Le passeport"))
        for one in view.passeport.elements:
            made += item(one, view.libelle)
    if view.passeport.recommandations:
        made.append(recommandations(view.passeport.recommandations, view.libelle))
    if view.passeport.partages:
        made.append(heading("Ce qui est partagé"))
        for share in view.passeport.partages:
            until = f", jusqu'au {long_date(share.fin)}" if share.fin else ""
            whom = share.destinataire or "destinataire non montré"
            made.append(
                Text(
                    f"  {whom} : {mot(share.etat)}{until}, {len(share.remises)} remise(s) [{share.id}]"
                )
            )
    return Group(*made) if made else Text(NOTHING)


def recommandations(found: Sequence[Recommandation], said: Callable[[str], str]) -> RenderableType:
    if not found:
        return Text("Aucune recommandation que ce rôle voie.")
    lines = [Text(f"  {recommandation_dite(one, said)} [{one.id}]") for one in found]
    return Group(heading("Les recommandations"), *lines)


def propositions(view: VuePropositions) -> RenderableType:
    made: list[RenderableType] = []
    for state, title in (
        ("a_choisir", "À garder ou à refuser"),
        ("gardee", "Gardées"),
        ("refusee", "Refusées"),
    ):
        own = [one for one in view.propositions.propositions if one.etat == state]
        if own:
            made.append(heading(title))
        for one in own:
            label = one.libelle or one.code_rome or "à dire avec ses mots"
            made.append(Text(f"  {label} ({mot(one.genre)}) [{one.id}]"))
            made.append(Text(f"    {one.motif}"))
    return Group(*made) if made else Text("Rien à proposer, de ce que ce rôle voit.")


def comparaison(read: Comparaison) -> RenderableType:
    made: list[RenderableType] = [heading(read.titre)]
    made.append(Text(f"  Construit avec {', '.join(read.construit_avec)}."))
    states = (
        ("couvert", "Couvert"),
        ("a_confirmer", "À confirmer"),
        ("manque", "Manque"),
        ("inconnu", "Inconnu"),
    )
    for state, title in states:
        own = [one for one in read.ecarts if one.etat == state]
        if own:
            made.append(heading(title))
        for one in own:
            next_step = "" if one.suite == "aucune" else f" Suite : {mot(one.suite)}."
            made.append(
                Text(f"  {one.libelle or one.code} (poids {one.poids}) : {one.motif}{next_step}")
            )
    made.append(heading("Un parcours spécifique"))
    made.append(Text(f"  {mot(read.specifique.conclusion)} : {read.specifique.motif}"))
    return Group(*made)


def badge(read: BadgePossible) -> RenderableType:
    made: list[RenderableType] = [heading(f"Un badge pour l'immersion : {mot(read.decision)}")]
    made += [Text(f"  {one}") for one in read.motifs]
    if read.criteres:
        made.append(Text(f"  {read.criteres}"))
    for one in read.acquis:
        made.append(
            Text(f"  {one.libelle or ''} ROME {one.code} ({one.version}), {mot(one.niveau)}")
        )
    return Group(*made)


def ecrit(done: Ecrit) -> RenderableType:
    return Group(
        Text(f"{len(done.selection.elements)} élément(s) sorti(s), empreinte {done.empreinte}."),
        selection(done.selection),
    )


def selection(read: Selection) -> RenderableType:
    made: list[RenderableType] = []
    for each in read.elements:
        label = each.texte or ", ".join(one.code for one in each.references)
        made.append(Text(f"  Peut sortir : {label} ({mot(each.assurance)}) [{each.element}]"))
    for one in read.retenus:
        field = f", {one.champ}" if one.champ else ""
        made.append(Text(f"  Pas sorti : {one.element}{field}. {one.motif}"))
    return Group(*made)
