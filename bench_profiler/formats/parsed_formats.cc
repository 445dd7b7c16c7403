#include "bench_profiler/formats/parsed_formats.h"

#include "bench_profiler/formats/parsed_folded.h"
#include "bench_profiler/formats/parsed_perfetto.h"
#include "bench_profiler/formats/parsed_pprof_writer.h"
#include "bench_profiler/formats/parsed_speedscope.h"
#include "bench_profiler/profile/parsed_merge.h"

namespace bench_profiler {
namespace {

// What other programs' profiles look like after Go's tools have had them.
std::string ToNormalPprof(const ParsedProfile& profile,
                          const ConversionOptions& /*options*/) {
  return WritePprof(Compact(profile));
}

}  // namespace

const std::vector<ParsedFormat>& AllParsedFormats() {
  static const auto* const formats = new std::vector<ParsedFormat>{
      {"folded", ".folded",
       "a line for each stack, for flamegraph.pl and Firefox Profiler",
       ToFolded},
      {"speedscope", ".speedscope.json", "for https://www.speedscope.app",
       ToSpeedscope},
      {"perfetto", ".perfetto-trace", "for https://ui.perfetto.dev",
       ToPerfettoSamples},
      {"pprof", ".pb.gz", "for pprof, with nothing in it that no sample uses",
       ToNormalPprof},
  };
  return *formats;
}

const ParsedFormat* FindParsedFormat(std::string_view name) {
  for (const ParsedFormat& format : AllParsedFormats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const ParsedFormat* ParsedFormatOfFile(std::string_view path) {
  for (const ParsedFormat& format : AllParsedFormats()) {
    const std::string_view end = format.extension;
    if (path.size() >= end.size() &&
        path.substr(path.size() - end.size()) == end) {
      return &format;
    }
  }
  return nullptr;
}

}  // namespace bench_profiler
