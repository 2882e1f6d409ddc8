"""The invented département of the tests, made and written once for all the files that name this one in
`pytest_plugins`."""

from __future__ import annotations

from collections import defaultdict

import pytest
from spie import synthetic
from synthetic_files import ADULTES, rows


@pytest.fixture(scope="session")
def departement():
    return synthetic.generate(ADULTES, 7)


@pytest.fixture(scope="session")
def files(departement, tmp_path_factory):
    """The files of every month."""
    folder = tmp_path_factory.mktemp("departement")
    departement.write(folder, departement.calendrier.references)
    return folder


@pytest.fixture(scope="session")
def truth(files):
    """The records of the truth, by source then by key."""
    found = defaultdict(dict)
    for row in rows(files / "verite" / "verite.csv"):
        assert row["cle"] not in found[row["source"]]
        found[row["source"]][row["cle"]] = row
    return found


@pytest.fixture(scope="session")
def people(files):
    return {row["personne"]: row for row in rows(files / "verite" / "personnes.csv")}
