"""Small models for the tests of the analysis, and the regions that it names, read back."""

from __future__ import annotations

from xml.sax.saxutils import escape

from spie import feel

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def model(
    inputs: list[tuple[str, str, str]],
    rules: list[list[str]],
    policy: str = "UNIQUE",
    name: str = "d",
) -> str:
    """A model of one table; inputs: (name, type, allowed values); the last cell of a rule is its output."""
    data = "".join(
        f'<inputData id="i_{n}" name="{n}"><variable name="{n}" typeRef="{t}"/></inputData>'
        for n, t, _ in inputs
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#i_{n}"/></informationRequirement>'
        for n, _, _ in inputs
    )
    columns = "".join(
        f'<input><inputExpression typeRef="{t}"><text>{n}</text></inputExpression>'
        + (f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else "")
        + "</input>"
        for n, t, allowed in inputs
    )
    written = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in rule[:-1])
        + f"<outputEntry><text>{escape(rule[-1])}</text></outputEntry></rule>"
        for rule in rules
    )
    return (
        f'<definitions xmlns="{NAMESPACE}" id="m" name="m" namespace="urn:analyse">{data}'
        f'<decision id="d" name="{name}"><variable name="{name}"/>{needs}'
        f'<decisionTable hitPolicy="{policy}">{columns}<output/>{written}</decisionTable></decision>'
        "</definitions>"
    )


def holds(region: str, point: dict[str, object], types: dict[str, str]) -> bool:
    """Whether a point of numbers, texts and booleans is in a region in words."""
    if region == "toutes les entrées":
        return True
    for part in region.split(" et "):
        name, _, test = part.partition(" ")
        if test == ": toute autre valeur":
            continue
        if test.startswith(("dans ", "parmi ")):
            listed = test.split(" ", 1)[1]
            test = f"in {listed}" if test.startswith("dans ") else f"in ({listed})"
        if not feel.evaluate(f"{name} {test}", {name: point[name]}):
            return False
    return True
