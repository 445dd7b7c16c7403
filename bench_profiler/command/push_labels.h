// The labels by which a store of profiles finds what was pushed.
//
//   PushLabels labels;
//   Outcome outcome = ReadPushLabels({"service=bench", "branch=main"},
//   &labels); CompletePushLabels(index, &labels); labels["commit"];  //
//   "8f0e1c7", from the environment or index.json
#ifndef BENCH_PROFILER_COMMAND_PUSH_LABELS_H_
#define BENCH_PROFILER_COMMAND_PUSH_LABELS_H_

#include <map>
#include <string>
#include <vector>

#include "bench_profiler/command/outcome.h"
#include "bench_profiler/formats/benchmark_index.h"

namespace bench_profiler {

using PushLabels = std::map<std::string, std::string>;

// Reads what the user says. "service" is "service_name", as stores call it.
Outcome ReadPushLabels(const std::vector<std::string>& words,
                       PushLabels* labels);

// Adds what is not yet there: the program as the service, commit and branch as
// usual systems of CI tell them.
void CompletePushLabels(const BenchmarkIndex& index, PushLabels* labels);

// {service_name="bench", commit="8f0e1c7"}: how a store is asked for them.
std::string SelectorOf(const PushLabels& labels);

// The name of a kind of profile in Pyroscope: "process_cpu" of "cpu".
std::string PushedName(const std::string& kind);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PUSH_LABELS_H_
