#include "bench_profiler/pprof/write_profile.h"

#include <cinttypes>
#include <cstdio>

#include "bench_profiler/allocations.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/record/label_sets.h"

namespace bench_profiler {
namespace {

const Exporter* Load(Error* error) {
  const HiddenAllocations hidden;
  return LoadExporter(error);
}

Error WriteTo(const Exporter& exporter, const RawProfile& data, int debug,
              const pprof::internal::PlainSink& sink) {
  Error error;
  if (sink.path != nullptr) {
    exporter.write_file(&data, debug, sink.path, &error);
    return error;
  }
  const bool written =
      exporter.write_one(&data, debug, sink.write, sink.sink, &error) == 0;
  if (written ? sink.finish(sink.sink) : sink.problem(sink.sink)[0] == '\0') {
    return error;
  }
  return Error::Format("%s", sink.problem(sink.sink));
}

}  // namespace

Error WriteProfile(RawProfile* data, const ProfileData& profile, int debug,
                   const pprof::internal::PlainSink& sink) {
  const NoCancellation no_cancellation;
  static constexpr RunRow kOutside;
  data->profiles = {&profile, 1};
  if (data->runs.size == 0) data->runs = {&kOutside, 1};
  data->label_sets = LabelSets();
  char lost_labels[128];
  const char* const comments[] = {lost_labels};
  if (const uint64_t lost = LostLabelSets()) {
    std::snprintf(lost_labels, sizeof(lost_labels),
                  "%" PRIu64 " times there was no room for a new set of labels",
                  lost);
    data->comments = {comments, 1};
  }
  Error error;
  const Exporter* exporter = Load(&error);
  return exporter == nullptr ? error : WriteTo(*exporter, *data, debug, sink);
}

}  // namespace bench_profiler
