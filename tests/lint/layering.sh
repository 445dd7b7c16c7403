#!/usr/bin/env bash
# Checks who includes whom.
#
#   layering.sh [SOURCE_DIR]
#
# Prints a line for each include that breaks a rule; fails if there is one.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

# Headers of bench_profiler/ that the glue in a user's build gets to see; the
# same ones that cmake/install.cmake installs. They include each other only.
public="allocations beast error heap_hooks hook_section http http_connection httplib labels pprof program record/raw_profile region sink visibility"

# Prints what files like $1 may include of bench_profiler/, as glob patterns.
# The first rule that fits counts. Downwards only:
#
#   integrations -> run -> http -> pprof -> sampling -> collectors -> record -> stack, interpose
#   export -> formats, symbolize -> profile -> record/raw_*.h, plain data
#   collectors -> profile/unsample.h, which is arithmetic only
#   html -> report -> profile; html -> formats
#   compare -> html, report, formats, profile
#   command -> what knows of no collector
allowed() {
  local above_platform="error visibility platform/*"
  local above_record="allocations labels region $above_platform interpose/* stack/* record/*"
  if is_public "$1"; then
    headers "$public"
    return
  fi
  case "$1" in
    integrations/*) headers "$public" ;;
    bench_profiler/platform/*) headers "$above_platform" ;;
    bench_profiler/stack/*) headers "$above_platform stack/*" ;;
    bench_profiler/interpose/*)
      headers "allocations hook_section $above_platform interpose/*"
      echo bench_profiler/interpose/lock_functions.def
      ;;
    bench_profiler/record/*) headers "$above_record" ;;
    bench_profiler/collectors/*/*)
      # Of the other collectors nothing but what tables are made of.
      local kind=${1#bench_profiler/collectors/}
      headers "$above_record profile/unsample collectors/kind collectors/collector
               collectors/table/* collectors/${kind%%/*}/*"
      ;;
    bench_profiler/collectors/*.cc)
      headers "$above_record collectors/*"
      echo bench_profiler/collectors/kinds.def
      ;;
    bench_profiler/collectors/*) headers "$above_record collectors/*" ;;
    bench_profiler/sampling/*) headers "$above_record collectors/* sampling/*" ;;
    bench_profiler/profile/*) headers "error record/raw_* profile/*" ;;
    bench_profiler/symbolize/*) headers "error record/raw_* profile/* symbolize/*" ;;
    bench_profiler/formats/*) headers "error profile/* formats/*" ;;
    bench_profiler/report/*) headers "error profile/* report/*" ;;
    bench_profiler/html/*) headers "error profile/* formats/* report/* html/*" ;;
    bench_profiler/compare/*)
      headers "error profile/* formats/* report/* html/* compare/*" ;;
    bench_profiler/export/exporter.h) headers "error record/raw_profile" ;;
    bench_profiler/export/exporter_loader.*)
      headers "error visibility platform/fork_events export/exporter
               export/exporter_loader"
      ;;
    bench_profiler/export/*)
      headers "error visibility record/raw_* profile/* symbolize/* formats/* report/*
               html/* export/*"
      ;;
    bench_profiler/pprof/*)
      headers "$above_record pprof program sink collectors/kind collectors/collector sampling/*
               export/exporter export/exporter_loader pprof/*"
      ;;
    bench_profiler/http/*)
      headers "allocations error visibility http pprof program sink platform/*
               record/raw_profile collectors/kind collectors/collector
               export/exporter export/exporter_loader pprof/* http/*"
      ;;
    bench_profiler/run/*)
      headers "$above_record program collectors/kind collectors/collector sampling/*
               export/exporter export/exporter_loader pprof sink http http/* run/*"
      ;;
    bench_profiler/command/*)
      headers "collectors/kind error run/flags run/options profile/* symbolize/*
               formats/* report/* html/* compare/* command/*"
      ;;
  esac
}

is_public() {
  local header
  for header in $public; do
    if [ "$1" = "bench_profiler/$header.h" ]; then return 0; fi
  done
  return 1
}

# Patterns of the headers with these names.
headers() {
  set -f
  local name
  for name in $*; do printf 'bench_profiler/%s.h\n' "$name"; done
  set +f
}

# Where a third party's headers may be included, and nowhere else.
#   header                home
third_party="
  benchmark/*             integrations/google_benchmark/*
  gtest/*                 integrations/googletest/*
  boost/*                 bench_profiler/beast.h
  google/protobuf/*       bench_profiler/formats/*
  nlohmann/*              bench_profiler/@(formats|html|compare|command)/*
  re2/*                   bench_profiler/report/*
  zlib.h                  bench_profiler/@(symbolize|formats)/*
  elfutils/*              bench_profiler/symbolize/*
  dwarf.h                 bench_profiler/symbolize/*
  libelf.h                bench_profiler/symbolize/*
  gelf.h                  bench_profiler/symbolize/*
"

broken=0
complain() {
  echo "$1:$2: must not include $3"
  broken=$((broken + 1))
}

check_own() {
  local file=$1 line=$2 header=$3 pattern
  case "$header" in
    bench_profiler/*) ;;
    *.pb.h)
      case "$file" in bench_profiler/formats/*) return ;; esac
      complain "$file" "$line" "$header (of protobuf; only formats/ may)"
      return
      ;;
    *)
      # The glue is compiled from wherever it is installed.
      local target=${file%/*}/$header
      if [[ $file == integrations/* && -f $target &&
        $(realpath -m --relative-to=. "$target") == integrations/* ]]; then
        return
      fi
      complain "$file" "$line" "$header (write it from the root on)"
      return
      ;;
  esac
  while read -r pattern; do
    # Not quoted: a pattern.
    if [[ $header == $pattern ]]; then return; fi
  done < <(allowed "$file")
  complain "$file" "$line" "$header"
}

check_third_party() {
  local file=$1 line=$2 header=$3 pattern home
  while read -r pattern home; do
    # Not quoted: a pattern.
    if [[ -n $pattern && $header == $pattern && $file != $home ]]; then
      complain "$file" "$line" "<$header> (only $home may)"
    fi
  done <<< "$third_party"
}

include='^[[:space:]]*#[[:space:]]*include[[:space:]]*([<"])([^">]*)[">]'
files=0
while IFS= read -r file; do
  files=$((files + 1))
  while IFS=: read -r line text; do
    [[ $text =~ $include ]] || continue
    if [ "${BASH_REMATCH[1]}" = '"' ]; then
      check_own "$file" "$line" "${BASH_REMATCH[2]}"
    else
      check_third_party "$file" "$line" "${BASH_REMATCH[2]}"
    fi
  done < <(grep -nE "$include" "$file" || true)
done < <(find bench_profiler integrations -name '*.h' -o -name '*.cc' | sort)

echo "$files files, $broken includes that break the layers"
[ "$files" -gt 0 ] && [ "$broken" -eq 0 ]
