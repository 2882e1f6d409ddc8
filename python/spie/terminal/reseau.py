"""The network, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from spie.formatting import count, number, short_date, yes_no
from spie.reseau import (
    BadgesStructure,
    ComptesReseau,
    FicheReseau,
    QuestionnaireSatisfaction,
    RelaisTous,
    RendezVousProposes,
    Satisfaction,
    SollicitationVue,
    SuiviLabel,
)
from spie.terminal.blocks import heading, pairs, table
from spie.words import clair

PROXIMITES = {
    "meme_commune": "même commune",
    "meme_epci": "même intercommunalité",
    "a_portee": "à portée",
    "trop_loin": "trop loin",
    "inconnu": "on ne sait pas",
}
MOTIFS = {
    "premier": "premier rendez-vous",
    "apres_absence": "après une absence",
    "passation": "passation d'un relais",
    "suivi": "suivi du parcours",
}
CONDITIONS = {"rempli": "✓", "non_rempli": "✗", "inconnu": "?"}


BADGES = {"delivrable": "✓", "refuse": "✗", "inconnu": "?"}
ETATS_BADGE = {
    "en_vigueur": "en vigueur",
    "echu": "échu",
    "retire": "retiré",
    "a_retirer": "à retirer : ce qu'il dit ne tient plus",
}


def badges(found: BadgesStructure) -> RenderableType:
    parts: list[RenderableType] = [heading(f"{found.nom} : ses badges")]
    for one in found.badges:
        until = f", jusqu'au {short_date(one.fin)}" if one.fin else ""
        renew = " (à signer ou à renouveler)" if one.a_renouveler else ""
        parts.append(Text(f"{BADGES[one.decision]} {one.nom} [{one.code}]{until}{renew}"))
        parts += [Text(f"    {why}") for why in one.motifs]
    if found.emis:
        parts.append(heading("Ceux qui furent signés"))
    for badge in found.emis:
        until = f", jusqu'au {short_date(badge.fin)}" if badge.fin else ""
        entry = f", entrée {badge.entree} de {badge.liste}" if badge.liste else ""
        parts.append(Text(f"  {badge.code} : {ETATS_BADGE[badge.etat]}{until}{entry} [{badge.id}]"))
    return Group(*parts)


def badge_signe(into: str, name: str) -> RenderableType:
    return Text(f"Badge signé, écrit et noté : {into} ({name}).")


def relais_tous(made: RelaisTous) -> RenderableType:
    if not made.dossiers:
        return Text(f"Aucun dossier de {made.de} que cet acte suive, parmi ceux que l'on voit.")
    refused = f", {count(made.refuses, 'refusé', 'refusés')}" if made.refuses else ""
    lines = [heading(f"{count(made.faits, 'dossier fait', 'dossiers faits')}{refused}")]
    for one in made.dossiers:
        if not one.refus:
            lines.append(Text(f"✓ {one.personne} : acte {', '.join(one.actes)}"))
        for why in one.refus:
            lines.append(Text(f"✗ {one.personne} ({why.code}) : {why.phrase}"))
            if why.remede:
                lines.append(Text(f"    {why.remede}"))
        lines += [Text(f"    À regarder : {word}") for word in one.avertissements]
    return Group(*lines)


def rendez_vous(found: RendezVousProposes) -> RenderableType:
    due = short_date(found.au_plus_tard) if found.au_plus_tard else "on ne sait pas"
    why = f" ({MOTIFS.get(found.motif, found.motif)})" if found.motif else ""
    parts: list[RenderableType] = [heading(f"Prochain rendez-vous, au plus tard : {due}{why}")]
    if found.lieux:
        rows = table("Lieu", "Commune", "Proximité", "Minutes")
        for one in found.lieux:
            minutes = "" if one.minutes is None else str(one.minutes)
            near = PROXIMITES.get(one.proximite, one.proximite)
            rows.add_row(one.nom or one.structure, one.code_commune or "?", near, minutes)
        parts.append(rows)
    for flag in found.signalements:
        which = f"{flag.rendez_vous} : " if flag.rendez_vous else ""
        parts.append(Text(f"{'!' if flag.etat == 'oui' else '?'} {which}{flag.texte}."))
    return Group(*parts)


def fiche(found: FicheReseau) -> RenderableType:
    items = [("Au", short_date(found.au))]
    if found.cercle:
        items.append(("Cercle", found.cercle))
    if found.code_commune:
        items.append(("Commune", found.code_commune))
    if found.structure:
        items.append(("Structure", found.structure))
    if found.fonction:
        items.append(("Fonction", found.fonction))
    if found.label:
        held = "en vigueur" if found.label.en_vigueur else "pas en vigueur"
        items.append(("Label", f"{clair.mot(found.label.etape)}, {held}"))
    if found.professionnels:
        items.append(("Professionnels", ", ".join(found.professionnels)))
    if found.depart:
        items.append(("Départ", short_date(found.depart)))
    parts: list[RenderableType] = [
        heading(found.nom or found.sujet),
        pairs([(name, Text(said)) for name, said in items]),
    ]
    for one in found.label.conditions if found.label else ():
        parts.append(Text(f"  {CONDITIONS[one.etat]} {one.libelle}"))
    for held_one in found.habilitations:
        until = f", jusqu'au {short_date(held_one.fin)}" if held_one.fin else ""
        now = "" if held_one.en_vigueur else " (pas en vigueur)"
        parts.append(Text(f"  Habilitation « {held_one.objet} »{until}{now}"))
    for training in found.formations:
        hours = f", {training.heures} h" if training.heures else ""
        parts.append(
            Text(
                f"  Formation « {training.module or training.formation} » :"
                f" {clair.mot(training.etape)} le {short_date(training.le)}{hours}"
            )
        )
    return Group(*parts)


def comptes(found: ComptesReseau) -> RenderableType:
    rows = table("Du réseau", ("Nombre", "right"))
    for name, many in (
        ("Structures", found.structures),
        ("Professionnels", found.professionnels),
        ("Professionnels formés dans la période", found.professionnels_formes),
        ("Formations suivies dans la période", found.formations_suivies),
        ("Heures de formation", found.heures),
        ("Habilitations en vigueur", found.habilitations),
        ("Labels en vigueur", found.labels),
        ("Labels accordés dans la période", found.labels_accordes),
        ("Départs dans la période", found.departs),
        *((f"Cercle : {name}", many) for name, many in found.cercles.items()),
        *((f"Module : {name}", many) for name, many in found.modules.items()),
    ):
        rows.add_row(name, str(many))
    period = f"Du {short_date(found.du)} au {short_date(found.au)}"
    return Group(heading(period), rows)


def suivis(found: Sequence[SuiviLabel]) -> RenderableType:
    if not found:
        return Text("Aucun suivi dans l'emploi que l'on voie.")
    rows = table("Dossier", "Emploi", "À suivre après le", "Clos", "Trop tôt")
    for one in found:
        closed = short_date(one.cloture) if one.cloture else "en cours"
        rows.add_row(
            one.personne, short_date(one.emploi), short_date(one.doit_depasser), closed,
            yes_no(one.manquement),
        )  # fmt: skip
    return rows


def sollicitations(found: Sequence[SollicitationVue]) -> RenderableType:
    if not found:
        return Text("Aucune sollicitation.")
    rows = table("Dossier", "Sens", "Étape", "Objet", "Attendue le")
    for one in found:
        other = f"de {one.de}" if one.sens == "recue" else f"à {one.a}"
        due = short_date(one.attendue_le) if one.attendue_le else "?"
        step = clair.mot(one.etape) + (" (en retard)" if one.en_retard else "")
        rows.add_row(one.personne, other, step, clair.mot(one.objet or ""), due)
    return rows


def questionnaire(found: QuestionnaireSatisfaction) -> RenderableType:
    parts: list[RenderableType] = [heading(found.titre)]
    for one in found.questions:
        parts.append(Text(f"{one.code} ({', '.join(one.publics)}) : {one.texte}"))
        parts += [Text(f"    {value.code} : {value.libelle}") for value in one.valeurs]
    return Group(*parts)


def merci(quarter: str) -> RenderableType:
    return Text(f"Merci. Les réponses sont gardées pour {quarter}, sans votre nom.")


def satisfaction(found: Satisfaction) -> RenderableType:
    if not found.cases:
        return Text("Rien qui puisse être dit : trop peu de réponses, ou trimestre en cours.")
    rows = table(
        "Structure", "Trimestre", "Public", "Question", ("Réponses", "right"), ("Moyenne", "right")
    )
    for one in (*found.cases, *found.ensemble):
        for mean in one.moyennes:
            rows.add_row(
                one.structure or "ensemble", one.trimestre or "", one.public, mean.texte,
                str(mean.effectif), number(mean.moyenne),
            )  # fmt: skip
    return rows
