#!/usr/bin/env python3
"""Our headers carry plain comments; Doxygen reads marked ones. Marks those that document something: // and /* that
stand before a declaration, and those that end its line."""

import re
import sys
from pathlib import Path

path = Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
if path.suffix in {".h", ".hpp"}:
    # Inside a comment, what Doxygen would take for its own commands; between quotation marks it takes none.
    text = re.sub(
        r"//[^\n]*|/\*.*?\*/",
        lambda comment: re.sub(r"(?<!\")[\\@](?=\w)", r"\\\g<0>", comment.group()),
        text,
        flags=re.S,
    )
    lines = text.split("\n")
    for index, line in enumerate(lines):
        stripped = line.lstrip()
        if re.match(r"(//|/\*) clang-format (on|off)", stripped):
            lines[index] = ""
            continue
        indent = line[: len(line) - len(stripped)]
        if stripped.startswith("// ") or stripped == "//":
            lines[index] = f"{indent}///{stripped[2:]}"
        elif stripped.startswith("/* ") and not stripped.startswith("/* --"):
            lines[index] = f"{indent}/**{stripped[2:]}"
        elif stripped:
            lines[index] = re.sub(r"([;,{]\s+)//(?= )", r"\1///<", lines[index])
            lines[index] = re.sub(r"([;,{]\s+)/\*(?= )", r"\1/**<", lines[index])
    text = "\n".join(lines)
    if lines[0].startswith(("/// ", "/** ")):
        # The first comment of a file is about the file.
        text = re.sub(
            r"^(///|/\*\*)",
            r"\1 @file\n\1" if lines[0].startswith("///") else r"\1 @file\n *",
            text,
            count=1,
        )
sys.stdout.write(text)
