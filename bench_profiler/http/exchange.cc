#include "bench_profiler/http/exchange.h"

#include <time.h>

#include <algorithm>
#include <iterator>
#include <new>

namespace bench_profiler {
namespace {

constexpr int64_t kSecond = 1000000000;

int64_t MonotonicNanos() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * kSecond + now.tv_nsec;
}

// Signals may come meanwhile.
void SleepUntil(int64_t nanos) {
  timespec time;
  time.tv_sec = nanos / kSecond;
  time.tv_nsec = nanos % kSecond;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr) != 0) {
  }
}

bool Append(void* body, const char* bytes, size_t size) {
  try {
    static_cast<std::string*>(body)->append(bytes, size);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

}  // namespace

void Response::Set(const std::string& header, const std::string& value) {
  for (auto& [name, present] : headers) {
    if (name != header) continue;
    present = value;
    return;
  }
  headers.emplace_back(header, value);
}

void Response::SetFile(std::string_view name) {
  // A header holds no other characters, and a quote would end it.
  std::string file(name);
  std::replace_if(
      file.begin(), file.end(),
      [](char c) { return c < ' ' || c > '~' || c == '"' || c == '\\'; }, '_');
  SetType(kBinary);
  Set("Content-Disposition", "attachment; filename=\"" + file + "\"");
}

void Response::Fail(int error_status, const std::string& text) {
  status = error_status;
  headers.clear();
  Set("X-Content-Type-Options", "nosniff");
  SetType(kText);
  Set("X-Go-Pprof", "1");
  body = text + "\n";
}

void Refuse(const pprof::internal::PlainHttpCaller& caller, int status,
            std::string_view line) {
  using pprof::internal::PlainText;
  const auto plain = [](std::string_view text) {
    return PlainText{text.data(), text.size()};
  };
  const pprof::internal::PlainHttpHeader headers[] = {
      {plain("X-Content-Type-Options"), plain("nosniff")},
      {plain("Content-Type"), plain(kText)},
      {plain("X-Go-Pprof"), plain("1")}};
  pprof::internal::PlainHttpResponse response;
  response.status = status;
  response.headers = headers;
  response.num_headers = std::size(headers);
  response.body = plain(line);
  caller.answer(caller.caller, response);
}

bool Wait(const Request& request, double seconds) {
  constexpr int64_t kTick = kSecond / 10;
  const int64_t end =
      MonotonicNanos() + static_cast<int64_t>(seconds * double{kSecond});
  for (;;) {
    if (request.IsCancelled()) return false;
    const int64_t now = MonotonicNanos();
    if (now >= end) return true;
    SleepUntil(std::min(now + kTick, end));
  }
}

pprof::internal::PlainSink SinkOf(std::string* body) {
  pprof::internal::PlainSink sink;
  sink.sink = body;
  sink.write = Append;
  sink.finish = [](void*) { return true; };
  sink.problem = [](void*) -> const char* { return "no memory left"; };
  sink.destroy = [](void*) {};
  return sink;
}

}  // namespace bench_profiler
