#include "bench_profiler/report/header.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "bench_profiler/report/graph_order.h"
#include "bench_profiler/report/measurement.h"
#include "bench_profiler/report/paths.h"

namespace bench_profiler {
namespace {

// "Nov 27, 2026 at 7:10pm (UTC)", in the reader's time zone.
std::string ShownTime(int64_t time_nanos) {
  constexpr int64_t kSecond = 1000000000;
  auto seconds = static_cast<std::time_t>(time_nanos / kSecond);
  if (time_nanos % kSecond < 0) seconds--;
  std::tm local = {};
  localtime_r(&seconds, &local);
  static constexpr std::array<const char*, 12> kMonths = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun",
      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int hour = local.tm_hour % 12 == 0 ? 12 : local.tm_hour % 12;
  std::array<char, 100> text;
  std::snprintf(text.data(), text.size(), "%s %d, %d at %d:%02d%s (%s)",
                kMonths[static_cast<size_t>(local.tm_mon)], local.tm_mday,
                local.tm_year + 1900, hour, local.tm_min,
                local.tm_hour < 12 ? "am" : "pm", local.tm_zone);
  return text.data();
}

std::string Trimmed(const std::string& text) {
  const size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin);
}

void AddFilters(const std::vector<std::string>& filters,
                std::vector<std::string>* lines) {
  if (filters.empty()) return;
  constexpr size_t kLongest = 80;
  lines->emplace_back("Active filters:");
  for (const std::string& filter : filters) {
    lines->push_back("   " + (filter.size() > kLongest
                                  ? filter.substr(0, kLongest) + "\u2026"
                                  : filter));
  }
}

std::string Dropped(size_t count, const char* what, const char* by,
                    const std::string& limit) {
  return "Dropped " + std::to_string(count) + " " + what +
         (count > 1 ? "s" : "") + " (" + by + " <= " + limit + ")";
}

void AddDropped(const PreparedReport& report, const TrimmedGraph& trimmed,
                const ValueFormat& format, GraphUse use,
                std::vector<std::string>* lines) {
  if (report.total == 0) return;
  const auto limit = [&](double fraction) {
    return format(Abs(ToInt64(static_cast<double>(report.total) * fraction)));
  };
  if (trimmed.dropped_nodes > 0) {
    lines->push_back(Dropped(trimmed.dropped_nodes, "node", "cum",
                             limit(report.options.node_fraction)));
  }
  if (use == GraphUse::kPicture && trimmed.dropped_edges > 0) {
    lines->push_back(Dropped(trimmed.dropped_edges, "edge", "freq",
                             limit(report.options.edge_fraction)));
  }
  const size_t count = trimmed.graph.shown.size();
  if (count > 0 && count < trimmed.nodes_before) {
    lines->push_back("Showing top " + std::to_string(count) + " nodes out of " +
                     std::to_string(trimmed.nodes_before));
  }
}

}  // namespace

std::vector<std::string> ProfileHeader(const PreparedReport& report,
                                       const ValueFormat& format) {
  const ParsedProfile& profile = report.profile;
  std::vector<std::string> lines;
  if (!profile.mappings.empty()) {
    const ParsedMapping& program = profile.mappings.front();
    if (!program.path.empty()) {
      lines.push_back("File: " + BaseName(program.path));
    }
    if (!program.build_id.empty()) {
      lines.push_back("Build ID: " + program.build_id);
    }
  }
  for (const std::string& comment : profile.comments) {
    // The others are for programs.
    if (comment.empty() || comment.front() != '#') lines.push_back(comment);
  }
  if (!profile.doc_url.empty()) lines.push_back("Doc: " + profile.doc_url);
  if (!report.value_type.empty()) lines.push_back("Type: " + report.value_type);
  if (profile.time_nanos != 0) {
    lines.push_back("Time: " + ShownTime(profile.time_nanos));
  }
  if (profile.duration_nanos != 0) {
    std::string share;
    const Measurement time =
        Scale(report.total, report.value_unit, "nanoseconds");
    if (time.unit == "ns" && time.value != 0) {
      share =
          "(" + Percentage(ToInt64(time.value), profile.duration_nanos) + ")";
    }
    lines.push_back("Duration: " +
                    ScaledLabel(profile.duration_nanos, "nanoseconds", "auto") +
                    ", Total samples = " + format(report.total) + " " + share);
  }
  return lines;
}

std::vector<std::string> GraphHeader(const PreparedReport& report,
                                     const TrimmedGraph& trimmed,
                                     const ValueFormat& format, GraphUse use) {
  const bool is_picture = use == GraphUse::kPicture;
  std::vector<std::string> lines;
  if (is_picture || !report.options.compact_labels) {
    lines = ProfileHeader(report, format);
  }
  AddFilters(report.active_filters, &lines);
  int64_t sum = 0;
  for (const uint32_t id : trimmed.graph.shown) {
    sum += trimmed.graph.nodes[id].cost.FlatValue();
  }
  lines.push_back("Showing nodes accounting for " + format(sum) + ", " +
                  Trimmed(Percentage(sum, report.total)) + " of " +
                  format(report.total) + " total");
  AddDropped(report, trimmed, format, use, &lines);
  if (is_picture) {
    lines.emplace_back("\nSee https://git.io/JfYMW for how to read the graph");
  }
  return lines;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace bench_profiler
