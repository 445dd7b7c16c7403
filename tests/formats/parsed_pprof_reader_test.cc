#include "bench_profiler/formats/parsed_pprof_reader.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench_profiler/formats/gzip.h"
#include "profile.pb.h"

namespace bench_profiler {
namespace {

// Strings of the profile below.
enum { kNothing, kCpu, kNanoseconds, kMain, kMainFile, kKey, kText };

// A profile with everything in it, ids that are no indices, and a name that is
// no UTF-8.
proto::Profile MakeProfile() {
  proto::Profile profile;
  for (const char* text :
       {"", "cpu", "nanoseconds", "ma\xffin", "main.cc", "key", "text"}) {
    profile.add_string_table(text);
  }
  auto* type = profile.add_sample_type();
  type->set_type(kCpu);
  type->set_unit(kNanoseconds);
  profile.mutable_period_type()->set_type(kCpu);
  profile.set_default_sample_type(kCpu);
  profile.set_period(10);
  profile.set_time_nanos(11);
  profile.set_duration_nanos(12);
  profile.add_comment(kText);
  profile.set_drop_frames(kMain);
  profile.set_keep_frames(kMainFile);
  profile.set_doc_url(kText);
  auto* mapping = profile.add_mapping();
  mapping->set_id(uint64_t{1} << 40);
  mapping->set_memory_start(0x1000);
  mapping->set_memory_limit(0x2000);
  mapping->set_file_offset(0x10);
  mapping->set_filename(kMainFile);
  mapping->set_build_id(kText);
  mapping->set_has_functions(true);
  auto* function = profile.add_function();
  function->set_id(77);
  function->set_name(kMain);
  function->set_system_name(kKey);
  function->set_filename(kMainFile);
  function->set_start_line(3);
  auto* location = profile.add_location();
  location->set_id(5);
  location->set_mapping_id(mapping->id());
  location->set_address(0x1100);
  location->set_is_folded(true);
  auto* line = location->add_line();
  line->set_function_id(77);
  line->set_line(4);
  line->set_column(6);
  auto* sample = profile.add_sample();
  sample->add_location_id(5);
  sample->add_location_id(5);
  sample->add_value(-8);
  auto* label = sample->add_label();
  label->set_key(kKey);
  label->set_num(0);
  label->set_num_unit(kNanoseconds);
  label = sample->add_label();
  label->set_key(kKey);
  label->set_str(kText);
  label = sample->add_label();
  label->set_key(kKey);  // neither text nor number
  return profile;
}

std::string Gzip(const std::string& bytes) {
  GzipStream stream;
  google::protobuf::io::CodedOutputStream out(&stream);
  out.WriteString(bytes);
  out.Trim();
  return stream.Finish();
}

// Returns "" if the bytes are a profile.
std::string ErrorOf(const std::string& bytes) {
  ParsedProfile profile;
  std::string error;
  const bool good = ReadPprof(bytes, &profile, &error);
  EXPECT_EQ(good, error.empty());
  EXPECT_EQ(error.find('\n'), std::string::npos) << error;
  return error;
}

std::string ErrorAfter(const std::function<void(proto::Profile*)>& change) {
  proto::Profile profile = MakeProfile();
  change(&profile);
  return ErrorOf(profile.SerializeAsString());
}

TEST(ReadPprofTest, TakesOverEverything) {
  ParsedProfile profile;
  std::string error;
  ASSERT_TRUE(ReadPprof(MakeProfile().SerializeAsString(), &profile, &error))
      << error;
  ASSERT_EQ(profile.value_types.size(), 1U);
  EXPECT_EQ(profile.value_types[0].type, "cpu");
  EXPECT_EQ(profile.value_types[0].unit, "nanoseconds");
  EXPECT_EQ(profile.default_value_type, "cpu");
  EXPECT_EQ(profile.period_type.type, "cpu");
  EXPECT_EQ(profile.period, 10);
  EXPECT_EQ(profile.time_nanos, 11);
  EXPECT_EQ(profile.duration_nanos, 12);
  EXPECT_EQ(profile.comments, std::vector<std::string>{"text"});
  EXPECT_EQ(profile.drop_frames, "ma\xffin");
  EXPECT_EQ(profile.keep_frames, "main.cc");
  EXPECT_EQ(profile.doc_url, "text");
  ASSERT_EQ(profile.mappings.size(), 1U);
  const ParsedMapping& mapping = profile.mappings[0];
  EXPECT_EQ(mapping.start, 0x1000U);
  EXPECT_EQ(mapping.limit, 0x2000U);
  EXPECT_EQ(mapping.offset, 0x10U);
  EXPECT_EQ(mapping.path, "main.cc");
  EXPECT_EQ(mapping.build_id, "text");
  EXPECT_TRUE(mapping.quality.has_functions);
  EXPECT_FALSE(mapping.quality.has_line_numbers);
  ASSERT_EQ(profile.functions.size(), 1U);
  EXPECT_EQ(profile.functions[0].name, "ma\xffin");
  EXPECT_EQ(profile.functions[0].system_name, "key");
  EXPECT_EQ(profile.functions[0].file, "main.cc");
  EXPECT_EQ(profile.functions[0].start_line, 3);
  ASSERT_EQ(profile.locations.size(), 1U);
  const ParsedLocation& location = profile.locations[0];
  EXPECT_EQ(location.address, 0x1100U);
  EXPECT_EQ(location.mapping, 0U);
  EXPECT_TRUE(location.is_folded);
  ASSERT_EQ(location.lines.size(), 1U);
  EXPECT_EQ(location.lines[0].function, 0U);
  EXPECT_EQ(location.lines[0].line, 4);
  EXPECT_EQ(location.lines[0].column, 6);
  ASSERT_EQ(profile.samples.size(), 1U);
  const ParsedSample& sample = profile.samples[0];
  EXPECT_EQ(sample.locations, (std::vector<uint32_t>{0, 0}));
  EXPECT_EQ(sample.values, std::vector<int64_t>{-8});
  ASSERT_EQ(sample.labels.size(), 2U);
  EXPECT_TRUE(sample.labels[0].is_number);
  EXPECT_EQ(sample.labels[0].unit, "nanoseconds");
  EXPECT_FALSE(sample.labels[1].is_number);
  EXPECT_EQ(sample.labels[1].text, "text");
}

TEST(ReadPprofTest, TakesGzipOfSeveralMembers) {
  const std::string bytes = MakeProfile().SerializeAsString();
  EXPECT_EQ(ErrorOf(Gzip(bytes)), "");
  EXPECT_EQ(
      ErrorOf(Gzip(bytes.substr(0, 9)) + Gzip("") + Gzip(bytes.substr(9))), "");
  EXPECT_EQ(ErrorOf(Gzip(bytes) + "more"),
            "something that is no gzip follows the gzip");
}

TEST(ReadPprofTest, TakesAProfileWithoutAnything) {
  proto::Profile profile;
  profile.add_string_table("");
  EXPECT_EQ(ErrorOf(profile.SerializeAsString()), "");
  EXPECT_EQ(ErrorOf(""), "it is empty");
  EXPECT_EQ(ErrorOf(Gzip("")), "it is empty");
  EXPECT_EQ(ErrorOf(std::string("\x48\x01", 2)),  // a time, and no strings
            "not a profile.proto: it has no table of strings");
}

TEST(ReadPprofTest, TakesALocationWhoseMappingIsMissing) {
  proto::Profile made = MakeProfile();
  made.clear_mapping();
  ParsedProfile profile;
  std::string error;
  ASSERT_TRUE(ReadPprof(made.SerializeAsString(), &profile, &error)) << error;
  EXPECT_EQ(profile.locations[0].mapping, kNoMapping);
}

TEST(ReadPprofTest, RefusesWhatGoRefuses) {
  using Made = proto::Profile*;
  EXPECT_EQ(ErrorAfter([](Made p) { p->mutable_sample(0)->add_value(1); }),
            "malformed: a sample has 2 values, but there are 1 types");
  EXPECT_EQ(ErrorAfter([](Made p) { p->clear_sample_type(); }),
            "malformed: it has samples, but no types of values");
  EXPECT_EQ(ErrorAfter([](Made p) { p->mutable_mapping(0)->set_id(0); }),
            "malformed: a mapping with the id 0");
  EXPECT_EQ(ErrorAfter([](Made p) { p->mutable_function(0)->set_id(0); }),
            "malformed: a function with the id 0");
  EXPECT_EQ(ErrorAfter([](Made p) { p->mutable_location(0)->set_id(0); }),
            "malformed: a location with the id 0");
  EXPECT_EQ(ErrorAfter([](Made p) { *p->add_mapping() = p->mapping(0); }),
            "malformed: several mappings with the id 1099511627776");
  EXPECT_EQ(ErrorAfter([](Made p) { *p->add_function() = p->function(0); }),
            "malformed: several functions with the id 77");
  EXPECT_EQ(ErrorAfter([](Made p) { *p->add_location() = p->location(0); }),
            "malformed: several locations with the id 5");
  EXPECT_EQ(ErrorAfter([](Made p) { p->clear_function(); }),
            "malformed: the location 5 is in a function 77, which is not "
            "there");
  EXPECT_EQ(
      ErrorAfter([](Made p) { p->mutable_sample(0)->add_location_id(6); }),
      "malformed: a sample is at a location 6, which is not there");
  EXPECT_EQ(ErrorAfter([](Made p) { p->mutable_function(0)->set_name(99); }),
            "malformed: it refers to a string 99, but has 7");
  EXPECT_EQ(ErrorAfter([](Made p) { p->mutable_function(0)->set_name(-1); }),
            "malformed: it refers to a string -1, but has 7");
  EXPECT_EQ(ErrorAfter([](Made p) { p->set_string_table(0, "x"); }),
            "malformed: its first string is not \"\"");
  const std::string bytes = MakeProfile().SerializeAsString();
  EXPECT_EQ(ErrorOf(bytes + bytes),
            "several profiles one after another: `merge` adds up profiles");
}

TEST(ReadPprofTest, RefusesEveryTruncatedFile) {
  const std::string bytes = MakeProfile().SerializeAsString();
  const std::string gzip = Gzip(bytes);
  for (size_t size = 2; size < gzip.size(); ++size) {
    EXPECT_EQ(ErrorOf(gzip.substr(0, size)), "truncated: its gzip has no end");
  }
  size_t refused = 0;
  for (size_t size = 0; size < bytes.size(); ++size) {
    if (!ErrorOf(bytes.substr(0, size)).empty()) ++refused;
  }
  // It may end between the last fields, which are numbers.
  EXPECT_GE(refused, bytes.size() - 10);
}

TEST(ReadPprofTest, RefusesGzipThatExplodes) {
  const std::string member = Gzip(std::string(size_t{1} << 20, '\0'));
  std::string bytes;
  for (int i = 0; i < 64; ++i) bytes += member;
  const std::string error = ErrorOf(bytes);
  EXPECT_EQ(error.find("too large: its "), 0U) << error;
  // One that only claims to be, in the four last bytes.
  std::string claim = Gzip(MakeProfile().SerializeAsString());
  claim.replace(claim.size() - 4, 4, 4, '\xff');
  EXPECT_EQ(ErrorOf(claim), "damaged: its gzip cannot be decompressed");
}

// Each string is copied to where it is used, and so a small file could take any
// memory.
TEST(ReadPprofTest, RefusesLongTextsThatAreUsedOften) {
  const std::string error = ErrorAfter([](proto::Profile* profile) {
    profile->set_string_table(kMain, std::string(size_t{1} << 20, 'x'));
    for (uint64_t id = 100; id < 170; ++id) {
      auto* function = profile->add_function();
      function->set_id(id);
      function->set_name(kMain);
    }
  });
  EXPECT_EQ(error.find("too large: its texts"), 0U) << error;
}

TEST(ReadPprofTest, NamesFilesOfOtherFormats) {
  const auto words = [](size_t size, bool little) {
    std::string bytes;
    for (const char word : {'\0', '\3', '\0', 'd', '\0'}) {
      std::string one(size, '\0');
      one[little ? 0 : size - 1] = word;
      bytes += one;
    }
    return bytes;
  };
  for (const size_t size : {4, 8}) {
    for (const bool little : {false, true}) {
      EXPECT_EQ(ErrorOf(words(size, little))
                    .find("a CPU profile of gperftools in its own format"),
                0U);
    }
  }
  const std::pair<const char*, const char*> kFiles[] = {
      {"heap profile: 1: 2 [3: 4] @ heapprofile\n", "a heap profile as text"},
      {"--- contentionz 1 ---\n", "a contention profile as text"},
      {"--- contention:\ncycles/second=1\n", "a block profile of Go as text"},
      {"--- mutex:\n", "a mutex profile of Go as text"},
      {"--- threadz 1 ---\n", "a list of threads as text"},
      {"goroutine profile: total 7\n", "a profile of Go as text"},
      {"goroutine 1 [running]:\n", "a list of goroutines as text"},
      {"\n<!doctype html>", "HTML or XML"},
      {"\x7f"
       "ELF\x02\x01",
       "a program or library"},
  };
  for (const auto& [bytes, beginning] : kFiles) {
    EXPECT_EQ(ErrorOf(bytes).find(beginning), 0U) << ErrorOf(bytes);
    EXPECT_EQ(ErrorOf(Gzip(bytes)), ErrorOf(bytes));
  }
  EXPECT_EQ(ErrorOf("no profile at all"), "not a profile.proto");
}

}  // namespace
}  // namespace bench_profiler
