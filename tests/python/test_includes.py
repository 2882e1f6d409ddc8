"""The rooms of the domain stand in an order, and tests/house/includes.py holds them to it."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def faults(name: str, *headers: str) -> list[str]:
    path = ROOT / "tests/house/includes.py"
    spec = importlib.util.spec_from_file_location("includes", path)
    assert spec is not None and spec.loader is not None
    house = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(house)
    return house.faults_of(name, "".join(f'#include "{one}"\n' for one in headers))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("src/insertion/dossier/situation.cpp", "insertion/droits/masque.hpp"),
        ("src/insertion/droits/masque.cpp", "spie/conservation/figees.hpp"),
        ("include/spie/droits/vue.hpp", "spie/conservation/figees.hpp"),
        ("src/insertion/conservation/gel.cpp", "spie/parcours/referent.hpp"),
        ("src/insertion/convention/etat.cpp", "spie/dossier/journal.hpp"),
        ("src/insertion/passeport/passeport.cpp", "spie/indicateur/sorties.hpp"),
    ],
)
def test_a_lower_room_includes_nothing_of_a_higher_one(name: str, header: str) -> None:
    (found,) = faults(name, header)
    assert found.startswith(f"{name}:1: ")


@pytest.mark.parametrize(
    "name",
    [
        "src/insertion/dossier/situation.cpp",
        "src/insertion/conservation/gel.cpp",
        "src/insertion/indicateur/sorties.cpp",
        "src/exchange/session.cpp",
        "src/store/sqlite.cpp",
    ],
)
def test_only_what_stands_above_the_domain_may_know_the_money(name: str) -> None:
    assert len(faults(name, "spie/convention/etat.hpp")) == 1
    assert faults("src/capi/convention.cpp", "spie/convention/etat.hpp") == []


def test_a_higher_room_includes_lower_ones() -> None:
    assert (
        faults(
            "src/insertion/conservation/gel.cpp",
            "insertion/droits/masque.hpp",
            "spie/dossier/journal.hpp",
            "insertion/text_of.hpp",
        )
        == []
    )
    assert faults("src/insertion/indicateur/sorties.cpp", "spie/conservation/figees.hpp") == []


def test_badges_take_the_value_type_of_feel_and_no_more_of_it() -> None:
    name = "src/credentials/jcs.cpp"
    assert faults(name, "spie/feel/value.hpp", "rules/json/reader.hpp", "crypto/digest.hpp") == []
    for header in ("spie/feel/expression.hpp", "rules/feel/parser.hpp", "spie/pack/pack.hpp"):
        assert len(faults(name, header)) == 1
    assert len(faults("src/insertion/dossier/situation.cpp", "credentials/jcs.hpp")) == 1
