// THE table of formats that a profile of a file can be turned into.
//
//   const ParsedFormat* format = FindParsedFormat("folded");  // null: none
//   ConversionOptions options;
//   options.value = report.value_index;    // of --sample_index
//   std::string bytes = format->write(profile, options);
//
// That is `bench_profiler convert --format=folded`. Without the option,
// `ParsedFormatOfFile("out.speedscope.json")` knows the format from the name.
// Filters and units are not for these functions: what they are given has passed
// the filters, and they write values as they are.
//
// The extension point: a new format is a file here and a row of
// parsed_formats.cc. Flame graphs, which have options of their own, are in
// parsed_flame_svg.h.
#ifndef BENCH_PROFILER_FORMATS_PARSED_FORMATS_H_
#define BENCH_PROFILER_FORMATS_PARSED_FORMATS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/profile/parsed_profile.h"

namespace bench_profiler {

struct ConversionOptions {
  size_t value = 0;         // index into value_types: what to show (first)
  bool only_value = false;  // and nothing else, where a format could hold all
  std::string title;        // as the name of the file
};

struct ParsedFormat {
  const char* name;
  const char* extension;  // of files, "" if they have none of their own
  const char* help;       // what reads it
  // Throws std::exception, as when it is too large.
  std::string (*write)(const ParsedProfile& profile,
                       const ConversionOptions& options);
};

const std::vector<ParsedFormat>& AllParsedFormats();

// Both return null if there is none.
const ParsedFormat* FindParsedFormat(std::string_view name);
const ParsedFormat* ParsedFormatOfFile(std::string_view path);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FORMATS_H_
