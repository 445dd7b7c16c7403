// Profiles as they are now, and by how much they change.
#include "bench_profiler/http/handlers.h"
#include "bench_profiler/http/limits.h"
#include "bench_profiler/pprof/profile_registry.h"
#include "bench_profiler/pprof/table_profile.h"

namespace bench_profiler {
namespace {

// Null if there is no such profile.
RegisteredProfile* Find(const std::string& name) {
  // It ends at the first NUL, in a URL "%00".
  if (name.find('\0') != std::string::npos) return nullptr;
  return static_cast<RegisteredProfile*>(pprof::Lookup(name.c_str()));
}

void ServeNow(RegisteredProfile* profile, const Request& request,
              Response* response) {
  // ?gc=1 is taken and ignored: memory is freed when the program frees it.
  const int64_t debug = ParseSwitch(request.Get("debug"));
  if (debug == 0) {
    response->SetFile(request.profile);
  } else {
    response->SetType(kText);
  }
  if (request.is_head) return;
  const int form = debug == 0 ? 0 : debug == 1 ? 1 : 2;
  const auto sink = SinkOf(&response->body);
  TableProfile* table = profile->AsTable();
  if (table == nullptr) {
    const Error error = profile->Write(sink, form);
    if (error) response->Fail(500, error.message());
    return;
  }
  const TableMomentPointer now = table->Now();
  if (now == nullptr) return response->Fail(500, kNotCollected);
  const Error error = table->WriteMoment(*now, sink, form);
  if (error) response->Fail(500, error.message());
}

void ServeChange(const TableProfile* table, const std::string& seconds_text,
                 const Request& request, Response* response) {
  const int64_t seconds = ParseInt(seconds_text).value_or(0);
  if (seconds <= 0) return response->Fail(400, kNoSeconds);
  if (table == nullptr) return response->Fail(400, kNoChange);
  if (seconds > kMaxSeconds) return response->Fail(400, kTooLong);
  if (ParseSwitch(request.Get("debug")) != 0) {
    return response->Fail(400, kNoTextOfChange);
  }
  response->SetFile(request.profile + "-delta");
  if (request.is_head) return;
  const TableMomentPointer before = table->Now();
  if (before == nullptr) return response->Fail(500, kNotCollected);
  if (!Wait(request, static_cast<double>(seconds)))
    return response->Fail(500, kCancelled);
  const TableMomentPointer now = table->Now();
  if (now == nullptr) return response->Fail(500, kNotCollected);
  const Error error = table->WriteChange(*before, *now, Subtracted::kAllValues,
                                         SinkOf(&response->body));
  if (error) response->Fail(500, kNotSubtracted);
}

}  // namespace

void ServeTable(const Request& request, Response* response) {
  RegisteredProfile* profile = Find(request.profile);
  if (profile == nullptr) return response->Fail(404, kUnknown);
  const std::string seconds = request.Get("seconds");
  if (seconds.empty()) return ServeNow(profile, request, response);
  ServeChange(profile->AsTable(), seconds, request, response);
}

}  // namespace bench_profiler
