#include "bench_profiler/report/measurement.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace bench_profiler {
namespace {

TEST(Measurement, ScalesToTheUnitThatIsAskedFor) {
  struct Case {
    int64_t value;
    const char* from;
    const char* to;
    double expected;
    const char* unit;
  };
  for (const Case& each : {
           Case{1, "s", "ms", 1000, "ms"},
           Case{1, "kb", "b", 1024, "B"},
           Case{1, "kbyte", "b", 1024, "B"},
           Case{1, "kilobyte", "b", 1024, "B"},
           Case{1, "mb", "kb", 1024, "kB"},
           Case{1, "gb", "mb", 1024, "MB"},
           Case{1024, "gb", "tb", 1, "TB"},
           Case{1024, "tb", "pb", 1, "PB"},
           Case{2048, "mb", "auto", 2, "GB"},
           Case{1, "s", "ns", 1e9, "ns"},
           Case{3600, "seconds", "minimum", 1, "hrs"},
           Case{-1000, "us", "ms", -1, "ms"},
           Case{1000, "BYTES", "kB", 1000.0 / 1024, "kB"},
           Case{5, "ns", "bytes", 5e-9, "s"},  // of another kind
           Case{0, "ns", "auto", 0, "s"},
           Case{7, "count", "count", 7, ""},
           Case{7, "count", "minimum", 7, ""},
           Case{7, "objects", "things", 7, "things"},
           Case{2000, "milligcu", "gcu", 2, "GCU"},
       }) {
    const Measurement scaled = Scale(each.value, each.from, each.to);
    EXPECT_DOUBLE_EQ(scaled.value, each.expected)
        << each.value << each.from << " in " << each.to;
    EXPECT_EQ(scaled.unit, each.unit)
        << each.value << each.from << " in " << each.to;
  }
  EXPECT_LT(Scale(INT64_MIN, "ns", "s").value, 0);
}

TEST(Measurement, HasTwoDigitsIfThereAreAny) {
  EXPECT_EQ(ScaledLabel(1500000, "nanoseconds", "auto"), "1.50ms");
  EXPECT_EQ(ScaledLabel(2000000, "nanoseconds", "auto"), "2ms");
  EXPECT_EQ(ScaledLabel(2048, "bytes", "mb"), "0");
  EXPECT_EQ(ScaledLabel(-2048, "bytes", "mb"), "0");
  EXPECT_EQ(ScaledLabel(-2560, "bytes", "auto"), "-2.50kB");
  EXPECT_EQ(ScaledLabel(12, "count", "minimum"), "12");
}

TEST(Measurement, SharesHaveTwoDigitsOrMore) {
  EXPECT_EQ(Percentage(1, 3), "33.33%");
  EXPECT_EQ(Percentage(-1, 3), "33.33%");
  EXPECT_EQ(Percentage(3, 3), "  100%");
  EXPECT_EQ(Percentage(99960, 100000), "  100%");
  EXPECT_EQ(Percentage(99940, 100000), "99.94%");
  EXPECT_EQ(Percentage(3, 2), "150.00%");
  EXPECT_EQ(Percentage(1, 1000), "  0.1%");
  EXPECT_EQ(Percentage(1, 3000000), "3.3e-05%");
  EXPECT_EQ(Percentage(0, 3), "    0%");
  EXPECT_EQ(Percentage(1, 0), "    0%");
}

TEST(Measurement, NumbersThatDoNotFitAreTheLeastOne) {
  EXPECT_EQ(ToInt64(-2.9), -2);
  EXPECT_EQ(ToInt64(1e30), INT64_MIN);
  EXPECT_EQ(ToInt64(-1e30), INT64_MIN);
  EXPECT_EQ(ToInt64(std::nan("")), INT64_MIN);
}

}  // namespace
}  // namespace bench_profiler
