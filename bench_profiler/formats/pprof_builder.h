// Builds one profile in the format of google/pprof from rows of samples.
//
//   PprofBuilder builder(data, profile, symbols);
//   builder.AddSample(row, {{"phase", "timed"}});
//   builder.AddComment("...");
//   std::string bytes = builder.Finish("cpu");
//
// The format: proto/profile.proto and google/pprof's proto/README.md. Nothing
// but the samples, locations, functions and strings in use is in it, in an
// order that depends on the samples alone.
#ifndef BENCH_PROFILER_FORMATS_PPROF_BUILDER_H_
#define BENCH_PROFILER_FORMATS_PPROF_BUILDER_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "bench_profiler/profile/symbols.h"
#include "bench_profiler/record/raw_profile.h"
#include "profile.pb.h"

namespace bench_profiler {

struct Label {
  std::string key;
  std::string text;    // either this
  int64_t number = 0;  // or, if `text` is empty, this
  std::string unit;    // of the number
};

class PprofBuilder {
 public:
  // Keeps references to all three. The addresses of all samples to come must be
  // resolved.
  PprofBuilder(const RawProfile& data, const ProfileData& profile,
               const Symbols& symbols);

  // Adds the values of `row` to the sample with its stack and these labels.
  void AddSample(const SampleRow& row, const std::vector<Label>& labels);

  void AddComment(const std::string& line);
  void SetDuration(int64_t nanos) { proto_.set_duration_nanos(nanos); }

  // Sums of what was added, by value type.
  const int64_t* totals() const { return totals_; }

  // The gzipped profile. `default_type` is the one that pprof shows first.
  std::string Finish(const std::string& default_type);

 private:
  // A label by the numbers of its strings: there may be millions of samples.
  struct LabelNumbers {
    int64_t key;
    int64_t text;  // 0: it is a number
    int64_t number;
    int64_t unit;

    bool operator<(const LabelNumbers& other) const {
      return std::tie(key, text, number) <
             std::tie(other.key, other.text, other.number);
    }
  };
  using SampleKey = std::pair<uint32_t, std::vector<LabelNumbers>>;
  using SampleValues = std::array<int64_t, kMaxSampleValues>;

  int64_t String(const std::string& text);
  uint64_t LocationOf(const StackNode& node);
  bool HasName(const StackNode& node);
  uint64_t MappingOf(uint32_t module);
  uint64_t FunctionOf(const SourceFrame& frame);
  std::string WriteSamples();

  const RawProfile& data_;
  const ProfileData& profile_;
  const Symbols& symbols_;
  proto::Profile proto_;
  std::map<SampleKey, SampleValues> samples_;
  std::map<std::string, int64_t> strings_;
  std::map<Symbols::Address, uint64_t> locations_;
  std::map<uint32_t, uint64_t> mappings_;
  std::map<std::tuple<int64_t, int64_t, int64_t, int64_t>, uint64_t> functions_;
  int64_t totals_[kMaxSampleValues] = {};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PPROF_BUILDER_H_
