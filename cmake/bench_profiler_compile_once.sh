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

object='' target='' list='' shared=yes
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
      # Files with arguments, which are not compared, and what is written beside
      # the object, as .gcno, .dwo and .json, under its name.
      case $argument in
        @* | --coverage | -ftest-coverage | -fprofile* | -gsplit-dwarf | \
          -ftime-trace* | -save-temps* | --save-temps* | -fstack-usage | \
          -fcallgraph-info* | -fdump-* | -fmodule-mapper=*) shared='' ;;
      esac
      set -- "$@" "$argument"
      continue
      ;;
  esac
  shift
  count=$((count - 1))
done

# In the place of this script: as if it was not there.
compile_alone() {
  if [ -n "$list" ]; then set -- "$@" -MD -MT "$target" -MF "$list"; fi
  if [ -n "$object" ]; then set -- "$@" -o "$object"; fi
  exec "$@"
}

if [ -z "$shared" ] || [ -z "$object" ]; then compile_alone "$@"; fi
command=$(pwd && printf '%s\n' "$@")
entry=$folder/$(printf '%s' "$command" | cksum | tr ' ' -)
# One at a time: the others then find it. The lock goes with the process.
{ mkdir -p "$entry" && : > "$entry/lock"; } 2> /dev/null || compile_alone "$@"
exec 9> "$entry/lock"
flock 9 2> /dev/null || compile_alone "$@"

# The compiler and its launchers, quoted for xargs: the words before the first
# option.
tools() {
  for word; do
    case $word in -*) break ;; esac
    command -v "$word" | sed 's/[^A-Za-z0-9_/.-]/\\&/g'
  done
}

# Whether the entry is of this command, and nothing that it was made from is
# newer, or gone. By the time of a file's last change of any kind: what a package
# brings says that it is older than its installation.
is_current() {
  [ -f "$entry/object.o" ] &&
    [ "$command" = "$(cat "$entry/command" 2> /dev/null)" ] || return 1
  # shellcheck disable=SC2016  # of the inner shell
  newer=$({
    sed -e '1s/^[^:]*://' -e 's/\\$//' "$entry/list"
    tools "$@"
  } | xargs sh -c 'exec find -L "$@" -prune -cnewer "$0"' "$entry/start" \
    2> /dev/null) && [ -z "$newer" ]
}

compile() {
  rm -f "$entry/command"
  : > "$entry/start"
  "$@" -MD -MF "$entry/list" -MT object -o "$entry/object.o" 9>&- || exit $?
  printf '%s\n' "$command" > "$entry/command"
}

is_current "$@" || compile "$@"
{
  cp "$entry/object.o" "$object" &&
    { [ -z "$list" ] ||
      { printf '%s:' "$target" && sed '1s/^[^:]*://' "$entry/list"; } > "$list"; }
} || {
  # Half an object would pass for one that is made.
  rm -f "$object"
  exit 1
}
