#include "bench_profiler/compare/side_differences.h"

#include <cstddef>
#include <cstdio>
#include <set>

namespace bench_profiler {
namespace {

using Lines = std::vector<std::string>;

// What a process was, in words; "" if that is unknown.
using Property = std::string (*)(const Process& process);

std::string BuildType(const Process& process) {
  return process.context.build_type;
}

std::string Compiler(const Process& process) {
  return process.context.compiler;
}

std::string Host(const Process& process) { return process.context.host; }

std::string Governor(const Process& process) {
  return process.context.governor;
}

// Without the clock's rate, which some machines tell anew each time.
std::string Processors(const Process& process) {
  const RunContext& context = process.context;
  if (context.cpus <= 0) return context.cpu_model;
  return std::to_string(context.cpus) + " x " +
         (context.cpu_model.empty() ? "CPU" : context.cpu_model);
}

std::string Rate(const Process& process) {
  return process.rate > 0 ? std::to_string(process.rate) : "";
}

// Of --cpuprofileclock, as far as the command line tells.
std::string Clock(const Process& process) {
  const std::string flag = "-cpuprofileclock";
  const std::string& command = process.context.command;
  const size_t at = command.find(flag);
  if (command.empty() || process.rate == 0) return "";
  if (at == std::string::npos) return "thread";
  const size_t start = at + flag.size() + 1;
  if (start >= command.size()) return "";
  return command.substr(start, command.find(' ', start) - start);
}

// "g++ 12.2.0", or several with "and" between.
std::string AllOf(const Side& side, Property property) {
  std::set<std::string> values;
  for (const Process& process : side.processes) {
    values.insert(property(process));
  }
  values.erase("");
  std::string text;
  for (const std::string& value : values) {
    text += (text.empty() ? "" : " and ") + value;
  }
  return text;
}

// What one side does not know is no difference.
void AddIfDifferent(const Side& old_side, const Side& new_side,
                    Property property, const std::string& before,
                    const std::string& after, Lines* lines) {
  const std::string old_text = AllOf(old_side, property);
  const std::string new_text = AllOf(new_side, property);
  if (old_text.empty() || new_text.empty() || old_text == new_text) return;
  lines->push_back("OLD " + before + old_text + after + ", NEW " + before +
                   new_text + after);
}

bool HasProfile(const Side& side, const std::string& kind) {
  for (const Process& process : side.processes) {
    for (const MeasuredBenchmark& benchmark : process.benchmarks) {
      for (const auto& [measure, value] : benchmark.measures) {
        if (!value.file.empty() && kind == RowOf(measure).kind) return true;
      }
    }
  }
  return false;
}

void AddKindsOfOneSide(const Side& old_side, const Side& new_side,
                       Lines* lines) {
  std::set<std::string> seen;
  for (const MeasureRow& row : MeasureRows()) {
    const std::string kind = row.kind;
    if (!seen.insert(kind).second) continue;
    const bool is_old = HasProfile(old_side, kind);
    if (is_old == HasProfile(new_side, kind)) continue;
    std::string line = std::string("only ") + (is_old ? "OLD" : "NEW") +
                       " has " + kind + " profiles";
    // Taking them takes time.
    line += kind == "cpu"            ? ": no functions of time/op"
            : kind == "instructions" ? ""
                                     : ", which make it slower";
    lines->push_back(line);
  }
}

}  // namespace

std::vector<std::string> SideDifferences(const Side& old_side,
                                         const Side& new_side) {
  Lines lines;
  AddIfDifferent(old_side, new_side, &BuildType, "is a ", " build", &lines);
  if (AllOf(old_side, &BuildType) == "debug" &&
      AllOf(new_side, &BuildType) == "debug") {
    lines.push_back("both are debug builds: what is slow is something else");
  }
  AddIfDifferent(old_side, new_side, &Processors, "ran on ", "", &lines);
  AddIfDifferent(old_side, new_side, &Host, "ran on the machine ", "", &lines);
  AddIfDifferent(old_side, new_side, &Compiler, "was built by ", "", &lines);
  AddIfDifferent(old_side, new_side, &Governor, "ran under the governor ", "",
                 &lines);
  AddIfDifferent(old_side, new_side, &Rate, "has ", " samples a second",
                 &lines);
  AddIfDifferent(old_side, new_side, &Clock, "was sampled by the clock ", "",
                 &lines);
  AddKindsOfOneSide(old_side, new_side, &lines);
  return lines;
}

}  // namespace bench_profiler
