#!/usr/bin/env bash
# Checks that clang-format would change nothing.
#
#   format.sh [SOURCE_DIR]
#
# Exits with 77 (skipped) if there is no clang-format.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

if ! command -v clang-format > /dev/null; then
  echo "clang-format is not installed"
  exit 77
fi
find bench_profiler integrations samples tests \
  \( -name '*.h' -o -name '*.cc' \) -not -path '*/build*/*' -print0 |
  xargs -0 clang-format --dry-run --Werror
