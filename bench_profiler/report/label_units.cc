#include "bench_profiler/report/label_units.h"

#include <set>

namespace bench_profiler {

std::map<std::string, std::string> LabelUnits(
    const ParsedProfile& profile, std::vector<std::string>* warnings) {
  std::map<std::string, std::string> units;
  std::map<std::string, std::set<std::string>> others;
  for (const ParsedSample& sample : profile.samples) {
    for (const ParsedLabel& label : sample.labels) {
      if (!label.is_number) continue;
      std::string& unit = units[label.key];
      if (unit.empty()) {
        unit = label.unit;
      } else if (!label.unit.empty() && label.unit != unit) {
        others[label.key].insert(label.unit);
      }
    }
  }
  for (auto& [key, unit] : units) {
    if (!unit.empty()) continue;
    unit = key == "alignment" || key == "request" ? "bytes" : key;
  }
  for (const auto& [key, ignored] : others) {
    std::string list;
    for (const std::string& unit : ignored) {
      list += (list.empty() ? "" : ", ") + unit;
    }
    warnings->push_back("For tag " + key + " used unit " + units[key] +
                        ", also encountered unit(s) " + list);
  }
  return units;
}

}  // namespace bench_profiler
