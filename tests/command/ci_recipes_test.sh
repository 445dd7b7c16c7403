#!/usr/bin/env bash
# Runs every shell line of samples/ci in a repository with a benchmark that a commit
# makes slower. What a forge gives is played by programs in $work/bin.
#
#   ci_recipes_test.sh SAMPLES_CI BENCH_PROFILER BENCHMARK
set -euo pipefail
recipes=$(realpath "$1")
tool=$(realpath "$2")
subject=$(realpath "$3")
for needed in git jq valgrind; do
  if ! command -v "$needed" > /dev/null; then
    echo "skipped: there is no $needed"
    exit 77
  fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
stand_ins=$(realpath "$(dirname "${BASH_SOURCE[0]}")")/ci_stand_ins

fail() {
  echo "ci_recipes: $*"
  exit 1
}

# has FILE TEXT
has() { grep -qF -- "$2" "$1" || fail "no \"$2\" in: $(cat "$1")"; }
lacks() { ! grep -qF -- "$2" "$1" || fail "\"$2\" in: $(cat "$1")"; }

# --- What the recipes say. ---

# lines_below KEY... < YML: the shell lines of these keys, as "run: X", "run: |" or a
# list.
lines_below() {
  awk -v keys="$*" '
    function depth(line) { match(line, /^ */); return RLENGTH }
    BEGIN { count = split(keys, names, " ") }
    inside && NF && depth($0) <= inside_depth { inside = 0 }
    inside { sub(/^ *(- )?/, ""); print }
    {
      for (i = 1; i <= count; ++i) {
        if (match($0, "^ *" names[i] ": *")) {
          value = substr($0, RSTART + RLENGTH)
          inside = value == "" || value == "|"
          inside_depth = depth($0)
          if (!inside) print value
        }
      }
    }'
}

# variables_below KEY < YML: "NAME=VALUE", a line each.
variables_below() {
  lines_below "$1" | sed 's/: /=/'
}

# --- A repository, and bench_profiler as it can be cloned. ---

export HOME=$work/home
mkdir -p "$HOME" "$work/bin"
git config --global user.name test
git config --global user.email test@localhost
git config --global init.defaultBranch main
git config --global url."$work/bench_profiler".insteadOf \
  https://example.com/bench_profiler.git

git init --quiet "$work/bench_profiler"
mkdir -p "$work/bench_profiler/cmake"
cat > "$work/bench_profiler/cmake/install-packages.sh" << 'END'
#!/bin/sh
echo "install-packages $*" >> "$RECORD"
END
chmod +x "$work/bench_profiler/cmake/install-packages.sh"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$tool" > "$work/bench_profiler/tool"
cat > "$work/bench_profiler/CMakeLists.txt" << 'END'
cmake_minimum_required(VERSION 3.16)
project(stand_in LANGUAGES NONE)
install(PROGRAMS tool DESTINATION bin RENAME bench_profiler)
END
git -C "$work/bench_profiler" add .
git -C "$work/bench_profiler" commit --quiet -m "The profiler"

repository=$work/repository
git init --quiet "$repository"
mkdir "$repository/ci"
cp "$recipes/compare.sh" "$repository/ci"
cat > "$repository/CMakeLists.txt" << END
cmake_minimum_required(VERSION 3.16)
project(benchmarks LANGUAGES NONE)
file(COPY "$subject" work DESTINATION "\${CMAKE_BINARY_DIR}")
file(RENAME "\${CMAKE_BINARY_DIR}/$(basename "$subject")"
     "\${CMAKE_BINARY_DIR}/my_bench")
END
# commit WORK TEXT
commit() {
  echo "$1" > "$repository/work"
  git -C "$repository" add .
  git -C "$repository" commit --quiet --allow-empty -m "$2"
}
commit 1000 "As it was"
commit 20000 "Slower"
git -C "$repository" branch slower
commit 20000 "Nothing"
git -C "$repository" branch nothing

# --- A forge. ---

export RECORD=$work/record FORGE=$work/forge STAND_IN_STATUS=
mkdir -p "$FORGE"
for name in sudo apt-get gh curl; do
  ln -s "$stand_ins/$name" "$work/bin/$name"
done
export PATH=$work/bin:$PATH

# check_out BRANCH: a clone, as a forge's runner makes it.
check_out() {
  cd "$work"
  rm -rf clone
  git clone --quiet --branch "$1" "$repository" "$work/clone"
  cd "$work/clone"
  : > "$RECORD"
}

# github [NAME=VALUE...]: a run of the workflow. Sets `status`.
github() {
  local yml=$recipes/github_actions.yml
  local variables=()
  # shellcheck disable=SC2016
  mapfile -t variables < <(variables_below env < "$yml" | sed -e \
    's/\${{ github.event.pull_request.number }}/7/' -e \
    's/\${{ github.token }}/hush/')
  # shellcheck disable=SC2016
  [[ ${variables[*]} != *'${'* ]] || fail "unknown: ${variables[*]}"
  export GITHUB_STEP_SUMMARY=$work/summary.md
  rm -f "$GITHUB_STEP_SUMMARY"
  status=0
  lines_below run < "$yml" > "$work/lines"
  env GITHUB_REPOSITORY=me/it GITHUB_STEP_SUMMARY="$GITHUB_STEP_SUMMARY" \
    "${variables[@]}" "$@" bash -e -o pipefail "$work/lines" \
    > "$work/out" 2> "$work/err" || status=$?
}

# gitlab [NAME=VALUE...]: a run of the job. Sets `status`.
gitlab() {
  local yml=$recipes/gitlab-ci.yml variables=()
  mapfile -t variables < <(variables_below variables < "$yml")
  status=0
  lines_below before_script script < "$yml" > "$work/lines"
  env CI_API_V4_URL=https://gitlab.example.com/api/v4 CI_PROJECT_ID=3 \
    CI_MERGE_REQUEST_IID=8 COMMENT_TOKEN=hush \
    CI_MERGE_REQUEST_DIFF_BASE_SHA="$(git rev-parse HEAD^)" \
    "${variables[@]}" "$@" bash -e -o pipefail "$work/lines" \
    > "$work/out" 2> "$work/err" || status=$?
}

# expect STATUS
expect() {
  [ "$status" -eq "$1" ] ||
    fail "status $status, not $1: $(cat "$work/out" "$work/err")"
}

comments() { find "$FORGE" -name '*.md' | wc -l; }

for yml in "$recipes"/*.yml; do
  if python3 -c 'import yaml' 2> /dev/null; then
    python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$yml"
  fi
done

# --- A pull request that makes it slower, where the profiler is not installed. ---

check_out slower
github RUNS=5
expect 1
has "$RECORD" 'apt-get update'
has "$RECORD" 'apt-get install --yes cmake'
has "$RECORD" 'install-packages samples'
[ "$(comments)" -eq 1 ] || fail "not one comment: $(ls "$FORGE")"
[ "$(head -n 1 "$FORGE/1.md")" = '<!-- bench_profiler -->' ] ||
  fail "the comment has no mark: $(cat "$FORGE/1.md")"
has "$FORGE/1.md" BM_Subject
has "$FORGE/1.md" Changed
cmp "$FORGE/1.md" "$GITHUB_STEP_SUMMARY"
[ -n "$(find compare/profiles -name '*.prof')" ] || fail "no profiles are kept"

# --- By exact counts; the comment is the same one. ---

check_out slower
printf '#!/bin/sh\nexec "%s" "$@"\n' "$tool" > "$work/bin/bench_profiler"
chmod +x "$work/bin/bench_profiler"
cp "$FORGE/1.md" "$work/before.md"
github MEASURE=count
expect 1
lacks "$RECORD" install-packages
[ "$(comments)" -eq 1 ] || fail "a second comment: $(ls "$FORGE")"
! cmp --quiet "$work/before.md" "$FORGE/1.md" || fail "it is not updated"
has "$FORGE/1.md" Changed
[ -n "$(find compare/profiles/head -name '*.prof')" ] ||
  fail "no profiles are kept"

check_out nothing
gitlab MEASURE=count
expect 0
has "$RECORD" 'apt-get install --yes ca-certificates'
[ "$(comments)" -eq 2 ] || fail "no note: $(ls "$FORGE")"

# --- ctest alone. ---

# ctest_in FOLDER VARIABLE...: runs the tests of my_bench in FOLDER. Sets `status`.
ctest_in() {
  mkdir -p "$work/ctest"
  cat > "$work/ctest/CMakeLists.txt" << END
cmake_minimum_required(VERSION 3.16)
project(tests LANGUAGES NONE)
enable_testing()
add_executable(my_bench IMPORTED)
set_target_properties(my_bench PROPERTIES IMPORTED_LOCATION "$1/my_bench")
include("$recipes/regression_tests.cmake")
END
  shift
  rm -rf "$work/ctest/build"
  status=0
  (cmake -S "$work/ctest" -B "$work/ctest/build" "$@" &&
    cd "$work/ctest/build" && ctest --output-on-failure) > "$work/out" \
    2> "$work/err" || status=$?
}
mkdir "$work/was" "$work/slower"
cp "$subject" "$work/was/my_bench"
cp "$subject" "$work/slower/my_bench"
echo 1000 > "$work/was/work"
echo 20000 > "$work/slower/work"
ctest_in "$work/was"
expect 0
has "$work/out" '100% tests passed, 0 tests failed out of 1'
cp -r "$work/ctest/build/counts" "$work/counts"
ctest_in "$work/slower" -DBASE_COUNTS="$work/counts"
[ "$status" -ne 0 ] || fail "ctest passes: $(cat "$work/out")"
has "$work/out" Changed
has "$work/out" '50% tests passed, 1 tests failed out of 2'

# --- From here on the comparison is played, too. ---

cat > "$work/bin/bench_profiler" << 'END'
#!/bin/sh
echo "bench_profiler $*" >> "$RECORD"
for word in "$@"; do
  case $word in
    --output=*) printf '<!-- bench_profiler -->\nAgain\n' > "${word#--output=}" ;;
  esac
done
exit "$STAND_IN_STATUS"
END

# Another push: the note is updated, and nothing says the token.
export STAND_IN_STATUS=0
check_out slower
gitlab RUNS=3 LIMIT=7% BENCH_FLAGS='--benchmark_filter=Sort --x'
expect 0
has "$RECORD" '--fail-above=7% --runs=3 --folder=compare/profiles '
has "$RECORD" ' build/my_bench -- --benchmark_filter=Sort --x'
[ "$(comments)" -eq 2 ] || fail "a second note: $(ls "$FORGE")"
has "$FORGE/2.md" Again
lacks "$RECORD" hush
lacks "$work/out" hush

ctest_in "$work/was" -DBASE_BENCH=../was/my_bench
expect 0
has "$work/out" 'out of 2'
has "$RECORD" "compare --fail-above=5% --runs=10 $work/was/my_bench"

# A pull request from a fork: its token may not write. The result is there, and
# decides.
for STAND_IN_STATUS in 0 1 2; do
  check_out slower
  github FORBIDDEN=1
  expect "$STAND_IN_STATUS"
  has "$work/err" 'no comment: there is no token that may write one'
  has "$GITHUB_STEP_SUMMARY" Again
done
check_out slower
gitlab FORBIDDEN=1
expect 2
has "$work/err" 'no comment: there is no token that may write one'
gitlab COMMENT_TOKEN=
expect 2
has "$work/err" 'no comment: there is no token that may write one'

echo "ci_recipes: passed"
