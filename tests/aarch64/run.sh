#!/usr/bin/env bash
# Compiles everything for AArch64, and runs the tests of the stack walker there
# if an emulator is at hand.
#
#   run.sh SOURCE_DIR BUILD_DIR
#
# Debian's cross compiler (g++-aarch64-linux-gnu) has the headers of libc. Those
# of the other libraries are the same for all architectures. Exits with 77
# (skipped) without the compiler.
set -euo pipefail
build=$(realpath "$2")
cd "$1"

if ! command -v aarch64-linux-gnu-g++ > /dev/null; then
  echo "skipped: no aarch64-linux-gnu-g++ here"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
compiler=(aarch64-linux-gnu-g++ -std=c++17 -I.)
if command -v ccache > /dev/null; then compiler=(ccache "${compiler[@]}"); fi
warnings=(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
others=(-I "$build/bench_profiler" -idirafter /usr/include
  -idirafter "/usr/include/$(uname -m)-linux-gnu")
# What CMake tells of the versions and folders.
for name in VERSION LIBRARIES FRAMEWORKS VERSION_google_benchmark \
  VERSION_googletest; do
  others+=("-DBENCH_PROFILER_$name=\"\"")
done

# Half of the time would be spent on the same headers of the standard library.
cat > "$work/standard.h" << 'END'
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>
END
check=("${compiler[@]}" "${warnings[@]}" "${others[@]}")
"${check[@]}" -x c++-header "$work/standard.h" -o "$work/standard.h.gch"
sources=$(find bench_profiler -name '*.cc')
echo "$sources" | xargs -P "$(nproc)" -n 1 \
  "${check[@]}" -include "$work/standard.h" -fsyntax-only
compile_glue() {
  find integrations -name '*.cc' "$@" -print0 | xargs -0 -P "$(nproc)" -n 1 \
    "${compiler[@]}" "${others[@]}" -fsyntax-only
}
compile_glue ! -path '*/preload/*'
others+=(-DBENCH_PROFILER_PRELOAD)
compile_glue
echo "compiled $(wc -l <<< "$sources") files and the glue"

googletest=/usr/src/googletest/googletest
if ! command -v qemu-aarch64 > /dev/null || [ ! -d "$googletest" ]; then
  echo "not run: no qemu-aarch64 or no sources of GoogleTest here"
  exit 0
fi
# Functions of a binary may sign their return addresses or not.
sources=(bench_profiler/{stack,platform}/*.cc
  tests/stack/stack_{capture,walker_test}.cc)
compiler+=(-g -w -I "$googletest" -I "$googletest/include")
for source in "$googletest"/src/gtest{-all,_main}.cc; do
  "${compiler[@]}" -c "$source" -o "$work/$(basename "$source").o"
done
for option in none standard; do
  for source in "${sources[@]}"; do
    echo "-c $source -o $work/$option-$(basename "$source").o"
  done | xargs -P "$(nproc)" -L 1 "${compiler[@]}" -O2 \
    "-mbranch-protection=$option"
  # The libraries are parts of libc from glibc 2.34 on.
  aarch64-linux-gnu-g++ "$work/$option"-*.o "$work"/gtest*.o -pthread -ldl -lrt \
    -o "$work/$option"
  # The way back out of a signal handler is not known there, see
  # "Limits" in bench_profiler/README.md.
  qemu-aarch64 -L /usr/aarch64-linux-gnu "$work/$option" --gtest_brief=1 \
    --gtest_filter=-*SignalHandlers:*AlternateStack
done
