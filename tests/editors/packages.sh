#!/bin/bash
# Installs npm's packages of package.json, each by its digest, into build/editors, and Chromium where it can be had:
# what reads the models, and what opens models and pages.
set -euo pipefail
cd "$(dirname "$0")/../.."

PATH=$PWD/.venv/bin:$PATH # node and npm, where the machine has none
folder=build/editors
mkdir -p $folder
cp tests/editors/package.json tests/editors/*.mjs tests/pages/*.mjs $folder
if ! cmp -s tests/editors/package-lock.json $folder/installed.json || [[ ! -d $folder/node_modules ]]; then
  cp tests/editors/package-lock.json $folder
  echo "Installing npm packages into $folder: dmn-moddle, dmn-js, playwright-core, axe-core"
  # No package of these needs its install script; playwright-core drives Debian's Chromium and downloads none.
  (cd $folder && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error)
  cp tests/editors/package-lock.json $folder/installed.json
fi

# Apart from what every test needs: where Chromium cannot be installed, what it opens is skipped and the rest is tested.
scripts/setup.sh browser || echo "Chromium could not be installed"
