#!/bin/bash
# Builds the site: the pages of docs/, the references of C and C++ by Doxygen, that of Python from the installed wheel.
# A link that leads nowhere fails it.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf build/docs
for kind in c cpp; do
  mkdir -p build/docs/xml
  case $kind in
    c) settings=("INPUT = include/spie/spie.h" "OPTIMIZE_OUTPUT_FOR_C = YES") ;;
    cpp) settings=("INPUT = include/spie" "FILE_PATTERNS = *.hpp") ;;
  esac
  { cat docs/Doxyfile; printf '%s\n' "${settings[@]}" "XML_OUTPUT = xml/$kind"; } |
    doxygen - >build/docs/doxygen-$kind.log 2>&1 || { cat build/docs/doxygen-$kind.log >&2; exit 1; }
done
.venv/bin/python -P -m sphinx -c docs -b html -d build/docs/doctrees -W --keep-going -q . build/docs/html
cat >build/docs/html/index.html <<HTML
<!doctype html><html lang="fr"><meta charset="utf-8"><title>spie</title><meta http-equiv="refresh" content="0; url=docs/index.html">
<a href="docs/index.html">La documentation de spie</a></html>
HTML
echo "The site is in build/docs/html/index.html"
