#!/bin/bash
# Builds the C++ side in build/release:  scripts/build.sh [NINJA_TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."

export CCACHE_NOHASHDIR=1 # the same objects serve other checkouts and build trees
log=build/configure.log
mkdir -p build
if ! cmake --preset release >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
sed -n '/Warning/,/^$/p' "$log"
exec cmake --build build/release --parallel "${JOBS:-$(nproc)}" ${1:+--target "$@"}
