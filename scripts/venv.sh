#!/bin/bash
# Makes .venv, or brings it to scripts/requirements.lock when that has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

python=${PYTHON:-/usr/bin/python3}
stamp=$("$python" --version; cat scripts/requirements.lock)
if [[ -x .venv/bin/python && $(cat .venv/spie-stamp 2>/dev/null) == "$stamp" ]]; then
  exit 0
fi
echo "Installing Python packages into .venv: $(sed '/^#/d' scripts/requirements.txt | tr '\n' ' ')"
[[ -x .venv/bin/python && $(.venv/bin/python --version) == "$("$python" --version)" ]] || {
  rm -rf .venv
  "$python" -m venv .venv
}
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r scripts/requirements.lock
printf '%s\n' "$stamp" >.venv/spie-stamp
