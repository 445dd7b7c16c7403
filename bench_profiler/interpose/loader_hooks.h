// Tells when the program unloads a library.
//
//   static constexpr LoaderHandlers handlers = {BeforeClose, AfterClose};
//   SetLoaderHandlers(&handlers);   // from now on, around each dlclose(3)
#ifndef BENCH_PROFILER_INTERPOSE_LOADER_HOOKS_H_
#define BENCH_PROFILER_INTERPOSE_LOADER_HOOKS_H_

namespace bench_profiler {

// Called by the thread that closes a library, which may hold the loader's lock.
struct LoaderHandlers {
  void (*before_close)();  // the library is still there
  void (*after_close)();   // other code may be loaded to its addresses
};

// There is one for the whole process, and it is never taken back. Thread-safe.
void SetLoaderHandlers(const LoaderHandlers* handlers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_LOADER_HOOKS_H_
