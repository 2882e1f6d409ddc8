#!/bin/bash
# Reads the packs' models with dmn-moddle, the reader of dmn-js, installed from npm into build/.
set -euo pipefail
cd "$(dirname "$0")/.."

PATH=$PWD/.venv/bin:$PATH # node and npm
folder=build/dmn-moddle
mkdir -p $folder
cp tests/dmn-moddle/package.json tests/dmn-moddle/read.mjs $folder
if ! cmp -s tests/dmn-moddle/package-lock.json $folder/installed.json || [[ ! -d $folder/node_modules ]]; then
  cp tests/dmn-moddle/package-lock.json $folder
  echo "Installing npm packages into $folder: dmn-moddle"
  (cd $folder && npm ci --no-audit --no-fund --loglevel=error)
  cp tests/dmn-moddle/package-lock.json $folder/installed.json
fi
exec node $folder/read.mjs packs
