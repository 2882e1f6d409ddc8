"""Values cross both ways without losing anything."""

from __future__ import annotations

import enum
import pickle
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import spie
from hypothesis import given, settings
from hypothesis import strategies as st
from spie import _core, feel

PARIS = ZoneInfo("Europe/Paris")

offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
zones = st.one_of(st.none(), st.just(UTC), offsets, st.just(PARIS))
numbers = st.one_of(
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12
    ),
    st.floats(allow_nan=False, allow_infinity=False),
)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    numbers,
    st.text(st.characters(exclude_categories=["Cs"])),
    st.dates(),
    st.times(timezones=zones),
    st.datetimes(timezones=zones, allow_imaginary=False),
    st.timedeltas(),
)
keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def as_given_back(value):
    """What the engine is to give back: numbers are Decimal, a float by its shortest repr."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, dict):
        return {key: as_given_back(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_given_back(item) for item in value]
    # FEEL names a zone, and not which of the two hours when clocks go back: the second comes back by its offset, and
    # Python finds no instant of another zone equal to one of that hour (PEP 495).
    if isinstance(value, datetime) and value.fold:
        offset = value.utcoffset()
        return value if offset is None else value.replace(fold=0, tzinfo=timezone(offset))
    return value


def test_the_second_of_two_hours_comes_back_by_its_offset():
    second = datetime(2000, 10, 29, 2, 0, fold=1, tzinfo=PARIS)
    assert _core.round_trip(second) == datetime(
        2000, 10, 29, 2, 0, tzinfo=timezone(timedelta(hours=1))
    )


@settings(max_examples=400, deadline=None)
@given(values)
def test_what_goes_in_comes_back(value):
    assert _core.round_trip(value) == as_given_back(value)


@settings(max_examples=200, deadline=None)
@given(values)
def test_json_gives_back_what_it_was_made_from(value):
    assert _core.read_json(_core.write_json(value)) == _core.round_trip(value)


@settings(max_examples=200, deadline=None)
@given(st.datetimes(timezones=zones, allow_imaginary=False))
def test_an_instant_keeps_its_zone(instant):
    back = _core.round_trip(instant)
    assert back.utcoffset() == instant.utcoffset()
    assert (back.tzinfo is None) == (instant.tzinfo is None)


def test_types_are_the_types_of_python():
    back = _core.round_trip(
        [1, 1.5, True, "é", date(2024, 2, 29), time(10, 30), timedelta(1), None]
    )
    assert [type(one) for one in back] == [
        Decimal, Decimal, bool, str, date, time, timedelta, type(None),
    ]  # fmt: skip
    assert type(_core.round_trip(datetime(2024, 1, 1))) is datetime
    assert _core.round_trip((1, (2,))) == [1, [2]]


def test_a_float_is_read_by_its_shortest_text():
    assert str(_core.round_trip(0.1)) == "0.1"
    assert _core.round_trip(1.1 + 2.2) == Decimal("3.3000000000000003")


def test_zeros_after_the_point_are_kept():
    assert str(_core.round_trip(Decimal("1.10"))) == "1.10"


def test_a_named_zone_comes_back_as_zoneinfo():
    back = _core.round_trip(datetime(2024, 7, 1, 12, tzinfo=PARIS))
    assert isinstance(back.tzinfo, ZoneInfo) and back.tzinfo.key == "Europe/Paris"


def test_the_second_showing_of_a_repeated_hour_keeps_its_instant():
    twice = datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1)
    back = _core.round_trip(twice)
    assert back.astimezone(UTC) == twice.astimezone(UTC)
    assert back.astimezone(UTC) != twice.replace(fold=0).astimezone(UTC)


def test_what_python_lacks_comes_back_as_feel_types():
    far = feel.evaluate('date("999999999-12-31")')
    assert isinstance(far, feel.Date) and str(far) == "999999999-12-31" and far.year == 999999999
    fine = feel.evaluate('time("10:30:00.123456789")')
    assert isinstance(fine, feel.Time) and fine.nanosecond == 123456789
    months = feel.evaluate('duration("P1Y2M")')
    assert (
        isinstance(months, feel.MonthsDuration) and str(months) == "P1Y2M" and months.months == 14
    )
    interval = feel.evaluate("[1..5)")
    assert isinstance(interval, feel.Range) and str(interval) == "[1..5)"
    assert interval.start == 1 and interval.start_included and not interval.end_included
    instant = feel.evaluate('date and time("-0001-01-01T00:00:00")')
    assert isinstance(instant, feel.DateTime)
    function = feel.evaluate("function(x) x + 1")
    assert isinstance(function, feel.Function)


def test_feel_types_go_back_in():
    for text in ('date("999999999-12-31")', 'duration("P1Y2M")', "[1..5)", "(< 3)"):
        value = feel.evaluate(text)
        assert feel.evaluate("v = w", {"v": value, "w": value}) is True
        assert _core.round_trip(value) == value
    assert feel.evaluate("f(2)", {"f": feel.evaluate("function(x) x + 1")}) == 3


def test_feel_types_are_made_by_hand_compared_and_pickled():
    assert feel.MonthsDuration("P14M") == feel.MonthsDuration(months=14)
    assert hash(feel.MonthsDuration("P14M")) == hash(feel.MonthsDuration(months=14))
    assert feel.MonthsDuration(months=3) < feel.MonthsDuration(months=4)
    assert feel.Range(1, 5, end_included=False) == feel.evaluate("[1..5)")
    assert feel.evaluate("4 in r", {"r": feel.Range(None, 5)}) is True
    assert feel.Date("12024-01-01") != date(2024, 1, 1)
    for one in (
        feel.Date("12024-01-01"),
        feel.MonthsDuration(3),
        feel.DaysDuration("PT0.000000001S"),
    ):
        assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(spie.FeelError) as refused:
        feel.Date("2024-02-30")
    assert refused.value.code == "F007"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": [1, {"b": {1, 2}}]}, "/a/1/b"),
        ({"a/b": object()}, "/a~1b"),
        ([b"octets"], "/0"),
        ([Decimal("Infinity")], "/0"),
        ([10**7000], "/0"),
        (["\ud800"], "/0"),
        ({"a": {1: 2}}, "/a"),
    ],
)
def test_what_stands_for_nothing_is_refused_with_its_place(value, where):
    with pytest.raises(spie.ValueConversionError) as refused:
        _core.round_trip(value)
    assert (refused.value.code, refused.value.where) == ("J002", where)
    assert isinstance(refused.value, ValueError)


def test_nesting_is_bounded_both_ways():
    nested: list = []
    nested.append(nested)
    with pytest.raises(spie.ValueConversionError) as refused:
        _core.round_trip(nested)
    assert refused.value.code == "J003"
    cyclic: dict = {}
    cyclic["soi"] = cyclic
    with pytest.raises(spie.ValueConversionError):
        _core.round_trip(cyclic)
    wide: list = []
    for _ in range(40):
        wide = [wide, wide]
    with pytest.raises(spie.ValueConversionError) as too_many:
        _core.round_trip(wide)
    assert too_many.value.code == "J003"
    deep: list = []
    for _ in range(200):
        deep = [deep]
    assert _core.round_trip(deep) == deep


def test_subclasses_are_read_as_what_they_are():
    class Level(enum.IntEnum):
        ONE = 1

    class Code(enum.StrEnum):
        A = "a"

    assert _core.round_trip([Level.ONE, Code.A]) == [1, "a"]


def test_json_tags_what_it_lacks():
    text = _core.write_json(
        {"d": date(2022, 6, 1), "m": feel.MonthsDuration(3), "n": Decimal("1.10")}
    )
    assert text.replace(" ", "") == '{"d":{"@date":"2022-06-01"},"m":{"@duration":"P3M"},"n":1.10}'
    assert _core.read_json('{"n": 1234.50}') == {"n": Decimal("1234.50")}


def test_a_wrong_json_says_where():
    with pytest.raises(spie.ValueConversionError) as refused:
        _core.read_json('{"a": 1, "a": 2}', "faits.json")
    assert refused.value.code == "J004"
    with pytest.raises(spie.ValueConversionError) as broken:
        _core.read_json('{"a": ', "faits.json")
    assert broken.value.code == "J001" and "faits.json" in broken.value.where
