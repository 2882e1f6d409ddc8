"""What the commands of dossiers print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import formatting
from spie.dossier import Difference, Dire, Evenement, Parole, Situation, Verification
from spie.droits import Retenue
from spie.imports import Rapport, Refus
from spie.terminal import finding, heading, pairs, table

REASONS = {
    "source_unique": "seule source",
    "accord": "les sources s'accordent",
    "ordre_des_sources": "ordre des sources",
    "fraicheur": "les autres sont trop anciennes",
    "effet_le_plus_recent": "effet le plus récent",
    "dernier_enregistre": "enregistré en dernier",
}


def _shown(said: Dire | None) -> str:
    return "—" if said is None else formatting.value(said.valeur)


def _origin(said: Dire) -> str:
    return f"{said.source}, {said.auteur}" if said.auteur else said.source


def situation(found: Situation, retenues: Sequence[Retenue] = ()) -> Group:
    """What is shown; what is not is told from the rules, whether the store holds it or not."""
    hidden = any(one.objet in ("foyer", "dossier") for one in retenues)
    nothing = "Aucun fait montré à cette date." if retenues else "Aucun fait à cette date."
    head = [
        ("Dossier", found.dossier),
        ("Au", formatting.long_date(found.au)),
        ("Foyer", found.foyer or ("non montré" if hidden else "inconnu")),
        ("Fusionnés", ", ".join(found.absorbes) or "aucun"),
    ]
    made = table("Fait", "Valeur", "Depuis", "Source", "Pourquoi")
    for fait in found.faits:
        made.add_row(
            fait.chemin,
            formatting.value(fait.valeur),
            formatting.short_date(fait.debut),
            _origin(fait) + (" (corrigé)" if fait.corrige else ""),
            REASONS.get(fait.raison, fait.raison),
        )
        for other in fait.autres:
            made.add_row(
                "",
                Text(f"sinon {formatting.value(other.valeur)}", style="yellow"),
                formatting.short_date(other.debut),
                _origin(other),
                "",
            )
    return Group(pairs(head), made if found.faits else Text(nothing))


def held_back(retenues: Sequence[Retenue]) -> Group:
    """What the rules of rights hold back, and why."""
    if not retenues:
        return Group()
    lines = [
        Text(f"- {one.titre} : {one.texte}", style="dim")
        for one in retenues
        if one.objet != "chemin"
    ]
    return Group(heading("Ce qui n'est pas montré"), *lines)


def history(said: Sequence[Parole], retenues: Sequence[Retenue] = ()) -> RenderableType:
    if not said:
        closed = next((one for one in retenues if one.objet == "chemin"), None)
        if closed is not None:
            return Text(f"{closed.titre} : {closed.texte}.")
        rest = ", de ce qui est montré" if retenues else ""
        return Text(f"Rien n'en a jamais été dit{rest}.")
    made = table("Enregistré", "Valeur", "Effet", "Source", "Événement", "")
    for one in said:
        state = (
            f"corrigé par {one.corrige_par}"
            if one.corrige_par
            else "import non clos, ne compte pas"
            if not one.compte
            else ""
        )
        effect = formatting.short_date(one.debut)
        if one.fin:
            effect += f" au {formatting.short_date(one.fin)} exclu"
        made.add_row(
            "" if one.enregistre is None else f"{one.enregistre:%d/%m/%Y %H:%M}",
            "retiré" if one.type == "retrait" else _shown(one),
            effect,
            _origin(one),
            one.evenement,
            Text(state, style="yellow"),
        )
    return made


def differences(found: Sequence[Difference], retenues: Sequence[Retenue] = ()) -> RenderableType:
    if not found:
        return Text("Rien ne change dans ce qui est montré." if retenues else "Rien ne change.")
    made = table("Fait", "Avant", "Après")
    for one in found:
        made.add_row(one.chemin, _shown(one.avant), _shown(one.apres))
    return made


def duplicates(found: Sequence[dict[str, Any]]) -> RenderableType:
    if not found:
        return Text("Aucun doublon proposé que l'on puisse voir.")
    made = table("Dossier", "Raisons")
    for one in found:
        made.add_row(one["dossier"], " ; ".join(one["raisons"]))
    return made


def people(found: Iterable[Situation]) -> RenderableType:
    made = table("Dossier", "Nom", "Prénom", "Né le")
    for one in found:
        made.add_row(
            one.dossier,
            *(formatting.value(one.valeur(f"identite.{key}")) for key in ("nom", "prenom")),
            formatting.value(one.valeur("identite.date_naissance")),
        )
    return (
        made if made.row_count else Text("Personne de ce nom parmi les dossiers que ce rôle voit.")
    )


def events(found: Sequence[Evenement], title: str) -> Group:
    """Which they are, and not what they say: nobody was asked whether it may be seen."""
    made = table("Événement", "Type", "Enregistré", "Auteur")
    for one in found:
        made.add_row(one.id, one.type, f"{one.enregistre:%d/%m/%Y %H:%M}", one.auteur)
    return Group(Text(title), made)


# What the journal of accesses is to the store.
PLACES = {
    "connu": "Le journal des accès est celui que la base connaît.",
    "premier": "La base ne connaît pas encore de journal des accès.",
    "aucun": "Il n'y a pas de journal des accès : personne n'a demandé à voir un dossier.",
    "absent": "Le journal des accès que la base connaît n'est pas là ; le nommer par --acces.",
    "autre": "Ce journal des accès n'est pas celui que la base connaît, mais un autre.",
    "nouveau": "Ce journal des accès est nouveau : celui que la base connaît n'est plus là.",
}


def _chain(
    what: str, intact: bool, numbers: list[tuple[str, str]], head: Any
) -> list[RenderableType]:
    return [
        Text(
            f"{what} est intact." if intact else f"{what} n'est pas intact.",
            style="green" if intact else "red",
        ),
        pairs([*numbers, ("Tête", f"{head['maillon']}  (n° {head['seq']})")]),
    ]


def verification(proof: Verification, accesses: Mapping[str, Any]) -> Group:
    numbers = [("Événements", str(proof.evenements)), ("Effacés", str(proof.effaces))]
    lines = [
        *_chain("Le journal", proof.intact, numbers, vars(proof.tete)),
        *(finding(one) for one in proof.constats),
    ]
    if "tete" in accesses:
        count = [("Entrées", str(accesses["entrees"]))]
        lines += _chain("Le journal des accès", accesses["intact"], count, accesses["tete"])
    lines.append(Text(PLACES[accesses["place"]], style="" if accesses["intact"] else "red"))
    lines += [finding(one) for one in accesses["constats"]]
    if proof.tete_trouvee is None:
        lines.append(
            Text("Sans tête notée ailleurs (--tete), une fin coupée ne se voit pas.", style="dim")
        )
    return Group(*lines)


def clocks(found: Mapping[str, Mapping[str, Any]]) -> Group:
    lines: list[RenderableType] = []
    for name, one in found.items():
        what = "La base" if name == "base" else "Le journal des accès"
        last = one["dernier_instant"] or "aucun"
        if one["reprise"] is not None:
            range_ = f"n° {one['reprise']['du']} à {one['reprise']['au']}"
            said = f"{what} repart de {one['reprise']['instant']} ; en avance : {range_}."
        elif one["en_avance"]:
            said = f"{what} est en avance : son dernier instant est {last} ; --reprendre en repart."
        else:
            said = f"{what} est à l'heure : son dernier instant est {last}."
        lines.append(Text(said, style="red" if one["en_avance"] and one["reprise"] is None else ""))
    return Group(*lines)


def _faults(title: str, found: Sequence[Refus], total: int, most: int = 20) -> list[RenderableType]:
    if not total:
        return []
    made = table("Place", "Champ", "Valeur", "Motif", "Que faire")
    for one in found[:most]:
        made.add_row(
            one.place,
            one.champ,
            one.valeur,
            f"{one.code} {one.motif}",
            Text(one.remede, style="dim"),
        )
    lines: list[RenderableType] = [heading(title), made]
    if total > most:
        lines.append(Text(f"… et {total - most} autres (--json en donne mille).", style="dim"))
    return lines


def imported(rapport: Rapport) -> Group:
    if rapport.clos:
        state = Text("Import clos : ce qui a été lu compte.", style="green")
    else:
        state = Text("Import non clos : rien de ce fichier ne compte.", style="red")
    if rapport.deja_lu:
        state.append("  Ce fichier avait déjà été lu.", style="yellow")
    units = formatting.count(rapport.recus, rapport.unite)
    counts = [
        ("Fichier", f"{rapport.fichier} ({rapport.format})"),
        ("Date des faits", formatting.long_date(rapport.date_reference)),
        ("Reçus", units),
        ("Lus", str(rapport.lus)),
        ("Refusés", str(rapport.refuses_total)),
        ("Faits", str(rapport.faits)),
        ("Événements", str(rapport.evenements)),
        ("Dossiers nouveaux", str(rapport.dossiers_nouveaux)),
        ("Dossiers rattachés", str(rapport.dossiers_rattaches)),
        ("Doublons proposés", str(rapport.doublons_proposes)),
        ("Absents", str(rapport.absents)),
    ]
    return Group(
        state,
        pairs(counts),
        *_faults("Fautes", rapport.refuses, rapport.fautes),
        *_faults("Avertissements", rapport.avertissements, rapport.avertissements_total),
        Text.assemble("\nTête à noter ailleurs : ", (rapport.tete.maillon, "bold")),
    )
