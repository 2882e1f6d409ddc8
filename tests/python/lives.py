"""What the tests of invented lives share: how their files are read, and the months that hold them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

FIRST, LAST = date(2022, 1, 31), date(2023, 12, 31)
READ = datetime(2024, 1, 5, 8, tzinfo=UTC)


def acts_of(folder):
    with (folder / "actes.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_all(store, folder, days=(FIRST, LAST)):
    """Month after month; the structures before who works there."""
    store.importer(
        "carnet_structures",
        folder / "carnet/structures.csv",
        auteur="i",
        at=READ,
        date_fichier=FIRST,
    )
    for day in days:
        month = f"{day:%Y-%m}"
        for form, name, given in (
            ("vrsb", f"caf/vrsb-{month}.xml", None),
            ("vrsb", f"msa/vrsb-{month}.xml", None),
            ("france_travail_extrait", f"france-travail/extrait-{month}.csv", day),
            ("france_travail_actions", f"france-travail/actions-{month}.csv", day),
            ("carnet_beneficiaires", f"carnet/beneficiaires-{month}.csv", day),
        ):
            store.importer(
                form, folder / name, auteur="i", at=READ, date_fichier=given,
                sur_noms=form != "france_travail_actions",
            )  # fmt: skip
