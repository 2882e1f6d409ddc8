"""A decision over a DataFrame of Spark, batch by batch in its own workers (make spark)."""

from datetime import date

import pyarrow as pa
import spie
from pyspark.sql import SparkSession


def admission(batches):
    pack = spie.Pack.load("seine-et-marne-2022-2023")
    for batch in batches:
        answer = pack.evaluate_table("admission", batch, date(2022, 6, 1), garder=["id"], threads=1)
        for one in pa.table(answer).to_batches():
            plain = [one.column("id"), one.column("statut").cast(pa.string())]
            yield pa.record_batch(plain, names=["id", "statut"])


spark = SparkSession.builder.master("local[2]").getOrCreate()
rows = [(i, "oui" if i % 2 == 0 else "non") for i in range(1000)]
personnes = spark.createDataFrame(rows, "id long, `beneficiaire.reside_departement` string")
personnes.mapInArrow(admission, "id long, statut string").groupBy("statut").count().show()
