#include "bench_profiler/formats/formats.h"

#include "bench_profiler/formats/pprof.h"
#include "bench_profiler/formats/text.h"
#include "bench_profiler/formats/thread_stacks.h"

namespace bench_profiler {
namespace {

constexpr Format kFormats[] = {
    {"pprof", ToPprof},
    {"text", ToText},
    {"stacks", ToStacks},
};

}  // namespace

const Format* FindFormat(const std::string& name) {
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

}  // namespace bench_profiler
