#!/bin/sh
# Compiles the glue once for all targets that compile it in the same way, as the
# tests of one folder mostly do. A compiler launcher (CXX_COMPILER_LAUNCHER):
#
#   bench_profiler_compile_once.sh FOLDER [LAUNCHER...] COMPILER ARGUMENT...
#
# FOLDER has a folder for each command, the names of its outputs left out, and in
# it what came of the command. That is copied if nothing that it was made from,
# which the compiler lists, has changed since, nor the compiler itself. Flags are
# compared here and not in CMake, because only here all of them are known.
folder=$1
shift

object='' target='' list=''
count=$#
while [ "$count" -gt 0 ]; do
  argument=$1
  shift
  count=$((count - 1))
  case $argument in
    -o) object=$1 ;;
    -MT) target=$1 ;;
    -MF) list=$1 ;;
    -MD) continue ;;
    *)
      set -- "$@" "$argument"
      continue
      ;;
  esac
  shift
  count=$((count - 1))
done

command=$(pwd && printf '%s\n' "$@")
entry=$folder/$(printf '%s' "$command" | cksum | tr ' ' -)
mkdir -p "$entry" || exit 1
# One at a time: the others then find it. The lock goes with the process.
exec 9> "$entry/lock"
if command -v flock > /dev/null; then flock 9; fi

# The compiler and its launchers: the words before the first option.
tools() {
  for word; do
    case $word in -*) break ;; esac
    command -v "$word"
  done
}

# Whether the entry is of this command, and nothing that it was made from is
# newer. By the time of a file's last change of any kind: what a package brings
# says that it is older than its installation.
is_current() {
  [ "$command" = "$(cat "$entry/command" 2> /dev/null)" ] || return 1
  newer=$({
    sed -e '1s/^[^:]*://' -e 's/\\$//' "$entry/list"
    tools "$@"
  } | xargs sh -c 'exec find -L "$@" -prune -cnewer "$0"' "$entry/start") &&
    [ -z "$newer" ]
}

compile() {
  rm -f "$entry/command"
  : > "$entry/start"
  "$@" -MD -MF "$entry/list" -MT object -o "$entry/object.o" 9>&- || exit $?
  printf '%s\n' "$command" > "$entry/command"
}

is_current "$@" || compile "$@"
cp "$entry/object.o" "$object" || exit 1
if [ -n "$list" ]; then
  { printf '%s:' "$target" && sed '1s/^[^:]*://' "$entry/list"; } > "$list"
fi
