"""The passport of skills on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from spie.droits import VuePasseport, VuePropositions
from spie.formatting import long_date
from spie.passeport import (
    BadgePossible,
    Comparaison,
    Delivre,
    Ecrit,
    Element,
    Garantie,
    Revue,
    Selection,
    StatutBadge,
    Survivances,
)
from spie.recommandations import Recommandation
from spie.rome import Rome
from spie.terminal.badge import rapports
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
    if view.passeport.badges:
        made.append(heading("Les badges délivrés"))
        for badge in view.passeport.badges:
            motive = f" ({view.libelle(badge.motif)})" if badge.motif else ""
            made.append(Text(f"  {long_date(badge.le)} : {mot(badge.etat)}{motive} [{badge.id}]"))
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


def words_of(rome: Rome | None, code: str, version: str) -> str:
    """What a code of that release names; nothing when the release handed over is another."""
    if rome is None or rome.version != version:
        return ""
    found = rome.trouver(code)
    return found[0].entree.libelle if found else ""


def comparaison(read: Comparaison, rome: Rome | None = None) -> RenderableType:
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
                Text(
                    f"  {one.libelle or words_of(rome, one.code, one.version) or one.code}"
                    f" (poids {one.poids}) : {one.motif}{next_step}"
                )
            )
    made.append(heading("Un parcours spécifique"))
    made.append(Text(f"  {mot(read.specifique.conclusion)} : {read.specifique.motif}"))
    return Group(*made)


# Of a badge, "refuse" is not what it is of a question of the diagnostic.
DECISIONS = {"refuse": "refusé"}


def badge(read: BadgePossible, rome: Rome | None = None) -> RenderableType:
    said = DECISIONS.get(read.decision) or mot(read.decision)
    made: list[RenderableType] = [heading(f"Un badge pour l'immersion : {said}")]
    made += [Text(f"  {one}") for one in read.motifs]
    if read.criteres:
        made.append(Text(f"  {read.criteres}"))
    for one in read.acquis:
        made.append(
            Text(
                f"  {words_of(rome, one.code, one.version) or one.libelle or ''}"
                f" ROME {one.code} ({one.version}), {mot(one.niveau)}"
            )
        )
    return Group(*made)


def delivre(made: Delivre, to: str) -> RenderableType:
    lines = [Text(f"Badge délivré : {to}"), Text(f"  {made.badge.id}")]
    lines += _named(made.titulaire)
    lines += [Text(f"  {one.motif.fr}.") for one in made.avertissements]
    lines += [Text(f"  Pas dit : {one.champ or one.element}. {one.motif}") for one in made.retenus]
    if not made.statuts:
        lines.append(Text("  Aucun registre : ce badge ne pourra pas être révoqué."))
    return Group(*lines)


def _named(holder: str) -> list[Text]:
    if not holder:
        return []
    if holder == "adresse":
        return [Text("  La personne y est nommée par l'empreinte salée de son adresse.")]
    return [Text(f"  La personne y est nommée {holder}.")]


def a_poser(entries: Iterable[StatutBadge], left: Iterable[StatutBadge]) -> RenderableType:
    """The entries of a share that ceased; `left` are still to be set."""
    found, left = list(entries), list(left)
    if not found:
        return Text("Le partage a cessé. Rien n'a été signé pour lui avec un état à poser.")
    made = [Text("Le partage a cessé.")]
    done = [one for one in found if one not in left]
    if done:
        made.append(Text("L'état de ce qui fut signé pour lui est posé ; publier la liste :"))
        made += [entry(one) for one in done]
    if left:
        made.append(Text("À poser par qui tient la clé, puis à publier :"))
        made += [entry(one) for one in left]
    return Group(*made)


def entry(one: StatutBadge) -> Text:
    place = "" if one.index is None else f", entrée {one.index}"
    return Text(f"  {one.badge} : {one.liste}{place}")


def garantie(done: Garantie, name: str) -> RenderableType:
    verdict = (
        Text("Le badge garantit cet élément ; c'est noté.")
        if done.garanti
        else Text(f"Le badge ne garantit rien : {done.motif}.")
    )
    return Group(verdict, rapports([(name, done.rapport)]))


REVUE = {"tient": "tient", "tombe": "ne tient plus", "inconnu": "pas vérifié"}


def revues(found: Iterable[Revue]) -> RenderableType:
    lines = [
        Text(
            f"  {one.badge} : {REVUE[one.etat]}"
            + (f", {one.raison}" if one.raison else "")
            + (" (noté)" if one.note else "")
            + f" [{one.element}]"
        )
        for one in found
    ]
    return Group(*lines) if lines else Text("Aucun badge ne garantit un élément.")


def survivances(left: Survivances) -> RenderableType:
    made: list[RenderableType] = []
    if left.a_poser:
        made.append(heading("À poser par qui tient la clé"))
        made += [entry(one) for one in left.a_poser]
    if left.si_demande:
        made.append(heading("À poser si elle le demande : ces badges sont à elle"))
        made += [entry(one) for one in left.si_demande]
    if left.sans_statut:
        made.append(heading("Sans état : personne ne peut les retirer"))
        made += [Text(f"  {one}") for one in left.sans_statut]
    if left.chez_d_autres:
        made.append(heading("Ce qui reste chez d'autres, et chez elle"))
        for one in left.chez_d_autres:
            until = f", valable jusqu'au {long_date(one.jusqu_au)}" if one.jusqu_au else ""
            made.append(
                Text(
                    f"  {one.destinataire or 'elle-même'} : {one.forme}, {long_date(one.le)}{until}"
                )
            )
    return Group(*made) if made else Text("Rien ne survit au passeport hors d'ici.")


def partage(share: str | None) -> Text:
    return Text(f"Partage : {share}")


def ecrit(done: Ecrit) -> RenderableType:
    lines = [
        Text(f"{len(done.selection.elements)} élément(s) sorti(s), empreinte {done.empreinte}."),
        *_named(done.titulaire),
    ]
    if done.badges and not done.statuts:
        lines.append(Text("  Aucun registre : ce qui est signé ne pourra pas être révoqué."))
    lines += [Text(f"  {one.motif.fr}.") for one in done.avertissements]
    return Group(*lines, selection(done.selection))


def selection(read: Selection) -> RenderableType:
    made: list[RenderableType] = []
    for each in read.elements:
        label = each.texte or ", ".join(one.code for one in each.references)
        made.append(Text(f"  Peut sortir : {label} ({mot(each.assurance)}) [{each.element}]"))
    for one in read.retenus:
        field = f", {one.champ}" if one.champ else ""
        made.append(Text(f"  Pas sorti : {one.element}{field}. {one.motif}"))
    return Group(*made)
