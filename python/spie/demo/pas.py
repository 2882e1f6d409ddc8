"""The path of the demonstration, step by step, as the terminal shows it."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from spie import formatting
from spie.demo.parcours import PEOPLE, WATCHED, Parcours
from spie.pack import Pack
from spie.parcours import EtatRelais, ExamenImmersion, moments
from spie.terminal import carnet as terminal_carnet
from spie.terminal import diagnostic as terminal_diagnostic
from spie.terminal.actes import ETATS
from spie.terminal.blocks import Prose, table
from spie.terminal.immersion import VERDICTS


def path(shown: Parcours, pack: Pack) -> list[RenderableType]:
    """One invented person, from her first référent to her logbook; then those around her."""
    return [
        Prose(
            f"{PEOPLE} adultes inventés, leurs fichiers de janvier 2022. De l'une d'elles, que "
            "personne ne suit, on nomme un référent ; elle entre dans le parcours. Chaque pas est un "
            "acte, fait par qui en a le droit."
        ),
        _title("Le diagnostic partagé"),
        *diagnostic(shown),
        _title("La feuille de route"),
        terminal_diagnostic.road_map(shown.feuille),
        _title("Un relais refusé, puis un accepté"),
        *relays(shown),
        _title("Une immersion"),
        *immersions(shown, pack),
        _title(f"La vigilance, au {formatting.long_date(WATCHED)}"),
        *vigilance(shown, pack),
        _title("Le carnet de bord, pour la personne"),
        terminal_carnet.carnet(shown.carnet, elle=True),
    ]


def _title(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


def diagnostic(shown: Parcours) -> list[RenderableType]:
    read = shown.diagnostic.diagnostic
    present = [one.libelle for one in read.freins if one.present]
    unknown = sum(one.present is None for one in read.freins)
    proposed = [one.libelle for one in read.actions_prioritaires.a_proposer]
    dit = shown.diagnostic.libelle
    lines = [
        f"Questions à poser à l'entrée : {shown.a_demander}. Ce qu'un fichier dit ne se redemande pas ; "
        "ce qu'elle refuse de dire non plus.",
        f"Freins que la grille lit : {', '.join(present) or 'aucun'} ; {unknown} dont on ne sait rien.",
        f"Métiers en tension : {dit(read.metiers_en_tension.conclusion or 'inconnu')}.",
    ]
    if proposed:
        lines.append(f"À proposer : {', '.join(proposed)}.")
    if read.pose is not None:
        day = formatting.long_date(read.pose.le)
        lines.append(f"Posé le {day}, avec son accord, donné de vive voix.")
    return [Prose(f"- {one}") for one in lines]


def relays(shown: Parcours) -> list[RenderableType]:
    (refused,) = shown.refuse
    accepted = next(one for one in shown.retenu if one.etape == "accepte")
    done = next(one for one in shown.effectif if one.etape == "effectif")
    parts: list[RenderableType] = [
        Prose(
            f"- Demandé le 14 mars, refusé le {formatting.long_date(refused.depuis)} : le référent "
            "reste."
        ),
        Prose(
            f"- Demandé à quelqu'un d'autre, accepté le {formatting.long_date(accepted.depuis)} ; ce "
            "qu'il faut encore :"
        ),
        *conditions(accepted),
        Prose(
            "- Rendu effectif trop tôt, il est refusé, et rien n'est écrit. Il manque : "
            + " ; ".join(f"« {one} »" for one in shown.retenu_par)
            + "."
        ),
        Prose(
            "- Elle donne son accord elle-même, le rendez-vous à trois a lieu : il est effectif le "
            f"{formatting.long_date(done.depuis)}."
        ),
    ]
    return parts


def conditions(relay: EtatRelais) -> list[RenderableType]:
    marks = [(one.libelle, *ETATS[one.etat]) for one in relay.conditions]
    return [Prose(f"    {mark} {label} : {word}") for label, mark, word in marks]


def immersions(shown: Parcours, pack: Pack) -> list[RenderableType]:
    return [
        Prose("- Du 2 mai au 17 juin. " + VERDICTS[shown.trop_longue.verdict]),
        *motives(shown.trop_longue, pack),
        Prose("- Du 2 au 20 mai. " + VERDICTS[shown.immersion.verdict]),
        Prose(
            f"    À compléter avant de signer : {len(shown.immersion.a_completer)} points, dont « "
            f"{shown.immersion.a_completer[0]} »"
        ),
        Prose("- Signée, commencée, finie ; bilan du 24 mai : complète, objectifs atteints."),
    ]


def motives(found: ExamenImmersion, pack: Pack) -> list[RenderableType]:
    places = {article.id: article.place for article in pack.articles}
    return [
        Prose(f"    {one.texte} ({places.get(one.article, one.article)})") for one in found.motifs
    ]


def vigilance(shown: Parcours, pack: Pack) -> list[RenderableType]:
    titles = {one["nom"]: one["titre"] for one in moments(pack)}
    hers = [one for one in shown.vigilance.alertes if one["personne"] == shown.personne]
    rows = table("Moment", ("Dossiers", "right"))
    for name, number in shown.comptes.items():
        if number:
            rows.add_row(titles[name], str(number))
    played = formatting.count(shown.vies.joues, "acte")
    return [
        Prose(
            f"Les vies des autres sont jouées aussi, en {played}. Voici ce que voit son référent, pour "
            "elle."
        ),
        *(
            Prose(
                f"- {titles[one['moment']]}, depuis le {formatting.long_date(one['depuis'])}. {one['suite']}"
            )
            for one in hers
        ),
        Text("Et pour tous"),
        rows,
    ]
