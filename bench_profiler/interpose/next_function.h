// Finds the function whose place one of ours takes: the one of libc, or of
// another library that comes after this one in the search order.
//
//   static NextFunction<int(void*)> next("dlclose");
//   return next.Get()(handle);
//
// Works before any initializer has run, and without locks. The first call looks
// the function up, so only later ones are async-signal-safe.
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
