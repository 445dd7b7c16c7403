// Waits 20 ms with each of the primitives of C++20 and of POSIX, by its name,
// and writes the profiles "block" and "mutex" to block.pprof and mutex.pprof.
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <future>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

#include "bench_profiler/pprof.h"
#include "tests/locks/programs/play.h"

namespace {

#define WAIT(name) __attribute__((noinline)) void Wait_##name()

// --- locks: also in the mutex profile ---

template <class Lock>
void PlayLock(void (*wait)(Lock*), void (*unlock)(Lock*)) {
  Lock lock;
  Play([&] { lock.lock(); }, [&] { wait(&lock); }, [&] { unlock(&lock); });
}
// At the end of a function, so that it does not end with a jump, and is not
// taken for the same as another one.
#define END(name) asm volatile("# " #name)
#define LOCK_WAIT(name, type, call)                          \
  __attribute__((noinline)) void Lock_##name(type* lock) {   \
    Begin();                                                 \
    call;                                                    \
    lock->unlock();                                          \
    END(name);                                               \
  }                                                          \
  __attribute__((noinline)) void Unlock_##name(type* lock) { \
    lock->unlock();                                          \
    END(name);                                               \
  }                                                          \
  WAIT(name) {                                               \
    PlayLock<type>(Lock_##name, Unlock_##name);              \
    END(name);                                               \
  }
LOCK_WAIT(mutex, std::mutex, lock->lock())
LOCK_WAIT(recursive_mutex, std::recursive_mutex, lock->lock())
LOCK_WAIT(timed_mutex, std::timed_mutex, (void)lock->try_lock_for(kLong))
LOCK_WAIT(timed_mutex_until, std::timed_mutex,
          (void)lock->try_lock_until(std::chrono::system_clock::now() + kLong))
LOCK_WAIT(shared_mutex, std::shared_mutex, lock->lock())
LOCK_WAIT(shared_timed_mutex, std::shared_timed_mutex,
          (void)lock->try_lock_for(kLong))

__attribute__((noinline)) void Unlock_shared_mutex_reader(
    std::shared_mutex* lock) {
  lock->unlock();
  END(shared_mutex_reader);
}
WAIT(shared_mutex_reader) {
  std::shared_mutex lock;
  Play([&] { lock.lock(); },
       [&] {
         Begin();
         lock.lock_shared();
         lock.unlock_shared();
       },
       [&] { Unlock_shared_mutex_reader(&lock); });
}

// --- conditions ---

WAIT(condition_variable) {
  std::mutex mutex;
  std::condition_variable condition;
  bool done = false;
  Play(
      Nothing,
      [&] {
        std::unique_lock<std::mutex> lock(mutex);
        Begin();
        condition.wait(lock, [&] { return done; });
      },
      [&] {
        const std::lock_guard<std::mutex> lock(mutex);
        done = true;
        condition.notify_one();
      });
}
WAIT(condition_variable_for) {
  std::mutex mutex;
  std::condition_variable condition;
  std::unique_lock<std::mutex> lock(mutex);
  condition.wait_for(lock, kWait, [] { return false; });
}
WAIT(condition_variable_until) {
  std::mutex mutex;
  std::condition_variable condition;
  std::unique_lock<std::mutex> lock(mutex);
  condition.wait_until(lock, std::chrono::system_clock::now() + kWait,
                       [] { return false; });
}
WAIT(condition_variable_any) {
  std::mutex mutex;
  std::condition_variable_any condition;
  std::unique_lock<std::mutex> lock(mutex);
  condition.wait_for(lock, kWait, [] { return false; });
}

// --- C++20 ---

WAIT(counting_semaphore) {
  std::counting_semaphore<> semaphore(0);
  Play(
      Nothing,
      [&] {
        Begin();
        semaphore.acquire();
      },
      [&] { semaphore.release(); });
}
WAIT(latch) {
  std::latch latch(1);
  Play(
      Nothing,
      [&] {
        Begin();
        latch.wait();
      },
      [&] { latch.count_down(); });
}
WAIT(barrier) {
  std::barrier<> barrier(2);
  Play(
      Nothing,
      [&] {
        Begin();
        barrier.arrive_and_wait();
      },
      [&] { barrier.arrive_and_wait(); });
}
WAIT(atomic) {
  std::atomic<int> atomic{0};
  Play(
      Nothing,
      [&] {
        Begin();
        atomic.wait(0);
      },
      [&] {
        atomic = 1;
        atomic.notify_all();
      });
}
WAIT(atomic_flag) {
  std::atomic_flag flag;
  Play(
      Nothing,
      [&] {
        Begin();
        flag.wait(false);
      },
      [&] {
        flag.test_and_set();
        flag.notify_all();
      });
}
WAIT(future) {
  std::promise<int> promise;
  std::future<int> future = promise.get_future();
  Play(
      Nothing,
      [&] {
        Begin();
        future.get();
      },
      [&] { promise.set_value(1); });
}

// Another thread initialises for 20 ms, from before this one comes.
std::atomic<bool> is_initializing{false};
struct Slow {
  Slow() {
    is_initializing = true;
    SleepWhileMainSleeps();
  }
};
void UseStatic() {
  static Slow slow;
  (void)slow;
}
void AwaitInitialization() {
  while (!is_initializing) std::this_thread::yield();
  is_initializing = false;
}
WAIT(static_initialization) {
  std::thread other(UseStatic);
  AwaitInitialization();
  UseStatic();
  other.join();
}

// --- threads ---

WAIT(thread_join) {
  std::thread other(SleepWhileMainSleeps);
  other.join();
}
WAIT(pthread_timedjoin) {
  pthread_t other;
  pthread_create(
      &other, nullptr,
      [](void*) -> void* {
        SleepWhileMainSleeps();
        return nullptr;
      },
      nullptr);
  timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += 60;
  pthread_timedjoin_np(other, nullptr, &until);
}

// --- POSIX ---

WAIT(sem_wait) {
  sem_t semaphore;
  sem_init(&semaphore, 0, 0);
  Play(
      Nothing,
      [&] {
        Begin();
        while (sem_wait(&semaphore) != 0) {
        }
      },
      [&] { sem_post(&semaphore); });
}
WAIT(sem_timedwait) {
  sem_t semaphore;
  sem_init(&semaphore, 0, 0);
  timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 20'000'000;
  until.tv_sec += until.tv_nsec / 1'000'000'000;
  until.tv_nsec %= 1'000'000'000;
  while (sem_timedwait(&semaphore, &until) != 0 && errno != ETIMEDOUT) {
  }
}
WAIT(pthread_barrier) {
  pthread_barrier_t barrier;
  pthread_barrier_init(&barrier, nullptr, 2);
  Play(
      Nothing,
      [&] {
        Begin();
        pthread_barrier_wait(&barrier);
      },
      [&] { pthread_barrier_wait(&barrier); });
}

// --- not seen ---

WAIT(call_once) {
  static std::once_flag once;
  std::thread other([] { std::call_once(once, [] { Slow(); }); });
  AwaitInitialization();
  std::call_once(once, [] {});
  other.join();
}
WAIT(flockfile) {
  Play([] { flockfile(stdout); },
       [] {
         Begin();
         flockfile(stdout);
         funlockfile(stdout);
       },
       [] { funlockfile(stdout); });
}
WAIT(spin_lock) {
  pthread_spinlock_t lock;
  pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE);
  spins = true;
  Play([&] { pthread_spin_lock(&lock); },
       [&] {
         Begin();
         pthread_spin_lock(&lock);
       },
       [&] { pthread_spin_unlock(&lock); });
  spins = false;
}
WAIT(sleep) { std::this_thread::sleep_for(kWait); }

struct Primitive {
  const char* name;
  void (*wait)();
};
#define PRIMITIVE(name) \
  { #name, Wait_##name }
constexpr Primitive kPrimitives[] = {
    PRIMITIVE(mutex),
    PRIMITIVE(recursive_mutex),
    PRIMITIVE(timed_mutex),
    PRIMITIVE(timed_mutex_until),
    PRIMITIVE(shared_mutex),
    PRIMITIVE(shared_timed_mutex),
    PRIMITIVE(shared_mutex_reader),
    PRIMITIVE(condition_variable),
    PRIMITIVE(condition_variable_for),
    PRIMITIVE(condition_variable_until),
    PRIMITIVE(condition_variable_any),
    PRIMITIVE(counting_semaphore),
    PRIMITIVE(latch),
    PRIMITIVE(barrier),
    PRIMITIVE(atomic),
    PRIMITIVE(atomic_flag),
    PRIMITIVE(future),
    PRIMITIVE(static_initialization),
    PRIMITIVE(thread_join),
    PRIMITIVE(pthread_timedjoin),
    PRIMITIVE(sem_wait),
    PRIMITIVE(sem_timedwait),
    PRIMITIVE(pthread_barrier),
    PRIMITIVE(call_once),
    PRIMITIVE(flockfile),
    PRIMITIVE(spin_lock),
    PRIMITIVE(sleep),
};

bool Write(const char* profile, const char* path) {
  const auto error = bench_profiler::pprof::Lookup(profile)->WriteTo(path);
  if (error) std::fprintf(stderr, "%s: %s\n", path, error.message());
  return !error;
}

}  // namespace

int main() {
  bench_profiler::pprof::SetBlockProfileRate(1);
  bench_profiler::pprof::SetMutexProfileFraction(1);
  for (const Primitive& primitive : kPrimitives) {
    primitive.wait();
    asm volatile("");
  }
  return Write("block", "block.pprof") && Write("mutex", "mutex.pprof") ? 0 : 1;
}
