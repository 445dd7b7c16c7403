// Tells when the program unloads a library.
//
//   static constexpr LoaderHandlers handlers = {BeforeClose, AfterClose};
//   SetLoaderHandlers(&handlers);   // from now on, around each dlclose(3)
#ifndef BENCH_PROFILER_INTERPOSE_LOADER_HOOKS_H_
#define BENCH_PROFILER_INTERPOSE_LOADER_HOOKS_H_

namespace bench_profiler {

// Called by whichever thread closes a library, which may hold the loader's
// lock.
struct LoaderHandlers {
  void (*before_close)();  // all is still there
  void (*after_close)();   // other code may come to the library's addresses
};

// The same ones for the rest of the process. Thread-safe.
void SetLoaderHandlers(const LoaderHandlers* handlers);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_LOADER_HOOKS_H_
