#!/usr/bin/env bash
# Builds and runs test programs with one compiler and a GoogleTest in its sources,
# and checks that each test is profiled:
#   run.sh <compiler> <bench_profiler build folder> <folder of GoogleTest>
set -euo pipefail
compiler=$1
build=$2
googletest=$3
here=$(cd "$(dirname "$0")" && pwd)

if [[ ! -f $googletest/CMakeLists.txt ]]; then
  echo "skipped: no sources of GoogleTest at '$googletest'" \
       "(BENCH_PROFILER_NEWEST_GOOGLETEST names those of the newest)"
  exit 77
fi
source "$here/../matrix_setup.sh"

failed=0
count=0
fail() { echo "FAILED $1"; failed=1; }

check() {
  local variant=$1 program=$2 name index
  name="$variant $(basename "$program")"
  rm -rf "$work/run" && mkdir "$work/run"
  if ! (cd "$work/run" && "$program" --memprofile=mem.prof --benchmem \
    --memprofilerate=1 --gtest_output=xml:xml >out 2>err); then
    cat "$work/run/err"
    fail "$name: exit"
    return
  fi
  # CMake has the linker wrap all that the glue, as compiled here, takes over.
  for symbol in $(nm "$program" | sed -n 's/.* [Tt] __wrap_//p'); do
    grep -rqE --include='*.pc' -e "--wrap=$symbol( |\$)" "$work/prefix" ||
      fail "$name: $symbol is not wrapped"
  done
  index=$(tr -d '\n ' <"$work/run/mem.prof.d/index.json")
  case $program in
    *_none) [[ $index == *'"benchmarks":[]'* ]] || fail "$name: $index" ;;
    *)
      for test in 0 1; do
        [[ $index == *"\"Two_Matrix.Half_$test.prof\",\"test\":true"* ]] ||
          fail "$name: $index"
        # Which phases a profile names, its string table tells. Allocations
        # are exact, whatever else the machine has to do.
        gzip -dc "$work/run/mem.prof.d/Two_Matrix.Half_$test.prof" |
          grep -aq body || fail "$name: no body"
      done
      grep -q 'property name="bytes" value="[1-9]' "$work/run/xml" ||
        fail "$name: allocations are not recorded"
      # What the glue calls of GoogleTest, by symbols, is there.
      [[ $variant == shared ]] || ! nm "$program" | grep ' w _ZNK*7testing' ||
        fail "$name: not defined"
      ;;
  esac
}

build_variant() {
  local variant=$1 program
  shift
  cmake -S "$here" -B "$work/$variant" -DCMAKE_CXX_COMPILER="$compiler" \
    "${launcher[@]}" \
    -DCMAKE_PREFIX_PATH="$work/prefix" -DGOOGLETEST="$googletest" "$@" \
    >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  grep -e '-- skipped:' "$work/log" || true
  cmake --build "$work/$variant" -j 2 >"$work/log" 2>&1 ||
    { cat "$work/log"; exit 1; }
  for program in "$work/$variant"/matrix_*; do
    [[ -f $program && -x $program ]] || continue
    count=$((count + 1))
    check "$variant" "$program"
  done
}
# Static objects are what --wrap works on: with every linker. Of those for link-time
# optimisation, which take ten seconds a program, each linker has those of one
# compiler. A shared GoogleTest and another standard library are each seen by two.
build_variant static
lto_linkers='bfd;mold'
if [[ $compiler == clang* ]]; then lto_linkers='gold;lld'; fi
if echo 'int main() {}' |
  "$compiler" -flto -xc++ -o "$work/lto_program" - 2>/dev/null; then
  build_variant lto -DCMAKE_CXX_FLAGS=-flto "-DLINKERS=$lto_linkers"
else
  echo "-- skipped: $compiler with -flto: the system's linker has no plugin for it"
fi
build_variant shared -DBUILD_SHARED_LIBS=ON '-DLINKERS=bfd;mold'
if echo '#include <string>' |
  "$compiler" -stdlib=libc++ -xc++ -fsyntax-only - 2>/dev/null; then
  build_variant libc++ -DCMAKE_CXX_FLAGS=-stdlib=libc++ '-DLINKERS=gold;lld'
else
  echo "-- skipped: $compiler with libc++"
fi
echo "$count programs by $compiler"
[[ $count -gt 0 && $failed -eq 0 ]]
