#!/bin/bash
# Installs what the named groups of debian-packages.txt lack on this machine:  scripts/setup.sh build python …
set -euo pipefail
cd "$(dirname "$0")/.."

packages=()
for group in "$@"; do
  mapfile -t lines < <(sed -n "s/^$group: //p" scripts/debian-packages.txt)
  for line in "${lines[@]}"; do
    read -ra names <<<"$line"
    packages+=("${names[@]}")
  done
done

missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $state == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "spie is set up on Debian 12; here, install the equivalents of: ${missing[*]}" >&2
  exit 1
fi
if [[ $(id -u) -eq 0 ]]; then
  as_root=()
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
  as_root=(sudo)
else
  echo "These Debian packages are missing, and this account is neither root nor able to use sudo:" >&2
  echo "    apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing Debian packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
if ! install >"$log" 2>&1 </dev/null; then
  cat "$log" >&2
  echo "apt-get could not install: ${missing[*]}" >&2
  exit 1
fi
