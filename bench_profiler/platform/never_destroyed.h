// A static object that lives until the process is gone.
//
//   Sampling& TheSampling() {
//     static NeverDestroyed<Sampling> sampling;
//     return *sampling;
//   }
//
// Threads, signal handlers and other libraries may still call us after main has
// returned, when static objects are being destroyed. The object lies in the
// static one, so it needs no malloc, and leak checkers see what it points to.
#ifndef BENCH_PROFILER_PLATFORM_NEVER_DESTROYED_H_
#define BENCH_PROFILER_PLATFORM_NEVER_DESTROYED_H_

#include <new>
#include <utility>

namespace bench_profiler {

template <class T>
class NeverDestroyed {
 public:
  template <class... Arguments>
  explicit NeverDestroyed(Arguments&&... arguments) {
    new (storage_) T(std::forward<Arguments>(arguments)...);
  }
  NeverDestroyed(const NeverDestroyed&) = delete;
  NeverDestroyed& operator=(const NeverDestroyed&) = delete;

  T& operator*() { return *std::launder(reinterpret_cast<T*>(storage_)); }
  T* operator->() { return &**this; }

 private:
  alignas(T) unsigned char storage_[sizeof(T)];
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_NEVER_DESTROYED_H_
