#!/usr/bin/env bash
# Checks the include guards: BENCH_PROFILER_<PATH>_H_, where bench_profiler/ is
# not said twice.
#
#   header_guards.sh [SOURCE_DIR]
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

files=0
broken=0
while IFS= read -r file; do
  files=$((files + 1))
  guard=BENCH_PROFILER_${file#bench_profiler/}_
  guard=$(tr 'a-z/.-' 'A-Z___' <<< "$guard")
  if ! grep -qx "#ifndef $guard" "$file" ||
    ! grep -qx "#define $guard" "$file" ||
    [ "$(tail -n 1 "$file")" != "#endif  // $guard" ]; then
    echo "$file: the include guard has to be $guard"
    broken=$((broken + 1))
  fi
done < <(find bench_profiler integrations samples tests -name '*.h' | sort)

echo "$files headers, $broken with another guard"
[ "$files" -gt 0 ] && [ "$broken" -eq 0 ]
