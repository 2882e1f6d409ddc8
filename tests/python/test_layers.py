"""tests/house/layers.py tells what it is there for: else its silence would say nothing."""

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def house():
    spec = importlib.util.spec_from_file_location("layers", ROOT / "tests/house/layers.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["layers"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("module", "source", "told"),
    [
        ("formatting", "def late():\n    from spie.convention import Budget", "imports convention"),
        ("store", "if TYPE_CHECKING:\n    from spie import terminal", "imports terminal"),
        ("results", "from spie.pages import render", "by notebook alone"),
        ("convention", "_core.budget(pack._core)", "handed over by handle"),
        ("store", "import rich.text", "rich may be imported only by"),
        ("notebook", "def page():\n    from spie.pages import render", None),
        ("convention", "class A:\n    def f(self): return self._core", None),
        ("cli.main", "from spie.demo import convention", None),
    ],
)
def test_a_fault_is_told_and_what_is_right_is_not(house, module, source, told):
    faults = house.faults_of(module, ast.parse(source), house.modules())
    assert [told in one for one in faults] == ([] if told is None else [True])


def test_modules_that_reach_each_other_are_a_cycle(house):
    arrows = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": {"e"}, "e": set()}
    assert house.cycles(arrows) == [["a", "b", "c"]]
    assert house.cycles({**arrows, "c": {"d"}}) == []


def test_a_name_imported_of_a_package_is_the_module_where_there_is_one(house):
    known = ["convention", "pages", "pages.clair"]
    tree = ast.parse("from spie import convention, Pack\nfrom spie.pages import clair, render")
    assert [one for _, one in house.imported(tree, known)] == ["convention", "pages.clair", "pages"]
