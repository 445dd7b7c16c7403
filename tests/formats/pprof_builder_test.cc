// One profile, message by message, with symbols made by hand.
#include "bench_profiler/formats/pprof_builder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class FakeSymbols : public Symbols {
 public:
  const std::vector<SourceFrame>& Frames(
      const Address& address) const override {
    const auto found = frames.find(address);
    return found == frames.end() ? unknown : found->second;
  }
  SymbolQuality Quality(uint32_t module) const override {
    SymbolQuality quality;
    quality.has_functions = module == 0;
    return quality;
  }

  std::map<Address, std::vector<SourceFrame>> frames;
  std::vector<SourceFrame> unknown;
};

SourceFrame Frame(const std::string& name) {
  SourceFrame frame;
  frame.name = frame.system_name = name;
  frame.file = "a.cc";
  frame.line = 7;
  frame.start_line = 5;
  return frame;
}

class PprofBuilderTest : public testing::Test {
 protected:
  PprofBuilderTest() {
    const std::string text = std::string("\0/program\0/library\0", 19);
    strings_.assign(text.begin(), text.end());
    modules_.resize(3);
    modules_[0].path = 1;
    modules_[0].build_id_size = 2;
    modules_[0].build_id[0] = 0x0a;
    modules_[0].build_id[1] = 0xff;
    modules_[1].path = 10;
    modules_[2].path = 10;
    data_.strings = {strings_.data(), strings_.size()};
    data_.modules = {modules_.data(), modules_.size()};
    profile_.value_types[0] = {"samples", "count"};
    profile_.num_value_types = 1;
  }

  ProfileView Build(uint32_t leaf, const std::vector<Label>& labels = {}) {
    data_.stacks = {stacks_.data(), stacks_.size()};
    PprofBuilder builder(data_, profile_, symbols_);
    SampleRow row;
    row.stack = leaf;
    row.samples = row.values[0] = 1;
    builder.AddSample(row, labels);
    const TemporaryFolder folder;
    std::ofstream(folder / "profile", std::ios::binary)
        << builder.Finish("samples");
    ProfileView view = ReadProfile(folder / "profile");
    raw_ = RunProgram({"go", "tool", "pprof", "-raw", folder / "profile"});
    return view;
  }

  std::vector<char> strings_;
  std::vector<Module> modules_;
  std::vector<StackNode> stacks_{StackNode()};
  RawProfile data_;
  ProfileData profile_;
  FakeSymbols symbols_;
  ProgramResult raw_;  // of go tool pprof; exit code 127 without go
};

TEST_F(PprofBuilderTest, InlinedFunctionsComeBeforeTheirCallers) {
  symbols_.frames[{0, 0x10}] = {Frame("main")};
  symbols_.frames[{0, 0x20}] = {Frame("innermost"), Frame("middle"),
                                Frame("emitted")};
  stacks_.push_back({0x10, 0, 0});
  stacks_.push_back({0x20, 1, 0});
  const ProfileView view = Build(2);
  ASSERT_TRUE(view.valid) << view.problem;
  ASSERT_EQ(view.samples.size(), 1u);
  EXPECT_EQ(
      view.samples[0].functions,
      (std::vector<std::string>{"innermost", "middle", "emitted", "main"}));
}

TEST_F(PprofBuilderTest, GoSeesMappingsFunctionsAndLines) {
  symbols_.frames[{0, 0x10}] = {Frame("main")};
  stacks_.push_back({0x10, 0, 0});
  stacks_.push_back({0x20, 1, 2});          // without symbols
  stacks_.push_back({0x30, 2, kNoModule});  // generated code
  const ProfileView view = Build(3);
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

TEST_F(PprofBuilderTest, TheProgramIsTheFirstMappingEvenIfNothingOfItRan) {
  stacks_.push_back({0x20, 0, 1});
  ASSERT_TRUE(Build(1).valid);
  if (raw_.exit_code == 127) GTEST_SKIP() << "go is not installed";
  EXPECT_NE(raw_.out.find("0x20 M=2"), std::string::npos) << raw_.out;
}

// Most readers refuse a profile in which one string is no UTF-8.
TEST_F(PprofBuilderTest, BytesThatAreNoTextAreReplaced) {
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
    const ProfileView view = Build(0, {{"name", bytes, 0, ""}});
    ASSERT_TRUE(view.valid) << view.problem;
    EXPECT_EQ(view.samples.at(0).Label("name"),
              expected.empty() ? bytes : wanted);
  }
}

}  // namespace
}  // namespace bench_profiler
