// Makes an object in pages of its own, if it is too large for a thread's stack
// and must not be on the heap, since that is being measured.
//
//   PagesPointer<SampleSet> set = NewInPages<SampleSet>(arguments...);
//   if (set == nullptr) ...   // no memory left
#ifndef BENCH_PROFILER_PPROF_PAGES_H_
#define BENCH_PROFILER_PPROF_PAGES_H_

#include <sys/mman.h>

#include <memory>
#include <new>
#include <utility>

namespace bench_profiler {

struct PagesDeleter {
  template <class T>
  void operator()(T* object) const {
    object->~T();
    munmap(object, sizeof(T));
  }
};
template <class T>
using PagesPointer = std::unique_ptr<T, PagesDeleter>;

template <class T, class... Arguments>
PagesPointer<T> NewInPages(Arguments&&... arguments) {
  void* memory = mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  return PagesPointer<T>(new (memory) T(std::forward<Arguments>(arguments)...));
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PPROF_PAGES_H_
