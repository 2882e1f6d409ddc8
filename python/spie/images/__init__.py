"""Pictures of badges, drawn from what a pack says of each category (docs/images.md).

>>> import spie
>>> pack = spie.Pack.load("socle-national")
>>> dessin = spie.images.dessiner(pack, "competence", "Pétrir la pâte à pain")
>>> dessin.svg.startswith("<svg")
True
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from html import escape
from typing import Any

from spie import _core, formatting
from spie.errors import Diagnostic, PackError, UsageError
from spie.images import lettres
from spie.pack import Pack

DATA = "images"
COTES = (64, 4096)
"""The least and the greatest side of a PNG, in pixels."""

# The geometry of a picture, in the units of its own square.
SIDE, CENTRE = 512, 256
SIGN_TOP, SIGN_SIDE, SIGN_UNITS = 34, 138, 24
WORD_BASE, WORD_SIZE, WORD_ROOM = 226, 46, 436
PANEL_TOP, PANEL_BOTTOM, PANEL_MARGIN, TITLE_ROOM = 244, 482, 10, 400
# The greatest that lets a title stand whole is taken; the last is of ten pixels where the picture has 128.
TITLE_SIZES, LEADING = (76, 66, 58, 52, 46, 40), 1.14


@dataclass(frozen=True)
class Categorie:
    """What a pack says of a category of badges."""

    categorie: str
    mot: str
    """Written in the picture."""
    description: str
    signe: str
    """What the sign shows, for who does not see it."""
    couleur: str
    trace: str
    """The sign: the commands of an SVG path in a square of 24 units."""


@dataclass(frozen=True)
class Dessin:
    """A picture: a square SVG that needs no font and nothing else."""

    svg: str
    lettres_absentes: str
    """Letters that it leaves to the fonts of who reads it: they have no outline here."""

    def png(self, cote: int = 512) -> bytes:
        """The picture in pixels. UsageError (A001) for another side than COTES allows, and where the extra
        `spie-insertion[images]` (resvg-py) is not installed."""
        least, most = COTES
        if not least <= cote <= most:
            raise _misused(
                f"The side of a picture is between {least} and {most} pixels.", "cote",
                f"le côté d'une image a entre {least} et {most} pixels", str(cote),
            )  # fmt: skip
        try:
            import resvg_py
        except ImportError as error:
            raise _misused(
                "A PNG is drawn by resvg-py, which is not installed.", "png",
                "un PNG se dessine avec resvg-py, qui n'est pas installé",
                remedy="pip install 'spie-insertion[images]'",
            ) from error  # fmt: skip
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=self.svg,
                width=cote,
                height=cote,
                skip_system_fonts=not self.lettres_absentes,
            )
        )

    def _repr_svg_(self) -> str:
        return self.svg


def categories(pack: Pack) -> dict[str, Categorie]:
    """By name, in the order of the pack. PackError: P011 when it says nothing of pictures, P002 for what it says
    wrong, a contrast below 4.5 among others."""
    data = _data(pack)
    found = {}
    for rank, one in enumerate(data["categories"]):
        place = f"donnees/{DATA}.json#/categories/{rank}"
        said = {field.name: one.get(field.name) for field in fields(Categorie)}
        for key, value in said.items():
            if not isinstance(value, str) or not FORMS.get(key, ANY).fullmatch(value):
                raise _ill_formed(pack, f"{place}/{key}", str(value))
        made = Categorie(**said)
        if contraste(made.couleur, data["fond"]) < CONTRAST:
            raise _ill_formed(pack, f"{place}/couleur", made.couleur)
        found[made.categorie] = made
    return found


def contraste(une: str, autre: str) -> float:
    """Between two colours written #rrggbb, from 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def dessiner(pack: Pack, categorie: str, titre: str) -> Dessin:
    """The picture of a badge: the sign, the colour and the word of its category, and its title.

    A title that is too long is cut in what is seen, and whole in what is read aloud. No NIR stands in it.
    UsageError (A001) for a category that the pack has not, and without title; PackError as `categories`."""
    known, data = categories(pack), _data(pack)
    if categorie not in known:
        raise _misused(
            _core.unknown("category", categorie, list(known)), "categorie",
            "le pack n'a pas de catégorie de ce nom", categorie, ", ".join(known),
        )  # fmt: skip
    text = _written(titre)
    if not text:
        raise _misused("A picture has a title.", "titre", "une image a un titre", titre)
    one = known[categorie]
    missing = lettres.absent(text + one.mot)
    lines, size = _lines(text)
    step = size * LEADING
    middle = (PANEL_TOP + PANEL_BOTTOM) / 2
    first = middle - step * (len(lines) - 1) / 2 + lettres.capital(size) / 2
    title = "".join(
        _line(line, first + step * rank, size, TITLE_ROOM) for rank, line in enumerate(lines)
    )
    scale = SIGN_SIDE / SIGN_UNITS
    paper, ink, colour = data["fond"], data["encre"], one.couleur
    named = escape(f"{one.mot}{formatting.THIN}: {text}")
    described = escape(formatting.typo(f"{one.description} {one.signe}"))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" '
        f'viewBox="0 0 {SIDE} {SIDE}" role="img" style="max-width:100%;height:auto"><title>{named}</title><desc>{described}</desc>\n'
        # The outer ring keeps the picture apart from a dark page.
        f'<rect x="4" y="4" width="504" height="504" rx="92" fill="{paper}"/>'
        f'<rect x="16" y="16" width="480" height="480" rx="80" fill="{colour}"/>'
        f'<path fill="{paper}" d="M30 {PANEL_TOP}H482V416A66 66 0 0 1 416 482H96A66 66 0 0 1 30 416Z"/>\n'
        f'<path fill="{paper}" fill-rule="evenodd" transform="translate({CENTRE - SIGN_SIDE / 2:g} '
        f'{SIGN_TOP})scale({scale:g})" d="{one.trace}"/>\n'
        f'<g fill="{paper}">{_line(one.mot, WORD_BASE, WORD_SIZE, WORD_ROOM)}</g>\n'
        f'<g fill="{ink}">{title}</g></svg>\n'
    )
    return Dessin(svg, missing)


ANY = re.compile(r".+", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-f]{6}")
FORMS = {"couleur": COLOUR, "trace": re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9 .,+-]+")}
CONTRAST = 4.5


def _data(pack: Pack) -> dict[str, Any]:
    data = pack.data(DATA)
    if data is None:
        raise PackError(
            Diagnostic(
                "P011", "error", f"the pack {pack.id!r} says nothing of pictures",
                f"donnees/{DATA}.json", "Extend a pack that does (socle-national).",
                "le pack ne dit rien des images", "Prolonger un pack qui en parle (socle-national).",
            )
        )  # fmt: skip
    for key in ("fond", "encre"):
        if not COLOUR.fullmatch(str(data.get(key))):
            raise _ill_formed(pack, f"donnees/{DATA}.json#/{key}", str(data.get(key)))
    if contraste(data["fond"], data["encre"]) < CONTRAST:
        raise _ill_formed(pack, f"donnees/{DATA}.json#/encre", data["encre"])
    made: dict[str, Any] = data
    return made


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _written(title: str) -> str:
    """As it may stand in a picture: on one line, composed, as French is set, without a NIR."""
    sound = re.sub("[\ufffe\uffff]", "\ufffd", title.encode("utf-8", "replace").decode())
    composed = unicodedata.normalize("NFC", formatting.safe(_core.without_nir(sound)))
    return formatting.typo(" ".join(re.split(r"[ \n]+", composed)).strip())


def _lines(text: str) -> tuple[list[str], float]:
    """The lines of a title, and the size of its letters: the greatest in which it stands whole, no word being
    narrowed while a smaller size will do."""
    words = text.split(" ")
    room = PANEL_BOTTOM - PANEL_TOP - PANEL_MARGIN
    for narrowest in (1, lettres.NARROWEST):
        for size in TITLE_SIZES:
            lines = lettres.balanced(words, size, TITLE_ROOM)
            longest = max(lettres.width(word, size) for word in words)
            if longest * narrowest <= TITLE_ROOM and len(lines) * size * LEADING <= room:
                return lines, size
    size = TITLE_SIZES[-1]
    lines = lettres.filled(words, size, TITLE_ROOM)
    return lettres.shortened(lines, int(room / (size * LEADING)), size, TITLE_ROOM), size


def _line(text: str, y: float, size: float, room: float) -> str:
    if not lettres.absent(text):
        return lettres.drawn(text, CENTRE, y, size, room)
    return (
        f'<text x="{CENTRE}" y="{y:.1f}" font-size="{size:g}" font-weight="700" text-anchor="middle" '
        f'font-family="DejaVu Sans Condensed,DejaVu Sans,Noto Sans,sans-serif">{escape(text)}</text>'
    )


def _misused(
    message: str, where: str, french: str, details: str = "", suggestion: str = "", remedy: str = ""
) -> UsageError:
    advice = remedy or "See its documentation."
    found = Diagnostic(
        "A001", "error", message, where, advice, french, remedy or "voir sa documentation", details,
        suggestion,
    )  # fmt: skip
    return UsageError(found)


def _ill_formed(pack: Pack, where: str, details: str) -> PackError:
    return PackError(
        Diagnostic(
            "P002", "error", f"the pack {pack.id!r} has not the expected form", where,
            "Mend the file at the place given.", "un fichier du pack n'a pas la forme attendue",
            "corriger le fichier à la place indiquée", details,
        )
    )  # fmt: skip
