// Waits 20 ms for a mutex and for a condition variable of Abseil, and writes
// the profiles "block" and "mutex" to block.pprof and mutex.pprof.
#include <absl/synchronization/mutex.h>

#include <cstdio>

#include "bench_profiler/pprof.h"
#include "tests/locks/programs/play.h"

namespace {

__attribute__((noinline)) void Unlock_absl_mutex(absl::Mutex* mutex) {
  mutex->Unlock();
  asm volatile("# Unlock_absl_mutex");  // no jump
}
__attribute__((noinline)) void Wait_absl_mutex() {
  absl::Mutex mutex;
  Play([&] { mutex.Lock(); },
       [&] {
         Begin();
         mutex.Lock();
         mutex.Unlock();
       },
       [&] { Unlock_absl_mutex(&mutex); });
  asm volatile("# Wait_absl_mutex");
}

__attribute__((noinline)) void Wait_absl_condvar() {
  absl::Mutex mutex;
  absl::CondVar condition;
  bool done = false;
  Play(
      Nothing,
      [&] {
        const absl::MutexLock lock(&mutex);
        Begin();
        while (!done) condition.Wait(&mutex);
      },
      [&] {
        const absl::MutexLock lock(&mutex);
        done = true;
        condition.Signal();
      });
  asm volatile("# Wait_absl_condvar");
}

bool Write(const char* profile, const char* path) {
  const auto error = bench_profiler::pprof::Lookup(profile)->WriteTo(path);
  if (error) std::fprintf(stderr, "%s: %s\n", path, error.message());
  return !error;
}

}  // namespace

int main() {
  bench_profiler::pprof::SetBlockProfileRate(1);
  bench_profiler::pprof::SetMutexProfileFraction(1);
  Wait_absl_mutex();
  Wait_absl_condvar();
  return Write("block", "block.pprof") && Write("mutex", "mutex.pprof") ? 0 : 1;
}
