#include "bench_profiler/command/file_commands.h"

#include <cstdio>
#include <ctime>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/command/output.h"
#include "bench_profiler/command/report_commands.h"
#include "bench_profiler/command/sources.h"
#include "bench_profiler/command/subprocess.h"
#include "bench_profiler/formats/parsed_flame_svg.h"
#include "bench_profiler/formats/parsed_formats.h"
#include "bench_profiler/formats/parsed_pprof_writer.h"
#include "bench_profiler/html/page.h"
#include "bench_profiler/html/report.h"
#include "bench_profiler/html/report_data.h"
#include "bench_profiler/profile/parsed_profile.h"
#include "bench_profiler/report/prepare.h"
#include "bench_profiler/report/value_format.h"

namespace bench_profiler {
namespace {

Outcome ReadAll(const CommandLine& line, ParsedProfile* profile) {
  if (line.arguments.empty()) return WrongUse("a FILE is missing");
  return ReadSources(line, line.arguments, profile);
}

// Reads the files, and applies the filters. Frames stay as they are.
Outcome ReadFiltered(const CommandLine& line, PreparedReport* report) {
  ParsedProfile profile;
  Outcome outcome = ReadAll(line, &profile);
  if (!outcome.ok()) return outcome;
  ReportOptions options = line.report;
  options.granularity = Granularity::kAddresses;
  std::string error;
  if (!Prepare(std::move(profile), options, report, &error)) {
    return Failed(error);
  }
  for (const std::string& warning : report->warnings) {
    std::fprintf(stderr, "bench_profiler: %s\n", warning.c_str());
  }
  return {};
}

Outcome ChooseFormat(const CommandLine& line, const ParsedFormat** format) {
  std::string names;
  for (const ParsedFormat& each : AllParsedFormats()) {
    names += std::string(names.empty() ? "" : ", ") + "--" + each.name;
  }
  *format = line.format.empty() ? ParsedFormatOfFile(line.output)
                                : FindParsedFormat(line.format);
  if (*format != nullptr) return {};
  return WrongUse("a format is missing: " + names);
}

bool HasEnding(const std::string& path, const std::string& ending) {
  return path.size() > ending.size() &&
         path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

std::string TitleOf(const CommandLine& line) {
  return line.title.empty() ? ResultName(line.arguments[0], "") : line.title;
}

}  // namespace

Outcome ConvertCommand(const Command&, const CommandLine& line) {
  const ParsedFormat* format = nullptr;
  Outcome outcome = ChooseFormat(line, &format);
  if (!outcome.ok()) return outcome;
  PreparedReport report;
  outcome = ReadFiltered(line, &report);
  if (!outcome.ok()) return outcome;
  ConversionOptions options;
  options.value = report.value_index;
  options.only_value = !line.report.sample_index.empty();
  options.title = TitleOf(line);
  std::string bytes;
  try {
    bytes = format->write(report.profile, options);
  } catch (const std::exception& error) {
    return Failed(error.what());
  }
  return WriteFileOrOutput(
      line, ResultName(line.arguments[0], format->extension), bytes);
}

Outcome FlamegraphCommand(const Command&, const CommandLine& line) {
  PreparedReport report;
  Outcome outcome = ReadFiltered(line, &report);
  if (!outcome.ok()) return outcome;
  if (HasEnding(line.output, ".html")) {
    SingleOptions options;
    options.title = TitleOf(line);
    if (!line.report.sample_index.empty()) {
      options.value_type = report.profile.value_types[report.value_index].type;
    }
    return WriteFileOrOutput(line, line.output,
                             SingleReport(report.profile, options));
  }
  FlameOptions options;
  options.title = TitleOf(line) + ": " + report.value_type;
  options.value = report.value_index;
  options.format_value = FormatFor(report);
  return WriteFileOrOutput(line, ResultName(line.arguments[0], ".svg"),
                           ToFlameSvg(report.profile, options));
}

Outcome PageCommand(const Command&, const CommandLine& line) {
  if (line.arguments.empty()) return WrongUse("a FOLDER is missing");
  PageData data;
  std::string error;
  if (!ReadReportData(line.arguments, &data, &error)) return WrongUse(error);
  data.generated = std::time(nullptr);
  if (!line.title.empty()) data.title = line.title;
  return WriteFileOrOutput(line, "report.html", HtmlPage(data));
}

Outcome SvgCommand(const Command&, const CommandLine& line) {
  ParsedProfile profile;
  Outcome outcome = ReadAll(line, &profile);
  if (!outcome.ok()) return outcome;
  std::string text;
  outcome = MakeText("dot", line, "", std::move(profile), &text);
  if (!outcome.ok()) return outcome;
  SubprocessResult result;
  if (!RunSubprocess({"dot", "-Tsvg"}, text, nullptr, &result)) {
    return Failed("dot is not installed; it is in the package graphviz");
  }
  if (result.exit_code != 0) {
    return Failed("dot: " + result.err.substr(0, result.err.find('\n')));
  }
  return WriteFileOrOutput(line, ResultName(line.arguments[0], ".svg"),
                           result.out);
}

Outcome MergeCommand(const Command&, const CommandLine& line) {
  ParsedProfile profile;
  Outcome outcome = ReadAll(line, &profile);
  if (!outcome.ok()) return outcome;
  std::string bytes;
  try {
    bytes = WritePprof(profile);
  } catch (const std::exception& error) {
    return Failed(error.what());
  }
  return WriteFileOrOutput(line, "merged.prof", bytes);
}

}  // namespace bench_profiler
