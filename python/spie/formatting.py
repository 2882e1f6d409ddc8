"""Amounts, dates, values and codes as French readers write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from spie._core import MonthsDuration

THIN = "\u202f"  # between thousands
FIXED = "\u00a0"  # before a unit or a colon

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip

# Codes that the engine itself gives; those of a pack have their words in the pack (spie.words.codes).
LABELS = {
    # statuses
    "determine": "déterminé",
    "indetermine": "indéterminé",
    "erreur": "en erreur",
    # verdicts of cells
    "non_evalue": "non évalué",
    # fields of the statement
    "cout_total": "coût total",
    "depenses_eligibles": "dépenses éligibles",
    "part_etat": "part de l'État",
    "solde_exigible": "solde exigible",
    "trop_percu_exigible": "trop-perçu exigible",
    # who follows
    "referent_unique": "référent unique",
    "conseiller": "conseiller",
    "coordinateur": "coordinateur",
    # retention of dossiers
    "conserve": "conservé",
    "a_prevenir": "à prévenir",
    "prevenu": "prévenu",
    "a_effacer": "à effacer",
    # levels
    "error": "erreur",
    "warning": "avertissement",
    "note": "note",
}


def overrun(action: str, left: Decimal | None) -> str:
    """That an action has cost more than its budget, of which `left`, below zero, is left."""
    return f"« {action} » dépasse son budget de {euros(None if left is None else -left)}."


# What a terminal obeys instead of showing, and what changes the order in which a line is read.
COMMANDS = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
)


def safe(text: str) -> str:
    """The text as it may be shown: a character that a terminal would obey is shown in its stead.

    Everything that is printed passes here, and everything on a page."""
    return COMMANDS.sub(lambda one: " " if one[0] == "\t" else "\N{REPLACEMENT CHARACTER}", text)


def safe_json(text: str) -> str:
    """The same JSON, such characters being escaped."""
    return COMMANDS.sub(lambda one: one[0] if one[0] == "\t" else f"\\u{ord(one[0]):04x}", text)


def label(code: str) -> str:
    """The words for a code; the code with spaces when it has none."""
    return LABELS.get(code, code.replace("_", " "))


def number(value: Decimal) -> str:
    """1234.5 as 1 234,5."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or abs(exponent) > 40 or len(digits) > 40:
        return str(value)
    text = f"{abs(value):,f}".replace(",", THIN).replace(".", ",")
    return f"−{text}" if sign else text


SECOND_HAND = "à vérifier avant de le montrer comme du droit"


def amount(value: Decimal | str | None) -> str:
    """1234.5 as 1 234,50; an unknown amount as a dash."""
    if value is None:
        return "—"
    return number(Decimal(value).quantize(Decimal("0.01")))


def euros(value: Decimal | str | None) -> str:
    """1234.5 as 1 234,50 €."""
    return "—" if value is None else f"{amount(value)}{FIXED}€"


def percent(value: Decimal) -> str:
    """0.155 as 15,5 %."""
    return f"{number((value * 100).normalize())}{FIXED}%"


def long_date(day: object) -> str:
    """31 décembre 2023."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    if not isinstance(day, date):
        return "—" if day is None else str(day)
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: object) -> str:
    """31/12/2023; a text that is no date as it is."""
    if isinstance(day, str):
        with suppress(ValueError):
            day = date.fromisoformat(day)
    if not isinstance(day, date):
        return "—" if day is None else str(day)
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def yes_no(value: bool | None) -> str:
    return "inconnu" if value is None else "oui" if value else "non"


MOST = 1_000


def _parts(items: Iterable[Any], write: Callable[[Any], str], left: list[int]) -> list[str]:
    """The items written out, as long as `left[0]` values are left; then how many are not."""
    given = list(items)
    written: list[str] = []
    for index, item in enumerate(given):
        if left[0] <= 0:
            written.append(f"… ({count(len(given) - index, 'autre')})")
            break
        written.append(write(item))
    return written


def value(given: Any, words: Mapping[str, str] | None = None, left: list[int] | None = None) -> str:
    """A FEEL value on one line, cut after a thousand values; `words` say codes otherwise than the
    usual labels."""
    left = [MOST] if left is None else left
    if not isinstance(given, Mapping | list | tuple):
        left[0] -= 1
    if given is None:
        return "—"
    if isinstance(given, bool):
        return yes_no(given)
    if isinstance(given, Decimal):
        return number(given)
    if isinstance(given, datetime):
        return given.isoformat(sep=" ")
    if isinstance(given, date):
        return short_date(given)
    if isinstance(given, timedelta):
        days = given.total_seconds() / 86400
        return f"{days:g} jours" if days.is_integer() else str(given)
    if isinstance(given, MonthsDuration):
        years, months = divmod(given.months, 12)
        parts = [count(years, "an")] if years else []
        return " et ".join(parts + ([f"{months} mois"] if months or not years else []))
    if isinstance(given, str):
        return (words or {}).get(given) or LABELS.get(given, given)
    if isinstance(given, Mapping):
        return " ; ".join(
            _parts(
                given.items(),
                lambda one: (
                    f"{(words or {}).get(str(one[0])) or label(str(one[0]))}{FIXED}: "
                    f"{value(one[1], words, left)}"
                ),
                left,
            )
        )
    if isinstance(given, list | tuple):
        return (
            ", ".join(_parts(given, lambda one: value(one, words, left), left))
            if given
            else "aucun"
        )
    return str(given)


def quantity(given: Any, unit: str) -> str:
    """A parameter with its unit; a text as it is, since it is what one writes to choose it."""
    if isinstance(given, str):
        return given
    if unit == "EUR":
        return euros(given)
    if unit == "ratio":
        return percent(given)
    words = value(given)
    known = unit in ("", "texte", "date", "nombre", "durée") or not isinstance(given, Decimal)
    return words if known else f"{words} {unit}"


def article(title: str) -> str:
    """The title of an article, its numbers held to their words."""
    return re.sub(r"\b(Article|Annexe|alinéa|axe) ", rf"\1{FIXED}", title)


def count(how_many: int, singular: str, plural: str | None = None) -> str:
    """1 ligne, 2 lignes: the plural begins at two."""
    words = singular if abs(how_many) < 2 else plural or f"{singular}s"
    return f"{number(Decimal(how_many))} {words}"


def typo(text: str) -> str:
    """A text of data as French is set: narrow no-break spaces before high signs, curved apostrophes."""
    made = re.sub(r"[ \xa0]([:;!?»])", THIN + r"\1", text)
    made = re.sub(r"«[ \xa0]", "«" + THIN, made)
    return re.sub(r"(?<=\w)'(?=[\w«])", "\u2019", made)
