#include "bench_profiler/command/diff_command.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <utility>

#include "bench_profiler/command/output.h"
#include "bench_profiler/compare/compare.h"
#include "bench_profiler/compare/gate.h"
#include "bench_profiler/compare/output_formats.h"
#include "bench_profiler/compare/read_side.h"
#include "bench_profiler/compare/run_record.h"
#include "bench_profiler/compare/side_differences.h"

namespace bench_profiler {
namespace {

using Paths = std::vector<std::string>;

bool IsFolder(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

size_t CommonStart(const std::string& left, const std::string& right) {
  return static_cast<size_t>(
      std::mismatch(left.begin(), left.end(), right.begin(), right.end())
          .first -
      left.begin());
}

// Of `diff old-*.d new-*.d` half are old ones, unless there are more of one
// than of the other: then one that looks like those of one side is among those
// of the other.
bool IsSplitInDoubt(const Paths& olds, const Paths& news) {
  const size_t across = CommonStart(olds.back(), news.front());
  return olds.size() > 1 && (across > CommonStart(olds.front(), olds.back()) ||
                             across > CommonStart(news.front(), news.back()));
}

Outcome SplitSides(const CommandLine& line, Paths* olds, Paths* news) {
  const Paths& all = line.arguments;
  const char* const usage = "OLD... -- NEW... says which paths are which";
  if (line.separator >= 0) {
    const auto middle = all.begin() + line.separator;
    olds->assign(all.begin(), middle);
    news->assign(middle, all.end());
    if (!olds->empty() && !news->empty()) return {};
    return WrongUse(std::string(olds->empty() ? "OLD" : "NEW") +
                    " is missing; " + usage);
  }
  if (all.empty()) return WrongUse("OLD and NEW are missing");
  if (all.size() == 1) {
    *olds = {all[0] + "/old"};
    *news = {all[0] + "/new"};
    if (IsFolder(olds->front()) && IsFolder(news->front())) return {};
    return WrongUse(
        "NEW is missing; a path alone is a folder with folders old and new, as "
        "compare leaves it");
  }
  const auto half = static_cast<std::ptrdiff_t>(all.size() / 2);
  olds->assign(all.begin(), all.begin() + half);
  news->assign(all.begin() + half, all.end());
  if (all.size() % 2 != 0) {
    return WrongUse(std::to_string(all.size()) + " paths have no middle; " +
                    usage);
  }
  if (IsSplitInDoubt(*olds, *news)) {
    return WrongUse("does NEW begin with " + news->front() + "? " + usage);
  }
  return {};
}

std::string Title(const Paths& paths, const char* name) {
  if (paths.size() > 1) {
    return paths[0] + " and " + std::to_string(paths.size() - 1) + " more";
  }
  const std::string& path = paths[0];
  const size_t end = path.find_last_not_of('/');
  const std::string trimmed = path.substr(0, end + 1);
  return trimmed.empty() ? name : trimmed;
}

bool HasEnding(const std::string& text, const std::string& ending) {
  return text.size() >= ending.size() &&
         text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

// By --format, or else by the name of the file.
const ComparisonFormat* ChosenFormat(const CommandLine& line) {
  if (!line.format.empty()) return FindComparisonFormat(line.format);
  const ComparisonFormat* chosen = FindComparisonFormat("text");
  for (const ComparisonFormat& format : AllComparisonFormats()) {
    if (!HasEnding(line.output, format.extension)) continue;
    chosen = &format;
    break;  // the first one is the usual one: .json
  }
  return chosen;
}

// Whoever gave the same profiles as OLD and NEW would read that nothing
// changed.
void WarnOfSharedRuns(const Side& old_side, const Side& new_side,
                      Paths* warnings) {
  const auto is_same = [](const Process& left, const Process& right) {
    return left.path == right.path ||
           (left.start_nanos > 0 && left.start_nanos == right.start_nanos &&
            left.context.host == right.context.host);
  };
  size_t count = 0;
  std::string first;
  for (const Process& old_process : old_side.processes) {
    for (const Process& new_process : new_side.processes) {
      if (!is_same(old_process, new_process)) continue;
      if (++count > 1) continue;
      first = old_process.path == new_process.path
                  ? old_process.path + " is both OLD and NEW"
                  : new_process.path + " of NEW is the same run as " +
                        old_process.path + " of OLD";
    }
  }
  if (count > 1) first += ", and so are " + std::to_string(count - 1) + " more";
  if (count > 0) warnings->push_back(first);
}

Outcome WriteAs(const CommandLine& line, const ComparisonFormat& format,
                const std::string& bytes) {
  if (std::strcmp(format.name, "text") == 0) {
    return WriteText(line, bytes, &ComparisonColor);
  }
  // A page is nothing to read on a terminal.
  if (std::strcmp(format.name, "html") == 0 || !line.output.empty()) {
    return WriteFileOrOutput(line, std::string("comparison") + format.extension,
                             bytes);
  }
  return WriteStandardOutput(bytes);
}

}  // namespace

Outcome CheckComparisonOptions(const CommandLine& line) {
  std::vector<Limit> limits;
  std::string error;
  if (!ParseLimits(line.fail_above, &limits, &error)) return WrongUse(error);
  if (!(line.min_effect >= 0) || line.min_effect >= 100) {
    return WrongUse("--min-effect is percent, from 0 to 100");
  }
  return {};
}

Outcome WriteComparison(const CommandLine& line, const Side& old_side,
                        const Side& new_side, const FunctionTable& functions,
                        const std::vector<std::string>& warnings) {
  Outcome outcome = CheckComparisonOptions(line);
  if (!outcome.ok()) return outcome;
  const ComparisonFormat* const format = ChosenFormat(line);
  if (format == nullptr) return WrongUse("no such format: " + line.format);
  std::vector<Limit> limits;
  std::string error;
  ParseLimits(line.fail_above, &limits, &error);
  CompareOptions options;
  options.alpha = line.alpha;
  options.min_effect = line.min_effect / 100;
  Comparison comparison = Compare(old_side, new_side, functions, options);
  std::vector<std::string> first = warnings;
  WarnOfSharedRuns(old_side, new_side, &first);
  for (std::string& difference : SideDifferences(old_side, new_side)) {
    first.push_back(std::move(difference));
  }
  comparison.warnings.insert(comparison.warnings.begin(), first.begin(),
                             first.end());
  const ComparisonInputs inputs = {old_side, new_side, functions, line.title,
                                   line.report.full_names};
  outcome = WriteAs(line, *format, format->write(comparison, inputs));
  if (!outcome.ok()) return outcome;
  const GateResult gate = CheckLimits(comparison, limits, line.strict);
  for (const std::string& text : gate.lines) {
    std::fprintf(stderr, "bench_profiler: %s\n", Printable(text).c_str());
  }
  outcome.status = static_cast<int>(gate.status);
  return outcome;
}

Outcome DiffCommand(const Command&, const CommandLine& line) {
  Outcome outcome = CheckComparisonOptions(line);
  Paths olds;
  Paths news;
  if (outcome.ok()) outcome = SplitSides(line, &olds, &news);
  if (!outcome.ok()) return outcome;
  FunctionTable functions;
  Side old_side;
  Side new_side;
  Paths warnings;
  std::string error;
  if (!ReadSide(olds, Title(olds, "old"), &functions, &old_side, &warnings,
                &error) ||
      !ReadSide(news, Title(news, "new"), &functions, &new_side, &warnings,
                &error)) {
    return WrongUse(error);
  }
  CommandLine as_compared = line;
  if (line.arguments.size() == 1) {
    as_compared.alpha = AlphaOfFolder(line.arguments[0]);
  }
  return WriteComparison(as_compared, old_side, new_side, functions, warnings);
}

}  // namespace bench_profiler
