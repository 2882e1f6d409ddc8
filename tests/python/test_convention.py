"""Budget, ledger, statement, control and schedule from Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import spie
from spie import convention


@pytest.fixture(scope="module")
def ledger(pack, ledger_path):
    return convention.read_registre(ledger_path, pack)


@pytest.fixture(scope="module")
def payments(payments_path):
    return convention.read_versements(payments_path)


@pytest.fixture(scope="module")
def etat(pack, ledger, payments):
    return convention.etat_des_depenses(pack, ledger, payments, at=date(2023, 12, 31))


def test_the_budget_and_its_discrepancy(pack):
    budget = convention.budget(pack)
    assert budget.total == Decimal("620000.00")
    assert budget.totaux["cofinancement_etat"] == Decimal("496000.00")
    salaries = budget.lignes[2].detail[0]
    assert (salaries.montant, salaries.calcul.attendu) == (
        Decimal("220000.00"),
        Decimal("200000.00"),
    )
    assert [(one.code, one.level) for one in budget.constats] == [("P020", "warning")]
    assert "<table" in budget._repr_html_()


def test_the_ledger_is_read_whole(ledger):
    reading = ledger.lecture
    assert reading.recus == reading.lus + reading.refuses_total == len(ledger)
    first = ledger.depenses[0]
    assert (first.id, first.date, first.montant) == ("D001", date(2021, 12, 20), Decimal("5400.00"))


def test_refused_lines_say_why(pack, root):
    reading = convention.read_registre(
        root / "examples" / "donnees" / "registre-fautif.csv", pack
    ).lecture
    assert reading.recus == reading.lus + reading.refuses_total and reading.refuses_total
    amount = next(
        one for one in reading.refuses if one.champ == "montant" and one.valeur == "1,234"
    )
    assert amount.diagnostic.code == "C002" and "registre-fautif.csv:3" in amount.diagnostic.where


def test_the_statement_is_that_worked_out_apart(pack, ledger, root, expected_statements):
    import spie._core as core

    faits = core.read_json((root / "examples" / "donnees" / "faits.json").read_text("utf-8"))
    for one in expected_statements:
        received = root / "examples" / "donnees" / one["versements"]
        found = convention.etat_des_depenses(
            pack, ledger, received, faits,
            at=date.fromisoformat(one["date"]), parameters=one["parametres"],
        ).to_dict()  # fmt: skip
        for key, value in one["attendu"].items():
            if not isinstance(value, list):
                assert (one["date"], one["parametres"], key, found[key]) == (
                    one["date"], one["parametres"], key, value,
                )  # fmt: skip
        for line, expected in zip(found["lignes"], one["lignes"], strict=True):
            assert {key: line[key] for key in expected} == expected


def test_a_ledger_that_french_excel_saved_is_read_whole(pack, ledger, ledger_path):
    latin = ledger_path.read_text("utf-8").encode("windows-1252")
    guessed = convention.read_registre(latin, pack, name="excel.csv")
    assert guessed.to_dict()["depenses"] == ledger.to_dict()["depenses"]
    (warning,) = guessed.lecture.avertissements
    assert warning.code == "C008" and warning.where.startswith("excel.csv:") and warning.remedy
    forced = convention.read_registre(latin, pack, windows_1252=True)
    assert not forced.lecture.avertissements and len(forced) == len(ledger)


def test_an_empty_ledger_says_that_nothing_was_read(pack, ledger_path):
    header = ledger_path.read_text("utf-8").splitlines()[0]
    for empty in (header.encode(), b"[]"):
        (warning,) = convention.read_registre(empty, pack).lecture.avertissements
        assert warning.code == "C010" and "rien n'a été lu" in warning.message
    for content, code in ((b"", "C010"), (b"PK\x03\x04\0\0xl/workbook.xml", "C009")):
        with pytest.raises(spie.LedgerError) as refused:
            convention.read_registre(content, pack, name="registre.xlsx")
        assert refused.value.code == code


def test_the_statement_says_what_else_it_could_be_and_why(pack, ledger, root):
    etat = convention.etat_des_depenses(
        pack, ledger, root / "examples" / "donnees" / "versements-rembourses.csv",
        at=date(2023, 12, 31),
    )  # fmt: skip
    assert (etat.verse, etat.rembourse) == (Decimal("285600.00"), Decimal("12000.00"))
    other = {one.parametre: (one.autre, one.part_etat) for one in etat.autres_lectures}
    # Worked out apart, in tests/insertion/etat_attendu.py.
    assert other["base_participation"] == ("depenses_eligibles", Decimal("444450.11"))
    assert [one.code for one in etat.constats] == ["P020"]
    assert [total.code for total in etat.par_action if total.depasse] == [
        "coordination_action",
        "animation_communication",
    ]
    nothing = convention.etat_des_depenses(pack, [], at=date(2023, 12, 31))
    assert nothing.part_etat == 0
    assert [one.champ for one in nothing.motifs] == ["part_etat", "premier_versement"]


def test_the_page_of_the_statement_shows_the_refusals_and_the_readings(pack, root):
    etat = convention.etat_des_depenses(
        pack, root / "examples" / "donnees" / "registre-fautif.csv", at=date(2023, 12, 31)
    )
    page = etat.to_html(pack)
    assert len(etat.refus) > 10 and all(one.diagnostic.remedy for one in etat.refus)
    for refusal in etat.refus:
        assert refusal.diagnostic.where in page
    assert "Peut-être « ingenierie »" in page
    assert "Sous une autre lecture du texte" in page
    assert "2 × 50" in page and "annexe D" not in page
    assert "<main>" in page and page.count("<th>") == 0


def test_the_budget_follows_the_reading(pack):
    budget = convention.budget(pack, parameters={"lecture_salaires_annexe_c": "calcul_ecrit"})
    assert (budget.total, budget.total_ecrit) == (Decimal(600000), Decimal(620000))
    assert budget.lignes[2].montant == Decimal(335000)


def test_totals_are_the_sums_of_the_lines(etat):
    assert etat.depenses_eligibles == sum(line.retenu for line in etat.lignes)
    assert etat.total.montant == sum(line.montant for line in etat.lignes)
    for totals in (etat.par_action, etat.par_nature):
        for field in ("montant", "cout_total", "retenu", "ecarte", "indetermine", "lignes"):
            assert sum(getattr(one, field) for one in totals) == getattr(etat.total, field)


def test_overheads_above_the_cap_are_cut_from_the_last_lines(etat):
    assert etat.frais_generaux_ecartes == etat.frais_generaux - etat.plafond_frais_generaux > 0
    assert sum(line.depassement for line in etat.lignes) == etat.frais_generaux_ecartes


def test_a_reading_changes_the_statement(pack, ledger, payments):
    other = convention.etat_des_depenses(
        pack,
        ledger,
        payments,
        at=date(2023, 12, 31),
        parameters={"base_plafond_frais": "cout_reel"},
    )
    assert other.plafond_frais_generaux < Decimal("93000.00")
    assert [use.nom for use in other.parametres if use.given] == ["base_plafond_frais"]
    assert convention.parse_parametre(pack, "base_plafond_frais", "cout_reel") == "cout_reel"
    with pytest.raises(spie.PackError) as refused:
        convention.parse_parametre(pack, "base_plafond_frais", "autre")
    assert refused.value.code == "P009"


def test_lines_already_in_memory_will_do(pack):
    line = {
        "id": "A1", "date": date(2022, 5, 2), "action": "coordination_action",
        "nature": "ingenierie", "libelle": "Étude", "fournisseur": "Cabinet inventé",
        "montant": Decimal("1000.00"),
    }  # fmt: skip
    etat = convention.etat_des_depenses(pack, [line], at=date(2022, 12, 31))
    assert (etat.depenses_eligibles, etat.part_etat) == (Decimal("1000.00"), Decimal("800.00"))


def test_it_is_written_as_csv_and_as_pages(etat, pack):
    lines = etat.to_csv().split("\r\n")
    assert lines[0].startswith("id;date;") and len(lines) == len(etat.lignes) + 2
    assert etat.to_csv(totals=True)
    page = etat.to_html(pack)
    assert page.startswith("<!doctype html>") and "État des dépenses au 31 décembre 2023" in page
    assert all(line.id in page for line in etat.lignes)
    assert "Signature et cachet" in page and "Article\u00a04.2, alinéa\u00a02" in page
    assert "Part de l'État" in etat._repr_html_().replace("&#39;", "'")


def test_what_comes_from_a_file_is_escaped_in_pages(pack):
    line = {
        "id": "<script>", "date": "2022-05-02", "action": "coordination_action",
        "nature": "ingenierie", "libelle": "<b>&</b>", "fournisseur": "\"'", "montant": "1.00",
    }  # fmt: skip
    page = convention.etat_des_depenses(pack, [line], at=date(2022, 12, 31)).to_html(pack)
    assert "<script>" not in page and "<b>" not in page


def test_the_control_of_a_year(pack, ledger, payments):
    control = convention.controle(pack, ledger, payments, annee=2023)
    assert control.date == date(2023, 12, 31) and control.a_l_issue
    assert control.conforme == (control.verse <= control.cout_realise)


def test_the_final_control_and_the_years_of_the_convention(pack, ledger, payments):
    final = convention.controle(pack, ledger, payments, final=True)
    assert final.final and final.date == date(2023, 12, 31)
    assert not convention.controle(pack, ledger, payments, annee=2022).final
    for year in (2021, 2024):
        with pytest.raises(spie.UsageError) as outside:
            convention.controle(pack, ledger, payments, annee=year)
        assert outside.value.code == "A001"
    for both in ({}, {"annee": 2022, "final": True}):
        with pytest.raises(ValueError, match="one of annee and final"):
            convention.controle(pack, ledger, payments, **both)


def test_a_control_says_what_was_paid_beyond_the_maximum(pack):
    line = {
        "id": "L1", "date": "2022-05-02", "action": "coordination_action", "nature": "ingenierie",
        "libelle": "Étude", "fournisseur": "Cabinet Imaginaire", "montant": "700000.00",
    }  # fmt: skip
    paid = [{"date": "2022-03-24", "montant": "496000.01", "libelle": "Acompte"}]
    control = convention.controle(pack, [line], paid, annee=2022)
    assert control.conforme and control.depassement_maximum == Decimal("0.01")
    assert control.article_depassement == "art-4.1"
    assert "Au-delà du maximum" in control._repr_html_()


def test_the_over_payment_of_the_statement_is_a_duty(pack):
    paid = [{"date": "2022-03-24", "montant": "100.00", "libelle": "Acompte"}]
    produced = {"bilan_financier_produit": date(2024, 3, 29)}
    etat = convention.etat_des_depenses(pack, [], paid, produced, at=date(2024, 3, 29))
    assert etat.trop_percu == Decimal("100.00")

    def duty(at, **facts):
        found = convention.echeancier(pack, produced | facts, at=at, etat=etat).echeances
        return next((one for one in found if one.id == "remboursement-trop-percu"), None)

    assert duty(date(2024, 3, 29)).etat == "a_faire"
    assert duty(date(2024, 3, 30)).etat == "en_retard"
    assert duty(date(2024, 4, 2), trop_percu_rembourse=date(2024, 4, 2)).etat == "faite_en_retard"
    assert duty(date(2024, 3, 30), trop_percu=0) is None


def test_the_schedule(pack):
    found = convention.echeancier(pack, {"date_signature": date(2022, 3, 10)}, at=date(2024, 4, 1))
    duties = {one.id: one for one in found.echeances}
    assert duties["premier-versement"].date == date(2022, 3, 25)
    assert duties["bilan-financier"].etat == "en_retard"
    unsigned = {one.id: one for one in convention.echeancier(pack, at=date(2022, 4, 1)).echeances}
    assert unsigned["premier-versement"].date is None
    assert unsigned["premier-versement"].manquants == ("date_signature",)


def test_a_ledger_that_cannot_be_read_whole_raises(pack, tmp_path):
    with pytest.raises(spie.LedgerError) as columns:
        convention.read_registre(b"id;date\n1;2022-01-01\n", pack, name="r.csv")
    assert columns.value.code == "C001"
    with pytest.raises(spie.LedgerError):
        convention.read_registre(tmp_path / "absent.csv", pack)
