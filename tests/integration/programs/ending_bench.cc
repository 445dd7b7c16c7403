// A benchmark program that ends in the way that the environment variable ENDING
// names. Knows only Google Benchmark.
#include <benchmark/benchmark.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "spin.h"

namespace {

// As many blocks as the tests expect in a heap profile, never given back.
__attribute__((noinline)) void KeepBlocks() {
  for (int i = 0; i < 1000; ++i) benchmark::DoNotOptimize(new char[48]);
}

void OnAThreadOf32KiB(void* (*function)(void*)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, size_t{32} << 10);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, function, nullptr) != 0) {
    std::_Exit(30);
  }
  pthread_join(thread, nullptr);
}

void* ExitHere(void*) { std::exit(0); }
void* TerminateHere(void*) {
  pthread_kill(pthread_self(), SIGTERM);
  return nullptr;
}

void Lower(__rlimit_resource resource, rlim_t limit) {
  rlimit limits;
  getrlimit(resource, &limits);
  limits.rlim_cur = limit;
  setrlimit(resource, &limits);
}

void Return() {}
void ExitOnASmallStack() { OnAThreadOf32KiB(ExitHere); }
void TerminateOnASmallStack() { OnAThreadOf32KiB(TerminateHere); }
void TerminateAfterMain() {
  std::atexit([] { raise(SIGTERM); });
}
void TerminateNow() { raise(SIGTERM); }
void TerminateCancelled() {
  pthread_cancel(pthread_self());
  raise(SIGTERM);
}
void TellOfTheHandler() {
  struct sigaction action = {};
  sigaction(SIGTERM, nullptr, &action);
  if (action.sa_handler != SIG_DFL) std::_Exit(33);
}
void ExitInAHandler() {
  signal(SIGALRM, [](int) { std::exit(0); });
  alarm(1);
  for (;;) SpinFor(1);
}
void BecomeADaemon() {
  if (daemon(/*nochdir=*/1, /*noclose=*/0) != 0) std::_Exit(34);
}
void NoMemoryIsLeft() { Lower(RLIMIT_AS, 1 << 20); }
void NoFilesAreLeft() { Lower(RLIMIT_NOFILE, 3); }

void BM_First(benchmark::State& state) {
  for (auto _ : state) {
    SpinFor(0.1);
    KeepBlocks();
  }
}
BENCHMARK(BM_First)->Iterations(1);

void BM_Last(benchmark::State& state) {
  static const std::map<std::string, void (*)()> endings = {
      {"return", Return},
      {"exit_small_stack", ExitOnASmallStack},
      {"sigterm_small_stack", TerminateOnASmallStack},
      {"sigterm_after_main", TerminateAfterMain},
      {"sigterm", TerminateNow},
      {"sigterm_cancelled", TerminateCancelled},
      {"exit_in_handler", ExitInAHandler},
      {"default_handler", TellOfTheHandler},
      {"daemon", BecomeADaemon},
      {"no_memory", NoMemoryIsLeft},
      {"no_files", NoFilesAreLeft},
  };
  const char* ending = std::getenv("ENDING");
  for (auto _ : state) {
    SpinFor(0.1);
    endings.at(ending == nullptr ? "return" : ending)();
  }
}
BENCHMARK(BM_Last)->Iterations(1);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  std::fputs("not flushed yet", stdout);
  return 0;
}
