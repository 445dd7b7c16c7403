// What all threads are doing now.
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <functional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/pprof/api_fixture.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

class ThreadsProfileTest : public ApiTest {
 protected:
  ProfileView Threads(const char* name = "goroutine") {
    EXPECT_OK(pprof::Lookup(name)->WriteTo(path_));
    ProfileView profile = ReadProfile(path_);
    EXPECT_TRUE(profile.valid) << profile.problem;
    return profile;
  }
};

auto In(const char* function) {
  return [function](const SampleView& sample) { return sample.Has(function); };
}

const SampleView* Find(const ProfileView& profile, const char* function) {
  for (const SampleView& sample : profile.samples) {
    if (sample.Has(function)) return &sample;
  }
  return nullptr;
}

sem_t* Semaphore() {
  static sem_t* const semaphore = [] {
    static sem_t made;
    sem_init(&made, 0, 0);
    return &made;
  }();
  return semaphore;
}

__attribute__((noinline)) void WaitForSemaphore() {
  while (sem_wait(Semaphore()) != 0) {
  }
  asm volatile("" : : : "memory");
}

// Threads that wait until the end of the test.
class Waiters {
 public:
  explicit Waiters(int count, const std::function<void(int)>& first = nullptr) {
    for (int i = 0; i < count; ++i) {
      threads_.emplace_back([this, first, i] {
        if (first) first(i);
        ++started_;
        WaitForSemaphore();
      });
    }
    while (started_.load() < count) std::this_thread::yield();
  }
  ~Waiters() {
    for (size_t i = 0; i < threads_.size(); ++i) sem_post(Semaphore());
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::atomic<int> started_{0};
  std::vector<std::thread> threads_;
};

// Until all of them wait: one that has just started may still be running.
template <class Done>
void Eventually(Done done) {
  for (int i = 0; i < 1000 && !done(); ++i) usleep(1000);
}

TEST_F(ThreadsProfileTest, ShowsWhereEachThreadIs) {
  Waiters waiters(3, [](int i) {
    pthread_setname_np(pthread_self(), ("waiter " + std::to_string(i)).c_str());
  });
  ProfileView profile;
  Eventually([&] {
    profile = Threads();
    return profile.Sum("goroutine", In("WaitForSemaphore")) == 3;
  });
  EXPECT_EQ(profile.types, std::vector<std::string>{"goroutine/count"});
  EXPECT_EQ(profile.default_type, "goroutine");
  EXPECT_EQ(profile.Sum("goroutine", In("WaitForSemaphore")), 3);
  std::vector<std::string> names;
  for (const SampleView& sample : profile.samples) {
    if (!sample.Has("WaitForSemaphore")) continue;
    names.push_back(sample.Label("thread"));
    EXPECT_GT(std::stoi(sample.Label("tid")), 0);
    EXPECT_EQ(sample.Label("state"), "futex");
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names,
            (std::vector<std::string>{"waiter 0", "waiter 1", "waiter 2"}));
  EXPECT_EQ(pprof::Lookup("goroutine")->Count(),
            static_cast<int64_t>(profile.samples.size()));
}

TEST_F(ThreadsProfileTest, HasTwoNames) {
  const ProfileView profile = Threads("threads");
  EXPECT_EQ(profile.types, std::vector<std::string>{"threads/count"});
  EXPECT_EQ(profile.default_type, "threads");
}

__attribute__((noinline)) ProfileView CallFromHere(
    const std::function<ProfileView()>& profile) {
  ProfileView result = profile();
  asm volatile("" : : : "memory");
  return result;
}

TEST_F(ThreadsProfileTest, TheCallerIsRunningItself) {
  const ProfileView profile = CallFromHere([this] { return Threads(); });
  const SampleView* self = Find(profile, "CallFromHere");
  ASSERT_NE(self, nullptr);
  EXPECT_EQ(self->Label("state"), "running");
  EXPECT_EQ(self->Label("tid"), std::to_string(syscall(SYS_gettid)));
  EXPECT_FALSE(self->Has("bench_profiler::Sources"));
}

TEST_F(ThreadsProfileTest, HasTheLabelsOfTheProgram) {
  const pprof::ScopedLabels labels({{"request", "7"}});
  Waiters waiters(1);
  const ProfileView profile = Threads();
  const SampleView* waiter = Find(profile, "WaitForSemaphore");
  ASSERT_NE(waiter, nullptr);
  EXPECT_EQ(waiter->Label("request"), "7");
}

std::atomic<bool> stop_spinning{false};

__attribute__((noinline)) void SpinUntilTold() {
  while (!stop_spinning.load()) {
  }
  asm volatile("" : : : "memory");
}

// With a running CPU profile as well as without.
TEST_F(ThreadsProfileTest, AsksThreadsThatRun) {
  if (!kCanSample) GTEST_SKIP();
  for (const bool with_cpu : {false, true}) {
    if (with_cpu) {
      ASSERT_OK(pprof::StartCpuProfile(folder_ / "cpu.pprof", {1000}));
    }
    stop_spinning.store(false);
    std::thread spinner(SpinUntilTold);
    ProfileView profile;
    Eventually([&] {
      profile = Threads();
      return Find(profile, "SpinUntilTold") != nullptr;
    });
    const SampleView* spinning = Find(profile, "SpinUntilTold");
    EXPECT_NE(spinning, nullptr) << with_cpu;
    if (spinning != nullptr) {
      EXPECT_EQ(spinning->Label("state"), "running");
    }
    // 100 ms of CPU time, of which the kernel sees several ticks.
    const std::clock_t start = std::clock();
    while (with_cpu && std::clock() - start < CLOCKS_PER_SEC / 10) {
    }
    stop_spinning.store(true);
    spinner.join();
    if (with_cpu) {
      ASSERT_OK(pprof::StopCpuProfile());
      EXPECT_GT(ReadProfile(folder_ / "cpu.pprof").samples.size(), 0u);
    }
  }
}

TEST_F(ThreadsProfileTest, AThreadThatBlocksSignalsDoesNotAnswer) {
  stop_spinning.store(false);
  std::atomic<pid_t> tid{0};
  std::thread spinner([&tid] {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, nullptr);
    tid.store(static_cast<pid_t>(syscall(SYS_gettid)));
    SpinUntilTold();
  });
  while (tid.load() == 0) std::this_thread::yield();
  const ProfileView profile = Threads();
  const SampleView* spinning = Find(profile, "thread that did not answer");
  ASSERT_NE(spinning, nullptr);
  EXPECT_EQ(spinning->Label("tid"), std::to_string(tid.load()));
  stop_spinning.store(true);
  spinner.join();
}

TEST_F(ThreadsProfileTest, TheTextMergesEqualStacks) {
  Waiters waiters(4);
  std::string text;
  Eventually([&] {
    std::ostringstream stream;
    EXPECT_OK(pprof::Lookup("goroutine")->WriteTo(stream, 1));
    text = stream.str();
    return text.find("\n4 @ 0x") != std::string::npos;
  });
  EXPECT_EQ(text.rfind("goroutine profile: total ", 0), 0u) << text;
  EXPECT_NE(text.find("\n4 @ 0x"), std::string::npos) << text;
  EXPECT_NE(text.find("WaitForSemaphore"), std::string::npos) << text;
  EXPECT_EQ(text.find("tid"), std::string::npos) << text;
}

TEST_F(ThreadsProfileTest, TheLongTextHasEachThread) {
  Waiters waiters(2, [](int) { pthread_setname_np(pthread_self(), "waiter"); });
  std::string text;
  const auto count = [&text](const std::string& part) {
    int found = 0;
    for (size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) {
      ++found;
    }
    return found;
  };
  Eventually([&] {
    std::ostringstream stream;
    EXPECT_OK(pprof::Lookup("goroutine")->WriteTo(stream, 2));
    text = stream.str();
    return count("[futex, \"waiter\"]:\n") == 2;
  });
  EXPECT_EQ(count("[futex, \"waiter\"]:\n"), 2) << text;
  const std::string self =
      "goroutine " + std::to_string(syscall(SYS_gettid)) + " [running, ";
  EXPECT_EQ(count(self), 1) << text;
  EXPECT_NE(text.find("WaitForSemaphore"), std::string::npos) << text;
}

// A context of 16 KiB that waits for its turn to end.
ucontext_t fiber_caller;
int fiber_pipe[2];

__attribute__((noinline)) void WaitInFiber() {
  char byte;
  EXPECT_EQ(read(fiber_pipe[0], &byte, 1), 1);
  asm volatile("" : : : "memory");
}

TEST_F(ThreadsProfileTest, AThreadOnAStackOfItsOwn) {
  if (kAddressSanitizer || !kCanSample) GTEST_SKIP() << "needs more stack";
  ASSERT_EQ(pipe(fiber_pipe), 0);
  std::thread thread([] {
    std::vector<char> stack(size_t{16} << 10);
    ucontext_t fiber;
    getcontext(&fiber);
    fiber.uc_stack.ss_sp = stack.data();
    fiber.uc_stack.ss_size = stack.size();
    fiber.uc_link = &fiber_caller;
    makecontext(&fiber, WaitInFiber, 0);
    swapcontext(&fiber_caller, &fiber);
  });
  ProfileView profile;
  Eventually([&] {
    profile = Threads();
    const SampleView* found = Find(profile, "WaitInFiber");
    return found != nullptr && found->Label("state") == "read";
  });
  const SampleView* waiting = Find(profile, "WaitInFiber");
  EXPECT_NE(waiting, nullptr);
  EXPECT_EQ(write(fiber_pipe[1], "x", 1), 1);
  thread.join();
  close(fiber_pipe[0]);
  close(fiber_pipe[1]);
}

// Threads with a small stack of their own have no room for a signal handler.
TEST_F(ThreadsProfileTest, AThreadWithASmallStackIsNotAsked) {
  if (!kCanSample) GTEST_SKIP() << "ThreadSanitizer needs large stacks";
  stop_spinning.store(false);
  std::vector<char> memory(size_t{32} << 10);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstack(&attributes, memory.data(), memory.size()),
            0);
  pthread_t thread;
  ASSERT_EQ(pthread_create(
                &thread, &attributes,
                [](void*) -> void* {
                  SpinUntilTold();
                  return nullptr;
                },
                nullptr),
            0);
  pthread_attr_destroy(&attributes);
  const ProfileView profile = Threads();
  EXPECT_EQ(Find(profile, "SpinUntilTold"), nullptr);
  EXPECT_NE(Find(profile, "thread that did not answer"), nullptr);
  stop_spinning.store(true);
  pthread_join(thread, nullptr);
}

// Short threads, forks and cancelled threads while others look.
TEST_F(ThreadsProfileTest, WhileThreadsComeAndGo) {
  std::atomic<bool> stop{false};
  std::vector<std::thread> makers;
  for (int i = 0; i < 2; ++i) {
    makers.emplace_back([&stop] {
      while (!stop.load()) std::thread([] {}).join();
    });
  }
  makers.emplace_back([&stop] {
    while (!stop.load()) {
      const pid_t child = fork();
      if (child == 0) {
        const int64_t count = pprof::Lookup("goroutine")->Count();
        _exit(count == 1 ? 0 : 1);
      }
      int status = -1;
      EXPECT_EQ(waitpid(child, &status, 0), child);
      EXPECT_EQ(status, 0);
    }
  });
  makers.emplace_back([&stop] {
    while (!stop.load()) {
      std::thread looking([] {
        for (int i = 0; i < 10; ++i) pprof::Lookup("threads")->Count();
        pause();
      });
      pthread_cancel(looking.native_handle());
      looking.join();
    }
  });
  const int looks = kCanSample ? 300 : 50;
  for (int i = 0; i < looks; ++i) {
    EXPECT_GE(pprof::Lookup("goroutine")->Count(), 1);
  }
  stop.store(true);
  for (std::thread& maker : makers) maker.join();
}

}  // namespace
}  // namespace bench_profiler
