#include "bench_profiler/report/go_time.h"

#include <cstdio>
#include <ctime>

namespace bench_profiler {
namespace {

constexpr uint64_t kSecond = 1000000000;

// ".5" of 500 of 1000; "" if there is no rest.
std::string Fraction(uint64_t part, uint64_t whole) {
  std::string digits;
  for (; part != 0 && whole > 1; part %= whole) {
    whole /= 10;
    digits += static_cast<char>('0' + part / whole);
  }
  return digits.empty() ? "" : "." + digits;
}

}  // namespace

std::string GoTime(int64_t nanos_since_epoch) {
  constexpr auto kNanos = static_cast<int64_t>(kSecond);
  int64_t nanos = nanos_since_epoch % kNanos;
  std::time_t seconds = nanos_since_epoch / kNanos;
  if (nanos < 0) {
    nanos += kNanos;
    --seconds;
  }
  std::tm local = {};
  localtime_r(&seconds, &local);
  char date[64], zone[64];
  if (std::strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &local) == 0 ||
      std::strftime(zone, sizeof(zone), " %z %Z", &local) == 0) {
    return "";
  }
  return date + Fraction(static_cast<uint64_t>(nanos), kSecond) + zone;
}

std::string GoDuration(int64_t nanos) {
  if (nanos == 0) return "0s";
  const std::string sign = nanos < 0 ? "-" : "";
  const uint64_t total =
      nanos < 0 ? -static_cast<uint64_t>(nanos) : static_cast<uint64_t>(nanos);
  const auto shown = [&](uint64_t unit, const char* name) {
    return std::to_string(total / unit) + Fraction(total % unit, unit) + name;
  };
  if (total < 1000) return sign + shown(1, "ns");
  if (total < 1000000) return sign + shown(1000, "\u00b5s");
  if (total < kSecond) return sign + shown(1000000, "ms");
  const uint64_t seconds = total / kSecond;
  std::string text =
      std::to_string(seconds % 60) + Fraction(total % kSecond, kSecond) + "s";
  if (seconds >= 60) text = std::to_string(seconds / 60 % 60) + "m" + text;
  if (seconds >= 3600) text = std::to_string(seconds / 3600) + "h" + text;
  return sign + text;
}

}  // namespace bench_profiler
