#!/usr/bin/env python3
"""Validates the packs' models, and the tests' models of each version, against the schemas of DMN.

The schemas come with the conformance kit of DMN, which is not part of this repository: where it is absent, or xmllint
is, the models are counted as skipped.      tests/editors/xsd.py [FOLDER_OF_SCHEMAS]
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = {"20180521": "12", "20191111": "13", "20211108": "14", "20230324": "15"}


def main() -> int:
    schemas = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared/tck"
    models = sorted(ROOT.glob("packs/*/*.dmn")) + sorted(ROOT.glob("tests/dmn/models/*.dmn"))
    if not (schemas / "DMN13.xsd").exists() or shutil.which("xmllint") is None:
        lacking = "xmllint" if (schemas / "DMN13.xsd").exists() else f"{schemas.name}/DMN13.xsd"
        print(f"skipped: the models are not held to the schemas, for want of {lacking}")
        print(f"xsd: 0 passed, 0 failed, {len(models)} skipped")
        return 0
    failed = 0
    seen = set()
    for model in models:
        name = model.relative_to(ROOT)
        day = re.search(r"www\.omg\.org/spec/DMN/(\d+)/MODEL/", model.read_text(encoding="utf-8"))
        version = VERSIONS.get(day.group(1), "") if day else ""
        wanted = "13" if name.parts[0] == "packs" else version
        if not version or version != wanted:
            print(f"{name}: written in another version of DMN than 1.3")
            failed += 1
            continue
        seen.add(version)
        done = subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", schemas / f"DMN{version}.xsd", model],
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            print(done.stderr.strip())
            failed += 1
    passed = len(models) - failed
    for version in sorted(set(VERSIONS.values()) - seen):
        print(f"no model of version 1.{version[1:]} was validated")
        failed += 1
    print(f"xsd: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
