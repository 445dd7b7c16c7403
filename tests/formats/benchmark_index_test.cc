#include "bench_profiler/formats/benchmark_index.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench_profiler/formats/output_file.h"
#include "tests/support/json.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

TEST(BenchmarkIndex, SaysWhatIsKnownAndNullForTheRest) {
  BenchmarkIndex index;
  index.kind = "cpu";
  index.benchmarks.emplace_back();
  index.benchmarks[0].name = "BM_\xff\"quoted\"";
  index.benchmarks[0].samples = 100;
  index.benchmarks[0].per_operation = {{"delay/op", 1.5}};
  const Json json = Json::Parse(ToJson(index));
  const Json& entry = json["benchmarks"][0];
  EXPECT_TRUE(entry["file"].IsNull());
  EXPECT_TRUE(entry.Has("reason"));
  EXPECT_TRUE(entry["cpu_seconds"].IsNull());
  EXPECT_DOUBLE_EQ(entry["share_standard_error"].Number(), 0.05);
  EXPECT_DOUBLE_EQ(entry["delay/op"].Number(), 1.5);
  EXPECT_EQ(json["kind"], "cpu");
}

TEST(RemoveIndexedFiles, RemovesWhatIsListedAndNothingElse) {
  const TemporaryFolder folder;
  WriteWholeFile(folder / "mine.prof", "x");
  WriteWholeFile(folder / "other.prof", "x");
  WriteWholeFile(folder / "index.json",
                 R"({"benchmarks": [{"file": "mine.prof"}, {"file": null}]})");
  RemoveIndexedFiles(folder.path());
  EXPECT_FALSE(FileExists(folder / "mine.prof"));
  EXPECT_FALSE(FileExists(folder / "index.json"));
  EXPECT_TRUE(FileExists(folder / "other.prof"));
}

TEST(RemoveIndexedFiles, BelievesNoNameThatLeadsElsewhere) {
  const TemporaryFolder folder;
  MakeFolders(folder / "in");
  WriteWholeFile(folder / "out.prof", "x");
  WriteWholeFile(folder / "in/notes.txt", "x");
  WriteWholeFile(folder / "in/.hidden.prof", "x");
  WriteWholeFile(folder / "in/index.json",
                 R"({"benchmarks": [{"file": "../out.prof"}, {"file": 7}, 3,
                     {"file": "notes.txt"}, {"file": ".hidden.prof"},
                     {"file": ")" +
                     (folder / "out.prof") + R"("}]})");
  RemoveIndexedFiles(folder / "in");
  EXPECT_TRUE(FileExists(folder / "out.prof"));
  EXPECT_TRUE(FileExists(folder / "in/notes.txt"));
  EXPECT_TRUE(FileExists(folder / "in/.hidden.prof"));
}

TEST(RemoveIndexedFiles, IgnoresWhatIsNoIndex) {
  const TemporaryFolder folder;
  for (const char* text : {"", "{", "[]", "null", "{\"benchmarks\": 1}"}) {
    WriteWholeFile(folder / "index.json", text);
    RemoveIndexedFiles(folder.path());
  }
  RemoveIndexedFiles(folder / "missing");
  unlink((folder / "index.json").c_str());
  ASSERT_EQ(mkfifo((folder / "index.json").c_str(), 0600), 0);
  RemoveIndexedFiles(folder.path());  // would wait for a writer
}

}  // namespace
}  // namespace bench_profiler
