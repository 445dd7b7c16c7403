// Asks the kernel whether memory can be read, without touching it.
//
//   if (IsReadable(address)) ...   // holds for the page that `address` is in
#ifndef BENCH_PROFILER_PLATFORM_READABLE_MEMORY_H_
#define BENCH_PROFILER_PLATFORM_READABLE_MEMORY_H_

#include <cstdint>

namespace bench_profiler {

inline constexpr uintptr_t kPageSize = 4096;

// True if the eight bytes at `address` rounded down to eight can be read now.
// Async-signal-safe, keeps errno, one system call: rt_sigprocmask(2) with an
// invalid `how` first copies the new mask in, so it fails with EFAULT for an
// unreadable address and with EINVAL for a readable one (the way of
// absl::debugging_internal::AddressIsReadable).
bool IsReadable(uintptr_t address);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_READABLE_MEMORY_H_
