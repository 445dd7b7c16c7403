#include "bench_profiler/command/push_command.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/command/output.h"
#include "bench_profiler/command/push_labels.h"
#include "bench_profiler/command/push_request.h"
#include "bench_profiler/command/push_sender.h"
#include "bench_profiler/command/sources.h"
#include "bench_profiler/command/url.h"
#include "bench_profiler/formats/benchmark_index_reader.h"
#include "bench_profiler/formats/parsed_pprof_writer.h"

namespace bench_profiler {
namespace {

constexpr int kDefaultTimeout = 60;  // seconds

// One profile that is to be sent.
struct Pushed {
  std::string path;
  std::string benchmark;
  PushLabels labels;
};

// The profiles of a folder, with all their labels.
Outcome CollectFolder(const std::string& folder, const PushLabels& told,
                      PushLabels* common, std::vector<Pushed>* profiles) {
  BenchmarkIndex index;
  std::string error;
  if (!ReadBenchmarkIndex(folder, &index, &error)) return WrongUse(error);
  *common = told;
  CompletePushLabels(index, common);
  for (const IndexEntry& entry : index.benchmarks) {
    if (entry.file.empty()) continue;
    Pushed pushed = {folder + "/" + entry.file, entry.name, *common};
    pushed.labels["__name__"] = PushedName(index.kind);
    pushed.labels[entry.label] = entry.name;
    profiles->push_back(std::move(pushed));
  }
  return {};
}

std::string Counted(size_t count) {
  return std::to_string(count) + (count == 1 ? " profile" : " profiles");
}

// How to see in Grafana what has changed since another commit.
std::string ComparisonHint(PushLabels labels) {
  if (labels.count("commit") == 0) return "";
  const std::string selector = SelectorOf(labels);
  labels["commit"] = "...";
  return "to compare in Grafana (Drilldown > Profiles > Diff flame graph):\n"
         "  baseline   " +
         SelectorOf(labels) + "\n  comparison " + selector + "\n";
}

}  // namespace

Outcome PushCommand(const Command& command, const CommandLine& line) {
  if (line.arguments.size() < 2) {
    return WrongUse(std::string("it is: bench_profiler ") + command.name + " " +
                    command.arguments);
  }
  Url url;
  if (!ParsePushUrl(line.arguments[0], &url)) {
    return WrongUse(line.arguments[0] +
                    ": this is no address of http or https");
  }
  PushSender sender(url, line.timeout > 0 ? line.timeout : kDefaultTimeout);
  PushLabels told;
  Outcome outcome = ReadPushLabels(line.labels, &told);
  if (outcome.ok()) outcome = sender.ReadEnvironment();
  PushLabels common;
  std::vector<Pushed> profiles;
  for (size_t i = 1; outcome.ok() && i < line.arguments.size(); ++i) {
    outcome = CollectFolder(line.arguments[i], told, &common, &profiles);
  }
  if (!outcome.ok()) return outcome;

  size_t sent = 0;
  std::string refused;
  for (const Pushed& pushed : profiles) {
    ParsedProfile profile;
    outcome = ReadSource(line, pushed.path, &profile);
    if (!outcome.ok()) return outcome;
    profile = WithoutSeriesLabels(std::move(profile), pushed.labels);
    if (profile.samples.empty()) continue;
    std::string error;
    const PushSender::Result result =
        sender.Send(PushBody(pushed.labels, WritePprof(profile)), &error);
    if (result == PushSender::Result::kFailed) {
      return Failed(error + "; sent: " + Counted(sent));
    }
    if (result == PushSender::Result::kSent) ++sent;
    if (result == PushSender::Result::kRefused && refused.empty()) {
      refused = pushed.benchmark + ": " + error;
    }
  }
  outcome = WriteStandardOutput(Counted(sent) + " sent: " + SelectorOf(common) +
                                "\n" + ComparisonHint(common));
  return refused.empty() ? outcome : Failed(refused);
}

}  // namespace bench_profiler
