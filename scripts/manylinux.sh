#!/bin/bash
# Writes into dist/ the wheel that carries its libraries, for systems of glibc 2.36 and later (Debian 12 and what is newer):
# the libraries are those of the Debian 12 that builds it, so that a correction of theirs, of libcrypto above all, comes
# with another wheel. With `try`, installs it in a bare Debian 12 that has Python alone, and computes there.
set -euo pipefail
cd "$(dirname "$0")/.."

carry() {
  rm -rf build/manylinux
  mkdir -p build/manylinux
  .venv/bin/python -m pip wheel . --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    --wheel-dir build/manylinux --config-settings=build-dir=build/wheel-manylinux \
    --config-settings=cmake.define.SPIE_PREBUILT="$PWD/build/release" --config-settings=cmake.define.SPIE_OWN_LIBCRYPTO=ON
  PATH="$PWD/.venv/bin:$PATH" .venv/bin/python -m auditwheel repair --strip --plat "manylinux_2_36_$(uname -m)" \
    --wheel-dir dist build/manylinux/*.whl
}

try() {
  local run=$PWD/build/manylinux/system variables=() name
  scripts/bare.sh system
  rm -rf --one-file-system "$run"
  cp -a --reflink=auto build/bare/system "$run"
  cp -L /etc/resolv.conf "$run/etc/resolv.conf"
  cp dist/*manylinux_2_36*.whl "$run/srv"
  local needs=" annotated-doc annotated-types click jinja2 markdown-it-py markupsafe mdurl pydantic pydantic-core "
  needs+="pygments rich shellingham typer typing-extensions typing-inspection tzdata "
  awk -v needs="$needs" '/^[a-z0-9.-]+==/ { split($1, name, "=="); kept = index(needs, " " name[1] " ") } kept' \
    scripts/requirements.lock >"$run/srv/needs.txt"
  for name in PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE; do
    [[ -z ${!name:-} ]] || variables+=("$name=${!name}")
  done
  chroot "$run" /usr/bin/env -i HOME=/srv PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "${variables[@]}" /bin/bash -euc '
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null 2>&1
    python3 -m venv /srv/env && /srv/env/bin/pip install --quiet --require-hashes -r /srv/needs.txt
    /srv/env/bin/pip install --quiet --no-deps /srv/*.whl
    cd /srv
    printf "%s\n" "[broken" >/srv/openssl.cnf # the settings of a machine are not read
    export OPENSSL_CONF=/srv/openssl.cnf
    test "$(env/bin/spie feel "0.1 + 0.2 = 0.3")" = true
    env/bin/spie badge cle --algorithme ed25519 --vers cle.pem >/dev/null
    env/bin/spie demo --dossier rapport >/dev/null
    ls rapport | grep -q html'
  rm -rf --one-file-system "$run"
  echo "The wheel computes in a Debian 12 that has Python alone."
}

carry
[[ ${1:-} != try ]] || try
ls -l dist/*manylinux*.whl
