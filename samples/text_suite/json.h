// A small JSON reader (RFC 8259), to have something familiar to measure.
//
//   std::optional<JsonValue> value = ParseJson(R"({"id": 7, "tags": ["a"]})");
//   value->members["id"].number;   // 7
#ifndef BENCH_PROFILER_SAMPLES_TEXT_SUITE_JSON_H_
#define BENCH_PROFILER_SAMPLES_TEXT_SUITE_JSON_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text_suite {

struct JsonValue {
  enum class Type { kNull, kBool, kNumber, kString, kArray, kObject };

  Type type = Type::kNull;
  bool boolean = false;
  double number = 0;
  std::string string;
  std::vector<JsonValue> elements;
  std::map<std::string, JsonValue> members;
};

// Nothing if `text` is no JSON. Of the escapes it knows those of one character.
std::optional<JsonValue> ParseJson(std::string_view text);

}  // namespace text_suite

#endif  // BENCH_PROFILER_SAMPLES_TEXT_SUITE_JSON_H_
