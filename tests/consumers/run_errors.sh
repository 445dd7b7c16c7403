#!/usr/bin/env bash
# Looks whether what cannot be enabled gets one clear line.
#
#   run_errors.sh BUILD_DIR
#
# CXX is the compiler.
set -euo pipefail
build=$(realpath "$1")
project=$(realpath "$(dirname "${BASH_SOURCE[0]}")")/errors
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/installed" > /dev/null

# configure WHICH: in one build folder, whose cache makes it quick.
configure() {
  cmake -S "$project" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/installed" \
    "-DWHICH=$1" > "$work/log" 2>&1
}

failed=0
# expect WHICH TEXT: the configuration fails, and says TEXT.
expect() {
  if configure "$1"; then
    echo "FAILED $1: no error"
    failed=1
  elif ! tr -s '\n ' ' ' < "$work/log" | grep -qF "$2"; then
    echo "FAILED $1: not '$2' but: $(cat "$work/log")"
    failed=1
  fi
}

for kind in STATIC SHARED OBJECT INTERFACE imported imported_library custom; do
  expect "$kind" "bench_profiler_enable(target): only executables that this \
build makes can be enabled, and target is not one"
done
expect alias "and library is not one"
expect alias_of_imported "and tool is not one"
for where in static_option static_library static_directory; do
  expect "$where" "bench_profiler_enable(target): a fully static program cannot"
done
expect nothing "bench_profiler_enable(target): no such target here"
expect component "bench_profiler has no component junit: they are \
google_benchmark and googletest"
expect minor_version "compatible with requested version \"0.0.9\""
configure static_not_here || {
  echo "FAILED static_not_here: $(cat "$work/log")"
  failed=1
}

# A libc that cannot be profiled: said, and built as without the profiler, in a
# project that uses it and in its own.
mkdir "$work/other_libc"
printf '%s\n' '#include_next <features.h>' '#undef __GLIBC__' \
  > "$work/other_libc/features.h"
other_libc=("-DCMAKE_CXX_FLAGS=-isystem $work/other_libc")
cmake -S "$project" -B "$work/other" -DCMAKE_PREFIX_PATH="$work/installed" \
  -DWHICH=executable "${other_libc[@]}" > "$work/log" 2>&1 || failed=1
grep -q 'no profiles on Linux .* without glibc 2.28 or newer; target built' \
  "$work/log" || failed=1
cmake --build "$work/other" >> "$work/log" 2>&1 || failed=1
if grep -q bench_profiler "$work/other/target"; then failed=1; fi
cmake -S "$project/../../.." -B "$work/own" "${other_libc[@]}" \
  >> "$work/log" 2>&1 || failed=1
grep -q 'bench_profiler: not built for Linux' "$work/log" || failed=1
# The same for a processor that has no row in stack/arch/arch.h.
cmake -S "$project" -B "$work/processor" -DCMAKE_PREFIX_PATH="$work/installed" \
  -DWHICH=executable "-DCMAKE_CXX_FLAGS=-U__x86_64__ -U__aarch64__" \
  > "$work/log" 2>&1 || failed=1
grep -q 'no profiles on Linux [^ ]*; target built' "$work/log" || failed=1
[ "$failed" -eq 0 ] || cat "$work/log"
[ "$failed" -eq 0 ] && echo "errors: passed"
