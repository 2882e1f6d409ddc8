"""A decision in the middle of a Polars pipeline, batch by batch."""

from datetime import date

import polars as pl
import spie

entree = spie.Pack.load("packs/seine-et-marne-2022-2023")
personnes = pl.LazyFrame({"id": [1, 2], "beneficiaire.reside_departement": ["oui", "non"]})
answered = personnes.map_batches(
    lambda frame: pl.DataFrame(
        entree.evaluate_table("admission", frame, date(2022, 6, 1), garder=["id"])
    ),
    schema={"id": pl.Int64, "admission": pl.Boolean, "statut": pl.Categorical},
)
print(answered.group_by("statut").len().sort("statut").collect())
