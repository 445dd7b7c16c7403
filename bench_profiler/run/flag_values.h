// The values of flags: each function sets an option, and returns what is wrong
// with the text, or "".
//
//   const std::string problem = SetSeconds("0.5s", &options->repeat_until);
#ifndef BENCH_PROFILER_RUN_FLAG_VALUES_H_
#define BENCH_PROFILER_RUN_FLAG_VALUES_H_

#include <cstddef>
#include <string>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/run/options.h"

namespace bench_profiler {

std::string SetPath(const std::string& value, std::string* path);

std::string SetRate(const std::string& value, const Kind& kind,
                    KindOptions* options);

std::string SetChoice(const std::string& value, const ChoiceFlag& choice,
                      size_t* index);

// true, 1, yes, on and the like.
std::string SetSwitch(const std::string& value, bool* on);

// HOST:PORT, see http/address.h.
std::string SetAddress(const std::string& value, std::string* address);

// 0.5 or 0.5s.
std::string SetSeconds(const std::string& value, double* seconds);

// The exact number, such as 1e-07. "" for 0, which means that it was not given.
std::string SecondsText(double seconds);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RUN_FLAG_VALUES_H_
