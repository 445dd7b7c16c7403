#include "bench_profiler/platform/fork_events.h"

#include <pthread.h>
#include <unistd.h>

#include <atomic>

namespace bench_profiler {
namespace {

constexpr int kMaxHandlers = 16;
std::atomic<const ForkHandlers*> all_handlers[kMaxHandlers];

std::atomic<pid_t> profiled_process{0};
std::atomic<pid_t> forgetful_process{0};  // in which `in_child` was called

template <void (*ForkHandlers::*kWhich)()>
void CallAll() {
  for (const auto& entry : all_handlers) {
    const ForkHandlers* handlers = entry.load();
    if (handlers == nullptr) return;
    if (handlers->*kWhich != nullptr) (handlers->*kWhich)();
  }
}

void OnFork() {
  CallAll<&ForkHandlers::in_child>();
  forgetful_process.store(getpid());
}

}  // namespace

void AddForkHandlers(const ForkHandlers* handlers) {
  pid_t none = 0;
  if (profiled_process.compare_exchange_strong(none, getpid())) {
    pthread_atfork(CallAll<&ForkHandlers::before>,
                   CallAll<&ForkHandlers::in_parent>, OnFork);
  }
  for (auto& entry : all_handlers) {
    const ForkHandlers* free = nullptr;
    if (entry.compare_exchange_strong(free, handlers) || free == handlers) {
      return;
    }
  }
}

bool InForkedChild() {
  const pid_t process = profiled_process.load(std::memory_order_relaxed);
  return process != 0 && process != getpid();
}

void AdoptProcess() {
  if (!InForkedChild()) return;
  if (forgetful_process.load() != getpid()) OnFork();
  profiled_process.store(getpid());
}

}  // namespace bench_profiler
