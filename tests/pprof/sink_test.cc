// Where profiles go to, and what may go wrong there.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "tests/pprof/api_fixture.h"

namespace bench_profiler {
namespace {

class SinkTest : public ApiTest {
 protected:
  SinkTest() {
    EXPECT_OK(Profile()->Add(this, 0));
    EXPECT_OK(Profile()->WriteTo(folder_ / "expected"));
    expected_ = ReadFile(folder_ / "expected");
    EXPECT_GT(expected_.size(), 100u);
  }
  ~SinkTest() override { Profile()->Remove(this); }

  static pprof::Profile* Profile() {
    static pprof::Profile* profile = pprof::NewProfile("test.sinks");
    return profile;
  }

  std::string expected_;
};

TEST_F(SinkTest, PathsOfAllKinds) {
  const std::string path = folder_ / "made/on/the/way.pprof";
  EXPECT_OK(Profile()->WriteTo(path.c_str()));
  EXPECT_EQ(ReadFile(path), expected_);
  EXPECT_OK(Profile()->WriteTo(std::string_view(path)));
  EXPECT_OK(Profile()->WriteTo(std::filesystem::path(path)));
  const char* none = nullptr;
  EXPECT_TRUE(Profile()->WriteTo(none));
  EXPECT_TRUE(Profile()->WriteTo(""));
  EXPECT_TRUE(Profile()->WriteTo(folder_.path()));
}

TEST_F(SinkTest, AFileIsReplacedAsAWhole) {
  std::ofstream(path_) << std::string(100'000, 'x');
  EXPECT_OK(Profile()->WriteTo(path_));
  EXPECT_EQ(ReadFile(path_), expected_);
  size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(folder_.path())) {
    files += entry.exists() ? 1 : 0;
  }
  EXPECT_EQ(files, 2u);  // with "expected"
}

TEST_F(SinkTest, Streams) {
  std::ostringstream stream;
  EXPECT_OK(Profile()->WriteTo(stream));
  EXPECT_EQ(stream.str(), expected_);
  std::ofstream file(path_);
  EXPECT_OK(Profile()->WriteTo(file));
  EXPECT_EQ(ReadFile(path_), expected_);  // it is flushed
}

TEST_F(SinkTest, CFiles) {
  std::FILE* file = std::fopen(path_.c_str(), "w");
  EXPECT_OK(Profile()->WriteTo(file));
  EXPECT_EQ(ReadFile(path_), expected_);
  std::fclose(file);
}

TEST_F(SinkTest, Functions) {
  std::string bytes;
  const auto append = [&](const char* data, size_t size) {
    bytes.append(data, size);
    return true;
  };
  EXPECT_OK(Profile()->WriteTo(append));
  EXPECT_EQ(bytes, expected_);
  bytes.clear();
  const std::function<bool(const char*, size_t)> function = append;
  EXPECT_OK(Profile()->WriteTo(function));
  EXPECT_EQ(bytes, expected_);
  // One that can only be moved, and is destroyed.
  const auto alive = std::make_shared<int>();
  EXPECT_OK(
      Profile()->WriteTo([alive, own = std::make_unique<int>()](
                             const char*, size_t) { return own != nullptr; }));
  EXPECT_EQ(alive.use_count(), 1);
}

TEST_F(SinkTest, AStreamThatFailsAtAnyByte) {
  struct Buffer : std::streambuf {
    explicit Buffer(size_t most) : room(most) {}
    std::streamsize xsputn(const char*, std::streamsize size) override {
      const auto taken =
          std::min<std::streamsize>(size, static_cast<std::streamsize>(room));
      room -= static_cast<size_t>(taken);
      return taken;
    }
    size_t room;
  };
  for (size_t room = 0; room < expected_.size(); room += expected_.size() / 7) {
    Buffer buffer(room);
    std::ostream stream(&buffer);
    EXPECT_STREQ(Profile()->WriteTo(stream).message(),
                 "cannot write the profile: the stream failed");
  }
  Buffer buffer(expected_.size());
  std::ostream stream(&buffer);
  EXPECT_OK(Profile()->WriteTo(stream));
}

TEST_F(SinkTest, AFullDiskAndAClosedFile) {
  std::FILE* full = std::fopen("/dev/full", "w");
  ASSERT_NE(full, nullptr);
  EXPECT_STREQ(Profile()->WriteTo(full).message(),
               "cannot write the profile: No space left on device");
  std::fclose(full);
  std::FILE* read_only = std::fopen("/dev/null", "r");
  EXPECT_TRUE(Profile()->WriteTo(read_only));
  std::fclose(read_only);
  EXPECT_TRUE(Profile()->WriteTo("/dev/full"));
}

TEST_F(SinkTest, AFunctionThatTakesNoMoreIsNotCalledAgain) {
  int calls = 0;
  EXPECT_STREQ(Profile()
                   ->WriteTo([&](const char*, size_t) {
                     ++calls;
                     return false;
                   })
                   .message(),
               "cannot write the profile: the sink took no more");
  EXPECT_EQ(calls, 1);
}

TEST_F(SinkTest, WhatIsThrownBecomesTheError) {
  EXPECT_STREQ(Profile()
                   ->WriteTo([](const char*, size_t) -> bool {
                     throw std::runtime_error("the socket is closed");
                   })
                   .message(),
               "cannot write the profile: the socket is closed");
  EXPECT_STREQ(Profile()
                   ->WriteTo([](const char*, size_t) -> bool { throw 7; })
                   .message(),
               "cannot write the profile: the sink threw");
  std::ofstream stream("/dev/full");
  stream.exceptions(std::ios::badbit);
  EXPECT_TRUE(Profile()->WriteTo(stream));
}

TEST_F(SinkTest, AFunctionMayUseTheApi) {
  std::string inner;
  EXPECT_OK(Profile()->WriteTo([&](const char*, size_t) {
    std::ostringstream stream;
    EXPECT_OK(Profile()->WriteTo(stream));
    EXPECT_OK(pprof::StopCpuProfile());
    inner = stream.str();
    return true;
  }));
  EXPECT_EQ(inner, expected_);
}

TEST_F(SinkTest, ASinkOfACpuProfileThatFails) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer delays signals";
  const auto alive = std::make_shared<int>();
  EXPECT_OK(pprof::StartCpuProfile([alive](const char*, size_t) -> bool {
    throw std::runtime_error("late");
  }));
  EXPECT_TRUE(
      pprof::StartCpuProfile([alive](const char*, size_t) { return true; }));
  EXPECT_EQ(alive.use_count(), 2);
  EXPECT_STREQ(pprof::StopCpuProfile().message(),
               "cannot write the profile: late");
  EXPECT_EQ(alive.use_count(), 1);
  std::ostringstream stream;
  EXPECT_OK(pprof::StartCpuProfile(stream));
  EXPECT_OK(pprof::StopCpuProfile());
  EXPECT_FALSE(stream.str().empty());
}

}  // namespace
}  // namespace bench_profiler
