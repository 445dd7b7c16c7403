#include "bench_profiler/command/output.h"

#include <errno.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstring>

#include "bench_profiler/command/url.h"
#include "bench_profiler/formats/output_file.h"

namespace bench_profiler {
namespace {

Outcome WriteFile(const std::string& path, const std::string& bytes) {
  const size_t slash = path.rfind('/');
  std::string error;
  if (slash != std::string::npos && slash > 0) {
    error = MakeFolders(path.substr(0, slash));
  }
  if (error.empty()) error = WriteWholeFile(path, bytes);
  return error.empty() ? Outcome() : Failed(path + ": " + error);
}

bool NamesFile(const CommandLine& line) {
  return !line.output.empty() && line.output != "-";
}

}  // namespace

Outcome WriteStandardOutput(const std::string& bytes) {
  for (size_t written = 0; written < bytes.size();) {
    const ssize_t size =
        write(STDOUT_FILENO, bytes.data() + written, bytes.size() - written);
    if (size >= 0) {
      written += static_cast<size_t>(size);
    } else if (errno == EPIPE) {
      // Whoever reads has seen enough, as `head` has. Most of the time SIGPIPE
      // ends this program before; here somebody above ignores it.
      return Failed("");
    } else if (errno != EINTR) {
      return Failed(std::string("standard output: ") + std::strerror(errno));
    }
  }
  return {};
}

Outcome WriteText(const CommandLine& line, const std::string& text,
                  LineColor color) {
  if (NamesFile(line)) return WriteFile(line.output, text);
  return WriteStandardOutput(ForTerminal(text, LookOfOutput(line), color));
}

Outcome WriteFileOrOutput(const CommandLine& line, const std::string& name,
                          const std::string& bytes) {
  if (NamesFile(line)) return WriteFile(line.output, bytes);
  if (line.output == "-" || isatty(STDOUT_FILENO) != 1) {
    return WriteStandardOutput(bytes);
  }
  Outcome outcome = WriteFile(name, bytes);
  if (outcome.ok()) std::fprintf(stderr, "written to %s\n", name.c_str());
  return outcome;
}

std::string ResultName(const std::string& source,
                       const std::string& extension) {
  if (source == "-" || IsUrl(source)) return "profile" + extension;
  std::string path = source;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  std::string name = path.substr(path.find_last_of('/') + 1);
  for (const char* ending : {".d", ".gz", ".prof", ".pb", ".pprof"}) {
    const size_t size = std::strlen(ending);
    if (name.size() > size &&
        name.compare(name.size() - size, size, ending) == 0) {
      name.resize(name.size() - size);
    }
  }
  return name + extension;
}

}  // namespace bench_profiler
