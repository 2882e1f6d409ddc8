"""How long do the twenty moments take over a store of dossiers? Reading apart, then reading and rules.

    .venv/bin/python benchmarks/vigilance.py [DOSSIERS]      30 events each; 10,000 dossiers by default

The mark is 20 s, the bound 40 s, for 100,000 dossiers on one core, from SQLite. Memory must not grow with the dossiers:
what is told of the process is its peak after reading, and after all of it; the alerts are what grows, so the peak is told
with one moment alone too. Times are of the processor, and of the clock in brackets.

Beside it, five moments as SQL by hand, over a table of facts that somebody exported: the last step of each thing, with
its day. The answers are compared first, person by person and day by day. What the SQL is spared: the journal (decoding
and checking each event, corrections, merges, several sources, what was known when), who may see what, facts that are not
known, the parameters of the pack, and the export itself.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import spie
from spie import parcours
from spie.dossier import evenement

AU = date(2022, 12, 1)
AT = datetime(2022, 12, 1, 12, tzinfo=UTC)


FIVE = ("sans_contact", "absences", "relais_en_attente", "action_sans_suite", "sans_diagnostic")
MONTHS_LATER = "min(date({0}, '+3 months'), date({0}, 'start of month', '+4 months', '-1 day'))"
SUIVIS = """
    suivis AS (SELECT personne, date AS entree FROM faits e WHERE type = 'entree' AND NOT EXISTS
      (SELECT 1 FROM faits s WHERE s.personne = e.personne AND s.type = 'sortie' AND s.date >= e.date)),
    sans_pause AS (SELECT * FROM suivis s WHERE NOT EXISTS
      (SELECT 1 FROM faits p WHERE p.personne = s.personne AND p.type = 'pause' AND p.etape = 'debut'))
"""
BY_HAND = {
    "sans_contact": f"""
        WITH {SUIVIS}, contacts AS (
          SELECT personne, max(date) AS dernier FROM faits WHERE type IN ('entree', 'emploi', 'formation', 'diagnostic')
            OR (type = 'rendez_vous' AND etape = 'tenu') OR (type = 'relais' AND etape = 'effectif')
            OR (type = 'action' AND etape IN ('choisie', 'prescrite', 'demarree', 'terminee'))
            OR (type = 'immersion' AND etape IN ('commencee', 'terminee'))
          GROUP BY personne)
        SELECT personne, dernier FROM sans_pause JOIN contacts USING (personne)
        WHERE :au > {MONTHS_LATER.format("dernier")}""",
    "absences": f"""
        WITH {SUIVIS}, tenus AS (
          SELECT personne, max(date) AS tenu FROM faits WHERE type = 'rendez_vous' AND etape = 'tenu' GROUP BY personne)
        SELECT f.personne, max(f.date) FROM sans_pause s JOIN faits f USING (personne) LEFT JOIN tenus USING (personne)
        WHERE f.type = 'rendez_vous' AND f.etape = 'absent' AND (tenu IS NULL OR f.date > tenu)
        GROUP BY f.personne HAVING count(*) >= 2""",
    "relais_en_attente": """
        SELECT personne, min(date) FROM faits WHERE type = 'relais' AND etape = 'demande'
        GROUP BY personne HAVING max(:au > date(date, '+15 days'))""",
    "action_sans_suite": f"""
        WITH {SUIVIS}
        SELECT f.personne, min(f.date) FROM sans_pause s JOIN faits f USING (personne)
        WHERE f.type = 'action' AND f.etape IN ('choisie', 'prescrite')
        GROUP BY f.personne HAVING max(:au > date(f.date, '+30 days'))""",
    "sans_diagnostic": f"""
        WITH {SUIVIS}
        SELECT personne, date(entree, '+30 days') FROM suivis s WHERE :au > date(entree, '+30 days') AND NOT EXISTS
          (SELECT 1 FROM faits d WHERE d.personne = s.personne AND d.type = 'diagnostic')""",
}


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
    if rng.random() < 0.1:  # nobody posed a diagnostic
        goal = {"etat": "en_cours"}
        said = [
            ("objectif", {"id": content["id"], **goal}, after)
            if kind == "diagnostic"
            else (kind, content, after)
            for kind, content, after in said
        ]
    if rng.random() < 0.1:  # an action waits
        at = said.index(("action", {"id": "a3", "etape": "demarree"}, 43))
        said[at] = ("objectif", {"id": "p", "etat": "en_cours"}, 43)
    return [
        evenement(person, kind, content, debut=start + timedelta(days=after), auteur="x")
        for kind, content, after in said
    ]


def exported(event: dict[str, Any]) -> tuple[str, str, str, str, str]:
    content = event["contenu"]
    key = content.get("id", content.get("role", content.get("code", "")))
    day = event["effet"]["debut"]
    return event["sujets"][0], event["type"], key, content.get("etape", ""), str(day)


def timed(call: Callable[[], Any]) -> tuple[Any, float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    result = call()
    return result, time.process_time() - cpu, time.perf_counter() - wall


def beside_sql(store: spie.Store, pack: spie.Pack, facts: sqlite3.Connection) -> None:
    ours, cpu, wall = timed(lambda: parcours.cibler(store, pack, au=AU, moments=FIVE))
    peak_of_five = peak()

    def ask() -> set[tuple[str, str, str]]:
        return {
            (person, moment, day)
            for moment, query in BY_HAND.items()
            for person, day in facts.execute(query, {"au": AU.isoformat()})
        }

    theirs, sql_cpu, sql_wall = timed(ask)
    told = {(one["personne"], one["moment"], one["depuis"]) for one in ours.alertes}
    if told != theirs:
        raise SystemExit(f"the answers differ: {len(told - theirs)} and {len(theirs - told)}")
    print(f"five moments, {len(told)} equal answers:")
    print(f"  from the journal: {cpu:.1f} s ({wall:.1f}), peak {peak_of_five} MiB")
    print(f"  SQL by hand over exported facts: {sql_cpu:.2f} s ({sql_wall:.2f})")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(dossiers: int) -> None:
    rng = random.Random(20221201)
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    with tempfile.TemporaryDirectory() as folder:
        keys = spie.store.draw_keys()
        with spie.Store.create(Path(folder) / "base.db", keys) as store:
            facts = sqlite3.connect(Path(folder) / "faits.db")
            facts.execute(
                "CREATE TABLE faits (personne TEXT, type TEXT, cle TEXT, etape TEXT, date TEXT, "
                "PRIMARY KEY (personne, type, cle)) WITHOUT ROWID"
            )
            lot: list[dict[str, Any]] = []
            total = 0
            for n in range(dossiers):
                lot += events(f"personne:p{n:07}", rng)
                if len(lot) > 15_000 or n == dossiers - 1:
                    facts.executemany(
                        "INSERT OR REPLACE INTO faits VALUES (?, ?, ?, ?, ?)", map(exported, lot)
                    )
                    store.append(lot, at=AT)
                    total, lot = total + len(lot), []
            facts.commit()
        with spie.Store.open(Path(folder) / "base.db", keys) as store:
            print(f"{dossiers} dossiers, {total} events, peak {peak()} MiB before")
            beside_sql(store, pack, facts)

            def read() -> int:
                after, seen = "", 0
                while page := store.sujets(apres=after):
                    seen += sum(1 for _ in store.situations(page, au=AU, pack=pack))
                    after = page[-1].partition(":")[2]
                return seen

            seen, reading, wall = timed(read)
            print(
                f"reading: {reading:.1f} s ({wall:.1f}), {reading / seen * 1e6:.0f} us a dossier, peak {peak()} MiB"
            )
            found, whole, wall = timed(lambda: parcours.cibler(store, pack, au=AU))
            print(
                f"vigilance: {whole:.1f} s ({wall:.1f}), {whole / seen * 1e6:.0f} us a dossier, peak {peak()} MiB"
            )
            print(
                f"rules: {whole - reading:.1f} s; {len(found.alertes)} alerts, {found.a_verifier} to check"
            )
            print({name: count for name, count in found.comptes.items() if count})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
