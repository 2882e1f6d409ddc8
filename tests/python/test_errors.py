"""Exceptions: a small hierarchy, with codes, places and remedies."""

from __future__ import annotations

import pickle

import pytest
import spie
from spie import _core
from spie.errors import Diagnostic, from_diagnostics


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("F001", spie.FeelSyntaxError),
        ("F006", spie.FeelError),
        ("D001", spie.DmnError),
        ("P001", spie.PackError),
        ("C001", spie.LedgerError),
        ("J001", spie.ValueConversionError),
        ("E001", spie.DossierError),
        ("S001", spie.StoreError),
        ("I001", spie.ImportRefused),
        ("R001", spie.RightsError),
        ("A001", spie.UsageError),
        ("A003", spie.InternalError),
    ],
)
def test_the_code_chooses_the_class(code, kind):
    error = from_diagnostics([Diagnostic(code, "error", "m", "w", "r")])
    assert type(error) is kind and isinstance(error, spie.SpieError)
    assert (error.code, error.message, error.where) == (code, "m", "w")


def test_every_family_has_a_class():
    for code, meaning, remedy in _core.codes():
        assert type(from_diagnostics([Diagnostic(code, "error", "", "", "")])) is not spie.SpieError
        assert meaning and remedy


def test_every_finding_is_carried():
    findings = [Diagnostic("D003", "error", str(n), "", "") for n in range(3)]
    error = from_diagnostics(findings)
    assert error.diagnostics == tuple(findings)
    assert "and 2 more" in str(error)


def test_exceptions_are_pickled():
    error = from_diagnostics([Diagnostic("P001", "error", "m", "w", "r")])
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is spie.PackError and back.diagnostics == error.diagnostics
