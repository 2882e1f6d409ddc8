#!/bin/bash
# Builds the wheel into dist/ from the library of build/release, and installs it into .venv. Nothing that it is made of
# having changed, does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=build/wheel.stamp
if [[ -f $stamp ]] && .venv/bin/python -c 'import importlib.metadata as m; m.version("spie-insertion")' 2>/dev/null &&
  [[ -z $(find python bindings nomenclatures packs examples/donnees include pyproject.toml README.md CMakeLists.txt cmake build/release/libspie_static.a \
    -newer "$stamp" -type f -not -name '*.pyc' -print -quit) ]] &&
  [[ -z $(find python bindings nomenclatures packs -newer "$stamp" -type d -not -name __pycache__ -print -quit) ]]; then
  exit 0
fi
echo "Building the wheel"
export CCACHE_NOHASHDIR=1 CMAKE_BUILD_PARALLEL_LEVEL="${JOBS:-$(nproc)}"
rm -rf dist
touch "$stamp.new"
.venv/bin/python -m pip wheel . --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist \
  --config-settings=build-dir=build/wheel --config-settings=cmake.define.SPIE_PREBUILT="$PWD/build/release"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall dist/*.whl
mv "$stamp.new" "$stamp"
