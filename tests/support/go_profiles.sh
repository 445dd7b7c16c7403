#!/usr/bin/env bash
# Makes profiles as Go programs do, for tests that read profiles of others:
#
#   go_profiles.sh FOLDER   # cpu.pb.gz heap.pb.gz allocs.pb.gz block.pb.gz
#                           # mutex.pb.gz goroutine.pb.gz threadcreate.pb.gz and,
#                           # but for cpu, the same as text: heap.txt and so on
#
# What is there already is kept, so that tests can share a folder. Exit code 77
# without Go. Nothing is downloaded.
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/go_profiles"
if ! command -v go >/dev/null; then
  echo "skipped: no go here"
  exit 77
fi
exec 9>"$folder/.lock"
flock 9  # tests run side by side
if [ -e "$folder/complete" ]; then exit 0; fi
export GOCACHE=$folder/.cache GOPATH=$folder/.cache GOENV=off GOFLAGS=-mod=mod
export GOPROXY=off GOTOOLCHAIN=local
# The binary stays: reports read the code of a profile there.
go build -o "$folder/program" main.go
"$folder/program" "$folder"
touch "$folder/complete"
