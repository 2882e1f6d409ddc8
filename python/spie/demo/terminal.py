"""The demonstration as the terminal shows it."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie import formatting
from spie.convention import EtatDesDepenses
from spie.demo.convention import CONVENTION, Demonstration, Person
from spie.demo.dossier import AFTER, BEFORE, MONTHS, PEOPLE, Dossiers
from spie.demo.pas import path
from spie.demo.pas_passeport import passport
from spie.droits import VueSituation
from spie.imports import Rapport
from spie.terminal import convention as terminal_convention
from spie.terminal import dossier as terminal_dossier
from spie.terminal.blocks import Prose, coloured, heading, table
from spie.terminal.findings import case_results, findings

SHOWN = (
    "identite.nom", "identite.prenom", "identite.date_naissance", "adresse.commune",
    "droits_devoirs.", "foyer.droit_rsa.etat", "foyer.situation_familiale.", "inscription.categorie",
    "situation_professionnelle.", "niveau_formation.", "referent.referent_unique.professionnel",
)  # fmt: skip
"""The facts of a view that the terminal shows, by the beginning of their paths."""


def rendered(shown: Demonstration) -> RenderableType:
    """The demonstration as the terminal shows it."""
    pack, etat = shown.pack, shown.etat
    parts: list[RenderableType] = [
        Text("La convention de Seine-et-Marne, calculée et expliquée", style="bold"),
        Text(
            "La convention est réelle. Le registre, les versements et les personnes sont inventés.",
            "dim",
        ),
        heading("1. Le pack de règles"),
        findings(pack, shown.findings, only_errors=True),
        case_results(shown.cases),
        heading("2. Le budget (annexe C)"),
        terminal_convention.budget(shown.budget),
        heading("3. L'état des dépenses, sur un registre inventé"),
        terminal_convention.reading(shown.ledger.lecture),
        terminal_convention.statement(etat, lines=False),
        Text("Ce qui n'est pas retenu en entier", style="bold"),
        terminal_convention.statement_lines(etat, only_cut=True),
        Prose(over_the_cap(etat)),
        heading("4. L'entrée de douze personnes inventées"),
        entries(shown.personnes),
        Text(f"Expliqué en entier : {shown.expliquee.nom}", style="bold"),
        Padding(Prose(shown.expliquee.resultat.explain()), (0, 0, 0, 2)),
        heading("5. Un département inventé : ses fichiers, un dossier"),
        *dossiers(shown.dossiers),
        heading("6. Un parcours, du premier référent au carnet de bord"),
        *path(shown.parcours, pack),
        heading("7. Le passeport de compétences, et un badge"),
        *passport(shown.parcours.passeport),
        heading("Et maintenant"),
        next_steps(),
        heading("Les pages"),
        Text(f"{shown.report}\n{shown.report.with_name('etat-des-depenses.html')}, à imprimer"),
        Text("\n".join(map(str, shown.pages))),
    ]
    return Group(*parts)


def over_the_cap(etat: EtatDesDepenses) -> str:
    """One sentence on the cap: how it stands."""
    if etat.frais_generaux_ecartes == Decimal(0):
        return "Les frais généraux et de mission restent sous leur plafond."
    costs, cap, excess = (
        formatting.euros(one)
        for one in (etat.frais_generaux, etat.plafond_frais_generaux, etat.frais_generaux_ecartes)
    )
    return (
        f"Les frais généraux et de mission ({costs}) dépassent leur plafond ({cap}) : "
        f"{excess} sont écartés, en commençant par les dernières lignes."
    )


def entries(personnes: list[Person]) -> RenderableType:
    made = table("Personne", "Situation", "Entrée", "Axes", "Ce qui manque")
    for one in personnes:
        missing = ", ".join(one.resultat.missing) or "—"
        made.add_row(
            one.nom,
            one.situation,
            coloured(one.conclusion, one.resultat),
            formatting.value(one.part("axes_ouverts")),
            missing,
        )
    return made


def next_steps() -> RenderableType:
    steps = [
        ("Lire la table qui juge une dépense", f"spie pack show {CONVENTION} verdict_depense"),
        ("Voir les faits que l'entrée demande", f"spie pack facts {CONVENTION} entree"),
        (
            "Passer votre registre",
            f"spie convention etat {CONVENTION} REGISTRE.csv --at 2023-12-31 --html etat.html",
        ),
        (
            "Inventer un département, lire ses fichiers, jouer ses vies",
            "spie synthetique --personnes 500 --graine 7 --vers invente",
        ),
        (
            "Dessiner l'image d'un badge",
            "spie badge dessiner --categorie langue --titre Lingala --vers image.svg",
        ),
        ("Essayer une expression FEEL", 'spie feel \'date("2024-01-31") + duration("P1M")\''),
        ("Tout le reste", "spie --help"),
    ]
    return Group(*(Text.assemble(what, (f"\n    {line}", "cyan")) for what, line in steps))


def account(reports: list[Rapport]) -> RenderableType:
    made = table(
        "Fichier", ("Reçus", "right"), ("Refusés", "right"), ("Dossiers nouveaux", "right"),
        ("rattachés", "right"), ("doublons proposés", "right"), ("Événements", "right"),
    )  # fmt: skip
    for one in reports:
        raw = one.to_dict()
        keys = ("dossiers_nouveaux", "dossiers_rattaches", "doublons_proposes", "evenements")
        made.add_row(
            one.fichier, str(one.recus), str(one.refuses_total), *(str(raw[key]) for key in keys)
        )
    return made


def short(view: VueSituation) -> RenderableType:
    """Some facts of a view, and how many others it has."""
    found = [one for one in view.situation.faits if one.chemin.startswith(SHOWN)]
    made = table("Fait", "Valeur", "Source", "Depuis")
    for one in found:
        source = "montré par grandes classes" if one.grossi else one.source
        day = formatting.short_date(one.debut)
        made.add_row(one.chemin, formatting.value(one.valeur), source, day)
    return Group(made, Text(f"… et {len(view.situation.faits) - len(found)} autres faits", "dim"))


def dossiers(shown: Dossiers) -> list[RenderableType]:
    return [
        Text(
            f"{PEOPLE} adultes inventés, en {MONTHS[0]:%m/%Y} et {MONTHS[1]:%m/%Y}, dans les formats "
            "de la CAF, de la MSA, de France Travail et du carnet de bord."
        ),
        account(shown.rapports),
        Text(
            f"{shown.dossiers} dossiers, {shown.foyers} foyers. Le journal est "
            + ("intact." if shown.intact else "altéré.")
        ),
        Text(f"Un dossier au {BEFORE:%d/%m/%Y}, tel qu'on le connaissait ce jour-là", "bold"),
        short(shown.vue_avant),
        Text(f"Le même au {AFTER:%d/%m/%Y}, pour sa référente", "bold"),
        short(shown.vue_apres),
        Text("Le même, pour qui pilote la convention", "bold"),
        short(shown.vue_pilote),
        terminal_dossier.held_back(shown.vue_pilote.retenues),
    ]
