#include "bench_profiler/pprof/write_names.h"

#include "bench_profiler/allocations.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/platform/page_array.h"
#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/record/module_table.h"
#include "bench_profiler/record/string_table.h"
#include "bench_profiler/sampling/loader_calls.h"

namespace bench_profiler {

Error WriteNames(ArrayView<uint64_t> addresses,
                 const pprof::internal::PlainSink& sink) {
  const NoCancellation no_cancellation;
  const HiddenAllocations hidden;
  StringTable strings;
  ModuleTable modules(&strings);
  {
    const LoaderCall call;
    modules.Update();
  }
  PageArray<StackNode> nodes;
  if (!nodes.Resize(1)) return Error::Format("no memory left");  // the root
  for (const uint64_t address : addresses) {
    const uint32_t module = modules.Find(address);
    if (module == kNoModule) continue;
    if (!nodes.Append({address, 0, module})) {
      return Error::Format("no memory left");
    }
  }
  RawProfile data;
  data.strings = strings.view();
  data.modules = modules.rows();
  data.stacks = {nodes.data(), nodes.size()};
  Error error;
  if (const Exporter* exporter = LoadExporter(&error)) {
    exporter->write_names(&data, sink.write, sink.sink, &error);
  }
  return error;
}

}  // namespace bench_profiler
