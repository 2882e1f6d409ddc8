"""Letters as outlines: how wide a text is, where it is cut into lines, what draws it.

The table is that of a font (scripts/write_letters.py): a picture looks the same wherever it is drawn or read.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

ELLIPSIS, HYPHEN = "…", "-"
NARROWEST = 0.82
"""Of its width, for a line of one long word."""


@cache
def table() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        (Path(__file__).parent / "lettres.json").read_text(encoding="utf-8")
    )
    return made


def absent(text: str) -> str:
    """Its letters that have no outline, each once."""
    known = table()["lettres"]
    return "".join(dict.fromkeys(one for one in text if one not in known))


def width(text: str, size: float) -> float:
    known = table()["lettres"]
    em: int = table()["corps"]
    # A letter without outline is of another script: as wide as it is high.
    advance: int = sum(known[one][0] if one in known else em for one in text)
    return advance * size / em


def capital(size: float) -> float:
    """How high a capital stands."""
    return float(table()["capitale"] * size / table()["corps"])


def drawn(text: str, centre: float, y: float, size: float, room: float) -> str:
    """The paths of a text, centred, standing on y; narrowed to the room when it is wider."""
    known, scale = table()["lettres"], size / table()["corps"]
    whole = width(text, size)
    narrowed = min(1, room / whole) if whole else 1
    x = centre - whole * narrowed / 2
    made = []
    for one in text:
        advance, outline = known[one]
        if outline:
            place = f"translate({x:.1f} {y:.1f})scale({scale * narrowed:.4f} {scale:.4f})"
            made.append(f'<path transform="{place}" d="{outline}"/>')
        x += advance * scale * narrowed
    return "".join(made)


def cut(word: str, size: float, room: float) -> list[str]:
    """The pieces of a word that no line holds, even narrowed."""
    if width(word, size) <= room / NARROWEST:
        return [word]
    pieces = [""]
    for one in word:
        if pieces[-1] and width(pieces[-1] + one + HYPHEN, size) > room:
            pieces[-1] += HYPHEN
            pieces.append("")
        pieces[-1] += one
    return pieces


def filled(words: list[str], size: float, room: float) -> list[str]:
    """Lines as full as can be."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines += cut(word, size, room)
    return lines


def balanced(words: list[str], size: float, room: float) -> list[str]:
    """No more lines than `filled` needs, of lengths as even as can be."""
    best = filled(words, size, room)
    widest = max((width(word, size) for word in words), default=0)
    for narrower in range(int(room), int(widest), -4):
        lines = filled(words, size, narrower)
        if len(lines) > len(best):
            break
        best = lines
    return best


def shortened(lines: list[str], most: int, size: float, room: float) -> list[str]:
    """The first lines, the last of which says that there were others."""
    if len(lines) <= most:
        return lines
    words = lines[most - 1].split(" ")
    # No "de…", "et…": such a word announces what is not shown.
    while len(words) > 1 and (len(words[-1]) < 4 or width(" ".join(words) + ELLIPSIS, size) > room):
        words.pop()
    return [*lines[: most - 1], " ".join(words).rstrip(" ,;:" + HYPHEN) + ELLIPSIS]
