"""The demonstration, computed: the real convention, an invented ledger, invented people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from spie import _core, bundled, convention, packs, private
from spie.demo import dossier, parcours
from spie.demo.dossier import Dossiers
from spie.demo.parcours import Parcours
from spie.errors import Diagnostic
from spie.notebook import page
from spie.pack import CaseResult, Pack, PackResult

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
    dossiers: Dossiers
    parcours: Parcours
    report: Path
    pages: list[Path]
    """Those of the path: the diagnostic, the road map, the logbooks."""

    @property
    def sound(self) -> bool:
        """No error in the pack, every case as expected, a journal intact, a badge that alone holds."""
        errors = any(one.level == "error" for one in self.findings)
        passed = all(one.passed for one in self.cases)
        return not errors and passed and self.dossiers.intact and self.parcours.passeport.sound

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
            "parcours": self.parcours.to_dict(),
            "rapport": str(self.report),
            "pages": [str(one) for one in self.pages],
        }


def read(name: str) -> Any:
    """The content of one of the invented JSON files."""
    return _core.read_json((bundled.invented() / name).read_text(encoding="utf-8"), name)


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
    ledger = convention.read_registre(bundled.invented() / "registre-invente.csv", pack)
    payments = convention.read_versements(bundled.invented() / "versements-inventes.csv")
    facts = read("faits.json")
    etat = convention.etat_des_depenses(pack, ledger, payments, facts, at=CLOSED)
    found, explained = people(pack)
    path = parcours.run(pack)
    folder.mkdir(parents=True, exist_ok=True)
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
        dossiers=dossier.run(pack),
        parcours=path,
        report=folder / "index.html",
        pages=path.write(folder),
    )
    private.write(folder / "etat-des-depenses.html", etat.to_html(pack).encode())
    private.write(folder / "etat-des-depenses.csv", etat.to_csv().encode("utf-8-sig"))
    private.write(shown.report, report(shown).encode())
    return shown


def cut_lines(etat: convention.EtatDesDepenses) -> list[convention.LigneEtat]:
    """The lines that are not retained whole."""
    return [one for one in etat.lignes if one.verdict != "retenue" or one.retenu != one.montant]


def report(shown: Demonstration) -> str:
    levels = [one.level for one in shown.findings]
    return page(
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
