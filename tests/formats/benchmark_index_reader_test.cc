#include "bench_profiler/formats/benchmark_index_reader.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random>
#include <utility>

#include "bench_profiler/formats/output_file.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

// With something in every field.
BenchmarkIndex FullIndex() {
  BenchmarkIndex index;
  index.kind = "mutex";
  index.profile = "mutex.prof";
  index.rate = 5;
  index.period = 7;
  index.benchmem = true;
  RunContext& context = index.context;
  context.command = "./bench --benchmark_filter=\"BM\"";
  context.host = "builder";
  context.cpus = 8;
  context.mhz = 2400.5;
  context.cpu_model = "A processor";
  context.load = {0.5, 0.25, 0};
  context.governor = "performance";
  context.compiler = "g++ 12.2.0";
  context.build_type = "release";
  context.git = "8f0e1c7";
  index.benchmarks.resize(2);
  IndexEntry& entry = index.benchmarks[0];
  entry.name = "BM_<script>alert(1)</script>";
  entry.label = "benchmark";
  entry.file = "BM_script.prof";
  entry.iterations = 3000;
  entry.repetitions = 1;
  entry.threads = 4;
  entry.cpu_seconds = 0.5;
  entry.real_seconds = 0.25;
  entry.samples = 12;
  entry.profiled_cpu_seconds = 0.75;
  entry.per_operation = {{"contentions/op", 0.5}, {"delay/op", 1000}};
  RunSummary run;
  run.repetition = 1;
  run.start_nanos = 1764270000123456789;
  run.iterations = 3000;
  run.cpu_seconds = 0.5;
  run.real_seconds = 0.25;
  run.allocs = 1;
  run.bytes = 2;
  run.samples = 12;
  run.contentions = 4;
  run.delay = 5;
  entry.runs.push_back(run);
  index.benchmarks[1].name = "Suite.Test";
  index.benchmarks[1].label = "test";
  index.benchmarks[1].complete = false;
  index.benchmarks[1].runs.emplace_back();  // of which nothing is known
  return index;
}

constexpr char kFormat1[] = R"({
 "format": 1, "kind": "cpu", "profile": "cpu.prof", "rate": 1000,
 "period": 1000000, "benchmarks": [{
  "name": "Suite.Test", "file": "Suite.Test.prof", "test": true,
  "complete": true, "iterations": 10, "repetitions": 2, "threads": 1,
  "cpu_seconds": 0.5, "real_seconds": null, "samples": 125,
  "profiled_cpu_seconds": 0.5, "relative_error": 0.045}]})";

class IndexReaderTest : public testing::Test {
 protected:
  // Returns the error, without the path of the file.
  std::string Read(const std::string& text) {
    const std::string path = folder_ / "index.json";
    WriteWholeFile(path, text);
    std::string error;
    const bool could = ReadBenchmarkIndex(folder_.path(), &index_, &error);
    EXPECT_EQ(could, error.empty());
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    if (could) return "";
    EXPECT_EQ(error.rfind(path + ": ", 0), 0u) << error;
    return error.substr(path.size() + 2);
  }

  // The same with the first `old` in a full index replaced.
  std::string ReadWith(const std::string& old, const std::string& other) {
    std::string text = ToJson(FullIndex());
    const size_t place = text.find(old);
    EXPECT_NE(place, std::string::npos) << old;
    return Read(text.replace(place, old.size(), other));
  }

  const TemporaryFolder folder_;
  BenchmarkIndex index_;
};

TEST_F(IndexReaderTest, ReadsAllThatIsWritten) {
  const std::string text = ToJson(FullIndex());
  ASSERT_EQ(Read(text), "");
  EXPECT_EQ(ToJson(index_), text);
  EXPECT_EQ(index_.benchmarks[0].runs[0].start_nanos, 1764270000123456789);
  EXPECT_FALSE(index_.benchmarks[1].hooked);
  EXPECT_EQ(index_.benchmarks[1].label, "test");
  EXPECT_LT(index_.benchmarks[1].runs[0].cpu_seconds, 0);
}

TEST_F(IndexReaderTest, ReadsFormat1WithoutRuns) {
  ASSERT_EQ(Read(kFormat1), "");
  const IndexEntry& entry = index_.benchmarks[0];
  EXPECT_EQ(entry.label, "test");
  EXPECT_EQ(entry.iterations, 10);
  EXPECT_LT(entry.real_seconds, 0);
  EXPECT_TRUE(entry.runs.empty());
  EXPECT_EQ(index_.context.command, "");
}

TEST_F(IndexReaderTest, LaterFieldsAreNoError) {
  ASSERT_EQ(ReadWith("\"threads\": 4", "\"threads\": 4, \"new\": [{}]"), "");
  EXPECT_EQ(index_.benchmarks[0].label, "benchmark");
}

TEST_F(IndexReaderTest, SaysWhichFieldIsWrong) {
  const std::pair<std::pair<const char*, const char*>, const char*> cases[] = {
      {{"\"format\": 2", "\"format\": 3"}, "format: only 1 and 2 are known"},
      {{"\"format\": 2", "\"format\": \"2\""}, "format: a count is expected"},
      {{"\"rate\": 5", "\"rate\": -5"}, "rate: a count is expected"},
      {{"\"rate\": 5", "\"rate\": 9223372036854775808"},
       "rate: a count is expected"},
      {{"\"rate\": 5", "\"rate\": 1e3"}, "rate: a count is expected"},
      {{"\"threads\": 4", "\"threads\": 4000000000"},
       "benchmarks[0].threads: a count is expected"},
      {{"\"complete\": true", "\"complete\": 1"},
       "benchmarks[0].complete: true or false is expected"},
      {{"\"cpu_seconds\": 0.5", "\"cpu_seconds\": -1"},
       "benchmarks[0].cpu_seconds: a number that is not negative is expected"},
      {{"\"delay/op\": 1000.0", "\"delay/op\": \"much\""},
       "benchmarks[0].delay/op: a number that is not negative is expected"},
      {{"\"iterations\": 3000", "\"iteration\": 3000"},
       "benchmarks[0].iterations: missing; a count is expected"},
      {{"\"repetition\": 1", "\"repetition\": null"},
       "benchmarks[0].runs[0].repetition: a count is expected"},
      {{"\"cpus\": 8", "\"cpus\": [8]"}, "context.cpus: a count is expected"},
      {{"\"load\": [", "\"load\": [null, "},
       "context.load: a number that is not negative is expected"},
      {{"BM_script.prof", "../BM_script.prof"},
       "benchmarks[0].file: the plain name of a .prof file is expected"},
      {{"\"mutex.prof\"", "\"/etc/passwd\""},
       "profile: the plain name of a file is expected"},
      {{"\"context\"", "\"contents\""},
       "context: missing; an object is expected"},
  };
  for (const auto& [change, error] : cases) {
    EXPECT_EQ(ReadWith(change.first, change.second), error);
  }
  EXPECT_EQ(Read("[]"), "an object is expected");
  EXPECT_EQ(Read(R"({"format": 1, "kind": "", "profile": "p", "rate": 0,
                     "period": 0, "benchmarks": [7]})"),
            "benchmarks[0]: an object is expected");
}

TEST_F(IndexReaderTest, SaysWhatIsNoIndex) {
  EXPECT_EQ(Read(""), "is no valid JSON at byte 1");
  EXPECT_EQ(Read("{\"format\": 1e999}"), "is no valid JSON");
  EXPECT_EQ(Read("{\"kind\": \"\xff\"}"), "is no valid JSON at byte 11");
  EXPECT_NE(Read(std::string(1000000, '[')), "");
  std::string error;
  EXPECT_FALSE(ReadBenchmarkIndex(folder_ / "missing", &index_, &error));
  EXPECT_EQ(error, folder_ / "missing/index.json: No such file or directory");
  unlink((folder_ / "index.json").c_str());
  ASSERT_EQ(mkfifo((folder_ / "index.json").c_str(), 0600), 0);
  EXPECT_FALSE(ReadBenchmarkIndex(folder_.path(), &index_, &error));
  EXPECT_EQ(error, folder_ / "index.json: is no regular file");
}

TEST_F(IndexReaderTest, ATruncatedFileIsAnError) {
  const std::string text = ToJson(FullIndex());
  // The last byte is the line's end.
  for (size_t size = 0; size + 2 <= text.size(); size += 7) {
    EXPECT_NE(Read(text.substr(0, size)), "") << size;
  }
}

// What could be read can be written and read again; and nothing crashes.
TEST_F(IndexReaderTest, DamageIsAnErrorOrHarmless) {
  const std::string whole = ToJson(FullIndex());
  const std::string pieces[] = {"null", "-1", "1e308", "[", "}", "\"",     ":",
                                ",",    "{",  "true",  "]", "/", "\\u0000"};
  std::mt19937 random(1);
  const auto below = [&random](size_t limit) { return random() % limit; };
  int readable = 0;
  for (int i = 0; i < 1000; ++i) {
    std::string text = whole;
    for (size_t changes = 1 + below(3); changes > 0; --changes) {
      const size_t place = below(text.size());
      const size_t size = below(12);
      switch (below(4)) {
        case 0:
          text[place] = static_cast<char>(random());
          break;
        case 1:
          text.erase(place, size);
          break;
        case 2:
          text.insert(place, text.substr(below(text.size()), size));
          break;
        default:
          text.replace(place, size, pieces[below(std::size(pieces))]);
      }
    }
    if (!Read(text).empty()) continue;
    ++readable;
    const std::string again = ToJson(index_);
    EXPECT_EQ(Read(again), "") << again;
    EXPECT_EQ(ToJson(index_), again);
  }
  EXPECT_GT(readable, 10);
}

}  // namespace
}  // namespace bench_profiler
