"""The ROME, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from spie.formatting import THIN, count
from spie.rome import ComparaisonRome, EntreeRome, FicheRome, LectureRome, RechercheRome, RefusRome
from spie.terminal.blocks import Prose, heading, pairs, sentence, table

NATURES = {
    "macro_savoir_etre": "savoir-être",
    "macro_savoir_faire": "macro savoir-faire",
    "competence": "compétence",
    "savoir": "savoir",
    "metier": "métier",
    "appellation": "appellation",
}
CONTENUS = {
    "competences": "compétences",
    "savoirs": "savoirs",
    "metiers": "métiers",
    "appellations": "appellations",
    "liens": "liens",
    "coeur_metier": "cœurs de métier",
}
ETATS = {
    "change": "changés",
    "disparu": "disparus",
    "incomparable": "que l’on ne peut pas comparer",
}
SHOWN = 20  # faults of a reading


def recherche(found: RechercheRome) -> RenderableType:
    parts: list[RenderableType] = []
    if found.inconnus:
        words = ", ".join(one.lower() for one in found.inconnus)
        parts.append(Prose(f"Rien n’y a{THIN}: {words}.", "attention"))
    if not found.total:
        parts.append(Prose(f"Aucune entrée de la version {found.version}."))
        return Group(*parts)
    if found.mots_trouves < found.mots:
        parts.append(
            Prose(
                f"Rien n’a tous les mots{THIN}: voici ce qui en a {found.mots_trouves} "
                f"sur {found.mots}.",
                "attention",
            )
        )
    if found.entrees:
        rows = table("Code", "Nature", "Libellé")
        for one in found.entrees:
            rows.add_row(one.code, NATURES[one.nature], one.libelle)
        parts.append(rows)
    shown = len(found.entrees)
    left = f", {count(shown, 'montrée', 'montrées')}" if shown < found.total else ""
    parts.append(
        Prose(f"{count(found.total, 'entrée', 'entrées')}{left}, version {found.version}.")
    )
    return Group(*parts)


def entree(one: EntreeRome) -> RenderableType:
    said = {
        "Nature": NATURES[one.nature],
        "Version": one.version,
        "Libellé court": one.libelle_court if one.libelle_court != one.libelle else None,
        "Définition": one.definition,
        "Macro-compétence": one.macro,
        "Place": one.code_macro,
        "Catégorie": one.categorie,
        "Sous-catégorie": one.sous_categorie,
        "Transition écologique": one.transition_eco,
        "Transition numérique": one.transition_num,
        "Métier": one.metier,
        "Métier parent": one.parent if one.parent != one.code else None,
        "Code OGR": one.code_ogr,
    }
    return Group(
        heading(f"{one.code}  {one.libelle}"),
        pairs((name, Prose(text)) for name, text in said.items() if text),
    )


def fiches(found: Sequence[FicheRome], code: str, version: str) -> RenderableType:
    if not found:
        return Prose(f"Aucune entrée de code {code} dans la version {version}.")
    parts: list[RenderableType] = []
    for one in found:
        parts.append(entree(one.entree))
        if one.liens:
            rows = table("Code", "Nature", "Libellé", "Cœur de métier")
            for link in one.liens:
                rows.add_row(link.code, NATURES[link.nature], link.libelle, link.coeur_metier or "")
            parts.append(rows)
    return Group(*parts)


def lecture(read: LectureRome) -> RenderableType:
    rows = table(
        "Fichier", ("Reçues", "right"), ("Lues", "right"), ("Refusées", "right"),
        ("Hors objet", "right"),
    )  # fmt: skip
    for one in read.fichiers:
        rows.add_row(
            CONTENUS[one.contenu],
            str(one.recus),
            str(one.lus),
            str(one.refuses_total),
            str(one.hors_objet),
        )
    parts: list[RenderableType] = [heading(f"ROME, version {read.version}"), rows]
    parts += [
        Prose(f"{sentence(NATURES[nature])}{THIN}: {number}")
        for nature, number in read.natures.items()
    ]
    if read.absents:
        absent = ", ".join(CONTENUS[one] for one in read.absents)
        parts.append(Prose(f"Non donnés{THIN}: {absent}.", "attention"))
    parts += _faults("Refusé", read.refuses, read.fautes)
    parts += _faults("À vérifier", read.avertissements, read.avertissements_total)
    return Group(*parts)


def _faults(title: str, faults: Sequence[RefusRome], total: int) -> list[RenderableType]:
    if not total:
        return []
    parts: list[RenderableType] = [heading(f"{title}{THIN}: {total}")]
    for one in faults[:SHOWN]:
        place = f"{one.fichier}:{one.ligne}" if one.ligne else one.fichier
        where = ", ".join(part for part in (place, one.champ) if part)
        value = f" «{THIN}{one.valeur}{THIN}»" if one.valeur else ""
        parts.append(Prose(f"{where}{value}", "attention"))
        parts.append(Prose(f"  {one.motif}. {one.remede}", "dim"))
    if total > SHOWN:
        parts.append(Prose("Les autres se lisent avec --json.", "dim"))
    return parts


def comparaison(found: ComparaisonRome) -> RenderableType:
    same = count(found.inchanges, "inchangé", "inchangés")
    parts: list[RenderableType] = [
        heading(
            f"{count(found.examines, 'code examiné', 'codes examinés')}, {same} "
            f"dans la version {found.version}"
        )
    ]
    for etat, title in ETATS.items():
        held = [one for one in found.references if one.etat == etat]
        if not held:
            continue
        parts.append(Text(f"\n{sentence(title)}{THIN}: {len(held)}", style="bold"))
        for one in held:
            name = one.reference.libelle or one.libelle or ""
            parts.append(Prose(f"- {one.reference.code}  {name}".rstrip()))
            parts.append(Prose(f"  {one.phrase}", "dim"))
    return Group(*parts)
