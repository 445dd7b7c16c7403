// One profile through BenchProfilerWrite, as the API of programs calls it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/formats/exporter_fixture.h"
#include "tests/support/profile_view.h"
#include "tests/support/program.h"

namespace bench_profiler {
namespace {

class WriteOneTest : public ExporterTest {
 protected:
  // Takes so many bytes, and then no more.
  struct Taker {
    std::string bytes;
    size_t room = SIZE_MAX;
    int calls_after_no = 0;
    bool said_no = false;
  };

  static bool Take(void* cookie, const char* bytes, size_t size) {
    auto* taker = static_cast<Taker*>(cookie);
    if (taker->said_no) ++taker->calls_after_no;
    if (taker->bytes.size() + size > taker->room) {
      taker->said_no = true;
      return false;
    }
    taker->bytes.append(bytes, size);
    return true;
  }

  int Write(Taker* taker, int debug = 0) {
    const RawProfile data = Data();
    error_ = Error();
    return BenchProfilerWrite(&data, debug, Take, taker, &error_);
  }

  ProfileView Written() {
    Taker taker;
    EXPECT_EQ(Write(&taker), 0) << error_.message();
    std::ofstream(path_, std::ios::binary) << taker.bytes;
    return ReadProfile(path_);
  }

  Error error_;
};

TEST_F(WriteOneTest, TheProgramsLabelsAreThere) {
  user_labels_.push_back({{"request", "/list"}, {"user", "7"}});
  user_labels_.push_back({{"request", "\xff"}});
  for (uint32_t labels = 0; labels < 3; ++labels) {
    AddSample(2, 0, Phase(), 1 << labels);
    samples_.back().labels = labels;
  }
  const ProfileView view = Written();
  ASSERT_TRUE(view.valid) << view.problem;
  EXPECT_EQ(view.Sum("cpu",
                     [](const SampleView& sample) {
                       return sample.Label("request") == "/list" &&
                              sample.Label("user") == "7";
                     }),
            2);
  EXPECT_EQ(view.Sum("cpu",
                     [](const SampleView& sample) {
                       return sample.Label("request") == "\xef\xbf\xbd";
                     }),
            4);
  EXPECT_EQ(
      view.Sum("cpu",
               [](const SampleView& sample) { return sample.labels.empty(); }),
      1);
}

TEST_F(WriteOneTest, RegionsAreNotLookedAt) {
  // Of a program that has none.
  AddSample(2, 77, kTimed, 5, /*thread=*/3);
  AddSample(2, 78, Phase(), 6);
  const ProfileView view = Written();
  ASSERT_EQ(view.samples.size(), 1u);
  EXPECT_TRUE(view.samples[0].labels.empty());
  EXPECT_EQ(view.Sum("cpu"), 11);
}

TEST_F(WriteOneTest, ATakerThatTakesNoMoreIsAnErrorAndAskedNoMore) {
  AddSample(2, 0, Phase(), 5);
  Taker taker;
  taker.room = 10;
  EXPECT_EQ(Write(&taker), 1);
  EXPECT_STREQ(error_.message(), "cpu profile: not all of it could be written");
  EXPECT_EQ(taker.calls_after_no, 0);
  EXPECT_EQ(Written().Sum("cpu"), 5);
}

TEST_F(WriteOneTest, AFileAppearsWholeWithItsFolders) {
  AddSample(2, 0, Phase(), 5);
  const RawProfile data = Data();
  const std::string path = path_ + ".folder/inner/cpu.prof";
  EXPECT_EQ(BenchProfilerWriteFile(&data, 0, path.c_str(), &error_), 0)
      << error_.message();
  EXPECT_EQ(ReadProfile(path).Sum("cpu"), 5);
  const std::string below_a_file = path + "/cpu.prof";
  EXPECT_EQ(BenchProfilerWriteFile(&data, 0, below_a_file.c_str(), &error_), 1);
  EXPECT_EQ(error_.message(),
            "cpu profile: " + below_a_file + ": " + path + " is no folder");
}

TEST_F(WriteOneTest, TextsAreThereForKindsThatHaveOne) {
  AddSample(2, 0, Phase(), 5);
  Taker taker;
  EXPECT_EQ(Write(&taker, /*debug=*/1), 0) << error_.message();
  EXPECT_EQ(taker.bytes.find("cpu profile: total 1\n1 @ 0x1201 0x1101\n"), 0u)
      << taker.bytes;
  profile_.text_form = TextForm::kNone;
  EXPECT_EQ(Write(&taker, /*debug=*/1), 1);
  EXPECT_STREQ(
      error_.message(),
      "a cpu profile has no text form: ask for the binary one, debug=0");
}

TEST_F(WriteOneTest, ManyThreadsWriteAtATime) {
  AddSample(2, 0, Phase(), 5);
  const RawProfile data = Data();
  std::vector<Taker> takers(8);
  std::vector<std::thread> threads;
  for (Taker& taker : takers) {
    threads.emplace_back([&taker, &data] {
      for (int i = 0; i < 20; ++i) {
        taker.bytes.clear();
        Error error;
        EXPECT_EQ(BenchProfilerWrite(&data, 0, Take, &taker, &error), 0)
            << error.message();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const Taker& taker : takers) EXPECT_EQ(taker.bytes, takers[0].bytes);
}

TEST_F(WriteOneTest, ATakerMayWriteAProfileItself) {
  AddSample(2, 0, Phase(), 5);
  struct Nested {
    RawProfile data;
    Taker inner;
  } nested = {Data(), {}};
  const auto write = [](void* cookie, const char*, size_t) {
    auto* outer = static_cast<Nested*>(cookie);
    Error error;
    return BenchProfilerWrite(&outer->data, 0, Take, &outer->inner, &error) ==
           0;
  };
  EXPECT_EQ(BenchProfilerWrite(&nested.data, 0, write, &nested, &error_), 0);
  EXPECT_FALSE(nested.inner.bytes.empty());
}

TEST_F(WriteOneTest, AChildOfAForkWrites) {
  AddSample(2, 0, Phase(), 5);
  Taker before;
  EXPECT_EQ(Write(&before), 0);
  const pid_t child = fork();
  if (child == 0) {
    alarm(30);
    Taker taker;
    _exit(Write(&taker) == 0 && taker.bytes == before.bytes ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace bench_profiler
