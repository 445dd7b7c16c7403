#include "bench_profiler/sampling/section.h"

#include <sched.h>
#include <sys/types.h>

#include <atomic>

#include "bench_profiler/platform/thread_events.h"

namespace bench_profiler {
namespace {

std::atomic<pid_t> section_thread{0};  // that is in the section, 0: none
std::atomic<void (*)()> after_each{nullptr};

}  // namespace

bool UninterruptedSection::TryEnter() {
  pid_t none = 0;
  return section_thread.compare_exchange_strong(none, CurrentThreadId());
}

void UninterruptedSection::Leave() {
  section_thread.store(0);
  void (*after)() = after_each.load();
  if (after != nullptr) after();
}

bool UninterruptedSection::IsMine() {
  return section_thread.load() == CurrentThreadId();
}

void UninterruptedSection::CallAfterEach(void (*after)()) {
  after_each.store(after);
}

void UninterruptedSection::ForgetInChild() { section_thread.store(0); }

UninterruptedSection::UninterruptedSection() {
  while (!TryEnter()) sched_yield();
}

UninterruptedSection::~UninterruptedSection() { Leave(); }

}  // namespace bench_profiler
