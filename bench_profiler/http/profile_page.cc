#include "bench_profiler/http/profile_page.h"

#include "bench_profiler/export/exporter_loader.h"

namespace bench_profiler {

bool WantsPage(const Request& request) {
  return request.Get("format") == "html";
}

void ToPage(const std::string& title, Response* response) {
  if (response->status != 200) return;
  const std::string profile = std::move(response->body);
  response->body.clear();
  response->headers.clear();
  response->Set("X-Content-Type-Options", "nosniff");
  response->SetType(kHtml);
  Error error;
  const Exporter* exporter = LoadExporter(&error);
  if (exporter == nullptr) return response->Fail(500, error.message());
  const auto sink = SinkOf(&response->body);
  if (exporter->write_page(profile.data(), profile.size(), title.c_str(),
                           sink.write, sink.sink, &error) != 0) {
    response->Fail(400, error.message());
  }
}

}  // namespace bench_profiler
