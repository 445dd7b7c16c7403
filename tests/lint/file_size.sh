#!/usr/bin/env bash
# Checks that no file is too long to be read in one go.
#
#   file_size.sh [SOURCE_DIR]
#
# Over 300 lines is worth a warning, over 400 fails.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

find CMakeLists.txt bench_profiler cmake integrations samples tests -type f \
  \( -name '*.h' -o -name '*.cc' -o -name '*.cmake' -o -name '*.sh' \
  -o -name '*.js' -o -name CMakeLists.txt -o -name run -o -name distribution \) \
  -not -path '*/build*/*' -not -path '*/html/assets/*' \
  -exec wc -l {} + |
  awk '$2 == "total" { next }
       { files++ }
       $1 > 400 { print $2 ": " $1 " lines, more than 400"; broken++; next }
       $1 > 300 { print $2 ": warning: " $1 " lines, more than 300" }
       END { print files + 0 " files, " broken + 0 " too long"
             exit files == 0 || broken > 0 }'
