#!/usr/bin/env bash
# Checks the links of all *.md files that lead into this tree: the file or folder
# is there, and a heading makes the anchor behind the "#", as GitHub names it
# ("### In CI: GitLab" is #in-ci-gitlab).
#
#   links.sh [SOURCE_DIR]
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

# Prints "link FILE:LINE FILE TARGET" and "anchor FILE NAME". What stands between
# ``` or ` is code and has no links.
read_texts() {
  awk -v OFS='\t' '
    FNR == 1 { code = 0; split("", seen) }
    /^ *```/ { code = !code; next }
    code { next }
    /^#+ / {
      name = tolower($0)
      sub(/^#+ +/, "", name)
      gsub(/\]\([^)]*\)/, "", name)
      gsub(/[^a-z0-9 _-]/, "", name)
      gsub(/ /, "-", name)
      print "anchor", FILENAME, (name in seen) ? name "-" seen[name] : name
      seen[name]++
    }
    {
      gsub(/`[^`]*`/, "")
      while (match($0, /\]\([^)]*\)|(src|href)="[^"]*"/)) {
        target = substr($0, RSTART, RLENGTH)
        $0 = substr($0, RSTART + RLENGTH)
        gsub(/^(\]\(|(src|href)=")|[)"]$/, "", target)
        if (target !~ /^[a-z]+:/) print "link", FILENAME ":" FNR, FILENAME, target
      }
    }' "$@"
}

mapfile -t texts < <(find . -name '*.md' -not -path '*/build*/*' -printf '%P\n' | sort)
mapfile -t lines < <(read_texts "${texts[@]}")

declare -A anchors
for line in "${lines[@]}"; do
  IFS=$'\t' read -r what file name _ <<< "$line"
  if [ "$what" = anchor ]; then anchors[$file#$name]=1; fi
done

links=0
broken=0
for line in "${lines[@]}"; do
  IFS=$'\t' read -r what place from target <<< "$line"
  if [ "$what" != link ]; then continue; fi
  links=$((links + 1))
  path=${target%%#*}
  if [ -z "$path" ]; then
    path=$from
  else
    folder=./$from
    path=$(realpath -m --relative-to=. "${folder%/*}/$path")
  fi
  if [ ! -e "$path" ]; then
    echo "$place: no such file: $target"
  elif [[ $target == *#* && $path == *.md && -z ${anchors[$path#${target#*#}]:-} ]]; then
    echo "$place: no such heading: $target"
  else
    continue
  fi
  broken=$((broken + 1))
done

echo "${#texts[@]} texts, $links links, $broken broken"
[ "${#texts[@]}" -gt 0 ] && [ "$broken" -eq 0 ]
