#!/usr/bin/env bash
# The versions of clang-format and clang-tidy that judge this code: others judge
# differently, and a machine that has none of these judges nothing. To be sourced.
#
#   . pinned.sh
#   clang_format=$(pinned clang-format) || exit

# Prints the command; if there is none, says so and fails with 77 (skipped).
pinned() {
  local command
  for command in "$1-14" "$1"; do
    if "$command" --version 2> /dev/null | grep -q 'version 14\.'; then
      echo "$command"
      return
    fi
  done
  echo "skipped: $1 14 is not installed, and other versions judge differently" >&2
  return 77
}
