"""Capital and small letters beside Python's own, which follow the same tables of Unicode."""

from __future__ import annotations

import unicodedata

import pytest
from spie import feel

# Blocks whose letters all stood in Unicode 14: a later Python knows a few more elsewhere.
BLOCKS = [(0x20, 0x1C7F), (0x1C90, 0x2FFF), (0xA640, 0xA69F), (0xFB00, 0xFFFF), (0x10400, 0x1044F)]


@pytest.mark.parametrize(("first", "last"), BLOCKS)
def test_each_letter_is_that_of_unicode(first, last):
    letters = [chr(c) for c in range(first, last + 1) if unicodedata.category(chr(c)) != "Cs"]
    given = {"l": letters}
    assert feel.evaluate("for c in l return upper case(c)", given) == [c.upper() for c in letters]
    assert feel.evaluate("for c in l return lower case(c)", given) == [c.lower() for c in letters]


@pytest.mark.parametrize(
    "text", ["ΟΔΟΣ", "ΟΔΟΣ ΟΔΟΥΣ", "Σ", "ΑΣ.", "ΑΣ'Α", "ΑΣ̈", "ΆΣ-ΒΣ", "1Σ", "ΣΑ ΑΣΣ", "AΣ"]
)
def test_a_sigma_that_ends_a_word_is_the_final_one(text):
    assert feel.evaluate("lower case(t)", {"t": text}) == text.lower()
