#include "tests/benchmarks/paired_runs.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace bench_profiler {

std::vector<Figures> RunInTurns(
    const std::vector<Subject>& subjects, int rounds,
    const std::function<Figure(const ProgramResult&)>& figure) {
  const TemporaryFolder folder;
  ProgramOptions options;
  options.directory = folder.path();
  std::vector<Figures> figures(subjects.size());
  std::vector<size_t> order;
  for (size_t i = 0; i < subjects.size(); ++i) order.push_back(i);
  for (int round = 0; round < rounds; ++round) {
    for (const size_t i : order) {
      const bool failed_before = round > 0 && figures[i].empty();
      if (failed_before) continue;
      options.environment = subjects[i].environment;
      const Figure measured = figure(RunProgram(subjects[i].command, options));
      if (measured) {
        figures[i].push_back(*measured);
      } else {
        figures[i].clear();
      }
    }
    std::reverse(order.begin(), order.end());
  }
  return figures;
}

Figures Ratios(const Figures& numerators, const Figures& denominators) {
  Figures ratios;
  const size_t rounds = std::min(numerators.size(), denominators.size());
  for (size_t i = 0; i < rounds; ++i) {
    ratios.push_back(numerators[i] / denominators[i]);
  }
  return ratios;
}

Figure NumberAfter(const ProgramResult& run, const std::string& key) {
  const size_t at = run.out.find(key);
  if (run.exit_code != 0 || at == std::string::npos) return {};
  return std::atof(run.out.c_str() + at + key.size());
}

Figure CpuNanos(const ProgramResult& run, const std::string& name) {
  // name,iterations,real_time,cpu_time,...
  size_t at = run.out.find("\"" + name);
  for (int comma = 0; comma < 3 && at != std::string::npos; ++comma) {
    at = run.out.find(',', at);
    if (at != std::string::npos) ++at;
  }
  if (run.exit_code != 0 || at == std::string::npos) return {};
  return std::atof(run.out.c_str() + at);
}

}  // namespace bench_profiler
