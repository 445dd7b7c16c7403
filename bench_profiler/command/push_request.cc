#include "bench_profiler/command/push_request.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <random>
#include <utility>

#include "bench_profiler/formats/gzip.h"
#include "bench_profiler/formats/utf8.h"
#include "bench_profiler/html/base64.h"
#include "bench_profiler/profile/parsed_merge.h"

namespace bench_profiler {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMaxShown = 300;  // characters of what a server says

// A random UUID, of version 4 (RFC 4122).
std::string MakeUuid() {
  std::random_device random;
  const auto bits = [&random] { return static_cast<unsigned>(random()); };
  char text[40];
  std::snprintf(text, sizeof(text), "%08x-%04x-4%03x-%04x-%04x%08x", bits(),
                bits() & 0xffff, bits() & 0xfff, (bits() & 0x3fff) | 0x8000,
                bits() & 0xffff, bits());
  return text;
}

std::string Gzip(const std::string& bytes) {
  GzipStream stream;
  for (size_t at = 0; at < bytes.size();) {
    void* room = nullptr;
    int size = 0;
    stream.Next(&room, &size);
    const size_t taken = std::min(bytes.size() - at, static_cast<size_t>(size));
    std::memcpy(room, bytes.data() + at, taken);
    stream.BackUp(size - static_cast<int>(taken));
    at += taken;
  }
  return stream.Finish();
}

// The first line, without what moves a terminal's cursor.
std::string FirstLine(const std::string& text) {
  std::string line = text.substr(0, text.find('\n')).substr(0, kMaxShown);
  for (char& c : line) {
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace

ParsedProfile WithoutSeriesLabels(ParsedProfile profile,
                                  const PushLabels& labels) {
  for (ParsedSample& sample : profile.samples) {
    const auto is_told = [&labels](const ParsedLabel& label) {
      return label.key == kThreadLabel || label.key == "repetition" ||
             labels.count(label.key) > 0;
    };
    sample.labels.erase(
        std::remove_if(sample.labels.begin(), sample.labels.end(), is_told),
        sample.labels.end());
  }
  return Compact(profile);
}

std::string PushBody(const PushLabels& labels, std::string_view pprof) {
  Json series;
  for (const auto& [name, value] : labels) {
    series["labels"].push_back({{"name", name}, {"value", ValidUtf8(value)}});
  }
  series["samples"].push_back(
      {{"ID", MakeUuid()}, {"rawProfile", Base64(pprof)}});
  Json json;
  json["series"].push_back(std::move(series));
  return Gzip(json.dump());
}

std::string RefusalOf(const HttpResponse& response) {
  std::string said = response.body;
  // Connect's errors are {"code": "invalid_argument", "message": "..."}.
  const Json json = Json::parse(said, nullptr, /*allow_exceptions=*/false);
  if (json.is_object()) {
    const auto message = json.find("message");
    const bool has_text = message != json.end() && message->is_string();
    said = has_text ? message->get<std::string>() : "";
  }
  said = FirstLine(said);
  // A page is no line for a terminal.
  if (!said.empty() && said[0] == '<') said.clear();
  if (said.empty() && !response.location.empty()) {
    said = "it is at " + FirstLine(response.location);
  }
  return FirstLine(response.reason) + (said.empty() ? "" : ": ") + said;
}

}  // namespace bench_profiler
