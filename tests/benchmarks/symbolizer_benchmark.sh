#!/bin/sh
# Makes a program with some 80 MB of debug information out of templates and
# runs symbolizer_benchmark on it.
#
#   symbolizer_benchmark.sh SYMBOLIZER_BENCHMARK [FOLDER]
#
# SYMBOLIZER_BENCHMARK is the built program. The big program is kept in FOLDER
# (/tmp/symbolizer_benchmark) and made only once; CXX and CXXFLAGS are obeyed.
set -eu
benchmark=$1
folder=${2:-/tmp/symbolizer_benchmark}
units=${UNITS:-18}
mkdir -p "$folder"
cd "$folder"

# One translation unit with number $1: containers and algorithms of types of its
# own, so that no two units share an instantiation.
write_unit() {
  cat > "unit$1.cc" <<END
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>
namespace unit$1 {
template <int N>
struct Item {
  int key = N;
  std::string text;
  bool operator<(const Item& other) const {
    return key != other.key ? key < other.key : text < other.text;
  }
  bool operator==(const Item& other) const { return key == other.key; }
};
template <int N>
struct Hash {
  size_t operator()(const Item<N>& item) const {
    return std::hash<std::string>()(item.text) + static_cast<size_t>(item.key);
  }
};
template <int N>
int Work(int seed) {
  std::vector<Item<N>> items;
  for (int i = 0; i < seed; ++i) items.push_back({i * 7 % 5, std::to_string(i)});
  std::sort(items.begin(), items.end());
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return b < a; });
  std::map<Item<N>, std::vector<Item<N>>> by_item;
  std::unordered_map<Item<N>, std::shared_ptr<Item<N>>, Hash<N>> shared;
  std::set<Item<N>> unique(items.begin(), items.end());
  for (const Item<N>& item : items) {
    by_item[item].push_back(item);
    shared[item] = std::make_shared<Item<N>>(item);
  }
  std::function<int(const Item<N>&)> get = [seed](const Item<N>& item) {
    return item.key + seed;
  };
  int sum = std::accumulate(
      items.begin(), items.end(), 0,
      [&get](int total, const Item<N>& item) { return total + get(item); });
  return sum + static_cast<int>(by_item.size() + shared.size() + unique.size());
}
int Text(const std::string& text) {
  std::ostringstream out;
  out << std::regex_replace(text, std::regex("[a-z]+$1"), "x");
  return static_cast<int>(out.str().size());
}
}  // namespace unit$1
int Run$1(int seed) {
  return unit$1::Work<1>(seed) + unit$1::Work<2>(seed) +
         unit$1::Work<3>(seed) + unit$1::Work<4>(seed) +
         unit$1::Work<5>(seed) + unit$1::Work<6>(seed) +
         unit$1::Text(std::to_string(seed));
}
END
}

if [ ! -x big ]; then
  numbers=$(seq 1 "$units")
  for number in $numbers; do write_unit "$number"; done
  {
    for number in $numbers; do echo "int Run$number(int);"; done
    echo "int main(int argc, char**) { int sum = 0;"
    for number in $numbers; do echo "  sum += Run$number(argc);"; done
    echo "  return sum & 1; }"
  } > main.cc
  ls unit*.cc main.cc | sed 's/\.cc$//' |
    xargs -P "$(nproc)" -I NAME \
      "${CXX:-g++}" -std=c++17 ${CXXFLAGS:--O2 -g} -c NAME.cc -o NAME.o
  "${CXX:-g++}" ${CXXFLAGS:--O2 -g} *.o -o big
fi
ls -l big
readelf -SW big | awk '
  match($0, /\.debug_[a-z_]+/) {
    name = substr($0, RSTART, RLENGTH)
    sub(/^.*PROGBITS */, ""); split($0, field, " ")
    print name, field[3]
  }' | while read -r name size; do echo "$name $((0x$size))"; done |
  awk '{ sum += $2 } END { printf "debug information: %.1f MB\n", sum / 1e6 }'
exec "$benchmark" "$folder/big"
