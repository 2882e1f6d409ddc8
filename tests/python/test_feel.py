"""FEEL expressions from Python."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import spie
from spie import feel


def test_the_example_of_the_readme():
    assert spie.feel.evaluate(
        "sum(montants) * 0.15", {"montants": [Decimal("1.10"), 2]}
    ) == Decimal("0.465")


def test_numbers_are_exact():
    assert feel.evaluate("0.1 + 0.2") == Decimal("0.3")
    assert isinstance(feel.evaluate("1"), Decimal)


def test_names_hold_spaces_and_accents():
    given = {"coût total": 100, "dépense": {"montant retenu": 80}}
    assert feel.evaluate("coût total - dépense.montant retenu", given) == 20
    assert feel.evaluate(
        "lignes[montant retenu > 1].montant retenu", {"lignes": [{"montant retenu": 2}]}
    ) == [2]


def test_dates_and_durations():
    assert feel.evaluate('date("2024-01-31") + duration("P1M")') == date(2024, 2, 29)
    assert feel.evaluate("a - b", {"a": date(2024, 3, 1), "b": date(2024, 2, 1)}) == timedelta(
        days=29
    )


def test_null_is_none_whatever_its_cause():
    assert feel.evaluate("null") is None
    assert feel.evaluate("1 / 0") is None
    assert feel.evaluate('1 + "a"') is None


def test_run_tells_the_errors():
    outcome = feel.run("1 / 0")
    assert outcome.value is None
    assert [error.code for error in outcome.errors] == ["F006"]
    assert outcome.errors[0].remedy and outcome.errors[0].level == "error"
    assert feel.run("null").errors == ()
    assert feel.run("1 + 1") == feel.Outcome(Decimal(2), ())


def test_run_tells_what_cannot_be_parsed_too():
    outcome = feel.run("1 +")
    assert outcome.value is None and outcome.errors[0].code == "F001"


def test_a_syntax_error_has_a_code_and_a_place():
    with pytest.raises(spie.FeelSyntaxError) as refused:
        feel.evaluate("1 +\n+ * 2")
    error = refused.value
    assert error.code == "F001" and error.where.startswith("2:") and error.message
    assert error.diagnostics[0].code == "F001"
    assert isinstance(error, spie.FeelError) and isinstance(error, spie.SpieError)


def test_an_unknown_name_is_refused():
    with pytest.raises(spie.FeelError) as refused:
        feel.evaluate("inconnu + 1")
    assert refused.value.code == "F002"


def test_now_is_an_argument_and_the_system_clock_by_default():
    noon = datetime(2022, 6, 1, 12, tzinfo=UTC)
    assert feel.evaluate("now()", now=noon) == noon
    assert feel.evaluate("today()", now=noon) == date(2022, 6, 1)
    assert abs((feel.evaluate("today()") - date.today()).days) <= 1


def test_cells_of_tables():
    assert feel.test("[1..5]", 3) is True
    assert feel.test("> 10, < 2", 3) is False
    assert feel.test('not("a")', "b") is True
    assert feel.test("> seuil", 3, {"seuil": 2}) is True


def test_an_expression_is_compiled_once():
    expression = feel.compile("montant * taux", ["montant", "taux"])
    assert expression.names == ("montant", "taux")
    assert expression.evaluate({"montant": 200, "taux": Decimal("0.15")}) == 30
    assert expression.run({"montant": 1}).errors
    with pytest.raises(spie.FeelError):
        expression.evaluate({"autre": 1})


def test_an_expression_is_shared_between_threads():
    expression = feel.compile("sum(for i in 1..n return i)", ["n"])
    found: list[Decimal] = []

    def work(n: int) -> None:
        found.extend(expression.evaluate({"n": n}) for _ in range(50))

    threads = [threading.Thread(target=work, args=(100,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [Decimal(5050)] * 200


def test_limits_end_in_an_error():
    assert [e.code for e in feel.run("(" * 5000 + "1" + ")" * 5000).errors] == ["F008"]
    assert feel.run("for i in 1..100000000 return i").errors[0].code == "F008"


def test_a_value_is_written_as_feel():
    assert feel.to_feel(date(2024, 2, 29)) == 'date("2024-02-29")'
    assert feel.evaluate(feel.to_feel({"a": [1, "é", None]})) == {"a": [1, "é", None]}
