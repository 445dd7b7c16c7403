#include "bench_profiler/formats/parsed_pprof_file.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "bench_profiler/formats/parsed_pprof_reader.h"

namespace bench_profiler {
namespace {

// Returns the error, or "".
std::string ReadFile(const std::string& path, ParsedProfile* profile) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) {
    return errno == ENOENT ? "no such file" : std::strerror(errno);
  }
  if (!S_ISREG(status.st_mode)) return "is no regular file";
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::strerror(errno);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  std::string error;
  ReadPprof(bytes, profile, &error);
  return error;
}

}  // namespace

bool ReadPprofFile(const std::string& path, ParsedProfile* profile,
                   std::string* error) {
  const std::string problem = ReadFile(path, profile);
  if (!problem.empty()) *error = path + ": " + problem;
  return problem.empty();
}

}  // namespace bench_profiler
