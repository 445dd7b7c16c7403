#include "bench_profiler/sampling/drain_thread.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <cstddef>

namespace bench_profiler {
namespace {

using Drain = bool();

void* Run(void* argument) {
  const auto drain = reinterpret_cast<Drain*>(argument);
  const timespec second = {1, 0};
  do {
    nanosleep(&second, nullptr);
  } while (drain());
  return nullptr;
}

}  // namespace

bool KeepDraining(Drain* drain) {
  constexpr size_t kStackSize = size_t{256} << 10;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, kStackSize);
  // The new thread blocks what this one does.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  const int error =
      pthread_create(&thread, &attributes, Run, reinterpret_cast<void*>(drain));
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  return error == 0;
}

}  // namespace bench_profiler
