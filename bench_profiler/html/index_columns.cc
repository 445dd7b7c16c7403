#include "bench_profiler/html/index_columns.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "bench_profiler/html/statistics.h"

namespace bench_profiler {
namespace {

constexpr double kNanos = 1e9;

// The per-run values `total` per operation, of the runs that know it.
template <class Value>
std::vector<double> PerOperation(const IndexEntry& entry,
                                 Value RunSummary::*total) {
  std::vector<double> values;
  for (const RunSummary& run : entry.runs) {
    if (run.iterations <= 0 || run.*total < 0) continue;
    values.push_back(static_cast<double>(run.*total) /
                     static_cast<double>(run.iterations));
  }
  return values;
}

// Adds the sum over all runs per operation, if all of them know it.
void AddCount(const char* column, const IndexEntry& entry,
              int64_t RunSummary::*total, PageBenchmark* benchmark) {
  double sum = 0;
  double iterations = 0;
  for (const RunSummary& run : entry.runs) {
    if (run.iterations < 0 || run.*total < 0) return;
    sum += static_cast<double>(run.*total);
    iterations += static_cast<double>(run.iterations);
  }
  if (iterations > 0) benchmark->columns.emplace(column, sum / iterations);
}

void AddTime(const char* column, const IndexEntry& entry, double seconds,
             double RunSummary::*total, PageBenchmark* benchmark) {
  if (seconds < 0 || entry.iterations <= 0) return;
  const bool is_new =
      benchmark->columns
          .emplace(column,
                   kNanos * seconds / static_cast<double>(entry.iterations))
          .second;
  const double spread = RelativeSpread(PerOperation(entry, total));
  if (is_new && spread >= 0) benchmark->spread.emplace(column, spread);
}

std::string Number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.6g", value);
  return text;
}

std::string Processors(const RunContext& context) {
  std::string text;
  if (context.cpus > 0) text = std::to_string(context.cpus);
  if (!context.cpu_model.empty()) {
    text += (text.empty() ? "" : " x ") + context.cpu_model;
  }
  if (context.mhz > 0) {
    text += (text.empty() ? "" : ", ") + Number(context.mhz) + " MHz";
  }
  return text;
}

std::string Load(const RunContext& context) {
  std::string text;
  for (const double average : context.load) {
    text += (text.empty() ? "" : ", ") + Number(average);
  }
  return text;
}

}  // namespace

std::string TitleOf(const BenchmarkIndex& index) {
  const std::string& command = index.context.command;
  const std::string program = command.substr(0, command.find(' '));
  const std::string name = program.substr(program.find_last_of('/') + 1);
  return name.empty() ? index.profile : name;
}

std::vector<std::pair<std::string, std::string>> ContextRows(
    const RunContext& context) {
  std::vector<std::pair<std::string, std::string>> rows = {
      {"command", context.command},        {"host", context.host},
      {"processors", Processors(context)}, {"load", Load(context)},
      {"governor", context.governor},      {"compiler", context.compiler},
      {"build type", context.build_type},  {"revision", context.git},
  };
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [](const auto& row) { return row.second.empty(); }),
             rows.end());
  return rows;
}

void AddColumns(const BenchmarkIndex& index, const IndexEntry& entry,
                PageBenchmark* benchmark) {
  benchmark->label = entry.label;
  benchmark->iterations = entry.iterations;
  benchmark->repetitions = entry.repetitions;
  benchmark->threads = entry.threads;
  benchmark->is_complete = benchmark->is_complete && entry.complete;
  AddTime("real", entry, entry.real_seconds, &RunSummary::real_seconds,
          benchmark);
  AddTime("cpu", entry, entry.cpu_seconds, &RunSummary::cpu_seconds, benchmark);
  // The folders of a run have the same counts, if there are any; of estimates
  // there is one.
  const bool had_allocs = benchmark->columns.count("allocs") > 0;
  AddCount("allocs", entry, &RunSummary::allocs, benchmark);
  AddCount("bytes", entry, &RunSummary::bytes, benchmark);
  if (!had_allocs && benchmark->columns.count("allocs") > 0) {
    benchmark->is_estimated = !index.benchmem;
  }
  // Both kinds of lock profiles have these. Who waits is asked more often than
  // who makes others wait.
  for (const auto& [name, value] : entry.per_operation) {
    if (name != "contentions/op" && name != "delay/op") continue;
    const std::string column = name.substr(0, name.find('/'));
    if (index.kind == "block") benchmark->columns.erase(column);
    benchmark->columns.emplace(column, value);
  }
}

}  // namespace bench_profiler
