// HttpServer of http.h.
#include "bench_profiler/allocations.h"
#include "bench_profiler/export/exporter_loader.h"
#include "bench_profiler/http.h"
#include "bench_profiler/http/http_server.h"
#include "bench_profiler/pprof/no_cancellation.h"
#include "bench_profiler/pprof/passed_on.h"
#include "bench_profiler/pprof/serving_switch.h"

namespace bench_profiler {
namespace pprof {
namespace internal {
namespace {

Error Start(const char* address, HttpServerData* server) {
  HttpAddress parsed;
  if (const Error error = ParseHttpAddress(address, &parsed)) {
    return Error::Format("the address \"%s\" %s", address, error.message());
  }
  // Now and not with the first request, so that its static objects are
  // destroyed after the server has ended (StopAllAtExit).
  Error error;
  if (LoadExporter(&error) == nullptr) return error;
  RunningServer running;
  error = StartServer(parsed, Serve, &running);
  if (error) return error;
  TurnOnForServing();
  server->number = running.number;
  server->port = running.address.port();
  std::snprintf(server->address, sizeof(server->address), "%s",
                running.address.Text().c_str());
  return Error();
}

}  // namespace

Error StartHttpServer(const char* address, HttpServerData* server) {
  if (const auto next = PassedOn<&StartHttpServer>()) {
    return next(address, server);
  }
  const NoCancellation no_cancellation;
  const HiddenAllocations hidden;
  try {
    return Start(address, server);
  } catch (...) {
    return Error::Format("no memory left");
  }
}

void StopHttpServer(const HttpServerData& server) {
  if (const auto next = PassedOn<&StopHttpServer>()) return next(server);
  const NoCancellation no_cancellation;
  StopServer(server.number);
}

}  // namespace internal
}  // namespace pprof
}  // namespace bench_profiler
