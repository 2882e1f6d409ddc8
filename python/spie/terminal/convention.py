"""The money: budget, ledger, statement of expenses, control, schedule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from spie import formatting
from spie.convention import Budget, CompteRendu, Controle, Echeancier, EtatDesDepenses, Total
from spie.pack import Article, Pack
from spie.terminal.blocks import Prose, coloured, pairs, sentence, table
from spie.terminal.findings import finding


def budget(one: Budget) -> Group:
    made = table("Action", ("Euros", "right"))
    for line in one.lignes:
        made.add_row(line.libelle, formatting.amount(line.montant))
        for detail in line.detail:
            text = f"  {detail.libelle}"
            if detail.calcul:
                calc = detail.calcul
                factors = [formatting.value(calc.quantite), formatting.euros(calc.prix_unitaire)]
                factors.append(formatting.value(calc.periodes))
                text += f"\n  {' × '.join(factors)} = {formatting.euros(calc.attendu)}"
            made.add_row(Text(text, style="dim"), Text(formatting.amount(detail.montant), "dim"))
    made.add_section()
    made.add_row(Text("Total", "bold"), Text(formatting.amount(one.total), "bold"))
    written = one.total != one.total_ecrit
    for name, total in one.totaux.items():
        if name != "total" or written:
            words = sentence(one.libelle(name)) + (" (écrit)" if written else "")
            made.add_row(words, formatting.amount(total))
    notes = [
        Prose(f"Écart relevé : {finding.message} ({finding.lieu})", "attention")
        for finding in one.constats
    ]
    return Group(made, *notes)


def reading(one: CompteRendu) -> Group:
    parts: list[RenderableType] = [
        Text(
            f"{one.fichier} : {formatting.count(one.recus, 'ligne reçue', 'lignes reçues')}, "
            f"{formatting.count(one.lus, 'lue', 'lues')}, "
            f"{formatting.count(one.refuses_total, 'refusée', 'refusées')}."
        )
    ]
    for refusal in one.refuses:
        text = Text.assemble(
            (f"  {refusal.diagnostic.lieu}", "attention"), f"  {refusal.diagnostic.message}"
        )
        if refusal.valeur:
            text.append(f"  [{refusal.valeur}]", style="dim")
        if refusal.diagnostic.remedy:
            text.append(f"\n    → {refusal.diagnostic.remedy}", style="dim")
        parts.append(text)
    if one.fautes_non_detaillees:
        parts.append(Text(f"  … et {formatting.count(one.fautes_non_detaillees, 'autre faute')}."))
    parts += [finding(warning) for warning in one.avertissements]
    return Group(*parts)


def statement(one: EtatDesDepenses, *, lines: bool = True, pack: Pack | None = None) -> Group:
    due = {True: "exigible", False: "pas encore exigible", None: "exigibilité inconnue"}
    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column()
    made.add_column(justify="right", no_wrap=True)
    made.add_column(style="dim")
    enough = {True: "suffisant", False: "insuffisant", None: ""}[one.autofinancement_suffisant]
    why = {motif.champ: motif.motif for motif in one.motifs}
    back = f"{formatting.euros(one.rembourse)} de remboursements déduits" if one.rembourse else ""
    rows = [
        ("Coût total", one.cout_total, "lignes de la période"),
        ("Dépenses éligibles", one.depenses_eligibles, ""),
        ("Montant écarté", one.montant_ecarte, ""),
        ("Montant indéterminé", one.montant_indetermine, ""),
        ("Frais généraux et de mission", one.frais_generaux, "avant plafond"),
        ("Plafond de ces frais", one.plafond_frais_generaux, ""),
        ("Frais au-dessus du plafond", one.frais_generaux_ecartes, "écartés"),
        ("Part de l'État", one.part_etat, why.get("part_etat", "")),
        ("Autres subventions de l'État", one.autres_subventions_etat, ""),
        ("Autofinancement", one.autofinancement, enough),
        ("Versé", one.verse, back),
        ("Solde", one.solde, due[one.solde_exigible]),
        ("Trop-perçu", one.trop_percu, due[one.trop_percu_exigible] if one.trop_percu else ""),
    ]
    for name, value, note in rows:
        made.add_row(name, formatting.euros(value), note)
    parts: list[RenderableType] = [
        Text(f"État des dépenses au {formatting.long_date(one.date)}", style="bold"), made,
        totals(one.par_action, one.total, "Action", with_budget=True),
        totals(one.par_nature, one.total, "Nature", with_budget=False),
    ]  # fmt: skip
    parts += [
        Prose(formatting.overrun(total.libelle, total.ecart), "attention")
        for total in one.par_action
        if total.depasse
    ]
    if lines:
        parts.append(statement_lines(one))
    if one.premier_versement is not None:
        first = f"Premier versement prévu : {formatting.euros(one.premier_versement)}"
        said = why.get("premier_versement", "")
        parts.append(Prose(f"{first}{f' ({said})' if said else '.'}"))
    parts += [
        Prose(f"Écart relevé au budget : {found.message} ({found.lieu})", "attention")
        for found in one.constats
    ]
    if one.autres_lectures:
        parts.append(other_readings(one, pack))
    for gap in one.manques:
        parts.append(
            Text(f"Reste ouvert : {one.libelle(gap.champ)}, faute de {', '.join(gap.faits)}.")
        )
    if one.lignes_posterieures:
        left = formatting.count(one.lignes_posterieures, "ligne postérieure", "lignes postérieures")
        parts.append(Text(f"{left} à l'état, hors des montants.", style="dim"))
    return Group(*parts, *left_out(one))


def other_readings(one: EtatDesDepenses, pack: Pack | None) -> Table:
    titles = {parameter.nom: parameter.titre for parameter in pack.parameters} if pack else {}
    made = table(
        "Autre lecture du texte", "Ici", "Sinon", ("Part de l'État", "right"), ("Solde", "right")
    )
    for reading in one.autres_lectures:
        made.add_row(
            titles.get(reading.parametre, reading.parametre),
            formatting.value(reading.valeur),
            formatting.value(reading.autre),
            formatting.amount(reading.part_etat),
            formatting.amount(reading.solde),
        )
    return made


def left_out(one: EtatDesDepenses | Controle) -> list[Text]:
    """What the amounts are without: the lines and the payments that could not be read."""
    counts = [
        formatting.count(number, *words)
        for number, words in (
            (one.lignes_refusees, ("ligne refusée", "lignes refusées")),
            (one.versements_refuses, ("versement refusé", "versements refusés")),
        )
        if number
    ]
    return [Text(f"{', '.join(counts)}, hors des montants.", "attention")] if counts else []


def totals(lines: Sequence[Total], total: Total, title: str, *, with_budget: bool) -> Table:
    names = ["Budget"] if with_budget else []
    names += ["Montant", "Retenu", "Écarté", "Indéterminé"]
    made = table(title, ("Lignes", "right"), *((name, "right") for name in names))

    def row(one: Total, name: str, style: str = "") -> None:
        amounts = [one.budget] if with_budget else []
        amounts += [one.montant, one.retenu, one.ecarte, one.indetermine]
        cells = [str(one.lignes), *(formatting.amount(value) for value in amounts)]
        made.add_row(Text(name, style), *(Text(cell, style) for cell in cells))

    for one in lines:
        row(one, one.libelle or formatting.label(one.code))
    made.add_section()
    row(total, "Total", "bold")
    return made


def statement_lines(one: EtatDesDepenses, *, only_cut: bool = False) -> Table:
    made = table(
        "Date", "N°", "Libellé", ("Montant", "right"), "Verdict", ("Retenu", "right"), "Motif"
    )
    made.columns[0].no_wrap = made.columns[1].no_wrap = made.columns[4].no_wrap = True
    for line in one.lignes:
        if only_cut and line.verdict == "retenue" and line.retenu == line.montant:
            continue
        motif = Text(
            "" if line.verdict == "retenue" and line.retenu == line.montant else line.motif
        )
        for flag in line.drapeaux:
            motif.append(f"{' ' if motif.plain else ''}[{one.libelle(flag)}]", style=one.ton(flag))
        made.add_row(
            formatting.short_date(line.date),
            line.id,
            line.libelle,
            formatting.amount(line.montant),
            coloured(line.verdict, one),
            formatting.amount(line.retenu),
            motif,
        )
    return made


def control(one: Controle) -> Group:
    which = "à l'issue de la convention" if one.final else f"année {one.annee}"
    beyond: list[tuple[str, Any]] = []
    if one.depassement_maximum:
        amount = formatting.euros(one.depassement_maximum)
        beyond = [
            ("Au-delà du maximum", Text(amount, "defavorable")),
            ("", f"{one.motif_depassement} ({one.article_depassement})"),
        ]
    chosen = [
        ("Paramètre choisi", f"{use.nom} = {formatting.value(use.valeur)}")
        for use in one.parametres
    ]
    made = pairs(
        [
            ("Contrôle", f"{which}, au {formatting.long_date(one.date)}"),
            ("Versé", formatting.euros(one.verse)),
            ("Coût réalisé", formatting.euros(one.cout_realise)),
            (
                "Conforme",
                Text(
                    formatting.yes_no(one.conforme), "favorable" if one.conforme else "defavorable"
                ),
            ),
            ("Excédent", formatting.euros(one.excedent)),
            ("Motif", f"{one.motif} ({one.article})"),
            *beyond,
            *chosen,
        ]
    )
    return Group(made, *left_out(one))


def schedule(one: Echeancier, articles: Sequence[Article] = ()) -> Group:
    titles = {article.id: article.titre for article in articles}
    made = table("Date", "Ce qui est dû", "Par", "État", "Article")
    made.columns[0].no_wrap = True
    for duty in one.echeances:
        when = formatting.short_date(duty.date) if duty.date else "—"
        what = Text(duty.libelle)
        more = [part for part in (duty.recurrence, duty.declencheur, duty.condition) if part]
        if duty.manquants:
            more.append("manque : " + ", ".join(duty.manquants))
        if more:
            what.append("\n" + " ; ".join(more), style="dim")
        made.add_row(
            when, what, one.libelle(duty.debiteur), coloured(duty.etat, one),
            titles.get(duty.article, duty.article),
        )  # fmt: skip
    return Group(Text(f"Échéancier au {formatting.long_date(one.date)}", style="bold"), made)
