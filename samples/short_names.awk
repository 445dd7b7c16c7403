# The rows of "go tool pprof -top" as "OWN SHARE FUNCTION", with the functions of
# C++ as people say them: without result, template arguments and parameters.
function shorten(name,    all, out, depth, c) {
  all = name
  gsub(/\(anonymous namespace\)::/, "", name)
  sub(/ \((partial-)?inline\)$/, "", name)
  sub(/ const$/, "", name)
  while (name != "") {
    if (match(name, /^operator(\(\)|<[<=]?|->|>[>=]?) ?/)) {
      if (depth == 0) out = out substr(name, 1, RLENGTH)
      name = substr(name, RLENGTH + 1)
      continue
    }
    c = substr(name, 1, 1)
    name = substr(name, 2)
    if (c ~ /[<(]/) depth++
    if (depth == 0) out = c == " " && out !~ /operator$/ ? "" : out c
    if (c ~ /[>)]/) depth--
  }
  return out == "" ? all : out
}
in_table {
  own = $1
  share = $2
  name = $0
  for (i = 0; i < 5; ++i) sub(/^ *[^ ]+ +/, "", name)
  printf "%9s %7s  %s\n", own, share, shorten(name)
}
$1 == "flat" { in_table = 1 }
