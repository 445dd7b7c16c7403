// Asks valgrind's tool callgrind, in which this process may run, for something.
//
//   if (!RunsUnderValgrind()) return;
//   AskCallgrind(CallgrindRequest::kStartInstrumentation);
//   AskCallgrind(CallgrindRequest::kToggleCollect);   // of this thread
//   ...                                               // instructions count
//   AskCallgrind(CallgrindRequest::kToggleCollect);
//   AskCallgrind(CallgrindRequest::kDumpStatsAt, "17");
//
// valgrind knows a request by a sequence of instructions that change nothing,
// which no compiler makes: rotations of a register by 64 bits in all. Sequences
// and numbers are a stable interface: "The Client Request mechanism" in the
// manual of valgrind, and its headers valgrind.h and callgrind.h, which are not
// needed to build this. Outside of valgrind, a request is six instructions that
// do nothing. Async-signal-safe.
#ifndef BENCH_PROFILER_PLATFORM_CALLGRIND_H_
#define BENCH_PROFILER_PLATFORM_CALLGRIND_H_

#include <cstdint>

namespace bench_profiler {

// The numbers that only callgrind understands have its initials in their upper
// half.
constexpr uint32_t kOfCallgrind = uint32_t{'C'} << 24 | uint32_t{'T'} << 16;

enum class CallgrindRequest : uint32_t {
  // Of valgrind itself, whatever its tool is.
  kRunningOnValgrind = 0x1001,
  // Forgets all that was counted.
  kZeroStats = kOfCallgrind + 1,
  // Instructions of the calling thread count from now on, or no longer.
  kToggleCollect = kOfCallgrind + 2,
  // Writes what was counted to a file, with a text in its head, and forgets it.
  kDumpStatsAt = kOfCallgrind + 3,
  // Of all threads. Without instrumentation nothing counts, and the program is
  // about ten times faster.
  kStartInstrumentation = kOfCallgrind + 4,
  kStopInstrumentation = kOfCallgrind + 5,
};

// Returns the answer; 0 outside of valgrind. Always inlined: the instructions
// behind it are those of the caller.
__attribute__((always_inline)) inline uint64_t AskCallgrind(
    CallgrindRequest request, const char* text = nullptr) {
  // Read by valgrind.
  volatile uint64_t arguments[6] = {static_cast<uint64_t>(request),
                                    reinterpret_cast<uintptr_t>(text)};
  uint64_t answer = 0;
#if defined(__x86_64__)
  __asm__ volatile(
      "rolq $3, %%rdi\n\trolq $13, %%rdi\n\t"
      "rolq $61, %%rdi\n\trolq $51, %%rdi\n\t"
      "xchgq %%rbx, %%rbx"
      : "+d"(answer)
      : "a"(arguments)
      : "cc", "memory");
#elif defined(__aarch64__)
  register uint64_t result __asm__("x3") = 0;
  register volatile uint64_t* question __asm__("x4") = arguments;
  __asm__ volatile(
      "ror x12, x12, #3\n\tror x12, x12, #13\n\t"
      "ror x12, x12, #51\n\tror x12, x12, #61\n\t"
      "orr x10, x10, x10"
      : "+r"(result)
      : "r"(question)
      : "cc", "memory");
  answer = result;
#else
  (void)arguments;  // valgrind may know the processor, but we do not
#endif
  return answer;
}

inline bool RunsUnderValgrind() {
  return AskCallgrind(CallgrindRequest::kRunningOnValgrind) != 0;
}

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_CALLGRIND_H_
