#!/usr/bin/env bash
# Lets wrk ask samples/service as often as it can, and says how often that was.
#
#   http_load.sh SERVICE PATH SECONDS [CLIENTS]
#
# Meanwhile each of CLIENTS (0) takes one CPU profile of 5 seconds after another.
# Prints "requests/s 1234", and the codes of the answers that they got, "200 500".
set -euo pipefail
service=$1
path=$2
seconds=$3
clients=${4:-0}
folder=$(mktemp -d)
trap 'kill "$server" 2> /dev/null || true; rm -rf "$folder"' EXIT

"$service" 0 > "$folder/url" &
server=$!
until [ -s "$folder/url" ]; do
  sleep 0.1
  kill -0 "$server"
done
url=$(cat "$folder/url")
load() { wrk -t 1 -c 4 -d "$1" "${url%/debug/*}$path"; }

# take_profiles: until the server is gone.
take_profiles() {
  while kill -0 "$server" 2> /dev/null; do
    curl -s -o "$folder/profile.$1" -w '%{http_code}\n' \
      "${url}profile?seconds=5" >> "$folder/codes" || true
    sleep 1  # Who is told at once that another one has it does not insist.
  done
}

load 1 > "$folder/warm_up"
touch "$folder/codes"
takers=()
for ((i = 0; i < clients; ++i)); do
  take_profiles "$i" &
  takers+=($!)
done
load "$seconds" | awk '/^Requests\/sec/ { print "requests/s", $2 }'
sort "$folder/codes" | uniq -c |
  awk '{ print "answers with " $2 ": " $1 }'
kill "$server" "${takers[@]}" 2> /dev/null || true
