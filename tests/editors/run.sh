#!/bin/bash
# Whether the packs' models open in what the field edits them with: read with dmn-moddle, opened in dmn-js in headless
# Chromium, validated against the schemas of DMN. npm's packages and the pictures go to build/editors.
set -uo pipefail
cd "$(dirname "$0")/../.."

PATH=$PWD/.venv/bin:$PATH # node and npm, where the machine has none
folder=build/editors
mkdir -p $folder
cp tests/editors/package.json tests/editors/*.mjs $folder || exit 1
if ! cmp -s tests/editors/package-lock.json $folder/installed.json || [[ ! -d $folder/node_modules ]]; then
  cp tests/editors/package-lock.json $folder
  echo "Installing npm packages into $folder: dmn-moddle, dmn-js, playwright-core"
  # No package of these needs its install script; playwright-core drives Debian's Chromium and downloads none.
  (cd $folder && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error) || exit 1
  cp tests/editors/package-lock.json $folder/installed.json
fi

# Apart from what every test needs: where Chromium cannot be installed, what it opens is skipped and the rest is tested.
scripts/setup.sh browser || echo "Chromium could not be installed"

passed=0 failed=0 skipped=0
run() {
  local output code
  output=$("$@" 2>&1)
  code=$?
  printf '%s\n' "$output"
  if [[ ${output##*$'\n'} =~ ([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
    ((passed += BASH_REMATCH[1], failed += BASH_REMATCH[2], skipped += ${BASH_REMATCH[4]:-0}))
    [[ $code -eq 0 || ${BASH_REMATCH[2]} -gt 0 ]] || ((failed++))
  else
    ((failed++))
  fi
}
run node $folder/read_models.mjs packs/*/*.dmn
run node $folder/open_models.mjs $folder packs/*/*.dmn
run python3 tests/editors/xsd.py
echo "editors: $passed passed, $failed failed, $skipped skipped"
[[ $failed -eq 0 ]]
