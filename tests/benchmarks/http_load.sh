#!/usr/bin/env bash
# Lets wrk ask samples/service as often as it can, and says how often that was, and
# what CPU time the service took for it: that counts where others use the machine.
#
#   http_load.sh SERVICE PATH SECONDS [CLIENTS]
#
# Meanwhile each of CLIENTS (0) takes one CPU profile of 5 seconds after another.
# Prints "requests/s 1234" and "us/request 567", and how often clients got which
# status.
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

# cpu: of the service, in ticks.
cpu() {
  local fields
  read -r -a fields < "/proc/$server/stat"
  echo $((fields[13] + fields[14]))
}

load 1 > "$folder/warm_up"
touch "$folder/codes"
takers=()
for ((i = 0; i < clients; ++i)); do
  take_profiles "$i" &
  takers+=($!)
done
before=$(cpu)
load "$seconds" > "$folder/load"
ticks=$(($(cpu) - before))
awk -v ticks="$ticks" -v hz="$(getconf CLK_TCK)" '
  / requests in / { print "us/request", ticks / hz * 1e6 / $1 }
  /^Requests\/sec/ { print "requests/s", $2 }' "$folder/load"
sort "$folder/codes" | uniq -c |
  awk '{ print "status " $2 ": " $1 }'
kill "$server" "${takers[@]}" 2> /dev/null || true
