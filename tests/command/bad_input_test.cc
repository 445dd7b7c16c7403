// Files that are no profile: one line, exit code 2, never a crash.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "tests/command/tool.h"

namespace bench_profiler {
namespace {

TEST(BadInput, FilesThatAreNoProfile) {
  const ToolFolder folder;
  folder.Write("good.prof", ParseAndSort());
  const std::string good = folder.Read("good.prof");
  folder.WriteBytes("empty.prof", "");
  folder.WriteBytes("cut.prof", good.substr(0, good.size() / 2));
  folder.WriteBytes("text.prof", "hello\n");
  folder.WriteBytes("zeros.prof", std::string(1000, '\0'));
  folder.WriteBytes("two.prof", good + "x");
  folder.WriteBytes("legacy.prof", "heap profile: 1: 2 [3: 4] @ heapprofile\n");
  ParsedProfile valueless = ParseAndSort();
  valueless.samples[0].values.clear();
  folder.Write("values.prof", valueless);
  mkdir((folder.path() + "/folder").c_str(), 0755);
  mkdir((folder.path() + "/broken.d").c_str(), 0755);
  folder.WriteBytes("broken.d/index.json", "{\"format\": 2}");
  for (const std::string command :
       {"top", "raw", "merge", "tree", "svg", "shell"}) {
    for (const std::string name :
         {"empty.prof", "cut.prof", "text.prof", "zeros.prof", "two.prof",
          "legacy.prof", "values.prof", "folder", "broken.d", "missing.prof"}) {
      SCOPED_TRACE(command + " " + name);
      ExpectRefused(folder.Run({command, name}), 2, name);
    }
  }
  ExpectRefused(folder.Sh("$TOOL top - < text.prof"), 2, "standard input: ");
  ExpectRefused(folder.Run({"top", "folder"}), 2, "index.json");
  ExpectRefused(folder.Run({"top", "missing.prof"}), 2, "No such file");
  // What is good does not make up for it.
  ExpectRefused(folder.Run({"top", "good.prof", "text.prof"}), 2, "text.prof");
}

TEST(BadInput, EachByteMayBeWrong) {
  const ToolFolder folder;
  const std::string good = WritePprof(ParseAndSort());
  // Not compressed, so that damage is not found by a checksum.
  folder.WriteBytes("good.gz", good);
  const std::string plain = folder.Sh("zcat good.gz").out;
  ASSERT_FALSE(plain.empty());
  for (size_t i = 0; i < plain.size(); i += 1 + plain.size() / 60) {
    std::string damaged = plain;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
    folder.WriteBytes("damaged.prof", damaged);
    const ProgramResult result = folder.Run({"traces", "damaged.prof"});
    EXPECT_EQ(result.signal, 0) << i;
    EXPECT_LE(result.exit_code, 2) << i;
  }
}

}  // namespace
}  // namespace bench_profiler
