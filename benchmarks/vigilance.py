"""How long do the twenty moments take over a store of dossiers? Reading apart, then reading and rules.

    .venv/bin/python benchmarks/vigilance.py [DOSSIERS]      30 events each; 10,000 dossiers by default

The mark is 20 s, the bound 40 s, for 100,000 dossiers on one core, from SQLite. Memory must not grow with the dossiers:
what is told of the process is its peak after reading, and after all of it. Times are of the processor, not of the clock.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import spie
from spie import parcours
from spie.dossier import evenement

AU = date(2022, 12, 1)
AT = datetime(2022, 12, 1, 12, tzinfo=UTC)


def events(person: str, rng: random.Random) -> list[dict[str, Any]]:
    """A year of a path that goes well, in thirty events, but for one dossier in five."""
    start = date(2022, 1, 1) + timedelta(days=rng.randrange(60))
    said: list[tuple[str, dict[str, Any], int]] = [
        ("identite", {"nom": "EXEMPLE", "prenom": "Aline"}, 0),
        ("adresse", {"code_commune": "77288", "commune": "Ville"}, 0),
        ("statut", {"code": "brsa", "reponse": "oui"}, 0),
        ("entree", {"motif": "orientation"}, 0),
        (
            "referent",
            {
                "role": "referent_unique",
                "etape": "nomme",
                "professionnel": f"professionnel:p{rng.randrange(300)}",
                "structure": f"structure:s{rng.randrange(30)}",
            },
            1,
        ),
        ("diagnostic", {"id": "d1", "etape": "pose", "complet": True}, 10),
    ]
    for code in ("mobilite", "logement", "sante", "formation", "emploi"):
        said.append(("frein", {"code": code, "reponse": rng.choice(["oui", "non"])}, 10))
    for n in range(4):
        said.append(("action", {"id": f"a{n}", "etape": "prescrite", "theme": "mobilite"}, 20 + n))
        said.append(("action", {"id": f"a{n}", "etape": "demarree"}, 40 + n))
    for n in range(8):
        step = "absent" if rng.random() < 0.2 else "tenu"
        said.append(("rendez_vous", {"id": f"r{n}", "etape": step, "lieu": "Ville"}, 30 + 30 * n))
    said.append(("diagnostic", {"id": "d2", "etape": "pose"}, 200))
    if rng.random() < 0.2:
        said.append(("relais", {"id": "l", "etape": "demande", "objet": "referent"}, 220))
    else:
        said.append(("objectif", {"id": "o", "etat": "en_cours"}, 220))
    said.append(("ressource", {"code": "permis_b", "reponse": "oui"}, 10))
    return [
        evenement(person, kind, content, debut=start + timedelta(days=after), auteur="x")
        for kind, content, after in said
    ]


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(dossiers: int) -> None:
    rng = random.Random(20221201)
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    with tempfile.TemporaryDirectory() as folder:
        keys = spie.store.draw_keys()
        with spie.Store.create(Path(folder) / "base.db", keys) as store:
            lot: list[dict[str, Any]] = []
            total = 0
            for n in range(dossiers):
                lot += events(f"personne:p{n:07}", rng)
                if len(lot) > 15_000:
                    store.append(lot, at=AT)
                    total, lot = total + len(lot), []
            if lot:
                store.append(lot, at=AT)
                total += len(lot)
        with spie.Store.open(Path(folder) / "base.db", keys) as store:
            print(f"{dossiers} dossiers, {total} events, peak {peak()} MiB before")
            began = time.process_time()
            after, seen = "", 0
            while page := store.sujets(apres=after):
                seen += sum(1 for _ in store.situations(page, au=AU, pack=pack))
                after = page[-1].partition(":")[2]
            reading = time.process_time() - began
            print(
                f"reading: {reading:.1f} s, {reading / seen * 1e6:.0f} us a dossier, peak {peak()} MiB"
            )
            began = time.process_time()
            found = parcours.cibler(store, pack, au=AU)
            whole = time.process_time() - began
            print(
                f"vigilance: {whole:.1f} s, {whole / seen * 1e6:.0f} us a dossier, peak {peak()} MiB"
            )
            print(
                f"rules: {whole - reading:.1f} s; {len(found.alertes)} alerts, {found.a_verifier} to check"
            )
            print({name: count for name, count in found.comptes.items() if count})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
