"""The files that come with spie, and where they stand: said here alone."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def packs() -> Path:
    """The packs: each is a folder that bears its id."""
    return HERE / "packs"


def nomenclatures() -> Path:
    """The lists of codes of the sources."""
    return HERE / "nomenclatures"


def invented() -> Path:
    """The invented ledger, payments, facts and people of the demonstration."""
    return HERE / "donnees"


def hypotheses() -> Path:
    """What the invented département is drawn from: figures that are published, and others that are not."""
    return HERE / "synthetic/donnees"


def words() -> Path:
    """How our own codes are said to the person whom a dossier is about."""
    return HERE / "words/mots.json"
