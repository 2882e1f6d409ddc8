#!/bin/bash
# Writes scripts/requirements.lock anew: every Python package that the Makefile installs, those of requirements.txt and
# those they need, each with the digests of its files. pip refuses a file that has another one.
set -euo pipefail
cd "$(dirname "$0")/.."

python3 -m venv build/lock
build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
for one in requirements spark-requirements; do
  build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
    --custom-compile-command 'make lock' "scripts/$one.txt" --output-file "scripts/$one.lock"
done
