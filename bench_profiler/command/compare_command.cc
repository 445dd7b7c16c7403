#include "bench_profiler/command/compare_command.h"

#include <cstdio>
#include <string>
#include <vector>

#include "bench_profiler/command/diff_command.h"
#include "bench_profiler/command/paired_runs.h"
#include "bench_profiler/command/run_plan.h"
#include "bench_profiler/command/run_warnings.h"
#include "bench_profiler/command/terminal_text.h"
#include "bench_profiler/compare/compare.h"
#include "bench_profiler/compare/looks.h"
#include "bench_profiler/compare/read_side.h"
#include "bench_profiler/profile/machine_state.h"

namespace bench_profiler {
namespace {

void Say(const std::string& line) {
  std::fprintf(stderr, "bench_profiler compare: %s\n", Printable(line).c_str());
}

void SayWhatComes(const RunPlan& plan) {
  for (const std::string& line : RunWarnings(ReadMachineState(), plan.pairs)) {
    Say("warning: " + line);
  }
  if (AreSame(plan)) {
    Say("warning: OLD and NEW are the same program: what differs is luck");
  }
  Say(plan.programs[0].name + " and " + plan.programs[1].name + " run " +
      std::to_string(plan.pairs) + " times each, in turns, into " +
      plan.shown_folder + " (--seed=" + std::to_string(plan.seed) + ")");
}

struct Sides {
  FunctionTable functions;
  Side old_side;
  Side new_side;
  std::vector<std::string> warnings;
};

Outcome ReadSides(const RunPlan& plan, Sides* sides) {
  for (size_t i = 0; i < 2; ++i) {
    const ComparedProgram& program = plan.programs[i];
    std::string error;
    if (!ReadSide({plan.folder + "/" + program.side}, program.name,
                  &sides->functions,
                  i == 0 ? &sides->old_side : &sides->new_side,
                  &sides->warnings, &error)) {
      return Failed(error);
    }
  }
  return {};
}

bool IsDecidedAt(double alpha, const CommandLine& line, const RunPlan& plan) {
  Sides sides;
  if (!ReadSides(plan, &sides).ok()) return false;
  CompareOptions options;
  options.alpha = alpha;
  options.min_effect = line.min_effect / 100;
  return IsDecided(
      Compare(sides.old_side, sides.new_side, sides.functions, options));
}

// Returns at which level the last comparison is.
double RunAll(const CommandLine& line, const RunPlan& plan, PairedRuns* runs) {
  if (!line.until_decided) {
    while (runs->Continues()) runs->RunPair();
    return line.alpha;
  }
  Looks looks(plan.pairs, line.alpha);
  while (runs->Continues()) {
    runs->RunPair();
    if (!looks.IsDue(runs->pairs())) continue;
    const double level = looks.Take(runs->pairs());
    if (IsDecidedAt(level, line, plan)) {
      Say("every benchmark is decided after " + std::to_string(runs->pairs()) +
          " runs of each program");
      return level;
    }
  }
  return looks.Rest();
}

Outcome CompareWhatIsThere(const CommandLine& line, const RunPlan& plan) {
  Sides sides;
  Outcome outcome = ReadSides(plan, &sides);
  if (!outcome.ok()) return outcome;
  return WriteComparison(line, sides.old_side, sides.new_side, sides.functions,
                         sides.warnings);
}

}  // namespace

Outcome CompareCommand(const Command&, const CommandLine& line) {
  RunPlan plan;
  Outcome outcome = CheckComparisonOptions(line);
  if (outcome.ok()) outcome = MakeRunPlan(line, &plan);
  if (outcome.ok()) outcome = MakeRunFolder(line, &plan);
  if (!outcome.ok()) return outcome;
  CommandLine last = line;
  int failed_runs = 0;
  {
    PairedRuns runs(plan);
    SayWhatComes(plan);
    last.alpha = RunAll(line, plan, &runs);
    runs.WriteRecord(last.alpha);
    failed_runs = runs.failed_runs();
    if (!runs.stopped().empty()) {
      Say(runs.stopped() + "; OLD was run " +
          std::to_string(runs.good_runs(0)) + " times, NEW " +
          std::to_string(runs.good_runs(1)));
    }
    if (runs.good_runs(0) == 0 || runs.good_runs(1) == 0) {
      const std::string why =
          "there is nothing to compare; what was run is in " +
          plan.shown_folder;
      return runs.interrupt() == 0 ? WrongUse(why)
                                   : Outcome{128 + runs.interrupt(), why};
    }
  }
  outcome = CompareWhatIsThere(last, plan);
  Say("the runs are kept: bench_profiler diff " + plan.shown_folder);
  if (outcome.ok() && failed_runs > 0) {
    return Failed(std::to_string(failed_runs) +
                  (failed_runs == 1 ? " run" : " runs") + " failed");
  }
  return outcome;
}

}  // namespace bench_profiler
