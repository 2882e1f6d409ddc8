#!/bin/bash
# Makes build/spark, with pyspark and the wheel of dist/, and runs the example of Spark there (needs Java 17).
set -euo pipefail
cd "$(dirname "$0")/.."

command -v java >/dev/null || {
  echo "skipped: the example of Spark (no java)"
  exit 0
}
stamp=$(cat scripts/spark-requirements.lock)
if [[ ! -x build/spark/bin/python || $(cat build/spark/spie-stamp 2>/dev/null) != "$stamp" ]]; then
  echo "Installing pyspark into build/spark"
  "${PYTHON:-/usr/bin/python3}" -m venv build/spark
  build/spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/spark-requirements.lock
  printf '%s\n' "$stamp" >build/spark/spie-stamp
fi
build/spark/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall dist/*.whl
build/spark/bin/python examples/spark/table_spark.py
