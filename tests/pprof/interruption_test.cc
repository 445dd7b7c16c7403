// Looking at threads interrupts nothing: no call returns EINTR that would not
// have, and all results are what they are without it.
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/pprof/api_fixture.h"
#include "tests/support/sanitizers.h"

namespace bench_profiler {
namespace {

constexpr int kSnapshots = kAddressSanitizer || !kCanSample ? 100 : 1000;

int64_t Nanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// A thread that waits in one way, again and again, and counts what went wrong.
class Waiter {
 public:
  // `wait` returns whether all is well.
  Waiter(std::string name, std::function<bool()> wait)
      : name_(std::move(name)), thread_([this, wait] {
          while (!stop_.load()) {
            errno = 0;
            ++waits_;
            if (wait()) continue;
            ++wrong_;
            if (errno == EINTR) ++interrupted_;
          }
        }) {}

  void AskToStop() { stop_.store(true); }
  void Join() { thread_.join(); }

  void Check() const {
    EXPECT_GT(waits_.load(), 0) << name_;
    EXPECT_EQ(interrupted_.load(), 0) << name_ << ", of " << waits_.load();
    EXPECT_EQ(wrong_.load(), 0) << name_ << ", of " << waits_.load();
  }

 private:
  const std::string name_;
  std::atomic<bool> stop_{false};
  std::atomic<int> waits_{0};
  std::atomic<int> wrong_{0};
  std::atomic<int> interrupted_{0};
  std::thread thread_;
};

constexpr int kTimeoutMs = 2;
constexpr int64_t kTimeoutNanos = kTimeoutMs * int64_t{1000000};

// The wait took all of its time and brought nothing.
bool TimedOut(int result, int64_t start) {
  return result == 0 && Nanos() - start >= kTimeoutNanos;
}

class InterruptionTest : public ApiTest {
 protected:
  void SetUp() override {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);  // for sigwaitinfo
    for (int i = 0; i < 2; ++i) {
      AddTimed();
      AddFed(i);
    }
    feeder_ = std::thread([this] {
      for (unsigned char byte = 0; !stop_.load(); ++byte) {
        for (const auto& feed : feeds_) feed(byte);
        usleep(1000);
      }
    });
  }

  void TearDown() override {
    for (auto& waiter : waiters_) waiter->AskToStop();
    // What they wait for goes on coming until they have all stopped.
    for (auto& waiter : waiters_) waiter->Join();
    stop_.store(true);
    feeder_.join();
    for (auto& waiter : waiters_) waiter->Check();
    for (const int fd : files_) close(fd);
    for (const int semaphore : semaphores_) semctl(semaphore, 0, IPC_RMID);
  }

  void Add(const char* name, std::function<bool()> wait) {
    waiters_.push_back(std::make_unique<Waiter>(name, std::move(wait)));
  }

  void AddTimed() {
    const int epoll = epoll_create1(0);
    files_.push_back(epoll);
    Add("epoll_wait", [epoll] {
      epoll_event event;
      const int64_t start = Nanos();
      return TimedOut(epoll_wait(epoll, &event, 1, kTimeoutMs), start);
    });
    Add("poll", [] {
      const int64_t start = Nanos();
      return TimedOut(poll(nullptr, 0, kTimeoutMs), start);
    });
    Add("select", [] {
      timeval timeout = {0, kTimeoutMs * 1000};
      const int64_t start = Nanos();
      return TimedOut(select(0, nullptr, nullptr, nullptr, &timeout), start);
    });
    Add("nanosleep", [] {
      const timespec time = {0, kTimeoutNanos};
      const int64_t start = Nanos();
      return TimedOut(nanosleep(&time, nullptr), start);
    });
  }

  // Those that somebody has to end.
  void AddFed(int number) {
    const int signal = number == 0 ? SIGUSR1 : SIGUSR2;
    Add("sigwaitinfo", [signal] {
      sigset_t set;
      sigemptyset(&set);
      sigaddset(&set, signal);
      return sigwaitinfo(&set, nullptr) == signal;
    });
    feeds_.emplace_back([signal](unsigned char) { kill(getpid(), signal); });

    const int semaphore = semget(IPC_PRIVATE, 1, IPC_CREAT | 0600);
    semaphores_.push_back(semaphore);
    Add("semop", [semaphore] {
      sembuf take = {0, -1, 0};
      return semop(semaphore, &take, 1) == 0;
    });
    feeds_.emplace_back([semaphore](unsigned char) {
      sembuf give = {0, 1, 0};
      semop(semaphore, &give, 1);
    });

    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(bind(listener, plain, size), 0);
    ASSERT_EQ(listen(listener, 128), 0);
    ASSERT_EQ(getsockname(listener, plain, &size), 0);
    files_.push_back(listener);
    Add("accept", [listener] {
      const int fd = accept(listener, nullptr, nullptr);
      if (fd >= 0) close(fd);
      return fd >= 0;
    });
    feeds_.emplace_back([address](unsigned char) {
      const int fd = socket(AF_INET, SOCK_STREAM, 0);
      const linger reset = {1, 0};  // leaves no TIME_WAIT behind
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
      close(fd);
    });

    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    files_.insert(files_.end(), {ends[0], ends[1]});
    expected_[number] = 0;
    Add("read", [this, number, fd = ends[0]] {
      unsigned char byte = 0;
      const bool is_right =
          read(fd, &byte, 1) == 1 && byte == expected_[number];
      ++expected_[number];
      return is_right;
    });
    feeds_.emplace_back([fd = ends[1]](unsigned char byte) {
      EXPECT_EQ(write(fd, &byte, 1), 1);
    });
  }

  std::vector<std::unique_ptr<Waiter>> waiters_;
  std::vector<std::function<void(unsigned char)>> feeds_;
  std::vector<int> files_;
  std::vector<int> semaphores_;
  unsigned char expected_[2] = {};  // the readers' own
  std::atomic<bool> stop_{false};
  std::thread feeder_;
};

TEST_F(InterruptionTest, SnapshotsOfAllThreads) {
  pprof::Profile* threads = pprof::Lookup("goroutine");
  for (int i = 0; i < kSnapshots; ++i) EXPECT_GE(threads->Count(), 18);
}

TEST_F(InterruptionTest, SnapshotsWhileTheCpuIsProfiled) {
  if (!kCanSample) GTEST_SKIP();
  ASSERT_OK(pprof::StartCpuProfile(path_, {1000}));
  pprof::Profile* threads = pprof::Lookup("goroutine");
  for (int i = 0; i < kSnapshots / 4; ++i) EXPECT_GE(threads->Count(), 18);
  ASSERT_OK(pprof::StopCpuProfile());
}

TEST_F(InterruptionTest, WallClockProfile) {
  ASSERT_OK(pprof::StartWallProfile(path_, {1000}));
  usleep(kSnapshots * 2000);
  ASSERT_OK(pprof::StopWallProfile());
}

}  // namespace
}  // namespace bench_profiler
