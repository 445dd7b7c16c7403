// JSON that a test reads.
//
//   const Json run = Json::Parse(result.out)["benchmarks"][0];
//   EXPECT_EQ(run["allocs/op"], 3.0) << run;
//
// The library that parses it stays in json.cc: to include its header takes each
// test four seconds of compilation, ten with sanitizers.
#ifndef BENCH_PROFILER_TESTS_SUPPORT_JSON_H_
#define BENCH_PROFILER_TESTS_SUPPORT_JSON_H_

#include <cstddef>
#include <map>
#include <ostream>
#include <string>
#include <type_traits>
#include <vector>

namespace bench_profiler {

class Json {
 public:
  // Throws if `text` is not JSON.
  static Json Parse(const std::string& text);

  Json() = default;

  bool IsNull() const { return kind_ == Kind::kNull; }
  bool IsString() const { return kind_ == Kind::kString; }
  double Number() const;  // not a number if it is none
  const std::string& Text() const { return text_; }  // "" if it is none

  // What an object or array holds; null if it does not.
  const Json& operator[](const std::string& key) const;
  const Json& operator[](size_t index) const;
  bool Has(const std::string& key) const { return fields_.count(key) > 0; }
  size_t size() const { return items_.size(); }  // of an array
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

  // No value equals one of another type.
  template <class T>
  bool operator==(const T& other) const {
    if constexpr (std::is_same_v<T, bool>) {
      return kind_ == Kind::kBool && (number_ != 0) == other;
    } else if constexpr (std::is_arithmetic_v<T>) {
      return kind_ == Kind::kNumber && number_ == static_cast<double>(other);
    } else {
      return kind_ == Kind::kString && text_ == other;
    }
  }
  template <class T>
  bool operator!=(const T& other) const {
    return !(*this == other);
  }

  friend std::ostream& operator<<(std::ostream& out, const Json& json) {
    return out << json.source_;
  }

 private:
  friend struct JsonMaker;
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  Kind kind_ = Kind::kNull;
  double number_ = 0;
  std::string text_;
  std::vector<Json> items_;
  std::map<std::string, Json> fields_;
  std::string source_ = "null";
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_SUPPORT_JSON_H_
