#!/bin/bash
# Builds the references: C and C++ by Doxygen, Python by pdoc, from the installed wheel.
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^project(spie VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
mkdir -p build/docs
c_pages=$(find docs -name c-abi.md)
rm -rf build/docs/c build/docs/cpp build/docs/python
for kind in c cpp; do
  case $kind in
    c) settings=("INPUT = include/spie/spie.h $c_pages" "OPTIMIZE_OUTPUT_FOR_C = YES" "PROJECT_NAME = \"spie, in C\"") ;;
    cpp) settings=("INPUT = include/spie docs" "FILE_PATTERNS = *.hpp *.md" "EXCLUDE = docs/c-abi.md" "PROJECT_NAME = \"spie, in C++\"") ;;
  esac
  { cat docs/Doxyfile; printf '%s\n' "${settings[@]}" "HTML_OUTPUT = $kind" "PROJECT_NUMBER = $version"; } |
    doxygen - >build/docs/doxygen-$kind.log 2>&1 || { cat build/docs/doxygen-$kind.log >&2; exit 1; }
done
.venv/bin/python -P -m pdoc --docformat google --output-directory build/docs/python spie
cat >build/docs/index.html <<HTML
<!doctype html><html lang="en"><meta charset="utf-8"><title>spie $version</title>
<h1>spie $version</h1>
<ul><li><a href="c/index.html">C</a><li><a href="cpp/index.html">C++</a><li><a href="python/index.html">Python</a></ul></html>
HTML
echo "The references are in build/docs/index.html"
