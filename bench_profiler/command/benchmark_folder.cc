#include "bench_profiler/command/benchmark_folder.h"

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "bench_profiler/command/output.h"
#include "bench_profiler/command/sources.h"
#include "bench_profiler/formats/benchmark_index_reader.h"
#include "bench_profiler/report/reports.h"

namespace bench_profiler {
namespace {

constexpr int kFunctions = 5;  // of each benchmark

// Three digits, or all before the point.
std::string Shown(double value) {
  char text[64];
  std::snprintf(text, sizeof(text), value < 1000 ? "%.3g" : "%.0f", value);
  return text;
}

std::string ShownTime(double seconds) {
  if (seconds < 1e-6) return Shown(seconds * 1e9) + "ns";
  if (seconds < 1e-3) return Shown(seconds * 1e6) + "us";
  if (seconds < 1) return Shown(seconds * 1e3) + "ms";
  return Shown(seconds) + "s";
}

// The sum over all runs; negative if it is not known of one.
int64_t SumOf(const IndexEntry& entry, int64_t RunSummary::*field) {
  int64_t sum = entry.runs.empty() ? -1 : 0;
  for (const RunSummary& run : entry.runs) {
    if (run.*field < 0) return -1;
    sum += run.*field;
  }
  return sum;
}

// "3.62ms/op, CPU 3.6ms/op, 12 allocs/op, 870 samples"; where instructions are
// counted, "787487 instructions/op", since times are valgrind's.
std::string Figures(const IndexEntry& entry, bool counts_instructions) {
  std::string text;
  const auto add = [&text](const std::string& part) {
    text += (text.empty() ? "" : ", ") + part;
  };
  if (entry.iterations > 0) {
    const auto operations = static_cast<double>(entry.iterations);
    if (entry.real_seconds >= 0 && !counts_instructions) {
      add(ShownTime(entry.real_seconds / operations) + "/op");
    }
    if (entry.cpu_seconds >= 0 && !counts_instructions) {
      add("CPU " + ShownTime(entry.cpu_seconds / operations) + "/op");
    }
    const int64_t allocs = SumOf(entry, &RunSummary::allocs);
    const int64_t bytes = SumOf(entry, &RunSummary::bytes);
    if (allocs >= 0) {
      add(Shown(static_cast<double>(allocs) / operations) + " allocs/op");
    }
    if (bytes >= 0) {
      add(Shown(static_cast<double>(bytes) / operations) + " B/op");
    }
    for (const auto& [name, value] : entry.per_operation) {
      add(name == "delay/op" ? "delay " + ShownTime(value * 1e-9) + "/op"
                             : Shown(value) + " " + name);
    }
  }
  if (!counts_instructions) {
    add(std::to_string(entry.samples) +
        (entry.samples == 1 ? " sample" : " samples"));
  }
  if (!entry.complete) add("not complete");
  return text;
}

// The head of the table and its rows, without what stands above; "" if there
// are no rows. In few rows there is no place for functions that cost nothing
// themselves, as main and the framework's: they come first only if they are
// asked for by --cum.
std::string Table(const std::string& report, bool has_zeros) {
  const std::string zero = "         0 ";
  size_t at = report.find("      flat  flat%");
  if (at == std::string::npos) return "";
  std::string table;
  size_t rows = 0;
  while (at < report.size()) {
    const size_t end = report.find('\n', at) + 1;
    if (has_zeros || report.compare(at, zero.size(), zero) != 0) {
      table += report.substr(at, end - at);
      ++rows;
    }
    at = end;
  }
  return rows > 1 ? table : "";
}

Outcome AppendBlock(const CommandLine& line, const std::string& folder,
                    const IndexEntry& entry, bool counts_instructions,
                    std::string* text) {
  if (!text->empty()) *text += "\n";
  *text += entry.name + "  " + Figures(entry, counts_instructions) + "\n";
  if (entry.file.empty()) return {};
  ParsedProfile profile;
  Outcome outcome = ReadSource(line, folder + "/" + entry.file, &profile);
  if (!outcome.ok()) return outcome;
  ReportOptions options = line.report;
  if (options.node_count < 0) options.node_count = kFunctions;
  // What functions cost in one operation.
  if (options.divide_by == 1 && entry.iterations > 0) {
    options.divide_by = static_cast<double>(entry.iterations);
  }
  std::string report;
  std::string error;
  std::vector<std::string> warnings;
  if (!MakeReport(*FindReport("top"), std::move(profile), options, "", &report,
                  &warnings, &error)) {
    return Failed(entry.name + ": " + error);
  }
  *text += Table(report, options.cumulative);
  return {};
}

Outcome ReadIndex(const std::string& folder, BenchmarkIndex* index) {
  struct stat status;
  if (stat((folder + "/index.json").c_str(), &status) != 0) {
    return WrongUse(folder + ": a folder of profiles has an index.json");
  }
  std::string error;
  return ReadBenchmarkIndex(folder, index, &error) ? Outcome()
                                                   : WrongUse(error);
}

}  // namespace

Outcome FilesOfFolder(const std::string& folder,
                      std::vector<std::string>* files) {
  BenchmarkIndex index;
  Outcome outcome = ReadIndex(folder, &index);
  if (!outcome.ok()) return outcome;
  for (const IndexEntry& entry : index.benchmarks) {
    if (!entry.file.empty()) files->push_back(folder + "/" + entry.file);
  }
  if (files->empty()) {
    return WrongUse(folder + "/index.json: it names no profile");
  }
  return {};
}

Outcome WriteBenchmarkBlocks(const CommandLine& line,
                             const std::string& folder) {
  BenchmarkIndex index;
  Outcome outcome = ReadIndex(folder, &index);
  if (!outcome.ok()) return outcome;
  std::string text;
  for (const IndexEntry& entry : index.benchmarks) {
    Outcome block =
        AppendBlock(line, folder, entry, index.kind == "instructions", &text);
    if (!block.ok()) return block;
  }
  return WriteText(line, text);
}

}  // namespace bench_profiler
