"""Badges beside the anchors, in one run: verifications of a VC-JWT (EdDSA) and of eddsa-rdfc-2022 on one thread, beside
`openssl speed ed25519`; ten thousand badges on all processors; RDFC-1.0 on the vectors of the W3C, beside rdf-canonize and
PyLD where oracles/badges has them (make interop).

Rates of one thread are of its processor time, as openssl counts; those of all processors are of the clock.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

from spie import badges

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SPIE_SHARED", ROOT.parent / "shared"))
CREDENTIAL = (ROOT / "examples/donnees/attestation.json").read_bytes()
AT = "2026-11-29T08:00:00Z"
SECONDS = 2.0
WANTED = {"vc-jwt": 0.5, "eddsa-rdfc-2022": 0.2}


def openssl() -> float | None:
    """Verifications of Ed25519 a second of processor."""
    try:
        done = subprocess.run(
            ["openssl", "speed", "-seconds", "2", "ed25519"], capture_output=True, text=True
        )
    except OSError:
        return None
    found = re.findall(r"[\d.]+", done.stdout.strip().splitlines()[-1])
    return float(found[-1])


def rate(verifier: badges.Verificateur, badge: bytes) -> float:
    """Badges a second of processor, on one thread; the reports are made, and not read."""
    batch = [badge] * 200
    assert verifier.verifier(badge).verdict == "valide"
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < SECONDS:
        verifier.verifier_tous(batch, fils=1)
        done += len(batch)
    return done / spent


def vectors() -> list[str]:
    """Graphs that every implementation passes within its limits."""
    folder = SHARED / "badges/rdf-canon"
    if not (folder / "manifest.jsonld").exists():
        return []
    entries = json.loads((folder / "manifest.jsonld").read_text())["entries"]
    return [
        (folder / one["action"]).read_text()
        for one in entries
        if one["type"] == "rdfc:RDFC10EvalTest"
        and "hashAlgorithm" not in one
        and (folder / one["action"]).exists()
        and (folder / one["result"]).exists()
    ]


def others() -> None:
    graphs, home = vectors(), SHARED / "oracles/badges"
    if not graphs or not (home / "oracle.py").exists():
        print("  rdf-canonize, PyLD: skipped, not here")
        return
    sys.path.insert(0, str(home))
    import oracle

    for name, worker, more in (
        ("rdf-canonize", "digitalbazaar", {"maxWorkFactor": 3}),
        ("PyLD", "pyld", {}),
    ):
        try:
            items = [{"nquads": one, "hash": "SHA-256", **more} for one in graphs]
            found = oracle.ask(worker, "canonize", items, seconds=0.1)["results"]
        except (OSError, SystemExit):
            print(f"  {name}: skipped, not installed (make interop)")
            continue
        rates = [one["per_second"] for one in found if one.get("per_second")]
        spent = sum(1 / one for one in rates) / len(rates)
        print(f"  {name:13} {spent * 1e6:9.1f} us a vector ({len(rates)} vectors)")


def main() -> None:
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    key = badges.Cle.generer("ed25519")
    verifier = badges.Verificateur(au=AT)
    made = {
        proof: badges.emettre(CREDENTIAL, key, instant=AT, preuves=[proof]).badge.encode()
        for proof in WANTED
    }
    for proof, badge in made.items():
        before, ours, after = openssl(), rate(verifier, badge), openssl()
        line = f"  {proof:16} {ours:8.0f} a second ({len(badge)} bytes)"
        if before and after:
            anchor = (before + after) / 2
            line += f", {ours / anchor:.2f} of openssl ({anchor:.0f}); wanted {WANTED[proof]}"
        print(line, flush=True)
    for proof, badge in made.items():
        start = time.perf_counter()
        found = verifier.verifier_tous([badge] * 10_000)
        spent = time.perf_counter() - start
        assert all(one.verdict == "valide" for one in found)
        print(f"  10,000 {proof}, all processors: {spent:.2f} s, {10_000 / spent:.0f} a second")
    program = ROOT / "build/release/benchmarks/rdfc"
    if program.exists():
        print("  spie: ", end="", flush=True)
        subprocess.run([program, SHARED / "badges/rdf-canon"], check=True)
    others()


if __name__ == "__main__":
    main()
