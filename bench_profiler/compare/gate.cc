#include "bench_profiler/compare/gate.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "bench_profiler/compare/value_text.h"

namespace bench_profiler {
namespace {

// What a loop allocates once, as a buffer that it then keeps, is a fraction of
// an allocation per operation, another one for each number of iterations. Go
// shows allocs/op without fractions for the same reason.
constexpr double kLeastAllocs = 0.5;

struct Unit {
  const char* name;
  double factor;
};

bool IsTime(Measure measure) {
  return std::strcmp(RowOf(measure).unit, "seconds") == 0;
}

// Returns nullptr if the measure has no such unit.
const Unit* FindUnit(std::string_view name, Measure measure) {
  static constexpr Unit kTimes[] = {
      {"ns", 1e-9}, {"us", 1e-6}, {"ms", 1e-3}, {"s", 1}};
  static constexpr Unit kSizes[] = {
      {"", 1}, {"B", 1}, {"kB", 1024}, {"MB", 1024.0 * 1024}};
  static constexpr Unit kCounts[] = {{"", 1}};
  const auto find = [name](const auto& units) -> const Unit* {
    for (const Unit& unit : units) {
      if (name == unit.name) return &unit;
    }
    return nullptr;
  };
  if (IsTime(measure)) return find(kTimes);
  return measure == Measure::kBytes ? find(kSizes) : find(kCounts);
}

// "5%", "0", "100ns"
bool ParseValue(const std::string& text, Limit* limit) {
  const char* const digits = "0123456789.";
  if (text.empty() || std::strchr(digits, text[0]) == nullptr) return false;
  char* end = nullptr;
  const std::string number = text.substr(0, text.find_first_not_of(digits));
  limit->value = std::strtod(number.c_str(), &end);
  if (*end != '\0' || !std::isfinite(limit->value)) return false;
  const std::string unit = text.substr(number.size());
  limit->is_relative = unit == "%";
  if (limit->is_relative) {
    limit->value /= 100;
    return true;
  }
  if (unit.empty() && limit->value == 0) return true;
  const Unit* const found = FindUnit(unit, limit->measure);
  if (found == nullptr) return false;
  limit->value *= found->factor;
  return true;
}

std::string NamesOfMeasures() {
  std::string names;
  for (const MeasureRow& row : MeasureRows()) {
    names += (names.empty() ? "" : ", ") + std::string(row.name);
  }
  return names;
}

bool ParseLimit(const std::string& text, Limit* limit, std::string* error) {
  const size_t colon = text.find(':');
  if (colon != std::string::npos) {
    const std::string name = text.substr(0, colon);
    const MeasureRow* const row = FindMeasure(name);
    if (row == nullptr) {
      *error = "no such limit: " + name + "; there are " + NamesOfMeasures();
      return false;
    }
    limit->measure = row->measure;
  }
  const std::string value =
      colon == std::string::npos ? text : text.substr(colon + 1);
  // A number alone could be meant as percent or as seconds.
  if (ParseValue(value, limit) &&
      (limit->measure != Measure::kTime || value != "0")) {
    return true;
  }
  *error = "wrong limit: \"" + text +
           "\"; right are 5% (of time), allocs:0, instructions:1%";
  return false;
}

// Whether it grew by more than the limit allows. What was 0 before has grown by
// any part of it.
bool IsAbove(const Limit& limit, const Change& change) {
  const double more = change.new_value - change.old_value;
  if (!limit.is_relative) return more > limit.value;
  if (change.old_value == 0) return more > 0;
  return change.change > limit.value;
}

bool IsMore(const Limit& limit, const Change& change) {
  if (change.verdict != Verdict::kSlower || !IsAbove(limit, change)) {
    return false;
  }
  return limit.measure != Measure::kAllocs ||
         change.new_value - change.old_value >= kLeastAllocs;
}

std::string LimitText(const Limit& limit) {
  if (!limit.is_relative) return ValueText(limit.measure, limit.value);
  char text[32];
  std::snprintf(text, sizeof(text), "%.6g %%", 100 * limit.value);
  return text;
}

std::string Line(const std::string& what, const Limit& limit,
                 const Change& change) {
  const std::string by = limit.is_relative && change.old_value != 0
                             ? ChangeText(change.change)
                             : ValueText(limit.measure, change.old_value) +
                                   " -> " +
                                   ValueText(limit.measure, change.new_value);
  return what + " " + by + " is above " + LimitText(limit);
}

const MeasureComparison* FindIn(const BenchmarkComparison& benchmark,
                                Measure measure) {
  for (const MeasureComparison& one : benchmark.measures) {
    if (one.measure == measure) return &one;
  }
  return nullptr;
}

void CheckLimit(const Comparison& comparison, const Limit& limit,
                std::vector<std::string>* broken) {
  const std::string label = RowOf(limit.measure).label;
  bool is_there = false;
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    const MeasureComparison* const measure = FindIn(benchmark, limit.measure);
    if (measure == nullptr) continue;
    is_there = true;
    if (IsMore(limit, *measure)) {
      broken->push_back(Line(benchmark.name + ": " + label, limit, *measure));
      continue;
    }
    // A benchmark may be within its limit and a function not, where others got
    // faster, or where times are too noisy to tell.
    for (const FunctionChange& function : measure->functions) {
      if (!IsMore(limit, function)) continue;
      broken->push_back(
          Line(benchmark.name + ": " + label + " of " + function.name, limit,
               function));
    }
  }
  if (!is_there) {
    broken->push_back("--fail-above=" + std::string(RowOf(limit.measure).name) +
                      ": no benchmark has " + label + " on both sides");
  }
}

std::string Undecided(const std::string& what, int runs) {
  return what + " is undecided" +
         (runs > 0 ? "; about " + std::to_string(runs) +
                         " processes a side would decide"
                   : "");
}

// What nobody can say anything about, of the measures that have a limit, or
// else of the first.
void CheckDecided(const Comparison& comparison,
                  const std::vector<Limit>& limits,
                  std::vector<std::string>* lines) {
  for (const BenchmarkComparison& benchmark : comparison.benchmarks) {
    if (benchmark.old_processes == 0) continue;  // it is new
    if (benchmark.measures.empty()) {
      lines->push_back(
          benchmark.name + " cannot be compared" +
          (benchmark.notes.empty() ? "" : ": " + benchmark.notes.front()));
      continue;
    }
    for (const MeasureComparison& measure : benchmark.measures) {
      const bool is_asked =
          limits.empty()
              ? &measure == &benchmark.measures.front()
              : std::any_of(limits.begin(), limits.end(),
                            [&](const Limit& limit) {
                              return limit.measure == measure.measure;
                            });
      if (!is_asked || measure.verdict != Verdict::kUndecided) continue;
      lines->push_back(
          Undecided(benchmark.name + ": " + RowOf(measure.measure).label,
                    measure.runs_to_decide));
    }
  }
}

}  // namespace

bool ParseLimits(const std::vector<std::string>& texts,
                 std::vector<Limit>* limits, std::string* error) {
  for (const std::string& text : texts) {
    for (size_t at = 0; at <= text.size();) {
      const size_t end = std::min(text.find(',', at), text.size());
      Limit limit;
      if (!ParseLimit(text.substr(at, end - at), &limit, error)) return false;
      limits->push_back(limit);
      at = end + 1;
    }
  }
  return true;
}

GateResult CheckLimits(const Comparison& comparison,
                       const std::vector<Limit>& limits, bool strict) {
  GateResult result;
  for (const Limit& limit : limits) {
    CheckLimit(comparison, limit, &result.lines);
  }
  if (!result.lines.empty()) {
    result.status = GateStatus::kFailed;
  } else if (strict) {
    CheckDecided(comparison, limits, &result.lines);
    if (!result.lines.empty()) result.status = GateStatus::kUndecided;
  }
  return result;
}

}  // namespace bench_profiler
