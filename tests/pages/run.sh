#!/bin/bash
# Whether the pages can be read: by who uses a screen reader or a keyboard (axe-core), and on a telephone.
set -euo pipefail
cd "$(dirname "$0")/../.."

PATH=$PWD/.venv/bin:$PATH # node and npm, where the machine has none
tests/editors/packages.sh
rm -rf build/pages
.venv/bin/python -P tests/pages/write_pages.py build/pages
exec node build/editors/check_pages.mjs build/pages/*.html
