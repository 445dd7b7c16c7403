# What both matrices of programs share. To be read by their run.sh, which has set
# `compiler`: leaves if that is missing, makes the folder `work`, removed at the
# end, with bench_profiler of the build folder `build` installed in its prefix/,
# and sets `launcher`, options for cmake.
if ! command -v "$compiler" >/dev/null; then
  echo "skipped: no $compiler here"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/prefix" >/dev/null

# The programs of all linkers compile the same glue.
launcher=()
if command -v ccache >/dev/null; then
  export CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=$work
  launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
fi
if command -v ninja >/dev/null; then export CMAKE_GENERATOR=Ninja; fi
