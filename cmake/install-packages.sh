#!/usr/bin/env bash
# Installs the packages that are missing for samples/run or tests/run, on Debian
# 11 to 13, Ubuntu 22.04 and 24.04, and what is like them.
#
#   cmake/install-packages.sh samples|tests
#
# Does nothing if all are there. Otherwise needs root, or sudo without a
# password; fails if there is neither and something is missing without which
# nothing can be built. Of the other packages it installs those that the
# distribution has: a test that needs another one is skipped.
set -euo pipefail

required=(
  g++ cmake make
  libdw-dev libprotobuf-dev protobuf-compiler zlib1g-dev nlohmann-json3-dev
  libre2-dev libbenchmark-dev
)
optional=(libc6-dbg)
case "${1:-}" in
  samples)
    optional+=(libcpp-httplib-dev pkgconf wrk)
    ;;
  tests)
    required+=(libgtest-dev libgmock-dev)
    # Go comes from elsewhere as often as not; what is needed of it is pprof.
    if ! command -v go > /dev/null; then required+=(golang-go); fi
    # libclang-rt-dev: the sanitizers of clang, which comes with them where there
    # is no such package. clang-format-14: other versions judge differently.
    # node and npm come from elsewhere as often as not, and Debian's npm is in the
    # way of others.
    if ! command -v node > /dev/null; then optional+=(nodejs); fi
    if ! command -v npm > /dev/null; then optional+=(npm); fi
    optional+=(
      chromium # Opens reports.
      libcpp-httplib-dev libboost-dev wrk curl
      libunwind8 libgoogle-perftools-dev libjemalloc-dev libmimalloc-dev
      ninja-build pkgconf ccache binutils
      clang libclang-rt-dev lld mold llvm clang-format-14 clang-tidy-14
      g++-aarch64-linux-gnu qemu-user
      python3-protobuf # Reads traces.
      valgrind         # Counts instructions.
      libabsl-dev      # Some programs wait for its locks.
      git jq           # For the recipes of samples/ci.
      libc++-dev libc++abi-dev # On Ubuntu 22.04 only without gperftools.
    )
    ;;
  *)
    echo "usage: $0 samples|tests" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query > /dev/null; then
  echo "Not a Debian system: the packages are left to you:" \
    "${required[*]} ${optional[*]}" >&2
  exit 0
fi

# missing PACKAGE...: prints those that are not installed.
missing() {
  local installed package
  installed=" $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" \
    2> /dev/null | awk '$2 == "installed" { print $1 }' | tr '\n' ' ' || true) "
  for package in "$@"; do
    if [[ $installed != *" $package "* ]]; then echo "$package"; fi
  done
}

# known PACKAGE...: prints those that the distribution has. A virtual package, as
# those that are only named by others, has no candidate.
known() {
  if [ $# -gt 0 ]; then
    apt-cache policy "$@" | awk '
      /^[^ ]/ { sub(":$", ""); package = $0 }
      $1 == "Candidate:" && $2 != "(none)" { print package }'
  fi
}

mapfile -t required < <(missing "${required[@]}")
mapfile -t optional < <(missing "${optional[@]}")
# Containers come without lists of packages: then nothing is known.
if [ -n "$(known g++)" ]; then mapfile -t optional < <(known "${optional[@]}"); fi
packages=("${required[@]}" "${optional[@]}")
if [ ${#packages[@]} -eq 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2> /dev/null; then
    echo "Missing packages: sudo apt-get install ${packages[*]}" >&2
    [ ${#required[@]} -eq 0 ]
    exit
  fi
  as_root=(sudo -n)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends --no-remove "$@" > "$log" 2>&1 < /dev/null
}

"${as_root[@]}" apt-get update -qq > "$log" 2>&1 < /dev/null || {
  cat "$log" >&2
  [ ${#required[@]} -eq 0 ]
  exit
}
mapfile -t optional < <(known "${optional[@]}")
packages=("${required[@]}" "${optional[@]}")
if [ ${#packages[@]} -eq 0 ]; then exit 0; fi
echo "Installing ${packages[*]} ..."
if install "${packages[@]}"; then exit 0; fi
# Something is in the way of something: as many as can be.
if [ ${#required[@]} -gt 0 ] && ! install "${required[@]}"; then
  cat "$log" >&2
  exit 1
fi
for package in "${optional[@]}"; do
  install "$package" || echo "Left out, it cannot be installed: $package" >&2
done
