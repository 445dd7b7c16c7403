#!/usr/bin/env bash
# Checks that clang-format would change nothing.
#
#   format.sh [SOURCE_DIR]
#
# Exits with 77 (skipped) if there is no clang-format of the version that counts.
set -euo pipefail
# shellcheck source=tests/lint/pinned.sh
. "$(dirname "${BASH_SOURCE[0]}")/pinned.sh"
clang_format=$(pinned clang-format) || exit
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

find bench_profiler integrations samples tests \
  \( -name '*.h' -o -name '*.cc' \) -not -path '*/build*/*' -print0 |
  xargs -0 "$clang_format" --dry-run --Werror
