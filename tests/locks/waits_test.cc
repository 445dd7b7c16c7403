// The table of proto/README.md: which primitives are seen, in which profile.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/profile_view.h"
#include "tests/support/program.h"
#include "tests/support/run_in.h"

namespace bench_profiler {
namespace {

// Which profiles have 20 ms of it.
enum class Seen { kBoth, kBlock, kNo };

struct Row {
  const char* primitive;
  Seen libstdcxx;
  Seen libcxx;
};
constexpr Row kRows[] = {
    {"mutex", Seen::kBoth, Seen::kBoth},
    {"recursive_mutex", Seen::kBoth, Seen::kBoth},
    // Those of libc++ are a mutex and a condition.
    {"timed_mutex", Seen::kBoth, Seen::kBlock},
    {"timed_mutex_until", Seen::kBoth, Seen::kBlock},
    {"shared_mutex", Seen::kBoth, Seen::kBlock},
    {"shared_timed_mutex", Seen::kBoth, Seen::kBlock},
    {"shared_mutex_reader", Seen::kBoth, Seen::kBlock},
    {"condition_variable", Seen::kBlock, Seen::kBlock},
    {"condition_variable_for", Seen::kBlock, Seen::kBlock},
    {"condition_variable_until", Seen::kBlock, Seen::kBlock},
    {"condition_variable_any", Seen::kBlock, Seen::kBlock},
    {"counting_semaphore", Seen::kBlock, Seen::kBlock},
    {"latch", Seen::kBlock, Seen::kBlock},
    {"barrier", Seen::kBlock, Seen::kNo},
    {"atomic", Seen::kBlock, Seen::kBlock},
    {"atomic_flag", Seen::kBlock, Seen::kBlock},
    {"future", Seen::kBlock, Seen::kBlock},
    {"static_initialization", Seen::kBlock, Seen::kBlock},
    {"thread_join", Seen::kBlock, Seen::kBlock},
    {"pthread_timedjoin", Seen::kBlock, Seen::kBlock},
    {"sem_wait", Seen::kBlock, Seen::kBlock},
    {"sem_timedwait", Seen::kBlock, Seen::kBlock},
    {"pthread_barrier", Seen::kBlock, Seen::kBlock},
    {"call_once", Seen::kNo, Seen::kBlock},
    {"flockfile", Seen::kNo, Seen::kNo},
    {"spin_lock", Seen::kNo, Seen::kNo},
    {"sleep", Seen::kNo, Seen::kNo},
};

// Whether a function of the stack has this name, in whatever namespace.
// Wait_mutex is none of Wait_mutex_until's.
bool IsIn(const SampleView& sample, const std::string& name) {
  for (const std::string& function : sample.functions) {
    if (function.size() >= name.size() &&
        function.compare(function.size() - name.size(), name.size(), name) ==
            0) {
      return true;
    }
  }
  return false;
}

// What a thread waits in the primitive. The programs also wait for their
// threads.
int64_t Blocked(const ProfileView& profile, const std::string& primitive) {
  const bool joins = primitive.find("join") != std::string::npos;
  return profile.Sum("delay", [&](const SampleView& sample) {
    return IsIn(sample, "Wait_" + primitive) &&
           (joins || !sample.Has("thread::join"));
  });
}

// What the function is charged with that unlocks it.
int64_t Charged(const ProfileView& profile, const std::string& primitive) {
  return profile.Sum("delay", [&](const SampleView& sample) {
    return IsIn(sample, "Unlock_" + primitive);
  });
}

// The rows that a run of the program does not bear out.
std::string WrongRows(const char* program, Seen Row::*library) {
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(folder, program, {});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  const ProfileView block = ReadProfile(folder / "block.pprof");
  const ProfileView mutex = ReadProfile(folder / "mutex.pprof");
  EXPECT_TRUE(block.valid) << block.problem;
  EXPECT_TRUE(mutex.valid) << mutex.problem;
  // The other thread releases it 20 ms after this one was about to wait; 10 ms
  // may be lost until it does.
  constexpr int64_t kWait = 10'000'000;
  std::string wrong;
  for (const Row& row : kRows) {
    const Seen seen = row.*library;
    const int64_t blocked = Blocked(block, row.primitive);
    const int64_t charged = Charged(mutex, row.primitive);
    if ((blocked >= kWait) == (seen != Seen::kNo) &&
        (charged >= kWait) == (seen == Seen::kBoth)) {
      continue;
    }
    wrong += std::string(row.primitive) + ": block " + std::to_string(blocked) +
             ", mutex " + std::to_string(charged) + "\n";
  }
  return wrong;
}

// On a busy machine a thread may be about to wait for longer than 10 ms. So
// there may be another try.
void ExpectTable(const char* program, Seen Row::*library) {
  std::string wrong;
  for (int i = 0; i < 3; ++i) {
    wrong = WrongRows(program, library);
    if (wrong.empty()) break;
  }
  EXPECT_EQ(wrong, "");
}

TEST(Waits, OfLibstdcxx) { ExpectTable("waits", &Row::libstdcxx); }

TEST(Waits, OfLibcxx) {
  if (!FileExists(PROGRAMS "/waits_libcxx")) GTEST_SKIP() << "no libc++ here";
  ExpectTable("waits_libcxx", &Row::libcxx);
}

// Abseil's mutex waits in a futex of its own: in the block profile once, under
// the names of its own functions, and in the mutex profile not at all.
TEST(Waits, OfAbseil) {
  if (!FileExists(PROGRAMS "/waits_absl")) GTEST_SKIP() << "no Abseil here";
  const TemporaryFolder folder;
  const ProgramResult result = RunIn(folder, "waits_absl", {});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const ProfileView block = ReadProfile(folder / "block.pprof");
  ASSERT_TRUE(block.valid) << block.problem;
  const auto count = [&](const char* wait, const char* function) {
    return block.Sum("contentions", [&](const SampleView& sample) {
      return IsIn(sample, wait) && sample.Has(function);
    });
  };
  EXPECT_EQ(count("Wait_absl_mutex", "Mutex::Lock"), 1);
  EXPECT_EQ(count("Wait_absl_condvar", "AbslInternalPerThreadSemWait"), 1);
  EXPECT_GT(Blocked(block, "absl_mutex"), 0);
  const ProfileView mutex = ReadProfile(folder / "mutex.pprof");
  ASSERT_TRUE(mutex.valid) << mutex.problem;
  EXPECT_EQ(Charged(mutex, "absl_mutex"), 0);
}

}  // namespace
}  // namespace bench_profiler
