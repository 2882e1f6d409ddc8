#!/bin/bash
# Builds the C++ side in build/release:  scripts/build.sh [--tests] [NINJA_TARGET…]
# With --tests the tree also has its tests, examples and benchmarks, and keeps them from then on.
set -euo pipefail
cd "$(dirname "$0")/.."

preset=release
if [[ ${1:-} == --tests ]]; then
  preset=release-tests
  shift
elif grep -qs '^SPIE_BUILD_TESTS:BOOL=\(ON\|true\|TRUE\)$' build/release/CMakeCache.txt; then
  preset=release-tests
fi

export CCACHE_NOHASHDIR=1 CCACHE_BASEDIR="${CCACHE_BASEDIR:-$PWD}" # the same objects serve other checkouts and build trees
log=build/configure.log
mkdir -p build
if ! cmake --preset $preset >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
sed -n '/Warning/,/^$/p' "$log"
exec cmake --build build/release --parallel "${JOBS:-$(nproc)}" ${1:+--target "$@"}
