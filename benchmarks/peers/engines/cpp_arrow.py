"""The hand-written C++ of the harness on Arrow columns: its conversion and an Arrow answer are inside what is timed."""

import ctypes
import hashlib
import subprocess
from pathlib import Path

import numpy as np
import pyarrow as pa
from engines import NATIVE, Engine, build_dir, column, days
from engines.cpp import LABELS, at, load_table
from workloads import CODES, PROFESSIONAL, SOCIAL, STATUS

SOURCE = Path(__file__).resolve().parents[1] / "native/arrow.cpp"
ZONES = ["urban", "periurban", "rural"]
CENTS = pa.decimal128(12, 2)


def library():
    rules = NATIVE / "handwritten.cpp"
    digest = hashlib.sha256(rules.read_bytes() + SOURCE.read_bytes()).hexdigest()[:12]
    path = build_dir() / f"arrow-{digest}.so"
    if not path.exists():
        command = ["g++", "-std=gnu++20", "-O3", "-march=native", "-shared", "-fPIC"]
        subprocess.run([*command, "-include", rules, SOURCE, "-o", path], check=True)
    return ctypes.CDLL(str(path))


def values(array):
    """Where the values of a column stand; what the harness gives starts at 0."""
    assert array.offset == 0
    return ctypes.c_void_p(array.buffers()[1].address)


def validity(array):
    bits = array.buffers()[0]
    return ctypes.c_void_p(bits.address if bits is not None else None)


def coded(array, texts):
    """The codes of a column, and the code that the rules have for each text of its dictionary."""
    order = np.array([texts.index(one) for one in array.dictionary.to_pylist()], np.uint8)
    return values(array.indices), order


def answer(rows, dtype):
    return np.empty(rows, dtype)


def texts(codes, labels):
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(labels), safe=False)


def amounts(pairs, rows, valid=None):
    return pa.Array.from_buffers(CENTS, rows, [valid, pa.py_buffer(pairs)])


class Arrow(Engine):
    name = "C++ bitmaps and index, Arrow in and out"
    workloads = dict.fromkeys(
        ("eligibility-10", "table-100", "table-1000", "convention-like"), "one thread"
    )

    @staticmethod
    def version():
        return (
            "g++ "
            + subprocess.run(
                ["g++", "-dumpfullversion"], capture_output=True, text=True, check=True
            ).stdout.strip()
        )

    def load(self, w):
        self.rules, self.library = w.rules, library()
        self.kind_of_rules = w.name.split("-")[0]
        self.outputs = [one["name"] for one in w.rules["outputs"]]
        if self.kind_of_rules == "table":
            self.rule_table = load_table(self.library, w.rules)
            results = [one["then"][0] for one in w.rules["rules"]]
            self.labels = [*results, w.rules["default"][0]]
        elif self.kind_of_rules == "eligibility":
            self.labels = [w.rules["default"][0], *(one["then"][0] for one in w.rules["rules"])]

    def prepare(self, rows):
        columns = {name: column(rows, name) for name in rows.column_names}
        if self.kind_of_rules == "convention" and not hasattr(self, "cutoffs"):
            examined = days(rows, "examined")  # a day of the rows each: made with the rules
            self.library.cutoffs_new.restype = ctypes.c_void_p
            self.cutoffs = ctypes.c_void_p(
                self.library.cutoffs_new(int(examined.min()), int(examined.max()))
            )
        return len(rows), columns

    def run(self, data):
        return getattr(self, self.kind_of_rules)(*data)

    def eligibility(self, n, columns):
        status, order = coded(columns["status"], STATUS)
        aid, amount = answer(n, np.int32), answer(2 * n, np.int64)
        self.library.eligibility_arrow(
            ctypes.c_size_t(n), values(columns["age"]), values(columns["income"]), status,
            at(order), values(columns["disability"]), at(aid), at(amount),
        )  # fmt: skip
        return [texts(aid, self.labels), amounts(amount, n)]

    def table(self, n, columns):
        place, places = coded(columns["place"], CODES["place"])
        service, services = coded(columns["service"], CODES["service"])
        offer = answer(n, np.int32)
        self.library.table_arrow(
            self.rule_table, ctypes.c_size_t(n), place, at(places), service, at(services),
            values(columns["score"]), values(columns["opened"]), at(offer),
        )  # fmt: skip
        return [texts(offer, self.labels)]

    def convention(self, n, columns):
        barriers = [columns[name] for name in [*SOCIAL, *PROFESSIONAL, "disability"]]
        pointers = ctypes.c_void_p * len(barriers)
        zone, order = coded(columns["zone"], ZONES)
        words = -(-n // 64)
        counts = [answer(n, np.int32), answer(n, np.int32)]
        bits = [answer(words, np.uint64) for _ in range(4)]
        share, label = answer(2 * n, np.int64), answer(n, np.int32)
        self.library.convention_arrow(
            self.cutoffs, ctypes.c_size_t(n), pointers(*(values(one).value for one in barriers)),
            pointers(*(validity(one).value for one in barriers)), validity(columns["rsa_since"]),
            zone, at(order), ctypes.c_uint8(ZONES.index("rural")), values(columns["born"]),
            values(columns["rsa_since"]), values(columns["examined"]), values(columns["cost"]),
            *map(at, counts), *map(at, bits), at(share), at(label),
        )  # fmt: skip
        entry, known, priority, priority_known = map(pa.py_buffer, bits)
        return [
            *map(pa.array, counts),
            pa.Array.from_buffers(pa.bool_(), n, [known, entry]),
            pa.Array.from_buffers(pa.bool_(), n, [priority_known, priority]),
            amounts(share, n, known),
            texts(label, LABELS),
        ]

    def answers(self, out, data):
        return list(zip(*(one.to_pylist() for one in out), strict=True))


ENGINES = [Arrow]
