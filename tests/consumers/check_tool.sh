#!/usr/bin/env bash
# Runs a build of consumer_tool.cc and looks at what it does.
#
#   check_tool.sh TOOL [LAUNCHER]
#
# LAUNCHER is the command bench_profiler, which runs it once more.
set -euo pipefail
tool=$(realpath "$1")
launcher=${2:+$(realpath "$2")}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
  echo "$tool: $*"
  exit 1
}

"$tool" > out 2> err || fail "status $?: $(cat out err)"
[ ! -s err ] || fail "says: $(cat err)"
[ -n "$launcher" ] || exit 0

# A plain program to the launcher, whose blocks the program's own hooks see.
"$launcher" run --cpuprofile=cpu.prof --memprofile=mem.prof --memprofilerate=1024 \
  -- "$tool" > out 2> err || fail "launched: status $?: $(cat out err)"
for kind in cpu mem; do
  go tool pprof -top -sample_index=0 "$kind.prof" 2> /dev/null |
    grep -q ToolWork || fail "launched: ToolWork is not in $kind.prof: $(cat err)"
done
