"""Packs from Python."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import spie

FACTS = {
    "beneficiaire": {
        "rsa": "oui",
        "quartier_prioritaire": "non",
        "jeune_infra_bac": "non",
        "situation_handicap": "non",
        "reside_departement": "oui",
        "territoire_rural": "oui",
    },
    "freins": [{"code": "mobilite", "reponse": "oui"}, {"code": "formation", "reponse": "oui"}],
    "duree_inscription_mois": 0,
}
ON = date(2022, 6, 1)


def test_a_pack_says_what_it_is(pack):
    assert pack.id == "seine-et-marne-2022-2023" and pack.version == "1.0.0"
    assert pack.bases == ["socle-national"]
    assert pack.period == (date(2022, 1, 1), date(2023, 12, 31))
    assert len(pack.sha256) == 64
    assert pack.roles["part_etat"] == "part_etat"
    assert pack.data("budget")["lignes"] and pack.data("absent") is None


def test_a_pack_says_its_codes_and_an_answer_says_them_as_it_does(pack):
    assert pack.libelles["ecartee"] == "écartée" and pack.tons["ecartee"] == "defavorable"
    found = pack.evaluate("entree", FACTS, as_of=ON)
    code = found.value["conclusion"]
    assert found.libelle(code) == pack.libelles[code] and found.ton(code) == pack.tons[code]
    assert found.libelle("sans_libelle") == "sans libelle" and found.ton("sans_libelle") == ""


def test_a_word_that_a_pack_changes_changes_on_every_surface(pack, root):
    folder = root / "packs/seine-et-marne-2022-2023"
    files = {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*.json")}
    files |= {one.name: one.read_bytes() for one in folder.glob("*.dmn")}
    said = '"admis_prioritaire": "admis, public prioritaire"'
    given = files["pack.json"].decode()
    assert said in given
    files["pack.json"] = given.replace(said, '"admis_prioritaire": "bienvenue"').encode()
    other = spie.Pack.from_files(files, [spie.Pack.load(root / "packs/socle-national")])
    facts = {**FACTS, "beneficiaire": {**FACTS["beneficiaire"], "rsa": "oui"}}
    here, there = (one.evaluate("entree", facts, as_of=ON) for one in (pack, other))
    assert here.value == there.value and here.value["conclusion"] == "admis_prioritaire"
    assert "bienvenue" in there._repr_html_() and "bienvenue" in there.explain()
    assert "admis, public prioritaire" in here._repr_html_()


def test_the_bundled_packs_are_those_of_the_tree(pack):
    assert spie.packs.names() == ["seine-et-marne-2022-2023", "socle-national"]
    bundled = spie.Pack.load(spie.packs.path() / "seine-et-marne-2022-2023")
    assert bundled.sha256 == pack.sha256


def test_a_pack_elsewhere_finds_the_bundled_ones(tmp_path):
    (tmp_path / "mien").mkdir()
    (tmp_path / "mien" / "pack.json").write_text(
        '{"id": "mien", "version": "0.1.0", "titre": "Mien", "autorite": "Essai", "langue": "fr",'
        ' "periode": {"debut": "2022-01-01", "fin": null}, "modeles": [], "roles": {},'
        ' "extends": {"id": "seine-et-marne-2022-2023", "version": ">=1.0 <2"}}'
    )
    mine = spie.Pack.load(tmp_path / "mien")
    assert mine.bases == ["seine-et-marne-2022-2023", "socle-national"]
    assert mine.evaluate("entree", FACTS, as_of=ON).value["admis"] is True
    with pytest.raises(spie.PackError) as refused:
        spie.Pack.load(tmp_path / "mien", search=[tmp_path])
    assert refused.value.code == "P003"


def test_entry_is_decided_traced_and_explained(pack):
    r = pack.evaluate("entree", FACTS, as_of=ON)
    assert r.status == "determine" and r.missing == [] and r.errors == []
    assert r.value["conclusion"] == "admis_prioritaire"
    assert r.value["freins_sociaux"] == Decimal(1)
    assert r.trace.decisions[-1].name == "entree"
    assert r.trace.find("conclusion").tables[0].hits[0].number >= 1
    assert "annexe-b-axe1-publics" in r.articles
    assert (r.pack_id, r.pack_version, r.pack_sha256) == (pack.id, pack.version, pack.sha256)
    assert r.as_of == ON and r.decision == "entree"
    assert r.explain() and "Annexe B" in r.explain()
    assert any(use.nom == "nombre_minimal_freins_sociaux" for use in r.parameters)


def test_an_unknown_fact_is_never_no(pack):
    r = pack.evaluate("entree", {**FACTS, "freins": None}, as_of=ON)
    assert (r.status, r.missing, r.value["admis"]) == ("indetermine", ["freins"], None)


def test_a_refused_answer_is_told_apart(pack):
    freins = [*FACTS["freins"], {"code": "sante", "reponse": "refuse"}]
    r = pack.evaluate("entree", {**FACTS, "freins": freins}, as_of=ON)
    assert r.status == "indetermine" and r.refused == ["freins[3].reponse"]


@pytest.mark.parametrize(
    ("decision", "facts", "code"),
    [
        ("entree", {"frein": []}, "P015"),
        ("entree", {"freins": 3}, "P016"),
        ("entree", {"lecture_axe_4": "x"}, "P014"),
        ("entre", {}, "D011"),
    ],
)
def test_misuse_is_refused_with_a_code(pack, decision, facts, code):
    with pytest.raises(spie.SpieError) as refused:
        pack.evaluate(decision, facts, as_of=ON)
    assert refused.value.code == code


def test_the_date_is_a_date(pack):
    with pytest.raises(spie.UsageError):
        pack.evaluate("entree", FACTS, as_of="2022-06-01")


def test_a_reading_is_chosen_for_one_evaluation(pack):
    facts = {"cout_total": Decimal("608549.64")}
    budget = pack.evaluate("plafond_frais", facts | {"cout_budget": 620000}, as_of=ON)
    real = pack.evaluate(
        "plafond_frais", facts, as_of=ON, parameters={"base_plafond_frais": "cout_reel"}
    )
    assert budget.value == Decimal("93000.00") and real.value == Decimal("91282.44")
    assert any(use.given for use in real.parameters)


def test_parameters_articles_facts_and_cases_are_listed(pack):
    assert pack.parameter("taux_plafond_frais", ON) == Decimal("0.15")
    with pytest.raises(spie.PackError) as early:
        pack.parameter("taux_plafond_frais", date(1990, 1, 1))
    assert early.value.code == "P018"
    reading = next(one for one in pack.parameters if one.nom == "base_plafond_frais")
    assert [one.valeur for one in reading.lectures] == ["budget", "cout_reel"]
    assert reading.valeurs[0].depuis == date(2022, 1, 1)
    assert any(one.id == "art-4.2-al2" for one in pack.articles)
    paths = {fact.path: fact for fact in pack.facts("entree")}
    assert any(path.startswith("freins") for path in paths)
    assert "nombre_minimal_freins_sociaux" not in paths
    case = next(one for one in pack.cases if one.nom == "entree-rsa-rural")
    assert case.as_of == ON and case.attendu["statut"] == "determine"


def test_a_delay_is_read_at_the_date_of_the_fact_that_starts_it():
    socle = spie.Pack.load("socle-national")
    notified = {"date_droits_devoirs": date(2024, 12, 31)}
    for asked in (date(2024, 12, 31), date(2026, 1, 1)):
        r = socle.evaluate("date_limite_orientation", notified, as_of=asked)
        assert r.value == date(2025, 2, 28)
        assert {use.lu_le for use in r.parameters} == {date(2024, 12, 31)}
        assert all(use.seconde_main for use in r.parameters)
        assert "à vérifier avant de le montrer comme du droit" in r._repr_html_()
    unknown = socle.evaluate("date_limite_orientation", {}, as_of=date(2025, 6, 1))
    assert unknown.missing == ["date_droits_devoirs"]
    assert [(use.valeur, use.lu_le) for use in unknown.parameters] == [(None, None)] * 2
    held = next(one for one in socle.parameters if one.nom == "delai_contrat_social")
    assert held.lu_au == "date_orientation"
    assert [value.seconde_main for value in held.valeurs] == [True, False]


def test_a_code_is_said_as_the_reading_in_force_has_it(pack):
    facts = {**FACTS, "duree_inscription_mois": 30}
    r = pack.evaluate("publics_prioritaires", facts, as_of=ON)
    assert r.words["demandeur_emploi_longue_duree"] == "demandeur d'emploi de très longue durée"
    other = {"lecture_longue_duree": "longue_duree"}
    r = pack.evaluate("publics_prioritaires", facts, as_of=ON, parameters=other)
    assert r.words["demandeur_emploi_longue_duree"] == "demandeur d'emploi de longue durée"


def test_every_case_passes_and_the_check_finds_no_error(pack):
    results = pack.run_cases()
    assert len(results) >= 60
    assert [(one.nom, one.difference) for one in results if not one.passed] == []
    assert [str(one) for one in pack.check() if one.level == "error"] == []


def test_a_pack_is_built_from_bytes(root):
    folder = root / "packs" / "socle-national"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    base = spie.Pack.from_files(files)
    assert base.id == "socle-national" and all(one.passed for one in base.run_cases())


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(spie.PackError) as refused:
        spie.Pack.load(tmp_path / "absent")
    assert refused.value.code == "P001"


def test_it_shows_in_a_notebook(pack):
    assert "Seine-et-Marne" in pack._repr_html_()
    shown = pack.evaluate("entree", FACTS, as_of=ON)._repr_html_()
    assert "admis, public prioritaire" in shown and "Explication" in shown


def test_the_dictionary_of_a_result_is_that_of_the_json(pack):
    data = pack.evaluate("entree", FACTS, as_of=ON).to_dict()
    assert data["statut"] == "determine" and data["as_of"] == "2022-06-01"
    assert data["pack"]["id"] == pack.id and data["explication"]


def test_a_pack_is_the_same_whatever_the_order_of_its_files(root):
    def files(name):
        folder = root / "packs" / name
        found = sorted(one for one in folder.rglob("*.*") if one.is_file())
        return {str(one.relative_to(folder)): one.read_bytes() for one in found}

    made = []
    for order in (sorted, lambda items: sorted(items, reverse=True)):
        base = spie.Pack.from_files(dict(order(files("socle-national").items())))
        made.append(
            spie.Pack.from_files(dict(order(files("seine-et-marne-2022-2023").items())), [base])
        )
    loaded = spie.Pack.load(root / "packs" / "seine-et-marne-2022-2023")
    assert made[0].libelles == made[1].libelles == loaded.libelles
    assert made[0].to_dict() == made[1].to_dict() == loaded.to_dict()
