"""Instances on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from spie.droits import VueAgenda
from spie.formatting import FIXED, count, long_date, percent, short_date
from spie.records.parcours import (
    Agenda,
    CasInstance,
    Convocation,
    DecisionLue,
    InstanceLue,
    Participation,
    PresencesComptees,
)
from spie.terminal.blocks import Prose, heading
from spie.words import instances as words

Say = Callable[[str], str]


def census(found: Iterable[InstanceLue], dit: Say) -> RenderableType:
    lines: list[RenderableType] = []
    for one in found:
        lines.append(heading(one.nom))
        about = [one.instance]
        if one.genre:
            about.append(dit(one.genre))
        if one.territoire:
            about.append(f"territoire {one.territoire}")
        if one.label:
            about.append(f"label {words.LABELS[one.label]}")
        if one.ad_hoc:
            about.append("ad hoc")
        quorum = "inconnu" if one.quorum is None else str(one.quorum)
        lines.append(Prose(f"  {', '.join(about)} ; quorum {quorum}"))
        lines += [
            Prose(f"  {words.QUALITES[seat.qualite]} : {seat.professionnel}") for seat in one.sieges
        ]
        lines += [
            Prose(f"  séance {session.session}, {words.ETAPES[session.etape]}")
            for session in one.seances
        ]
    return Group(*lines) if lines else Text("Aucune instance.")


def decision(one: DecisionLue, dit: Say) -> str:
    said = [dit(one.nature)]
    if one.manque_offre:
        said.append(dit(one.manque_offre))
    if one.autorite:
        said.append(f"{dit(one.autorite)} ({one.article})")
    if one.notifie_le:
        said.append(f"notifiée le {short_date(one.notifie_le)}")
    return f"Décidé le {short_date(one.date)} : {' ; '.join(said)}"


def case(one: CasInstance, dit: Say) -> Iterable[RenderableType]:
    name = " ".join(part for part in (one.prenom, one.nom) if part) or one.personne
    waits = "" if one.inscrit else " (attend une séance)"
    yield Prose(f"- {name}{waits}{f' : {dit(one.motif)}' if one.motif else ''}")
    yield Prose(f"  {one.personne}{f', saisine {one.saisine}' if one.saisine else ''}", "dim")
    if one.question:
        yield Prose(f"  Question : {one.question}")
    if one.decision:
        yield Prose(f"  {decision(one.decision, dit)}")


def convened(one: Convocation) -> Iterable[RenderableType]:
    state = f" ({words.ETATS[one.etat]})" if one.etat else ""
    yield Prose(f"- {one.qui}{state}")
    yield Prose(f"  {' ; '.join(one.raisons)}", "dim")


def heads(read: Agenda) -> Iterable[RenderableType]:
    session = read.seance
    where = f", {session.lieu}" if session.lieu else ""
    yield Prose(f"{read.nom}, {long_date(session.date)}{where} ({words.ETAPES[session.etape]})")
    quorum = read.quorum
    yield Prose(words.quorum(quorum.etat, quorum.requis, quorum.presents))


def agenda(view: VueAgenda) -> RenderableType:
    read = view.agenda
    lines = [*heads(read), heading("Les situations")]
    for one in read.cas:
        lines += case(one, view.libelle)
    if not read.cas:
        lines.append(Text("Aucune situation que ce rôle voie."))
    lines.append(heading("Qui est convié, et pourquoi"))
    for someone in read.convocations:
        lines += convened(someone)
    return Group(*lines)


def presences(read: Agenda) -> RenderableType:
    lines = [*heads(read), heading("Qui est convié")]
    for someone in read.convocations:
        lines += convened(someone)
    return Group(*lines)


def told(number: int | None) -> str:
    return "trop peu pour être dit" if number is None else str(number)


def came(title: str, counted: PresencesComptees) -> str:
    rate = "" if counted.taux is None else f", soit {percent(counted.taux)}"
    return f"{title} : {told(counted.presents)} sur {told(counted.convies)}{rate}"


def participation(found: Participation, dit: Say) -> RenderableType:
    lines: list[RenderableType] = [
        Prose(f"Du {short_date(found.du)} au {short_date(found.au)}"),
        Prose(count(found.seances, "séance tenue", "séances tenues")),
    ]
    if found.seances_sans_presence:
        silent = count(found.seances_sans_presence, "séance", "séances")
        lines.append(Prose(f"  dont {silent} sans présence notée"))
    lines += [
        Prose(came("Partenaires présents", found.partenaires)),
        Prose(came("Personnes présentes", found.personnes)),
        Prose(f"Situations étudiées{FIXED}: {told(found.situations_etudiees)}"),
        Prose(f"Réorientations{FIXED}: {told(found.reorientations)}"),
    ]
    if found.manques:
        lines.append(heading("Ce que l'offre n'a pas"))
        lines += [Prose(f"- {dit(one.code)} : {told(one.effectif)}") for one in found.manques]
    return Group(*lines)
