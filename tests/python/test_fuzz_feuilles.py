"""The corpus of tests/fuzz/fuzz_feuilles.py replayed, a few hundred mutations of it, always the same ones, and what it found."""

import random
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import spie
from spie import dmn, feuilles
from spie.feuilles import Entree, Regle, Sortie, TableDecision

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fuzz"))

import fuzz_feuilles as fuzz

HEAD: list[list[object]] = [
    ["décision", "aide"],
    ["politique", "FIRST"],
    ["colonne", "entrée", "sortie"],
]


def table(**changed: object) -> TableDecision:
    of = {
        "nom": "aide", "politique": "FIRST", "entrees": (Entree("age"),), "sorties": (Sortie(),),
        "annotations": (), "regles": (Regle(("-",), ("1",)),),
    } | changed  # fmt: skip
    return TableDecision(**of)


def refused(given: bytes | list[list[object]]) -> tuple[str, str]:
    with pytest.raises(spie.UsageError) as caught:
        feuilles.lire_csv(given) if isinstance(given, bytes) else feuilles.lire_lignes(given)
    return caught.value.diagnostics[0].where, caught.value.diagnostics[0].message


def test_the_corpus_keeps_its_promises() -> None:
    assert {fuzz.ask(one) for one in fuzz.corpus()} >= {"a model", "read"}


def test_mutations_of_the_corpus_keep_them() -> None:
    chance, sources = random.Random(77), fuzz.corpus()
    done = {fuzz.ask(fuzz.mutated(chance, sources)) for _ in range(1_500)}
    assert done >= {"refused", "a model", "read"}


def test_a_cell_that_csv_cannot_hold_is_refused() -> None:
    where, message = refused(b"d\xc3\xa9cision;" + b"x" * 200_000)
    assert (where, "field larger" in message) == ("A1", True)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_what_is_no_number_is_refused_with_its_place(value: object) -> None:
    assert refused([*HEAD, ["nom", "age", ""], ["1", "-", value]])[0] == "C5"
    assert refused([["décision", value], *HEAD[1:], ["nom", "age", ""]])[0] == "B1"


def test_half_of_a_character_is_refused_with_its_place() -> None:
    assert refused([*HEAD, ["nom", "age", ""], ["1", "-", "\ud800"]])[0] == "C5"
    assert refused([["décision", "\udfff"], *HEAD[1:], ["nom", "age", ""]])[0] == "B1"


def test_commas_in_a_name_do_not_make_a_csv_of_commas() -> None:
    one = table(nom="a, b, c, d, e, f")
    assert feuilles.lire_csv(one.vers_csv()) == one


def test_a_carriage_return_comes_back_from_a_model() -> None:
    one = table(regles=(Regle(('"a\rb"',), ('"c\td"',)),), sorties=(Sortie(libelle="x\ty\r\nz"),))
    model = dmn.loads(one.vers_dmn())
    assert TableDecision.of(model, "aide") == fuzz.labelled(one)


def test_what_xml_cannot_hold_is_refused_with_the_character() -> None:
    for text in ('"a\x00"', '"\x0b"', '"\ufffe"', '"\ud800"'):
        with pytest.raises(spie.UsageError, match="U\\+"):
            table(regles=(Regle(("-",), (text,)),)).vers_dmn()


def test_paths_of_names_do_not_meet_in_the_types() -> None:
    one = table(entrees=(Entree("a.b.c"), Entree("a_b.c")), regles=(Regle(("-", "-"), ("1",)),))
    assert TableDecision.of(dmn.loads(one.vers_dmn()), "aide") == fuzz.labelled(one)


def test_a_path_of_too_many_names_is_refused() -> None:
    with pytest.raises(spie.UsageError, match="names"):
        table(entrees=(Entree(".".join("a" * 2_000)),)).vers_dmn()
