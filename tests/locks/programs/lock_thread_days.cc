// Threads that end while they wait, handlers that lock, forks.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "holder.h"
#include "lock_bad_days.h"

namespace {

std::atomic<int> cleaned{0};
std::atomic<bool> is_cancelled{false};
struct CountAtEnd {
  ~CountAtEnd() { ++cleaned; }
};

template <class Wait>
void Cancelled(Wait wait) {
  cleaned = 0;
  is_cancelled = false;
  std::atomic<bool> started{false};
  std::thread thread([&] {
    const CountAtEnd count;
    started = true;
    wait();
    Check(false, "came back");
  });
  while (!started) std::this_thread::yield();
  SleepFor(10);
  Check(pthread_cancel(thread.native_handle()) == 0, "cancel");
  is_cancelled = true;
  thread.join();
  Check(cleaned == 1, "unwound");
}

}  // namespace

void CancelWaits() {
  for (int i = 0; i < 20; ++i) {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
    Cancelled([&] {
      pthread_mutex_lock(&mutex);
      struct Unlock {
        pthread_mutex_t* mutex;
        ~Unlock() { Check(pthread_mutex_unlock(mutex) == 0, "it is mine"); }
      } unlock{&mutex};
      for (;;) pthread_cond_wait(&condition, &mutex);
    });
    Check(pthread_mutex_trylock(&mutex) == 0, "nobody has it");
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    Cancelled([&] {
      for (;;) sem_wait(&semaphore);
    });
    // A cancellation point even if it need not wait.
    sem_post(&semaphore);
    Cancelled([&] {
      pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
      while (!is_cancelled) std::this_thread::yield();
      pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, nullptr);
      sem_wait(&semaphore);
    });
    std::atomic<bool> stop{false};
    std::thread other([&] {
      while (!stop) SleepFor(1);
    });
    Cancelled([&] { pthread_join(other.native_handle(), nullptr); });
    stop = true;
    other.join();
  }
}

// A handler ends the thread that waits.
void ExitInWait() {
  struct sigaction action = {};
  action.sa_handler = [](int) { pthread_exit(nullptr); };
  sigaction(SIGUSR1, &action, nullptr);
  for (int i = 0; i < 20; ++i) {
    cleaned = 0;
    sem_t semaphore;
    sem_init(&semaphore, 0, 0);
    std::atomic<bool> started{false};
    std::thread thread([&] {
      const CountAtEnd count;
      started = true;
      for (;;) sem_wait(&semaphore);
    });
    while (!started) std::this_thread::yield();
    SleepFor(10);
    pthread_kill(thread.native_handle(), SIGUSR1);
    thread.join();
    Check(cleaned == 1, "unwound");
  }
}

namespace {

std::mutex handler_mutex;  // of handlers, and of threads that block the signal
std::atomic<int> handled{0};

}  // namespace

void LockInHandler() {
  struct sigaction action = {};
  action.sa_handler = [](int) {
    const int saved_errno = errno;
    handler_mutex.lock();
    ++handled;
    handler_mutex.unlock();
    errno = saved_errno;
  };
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  sigset_t alarm;
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    const bool takes_signals = t < 2;
    threads.emplace_back([&, takes_signals] {
      if (!takes_signals) pthread_sigmask(SIG_BLOCK, &alarm, nullptr);
      while (!stop) {
        std::mutex* wanted = takes_signals ? &mutex : &handler_mutex;
        wanted->lock();
        for (int i = 0; i < 100; ++i) asm volatile("");
        wanted->unlock();
      }
    });
  }
  pthread_sigmask(SIG_BLOCK, &alarm, nullptr);
  // Directed at the two by hand: a timer's would go to any thread.
  for (int i = 0; i < 5000; ++i) {
    pthread_kill(threads[static_cast<size_t>(i % 2)].native_handle(), SIGALRM);
    if (i % 100 == 0) SleepFor(1);
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  Check(handled > 0, "handled");
}

// Children are forked while others wait, and lock by themselves.
void ForkWhileOthersWait() {
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      while (!stop) {
        const std::lock_guard<std::mutex> lock(mutex);
        for (int i = 0; i < 1000; ++i) asm volatile("");
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    mutex.lock();  // so that it is in one piece in the child
    const pid_t child = fork();
    mutex.unlock();
    if (child == 0) {
      std::mutex own;
      int sum = 0;
      std::vector<std::thread> more;
      for (int t = 0; t < 2; ++t) {
        more.emplace_back([&] {
          for (int k = 0; k < 100; ++k) {
            const std::lock_guard<std::mutex> lock(own);
            ++sum;
          }
        });
      }
      for (std::thread& thread : more) thread.join();
      _exit(sum == 200 ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    Check(status == 0, "the child");
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
}
