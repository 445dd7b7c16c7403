// Lets the main thread wait for another one for 20 ms.
//
//   Play([&] { mutex.lock(); },                // in another thread
//        [&] { Begin(); mutex.lock(); },       // waits
//        [&] { mutex.unlock(); });             // in the other thread, later
#ifndef BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_PLAY_H_
#define BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_PLAY_H_

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

using std::chrono::milliseconds;
inline constexpr milliseconds kWait{20};
inline constexpr milliseconds kLong{60000};

// Whether the main thread sleeps, as one that waits does.
inline bool MainSleeps() {
  char path[64];
  std::snprintf(path, sizeof(path), "/proc/self/task/%d/stat", getpid());
  char text[64] = "";
  if (FILE* file = std::fopen(path, "r")) {
    if (std::fgets(text, sizeof(text), file) == nullptr) text[0] = '\0';
    std::fclose(file);
  }
  const char* state = std::strrchr(text, ')');
  return state != nullptr && state[1] == ' ' && state[2] == 'S';
}

// For 20 ms of the main thread's sleep, however busy the machine is. A thread
// that spins never sleeps.
inline bool spins = false;
inline void SleepWhileMainSleeps() {
  while (!spins && !MainSleeps()) {
    std::this_thread::sleep_for(milliseconds{1});
  }
  std::this_thread::sleep_for(kWait);
}

// The main thread says that it is about to wait, and the other one lets it go
// on 20 ms later.
inline std::atomic<int> about_to_wait{0};

inline void Begin() { about_to_wait.store(1); }
inline void AwaitBegin() {
  while (about_to_wait.load() == 0) std::this_thread::yield();
  SleepWhileMainSleeps();
  about_to_wait.store(0);
}

// Runs `prepare` and `release` in another thread: the first before `wait`, the
// second 20 ms after it has begun.
template <class Prepare, class Wait, class Release>
void Play(Prepare prepare, Wait wait, Release release) {
  std::atomic<bool> ready{false};
  std::thread other([&] {
    prepare();
    ready = true;
    AwaitBegin();
    release();
  });
  while (!ready) std::this_thread::yield();
  wait();
  other.join();
}
inline void Nothing() {}

#endif  // BENCH_PROFILER_TESTS_LOCKS_PROGRAMS_PLAY_H_
