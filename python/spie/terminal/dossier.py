"""What the commands of dossiers print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from spie import formatting
from spie.dossier import Evenement, Verification
from spie.droits import Retenue
from spie.imports import Rapport, Refus
from spie.terminal.blocks import Prose, heading, pairs, table
from spie.terminal.findings import finding


def held_back(retenues: Sequence[Retenue]) -> Group:
    """What the rules of rights hold back, and why."""
    if not retenues:
        return Group()
    lines = [
        Prose(f"- {one.titre} : {one.texte}", "dim") for one in retenues if one.objet != "chemin"
    ]
    return Group(heading("Ce qui n'est pas montré"), *lines)


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
            style="favorable" if intact else "defavorable",
        ),
        pairs([*numbers, ("Tête", f"{head['maillon']}  (n° {head['seq']})")]),
    ]


def verification(proof: Verification, accesses: Mapping[str, Any]) -> Group:
    numbers = [("Événements", str(proof.evenements)), ("Effacés", str(proof.effaces))]
    lines = [
        *_chain("Le journal", proof.intact, numbers, proof.tete.to_dict()),
        *(finding(one) for one in proof.constats),
    ]
    if "tete" in accesses:
        count = [("Entrées", str(accesses["entrees"]))]
        lines += _chain("Le journal des accès", accesses["intact"], count, accesses["tete"])
    lines.append(Text(PLACES[accesses["place"]], style="" if accesses["intact"] else "defavorable"))
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
        lines.append(
            Text(said, style="defavorable" if one["en_avance"] and one["reprise"] is None else "")
        )
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


def _doubles(rapport: Rapport) -> list[RenderableType]:
    """What --sur-noms would have attached, and where what is only proposed is worked."""
    lines: list[RenderableType] = []
    if attached := getattr(rapport, "sur_noms", 0):
        one = attached == 1
        lines.append(
            Prose(
                f"{formatting.count(attached, 'dossier nouveau a', 'dossiers nouveaux ont')} les "
                f"noms, la date et la commune de naissance d'un dossier qui était là : avec "
                f"--sur-noms, {'il y serait rattaché' if one else 'ils y seraient rattachés'}.",
                "attention",
            )
        )
    for reason, number in getattr(rapport, "doublons_par_raison", {}).items():
        lines.append(
            Prose(
                f"- {formatting.count(number, 'doublon proposé', 'doublons proposés')} : {reason}"
            )
        )
    if rapport.doublons_proposes:
        lines.append(
            Prose("« spie dossier doublons » les liste et les fusionne par raison.", "dim")
        )
    return [heading("Peut-être les mêmes personnes"), *lines] if lines else []


def imported(rapport: Rapport) -> Group:
    if rapport.clos:
        state = Text("Import clos : ce qui a été lu compte.", style="favorable")
    else:
        state = Text("Import non clos : rien de ce fichier ne compte.", style="defavorable")
    if rapport.deja_lu:
        state.append("  Ce fichier avait déjà été lu.", style="attention")
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
        *_doubles(rapport),
        Text.assemble("\nTête à noter ailleurs : ", (rapport.tete.maillon, "bold")),
    )
