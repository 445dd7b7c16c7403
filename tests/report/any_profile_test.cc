// Reports and formats of profiles that are valid, but that nobody would make:
// stacks of everything, huge and negative values, names that are empty or odd.
// Under AddressSanitizer and UndefinedBehaviorSanitizer, most of all.
#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench_profiler/formats/parsed_flame_svg.h"
#include "bench_profiler/formats/parsed_formats.h"
#include "bench_profiler/report/reports.h"

namespace bench_profiler {
namespace {

class ProfileMaker {
 public:
  explicit ProfileMaker(unsigned seed) : random_(seed) {}

  ParsedProfile Make() {
    ParsedProfile profile;
    for (uint64_t i = Below(3) + 1; i > 0; --i) {
      profile.value_types.push_back({Text(), Unit()});
    }
    profile.default_value_type = Text();
    profile.period_type = {Text(), Unit()};
    profile.period = Number();
    profile.time_nanos = Number();
    profile.duration_nanos = Number();
    for (uint64_t i = Below(3); i > 0; --i) {
      profile.comments.push_back(Text());
    }
    if (Below(4) == 0) profile.drop_frames = "main.*";
    profile.mappings.resize(Below(3));
    for (ParsedMapping& mapping : profile.mappings) {
      mapping.start = static_cast<uint64_t>(Number());
      mapping.limit = static_cast<uint64_t>(Number());
      mapping.path = Text();
      mapping.build_id = Text();
    }
    profile.functions.resize(Below(5) + 1);
    for (ParsedFunction& function : profile.functions) {
      function = {Text(), Text(), Text(), Number()};
    }
    profile.locations.resize(Below(6) + 1);
    for (ParsedLocation& location : profile.locations) Fill(profile, &location);
    profile.samples.resize(Below(8));
    for (ParsedSample& sample : profile.samples) Fill(profile, &sample);
    return profile;
  }

  uint64_t Below(uint64_t limit) { return random_() % limit; }

 private:
  void Fill(const ParsedProfile& profile, ParsedLocation* location) {
    location->address = static_cast<uint64_t>(Number());
    if (!profile.mappings.empty() && Below(4) > 0) {
      location->mapping = Index(profile.mappings.size());
    }
    location->lines.resize(Below(4));
    for (ParsedLine& line : location->lines) {
      line.function = Index(profile.functions.size());
      line.line = Number();
    }
    location->is_folded = Below(4) == 0;
  }

  void Fill(const ParsedProfile& profile, ParsedSample* sample) {
    sample->locations.resize(Below(6));
    for (uint32_t& location : sample->locations) {
      location = Index(profile.locations.size());
    }
    for (size_t i = 0; i < profile.value_types.size(); ++i) {
      sample->values.push_back(Number());
    }
    sample->labels.resize(Below(3));
    for (ParsedLabel& label : sample->labels) {
      label.key = Text();
      label.is_number = Below(2) == 0;
      if (label.is_number) {
        label.number = Number();
        label.unit = Unit();
      } else {
        label.text = Text();
      }
    }
  }

  uint32_t Index(size_t size) { return static_cast<uint32_t>(Below(size)); }

  int64_t Number() {
    static constexpr int64_t kNumbers[] = {
        0,         1,         1,  2,         7,         -1, 1000, 4000000,
        INT64_MAX, INT64_MIN, 64, 123456789, -98765432, 1,  1};
    return kNumbers[Below(std::size(kNumbers))];
  }

  std::string Text() {
    static const char* const kTexts[] = {
        "",           "cpu",      "main",   "main",   "a::B<int>::c(d)",
        "bytes",      "\xff\xfe", "a;b\nc", "<b>&\"", "/usr/lib/x.so (deleted)",
        "operator()", "[vdso]",   "~",      "((",     "_ZN1a1bEv"};
    return kTexts[Below(std::size(kTexts))];
  }

  std::string Unit() {
    static const char* const kUnits[] = {"nanoseconds", "bytes", "count", "",
                                         "ms"};
    return kUnits[Below(std::size(kUnits))];
  }

  std::mt19937 random_;  // the same numbers everywhere
};

TEST(AnyProfileTest, HasReportsInAllFormsOrALineThatSaysWhyNot) {
  size_t made = 0;
  for (unsigned seed = 0; seed < 150; ++seed) {
    ProfileMaker maker(seed);
    const ParsedProfile profile = maker.Make();
    ReportOptions options;
    options.granularity = static_cast<Granularity>(maker.Below(5));
    options.no_inlines = maker.Below(4) == 0;
    options.cumulative = maker.Below(2) == 0;
    options.call_tree = maker.Below(4) == 0;
    options.mean = maker.Below(4) == 0;
    options.relative_percentages = maker.Below(4) == 0;
    options.trim = maker.Below(2) == 0;
    if (maker.Below(4) == 0) options.focus = "main|a";
    if (maker.Below(4) == 0) options.hide = "b";
    if (maker.Below(4) == 0) options.tag_focus = "1:64";
    if (maker.Below(4) == 0) options.tag_root = "cpu,main";
    for (const Report& report : AllReports()) {
      std::string text;
      std::string error;
      std::vector<std::string> warnings;
      if (MakeReport(report, profile, options, "a", &text, &warnings, &error)) {
        ++made;
      } else {
        EXPECT_FALSE(error.empty()) << report.name << " " << seed;
        EXPECT_EQ(error.find('\n'), std::string::npos) << error;
      }
    }
    for (size_t value = 0; value < profile.value_types.size(); ++value) {
      ConversionOptions conversion;
      conversion.value = value;
      for (const ParsedFormat& format : AllParsedFormats()) {
        format.write(profile, conversion);
      }
      FlameOptions flame;
      flame.value = value;
      ToFlameSvg(profile, flame);
    }
  }
  EXPECT_GT(made, 150U);
}

}  // namespace
}  // namespace bench_profiler
