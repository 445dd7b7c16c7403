// libFuzzer target: any bytes as a profile. They are refused by one line, or
// what was read can be added up, subtracted, written and read again, and drawn.
//
//   protoc --proto_path=proto --cpp_out=GENERATED proto/profile.proto
//   clang++ -std=c++17 -g -O1 -fsanitize=fuzzer,address,undefined -I.
//   -IGENERATED
//       tests/fuzz/parsed_profile_fuzz.cc GENERATED/profile.pb.cc ...
//       -lprotobuf-lite -lz -o parsed_profile_fuzz
//   ./parsed_profile_fuzz CORPUS   # a folder with profiles, gzipped or not
//
// tests/fuzz/run.sh has the list of sources.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/formats/parsed_flame_svg.h"
#include "bench_profiler/formats/parsed_folded.h"
#include "bench_profiler/formats/parsed_pprof_reader.h"
#include "bench_profiler/formats/parsed_pprof_writer.h"
#include "bench_profiler/profile/parsed_merge.h"
#include "bench_profiler/profile/parsed_scale.h"

namespace {

using bench_profiler::ParsedProfile;

void Check(bool good) {
  if (!good) std::abort();
}

ParsedProfile Read(const std::string& bytes) {
  ParsedProfile profile;
  std::string error;
  Check(bench_profiler::ReadPprof(bytes, &profile, &error));
  return profile;
}

// What everybody who has a profile relies on.
void CheckIndices(const ParsedProfile& profile) {
  for (const auto& location : profile.locations) {
    Check(location.mapping == bench_profiler::kNoMapping ||
          location.mapping < profile.mappings.size());
    for (const auto& line : location.lines) {
      Check(line.function < profile.functions.size());
    }
  }
  for (const auto& sample : profile.samples) {
    Check(sample.values.size() == profile.value_types.size());
    for (const uint32_t location : sample.locations) {
      Check(location < profile.locations.size());
    }
  }
}

void Draw(const ParsedProfile& profile, size_t value) {
  try {
    bench_profiler::ConversionOptions options;
    options.value = value;
    bench_profiler::ToFolded(profile, options);
    bench_profiler::FlameOptions flame;
    flame.value = value;
    bench_profiler::ToFlameSvg(profile, flame);
  } catch (const std::length_error&) {
    // A long name in each of many frames.
  }
}

ParsedProfile Sum(const ParsedProfile& one, const ParsedProfile& other) {
  bench_profiler::ProfileMerger merger;
  std::string error;
  Check(merger.Add(one, &error) && merger.Add(other, &error));
  return merger.Finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // With AddressSanitizer's eye on its end.
  const std::vector<char> copy(data, data + size);
  ParsedProfile profile;
  std::string error;
  if (!bench_profiler::ReadPprof({copy.data(), size}, &profile, &error)) {
    Check(!error.empty() && error.find('\n') == std::string::npos);
    return 0;
  }
  CheckIndices(profile);
  // Texts that are no UTF-8, and what no sample uses, are lost the first time.
  const std::string bytes =
      bench_profiler::WritePprof(bench_profiler::Compact(profile));
  const ParsedProfile read = Read(bytes);
  CheckIndices(read);
  Check(bench_profiler::WritePprof(read) == bytes);
  ParsedProfile minus = read;
  bench_profiler::ScaleValues(-1, &minus);
  CheckIndices(Sum(read, minus));
  Check(Sum(read, read).samples.size() <= read.samples.size());
  bench_profiler::Normalize(read, &minus);
  for (size_t i = 0; i < read.value_types.size() && i < 3; ++i) Draw(read, i);
  return 0;
}
