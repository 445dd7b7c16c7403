#!/usr/bin/env bash
# Builds an outside project whose tests ctest profiles, and looks whether each
# test's profiles are in a folder of its own.
#
#   run_ctest.sh BUILD_DIR
#
# CXX is the compiler.
set -euo pipefail
build=$(realpath "$1")
project=$(realpath "$(dirname "${BASH_SOURCE[0]}")")/ctest
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "ctest: $*"
  exit 1
}

cmake --install "$build" --prefix "$work/installed" > /dev/null
cmake -S "$project" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/installed"
cmake --build "$work/build" -j 2
cd "$work/build"
[ -z "$(find . -name '*.prof')" ] || fail "profiles of the build"
[ -z "$(find . -name 'hooks.cc.o')" ] || fail "tests have glue of Google Benchmark"
ctest --output-on-failure || fail "tests failed"
[ "$(ctest -N -L profiled | grep -c 'Test *#')" -eq 3 ] ||
  fail "the properties of the tests are lost"

for folder in Suite.One Of_Clash.Names__a_b_; do
  [ -s "profiles/consumer_test/$folder/cpu.prof" ] || fail "$folder: no profile"
done
[ "$(find profiles/consumer_test -name cpu.prof | wc -l)" -eq 3 ] ||
  fail "not a folder for each test: $(find profiles)"
[ -s profiles/consumer_test/Suite.One/cpu.prof.d/Suite.One.prof ] ||
  fail "the test has no file: $(find profiles)"
for kind in c m; do
  [ "$(find other -name "$kind.prof" | wc -l)" -eq 3 ] ||
    fail "not $kind.prof for each test: $(find other)"
done
echo "ctest: passed"
