#include "bench_profiler/run/serving.h"

#include <cstring>
#include <string>

#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/http.h"
#include "bench_profiler/pprof.h"
#include "bench_profiler/run/session.h"

namespace bench_profiler {
namespace {

// The rate of a kind, or -1, which changes nothing. A kind that has a file has
// its rate already.
int64_t RateOf(const Options& options, const char* kind, bool by_default) {
  for (size_t i = 0; i < options.kinds.size(); ++i) {
    const KindOptions& asked = options.kinds[i];
    if (std::strcmp(Kinds()[i].name, kind) != 0) continue;
    const bool is_on = by_default || asked.rate_is_given;
    return is_on && asked.path.empty() ? asked.rate : -1;
  }
  return -1;
}

}  // namespace

void ServeProfiles(const Options& options) {
  if (options.profile_http.empty() || options.is_child) return;
  // Never destroyed: it serves until the exit handlers have run.
  pprof::internal::HttpServerData server;
  const Error error =
      pprof::internal::StartHttpServer(options.profile_http.c_str(), &server);
  if (error) {
    Say(std::string("--profile_http: ") + error.message());
    return;
  }
  pprof::SetMemProfileRate(RateOf(options, "heap", /*by_default=*/true));
  pprof::SetBlockProfileRate(RateOf(options, "block", /*by_default=*/false));
  pprof::SetMutexProfileFraction(
      RateOf(options, "mutex", /*by_default=*/false));
  if (options.quiet) return;
  Say(std::string("profiles at http://") + server.address + "/debug/pprof/");
}

}  // namespace bench_profiler
