#include "bench_profiler/formats/parsed_pprof_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "bench_profiler/formats/parsed_pprof_reader.h"
#include "tests/formats/parsed_profiles.h"

namespace bench_profiler {
namespace {

ParsedProfile WrittenAndRead(const ParsedProfile& profile) {
  ParsedProfile read;
  std::string error;
  EXPECT_TRUE(ReadPprof(WritePprof(profile), &read, &error)) << error;
  return read;
}

TEST(WritePprofTest, WritesEverything) {
  ParsedProfile profile =
      MakeParsed({{{"+a", "b", "main"},
                   -7,
                   {TextLabel("k", "x"), NumberLabel("bytes", 8, "bytes")}}});
  profile.default_value_type = "cpu";
  profile.comments = {"one", "two"};
  profile.drop_frames = "drop";
  profile.keep_frames = "keep";
  profile.doc_url = "http://x";
  profile.time_nanos = 3;
  profile.duration_nanos = 4;
  profile.mappings[0].build_id = "17";
  profile.mappings[0].offset = 5;
  profile.mappings[0].quality.has_filenames = true;
  profile.locations[0].is_folded = true;
  profile.locations[0].lines[0].column = 6;
  profile.locations[1].mapping = kNoMapping;
  const ParsedProfile read = WrittenAndRead(profile);
  EXPECT_EQ(SamplesOf(read), SamplesOf(profile));
  EXPECT_EQ(read.value_types[0].unit, "nanoseconds");
  EXPECT_EQ(read.default_value_type, "cpu");
  EXPECT_EQ(read.comments, profile.comments);
  EXPECT_EQ(read.drop_frames, "drop");
  EXPECT_EQ(read.keep_frames, "keep");
  EXPECT_EQ(read.doc_url, "http://x");
  EXPECT_EQ(read.period_type.type, "cpu");
  EXPECT_EQ(read.period, profile.period);
  EXPECT_EQ(read.time_nanos, 3);
  EXPECT_EQ(read.duration_nanos, 4);
  EXPECT_EQ(read.mappings[0].path, "/bin/made");
  EXPECT_EQ(read.mappings[0].build_id, "17");
  EXPECT_EQ(read.mappings[0].offset, 5U);
  EXPECT_EQ(read.mappings[0].limit, profile.mappings[0].limit);
  EXPECT_TRUE(read.mappings[0].quality.has_filenames);
  EXPECT_FALSE(read.mappings[0].quality.has_functions);
  EXPECT_TRUE(read.locations[0].is_folded);
  EXPECT_EQ(read.locations[0].address, profile.locations[0].address);
  EXPECT_EQ(read.locations[0].lines[0].column, 6);
  EXPECT_EQ(read.locations[0].lines[1].line, 21);
  EXPECT_EQ(read.locations[1].mapping, kNoMapping);
  EXPECT_EQ(read.functions[0].system_name, "_Za");
  EXPECT_EQ(read.functions[0].file, "a.cc");
  EXPECT_EQ(read.functions[0].start_line, 10);
  EXPECT_EQ(WritePprof(read), WritePprof(profile));
}

TEST(WritePprofTest, TextsBecomeUtf8) {
  EXPECT_EQ(SamplesOf(WrittenAndRead(MakeParsed({{{"a\xff"}, 1}}))),
            std::vector<std::string>{"a\xef\xbf\xbd 1"});
}

}  // namespace
}  // namespace bench_profiler
