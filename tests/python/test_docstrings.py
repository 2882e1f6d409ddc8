"""The examples in the docstrings, run: those of the package, of the engine's own classes, and that the main ones have one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import spie
from conftest import MODEL

PROGRAMS = {"spie.__main__"}
"""What would run when it is imported."""

MAIN = [
    spie.Pack, spie.PackResult, spie.Result, spie.Situation, spie.Store,
    spie.actes, spie.badges, spie.conservation, spie.convention, spie.convention.EtatDesDepenses,
    spie.dmn.Decision, spie.dmn.Model, spie.dossier, spie.droits, spie.droits.Guichet, spie.feel,
    spie.feel.Expression, spie.images, spie.imports, spie.pack.Decision, spie.packs, spie.parcours,
    spie.passeport, spie.recommandations, spie.reseau, spie.rome, spie.store, spie.tables,
    spie.tables.Answer,
]  # fmt: skip


def modules() -> list[ModuleType]:
    names = [one.name for one in pkgutil.walk_packages(spie.__path__, "spie.")]
    return [spie, *(importlib.import_module(name) for name in names if name not in PROGRAMS)]


def members_of_the_engine(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """What doctest does not find by itself, for it is written in C++."""
    for name, one in vars(module).items():
        yield f"spie._core.{name}", one
        if inspect.isclass(one):
            for inner, member in vars(one).items():
                yield f"spie._core.{name}.{inner}", member


def examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    parser = doctest.DocTestParser()
    found = []
    for module in modules():
        if module.__name__ == "spie._core":
            for name, one in members_of_the_engine(module):
                text = one.__doc__ if isinstance(one.__doc__, str) else ""
                if ">>>" in text:
                    found.append(parser.get_doctest(text, {}, name, None, 0))
        else:
            found += finder.find(module, module.__name__)
    return sorted((one for one in found if one.examples), key=lambda one: one.name)


EXAMPLES = examples()


@pytest.fixture
def around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path) -> Iterator[dict[str, Any]]:
    """What an example may name without making it, and the files that it opens."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "frais.dmn").write_text(MODEL, encoding="utf-8")
    (tmp_path / "rome").symlink_to(root / "examples" / "donnees" / "rome")
    (tmp_path / "donnees").symlink_to(root / "examples" / "donnees")
    store = spie.Store.memory()
    address = spie.dossier.evenement(
        "personne:aline", "adresse", {"commune": "Nangis"}, debut=date(2022, 3, 1), auteur="conseillère"
    )  # fmt: skip
    store.append([address])
    yield {
        "spie": spie,
        "date": date,
        "datetime": datetime,
        "Decimal": Decimal,
        "Path": Path,
        "UTC": UTC,
        "pack": spie.Pack.load("seine-et-marne-2022-2023"),
        "model": spie.dmn.loads(MODEL),
        "store": store,
    }
    store.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=[one.name for one in EXAMPLES])
def test_an_example_gives_what_it_shows(example: doctest.DocTest, around: dict[str, Any]) -> None:
    for needed in ("pyarrow", "polars", "pandas"):
        if any(needed in one.source or "to_arrow" in one.source for one in example.examples):
            pytest.importorskip("pyarrow" if needed in ("pyarrow", "pandas") else needed)
    example.globs = around
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    ran = runner.run(example, out=told.append, clear_globs=False)
    assert ran.attempted > 0 and ran.failed == 0, "".join(told)


def test_there_are_examples_and_each_shows_what_it_gives() -> None:
    assert len(EXAMPLES) >= len(MAIN)
    silent = [
        one.name
        for one in EXAMPLES
        # The last line of an example is what it is for: it shows something, or says that it raises.
        if not one.examples[-1].want
    ]
    assert silent == []


@pytest.mark.parametrize("one", MAIN, ids=lambda one: one.__name__)
def test_what_people_use_most_has_an_example(one: Any) -> None:
    assert ">>>" in (one.__doc__ or "")
