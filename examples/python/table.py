"""A decision asked of a whole table; whatever speaks Arrow may give it and take the answer."""

from datetime import date

import pyarrow as pa
import spie

pack = spie.Pack.load("packs/seine-et-marne-2022-2023")
personnes = pa.table({"id": [1, 2, 3], "beneficiaire.reside_departement": ["oui", "non", None]})
answer = pack.evaluate_table("admission", personnes, date(2022, 6, 1), garder=["id"], motif=True)
for row in pa.table(answer).to_pylist():
    print(row)

# How it goes, column by column or row by row, and why; the answers are the same.
print(next(one for one in pack.columns() if one["decision"] == "admission"))
