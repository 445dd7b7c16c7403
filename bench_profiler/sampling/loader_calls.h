// Keeps a fork from coming while a thread of ours is in a call of the loader's.
//
//   { const LoaderCall call; dl_iterate_phdr(...); }
//
// glibc does not make the lock of dl_iterate_phdr(3) anew in the child: if one
// of our threads held it there, the child would wait for it for ever, be it in
// our next call or in one of its own.
#ifndef BENCH_PROFILER_SAMPLING_LOADER_CALLS_H_
#define BENCH_PROFILER_SAMPLING_LOADER_CALLS_H_

namespace bench_profiler {

class LoaderCall {
 public:
  LoaderCall();
  ~LoaderCall();
  LoaderCall(const LoaderCall&) = delete;
  LoaderCall& operator=(const LoaderCall&) = delete;

  // For ForkHandlers. Before a fork they wait no longer than a second: the
  // thread that forks may itself hold what our call is waiting for.
  static void BeforeFork();
  static void AfterFork();
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_SAMPLING_LOADER_CALLS_H_
