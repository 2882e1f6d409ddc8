"""What the commands of the persons' rights print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import formatting
from spie.conservation import Cellule, EcheanceDonnees, Effaces
from spie.dossier import Effacement
from spie.droits import AccesPersonne, Inscrit
from spie.terminal import listes as terminal_listes
from spie.terminal.blocks import Prose, heading, pairs, table
from spie.terminal.passeport import survivances
from spie.words import clair


def accesses(found: Sequence[dict[str, Any]]) -> RenderableType:
    if not found:
        return Text("Personne n'a demandé à le voir depuis que le journal des accès est gardé.")
    made = table("Instant", "Acteur", "Structure", "Rôle", "Finalité", "Opération")
    for one in found:
        made.add_row(
            one["instant"],
            one["acteur"],
            one["structure"] or "",
            Text(f"demande refusée ({one['refus']})", style="attention")
            if one.get("refus")
            else one["role"] or Text("aucun : rien n'a été montré", style="dim"),
            one["finalite"],
            one["operation"],
        )
    return made


def right_of_access(found: AccesPersonne) -> Group:
    held = found.raw
    facts = table("Fait", "Valeur", "Depuis", "D'après")
    for _, groups in clair.Page(held, found.words).rubriques():
        for group in groups:
            for one in group.lignes:
                facts.add_row(
                    clair.texte([*group.titre, *one.titre], " : "),
                    clair.texte(one.valeur, ", "),
                    one.depuis,
                    "résumé" if one.resume else one.source,
                )
    sources = table("Source", ("Événements", "right"), "Du", "Au")
    for one in held["sources"]:
        sources.add_row(
            clair.source(one["source"]),
            formatting.value(one["evenements"]),
            formatting.short_date(one["premier"]),
            formatting.short_date(one["dernier"]),
        )
    return Group(
        pairs([("Dossier", held["dossier"]), ("Au", formatting.long_date(held["au"]))]),
        facts,
        heading("D'où viennent ces faits"),
        sources,
        heading("Qui a consulté ce dossier"),
        accesses(held["acces"]),
        Text("--html et --json donnent aussi tout ce qui a été enregistré.", style="dim"),
    )


def deadlines(
    found: Sequence[EcheanceDonnees], names: Mapping[str, Inscrit] | None = None
) -> RenderableType:
    if not found:
        return Text("Aucun dossier à annoncer ni à effacer.")
    shown: list[RenderableType] = []
    for one in found:
        named = (names or {}).get(one.personne)
        shown.append(
            Prose(f"{terminal_listes.named(named)}  {one.personne}" if named else one.personne)
        )
        contact = formatting.short_date(one.dernier_contact)
        text = f"  {formatting.label(one.etat)} ; dernier contact {contact}, gardé jusqu'au "
        text += formatting.short_date(one.fin)
        if one.prevenu_le:
            text += f", prévenu le {formatting.short_date(one.prevenu_le)}"
        shown.append(Prose(text, "dim"))
    states = Counter(formatting.label(one.etat) for one in found)
    total = ", ".join(f"{number} {state}" for state, number in states.items())
    return Group(*shown, Text(f"\n{formatting.count(len(found), 'dossier')} : {total}.", "bold"))


def erased(done: Effaces) -> Iterable[RenderableType]:
    if not done.personnes:
        return [Text("Aucun dossier à effacer.")]
    shown: list[RenderableType] = [
        Text(f"{formatting.count(done.personnes, 'dossier effacé', 'dossiers effacés')}."),
        *terminal_listes.left_over(done.doublons),
        *(survivances(one) for one in done.passeports),
    ]
    if done.figees:
        return [*shown, heading("Effectifs de qui est effacé, jusqu'ici"), frozen(done.figees)]
    return [
        *shown,
        Prose("Aucun effectif n'est figé : les indicateurs n'en comptaient rien.", "dim"),
    ]


def frozen(cases: Sequence[Cellule]) -> RenderableType:
    if not cases:
        return Text("Aucun effectif n'est figé.")
    made = table(
        "Mesure", "Trimestre", "Tranche d'âge", "Intercommunalité", "Public", ("Effectif", "right")
    )
    for one in cases:
        made.add_row(
            one.mesure, one.trimestre, one.tranche, one.epci, one.public, str(one.effectif)
        )
    return made


def erasures(done: Sequence[Effacement]) -> RenderableType:
    if not done:
        return Text("Aucun effacement.")
    made = table("Jeton", ("Événements", "right"))
    for one in done:
        made.add_row(one.jeton, str(one.evenements))
    return made
