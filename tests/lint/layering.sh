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
public="activity allocations export hook_section session profile/session_data"

# Prints what files like $1 may include of bench_profiler/, as glob patterns.
# The first rule that fits counts.
allowed() {
  local root="activity allocations collector exporter exporter_loader export flags
              interrupt kind options output_path program_binaries recorder session
              session_control session_state timed_allocations writer_process hooks/*"
  case "$1" in
    integrations/*) headers "$public" ;;
    bench_profiler/platform/*) headers export "platform/*" ;;
    bench_profiler/profile/*) headers "platform/* profile/*" ;;
    bench_profiler/stack/*) headers "platform/* profile/* stack/*" ;;
    bench_profiler/hooks/*)
      headers "allocations hook_section platform/* hooks/*"
      ;;
    bench_profiler/collectors/*)
      # Of the other collectors nothing: cpu_threads.h is for cpu*.cc.
      local kind=${1#bench_profiler/collectors/}
      kind=${kind%%[_.]*}
      headers "activity collector kind options hooks/* platform/* profile/* stack/*
               collectors/$kind collectors/${kind}_*"
      ;;
    bench_profiler/symbolize/*) headers "profile/* symbolize/*" ;;
    bench_profiler/writers/*) headers "profile/* writers/*" ;;
    bench_profiler/launcher/*) headers "flags kind options launcher/*" ;;
    bench_profiler/exporter.cc)
      headers "export exporter profile/* symbolize/* writers/*"
      ;;
    bench_profiler/exporter.h) headers "profile/session_data" ;;
    *)
      if is_public "$1"; then
        headers "$public"
      else
        headers "$root platform/* profile/* stack/*"
      fi
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
  google/protobuf/*       bench_profiler/writers/*
  nlohmann/*              bench_profiler/writers/*
  zlib.h                  bench_profiler/@(symbolize|writers)/*
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
      case "$file" in bench_profiler/writers/*) return ;; esac
      complain "$file" "$line" "$header (of protobuf; only writers/ may)"
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
