#include "bench_profiler/formats/parsed_formats.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench_profiler/formats/parsed_pprof_reader.h"
#include "tests/formats/parsed_profiles.h"
#include "tests/support/program.h"
#include "tests/support/trace_view.h"

namespace bench_profiler {
namespace {

std::string Converted(const char* format, const ParsedProfile& profile,
                      const ConversionOptions& options = {}) {
  return FindParsedFormat(format)->write(profile, options);
}

// A second type of values, ten times the first.
ParsedProfile WithTwoTypes(ParsedProfile profile) {
  profile.value_types = {{"alloc_objects", "count"}, {"alloc_space", "bytes"}};
  for (ParsedSample& sample : profile.samples) {
    sample.values.push_back(sample.values[0] * 10);
  }
  return profile;
}

TEST(ParsedFormatsTest, AreFoundByNameAndByFile) {
  EXPECT_EQ(FindParsedFormat("svg"), nullptr);
  EXPECT_STREQ(ParsedFormatOfFile("a/b.pb.gz")->name, "pprof");
  EXPECT_STREQ(ParsedFormatOfFile("b.speedscope.json")->name, "speedscope");
  EXPECT_EQ(ParsedFormatOfFile("b.html"), nullptr);
  EXPECT_EQ(ParsedFormatOfFile(""), nullptr);
}

TEST(ParsedFormatsTest, FoldedHasALineForEachStack) {
  ParsedProfile profile = MakeParsed({{{"+in", "out", "main"}, 3},
                                      {{"main"}, 2},
                                      {{"main"}, 4, {TextLabel("k", "x")}},
                                      {{"a;b\nc", "main"}, 1},
                                      {{"gone"}, 0},
                                      {{"less"}, -5},
                                      {{}, 7}});
  EXPECT_EQ(Converted("folded", profile),
            "<unknown> 7\nless -5\nmain 6\nmain;a:b c 1\nmain;out;in 3\n");
  ConversionOptions options;
  options.value = 1;
  EXPECT_EQ(
      Converted("folded", WithTwoTypes(MakeParsed({{{"main"}, 2}})), options),
      "main 20\n");
}

TEST(ParsedFormatsTest, FramesWithoutFunctionsHaveTheNameOfTheirFile) {
  ParsedProfile profile = MakeParsed({{{"a"}, 1}, {{"b"}, 2}, {{"c"}, 4}});
  profile.locations[0].lines.clear();
  profile.locations[1].lines.clear();
  profile.locations[1].mapping = kNoMapping;
  profile.functions[2].name.clear();
  EXPECT_EQ(Converted("folded", profile), "<unknown> 2\n[made] 1\n_Zc 4\n");
  profile.mappings[0].path = "[vdso]";
  EXPECT_EQ(Converted("folded", profile), "<unknown> 2\n[vdso] 1\n_Zc 4\n");
}

TEST(ParsedFormatsTest, SpeedscopeHasAllTypesAndInlinedFrames) {
  const ParsedProfile profile = WithTwoTypes(
      MakeParsed({{{"+in", "out"}, 3}, {{"out"}, 2}, {{"b"}, -1}}));
  ConversionOptions options;
  options.value = 1;
  options.title = "\xff<script>";
  const auto file =
      nlohmann::json::parse(Converted("speedscope", profile, options));
  EXPECT_EQ(file["$schema"],
            "https://www.speedscope.app/file-format-schema.json");
  EXPECT_EQ(file["name"], "\xef\xbf\xbd<script>");
  EXPECT_EQ(file["activeProfileIndex"], 1);
  const auto& frames = file["shared"]["frames"];
  ASSERT_EQ(frames.size(), 3U);  // out, in, b
  EXPECT_EQ(frames[0]["name"], "out");
  EXPECT_EQ(frames[0]["file"], "out.cc");
  EXPECT_EQ(frames[0]["line"], 10);
  ASSERT_EQ(file["profiles"].size(), 2U);
  EXPECT_EQ(file["profiles"][0]["unit"], "none");
  const auto& bytes = file["profiles"][1];
  EXPECT_EQ(bytes["type"], "sampled");
  EXPECT_EQ(bytes["name"], "alloc_space");
  EXPECT_EQ(bytes["unit"], "bytes");
  EXPECT_EQ(bytes["startValue"], 0);
  EXPECT_EQ(bytes["endValue"], 50);
  EXPECT_EQ(bytes["samples"], nlohmann::json({{0}, {0, 1}}));
  EXPECT_EQ(bytes["weights"], nlohmann::json({20, 30}));
  options.only_value = true;
  const auto one =
      nlohmann::json::parse(Converted("speedscope", profile, options));
  EXPECT_EQ(one["profiles"].size(), 1U);
  EXPECT_EQ(one["activeProfileIndex"], 0);
}

TEST(ParsedFormatsTest, PerfettoHasAsManySamplesAsAStackIsDear) {
  const ParsedProfile profile = MakeParsed(
      {{{"+in", "out", "main"}, 3000000}, {{"main"}, 1000000}, {{"less"}, -5}});
  const std::string bytes = Converted("perfetto", profile);
  const TraceView trace = ParseTrace(bytes);
  ASSERT_TRUE(trace.valid) << trace.problem;
  size_t inlined = 0;
  int64_t nanos = 0;
  for (const TraceSampleView& sample : trace.samples) {
    if (sample.functions == std::vector<std::string>{"in", "out", "main"}) {
      ++inlined;
      nanos += sample.nanos;
    }
  }
  EXPECT_NEAR(static_cast<double>(inlined), 7500, 2);
  EXPECT_NEAR(static_cast<double>(trace.samples.size()), 10000, 4);
  EXPECT_NEAR(static_cast<double>(nanos), 3e6, 1e4);
  TemporaryFolder folder;
  const std::string path = folder / "made.perfetto-trace";
  std::ofstream(path) << bytes;
  std::string counts;
  EXPECT_EQ(CheckWithUpstream(path, &counts), "");
}

TEST(ParsedFormatsTest, PerfettoTakesBuildIdsThatAreNumbers) {
  ParsedProfile profile = MakeParsed({{{"main"}, 1}});
  for (const char* build_id : {"a1B2", "a1b", "Kx-9/goBuildId"}) {
    profile.mappings[0].build_id = build_id;
    EXPECT_TRUE(ParseTrace(Converted("perfetto", profile)).valid) << build_id;
  }
}

TEST(ParsedFormatsTest, ProfilesWithoutSamplesHaveAllForms) {
  ParsedProfile profile;
  for (const ParsedFormat& format : AllParsedFormats()) {
    format.write(profile, {});
    ParsedProfile zero = MakeParsed({{{"a"}, 0}});
    format.write(zero, {});
  }
  EXPECT_EQ(Converted("folded", profile), "");
  ParsedProfile read;
  std::string error;
  EXPECT_TRUE(ReadPprof(Converted("pprof", profile), &read, &error)) << error;
}

}  // namespace
}  // namespace bench_profiler
