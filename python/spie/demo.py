"""The demonstration: the real convention, an invented ledger, invented people and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from spie import _core, convention, demo_dossier, formatting, packs, terminal
from spie.errors import Diagnostic
from spie.pack import CaseResult, Pack, PackResult
from spie.pages import render

CONVENTION = "seine-et-marne-2022-2023"
CLOSED = date(2023, 12, 31)  # what the reports are closed at (article 3.2)
LATER = date(2024, 4, 1)  # the day after the reports are due


@dataclass(frozen=True)
class Person:
    nom: str
    situation: str
    faits: dict[str, Any]
    resultat: PackResult

    def part(self, name: str) -> Any:
        """A part of the answer; None while it is not known."""
        value = self.resultat.value
        return value.get(name) if isinstance(value, dict) else None

    @property
    def conclusion(self) -> str:
        return str(self.part("conclusion") or self.resultat.status)


@dataclass(frozen=True)
class Demonstration:
    pack: Pack
    findings: list[Diagnostic]
    cases: list[CaseResult]
    budget: convention.Budget
    ledger: convention.Registre
    etat: convention.EtatDesDepenses
    controles: list[convention.Controle]
    echeancier: convention.Echeancier
    signature: date
    """Supposed: the copy that was published bears no date."""
    personnes: list[Person]
    expliquee: Person
    dossiers: demo_dossier.Dossiers
    report: Path

    @property
    def sound(self) -> bool:
        """No error in the pack, and every case as expected."""
        errors = any(one.level == "error" for one in self.findings)
        return not errors and all(one.passed for one in self.cases) and self.dossiers.intact

    def to_dict(self) -> dict[str, Any]:
        return {
            "pack": self.pack.id,
            "constats": [one.to_dict() for one in self.findings],
            "cas": {"reussis": sum(one.passed for one in self.cases), "total": len(self.cases)},
            "budget": self.budget.to_dict(),
            "etat": self.etat.to_dict(),
            "controles": [one.to_dict() for one in self.controles],
            "echeancier": self.echeancier.to_dict(),
            "personnes": [
                {"nom": one.nom, "statut": one.resultat.status, "valeur": one.resultat.value}
                for one in self.personnes
            ],
            "dossiers": self.dossiers.to_dict(),
            "rapport": str(self.report),
        }


def data() -> Path:
    """The folder of the invented data."""
    return Path(__file__).resolve().parent / "donnees"


def read(name: str) -> Any:
    """The content of one of the invented JSON files."""
    return _core.read_json((data() / name).read_text(encoding="utf-8"), name)


def people(pack: Pack) -> tuple[list[Person], Person]:
    """The invented people, and the one explained in full."""
    file = read("personnes-inventees.json")
    on = date.fromisoformat(file["as_of"])
    found = [
        Person(
            one["nom"], one["situation"], one["faits"],
            pack.evaluate("entree", one["faits"], as_of=on),
        )
        for one in file["personnes"]
    ]  # fmt: skip
    return found, next(one for one in found if one.nom == file["expliquee"])


def run(folder: Path) -> Demonstration:
    """Computes all of it, and writes the report and the statement in the folder."""
    pack = Pack.load(packs.path() / CONVENTION)
    cases = pack.run_cases()
    ledger = convention.read_registre(data() / "registre-invente.csv", pack)
    payments = convention.read_versements(data() / "versements-inventes.csv")
    facts = read("faits.json")
    etat = convention.etat_des_depenses(pack, ledger, payments, facts, at=CLOSED)
    found, explained = people(pack)
    shown = Demonstration(
        pack=pack,
        findings=pack.check(),
        cases=cases,
        budget=convention.budget(pack),
        ledger=ledger,
        etat=etat,
        controles=[
            convention.controle(pack, ledger, payments, annee=year) for year in (2022, 2023)
        ],
        echeancier=convention.echeancier(pack, facts, at=LATER, etat=etat),
        signature=facts["date_signature"],
        personnes=found,
        expliquee=explained,
        dossiers=demo_dossier.run(pack),
        report=folder / "index.html",
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "etat-des-depenses.html").write_text(etat.to_html(pack), encoding="utf-8")
    (folder / "etat-des-depenses.csv").write_bytes(etat.to_csv().encode("utf-8-sig"))
    shown.report.write_text(report(shown), encoding="utf-8")
    return shown


def cut_lines(etat: convention.EtatDesDepenses) -> list[convention.LigneEtat]:
    """The lines that are not retained whole."""
    return [one for one in etat.lignes if one.verdict != "retenue" or one.retenu != one.montant]


def report(shown: Demonstration) -> str:
    levels = [one.level for one in shown.findings]
    return render(
        "rapport.html.j2",
        pack=shown.pack,
        cas=shown.cases,
        reussis=sum(one.passed for one in shown.cases),
        erreurs=levels.count("error"),
        avertissements=levels.count("warning"),
        budget=shown.budget,
        lecture=shown.ledger.lecture,
        etat=shown.etat,
        ecartees=cut_lines(shown.etat),
        controles=shown.controles,
        echeancier=shown.echeancier,
        signature=shown.signature,
        personnes=shown.personnes,
        expliquee=shown.expliquee,
        titres={one.id: one.titre for one in shown.pack.articles},
    )


def rendered(shown: Demonstration) -> RenderableType:
    """The demonstration as the terminal shows it."""
    pack, etat = shown.pack, shown.etat
    parts: list[RenderableType] = [
        Text("La convention de Seine-et-Marne, calculée et expliquée", style="bold"),
        Text(
            "La convention est réelle. Le registre, les versements et les personnes sont inventés.",
            "dim",
        ),
        terminal.heading("1. Le pack de règles"),
        terminal.findings(pack, shown.findings, only_errors=True),
        terminal.case_results(shown.cases),
        terminal.heading("2. Le budget (annexe C)"),
        terminal.budget(shown.budget),
        terminal.heading("3. L'état des dépenses, sur un registre inventé"),
        terminal.reading(shown.ledger.lecture),
        terminal.statement(etat, lines=False),
        Text("Ce qui n'est pas retenu en entier", style="bold"),
        terminal.statement_lines(etat, only_cut=True),
        terminal.Prose(over_the_cap(etat)),
        terminal.heading("4. L'entrée de douze personnes inventées"),
        entries(shown.personnes),
        Text(f"Expliqué en entier : {shown.expliquee.nom}", style="bold"),
        Padding(terminal.Prose(shown.expliquee.resultat.explain()), (0, 0, 0, 2)),
        terminal.heading("5. Un département inventé : ses fichiers, un dossier"),
        *demo_dossier.rendered(shown.dossiers),
        terminal.heading("Le rapport"),
        Text(f"{shown.report}\n{shown.report.with_name('etat-des-depenses.html')}, à imprimer"),
        terminal.heading("Et maintenant"),
        next_steps(),
    ]
    return Group(*parts)


def over_the_cap(etat: convention.EtatDesDepenses) -> str:
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
    made = terminal.table("Personne", "Situation", "Entrée", "Axes", "Ce qui manque")
    for one in personnes:
        missing = ", ".join(one.resultat.missing) or "—"
        made.add_row(
            one.nom,
            one.situation,
            terminal.coloured(one.conclusion),
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
            "Inventer un département, et lire ses fichiers",
            "spie synthetique --personnes 500 --graine 7 --vers invente",
        ),
        ("Essayer une expression FEEL", 'spie feel \'date("2024-01-31") + duration("P1M")\''),
        ("Tout le reste", "spie --help"),
    ]
    return Group(*(Text.assemble(what, (f"\n    {line}", "cyan")) for what, line in steps))
