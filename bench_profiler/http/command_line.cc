// The command line of the program.
#include <cstdio>
#include <memory>

#include "bench_profiler/http/handlers.h"

namespace bench_profiler {

void ServeCommandLine(const Request&, Response* response) {
  response->SetType(kText);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen("/proc/self/cmdline", "re"), std::fclose);
  if (file == nullptr) return;
  char bytes[4096];
  while (const size_t size = std::fread(bytes, 1, sizeof(bytes), file.get())) {
    response->body.append(bytes, size);
  }
  // Each argument ends with a NUL. Go writes them in between.
  if (!response->body.empty()) response->body.pop_back();
}

}  // namespace bench_profiler
