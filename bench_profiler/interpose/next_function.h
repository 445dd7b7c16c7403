// The function that one of ours takes the place of: libc's, or whatever comes
// after this library in the search order.
//
//   static NextFunction<int(void*)> next("dlclose");
//   return next.Get()(handle);
//
// Needs no initializer to have run, and no lock. Looked up by the first call:
// async-signal-safe only from the second one on.
#ifndef BENCH_PROFILER_INTERPOSE_NEXT_FUNCTION_H_
#define BENCH_PROFILER_INTERPOSE_NEXT_FUNCTION_H_

#include <dlfcn.h>

#include <atomic>

namespace bench_profiler {

template <class Function>
class NextFunction {
 public:
  constexpr explicit NextFunction(const char* name) : name_(name) {}

  Function* Get() {
    Function* function = function_.load(std::memory_order_acquire);
    if (function == nullptr) {
      function = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name_));
      function_.store(function, std::memory_order_release);
    }
    return function;
  }

 private:
  const char* const name_;
  std::atomic<Function*> function_{nullptr};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_NEXT_FUNCTION_H_
