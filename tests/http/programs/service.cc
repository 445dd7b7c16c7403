// A service that burns CPU time, waits for a lock, keeps memory, and runs until
// its input ends. Built with WITH_SERVER, it serves profiles at the address
// that it is given.
#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#ifdef WITH_SERVER
#include "bench_profiler/http.h"
#endif

namespace {

std::mutex mutex;
volatile unsigned sink;

__attribute__((noinline)) void Burn() {
  for (unsigned i = 0; i < 1000000; ++i) sink = sink + i;
}

__attribute__((noinline)) void HoldTheLock() {
  const std::lock_guard<std::mutex> lock(mutex);
  usleep(2000);
}

__attribute__((noinline)) std::vector<char>* Keep() {
  return new std::vector<char>(size_t{32} << 20);
}

}  // namespace

int main(int argc, char** argv) {
  static std::vector<char>* const kept = Keep();
  for (int i = 0; i < 2; ++i) {
    std::thread([] {
      for (;;) HoldTheLock();
    }).detach();
  }
  std::thread([] {
    for (;;) Burn();
  }).detach();
#ifdef WITH_SERVER
  namespace pprof = bench_profiler::pprof;
  static const pprof::HttpServer server(argc > 1 ? argv[1] : "");
  if (server.error()) {
    std::fprintf(stderr, "%s\n", server.error().message());
  } else {
    std::fprintf(stderr, "http://127.0.0.1:%d/\n", server.port());
  }
#else
  std::fprintf(stderr, "started%s\n", argc > 1 ? argv[1] : "");
#endif
  while (std::getchar() != EOF) {
  }
  return kept->size() == 0 ? 1 : 0;
}
