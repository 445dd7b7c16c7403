// One profile, message by message, of code made by hand.
#include "bench_profiler/formats/pprof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class PprofTest : public testing::Test {
 protected:
  PprofTest() {
    code_.mappings.resize(3);
    code_.mappings[0].path = "/program";
    code_.mappings[0].build_id = "0aff";
    code_.mappings[0].quality.has_functions = true;
    code_.mappings[1].path = "/library";
    code_.mappings[2].path = "/library";
    code_.frames.resize(1);
    profile_.value_types = {{"samples", "count"}};
    profile_.default_value_type = "samples";
  }

  // A frame that calls no other so far. Returns its number.
  uint32_t AddFrame(uint32_t caller, uint64_t address, uint32_t mapping,
                    const std::vector<std::string>& functions = {}) {
    Location location;
    location.address = address;
    location.mapping = mapping;
    for (const std::string& name : functions) {
      location.lines.push_back(
          {static_cast<uint32_t>(code_.functions.size()), 7});
      code_.functions.push_back({name, name, "a.cc", 5});
    }
    code_.frames.push_back(
        {static_cast<uint32_t>(code_.locations.size()), caller});
    code_.locations.push_back(location);
    return static_cast<uint32_t>(code_.frames.size() - 1);
  }

  void AddSample(uint32_t leaf, uint32_t labels = 0, uint64_t size = 0) {
    Sample sample;
    sample.frame = leaf;
    sample.labels = labels;
    sample.size = size;
    sample.values[0] = 1;
    profile_.samples.push_back(sample);
  }

  ProfileView Write() {
    profile_.code = std::make_shared<const Code>(code_);
    const TemporaryFolder folder;
    std::ofstream(folder / "profile", std::ios::binary) << ToPprof(profile_);
    ProfileView view = ReadProfile(folder / "profile");
    raw_ = RunProgram({"go", "tool", "pprof", "-raw", folder / "profile"});
    return view;
  }

  Code code_;
  Profile profile_;
  ProgramResult raw_;  // of go tool pprof; exit code 127 without go
};

TEST_F(PprofTest, InlinedFunctionsComeBeforeTheirCallers) {
  const uint32_t main = AddFrame(0, 0x10, 0, {"main"});
  AddSample(AddFrame(main, 0x20, 0, {"innermost", "middle", "emitted"}));
  const ProfileView view = Write();
  ASSERT_TRUE(view.valid) << view.problem;
  ASSERT_EQ(view.samples.size(), 1u);
  EXPECT_EQ(
      view.samples[0].functions,
      (std::vector<std::string>{"innermost", "middle", "emitted", "main"}));
}

TEST_F(PprofTest, GoSeesMappingsFunctionsAndLines) {
  const uint32_t main = AddFrame(0, 0x10, 0, {"main"});
  const uint32_t without_symbols = AddFrame(main, 0x20, 2);
  const uint32_t generated_code = AddFrame(without_symbols, 0x30, kNoMapping);
  AddSample(generated_code);
  const ProfileView view = Write();
  ASSERT_TRUE(view.valid) << view.problem;
  if (raw_.exit_code == 127) GTEST_SKIP() << "go is not installed";
  const auto has = [&](const std::string& part) {
    return raw_.out.find(part) != std::string::npos;
  };
  // Since Go 1.24 with a column.
  EXPECT_TRUE(has("main a.cc:7 s=5") || has("main a.cc:7:0 s=5")) << raw_.out;
  EXPECT_TRUE(has("0x20 M=2")) << raw_.out;
  EXPECT_TRUE(has("/program 0aff [FN]")) << raw_.out;
  // Of the library's two segments only the one in use.
  EXPECT_EQ(raw_.out.find("/library"), raw_.out.rfind("/library")) << raw_.out;
}

TEST_F(PprofTest, TheProgramIsTheFirstMappingEvenIfNothingOfItRan) {
  AddSample(AddFrame(0, 0x20, 1));
  ASSERT_TRUE(Write().valid);
  if (raw_.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_NE(raw_.out.find("0x20 M=2"), std::string::npos) << raw_.out;
}

TEST_F(PprofTest, SamplesThatDifferInLabelsOrSizeAreSeveral) {
  const uint32_t main = AddFrame(0, 0x10, 0, {"main"});
  profile_.label_sets = {{{"a", "1", 0, ""}},
                         {{"a", "2", 0, ""}},
                         {{"a", "1", 0, ""}},  // the first once more
                         {{"a", "1", 0, ""}, {"b", "", 7, "kilobytes"}}};
  for (uint32_t i = 0; i < 12; ++i) AddSample(main, i % 4, i < 4 ? 0 : 64);
  const ProfileView view = Write();
  ASSERT_TRUE(view.valid) << view.problem;
  ASSERT_EQ(view.samples.size(), 6u);
  const auto sum = [&](const std::string& a, const std::string& b,
                       const std::string& bytes) {
    return view.Sum("samples", [&](const SampleView& sample) {
      return sample.Label("a") == a && sample.Label("b") == b &&
             sample.Label("bytes") == bytes;
    });
  };
  EXPECT_EQ(sum("1", "", ""), 2);
  EXPECT_EQ(sum("2", "", ""), 1);
  EXPECT_EQ(sum("1", "7", ""), 1);
  EXPECT_EQ(sum("1", "", "64"), 4);
  EXPECT_EQ(sum("2", "", "64"), 2);
  EXPECT_EQ(sum("1", "7", "64"), 2);
}

TEST_F(PprofTest, TheOrderOfSamplesAndLabelSetsDoesNotMatter) {
  const uint32_t main = AddFrame(0, 0x10, 0, {"main"});
  const uint32_t leaf = AddFrame(main, 0x20, 2, {"leaf"});
  profile_.label_sets = {{{"a", "1", 0, ""}}, {{"b", "2", 0, ""}}};
  for (const uint32_t frame : {main, leaf}) {
    for (const uint32_t labels : {0, 1}) AddSample(frame, labels, 8 * labels);
  }
  profile_.code = std::make_shared<const Code>(code_);
  const std::string bytes = ToPprof(profile_);
  std::reverse(profile_.samples.begin(), profile_.samples.end());
  EXPECT_EQ(ToPprof(profile_), bytes);
  std::reverse(profile_.label_sets.begin(), profile_.label_sets.end());
  for (Sample& sample : profile_.samples) sample.labels = 1 - sample.labels;
  EXPECT_EQ(ToPprof(profile_), bytes);
}

// Most readers refuse a profile in which one string is no UTF-8.
TEST_F(PprofTest, BytesThatAreNoTextAreReplaced) {
  const std::map<std::string, std::string> cases = {
      {"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", ""},  // e acute, euro, a face
      {"\xf4\x8f\xbf\xbf\xee\x80\x80\xed\x9f\xbf", ""},
      {"a\xff", "a?"},
      {"\xc3", "?"},                 // cut off
      {"\xe2\x82", "??"},            // cut off
      {"\xc0\xaf", "??"},            // overlong '/'
      {"\xe0\x80\xaf", "???"},       // overlong '/'
      {"\xed\xa0\x80", "???"},       // a surrogate
      {"\xf4\x90\x80\x80", "????"},  // beyond U+10FFFF
      {"\xe2(\xa1", "?(?"},
  };
  for (const auto& [bytes, expected] : cases) {
    std::string wanted;
    for (const char c : expected) {
      wanted += c == '?' ? std::string("\xef\xbf\xbd") : std::string(1, c);
    }
    profile_.label_sets = {{{"name", bytes, 0, ""}}};
    profile_.samples.clear();
    AddSample(0);
    const ProfileView view = Write();
    ASSERT_TRUE(view.valid) << view.problem;
    EXPECT_EQ(view.samples.at(0).Label("name"),
              expected.empty() ? bytes : wanted);
  }
}

}  // namespace
}  // namespace bench_profiler
