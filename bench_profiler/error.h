// What went wrong, as one line for the user, or that nothing did.
//
//   Error error = StartCpuProfile("cpu.pprof");
//   if (error) std::fprintf(stderr, "%s\n", error.message());
//
// It is plain memory, so that it can be passed between libraries that were
// built with different standard libraries, and be made where nothing may be
// allocated.
#ifndef BENCH_PROFILER_ERROR_H_
#define BENCH_PROFILER_ERROR_H_

#include <cstdarg>
#include <cstdio>

namespace bench_profiler {

class Error {
 public:
  // No error.
  Error() = default;

  // Formats as printf(3) does. A text that is too long is cut.
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
