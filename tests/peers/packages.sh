#!/bin/bash
# Installs feelin, by its digest, into build/peers. KIE is built by its oracle when it is first asked.
set -euo pipefail
cd "$(dirname "$0")/../.."

PATH=$PWD/.venv/bin:$PATH # node and npm, where the machine has none
folder=build/peers
if ! command -v npm >/dev/null; then
  echo "npm cannot be run: feelin is not asked"
  exit 0
fi
mkdir -p $folder
cp tests/peers/package.json tests/peers/feelin.mjs $folder
if ! cmp -s tests/peers/package-lock.json $folder/installed.json || [[ ! -d $folder/node_modules ]]; then
  cp tests/peers/package-lock.json $folder
  (cd $folder && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error)
  cp tests/peers/package-lock.json $folder/installed.json
fi
