"""The packs that come with spie.

>>> spie.packs.names()
['seine-et-marne-2022-2023', 'socle-national']
"""

from __future__ import annotations

from pathlib import Path

from spie import _core, bundled
from spie.errors import Diagnostic, PackError


def path() -> Path:
    """The folder of the bundled packs; each is a folder that bears its id."""
    return bundled.packs()


def names() -> list[str]:
    """The ids of the bundled packs."""
    return sorted(found.parent.name for found in path().glob("*/pack.json"))


def find(folder: str | Path) -> Path:
    """The folder itself, or the bundled pack of that name where there is no such folder.

    PackError (P001), with the name that was probably meant, when there is neither."""
    given = Path(folder)
    if given.exists():
        return given
    known = names()
    if given.name == str(folder) and given.name in known:
        return path() / given.name
    near = _core.nearest(given.name, known)
    raise PackError(
        Diagnostic(
            "P001",
            "error",
            _core.unknown("pack", str(folder), known),
            str(folder),
            "Give the folder of a pack, or the name of a bundled one.",
            "Il n'y a ni dossier ni pack fourni de ce nom",
            "Donner le dossier d'un pack, ou le nom d'un pack fourni (spie pack list)",
            str(folder),
            near or ", ".join(known),
        )
    )
