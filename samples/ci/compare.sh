#!/usr/bin/env bash
# Tells what a change makes slower: builds a benchmark as it was and as it is,
# compares the two, and posts what comes of it as one comment of the pull request
# or merge request, which the next push updates. Fails if something became worse by
# more than a limit.
#
#   compare.sh BASE_COMMIT        in a clone that is checked out at the change
#
# Variables:
#   BENCH        the program, where BUILD makes it: build/my_bench
#   BUILD        what builds it, in the folder of the sources
#   BENCH_FLAGS  of the program: --benchmark_filter=Sort
#   MEASURE      time: runs both in turns, RUNS times each (10)
#                count: executed instructions, exact on any machine; needs valgrind
#   LIMIT        of --fail-above: 5% or instructions:1%
#   BENCH_PROFILER_URL   where to clone bench_profiler from if it is not installed
# What is worth keeping is in compare/: comment.md and profiles/.
set -euo pipefail
base=$1
measure=${MEASURE:-time}
build=${BUILD:-cmake -S . -B build -DCMAKE_BUILD_TYPE=RelWithDebInfo &&
  cmake --build build -j "$(nproc)"}
read -r -a flags <<< "${BENCH_FLAGS:-}"
marker='<!-- bench_profiler -->' # the first line of what is posted
work=$(mktemp -d)
mkdir -p compare
comment=$PWD/compare/comment.md

install_bench_profiler() {
  git clone --quiet --depth=1 "$BENCH_PROFILER_URL" "$work/bench_profiler"
  (
    cd "$work/bench_profiler"
    cmake/install-packages.sh samples
    cmake -S . -B build/release -DCMAKE_BUILD_TYPE=Release \
      -DBENCH_PROFILER_BUILD_TESTS=OFF -DBENCH_PROFILER_BUILD_SAMPLES=OFF
    cmake --build build/release -j "$(nproc)"
    cmake --install build/release --prefix "$work/installed"
  )
  PATH=$work/installed/bin:$PATH
}

# Writes the comment. Returns 1 if a limit is broken.
compare() {
  local output=(--format=markdown --output="$comment")
  if [ "$measure" = count ]; then
    bench_profiler count --outputdir=compare/profiles/base \
      -- "$work/base/$BENCH" "${flags[@]}" &&
      bench_profiler count --outputdir=compare/profiles/head \
        -- "$BENCH" "${flags[@]}" &&
      bench_profiler diff "${output[@]}" \
        --fail-above="${LIMIT:-instructions:1%}" \
        compare/profiles/base compare/profiles/head
  else
    bench_profiler compare "${output[@]}" --fail-above="${LIMIT:-5%}" \
      --runs="${RUNS:-10}" --folder=compare/profiles \
      "$work/base/$BENCH" "$BENCH" -- "${flags[@]}"
  fi
}

post_to_github() {
  local issues=repos/$GITHUB_REPOSITORY/issues id
  id=$(gh api --paginate "$issues/$PULL_REQUEST/comments" \
    --jq ".[] | select(.body | startswith(\"$marker\")) | .id") || return
  if [ -n "$id" ]; then
    gh api --method PATCH "$issues/comments/${id%%$'\n'*}" \
      --field "body=@$comment"
  else
    gh api --method POST "$issues/$PULL_REQUEST/comments" \
      --field "body=@$comment"
  fi > "$work/posted.json"
}

# gitlab_api ARGUMENT...: the token is in no list of processes.
gitlab_api() {
  printf 'header = "PRIVATE-TOKEN: %s"\n' "$COMMENT_TOKEN" |
    curl --silent --show-error --fail --config - "$@"
}

post_to_gitlab() {
  local request=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests id
  local notes=$request/$CI_MERGE_REQUEST_IID/notes
  id=$(gitlab_api "$notes?sort=asc&per_page=100" | jq -r --arg marker "$marker" \
    'map(select(.body | startswith($marker)))[0].id // empty') || return
  if [ -n "$id" ]; then
    gitlab_api --request PUT --data-urlencode "body@$comment" "$notes/$id"
  else
    gitlab_api --data-urlencode "body@$comment" "$notes"
  fi > "$work/posted.json"
}

post() {
  if [ -n "${PULL_REQUEST:-}" ]; then
    # The page of the run has it where nobody may write a comment.
    cat "$comment" >> "$GITHUB_STEP_SUMMARY"
    post_to_github
  elif [ -n "${COMMENT_TOKEN:-}" ]; then
    post_to_gitlab
  else
    return 1
  fi
}

if ! command -v bench_profiler > /dev/null; then install_bench_profiler; fi
git worktree add --quiet --force --detach "$work/base" "$base"
for folder in "$work/base" .; do (cd "$folder" && eval "$build"); done

status=0
compare || status=$?
if [ -s "$comment" ]; then
  cat "$comment"
  # A pull request from a fork gets no token that may write.
  post || echo "compare.sh: no comment: there is no token that may write one" >&2
fi
exit "$status"
