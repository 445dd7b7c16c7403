#!/usr/bin/env bash
# Builds a project that has never heard of bench_profiler, with nothing but a -D,
# and looks whether the executables that link a framework are enabled, and only
# these.
#
#   run_zero_edits.sh VARIABLE BUILD_DIR
#
# VARIABLE is what names the installed file: CMAKE_PROJECT_TOP_LEVEL_INCLUDES, or
# for an older CMake CMAKE_PROJECT_INCLUDE, which is tried in any case. CC and CXX
# are the compilers.
set -euo pipefail
variable=$1
build=$(realpath "$2")
project=$(realpath "$(dirname "${BASH_SOURCE[0]}")")/zero_edits
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "zero edits: $*"
  exit 1
}

cmake --install "$build" --prefix "$work/installed" > /dev/null
# configure NAME VARIABLE OPTION...
configure() {
  local name=$1 variable=$2
  shift 2
  cmake -S "$project" -B "$work/$name" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    "-D$variable=$work/installed/share/bench_profiler/enable_all.cmake" \
    "$@" > "$work/$name.log" 2>&1 || fail "$(cat "$work/$name.log")"
  ! grep -i warning "$work/$name.log" || fail "CMake warns"
  grep -q 'bench_profiler: static_bench is left out' "$work/$name.log" ||
    fail "the static program is not left out: $(cat "$work/$name.log")"
  local file=$work/$name/bench_profiler_enabled.txt
  [ "$(grep 'bench_profiler: enabled' "$work/$name.log")" = "-- bench_profiler: \
enabled 6 executables: third_party_bench, library_bench, support_test, more_test_1, \
more_test_2 and 1 more, listed in $file" ] ||
    fail "not those enabled: $(cat "$work/$name.log")"
  [ "$(tr '\n' ' ' < "$file")" = "third_party_bench library_bench support_test \
more_test_1 more_test_2 more_test_3 " ] || fail "not those listed: $(cat "$file")"
}

# Some are enabled by name, in two directories, and all of them by the file.
configure both CMAKE_PROJECT_INCLUDE -G "Unix Makefiles" \
  -DTHEIRS_ENABLES=ON "-DCMAKE_PREFIX_PATH=$work/installed"
cmake --build "$work/both" -j 2 --target library_bench
ninja=()
if command -v ninja > /dev/null; then ninja=(-G Ninja); fi
configure build "$variable" "${ninja[@]}"
cmake --build "$work/build" -j 2
cmake --build "$work/build" -j 2 --target third_party_bench

# Only glue of the frameworks that a target links, compiled once for targets that
# compile it in the same way.
cmake --build "$work/build" -j 2 --target more_test_1 more_test_2
objects() {
  find "$work/build" -path "*/bench_profiler_glue_$1.dir/*" -name "$2.o"
}
for bench in third_party_bench library_bench; do
  [ -n "$(objects "$bench" hooks.cc)" ] || fail "$bench has no glue"
  [ -z "$(objects "$bench" listener.cc)" ] || fail "$bench has glue of GoogleTest"
done
count=$(grep -l googletest/listener.cc "$work"/build/bench_profiler_glue/*/command | wc -l)
[ "$count" = 1 ] || fail "the glue of GoogleTest was compiled $count times"
# With a newer header it is compiled again, and every target gets it.
touch "$work/before" "$(find "$work/installed" -name framework_hooks.h)"
cmake --build "$work/build" -j 2 --target more_test_1 more_test_2
for test in more_test_1 more_test_2; do
  [ "$(objects "$test" listener.cc)" -nt "$work/before" ] ||
    fail "the glue of $test is older than its header"
done

# profile FOLDER PROGRAM NAME: the profile NAME is in both kinds.
profile() {
  cd "$work/$1"
  "$(find . -name "$2" -type f)" --cpuprofile=cpu.prof --memprofile=mem.prof \
    --memprofilerate=1 > out 2>&1 || fail "$2: $(cat out)"
  for kind in cpu mem; do
    [ -s "$kind.prof.d/$3.prof" ] || fail "$2 has no $kind profile: $(cat out)"
  done
}
profile both library_bench BM_Library
profile build third_party_bench BM_Consumer
profile build support_test Support.Sums
profile build library_bench BM_Library
go tool pprof -top cpu.prof.d/BM_Library.prof 2> /dev/null > top ||
  fail "pprof cannot read the profile"
grep -q HotFunction top || fail "HotFunction is not in the profile: $(cat top)"
[ -x benchmark ] || fail "not all is built"
! ldd benchmark | grep bench_profiler || fail "what links no framework is enabled"
echo "zero edits: passed"
