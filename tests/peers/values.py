"""Values in the typed JSON that engines exchange here, and when two of them are the same.

The form is that of the KIE oracle: null, true, "text", {"n": "1.50"}, [...], {"ctx": {name: value}}, {"date": …},
{"time": …}, {"dt": …}, {"ymd": "P1Y2M"}, {"dtd": "P1DT2H"}, {"range": "[1..5]"}; answers may hold {"fn": name}, {"other": text}.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from spie import feel

# Beyond this many digits engines may part: FEEL keeps 34, KIE computes functions of real numbers in doubles.
NUMBER = re.compile(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?")


def encode(value: Any) -> Any:
    """What ours gives, as the others write it."""
    match value:
        case None | bool() | str():
            return value
        case int() | Decimal():
            return {"n": str(value)}
        case list() | tuple():
            return [encode(item) for item in value]
        case dict():
            return {"ctx": {str(name): encode(item) for name, item in value.items()}}
        case datetime() | feel.DateTime():
            return {"dt": literal_text(value)}
        case date() | feel.Date():
            return {"date": literal_text(value)}
        case time() | feel.Time():
            return {"time": literal_text(value)}
        case timedelta() | feel.DaysDuration():
            return {"dtd": literal_text(value)}
        case feel.MonthsDuration():
            return {"ymd": str(value)}
        case feel.Range():
            return {"range": feel.to_feel(value)}
        case feel.Function():
            return {"fn": "function"}
    raise TypeError(f"a {type(value).__name__} is no value of FEEL")


def literal_text(value: Any) -> str:
    """The text between the quotation marks of the FEEL literal of a temporal value."""
    return feel.to_feel(value).split('"')[1]


def decode(value: Any) -> Any:
    """What another engine gives, as ours takes it."""
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    (tag, body), *_ = value.items()
    match tag:
        case "ctx":
            return {name: decode(item) for name, item in body.items()}
        case "n":
            return Decimal(body)
        case "date" | "time" | "dt" | "ymd" | "dtd":
            name = {"dt": "date and time", "ymd": "duration", "dtd": "duration"}.get(tag, tag)
            return feel.evaluate(f'{name}("{body}")')
        case "range":
            return feel.evaluate(body)
    raise ValueError(f"{tag} is a tag of answers alone")


def text(value: Any) -> str:
    """A value as FEEL would write it, for those who read a difference."""
    if isinstance(value, list):
        return "[" + ", ".join(text(item) for item in value) + "]"
    if isinstance(value, dict):
        (tag, body), *_ = value.items()
        if tag == "ctx":
            return "{" + ", ".join(f"{name}: {text(item)}" for name, item in body.items()) + "}"
        name = {"dt": "date and time", "ymd": "duration", "dtd": "duration"}.get(tag, tag)
        return str(body) if tag in ("n", "range", "other") else f'{name}("{body}")'
    return (
        {None: "null", True: "true", False: "false"}.get(value, f'"{value}"')
        if not isinstance(value, str)
        else f'"{value}"'
    )


def same(left: Any, right: Any) -> bool:
    """Whether two values in typed JSON are equal: numbers by value, durations by their length, ranges by their ends."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if not isinstance(left, dict):
        return bool(left == right)
    (tag, ours), *_ = left.items()
    (other, theirs), *_ = right.items()
    if tag != other:
        return False
    if tag == "ctx":
        return ours.keys() == theirs.keys() and all(same(ours[name], theirs[name]) for name in ours)
    if tag == "fn":
        return True
    return bool(_plain(tag, ours) == _plain(tag, theirs))


def _plain(tag: str, body: str) -> Any:
    match tag:
        case "n":
            return Decimal(body)
        case "ymd":
            parts = re.fullmatch(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?", body)
            if parts is None:
                return body
            months = 12 * int(parts[2] or 0) + int(parts[3] or 0)
            return -months if parts[1] else months
        case "range":
            # (<5) is written (null..5) by some, and a date by its call.
            text = re.sub(r"\s|\\n", "", body)  # a line feed, as one writes it or not
            text = re.sub(r"-?\d+\.\d+(?=[)\].])", lambda m: str(Decimal(m[0]).normalize()), text)
            text = re.sub(r'(?:date|time|dateandtime|duration)\("([^"]*)"\)', r"\1", text)
            text = re.sub(r'@?"([^"]*)"', r"\1", text)
            months = r"-?P(?:\d+Y)?(?:\d+M)?(?=[).\]]|$)"
            text = re.sub(months, lambda m: f"{_plain('ymd', m[0])} months", text)
            text = re.sub(
                r"^\((<=?)(.*)\)$", lambda m: f"(null..{m[2]}{']' if m[1] == '<=' else ')'}", text
            )
            return re.sub(
                r"^\((>=?)(.*)\)$", lambda m: f"{'[' if m[1] == '>=' else '('}{m[2]}..null)", text
            )
        case "time" | "dt":
            return body.replace("+00:00", "Z").replace("@UTC", "Z")
    return body
