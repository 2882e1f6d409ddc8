#!/bin/bash
# The two commands of the README on a bare Debian 12: what is committed here is cloned into a system that has git and make
# and nothing else, and `make demo` then `make test` are run there.
#
#     scripts/bare.sh system   makes that system with debootstrap in build/bare/system; kept, and copied by each run
#     scripts/bare.sh run      clones, runs demo and test; its last line is that of `make test`
#
# Both need root. The host gives its Debian mirror and keyring, resolv.conf, its local certificates and the four variables
# that name them, the compiler's cache, and ../shared (read-only): nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/build/bare
run=$folder/run # a copy of the system, for one run
home=/srv/someone # in it
suite=bookworm

cannot() {
  echo "The bare system cannot be made: $*" >&2
  exit 1
}

# The first address that this machine's apt has for a suite of Debian 12.
mirror() {
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n "s/^$1 //p" | head -n 1
}

make_system() {
  [[ -e $folder/system.made ]] && return
  [[ $(id -u) -eq 0 ]] || cannot "only root may use debootstrap and chroot. Run make bare as root"
  command -v debootstrap >/dev/null || cannot "debootstrap is missing. Run apt-get install debootstrap"
  unshare --mount true 2>/dev/null || cannot "this machine allows no mount namespace (unshare --mount)"

  local system=$folder/system main updates security keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  main=$(mirror $suite)
  main=${main:-http://deb.debian.org/debian}
  updates=$(mirror $suite-updates)
  security=$(mirror $suite-security)
  [[ -e $keyring ]] || cannot "$keyring is missing. Run apt-get install debian-archive-keyring"
  rm -rf "$system"
  mkdir -p "$folder"
  echo "Making a bare Debian 12 in build/bare/system, from $main"
  unshare --mount debootstrap --variant=minbase --keyring=$keyring --include=git,make,ca-certificates \
    $suite "$system" "$main" >"$folder/debootstrap.log" 2>&1 ||
    { tail -n 5 "$folder/debootstrap.log" >&2; cannot "debootstrap failed; build/bare/debootstrap.log says more"; }
  {
    echo "deb $main $suite main"
    echo "deb ${updates:-$main} $suite-updates main"
    echo "deb ${security:-http://deb.debian.org/debian-security} $suite-security main"
  } >"$system/etc/apt/sources.list"
  if compgen -G '/usr/local/share/ca-certificates/*.crt' >/dev/null; then
    cp /usr/local/share/ca-certificates/*.crt "$system/usr/local/share/ca-certificates/"
    chroot "$system" update-ca-certificates >/dev/null 2>&1 || cannot "the local certificates are not taken"
  fi
  touch "$folder/system.made"
}

# Runs a command in the clone, with an environment of its own.
inside() {
  local name variables=()
  for name in PIP_CERT NODE_EXTRA_CA_CERTS SSL_CERT_FILE REQUESTS_CA_BUNDLE; do
    [[ -z ${!name:-} ]] || variables+=("$name=${!name}")
  done
  chroot "$run" /usr/bin/env -i HOME=$home PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    "${variables[@]}" /bin/bash -c "cd $home/spie && $1" </dev/null
}

# In namespaces of its own, which end with it: what removes the folder later cannot reach what is mounted here, and no
# process stays behind.
run_inside() {
  mount --bind "$run" "$run"
  mount -t proc proc "$run/proc"
  mount --rbind /dev "$run/dev"
  local cache
  if cache=$(ccache -k cache_dir 2>/dev/null); then
    mkdir -p "$cache" "$run$home/.cache/ccache"
    mount --bind "$cache" "$run$home/.cache/ccache"
  fi
  if [[ -d ../shared ]]; then
    mkdir "$run$home/shared"
    mount --bind ../shared "$run$home/shared"
    mount -o remount,bind,ro "$run$home/shared"
  fi

  local start=$SECONDS demo
  inside "make demo"
  demo=$((SECONDS - start))
  # What the README says of the C and C++ libraries, before any test has installed what only tests need.
  inside "make build && cmake --workflow --preset release && cmake --install build/release" >"$folder/install.log" 2>&1 ||
    { tail -n 20 "$folder/install.log" >&2; return 1; }
  echo "On a bare Debian 12, make demo took $demo s"
  inside "make test"
}

clone_and_run() {
  make_system
  [[ -z $(git status --porcelain) ]] || echo "This checkout has changes that are not committed: they are not in what follows."
  rm -rf --one-file-system "$run"
  cp -a --reflink=auto "$folder/system" "$run"
  cp -L /etc/resolv.conf "$run/etc/resolv.conf"
  mkdir "$run$home"
  git clone --quiet --no-hardlinks . "$run$home/spie"
  local code=0
  unshare --mount --pid --fork --kill-child "$PWD/scripts/bare.sh" inside || code=$?
  rm -rf --one-file-system "$run"
  return $code
}

case ${1:-} in
  system) make_system ;;
  run) clone_and_run ;;
  inside) run_inside ;;
  *) echo "usage: scripts/bare.sh system|run" >&2; exit 2 ;;
esac
