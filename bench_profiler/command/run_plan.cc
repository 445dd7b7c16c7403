#include "bench_profiler/command/run_plan.h"

#include <time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <system_error>

#include "bench_profiler/command/program_file.h"
#include "bench_profiler/command/run_progress.h"
#include "bench_profiler/formats/output_file.h"
#include "bench_profiler/run/flags.h"

namespace bench_profiler {
namespace {

namespace fs = std::filesystem;

constexpr int kDefaultRuns = 10;
constexpr int kDefaultLimit = 50;  // of --until-decided
// One more would need three digits in too many names, and a week.
constexpr int kMaxRuns = 10000;

Outcome FindPrograms(const CommandLine& line, RunPlan* plan) {
  const size_t before = line.separator < 0
                            ? line.arguments.size()
                            : static_cast<size_t>(line.separator);
  if (before < 2) return WrongUse("two programs are needed: OLD and NEW");
  if (before > 2) {
    return WrongUse("two programs are compared, and " + line.arguments[2] +
                    " is one more; arguments of the programs go behind a --");
  }
  plan->arguments.assign(line.arguments.begin() + 2, line.arguments.end());
  for (size_t side = 0; side < 2; ++side) {
    ComparedProgram& program = plan->programs[side];
    program.side = side == 0 ? "old" : "new";
    program.name = line.arguments[side];
    ProgramFile file;
    if (!FindProgram(program.name, &file.path)) {
      const bool is_name = program.name.find('/') == std::string::npos;
      std::error_code ignored;
      return WrongUse(program.name + ": no such program" +
                      (!is_name ? ""
                       : fs::exists(program.name, ignored)
                           ? " in PATH; did you mean ./" + program.name + "?"
                           : " in PATH"));
    }
    std::string error;
    if (!CheckPreloadable(&file, &error)) return WrongUse(error);
    program.path = file.path;
  }
  return {};
}

// A file with a folder would be written anew by each run.
Outcome CheckNames(const Options& options) {
  std::vector<std::string> paths = {options.trace_path, options.report_path};
  for (const KindOptions& kind : options.kinds) paths.push_back(kind.path);
  for (const std::string& path : paths) {
    if (path.find('/') != std::string::npos) {
      return WrongUse(path +
                      ": each run has a folder of its own, see --folder; name "
                      "the file only");
    }
  }
  return {};
}

// The user's flags, then ours: the last one counts.
Outcome ChooseProfiles(const CommandLine& line, RunPlan* plan) {
  for (const std::string& flag : line.profiling) {
    if (flag.find("outputdir") < 3) {
      return WrongUse(flag + ": --folder says where profiles are kept");
    }
  }
  plan->profiling = line.profiling;
  plan->profiling.insert(
      plan->profiling.end(),
      {"--cpuprofile=cpu.prof", "--memprofile=mem.prof", "--benchmem"});
  std::vector<std::string> words = plan->profiling;
  words.insert(words.begin(), "run");
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  int argc = static_cast<int>(words.size());
  Options options;
  std::string error;
  if (!ParseFlags(&argc, argv.data(), &options, &error)) return WrongUse(error);
  return CheckNames(options);
}

std::string TimeName() {
  const time_t now = time(nullptr);
  tm local;
  localtime_r(&now, &local);
  char text[64];
  strftime(text, sizeof(text), "compare-%Y%m%d-%H%M%S", &local);
  return text;
}

}  // namespace

Outcome MakeRunPlan(const CommandLine& line, RunPlan* plan) {
  Outcome outcome = FindPrograms(line, plan);
  if (outcome.ok()) outcome = ChooseProfiles(line, plan);
  if (!outcome.ok()) return outcome;
  plan->pairs = line.runs != -1      ? line.runs
                : line.until_decided ? kDefaultLimit
                                     : kDefaultRuns;
  if (plan->pairs < 1 || plan->pairs > kMaxRuns) {
    return WrongUse("--runs=" + std::to_string(line.runs) + ": from 1 to " +
                    std::to_string(kMaxRuns));
  }
  plan->may_end_earlier = line.until_decided;
  if (!line.max_time.empty() &&
      !ParseDuration(line.max_time, &plan->max_seconds)) {
    return WrongUse("--max-time=" + line.max_time +
                    ": expected is a time such as 90s, 5m or 1h");
  }
  // Small, so that people can type it.
  plan->seed = line.seed >= 0 ? static_cast<uint64_t>(line.seed)
                              : std::random_device()() % 1000000;
  return {};
}

Outcome MakeRunFolder(const CommandLine& line, RunPlan* plan) {
  std::error_code error;
  if (!line.folder.empty()) {
    plan->shown_folder = line.folder;
    const std::string problem = MakeFolders(line.folder);
    if (!problem.empty()) return WrongUse(problem);
    if (!fs::is_empty(line.folder, error) || error) {
      return WrongUse(line.folder + (error ? ": " + error.message()
                                           : " is not empty; name another "
                                             "folder, or remove it"));
    }
  } else {
    const std::string name = TimeName();
    plan->shown_folder = name + ".d";
    // mkdir(2) tells who was first, if several start in the same second.
    for (int i = 2; !fs::create_directory(plan->shown_folder, error); ++i) {
      if (error) {
        return Failed(plan->shown_folder + ": " + error.message() +
                      "; --folder=FOLDER names another place");
      }
      plan->shown_folder = name + "-" + std::to_string(i) + ".d";
    }
  }
  // The programs may change their current folder.
  plan->folder = fs::absolute(plan->shown_folder, error).string();
  return {};
}

bool AreSame(const RunPlan& plan) {
  std::error_code error;
  const std::string& old_path = plan.programs[0].path;
  const std::string& new_path = plan.programs[1].path;
  if (fs::equivalent(old_path, new_path, error)) return true;
  if (fs::file_size(old_path, error) != fs::file_size(new_path, error)) {
    return false;
  }
  std::ifstream old_file(old_path, std::ios::binary);
  std::ifstream new_file(new_path, std::ios::binary);
  using Bytes = std::istreambuf_iterator<char>;
  return std::equal(Bytes(old_file), Bytes(), Bytes(new_file), Bytes());
}

}  // namespace bench_profiler
