// THE table of output formats: functions from a profile to bytes.
//
//   const Format* format = FindFormat("pprof");   // null: there is none
//   std::string bytes = format->write(profile);
//
// A further one is a file in this folder and a row in formats.cc.
#ifndef BENCH_PROFILER_FORMATS_FORMATS_H_
#define BENCH_PROFILER_FORMATS_FORMATS_H_

#include <string>

#include "bench_profiler/profile/profile.h"

namespace bench_profiler {

struct Format {
  const char* name = "";
  // Returns "" for a profile that has no such form. Throws std::exception, as
  // when there is no memory left.
  std::string (*write)(const Profile& profile) = nullptr;
};

const Format* FindFormat(const std::string& name);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_FORMATS_H_
