#!/bin/bash
# Whether the packs' models open in what the field edits them with: read with dmn-moddle, opened in dmn-js in headless
# Chromium, validated against the schemas of DMN. The pictures go to build/editors.
set -uo pipefail
cd "$(dirname "$0")/../.."

PATH=$PWD/.venv/bin:$PATH # node and npm, where the machine has none
folder=build/editors
tests/editors/packages.sh || exit 1

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
