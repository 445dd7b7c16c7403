#!/usr/bin/env bash
# Checks that the checks find what they are there for: each gets a tree with one
# fault in it, and has to fail with the right line.
set -euo pipefail
lint=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

# A tree without a fault, so small that a check takes no time.
new_tree() {
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/bench_profiler/{platform,collectors/cpu,command,formats,run,export,record,symbolize} \
    "$tree"/{cmake,samples,tests} "$tree"/integrations/{common,google_benchmark}
  touch "$tree/CMakeLists.txt"
  write integrations/common/hook.h '#include "bench_profiler/program.h"' \
    BENCH_PROFILER_INTEGRATIONS_COMMON_HOOK_H_
  write bench_profiler/program.h '#include "bench_profiler/visibility.h"' \
    BENCH_PROFILER_PROGRAM_H_
  write cmake/README.md '# A heading: `code` in [it](../CMakeLists.txt)'
}

# write FILE LINE [GUARD]
write() {
  if [ -n "${3:-}" ]; then
    printf '#ifndef %s\n#define %s\n\n%s\n\n#endif  // %s\n' "$3" "$3" "$2" "$3"
  else
    printf '%s\n' "$2"
  fi > "$tree/$1"
}

# expect pass|LINE SCRIPT: the script passes, or fails with this in its output.
expect() {
  local output status=0
  output=$("$lint/$2" "$tree" 2>&1) || status=$?
  if [ "$1" = pass ]; then
    [ "$status" -eq 0 ] && return
  else
    [ "$status" -ne 0 ] && [[ $output == *"$1"* ]] && return
  fi
  printf '%s: expected: %s\ngot status %d:\n%s\n' "$2" "$1" "$status" "$output"
  failures=$((failures + 1))
}

# breaks_layers FILE INCLUDE
breaks_layers() {
  new_tree
  write "$1" "#include $2"
  expect "$1:1: must not include" layering.sh
}

# keeps_layers FILE INCLUDE
keeps_layers() {
  new_tree
  write "$1" "#include $2"
  expect pass layering.sh
}

new_tree
for script in layering.sh file_size.sh header_guards.sh links.sh; do
  expect pass "$script"
done

breaks_layers bench_profiler/platform/timer.cc '"bench_profiler/collectors/kind.h"'
breaks_layers bench_profiler/platform/timer.cc '"bench_profiler/stack/walker.h"'
breaks_layers bench_profiler/collectors/cpu/cpu.cc \
  '"bench_profiler/collectors/heap/heap.h"'
breaks_layers bench_profiler/collectors/cpu/cpu.cc '"bench_profiler/program.h"'
breaks_layers bench_profiler/collectors/cpu/cpu.cc \
  '"bench_profiler/formats/index.h"'
breaks_layers bench_profiler/collectors/cpu/cpu.cc '"cpu_threads.h"'
breaks_layers bench_profiler/symbolize/elf.cc \
  '"bench_profiler/platform/timer.h"'
breaks_layers bench_profiler/symbolize/elf.cc '"profile.pb.h"'
breaks_layers bench_profiler/formats/index.cc '"bench_profiler/symbolize/elf.h"'
breaks_layers bench_profiler/formats/index.cc '<elfutils/libdw.h>'
breaks_layers bench_profiler/run/session.cc '<zlib.h>'
breaks_layers bench_profiler/run/session.cc '"bench_profiler/symbolize/elf.h"'
breaks_layers bench_profiler/run/session.cc '<benchmark/benchmark.h>'
breaks_layers bench_profiler/program.h '"bench_profiler/sampling/sampling.h"'
breaks_layers bench_profiler/command/main.cc '"bench_profiler/program.h"'
breaks_layers integrations/common/hook.cc '"bench_profiler/sampling/sampling.h"'
breaks_layers integrations/common/hook.cc '"../../bench_profiler/program.h"'

keeps_layers bench_profiler/collectors/cpu/cpu.cc \
  '"bench_profiler/collectors/cpu/cpu_threads.h"'
keeps_layers bench_profiler/platform/timer.cc '<signal.h>'
keeps_layers bench_profiler/symbolize/elf.cc '<zlib.h>'
keeps_layers bench_profiler/formats/profile.cc '"profile.pb.h"'
keeps_layers bench_profiler/export/exporter.cc \
  '"bench_profiler/symbolize/symbolizer.h"'
keeps_layers integrations/google_benchmark/hooks.cc '"../common/hook.h"'
keeps_layers integrations/google_benchmark/hooks.cc '<benchmark/benchmark.h>'

new_tree
seq 401 > "$tree/bench_profiler/long.cc"
expect 'bench_profiler/long.cc: 401 lines' file_size.sh
seq 301 > "$tree/bench_profiler/long.cc"
expect pass file_size.sh

new_tree
write bench_profiler/collectors/kind.h '' KIND_H
expect 'has to be BENCH_PROFILER_COLLECTORS_KIND_H_' header_guards.sh

# links_to TARGET pass|LINE: what links.sh says of such a link in samples/README.md.
links_to() {
  new_tree
  write samples/README.md "# Words
\`[code](is-not-looked-at.md)\`, [elsewhere](https://example.org/x.md) and [here]($1)"
  expect "$2" links.sh
}
links_to ../cmake pass
links_to '#words' pass
links_to ../cmake/README.md#a-heading-code-in-it pass
links_to ../cmake/gone.md 'samples/README.md:2: no such file: ../cmake/gone.md'
links_to '#another' 'samples/README.md:2: no such heading: #another'
links_to ../cmake/README.md#words 'no such heading: ../cmake/README.md#words'

if "$lint/format.sh" "$tree" > /dev/null 2>&1 || [ $? -ne 77 ]; then
  new_tree
  printf 'BasedOnStyle: Google\n' > "$tree/.clang-format"
  write bench_profiler/ugly.cc 'int  main( ) {}'
  expect 'ugly.cc:1' format.sh
fi

# A clang-format that is not the one is not asked.
new_tree
for name in clang-format clang-format-14; do
  write "bench_profiler/$name" '#!/bin/sh
echo "clang-format version 19.1.7"'
  chmod +x "$tree/bench_profiler/$name"
done
PATH=$tree/bench_profiler:$PATH \
  expect 'skipped: clang-format 14 is not installed' format.sh

# An asset that is not what its sources make is found.
new_tree
bundle=$lint/../../bench_profiler/html/bundle
"$bundle" "$tree/assets"
"$bundle" --check "$tree/assets" || failures=$((failures + 1))
echo >> "$tree/assets/report.js"
if "$bundle" --check "$tree/assets" > /dev/null; then
  echo "bundle --check takes a changed asset"
  failures=$((failures + 1))
fi

echo "$failures checks failed"
[ "$failures" -eq 0 ]
