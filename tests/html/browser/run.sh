#!/usr/bin/env bash
# Runs a program of this folder in a real browser, Debian's Chromium.
#
#   run.sh BUILD_FOLDER PROGRAM.js [FLAG...]
#
# Without Chromium, node 20 or npm, or if npm cannot have what it needs: status 77,
# which ctest takes as skipped. What npm installs goes into BUILD_FOLDER.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath -m "$1")
program=$2
shift 2

skip() {
  echo "skipped: $1"
  exit 77
}

chromium=${CHROMIUM:-$(command -v chromium || true)}
[ -x "$chromium" ] || skip "chromium is not installed"
for tool in node npm; do
  command -v "$tool" > /dev/null || skip "$tool is not installed"
done
version=$(node -p 'process.versions.node.split(".")[0]')
[ "$version" -ge 20 ] || skip "node is $version, the tests need 20"

mkdir -p "$build"
if ! cmp -s "$here/package-lock.json" "$build/installed.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$build/"
  if ! (cd "$build" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 timeout 120 npm ci \
    --ignore-scripts --no-audit --no-fund) > "$build/npm.log" 2>&1; then
    tail -n 3 "$build/npm.log"
    skip "npm could not install playwright-core and axe-core"
  fi
  cp "$here/package-lock.json" "$build/installed.json"
fi
# The page's own modules are in a folder without package.json.
CHROMIUM=$chromium MODULES=$build exec node --no-warnings \
  --experimental-detect-module "$@" "$here/$program"
