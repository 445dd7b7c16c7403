// How tables of functions keep their pointers if these do not change; the other
// way is std::atomic.
//
//   template <template <class> class Pointer> struct Functions {
//     Pointer<void (*)()> run;
//   };
//   Functions<PlainPointer> functions;
#ifndef BENCH_PROFILER_INTERPOSE_PLAIN_POINTER_H_
#define BENCH_PROFILER_INTERPOSE_PLAIN_POINTER_H_

namespace bench_profiler {

template <class T>
using PlainPointer = T;

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_INTERPOSE_PLAIN_POINTER_H_
