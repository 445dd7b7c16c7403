#!/usr/bin/env bash
# Builds and runs the matrix with one compiler and checks the profiles:
#   run.sh <compiler> <bench_profiler build folder> [<prefix of Google Benchmark>]
set -euo pipefail
compiler=$1
build=$2
prefix=${3:-}
here=$(cd "$(dirname "$0")" && pwd)

if [[ $# -ge 3 && ! -d $prefix ]]; then
  echo "skipped: no other Google Benchmark here" \
       "(BENCH_PROFILER_NEWEST_BENCHMARK names its install prefix)"
  exit 77
fi
source "$here/../matrix_setup.sh"

cmake -S "$here" -B "$work/build" -DCMAKE_CXX_COMPILER="$compiler" \
  "${launcher[@]}" \
  -DCMAKE_PREFIX_PATH="$work/prefix;$prefix" | grep -e '-- skipped:' || true
cmake --build "$work/build" -j 2 >"$work/log" 2>&1 ||
  { cat "$work/log"; exit 1; }

failed=0
count=0
for bench in "$work"/build/matrix_*; do
  [[ -f $bench && -x $bench && $bench != *.so ]] || continue
  name=$(basename "$bench")
  count=$((count + 1))
  if ! (cd "$work" && "$bench" --cpuprofile=cpu.prof --memprofile=mem.prof \
    --memprofilerate=1 --benchmem >out 2>err); then
    echo "FAILED $name: exit"; cat "$work/err"; failed=1; continue
  fi
  # Two allocations of 100 bytes in each timed part, three in each paused one:
  # that tells exactly, other than CPU time, whether the phases are right.
  if grep '^BM_' "$work/out" | grep -v 'B/op=200 allocs/op=2'; then
    echo "FAILED $name: allocations"; failed=1
  fi
  for file in $("$bench" --benchmark_list_tests | tr ':/' '__'); do
    index=$(tr -d '\n ' <"$work/mem.prof.d/index.json")
    entry=$(grep -o "\"file\":\"$file.prof\"[^[]*" <<<"$index" || true)
    samples=$(sed -n 's/.*"samples":\([0-9]*\).*/\1/p' <<<"$entry")
    if [[ $samples != 120 ]]; then
      echo "FAILED $name: $file has ${samples:-no} timed allocations, not 120"
      failed=1
    fi
    if [[ ! -s $work/cpu.prof.d/$file.prof ]]; then
      echo "FAILED $name: $file has no CPU profile"; failed=1
    fi
  done
done
echo "$count programs by $compiler"
[[ $count -gt 0 && $failed -eq 0 ]]
