#include "bench_profiler/report/number_range.h"

#include <charconv>
#include <string_view>

#include "bench_profiler/report/measurement.h"

namespace bench_profiler {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct End {
  std::string_view digits;  // with a sign
  std::string_view unit;
};

// Takes "-12kb" from the beginning of the text.
std::optional<End> TakeEnd(std::string_view* text) {
  size_t at = 0;
  if (!text->empty() && (text->front() == '+' || text->front() == '-')) at++;
  const size_t first_digit = at;
  while (at < text->size() && IsDigit((*text)[at])) at++;
  if (at == first_digit) return std::nullopt;
  End end;
  end.digits = text->substr(0, at);
  const size_t first_letter = at;
  while (at < text->size() && IsLetter((*text)[at])) at++;
  end.unit = text->substr(first_letter, at - first_letter);
  text->remove_prefix(at);
  return end;
}

bool Number(std::string_view digits, int64_t* number, std::string* error) {
  if (digits.front() == '+') digits.remove_prefix(1);
  const auto [stop, status] =
      std::from_chars(digits.data(), digits.data() + digits.size(), *number);
  if (status == std::errc()) return true;
  *error = std::string(digits) + " is too large";
  return false;
}

bool TakeColon(std::string_view* text) {
  if (text->empty() || text->front() != ':') return false;
  text->remove_prefix(1);
  return true;
}

}  // namespace

bool NumberRange::Contains(int64_t number,
                           const std::string& number_unit) const {
  const Measurement scaled = Scale(number, number_unit, unit);
  return scaled.unit == unit && !(least && scaled.value < *least) &&
         !(most && scaled.value > *most);
}

ParsedRange ParseRange(const std::string& text, NumberRange* range,
                       std::string* error) {
  std::string_view rest = text;
  const bool is_open_below = TakeColon(&rest);
  const std::optional<End> first = TakeEnd(&rest);
  if (!first) return ParsedRange::kOther;
  const bool has_colon = TakeColon(&rest);
  std::optional<End> second;
  if (!rest.empty()) {
    second = has_colon ? TakeEnd(&rest) : std::nullopt;
    if (!second || !rest.empty()) return ParsedRange::kOther;
  }
  const bool is_open_above = has_colon && !second;
  // ":1kb:" and ":1kb:2kb" are no ranges.
  if (is_open_below && (is_open_above || second)) return ParsedRange::kOther;

  int64_t number = 0;
  if (!Number(first->digits, &number, error)) return ParsedRange::kError;
  const Measurement one = Scale(number, first->unit, first->unit);
  range->unit = one.unit;
  if (!is_open_below) range->least = one.value;
  if (!is_open_above) range->most = one.value;
  if (!second) return ParsedRange::kRange;

  if (!Number(second->digits, &number, error)) return ParsedRange::kError;
  const Measurement other = Scale(number, second->unit, one.unit);
  if (other.unit != one.unit) return ParsedRange::kOther;
  range->most = other.value;
  return ParsedRange::kRange;
}

}  // namespace bench_profiler
