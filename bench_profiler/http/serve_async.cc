// ServeAsync.
#include <time.h>

#include <atomic>
#include <cstdlib>
#include <memory>

#include "bench_profiler/allocations.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/http.h"
#include "bench_profiler/http/exchange.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/pprof/passed_on.h"

namespace bench_profiler {
namespace {

using pprof::internal::PlainHttpCaller;
using pprof::internal::PlainHttpRequest;
using pprof::internal::PlainHttpResponse;

std::atomic<int> running{0};
std::atomic<bool> is_ending{false};  // the program is

struct Task {
  PlainHttpRequest request;
  PlainHttpCaller caller;
};

bool IsCancelled(void* argument) {
  const PlainHttpCaller& caller = static_cast<Task*>(argument)->caller;
  return is_ending ||
         (caller.cancelled != nullptr && caller.cancelled(caller.caller));
}

void Answer(void* argument, const PlainHttpResponse& response) {
  const PlainHttpCaller& caller = static_cast<Task*>(argument)->caller;
  caller.answer(caller.caller, response);
}

void Run(void* argument) {
  {
    const std::unique_ptr<Task> task(static_cast<Task*>(argument));
    pprof::internal::Serve(task->request, {task.get(), IsCancelled, Answer});
  }
  --running;
}

// A thread that is writing a profile must not find static objects destroyed.
void EndAllAtExit() {
  constexpr timespec kMillisecond = {0, 1000 * 1000};
  constexpr int kMaxWaits = 5000;
  is_ending = true;
  // One that has called exit() itself does not end before that.
  const int own = IsOwnThread(CurrentThreadId()) ? 1 : 0;
  for (int i = 0; i < kMaxWaits && running > own; ++i) {
    nanosleep(&kMillisecond, nullptr);
  }
}

// Returns whether the request is being served. May throw std::bad_alloc.
bool Start(const PlainHttpRequest& request, const PlainHttpCaller& caller) {
  const HiddenAllocations hidden;
  // Now, so that its static objects are destroyed after EndAllAtExit. If this
  // fails, the answer says why.
  Error error;
  LoadExporter(&error);
  static const int at_exit = std::atexit(EndAllAtExit);
  static_cast<void>(at_exit);
  auto task = std::make_unique<Task>(Task{request, caller});
  ++running;
  if (StartOwnThread(Run, task.get(), kWritingStack)) {
    static_cast<void>(task.release());  // Run takes it
    return true;
  }
  --running;
  return false;
}

}  // namespace

void pprof::internal::ServeAsync(const PlainHttpRequest& request,
                                 const PlainHttpCaller& caller) {
  if (const auto next = PassedOn<&internal::ServeAsync>()) {
    return next(request, caller);
  }
  try {
    if (Start(request, caller)) return;
  } catch (...) {
  }
  Refuse(caller, 503, "too many requests at the same time\n");
}

}  // namespace bench_profiler
