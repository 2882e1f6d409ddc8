"""Registration numbers (NIR) that no one bears, one for each adult.

A NIR is sex, year, month, département, commune of birth, order: 13 characters, then a key of two
digits. The commune is one that does not exist (600 to 999 in Seine-et-Marne, where the last code is
534, or in Corsica). Commune and order follow from the number of the adult; so does the month of
birth, which tells apart those who share them: no two adults have the same NIR below `LIMIT`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from zlib import crc32

from spie.synthetic.communes import CODES_INVENTES

_FIRST, _LAST = CODES_INVENTES
_ORDERS: Final = 999
_SLOTS: Final = (_LAST - _FIRST + 1) * _ORDERS
_STRIDE: Final = 77_711  # prime to _SLOTS: each number has a slot of its own
LIMIT: Final = 12 * _SLOTS
"""How many adults can be told apart: 4,795,200."""

_SHAPE: Final = re.compile(r"[12]\d{4}(?:\d{2}|2A|2B)\d{6}(\d{2})?")


@cache
def _shift(graine: int) -> int:
    return crc32(str(graine).encode())


def _slot(graine: int, numero: int) -> int:
    return (numero * _STRIDE + _shift(graine)) % _SLOTS


def month(graine: int, numero: int) -> int:
    """The month of birth of the adult of that number."""
    return (_slot(graine, numero) * 7 + numero // _SLOTS + _shift(graine) // 7) % 12 + 1


def commune(graine: int, numero: int) -> int:
    """The invented code of the commune of birth of that adult, within its département."""
    return _FIRST + _slot(graine, numero) // _ORDERS


def number(graine: int, numero: int, sexe: str, year: int, departement: str) -> str:
    """The 13 characters, without the key."""
    order = _slot(graine, numero) % _ORDERS + 1
    return (
        f"{sexe}{year % 100:02}{month(graine, numero):02}"
        f"{departement}{commune(graine, numero):03}{order:03}"
    )


def key(nir: str) -> int:
    """The key of a NIR of 13 characters: 2A counts as 19, 2B as 18."""
    return 97 - int(nir.replace("2A", "19").replace("2B", "18")) % 97


def with_key(nir: str) -> str:
    """The 15 characters."""
    return f"{nir}{key(nir):02}"


def is_valid(nir: str) -> bool:
    """Whether it has the shape of a NIR, a month, and the right key where it has one."""
    found = _SHAPE.fullmatch(nir)
    if not found or not 1 <= int(nir[3:5]) <= 12:
        return False
    return found[1] is None or int(found[1]) == key(nir[:13])


def is_invented(nir: str) -> bool:
    """Whether its commune of birth is one of those that do not exist."""
    return nir[5:7] in ("77", "2A", "2B") and _FIRST <= int(nir[7:10]) <= _LAST
