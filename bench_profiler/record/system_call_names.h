// Names of the system calls that threads wait in.
//
//   SystemCallName(SYS_futex);   // "futex"
#ifndef BENCH_PROFILER_RECORD_SYSTEM_CALL_NAMES_H_
#define BENCH_PROFILER_RECORD_SYSTEM_CALL_NAMES_H_

namespace bench_profiler {

// Returns "system call" for those in which nobody waits for long, and "page
// fault" for a negative number: then the thread waits in none.
const char* SystemCallName(long number);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_SYSTEM_CALL_NAMES_H_
