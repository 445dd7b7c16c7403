#include "bench_profiler/formats/file_names.h"

#include <gtest/gtest.h>

namespace bench_profiler {
namespace {

TEST(FileNames, KeepsPlainCharacters) {
  EXPECT_EQ(FileNames().Add("BM_Sort-1.5_x"), "BM_Sort-1.5_x.prof");
}

TEST(FileNames, ReplacesAllOthers) {
  EXPECT_EQ(FileNames().Add("BM_Sort<int>/n:8"), "BM_Sort_int__n_8.prof");
  EXPECT_EQ(FileNames().Add("../../etc/passwd"), "_.._.._etc_passwd.prof");
  EXPECT_EQ(FileNames().Add(""), "_.prof");
  EXPECT_EQ(FileNames().Add(".hidden"), "_.hidden.prof");
}

TEST(FileNames, ClashingNamesGetAHashOfTheFullName) {
  FileNames names;
  EXPECT_EQ(names.Add("a/b"), "a_b.prof");
  const std::string second = names.Add("a:b");
  EXPECT_EQ(second.size(), std::string("a_b-01234567.prof").size());
  EXPECT_EQ(second.substr(0, 4), "a_b-");
  EXPECT_NE(second, names.Add("a<b"));
  // The same name once more is another file still.
  EXPECT_NE(second, names.Add("a:b"));
}

TEST(FileNames, LongNamesAreCut) {
  FileNames names;
  const std::string a = names.Add(std::string(3000, 'x') + "a");
  const std::string b = names.Add(std::string(3000, 'x') + "b");
  EXPECT_LE(a.size(), 255u);
  EXPECT_NE(a, b);
}

// The FNV-1a test vector of "a": 0xe40c292c.
TEST(FileNames, HashIsFnv1a) {
  FileNames names;
  names.Add("a");
  EXPECT_EQ(names.Add("a"), "a-e40c292c.prof");
}

}  // namespace
}  // namespace bench_profiler
