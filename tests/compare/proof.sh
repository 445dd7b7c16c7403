#!/usr/bin/env bash
# Measures what comparisons promise: how often a slow-down that was planted in one
# function is found, and how often something is that is not there.
#
#   tests/compare/proof.sh build/dev
#   BLOCKS=4 SECONDS_SCALE=0.3 tests/compare/proof.sh build/dev /tmp/proof
#
# Runs `bench_profiler compare` of an old and a new program, BLOCKS times (10) with
# RUNS processes (10) of each, for two suites, keeps the profiles in FOLDER
# (BUILD/proof), and prints a table. With the defaults it takes 25 minutes, of a
# machine that has nothing else to do; what is in the folder already is not run
# again. SUITES="ten_functions text_suite" are the suites, SECONDS_SCALE (1)
# multiplies how long the benchmarks run: 2, 1 and 0.3 CPU seconds in a process.
# Nothing may be built in BUILD meanwhile.
#
# The columns: "measured" is by how much the benchmark is slower, "by it" how much
# of that the planted function did, both of all processes together. Then counts,
# of DRAWS (100) comparisons of processes that are drawn from the recorded ones:
# "A/A" of one program with itself that report anything (at most 5 of 100 are
# promised), "slower" that say so of the benchmark, "first" that name the planted
# function first, as slower (95 of 100 are promised), "only" and nothing else.
# "real" are comparisons that share no process. Rows "alone" compare one benchmark,
# rows "suite" all three together, so that there are three times as many functions
# among which a false one could be.
set -eu
build=$(realpath "$1")
folder=${2:-$build/proof}
blocks=${BLOCKS:-10} runs=${RUNS:-10} scale=${SECONDS_SCALE:-1}
draws=${DRAWS:-100} suites=${SUITES:-ten_functions text_suite}

ten_functions="TenFunctions/0 TenFunctions/1 TenFunctions/2"
ten_functions_planted="TenFunctions/0=Mix2 TenFunctions/1=Mix5 TenFunctions/2=Mix8"
text_suite="BM_ParseJson/2000 BM_HashInsert<Fnv1aHash>/20000 BM_StableSortWords/10000"
text_suite_planted="BM_ParseJson=ParseString BM_HashInsert<Fnv1aHash>=Fnv1a
  BM_StableSortWords=IsBefore"

ninja -C "$build" compare_proof bench_profiler_launcher bench_profiler_export |
  tail -1
programs=$build/tests/compare/proof

# Sets PROOF_ITERATIONS_0 and so on to what takes 2, 1 and 0.3 seconds of the CPU.
choose_iterations() {
  local suite=$1 number=0 name seconds nanos
  # Those of another suite would be part of the names of benchmarks.
  unset PROOF_ITERATIONS_0 PROOF_ITERATIONS_1 PROOF_ITERATIONS_2
  for name in ${!suite}; do
    seconds=$(echo 2 1 0.3 | cut -d' ' -f$((number + 1)))
    nanos=$("$programs/${suite}_old" --benchmark_filter="$name\$" \
      --benchmark_format=csv 2>/dev/null | tail -1 | awk -F, '{print $4}')
    export "PROOF_ITERATIONS_$number=$(awk \
      "BEGIN {printf \"%d\", 1 + $scale * $seconds * 1e9 / $nanos}")"
    number=$((number + 1))
  done
}

for suite in $suites; do
  filter=$(echo ${!suite} | tr ' ' '|')
  mkdir -p "$folder/$suite"
  # All blocks have the same benchmarks: the iterations are part of their names.
  if [ ! -e "$folder/$suite/iterations" ]; then
    choose_iterations "$suite"
    env | grep '^PROOF_ITERATIONS_' > "$folder/$suite/iterations"
  fi
  while read -r setting; do export "${setting?}"; done < "$folder/$suite/iterations"
  for block in $(seq -w "$blocks"); do
    [ ! -e "$folder/$suite/$block.txt" ] || continue
    rm -rf "${folder:?}/$suite/$block"
    "$build/bin/bench_profiler" compare --runs="$runs" \
      --folder="$folder/$suite/$block" -o "$folder/$suite/$block.part" \
      "$programs/${suite}_old" "$programs/${suite}_new" -- \
      --benchmark_filter="$filter" 2>> "$folder/$suite/log"
    mv "$folder/$suite/$block.part" "$folder/$suite/$block.txt"
  done
  planted=${suite}_planted
  echo "$suite: $((blocks * runs)) processes of each program, $runs a side"
  # shellcheck disable=SC2086  # names without blanks
  "$programs/compare_proof" --draws="$draws" --processes="$runs" ${!planted} \
    $(seq -w "$blocks" | sed "s|^|$folder/$suite/|")
done
