// What the entries of a report are about: functions, lines, files or addresses.
//
//   NodeTable table(profile, NodeTable::Options());
//   for (uint32_t node : table.NodesOf(location)) {  // the innermost first
//     table.info(node).PrintableName()               // "Parse json.cc:17"
//
// Lines of locations that say the same, after Aggregate, are one node.
#ifndef BENCH_PROFILER_REPORT_NODE_TABLE_H_
#define BENCH_PROFILER_REPORT_NODE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct NodeInfo {
  std::string name;
  uint64_t address = 0;
  std::string file;
  int64_t start_line = 0;
  int64_t line = 0;
  std::string module;

  std::string PrintableName() const { return JoinedName(" "); }
  std::string JoinedName(const char* separator) const;
  // An order for those whose printable names are equal.
  std::string SortKey() const;
};

bool operator==(const NodeInfo& left, const NodeInfo& right);

class NodeTable {
 public:
  struct Options {
    bool keep_modules =
        false;              // functions of one name in two libraries are two
    std::string trim_path;  // of files, as TrimPath takes them
    std::string source_path;
  };
  NodeTable(const ParsedProfile& profile, const Options& options);

  // At least one: for a location without lines, that of its address.
  struct Nodes {
    const uint32_t* first;
    const uint32_t* last;
    const uint32_t* begin() const { return first; }
    const uint32_t* end() const { return last; }
    size_t size() const { return static_cast<size_t>(last - first); }
  };
  Nodes NodesOf(uint32_t location) const {
    return {nodes_.data() + begins_[location],
            nodes_.data() + begins_[location + 1]};
  }

  size_t size() const { return infos_.size(); }
  const NodeInfo& info(uint32_t node) const { return infos_[node]; }

 private:
  std::vector<uint32_t> begins_;  // one for each location, and the end
  std::vector<uint32_t> nodes_;   // of all locations' lines
  std::vector<NodeInfo> infos_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_NODE_TABLE_H_
