#include "bench_profiler/command/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <utility>

#include "bench_profiler/command/benchmark_folder.h"
#include "bench_profiler/command/http_client.h"
#include "bench_profiler/command/url.h"
#include "bench_profiler/formats/gunzip.h"
#include "bench_profiler/formats/parsed_pprof_reader.h"
#include "bench_profiler/profile/parsed_merge.h"
#include "bench_profiler/profile/parsed_scale.h"
#include "bench_profiler/report/compatible.h"

namespace bench_profiler {
namespace {

constexpr int kTimeoutSlack = 60;  // seconds that a server may be late

// Reads all of a descriptor, or a bit more than a profile may have: some have
// no end. Returns "" or what went wrong.
std::string ReadAll(int fd, std::string* bytes) {
  char buffer[65536];
  while (true) {
    const ssize_t size = read(fd, buffer, sizeof(buffer));
    if (size == 0 || bytes->size() > kMaxPlainSize) return "";
    if (size > 0) {
      bytes->append(buffer, static_cast<size_t>(size));
    } else if (errno != EINTR) {
      return std::strerror(errno);
    }
  }
}

std::string ReadFileBytes(const std::string& path, std::string* bytes) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::strerror(errno);
  std::string error = ReadAll(fd, bytes);
  close(fd);
  return error;
}

bool Exists(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0;
}

Outcome Fetch(const CommandLine& line, const std::string& source,
              std::string* bytes) {
  Url url;
  if (!ParseProfileUrl(source, line.seconds, &url)) {
    return WrongUse(source + ": this is no address of http or https");
  }
  const int timeout =
      line.timeout > 0 ? line.timeout : url.seconds + kTimeoutSlack;
  std::string error;
  return HttpGet(url, timeout, bytes, &error) ? Outcome() : WrongUse(error);
}

Outcome ReadBytes(const CommandLine& line, const std::string& source,
                  std::string* bytes) {
  std::string error;
  if (source == "-") {
    error = ReadAll(STDIN_FILENO, bytes);
    return error.empty() ? Outcome() : WrongUse("standard input: " + error);
  }
  // A file whose name looks like an address is a file all the same.
  if (!Exists(source) && IsUrl(source)) return Fetch(line, source, bytes);
  error = ReadFileBytes(source, bytes);
  return error.empty() ? Outcome() : WrongUse(source + ": " + error);
}

Outcome ReadAndMerge(const CommandLine& line,
                     const std::vector<std::string>& sources,
                     ParsedProfile* profile) {
  ProfileMerger merger;
  for (const std::string& source : sources) {
    ParsedProfile read;
    Outcome outcome = ReadSource(line, source, &read);
    if (!outcome.ok()) return outcome;
    std::string error;
    if (!AddCompatible(&read, &merger, &error)) {
      return WrongUse(source + ": " + error);
    }
  }
  *profile = merger.Finish();
  return {};
}

// Marks the samples of a base, as pprof does: percentages are of these.
void MarkBase(ParsedProfile* base) {
  for (ParsedSample& sample : base->samples) {
    ParsedLabel label;
    label.key = "pprof::base";
    label.text = "true";
    sample.labels.push_back(label);
  }
}

}  // namespace

bool IsFolder(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Outcome ReadSource(const CommandLine& line, const std::string& source,
                   ParsedProfile* profile) {
  if (IsFolder(source)) {
    std::vector<std::string> files;
    Outcome outcome = FilesOfFolder(source, &files);
    return outcome.ok() ? ReadAndMerge(line, files, profile) : outcome;
  }
  std::string bytes;
  Outcome outcome = ReadBytes(line, source, &bytes);
  if (!outcome.ok()) return outcome;
  std::string error;
  if (ReadPprof(bytes, profile, &error)) return {};
  return WrongUse((source == "-" ? "standard input" : source) + ": " + error);
}

Outcome ReadSources(const CommandLine& line,
                    const std::vector<std::string>& sources,
                    ParsedProfile* profile) {
  if (!line.base.empty() && !line.diff_base.empty()) {
    return WrongUse("--base and --diff_base exclude each other");
  }
  const bool is_diff = !line.diff_base.empty();
  const std::vector<std::string>& bases = is_diff ? line.diff_base : line.base;
  if (line.report.normalize && bases.empty()) {
    return WrongUse("--normalize needs --base or --diff_base");
  }
  Outcome outcome = ReadAndMerge(line, sources, profile);
  if (!outcome.ok() || bases.empty()) return outcome;
  ParsedProfile base;
  Outcome base_outcome = ReadAndMerge(line, bases, &base);
  if (!base_outcome.ok()) return base_outcome;
  if (is_diff) MarkBase(&base);
  std::string error;
  ProfileMerger merger;
  if (line.report.normalize) {
    if (base.value_types.size() != profile->value_types.size()) {
      return WrongUse(bases[0] + ": it has other types of values");
    }
    Normalize(base, profile);
  }
  ScaleValues(-1, &base);
  if (!AddCompatible(profile, &merger, &error) ||
      !AddCompatible(&base, &merger, &error)) {
    return WrongUse(bases[0] + ": " + error);
  }
  *profile = merger.Finish();
  return {};
}

}  // namespace bench_profiler
