"""Seeded decision tables as DMN, and rows of inputs for them, in every hit policy."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

POLICIES = [
    "UNIQUE",
    "ANY",
    "FIRST",
    "PRIORITY",
    "RULE ORDER",
    "OUTPUT ORDER",
    "COLLECT",
    "COLLECT SUM",
    "COLLECT COUNT",
    "COLLECT MIN",
    "COLLECT MAX",
]
# The input's name, its type, its cells, its values.
INPUTS = {
    "n": (
        "number",
        ["-", "< 3", ">= 3", "[2..5]", "(2..5)", "1, 4", "not(4)", "> 2, < 1", "4"],
        ["1", "2", "3", "4", "5.5"],
    ),
    "t": ("string", ["-", '"a"', '"a", "b"', 'not("a")', '< "b"', '"c"'], ["a", "b", "c", "é"]),
    "d": (
        "date",
        [
            "-",
            '< date("2024-01-01")',
            '>= date("2024-01-01")',
            '[date("2023-06-01")..date("2024-06-01"))',
        ],
        ["2023-01-01", "2024-01-01", "2024-05-31"],
    ),
    "b": ("boolean", ["-", "true", "false"], [True, False]),
}
OUTPUTS = ["1", "2", "3", "5"]


@dataclass(frozen=True)
class Table:
    policy: str
    rules: list[str]
    xml: str
    rows: list[dict[str, Any]]  # typed JSON


def table(seed: int) -> Table:
    random_ = random.Random(seed)
    policy = random_.choice(POLICIES)
    names = random_.sample(list(INPUTS), random_.randint(1, 3))
    two_outputs = (
        policy in ("PRIORITY", "OUTPUT ORDER", "RULE ORDER", "FIRST", "UNIQUE")
        and random_.random() < 0.3
    )
    rules = []
    for _ in range(random_.randint(1, 6)):
        cells = [random_.choice(INPUTS[name][1]) for name in names]
        rules.append((cells, [random_.choice(OUTPUTS) for _ in range(2 if two_outputs else 1)]))
    default = random_.random() < 0.3 and not policy.startswith("COLLECT ")
    hit, _, aggregation = (
        policy.partition(" ") if policy.startswith("COLLECT") else (policy, "", "")
    )
    xml = [
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:peers">',
        *(
            f'<inputData id="i-{name}" name="{name}"><variable name="{name}" typeRef="{INPUTS[name][0]}"/></inputData>'
            for name in names
        ),
        '<decision id="d" name="D"><variable name="D"/>',
        *(
            f'<informationRequirement id="r-{name}"><requiredInput href="#i-{name}"/></informationRequirement>'
            for name in names
        ),
        f'<decisionTable id="t" hitPolicy="{hit}"'
        + (f' aggregation="{aggregation}">' if aggregation else ">"),
        *(
            f'<input id="c-{name}"><inputExpression typeRef="{INPUTS[name][0]}"><text>{name}</text></inputExpression></input>'
            for name in names
        ),
    ]
    for output in ("x", "y")[: 2 if two_outputs else 1]:
        values = random_.sample(OUTPUTS, len(OUTPUTS))
        xml.append(
            f'<output id="o-{output}"'
            + (f' name="{output}"' if two_outputs else "")
            + ' typeRef="number">'
            + (
                f"<outputValues><text>{', '.join(values)}</text></outputValues>"
                if hit in ("PRIORITY", "OUTPUT ORDER")
                else ""
            )
            + (
                "<defaultOutputEntry><text>0</text></defaultOutputEntry>"
                if default and hit not in ("PRIORITY", "OUTPUT ORDER")
                else ""
            )
            + "</output>"
        )
    for number, (cells, outputs) in enumerate(rules):
        xml.append(f'<rule id="u{number}">')
        xml += [f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells]
        xml += [f"<outputEntry><text>{output}</text></outputEntry>" for output in outputs]
        xml.append("</rule>")
    xml.append("</decisionTable></decision></definitions>")
    rows = [
        {name: _value(INPUTS[name][0], random_.choice(INPUTS[name][2])) for name in names}
        for _ in range(6)
    ]
    return Table(
        policy,
        [" | ".join([*cells, "→", *outputs]) for cells, outputs in rules],
        "".join(xml),
        rows,
    )


def _value(kind: str, value: Any) -> Any:
    return {"n": value} if kind == "number" else {"date": value} if kind == "date" else value
