#!/usr/bin/env bash
# Builds and runs the matrix with one compiler and checks the profiles:
#   run.sh <compiler> <bench_profiler build folder> [<prefix of Google Benchmark>]
set -euo pipefail
compiler=$1
build=$2
prefix=${3:-}
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v "$compiler" >/dev/null; then
  echo "skipped: no $compiler here"
  exit 77
fi
if [[ $# -ge 3 && ! -d $prefix ]]; then
  echo "skipped: no other Google Benchmark here" \
       "(BENCH_PROFILER_NEWEST_BENCHMARK names its install prefix)"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/prefix" >/dev/null
cmake -S "$here" -B "$work/build" -DCMAKE_CXX_COMPILER="$compiler" \
  -DCMAKE_PREFIX_PATH="$work/prefix;$prefix" | grep -e '-- skipped:' || true
cmake --build "$work/build" -j 2 >"$work/log" 2>&1 ||
  { cat "$work/log"; exit 1; }

failed=0
count=0
for bench in "$work"/build/matrix_*; do
  [[ -f $bench && -x $bench && $bench != *.so ]] || continue
  name=$(basename "$bench")
  count=$((count + 1))
  if ! (cd "$work" && "$bench" --cpuprofile=cpu.prof --benchmem >out 2>err); then
    echo "FAILED $name: exit"; cat "$work/err"; failed=1; continue
  fi
  # Two allocations of 100 bytes in each timed part.
  if grep '^BM_' "$work/out" | grep -v 'B/op=200 allocs/op=2'; then
    echo "FAILED $name: allocations"; failed=1
  fi
  # As much timed work as paused: the file holds the timed half alone.
  for file in $("$bench" --benchmark_list_tests | tr ':/' '__'); do
    index=$(tr -d '\n ' <"$work/cpu.prof.d/index.json")
    entry=$(grep -o "\"file\":\"$file.prof\"[^}]*" <<<"$index" || true)
    cpu=$(sed -n 's/.*"profiled_cpu_seconds":\([0-9.e-]*\).*/\1/p' <<<"$entry")
    expected=$(sed -n 's/.*"cpu_seconds":\([0-9.e-]*\),"real.*/\1/p' <<<"$entry")
    # Each of the run's N ticks falls into the timed half with probability 1/2:
    # 5 standard deviations of sqrt(N / 4) ticks, of 4 ms or as the kernel has it,
    # and half as much again since on a busy machine ticks come late and then
    # weigh more.
    if ! awk -v cpu="${cpu:-0}" -v expected="${expected:-0}" 'BEGIN {
           tick = 0.004
           bound = 7.5 * tick * sqrt(2 * expected / tick / 4)
           exit !(expected > 0.1 && cpu > expected - bound &&
                  cpu < expected + bound) }'
    then
      echo "FAILED $name: $file has ${cpu:-no} CPU seconds, not ${expected:-?}"
      failed=1
    fi
  done
done
echo "$count programs by $compiler"
[[ $count -gt 0 && $failed -eq 0 ]]
