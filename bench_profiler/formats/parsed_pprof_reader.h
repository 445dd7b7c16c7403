// Reads profiles in the format of google/pprof, profile.proto, whoever wrote
// them: we, Go, gperftools' tcmalloc, pprof-rs and others.
//
//   ParsedProfile profile;
//   std::string error;
//   if (!ReadPprof(bytes, &profile, &error)) {
//     std::cerr << path << ": " << error << "\n";  // "cpu.prof: it is empty"
//
// What is accepted is what Go's package profile accepts, by Parse and
// CheckValid:
//
// - gzip, of one or more members, or none.
// - A location whose mapping is not in the file has no mapping.
// - A label whose text is "" and whose number is 0, without a unit, is none.
// - Texts may be any bytes, also such that are no UTF-8. They stay as they are:
//   who writes a format that has to be UTF-8 uses ValidUtf8().
// - Two profiles one after another, as of `cat`, are an error: `merge` is for
//   that.
// - A profile without samples is valid.
//
// Memory is bounded by limits (see gunzip.h) that are also there for texts:
// each is copied to where it is used, and a file could use one that is long a
// million times.
#ifndef BENCH_PROFILER_FORMATS_PARSED_PPROF_READER_H_
#define BENCH_PROFILER_FORMATS_PARSED_PPROF_READER_H_

#include <string>
#include <string_view>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

// Returns false, and one line in `error` that can follow the file's name and a
// colon, if `bytes` are no valid profile; `profile` is then of no use.
bool ReadPprof(std::string_view bytes, ParsedProfile* profile,
               std::string* error);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_PPROF_READER_H_
