// Asks the kernel whether memory can be read, without touching it.
//
//   if (IsReadable(address)) ...   // holds for the page that `address` is in
#ifndef BENCH_PROFILER_PLATFORM_READABLE_MEMORY_H_
#define BENCH_PROFILER_PLATFORM_READABLE_MEMORY_H_

#include <cstdint>

namespace bench_profiler {

inline constexpr uintptr_t kPageSize = 4096;

// Returns whether the aligned eight bytes that contain `address` can be read
// now. Async-signal-safe; keeps errno. Makes one system call, rt_sigprocmask(2)
// with an invalid `how`: the kernel copies the new mask first, so this fails
// with EFAULT if the address cannot be read and with EINVAL if it can (as
// absl::debugging_internal::AddressIsReadable does it).
bool IsReadable(uintptr_t address);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_READABLE_MEMORY_H_
