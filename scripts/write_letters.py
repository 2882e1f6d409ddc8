#!/usr/bin/env python3
"""Writes python/spie/images/lettres.json: the outlines of the letters that pictures of badges are written with, so that
no picture depends on the fonts of who draws or reads it.

    scripts/write_letters.py           writes the table anew
    scripts/write_letters.py --check   says whether it is out of step

They are those of DejaVu Sans Bold, as matplotlib passes it on, made narrower: read with .venv/bin/python.
"""

import json
import sys
from pathlib import Path

import matplotlib
from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

TABLE = Path(__file__).resolve().parents[1] / "python/spie/images/lettres.json"
FONT = Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans-Bold.ttf"
NARROWED = 0.9  # as DejaVu Sans Condensed is to DejaVu Sans
# What French and the languages written in Latin letters need, and the signs of French typography.
WRITTEN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "ȘșȚțẞ\u202f‐‑–—‘’“”„†•…‰′″‹›€№™−≤≥→"),
]


def table() -> str:
    font = TTFont(FONT)
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    rows = []
    for point in WRITTEN:
        if point not in names:
            continue
        glyph = glyphs[names[point]]
        pen = SVGPathPen(glyphs, ntos=lambda value: str(round(value)))
        # A letter stands on y = 0 and goes up towards less, as SVG has it.
        glyph.draw(TransformPen(pen, Transform(NARROWED, 0, 0, -1, 0, 0)))
        rows.append((chr(point), [round(glyph.width * NARROWED), pen.getCommands()]))
    heads = {
        "source": f"{font['name'].getDebugName(4)}, {font['name'].getDebugName(5)}",
        "corps": font["head"].unitsPerEm,
        "capitale": font["glyf"]["H"].yMax,
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in heads.items()]
    body = ",\n".join(
        f"    {json.dumps(letter, ensure_ascii=False)}: {json.dumps(made)}" for letter, made in rows
    )
    return "\n".join(["{", *lines, '  "lettres": {', body, "  }", "}"]) + "\n"


def main() -> int:
    made = table()
    if "--check" in sys.argv[1:]:
        same = TABLE.read_text(encoding="utf-8") == made
        print("lettres.json: " + ("as the font has it" if same else "run scripts/write_letters.py"))
        return 0 if same else 1
    TABLE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
