"""The analysis of tables, in Python and on the command line."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal

import pytest
import spie
from analyse_models import model
from spie import dmn
from spie.errors import DmnError

AGES = [("age", "number", "")]


def test_a_hole_is_named_with_its_witness():
    loaded = dmn.loads(model(AGES, [["< 18", "1"], ["[18..65)", "2"], ["> 65", "3"]]))
    found = loaded.verify()
    assert found.fails
    [table] = found.tables
    assert list(table) == [
        "decision", "analyse", "motif", "trous", "recouvrements", "mortes", "cachees", "subsumees",
        "fusionnables", "sorties_absentes", "valeurs_non_testees", "valeurs_hors_domaine",
    ]  # fmt: skip
    assert table["decision"] == "d"
    assert table["analyse"] == "complete"
    assert table["motif"] is None
    assert table["trous"] == [
        {"temoin": {"age": Decimal(65)}, "region": "age = 65", "niveau": "error"}
    ]
    assert loaded.verify("d").tables == found.tables
    with pytest.raises(DmnError) as refused:
        loaded.verify("e")
    assert refused.value.code == "D011"


def test_limits_make_it_partial():
    loaded = dmn.loads(model(AGES, [["-", "1"], ["-", "2"], ["-", "3"]], "COLLECT"))
    assert loaded.verify().tables[0]["analyse"] == "complete"
    assert loaded.verify(listed=2).tables[0]["analyse"] == "partielle"
    assert "borné" in loaded.verify(work=1).tables[0]["motif"]


def test_the_command_finds_and_exits(spie_command, tmp_path):
    bad, good = tmp_path / "trou.dmn", tmp_path / "entier.dmn"
    bad.write_text(model(AGES, [["< 18", "1"], [">= 17", "2"], ["(2..1)", "3"]]), encoding="utf-8")
    good.write_text(model(AGES, [["< 18", "1"], [">= 18", "2"]]), encoding="utf-8")
    done = spie_command("dmn", "verifier", bad)
    assert done.exit_code == 1
    assert "Conflit des règles 1 et 2 : age = 17." in done.stdout
    assert "Règle 3 : rien ne peut la satisfaire." in done.stdout
    data = json.loads(spie_command("dmn", "verifier", bad, "--json").stdout)
    [table] = data["tables"]
    assert table["recouvrements"] == [{"regles": [1, 2], "temoin": {"age": 17}, "conflit": True}]
    assert table["mortes"] == [3]
    done = spie_command("dmn", "verifier", good, "--decision", "d")
    assert done.exit_code == 0
    assert "Ni trou, ni conflit, ni règle en trop." in done.stdout
    assert spie_command("dmn", "verifier", good, "--decision", "autre").exit_code == 3


def test_what_could_not_be_read_is_named_and_the_rest_is_said(spie_command, tmp_path):
    columns = [("age", "number", ""), ("code", "string", '"a", "b"')]
    (tmp_path / "p.dmn").write_text(
        model(columns, [["modulo(?, 2) = 0", '"a"', "1"], ["modulo(?, 2) = 1", '"a"', "2"]]),
        "utf-8",
    )
    done = spie_command("dmn", "verifier", "p.dmn", "--json")
    assert done.exit_code == 1
    [table] = json.loads(done.stdout)["tables"]
    assert table["analyse"] == "partielle"
    assert [one["region"] for one in table["trous"]] == ['code = "b"']
    assert table["recouvrements"] == []
    assert "« age », règles 1 et 2" in table["motif"].replace("\xa0", " ")
    assert "des recouvrements (1 et 2)" in table["motif"]
    (tmp_path / "i.dmn").write_text(model(columns[:1], [["modulo(?, 2) = 0", "1"]]), "utf-8")
    done = spie_command("dmn", "verifier", "i.dmn")
    assert done.exit_code == 0 and "Ni trou" not in done.stdout
    (tmp_path / "e.dmn").write_text(model(columns[:1], [["-", "get or else(age, 0)"]]), "utf-8")
    assert spie_command("dmn", "verifier", "e.dmn").exit_code == 3
    assert spie_command("dmn", "verifier", "e.dmn", "--extensions", "camunda").exit_code == 0


def test_coverage_proposes_cases_that_try_a_rule(pack, spie_command):
    covered = pack.coverage(tries=50)
    assert 0 < covered["regles"]["exercees"] <= covered["regles"]["total"]
    for one in covered["propositions"]:
        case = one["cas"]
        result = pack.evaluate(
            case["decision"], case["faits"], as_of=date.fromisoformat(case["as_of"])
        )
        assert result.status == case["attendu"]["statut"]
    done = spie_command("pack", "coverage", "socle-national", "--essais", 0)
    assert done.exit_code == 0
    assert "Règles exercées par les cas" in done.stdout


def test_a_difference_in_the_words_of_the_tables(root, tmp_path, spie_command):
    pack = shutil.copytree(root / "packs" / "socle-national", tmp_path / "autre" / "socle-national")
    table = pack / "socle.dmn"
    text = table.read_text("utf-8")
    changed = text.replace("date_orientation + delai_contrat_social", "date_orientation", 1)
    assert changed != text
    table.write_text(changed, encoding="utf-8")
    before, after = spie.Pack.load(root / "packs" / "socle-national"), spie.Pack.load(pack)
    nothing = {key: [] for key in ("decisions", "entrees", "parametres", "articles", "cas")}
    assert before.difference(before) == {**nothing, "fichiers_identiques": True}
    found = before.difference(after)
    [one] = [one for one in found["decisions"] if one["nom"] == "date_limite_contrat"]
    assert one["changements"] == [
        'règle 2 (parcours : "social") : « date_orientation + delai_contrat_social » devient'
        " « date_orientation »"
    ]
    assert found["cas"]
    done = spie_command("pack", "diff", root / "packs" / "socle-national", pack)
    assert done.exit_code == 0
    assert "date_limite_contrat" in done.stdout
    same = spie_command("pack", "diff", "socle-national", "socle-national")
    assert same.stdout.strip() == "Rien ne change."
