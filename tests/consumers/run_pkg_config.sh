#!/usr/bin/env bash
# Builds a benchmark without CMake, by the line in cmake/README.md and by make, with
# what pkg-config says, and looks whether it has profiles.
#
#   run_pkg_config.sh BUILD_DIR
#
# CXX is the compiler. Exits with 77 (skipped) if there is no pkg-config.
set -euo pipefail
build=$(realpath "$1")
consumers=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
export CXX=${CXX:-g++}
if ! command -v pkg-config > /dev/null; then
  echo "skipped: no pkg-config here"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "pkg-config: $*"
  exit 1
}

# Where it was installed first does not matter.
cmake --install "$build" --prefix "$work/installed" > /dev/null
mv "$work/installed" "$work/moved"
PKG_CONFIG_PATH=$(dirname "$(find "$work/moved" -name bench_profiler.pc)")
export PKG_CONFIG_PATH
pkg-config --validate bench_profiler

# profile FOLDER: both kinds of profile, with HotFunction and its allocations.
profile() {
  cd "$work/$1"
  ./consumer_bench --cpuprofile=cpu.prof --memprofile=mem.prof --benchmem \
    --memprofilerate=1 --benchmark_min_time=0.3 > out 2> err ||
    fail "$1: $(cat out err)"
  grep -q 'B/op=' out || fail "$1: allocations are not counted: $(cat out err)"
  [ -s mem.prof.d/BM_Consumer.prof ] || fail "$1: no heap profile: $(cat err)"
  go tool pprof -top cpu.prof.d/BM_Consumer.prof 2> /dev/null |
    grep -q HotFunction || fail "$1: HotFunction is not in the profile"
}

mkdir "$work/line" "$work/make"
cd "$work/line"
# Words on purpose.
# shellcheck disable=SC2046
"$CXX" -std=c++17 -O2 -g "$consumers/consumer_bench.cc" \
  $(pkg-config --cflags bench_profiler) \
  $(pkg-config --variable=sources bench_profiler) \
  -lbenchmark -lpthread $(pkg-config --libs bench_profiler) -o consumer_bench
profile line

cd "$work/make"
make -j 2 -f "$consumers/pkg_config/Makefile" "SOURCE_DIR=$consumers" "CXX=$CXX"
profile make
# What the glue stands in for is what the linker was told of.
wrapped=$(nm ./*.o | sed -n 's/.* [TW] __wrap_//p')
[ -n "$wrapped" ] || fail "nm sees nothing of the glue"
for symbol in $wrapped; do
  pkg-config --libs bench_profiler | grep -qF -e "--wrap=$symbol " ||
    fail "frameworks.def has no $symbol"
done

# A program without a framework, with either standard library.
pkg-config --validate bench_profiler_pprof
launcher=$work/moved/bin/bench_profiler
# build_tool COMPILER...
build_tool() {
  # shellcheck disable=SC2046
  "$@" -std=c++17 -O2 -g "$consumers"/consumer_tool{,_work}.cc \
    $(pkg-config --cflags --libs bench_profiler_pprof) -o "$work/consumer_tool"
}
build_tool "$CXX"
"$consumers/check_tool.sh" "$work/consumer_tool" "$launcher"
if echo '#include <string>' | clang++ -stdlib=libc++ -fsyntax-only -x c++ - \
  2> /dev/null; then
  build_tool clang++ -stdlib=libc++
  "$consumers/check_tool.sh" "$work/consumer_tool" "$launcher"
else
  echo "no clang++ with libc++ here: not tried"
fi
# The hooks are not linked where a sanitizer has its own.
build_tool "$CXX" -fsanitize=address
"$consumers/check_tool.sh" "$work/consumer_tool"
! nm "$work/consumer_tool" | grep -q bench_profiler_allocator_hooks ||
  fail "the hooks of the allocator are linked beside AddressSanitizer"
echo "pkg-config: passed"
