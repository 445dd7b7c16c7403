#!/usr/bin/env bash
# Profiles public projects, which know nothing of bench_profiler, by one -D.
#
#   public_projects.sh BUILD_DIR SOURCE_DIR...
#   BENCH_PROFILER_PUBLIC_PROJECTS="/src/snappy /src/spdlog" ctest -R public
#
# Each SOURCE_DIR is a checkout, submodules included, of one of those below, by
# whose name the folder goes. Exits with 77 (skipped) if none is given. Prints a
# line for each: what was enabled, and what of one program came into its profiles.
set -euo pipefail
build=$(realpath "$1")
shift
if [ $# -eq 0 ]; then
  read -ra projects <<< "${BENCH_PROFILER_PUBLIC_PROJECTS:-}"
  set -- "${projects[@]}"
fi
if [ $# -eq 0 ]; then
  echo "skipped: no projects here (BENCH_PROFILER_PUBLIC_PROJECTS names their folders)"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/installed" > /dev/null

fail() {
  echo "$name: $*"
  exit 1
}

for source in "$@"; do
  source=$(realpath "$source")
  name=$(basename "$source")
  # Its options, the program to profile, that one's arguments and a function that
  # has to be in its profiles.
  case "$name" in
    snappy)
      options=(-DSNAPPY_BUILD_TESTS=OFF)
      program=(snappy_benchmark '--benchmark_filter=BM_UFlat/[0-3]/1')
      function=snappy::RawUncompress
      ;;
    spdlog)
      options=(-DSPDLOG_BUILD_BENCH=ON)
      program=(formatter-bench '[%l] %v')
      function=spdlog::pattern_formatter::format
      ;;
    benchmark)
      options=(-DBENCHMARK_ENABLE_GTEST_TESTS=OFF)
      program=(basic_test '--benchmark_filter=BM_spin_pause_during/8')
      function=BM_spin_pause_during
      ;;
    leveldb)
      options=(-DCMAKE_CXX_STANDARD=17 -DLEVELDB_BUILD_BENCHMARKS=OFF)
      program=(leveldb_tests '--gtest_filter=FilterBlock*:SkipTest*:Status*')
      function=leveldb::SkipList
      ;;
    *) fail "unknown; known are snappy, spdlog, benchmark and leveldb" ;;
  esac

  folder=$work/$name
  cmake -S "$source" -B "$folder" -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    "-DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER:-}" \
    "-DCMAKE_PROJECT_TOP_LEVEL_INCLUDES=$work/installed/share/bench_profiler/enable_all.cmake" \
    "${options[@]}" > "$folder.log" 2>&1 || fail "$(cat "$folder.log")"
  enabled=$(sed -n 's/^-- bench_profiler: \(enabled [0-9]*\).*/\1/p' "$folder.log")
  [ -n "$enabled" ] || fail "nothing is enabled: $(cat "$folder.log")"
  cmake --build "$folder" -j "$(nproc)" --target "${program[0]}" \
    >> "$folder.log" 2>&1 || fail "$(cat "$folder.log")"

  # In the sources, where the test data are.
  binary=$(find "$folder" -name "${program[0]}" -type f)
  mkdir "$folder.profiles"
  (cd "$source" && "$binary" "${program[@]:1}" "--outputdir=$folder.profiles" \
    --cpuprofile=cpu.prof --memprofile=mem.prof --memprofilerate=1) \
    > "$folder.out" 2>&1 || fail "$(cat "$folder.out")"
  cd "$folder.profiles"
  count=$(grep -c '"file"' mem.prof.d/index.json) || fail "$(cat "$folder.out")"
  for profile in cpu.prof mem.prof {cpu,mem}.prof.d/*.prof; do
    go tool pprof -top "$profile" > "$folder.top" 2>&1 ||
      fail "$profile: $(cat "$folder.top")"
  done
  go tool pprof -top cpu.prof 2> /dev/null | grep "$function" > "$folder.top" ||
    fail "$function is not in cpu.prof: $(go tool pprof -top cpu.prof)"
  echo "$name: $enabled executables; ${program[0]}: $count benchmarks or tests;" \
    "$(sed -n 's/.*cpu profile: [^,]*, \([^;]*\);.*/\1/p' "$folder.out")"
done
