#include "bench_profiler/compare/comparison_warnings.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace bench_profiler {
namespace {

// "+8.3 %"
std::string Percent(double part) {
  char text[40];
  std::snprintf(text, sizeof text, "%+.1f %%", part * 100);
  return text;
}

std::string Number(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%g", std::round(value * 10) / 10);
  return text;
}

class WarningWriter {
 public:
  WarningWriter(const Side& old_side, const Side& new_side,
                const Comparison& comparison)
      : old_(old_side), new_(new_side), comparison_(comparison) {}

  std::vector<std::string> Write() {
    AboutDrift();
    AboutNames();
    // What is counted is the same in each run, however busy the machine.
    if (IsOfMoreThanCounts()) {
      AboutRuns();
      AboutClock();
      AboutNoise();
    }
    return std::move(warnings_);
  }

 private:
  void Add(std::string text) { warnings_.push_back(std::move(text)); }

  bool IsOfMoreThanCounts() const {
    for (const BenchmarkComparison& benchmark : comparison_.benchmarks) {
      for (const MeasureComparison& measure : benchmark.measures) {
        if (!RowOf(measure.measure).is_exact) return true;
      }
    }
    return false;
  }

  void AboutDrift() {
    if (comparison_.machine_drift == 0) return;
    Add("all benchmarks moved alike, by " + Percent(comparison_.machine_drift) +
        ": taken for the machine's doing, and left out of the changes below; "
        "run both sides in turns to be sure");
  }

  // Of functions that were renamed or lost their symbols no change can be told.
  void AboutNames() {
    double known = 0;
    double all = 0;
    for (const BenchmarkComparison& benchmark : comparison_.benchmarks) {
      if (benchmark.measures.empty()) continue;
      for (const FunctionChange& row : benchmark.measures.front().functions) {
        all += row.old_samples + row.new_samples;
        const bool is_on_both = row.old_samples > 0 && row.new_samples > 0;
        if (is_on_both) known += row.old_samples + row.new_samples;
      }
    }
    if (all > 0 && known < all / 2) {
      Add("most functions are on one side only: were they renamed, or is one "
          "side without symbols?");
    }
  }

  void AboutRuns() {
    constexpr size_t kFew = 5;
    const size_t runs = std::min(old_.processes.size(), new_.processes.size());
    if (runs >= kFew) return;
    const char* const side =
        old_.processes.size() <= new_.processes.size() ? "OLD" : "NEW";
    if (runs <= 1) {
      Add(std::string(side) +
          " is a single run, which cannot tell a change from its luck: 10 "
          "processes a side are usual");
    } else {
      Add(std::string(side) + " has only " + std::to_string(runs) +
          " processes, which show large changes only: 10 a side are usual");
    }
  }

  // Of other processors it says nothing.
  void AboutClock() {
    constexpr double kSmall = 0.02;
    const RunContext& of_old = comparison_.old_side.context;
    const RunContext& of_new = comparison_.new_side.context;
    if (!(of_old.mhz > 0) || !(of_new.mhz > 0)) return;
    if (of_old.cpu_model != of_new.cpu_model) return;
    if (std::fabs(of_new.mhz / of_old.mhz - 1) < kSmall) return;
    Add("OLD ran at " + Number(of_old.mhz) + " MHz, NEW at " +
        Number(of_new.mhz) + " MHz");
  }

  void AboutNoise() {
    size_t busy = 0;
    size_t all = 0;
    std::string governor;
    for (const Side* side : {&old_, &new_}) {
      for (const Process& process : side->processes) {
        const RunContext& context = process.context;
        ++all;
        if (context.cpus > 0 && !context.load.empty() &&
            context.load.front() > static_cast<double>(context.cpus)) {
          ++busy;
        }
        if (!context.governor.empty() && context.governor != "performance") {
          governor = context.governor;
        }
      }
    }
    if (busy > 0) {
      Add("the machine was busy before " + std::to_string(busy) + " of " +
          std::to_string(all) +
          " processes: its load was above its number of processors");
    }
    if (!governor.empty()) {
      Add("the processor's governor is " + governor +
          ", which changes its clock");
    }
  }

  const Side& old_;
  const Side& new_;
  const Comparison& comparison_;
  std::vector<std::string> warnings_;
};

}  // namespace

void AddWarnings(const Side& old_side, const Side& new_side,
                 Comparison* comparison) {
  for (std::string& warning :
       WarningWriter(old_side, new_side, *comparison).Write()) {
    comparison->warnings.push_back(std::move(warning));
  }
}

}  // namespace bench_profiler
