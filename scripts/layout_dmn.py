#!/usr/bin/env python3
"""Lays out anew the diagram of DMN models, as editors show it: information flows from left to right, no line crosses a
shape, names stand whole in their shapes. Only the dmndi section is written.

    scripts/layout_dmn.py MODEL.dmn…        needs dot, of Debian's graphviz

For whoever adds a decision to a model by hand; a model saved by an editor keeps the editor's layout.
"""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from xml.sax.saxutils import quoteattr

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
KINDS = ("inputData", "knowledgeSource", "businessKnowledgeModel", "decision")
REQUIREMENTS = ("informationRequirement", "knowledgeRequirement", "authorityRequirement")
HEIGHTS = {"inputData": 44, "knowledgeSource": 60, "businessKnowledgeModel": 50, "decision": 66}
# dmn-js writes names in a sans serif of 12 pixels, and breaks a name without spaces wherever it meets the border.
CHARACTER = 7
MARGIN = 24
SECTION = re.compile(r"<dmndi:DMNDI>.*</dmndi:DMNDI>", re.S)
DIAGRAM = re.compile(r"<dmndi:DMNDiagram\b[^>]*>")


def elements(root: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """id → kind and name, in the order of the model."""
    return {
        one.get("id", ""): (one.tag.removeprefix(DMN), one.get("name", ""))
        for one in root
        if one.tag.removeprefix(DMN) in KINDS
    }


def requirements(root: ElementTree.Element) -> list[tuple[str, str, str]]:
    """id, what is required, what requires it; what another model holds has no shape here."""
    found = []
    for element in root:
        for requirement in element:
            if requirement.tag.removeprefix(DMN) not in REQUIREMENTS:
                continue
            for end in requirement:
                target, _, local = end.get("href", "").partition("#")
                if not target and local:
                    found.append((requirement.get("id", ""), local, element.get("id", "")))
    return found


def widths(shapes: dict[str, tuple[str, str]]) -> dict[str, int]:
    """One width for each kind, so that the columns are even."""
    longest: dict[str, int] = {}
    for kind, name in shapes.values():
        word = max(len(part) for part in name.split())
        longest[kind] = max(longest.get(kind, 0), word, min(len(name), 20))
    return {kind: -(-(count * CHARACTER + MARGIN) // 10) * 10 for kind, count in longest.items()}


def graph(shapes: dict[str, tuple[str, str]], links: list[tuple[str, str, str]]) -> str:
    width = widths(shapes)
    # Lines that fan out to one shape need room before they meet.
    fan = max(Counter(head for _, _, head in links).values(), default=0)
    lines = [
        "digraph {",
        "graph [rankdir=LR splines=polyline nodesep=0.25 pack=30 packmode=array_c2]",
        f"graph [ranksep={1.2 + fan / 7:.2f}]",
        'node [shape=box fixedsize=true label=""] edge [arrowhead=none tailport=e headport=w]',
    ]
    for name, (kind, _) in shapes.items():
        lines.append(f'"{name}" [width={width[kind] / 72:.4f} height={HEIGHTS[kind] / 72:.4f}]')
    for name, tail, head in links:
        # Information decides the columns; a source of authority stands beside what it governs.
        weight = 1 if shapes[tail][0] == "knowledgeSource" else 3
        lines.append(f'"{tail}" -> "{head}" [id="{name}" weight={weight}]')
    return "\n".join([*lines, "}"])


def straight(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the points that lie on the line between their neighbours."""
    kept = points[:1]
    for index in range(1, len(points) - 1):
        (x0, y0), (x1, y1), (x2, y2) = kept[-1], points[index], points[index + 1]
        if abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) > 2 * max(
            abs(x2 - x0), abs(y2 - y0), 1
        ):
            kept.append(points[index])
    return [*kept, *points[-1:]]


def section(text: str) -> str:
    root = ElementTree.fromstring(text)
    shapes, links = elements(root), requirements(root)
    laid = json.loads(
        subprocess.run(
            ["dot", "-Tjson"],
            input=graph(shapes, links),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
    top = float(laid["bb"].split(",")[3])

    def place(point: str) -> tuple[int, int]:
        x, y = point.split(",")
        return round(float(x)) + 160, round(top - float(y)) + 80  # beside an editor's palette

    opening = DIAGRAM.search(text)
    lines = [
        "<dmndi:DMNDI>",
        "    " + (opening.group() if opening else '<dmndi:DMNDiagram id="diagramme">'),
    ]
    positions = {node["name"]: node["pos"] for node in laid["objects"]}
    width = widths(shapes)
    for name, (kind, _) in shapes.items():
        x, y = place(positions[name])
        lines += [
            f"      <dmndi:DMNShape id={quoteattr('forme_' + name)} dmnElementRef={quoteattr(name)}>",
            f'        <dc:Bounds height="{HEIGHTS[kind]}" width="{width[kind]}"'
            f' x="{x - width[kind] // 2}" y="{y - HEIGHTS[kind] // 2}" />',
            "      </dmndi:DMNShape>",
        ]
    routes = {edge["id"]: edge["pos"] for edge in laid["edges"]}
    for name, _, _ in links:
        # A spline is given by its ends and, between them, two points of control for each end.
        points = straight([place(point) for point in routes[name].split()[::3]])
        lines.append(
            f"      <dmndi:DMNEdge id={quoteattr('trait_' + name)} dmnElementRef={quoteattr(name)}>"
        )
        lines += [f'        <di:waypoint x="{x}" y="{y}" />' for x, y in points]
        lines.append("      </dmndi:DMNEdge>")
    return "\n".join([*lines, "    </dmndi:DMNDiagram>", "  </dmndi:DMNDI>"])


def main() -> int:
    for name in sys.argv[1:]:
        file = Path(name)
        text = file.read_text(encoding="utf-8")
        found = SECTION.search(text)
        if found is None:
            print(f"{name}: no <dmndi:DMNDI> to replace", file=sys.stderr)
            return 1
        laid = text[: found.start()] + section(text) + text[found.end() :]
        file.write_text(laid, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
