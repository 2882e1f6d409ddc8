#!/usr/bin/env python3
"""Whether tck_runner --csv writes what the TCK publishes: folder, file, case, status, remark, each between quotation
marks. The runner answers for a kit of two cases, one of which expects what is not so.

    results.py TCK_RUNNER
"""

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:kit">
<decision id="a" name="a"><variable name="a"/><literalExpression><text>"un"</text></literalExpression></decision>
<decision id="b" name="b"><variable name="b"/><literalExpression><text>"x\\"y"</text></literalExpression></decision>
</definitions>"""
TESTS = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<modelName>0001-kit.dmn</modelName>
<testCase id="001"><resultNode name="a" type="decision"><expected><value xsi:type="xsd:string">un</value></expected>
</resultNode></testCase>
<testCase id="002"><resultNode name="b" type="decision"><expected><value xsi:type="xsd:string">z</value></expected>
</resultNode></testCase>
</testCases>"""

with tempfile.TemporaryDirectory() as folder:
    kit = Path(folder) / "kit"
    (kit / "compliance-level-2/0001-kit").mkdir(parents=True)
    (kit / "compliance-level-3").mkdir()
    (kit / "compliance-level-2/0001-kit/0001-kit.dmn").write_text(MODEL, "utf-8")
    (kit / "compliance-level-2/0001-kit/0001-kit-test-01.xml").write_text(TESTS, "utf-8")
    written = Path(folder) / "tck_results.csv"
    subprocess.run([sys.argv[1], "--ratchet", "/dev/null", "--csv", written, kit], check=True)
    text = written.read_text("utf-8")

key = "compliance-level-2/0001-kit", "0001-kit-test-01"
good = text.startswith('"compliance-level-2/0001-kit","0001-kit-test-01","001","SUCCESS",""\n')
rows = list(csv.reader(text.splitlines()))
good &= [tuple(row[:4]) for row in rows] == [(*key, "001", "SUCCESS"), (*key, "002", "ERROR")]
good &= len(rows) == 2 and rows[1][4] == 'b: "z" is expected, "x\\"y" found'
print(text)
sys.exit(0 if good else 1)
