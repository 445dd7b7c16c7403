// What went wrong, in one line for the user; or nothing.
//
//   Error error = StartCpuProfile("cpu.pprof");
//   if (error) std::fprintf(stderr, "%s\n", error.message());
//
// Plain memory: it crosses the borders of libraries that were built with
// another standard library, and can be made where nothing may be allocated.
#ifndef BENCH_PROFILER_ERROR_H_
#define BENCH_PROFILER_ERROR_H_

#include <cstdarg>
#include <cstdio>

namespace bench_profiler {

class Error {
 public:
  // No error.
  Error() = default;

  // As printf(3) formats it. What is longer than the room for it is cut.
  __attribute__((format(printf, 1, 2))) static Error Format(const char* format,
                                                            ...) {
    Error error;
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(error.message_, sizeof(error.message_), format, arguments);
    va_end(arguments);
    return error;
  }

  // Whether there is an error.
  explicit operator bool() const { return message_[0] != '\0'; }

  // NUL-terminated, without a newline; "" if there is no error.
  const char* message() const { return message_; }

 private:
  char message_[1024] = "";
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_ERROR_H_
