#!/usr/bin/env bash
# Builds an outside project that enables a benchmark, profiles it, and looks
# whether the profile shows what it has to.
#
#   run.sh MODE SOURCE_DIR BUILD_DIR
#
# MODE is the folder of the project. The modes find_package and other_directory
# install BUILD_DIR and move the installed tree away first; for the others
# BUILD_DIR does not matter. CXX is the compiler.
set -euo pipefail
mode=$1
source=$(realpath "$2")
build=$(realpath "$3")
projects=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$mode: $*"
  exit 1
}

# Installs to $work/moved, by way of another place.
install_and_move() {
  cmake --install "$build" --prefix "$work/installed" > /dev/null
  mv "$work/installed" "$work/moved"
  local texts
  texts=$(grep -rIlE "$source|$build|$work" "$work/moved" || true)
  [ -z "$texts" ] || fail "absolute paths in installed files: $texts"
  [ -z "$(find "$work/moved" -name '*_export*.cmake')" ] ||
    fail "the exporter is not for users"
}

# A ccache finds what was compiled before: with an installed copy the glue, which is
# in another folder each time; from its sources all of bench_profiler, which has the
# names that tests/run compiled it by.
export CCACHE_NOHASHDIR=1
options=(-DCMAKE_BUILD_TYPE=RelWithDebInfo)
case "$mode" in
  find_package | other_directory)
    install_and_move
    export CCACHE_BASEDIR=$work
    options+=("-DCMAKE_PREFIX_PATH=$work/moved")
    ;;
  *)
    options+=("-DBENCH_PROFILER_SOURCE=$source" -DBENCH_PROFILER_WERROR=ON)
    ;;
esac

cmake -S "$projects/$mode" -B "$work/build" "${options[@]}"
cmake --build "$work/build" -j 2 --target consumer_bench
case "$mode" in
  find_package | add_subdirectory)
    cmake --build "$work/build" -j 2 --target consumer_tool consumer_thin_tool
    launcher=()
    if [ "$mode" = find_package ]; then launcher=("$work/moved/bin/bench_profiler"); fi
    for tool in consumer_tool consumer_thin_tool; do
      "$projects/check_tool.sh" "$work/build/$tool" "${launcher[@]}"
    done
    ;;
esac

cd "$work/build"
./consumer_bench --cpuprofile=cpu.prof --benchmark_min_time=0.3 > out 2> err ||
  fail "the benchmark failed: $(cat out err)"
grep -q '^BM_Consumer' out || fail "no results on stdout: $(cat out)"
[ -s cpu.prof ] || fail "no cpu.prof: $(cat err)"
[ -s cpu.prof.d/index.json ] || fail "no cpu.prof.d/index.json: $(cat err)"
# The one function of the timed loop has nearly all of the time.
go tool pprof -top cpu.prof.d/BM_Consumer.prof > top 2> /dev/null ||
  fail "pprof cannot read the profile"
awk '/HotFunction/ { found = 1; share = $2 + 0; exit }
     END { exit !found || share < 90 }' top ||
  fail "HotFunction has not 90 % of the profile: $(cat top)"

# Without a flag nothing is written.
mkdir quiet
cd quiet
../consumer_bench --benchmark_min_time=0.01 > /dev/null 2>&1
[ -z "$(ls -A)" ] || fail "files without a flag: $(ls -A)"

# The installed command finds its library, wherever the tree is.
if [ "$mode" = find_package ]; then
  mkdir "$work/launched"
  cd "$work/launched"
  "$work/moved/bin/bench_profiler" run -- gzip < "$work/build/out" > out.gz ||
    fail "bench_profiler run: status $?"
  gzip -t out.gz || fail "bench_profiler run changes what gzip writes"
  [ -s cpu.prof ] || fail "bench_profiler run wrote no cpu.prof"
fi

# A fully static program is refused with a line, not by the linker.
if [ "$mode" = find_package ]; then
  if cmake -S "$projects/$mode" -B "$work/static" "${options[@]}" \
    -DCMAKE_EXE_LINKER_FLAGS=-static > "$work/static.log" 2>&1; then
    fail "a static program was enabled"
  fi
  tr -s '\n ' ' ' < "$work/static.log" |
    grep -q 'a fully static program cannot link' ||
    fail "no line for a static program: $(cat "$work/static.log")"
fi
echo "$mode: passed"
