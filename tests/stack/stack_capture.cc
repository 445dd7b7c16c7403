#include "tests/stack/stack_capture.h"

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <cstdlib>

#include "bench_profiler/stack/loaded_object.h"

// ThreadSanitizer objects to allocation in signal handlers. The tests raise
// their signals themselves, outside of the allocator.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() {
  return "report_signal_unsafe=0";
}

namespace bench_profiler {
namespace {

struct Request {
  StackBounds bounds;
  size_t max_pcs = 0;
  uintptr_t pcs[kMaxFrames] = {};
  StackTrace trace;
};
thread_local Request* request = nullptr;

// All tests of the walker are run with and without _dl_find_object.
[[maybe_unused]] const bool uses_table = [] {
  const bool use = std::getenv("STACK_TEST_OBJECT_TABLE") != nullptr;
  UseObjectTable(use);
  UpdateLoadedObjects();
  return use;
}();

void OnSignal(int, siginfo_t*, void* context) {
  request->trace =
      WalkStackByCfi(*static_cast<const ucontext_t*>(context), request->bounds,
                     request->pcs, request->max_pcs);
}

}  // namespace

bool Capture::HasCallers(const std::vector<uintptr_t>& return_addresses) const {
  return std::search(pcs.begin(), pcs.end(), return_addresses.begin(),
                     return_addresses.end(),
                     [](uintptr_t pc, uintptr_t return_address) {
                       return pc == return_address - 1;
                     }) != pcs.end();
}

Capture CaptureHere(const StackBounds& bounds, size_t max_pcs) {
  Request mine;
  mine.bounds = bounds;
  mine.max_pcs = max_pcs;
  request = &mine;
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_sigaction = OnSignal;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR1, &action, &before);
  // ThreadSanitizer blocks all signals in handlers, and this may be in one.
  sigset_t set;
  sigset_t mask_before;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_UNBLOCK, &set, &mask_before);
  raise(SIGUSR1);
  pthread_sigmask(SIG_SETMASK, &mask_before, nullptr);
  sigaction(SIGUSR1, &before, nullptr);
  Capture capture;
  capture.pcs.assign(mine.pcs, mine.pcs + mine.trace.depth);
  capture.truncated = mine.trace.truncated;
  return capture;
}

StackBounds ThreadStackBounds() {
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  pthread_getattr_np(pthread_self(), &attributes);
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  StackBounds bounds;
  bounds.high = reinterpret_cast<uintptr_t>(low) + size;
  // The main thread's stack is mapped only as far down as it has been used.
  bounds.low = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  return bounds;
}

}  // namespace bench_profiler
