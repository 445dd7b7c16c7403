#!/usr/bin/env bash
# Runs a build of consumer_tool.cc and looks at the profiles that it writes of
# itself.
#
#   check_tool.sh TOOL [LAUNCHER]
#
# LAUNCHER is the command bench_profiler, which profiles it once more.
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

# shows_work PROFILE...: whether most of each is of ToolWork, of a heap profile all
# that was allocated.
shows_work() {
  local profile
  for profile; do
    go tool pprof -top -cum -sample_index=1 "$profile" > top 2> /dev/null ||
      fail "pprof cannot read $profile"
    awk '/ToolWork/ { found = 1; exit $5 + 0 < 50 } END { if (!found) exit 1 }' top ||
      fail "ToolWork has not 50 % of $profile: $(cat top)"
  done
}

"$tool" > out 2> err || fail "status $?: $(cat out err)"
[ ! -s err ] || fail "says: $(cat err)"
shows_work tool_cpu.prof tool_mem.prof
[ -n "$launcher" ] || exit 0

# A plain program to the launcher: each gets a profile of its own.
rm tool_*.prof
"$launcher" run --cpuprofile=cpu.prof --memprofile=mem.prof --memprofilerate=1024 \
  -- "$tool" > out 2> err || fail "launched: status $?: $(cat out err)"
shows_work cpu.prof mem.prof tool_cpu.prof tool_mem.prof
