"""The packs that come with spie."""

from __future__ import annotations

from pathlib import Path


def path() -> Path:
    """The folder of the bundled packs; each is a folder that bears its id."""
    return Path(__file__).resolve().parent / "packs"


def names() -> list[str]:
    """The ids of the bundled packs."""
    return sorted(found.parent.name for found in path().glob("*/pack.json"))


def find(folder: str | Path) -> Path:
    """The folder itself, or the bundled pack of that name where there is no such folder."""
    given = Path(folder)
    if not given.exists() and given.name == str(folder) and given.name in names():
        return path() / given.name
    return given
