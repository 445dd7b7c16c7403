// Profiles as they are now.
#include "bench_profiler/http/handlers.h"
#include "bench_profiler/pprof/profile_registry.h"

namespace bench_profiler {

void ServeTable(const Request& request, Response* response) {
  // A name ends at the first NUL, in a URL "%00".
  const bool is_name = request.profile.find('\0') == std::string::npos;
  auto* profile = static_cast<RegisteredProfile*>(
      is_name ? pprof::Lookup(request.profile.c_str()) : nullptr);
  if (profile == nullptr) return response->Fail(404, "Unknown profile");
  // ?gc=1 is taken and ignored: memory is freed when the program frees it.
  const int64_t debug = ParseSwitch(request.Get("debug"));
  if (debug == 0) {
    response->SetFile(request.profile);
  } else {
    response->SetType(kText);
  }
  if (request.is_head) return;
  const Error error =
      profile->Write(SinkOf(&response->body),
                     debug == 0 || debug == 1 ? static_cast<int>(debug) : 2);
  if (error) response->Fail(500, error.message());
}

}  // namespace bench_profiler
