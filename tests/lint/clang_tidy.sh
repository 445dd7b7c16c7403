#!/usr/bin/env bash
# Runs clang-tidy, as .clang-tidy says, over all of bench_profiler/.
#
#   clang_tidy.sh SOURCE_DIR BUILD_DIR
#
# BUILD_DIR has the compile_commands.json. Exits with 77 (skipped) if that is
# missing or there is no clang-tidy of the version that counts. The standard is said because it is not in there where it
# is g++'s own default, which is not that of clang-tidy.
set -euo pipefail
# shellcheck source=tests/lint/pinned.sh
. "$(dirname "${BASH_SOURCE[0]}")/pinned.sh"
clang_tidy=$(pinned clang-tidy) || exit
cd "$1"
build=$2

if [ ! -f "$build/compile_commands.json" ]; then
  echo "skipped: $build/compile_commands.json is not there"
  exit 77
fi
# Files of another architecture are not part of the build.
find "$PWD/bench_profiler" -name '*.cc' -print0 |
  grep -zFf <(grep -o '"file": "[^"]*"' "$build/compile_commands.json" |
    cut -d'"' -f4) |
  xargs -0 -n 4 -P "$(nproc)" "$clang_tidy" -p "$build" --quiet \
    --extra-arg-before=-std=c++17
