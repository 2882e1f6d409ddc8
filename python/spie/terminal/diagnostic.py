"""The shared diagnostic on a terminal: what to ask, what the grid reads, the road map."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie import formatting
from spie.droits import VueDiagnostic, VueFeuilleDeRoute, VueQuestions
from spie.records.parcours import ActionSuivie, FreinLu, QuestionPosee
from spie.terminal.blocks import Prose, heading
from spie.words import clair

LISTES = {
    "a_demander": "À demander",
    "a_revoir": "À revoir",
    "connues": "Connues",
    "a_ne_pas_reposer": "À ne pas reposer",
    "sans_objet": "Sans objet",
    "reservees": "Réservées",
}


def _lines(title: str, lines: Iterable[str]) -> list[RenderableType]:
    items = list(lines)
    if not items:
        return []
    return [
        heading(title),
        *(Padding(Prose(f"- {one}"), (0, 0, 0, 2), expand=False) for one in items),
    ]


def _question(one: QuestionPosee) -> str:
    said = f"{one.question} : {one.texte}"
    if one.reponse is not None:
        said += f" {clair.mot(one.reponse) if isinstance(one.reponse, str) else one.reponse}"
        if one.le is not None:
            said += f" ({clair.source(one.source)}, {formatting.short_date(one.le)})"
    if one.proposition is not None:
        said += f" ; {one.motif} : proposition « {clair.mot(one.proposition)} »"
    return said


def questions(view: VueQuestions) -> Group:
    lists = view.questions
    parts: list[RenderableType] = []
    for name, title in LISTES.items():
        items = getattr(lists, name)
        parts += _lines(f"{title} ({len(items)})", map(_question, items))
    return Group(*parts) if parts else Group(Text("Aucune question."))


def _frein(one: FreinLu) -> str:
    there = "inconnu" if one.present is None else "oui" if one.present else "non"
    said = f"{one.libelle} : {there}"
    if one.present and one.gravite:
        said += f", {one.gravite}"
    if one.retenu:
        said += f" ; au dossier : {clair.mot(one.retenu)} ({clair.source(one.source)})"
    return said


def _action(dit: Callable[[str], str], one: ActionSuivie) -> str:
    said = f"{one.libelle or one.id} ({clair.mot(one.etape)})"
    if one.echeance is not None:
        said += f", pour le {formatting.short_date(one.echeance)}"
    if one.motif:
        said += f" ; motif : {dit(one.motif)}"
    return said


def diagnostic(view: VueDiagnostic) -> Group:
    lu, dit = view.diagnostic, view.libelle
    needs, rights = lu.besoins_sociaux_et_professionnels, lu.droits
    parts: list[RenderableType] = [
        Text(f"{lu.dossier}, au {formatting.long_date(lu.au)}. Trame {lu.trame}."),
        Text(
            "Aucun diagnostic n'est posé."
            if lu.pose is None
            else f"Diagnostic du {formatting.short_date(lu.pose.le)}"
            + (", périmé." if lu.perime else ".")
        ),
    ]
    parts += _lines("Freins", map(_frein, lu.freins))
    parts += _lines("Besoins sociaux", map(dit, needs.sociaux))
    parts += _lines("Besoins professionnels", map(dit, needs.professionnels))
    parts += _lines(
        "Potentiel", (f"{one.texte} {one.reponse or ''}".strip() for one in lu.potentiel)
    )
    parts += _lines("Métiers en tension", [dit(lu.metiers_en_tension.conclusion or "inconnu")])
    parts += _lines(
        "Actions à proposer",
        (
            f"{one.libelle} ({dit(one.frein)}, {one.gravite})"
            for one in lu.actions_prioritaires.a_proposer
        ),
    )
    parts += _lines(
        "Actions choisies ou prescrites",
        map(partial(_action, dit), lu.actions_prioritaires.choisies),
    )
    parts += _lines("Ressources", (one.libelle for one in lu.ressources.personne))
    parts += _lines("À éclaircir", (one.texte for one in lu.contradictions))
    parts += _lines("Compléments", (f"{dit(one.code)} : {one.motif}" for one in lu.complements))
    parts += _lines(
        "Droits",
        [
            f"Rendez-vous des droits : priorité {dit(rights.priorite or 'inconnu')}, {dit(rights.moment or 'inconnu')}",
            f"Risque de non-recours : {dit(rights.risque or 'inconnu')}",
            *(f"Aller vers la personne : {dit(one)}" for one in rights.aller_vers),
        ],
    )
    return Group(*parts)


def road_map(view: VueFeuilleDeRoute) -> Group:
    sheet, dit = view.feuille, view.libelle
    parts: list[RenderableType] = [Text(f"Feuille de route, au {formatting.long_date(sheet.au)}.")]
    parts += _lines(
        "Objectifs",
        (
            f"{one.libelle or one.id}" + (f" : {dit(one.etat)}" if one.etat else "")
            for one in sheet.objectifs
        ),
    )
    parts += _lines("À faire", map(partial(_action, dit), sheet.a_faire))
    parts += _lines("Fait", map(partial(_action, dit), sheet.faites))
    parts += _lines("Proposé", map(partial(_action, dit), sheet.proposees))
    parts += _lines("Refusé", map(partial(_action, dit), sheet.refusees))
    parts += _lines("Points d'appui", (one.libelle for one in sheet.ressources))
    return Group(*parts)
