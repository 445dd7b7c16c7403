#!/usr/bin/env bash
# Installs the Debian packages that are missing for samples/run or tests/run.
#
#   cmake/install-packages.sh samples|tests
#
# Does nothing if all are there. Otherwise needs root, or sudo without a
# password; says which packages are missing and fails if there is neither.
set -euo pipefail

packages=(
  g++ cmake make
  libdw-dev libprotobuf-dev protobuf-compiler zlib1g-dev nlohmann-json3-dev
  libbenchmark-dev libc6-dbg
)
# Go comes from elsewhere as often as not; what is needed of it is pprof.
if ! command -v go > /dev/null; then packages+=(golang-go); fi
case "${1:-}" in
  samples) ;;
  tests)
    packages+=(
      libgtest-dev libgmock-dev libunwind8 libgoogle-perftools-dev
      libjemalloc-dev libmimalloc-dev ninja-build pkgconf
      clang libc++-dev libc++abi-dev lld mold llvm binutils
      clang-format clang-tidy ccache
      g++-aarch64-linux-gnu qemu-user
    )
    ;;
  *)
    echo "usage: $0 samples|tests" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query > /dev/null; then
  echo "Not a Debian system: the packages are left to you: ${packages[*]}" >&2
  exit 0
fi
installed=" $(dpkg-query -W -f '${Package} ${db:Status-Status}\n' \
  "${packages[@]}" 2> /dev/null | awk '$2 == "installed" { print $1 }' |
  tr '\n' ' ' || true) "
missing=()
for package in "${packages[@]}"; do
  if [[ $installed != *" $package "* ]]; then missing+=("$package"); fi
done
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2> /dev/null; then
    echo "Missing packages: sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi
echo "Installing ${missing[*]} ..."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update -qq &&
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${missing[@]}"; } > "$log" 2>&1 < /dev/null; then
  cat "$log" >&2
  exit 1
fi
