"""A decision as a function of DuckDB: it is asked of whole chunks, by Arrow."""

from datetime import date

import duckdb
import pyarrow as pa
import spie

pack = spie.Pack.load("packs/seine-et-marne-2022-2023")


def statut(reside: pa.ChunkedArray) -> pa.ChunkedArray:
    table = pa.table({"beneficiaire.reside_departement": reside})
    answer = pa.table(pack.evaluate_table("admission", table, date(2022, 6, 1), threads=1))
    return answer["statut"].cast(pa.string())


duckdb.create_function("statut_admission", statut, ["VARCHAR"], "VARCHAR", type="arrow")
query = """select statut_admission(if(range % 2 = 0, 'oui', 'non')) as statut, count(*)
           from range(1000) group by statut order by statut"""
print(duckdb.sql(query).fetchall())
