"""The ways into spie for one row that the harness has not: prepared from Python, and from C++ and C by row_workload."""

import json
import os
import subprocess
from decimal import Decimal
from pathlib import Path

import dmn_xml
from engines import Engine, build_dir

try:
    import spie
except ImportError:
    spie, SKIP = None, "`import spie` fails: make wheel"

PROGRAM = Path(__file__).resolve().parents[3] / "build/release/benchmarks/row_workload"
WORKLOADS = ("eligibility-10", "table-100", "table-1000", "convention-like")
SECONDS = os.environ.get("SPIE_BENCH_SECONDS", "1")


def model_of(rules: dict) -> Path:
    path = build_dir() / f"spie-rows-{rules['name']}.dmn"
    path.write_text(dmn_xml.document(rules))
    return path


class Prepared(Engine):
    name, kind = "spie from Python, prepared", "row"
    workloads = dict.fromkeys(WORKLOADS, "a dictionary a row, the value read")

    @staticmethod
    def version():
        return spie.__version__

    def load(self, w):
        self.decide = spie.dmn.load(model_of(w.rules)).decision("answer")
        self.names = [o["name"] for o in w.rules["outputs"]]

    def prepare(self, rows):
        return rows.to_pylist()

    def run(self, rows):
        decide = self.decide
        return [decide(row).value for row in rows]

    def answers(self, out, data):
        return [tuple(o[n] for n in self.names) if isinstance(o, dict) else (o,) for o in out]


def json_row(row: dict) -> str:
    """Decimals keep their digits, dates are tagged."""
    parts = []
    for key, value in row.items():
        if isinstance(value, Decimal):
            text = str(value)
        elif hasattr(value, "isoformat"):
            text = json.dumps({"@date": value.isoformat()})
        else:
            text = json.dumps(value)
        parts.append(f"{json.dumps(key)}:{text}")
    return "{" + ",".join(parts) + "}"


class Program(Engine):
    """What row_workload measures inside its own process."""

    kind = "row"
    workloads = dict.fromkeys(WORKLOADS, "typed values in, warm")
    measured = ""

    @staticmethod
    def version():
        return spie.__version__

    def load(self, w):
        self.model = model_of(w.rules)
        self.names = [o["name"] for o in w.rules["outputs"]]
        self.kinds = [o["type"] for o in w.rules["outputs"]]

    def prepare(self, rows):
        path = build_dir() / f"{self.model.stem}-{len(rows)}.rows"
        path.write_text("\n".join(map(json_row, rows.to_pylist())) + "\n")
        return Rows(path, len(rows))

    def asked(self, rows, how):
        done = subprocess.run(
            [PROGRAM, self.model, rows.path, how], capture_output=True, text=True, check=True
        )
        return done.stdout

    def run(self, rows):
        return self.asked(rows, "--values").splitlines()

    def self_timed(self, rows):
        return json.loads(self.asked(rows, SECONDS))[self.measured]

    def answers(self, out, data):
        values = [json.loads(line, parse_float=Decimal) for line in out]
        wanted = [[v[n] for n in self.names] if isinstance(v, dict) else [v] for v in values]
        return [
            tuple(
                Decimal(v) if kind == "decimal" and v is not None else v
                for kind, v in zip(self.kinds, row, strict=True)
            )
            for row in wanted
        ]


class Rows:
    def __init__(self, path, count):
        self.path, self.count = path, count

    def __len__(self):
        return self.count


class FromCpp(Program):
    name, measured = "spie from C++, prepared", "prepared"


class FromCppRow(Program):
    name, measured = "spie from C++, a row kept", "row"


class FromCppTrace(Program):
    name, measured = "spie from C++, prepared, with its trace", "trace"


class FromC(Program):
    name, measured = "spie from C, typed slots", "c_slots"


class FromCJson(Program):
    name, measured = "spie from C, JSON in and out", "c_json"


ROWS = [Prepared, FromCpp, FromCppRow, FromC, FromCppTrace, FromCJson]
ENGINES = [] if spie is None else ROWS if PROGRAM.exists() else [Prepared]
