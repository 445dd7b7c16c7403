// The units of a profile's labels that are numbers.
//
//   std::vector<std::string> warnings;
//   LabelUnits(profile, &warnings)["bytes"]  // "bytes"
#ifndef BENCH_PROFILER_REPORT_LABEL_UNITS_H_
#define BENCH_PROFILER_REPORT_LABEL_UNITS_H_

#include <map>
#include <string>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// By keys; of several units the first. For those without one the key is taken,
// or "bytes" if that is what such labels hold.
std::map<std::string, std::string> LabelUnits(
    const ParsedProfile& profile, std::vector<std::string>* warnings);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_REPORT_LABEL_UNITS_H_
