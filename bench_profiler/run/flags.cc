#include "bench_profiler/run/flags.h"

#include <errno.h>
#include <unistd.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/run/flag_values.h"

namespace bench_profiler {
namespace {

constexpr const char* kOwner = "BENCH_PROFILER_OWNER";
constexpr const char* kFollow = "BENCH_PROFILER_FOLLOW_CHILDREN";
constexpr const char* kQuiet = "BENCH_PROFILER_QUIET";

struct Flag {
  std::string name;
  std::string placeholder;
  std::string help;
  // Sets the value. Returns what is wrong with it, or "".
  std::function<std::string(const std::string& value)> set;
  std::string value;       // as it stands in the options, "" if not given
  bool is_switch = false;  // --flag alone means --flag=true
};

std::vector<Flag> FlagsOf(const Kind& kind, KindOptions* options) {
  std::vector<Flag> flags;
  if (kind.flag[0] == '\0') return flags;
  flags.push_back({kind.flag, "FILE", kind.help,
                   [options](const std::string& value) {
                     return SetPath(value, &options->path);
                   },
                   options->path});
  flags.push_back(
      {kind.rate_flag, kind.rate_unit,
       kind.rate_help + std::string(", ") + std::to_string(kind.min_rate) +
           " to " + std::to_string(kind.max_rate) + ", default " +
           std::to_string(kind.default_rate),
       [&kind, options](const std::string& value) {
         return SetRate(value, kind, options);
       },
       options->rate_is_given ? std::to_string(options->rate) : ""});
  if (kind.choice.flag != nullptr) {
    std::string values = kind.choice.values[0];
    for (size_t i = 1; i < std::size(kind.choice.values); ++i) {
      if (kind.choice.values[i] == nullptr) break;
      values += std::string("|") + kind.choice.values[i];
    }
    flags.push_back({kind.choice.flag, values, kind.choice.help,
                     [&kind, options](const std::string& value) {
                       return SetChoice(value, kind.choice, &options->choice);
                     },
                     kind.choice.values[options->choice]});
  }
  return flags;
}

std::vector<Flag> AllFlags(Options* options) {
  std::vector<Flag> flags;
  for (size_t i = 0; i < Kinds().size; ++i) {
    for (Flag& flag : FlagsOf(Kinds()[i], &options->kinds[i])) {
      flags.push_back(std::move(flag));
    }
  }
  flags.push_back({"trace", "FILE",
                   "write what threads do, and when, for ui.perfetto.dev",
                   [options](const std::string& value) {
                     return SetPath(value, &options->trace_path);
                   },
                   options->trace_path});
  flags.push_back(
      {"profile_report", "FILE.html",
       "write an HTML report of the profiles; if none is asked for, "
       "of a CPU profile FILE.cpu.prof",
       [options](const std::string& value) {
         return SetPath(value, &options->report_path);
       },
       options->report_path});
  flags.push_back({"benchmem", "true|false",
                   "show allocations and bytes per iteration",
                   [options](const std::string& value) {
                     return SetSwitch(value, &options->benchmem);
                   },
                   options->benchmem ? "true" : "", /*is_switch=*/true});
  flags.push_back({"profile_http", "ADDRESS",
                   "serve /debug/pprof/ at HOST:PORT while the program runs",
                   [options](const std::string& value) {
                     return SetAddress(value, &options->profile_http);
                   },
                   options->profile_http});
  flags.push_back({"profile_repeat_until", "SECONDS",
                   "repeat each test until it has that much CPU time",
                   [options](const std::string& value) {
                     return SetSeconds(value, &options->repeat_until);
                   },
                   SecondsText(options->repeat_until)});
  flags.push_back({"outputdir", "DIR",
                   "where relative profile paths go, made if missing",
                   [options](const std::string& value) {
                     return SetPath(value, &options->output_dir);
                   },
                   options->output_dir});
  return flags;
}

Options Defaults() {
  Options options;
  for (const Kind& kind : Kinds()) {
    options.kinds.emplace_back();
    options.kinds.back().rate = kind.default_rate;
  }
  return options;
}

std::string EnvironmentName(const Flag& flag) {
  std::string name = "BENCH_PROFILER_";
  for (const char c : flag.name) {
    name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return name;
}

// Returns whether the variables are for another process, see
// CarryOptionsInEnvironment.
bool EnvironmentIsOfAnother() {
  const char* owner = std::getenv(kOwner);
  return owner != nullptr && std::to_string(getpid()) != owner;
}

// Returns the flag that `argument` names, or null. Sets `*value` to what
// follows the '=', or to null.
const Flag* FindFlag(const std::vector<Flag>& flags, const char* argument,
                     const char** value) {
  if (argument[0] != '-') return nullptr;
  const char* name = argument + (argument[1] == '-' ? 2 : 1);
  const char* equals = std::strchr(name, '=');
  const size_t size = equals == nullptr ? std::strlen(name)
                                        : static_cast<size_t>(equals - name);
  *value = equals == nullptr ? nullptr : equals + 1;
  for (const Flag& flag : flags) {
    if (flag.name.compare(0, std::string::npos, name, size) == 0) return &flag;
  }
  return nullptr;
}

// Reads a variable that has no flag.
bool ParseSwitch(const char* name, bool* on, std::string* error) {
  const char* value = std::getenv(name);
  if (value == nullptr) return true;
  const std::string problem = SetSwitch(value, on);
  if (problem.empty()) return true;
  *error = std::string(name) + "=" + value + ": " + problem;
  return false;
}

bool ParseEnvironment(const std::vector<Flag>& flags, Options* options,
                      std::string* error) {
  if (!ParseSwitch(kFollow, &options->follow_children, error) ||
      !ParseSwitch(kQuiet, &options->quiet, error)) {
    return false;
  }
  options->is_child = options->follow_children && EnvironmentIsOfAnother();
  if (!options->follow_children && EnvironmentIsOfAnother()) return true;
  for (const Flag& flag : flags) {
    const char* value = std::getenv(EnvironmentName(flag).c_str());
    if (value == nullptr || *value == '\0') continue;
    const std::string problem = flag.set(value);
    if (!problem.empty()) {
      *error = EnvironmentName(flag) + "=" + value + ": " + problem;
      return false;
    }
  }
  return true;
}

bool ParseArguments(const std::vector<Flag>& flags, int* argc, char** argv,
                    std::string* error) {
  int kept = 1;
  int i = 1;
  for (; i < *argc && std::strcmp(argv[i], "--") != 0; ++i) {
    const char* value = nullptr;
    const Flag* flag = FindFlag(flags, argv[i], &value);
    if (flag == nullptr) {
      argv[kept++] = argv[i];
      continue;
    }
    if (value == nullptr && flag->is_switch) value = "true";
    if (value == nullptr && i + 1 < *argc) value = argv[++i];
    const std::string problem = flag->set(value == nullptr ? "" : value);
    if (!problem.empty()) {
      *error = "--" + flag->name + "=" + (value == nullptr ? "" : value) +
               ": " + problem;
      return false;
    }
  }
  while (i < *argc) argv[kept++] = argv[i++];
  if (kept < *argc) argv[kept] = nullptr;
  *argc = kept;
  return true;
}

bool AnyKind(const Options& options) {
  for (const KindOptions& kind : options.kinds) {
    if (!kind.path.empty()) return true;
  }
  return false;
}

// "out/report.html" -> "out/report.cpu.prof".
std::string ProfileOfReport(const std::string& report) {
  const std::string ending = ".html";
  const bool has_ending =
      report.size() > ending.size() &&
      report.compare(report.size() - ending.size(), ending.size(), ending) == 0;
  return report.substr(0, report.size() - (has_ending ? ending.size() : 0)) +
         ".cpu.prof";
}

}  // namespace

void AskForProfile(const char* kind, const std::string& path,
                   Options* options) {
  for (size_t i = 0; i < Kinds().size; ++i) {
    if (std::strcmp(Kinds()[i].name, kind) == 0) options->kinds[i].path = path;
  }
}

bool ParseFlags(int* argc, char** argv, Options* options, std::string* error) {
  *options = Defaults();
  const std::vector<Flag> flags = AllFlags(options);
  if (!ParseEnvironment(flags, options, error) ||
      !ParseArguments(flags, argc, argv, error)) {
    return false;
  }
  if (!options->report_path.empty() && !AnyKind(*options)) {
    AskForProfile("cpu", ProfileOfReport(options->report_path), options);
  }
  if (options->repeat_until > 0 && !options->AnyProfile()) {
    *error =
        "--profile_repeat_until is for profiles: give --cpuprofile or "
        "--memprofile, too";
    return false;
  }
  return true;
}

void CarryOptionsInEnvironment(const Options& options) {
  Options copy = options;
  for (const Flag& flag : AllFlags(&copy)) {
    if (flag.value.empty()) {
      unsetenv(EnvironmentName(flag).c_str());
    } else {
      setenv(EnvironmentName(flag).c_str(), flag.value.c_str(), 1);
    }
  }
  // Not set to 0, so that readers only have to look whether it is there.
  if (options.follow_children) {
    setenv(kFollow, "1", 1);
  } else {
    unsetenv(kFollow);
  }
  if (!options.is_child) setenv(kOwner, std::to_string(getpid()).c_str(), 1);
}

bool IsFlag(const char* argument, bool* needs_value) {
  Options defaults = Defaults();
  const std::vector<Flag> flags = AllFlags(&defaults);
  const char* value = nullptr;
  const Flag* const flag = FindFlag(flags, argument, &value);
  *needs_value = flag != nullptr && value == nullptr && !flag->is_switch;
  return flag != nullptr;
}

std::string FlagsHelp() {
  Options defaults = Defaults();
  std::string help = "Profiling flags of bench_profiler:\n";
  for (const Flag& flag : AllFlags(&defaults)) {
    help += "          [--" + flag.name + "=<" + flag.placeholder + ">]  " +
            flag.help + "\n";
  }
  help += "With " + std::string(kQuiet) +
          "=1 in the environment it says nothing on standard error but "
          "errors.\n";
  return help;
}

}  // namespace bench_profiler
