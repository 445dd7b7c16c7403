#include "bench_profiler/report/dot_tags.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "bench_profiler/report/graph_order.h"
#include "bench_profiler/report/graph_trimming.h"
#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

using Tags = std::vector<const Tag*>;

Tags PointersTo(const TagMap& map) {
  Tags tags;
  for (const auto& [name, tag] : map) tags.push_back(&tag);
  return tags;
}

double Distance(const Tag& tag, const Tag& other) {
  return std::fabs(Scale(other.value, other.unit, tag.unit).value -
                   static_cast<double>(tag.value));
}

// "16B..64B", with the costs of all.
Tag MergedTag(const Tags& group) {
  Tag merged;
  const Tag* least = group.front();
  const Tag* most = group.front();
  for (const Tag* tag : group) {
    const auto scaled = [tag](const Tag* other) {
      return ToInt64(Scale(tag->value, tag->unit, other->unit).value);
    };
    if (tag != group.front() && scaled(least) < least->value) least = tag;
    if (tag != group.front() && scaled(most) > most->value) most = tag;
    merged.cost.flat += tag->cost.flat;
    merged.cost.flat_divisor += tag->cost.flat_divisor;
    merged.cost.cum += tag->cost.cum;
    merged.cost.cum_divisor += tag->cost.cum_divisor;
  }
  merged.name = ScaledLabel(least->value, least->unit, "auto");
  if (group.size() > 1) {
    merged.name += ".." + ScaledLabel(most->value, most->unit, "auto");
  }
  merged.cost.flat = merged.cost.FlatValue();
  merged.cost.cum = merged.cost.CumValue();
  merged.cost.flat_divisor = merged.cost.cum_divisor = 0;
  return merged;
}

// The dearest numbers, each with those that are nearest to it.
std::vector<Tag> Collapsed(const TagMap& map, bool by_flat) {
  const Tags sorted = SortedTags(PointersTo(map), by_flat);
  std::vector<Tag> result;
  if (sorted.size() <= kMaxTagBoxes) {
    for (const Tag* tag : sorted) result.push_back(*tag);
    return result;
  }
  std::vector<Tags> groups;
  for (const Tag* tag : sorted) {
    if (groups.size() < kMaxTagBoxes) {
      groups.push_back({tag});
      continue;
    }
    std::min_element(groups.begin(), groups.end(),
                     [tag](const Tags& left, const Tags& right) {
                       return Distance(*tag, *left.front()) <
                              Distance(*tag, *right.front());
                     })
        ->push_back(tag);
  }
  std::vector<Tag> merged;
  merged.reserve(groups.size());
  for (const Tags& group : groups) merged.push_back(MergedTag(group));
  Tags pointers;
  pointers.reserve(merged.size());
  for (const Tag& tag : merged) pointers.push_back(&tag);
  for (const Tag* tag : SortedTags(pointers, by_flat)) result.push_back(*tag);
  return result;
}

// A box, and the edge to it.
std::string Box(const std::string& source, const std::string& id,
                const std::string& text, const std::string& weight,
                const char* style) {
  return id + " [label = \"" + text + "\" id=\"" + id +
         "\" fontsize=8 shape=box3d tooltip=\"" + weight + "\"]\n" + source +
         " -> " + id + " [label=\" " + weight + "\" weight=100 tooltip=\"" +
         weight + "\" labeltooltip=\"" + weight + "\"" + style + "]\n";
}

std::string NumberBoxes(const TagMap& numbers, bool by_flat,
                        const std::string& source, const ValueFormat& format) {
  std::string text;
  const std::vector<Tag> tags = Collapsed(numbers, by_flat);
  for (size_t i = 0; i < tags.size(); i++) {
    int64_t value = tags[i].cost.CumValue();
    const char* style = " style=\"dotted\"";
    if (by_flat || tags[i].cost.FlatValue() == value) {
      value = tags[i].cost.FlatValue();
      style = "";
    }
    if (value == 0) continue;
    text += Box(source, "N" + source + "_" + std::to_string(i), tags[i].name,
                format(value), style);
  }
  return text;
}

}  // namespace

std::string DotTags(const GraphNode& node, size_t id, bool by_flat,
                    const ValueFormat& format) {
  const std::string node_id = "N" + std::to_string(id);
  std::string text;
  Tags tags = SortedTags(PointersTo(node.label_tags), by_flat);
  if (tags.size() > kMaxTagBoxes) tags.resize(kMaxTagBoxes);
  for (size_t i = 0; i < tags.size(); i++) {
    const int64_t value =
        by_flat ? tags[i]->cost.FlatValue() : tags[i]->cost.CumValue();
    if (value == 0) continue;
    const std::string box_id = node_id + "_" + std::to_string(i);
    text += Box(node_id, box_id, tags[i]->name, format(value), "");
    const auto numbers = node.number_tags.find(tags[i]->name);
    if (numbers != node.number_tags.end()) {
      text += NumberBoxes(numbers->second, by_flat, box_id, format);
    }
  }
  const auto numbers = node.number_tags.find("");
  if (numbers != node.number_tags.end()) {
    text += NumberBoxes(numbers->second, by_flat, node_id, format);
  }
  return text;
}

}  // namespace bench_profiler
