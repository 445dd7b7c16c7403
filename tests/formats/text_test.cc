// The texts of Go's runtime/pprof, byte for byte, and what Go reads out of
// them.
#include "bench_profiler/formats/text.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class TextTest : public testing::Test {
 protected:
  TextTest() {
    code_.functions = {{"main", "main", "a.cc", 1},
                       {"Open(int)", "_Z4Openi", "a_file.cc", 5},
                       {"Inlined", "Inlined", "", 0}};
    // At 0x10f and 0x20f, before the return addresses.
    code_.locations = {{0x10f, 0x100, 0, {{0, 12}}},
                       {0x20f, 0x200, 0, {{2, 0}, {1, 7}}},
                       {0x30f, 0, kNoMapping, {}}};
    code_.frames = {{}, {0, 0}, {1, 1}, {2, 1}};  // root, main, Open, unknown
  }

  void Add(uint32_t frame, std::array<int64_t, kMaxSampleValues> values,
           uint32_t labels = 0, uint64_t size = 0) {
    Sample sample;
    sample.frame = frame;
    sample.values = values;
    sample.labels = labels;
    sample.size = size;
    profile_.samples.push_back(sample);
  }

  std::string Text() {
    profile_.code = std::make_shared<const Code>(code_);
    return ToText(profile_);
  }

  // What `go tool pprof -raw` prints of the text.
  ProgramResult Raw() {
    const TemporaryFolder folder;
    std::ofstream(folder / "text") << Text();
    return RunProgram({"go", "tool", "pprof", "-raw", folder / "text"});
  }

  Code code_;
  Profile profile_;
};

TEST_F(TextTest, CountsComeWithStacksTheMostFirst) {
  profile_.name = "myapp.files";
  Add(3, {1});
  Add(2, {1});
  Add(2, {2});
  EXPECT_EQ(Text(),
            "myapp.files profile: total 4\n"
            "3 @ 0x210 0x110\n"
            "#\t0x210\tInlined+0x10\t??:0\n"
            "#\t0x210\tOpen(int)+0x10\ta_file.cc:7\n"
            "#\t0x110\tmain+0x10\ta.cc:12\n"
            "\n"
            "1 @ 0x310 0x110\n"
            "#\t0x310\n"
            "#\t0x110\tmain+0x10\ta.cc:12\n"
            "\n");
  const ProgramResult raw = Raw();
  if (raw.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_EQ(raw.exit_code, 0) << raw.err;
  EXPECT_NE(raw.out.find("3: 1 2"), std::string::npos) << raw.out;
  EXPECT_NE(raw.out.find("0x20f"), std::string::npos) << raw.out;
}

TEST_F(TextTest, ColumnsAreAlignedAsTabwriterDoesIt) {
  code_.functions[0].name = "a_name_that_is_rather_long";
  Add(2, {1});
  EXPECT_NE(Text().find("#\t0x210\tInlined+0x10\t\t\t??:0\n"
                        "#\t0x210\tOpen(int)+0x10\t\t\ta_file.cc:7\n"
                        "#\t0x110\ta_name_that_is_rather_long+0x10\ta.cc:12\n"),
            std::string::npos)
      << Text();
}

TEST_F(TextTest, LabelsTellStacksApart) {
  profile_.name = "files";
  profile_.label_sets = {{},
                         {{"user", "\"7\"\n", 0, ""}, {"at", "\xff", 0, ""}}};
  Add(1, {1});
  Add(1, {2}, 1);
  EXPECT_EQ(Text(),
            "files profile: total 3\n"
            "2 @ 0x110\n"
            "# labels: {\"at\":\"\xef\xbf\xbd\", \"user\":\"\\\"7\\\"\\x0a\"}\n"
            "#\t0x110\tmain+0x10\ta.cc:12\n"
            "\n"
            "1 @ 0x110\n"
            "#\t0x110\tmain+0x10\ta.cc:12\n"
            "\n");
}

TEST_F(TextTest, HeapsHaveARowForEachSize) {
  profile_.name = "allocs";
  profile_.text_form = TextForm::kHeap;
  Add(1, {10, 640, 1, 64}, 0, 64);
  Add(1, {2, 2000, 2, 2000}, 0, 1000);
  EXPECT_EQ(Text(),
            "heap profile: 3: 2064 [12: 2640] @ heap/2\n"
            "2: 2000 [2: 2000] @ 0x110\n"
            "#\t0x110\tmain+0x10\ta.cc:12\n"
            "\n"
            "1: 64 [10: 640] @ 0x110\n"
            "#\t0x110\tmain+0x10\ta.cc:12\n"
            "\n");
  // No estimate is made of an estimate.
  const ProgramResult raw = Raw();
  if (raw.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_EQ(raw.exit_code, 0) << raw.err;
  EXPECT_NE(raw.out.find("10        640          1         64: 1"),
            std::string::npos)
      << raw.out;
}

TEST_F(TextTest, ContentionsAreSortedByDelay) {
  profile_.name = "block";
  profile_.text_form = TextForm::kBlock;
  Add(1, {3, 1500});
  const std::string rows =
      "1500 3 @ 0x110\n"
      "#\t0x110\tmain+0x10\ta.cc:12\n"
      "\n";
  EXPECT_EQ(Text(), "--- contention:\ncycles/second=1000000000\n" + rows);
  profile_.name = "mutex";
  profile_.text_form = TextForm::kMutex;
  EXPECT_EQ(Text(),
            "--- mutex:\ncycles/second=1000000000\nsampling period=1\n" + rows);
  // pprof reads these texts, too.
  const ProgramResult raw = Raw();
  if (raw.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_EQ(raw.exit_code, 0) << raw.err;
  EXPECT_NE(raw.out.find("3       1500: 1"), std::string::npos) << raw.out;
}

TEST_F(TextTest, OthersHaveNone) {
  profile_.text_form = TextForm::kNone;
  Add(1, {1});
  EXPECT_EQ(Text(), "");
}

}  // namespace
}  // namespace bench_profiler
