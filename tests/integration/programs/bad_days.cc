#include "bad_days.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#include "spin.h"

namespace {

void* NoWork(void*) { return nullptr; }

// Whether the child ends by itself within five seconds.
bool EndsWell(pid_t child) {
  for (int i = 0; i < 500; ++i) {
    int status = 0;
    if (waitpid(child, &status, WNOHANG) == child) return status == 0;
    usleep(i < 100 ? 1000 : 10000);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return false;
}

std::atomic<int> foreign_signals{0};
std::atomic<int> own_signals{0};

void CountSignal(int, siginfo_t* info, void*) {
  ++(info->si_code == SI_TKILL || info->si_code == SI_USER ? own_signals
                                                           : foreign_signals);
}

constexpr size_t kSmallStack = 16384;  // PTHREAD_STACK_MIN

__attribute__((noinline)) void* UseStack(void* bytes) {
  auto size = reinterpret_cast<size_t>(bytes);
  volatile char* room = static_cast<char*>(__builtin_alloca(size));
  // From the top down, so that the guard page is met.
  while (size-- > 0) room[size] = 1;
  SpinFor(0.1);
  free(malloc(100));
  return nullptr;
}

}  // namespace

void ForkWhileThreadsStart() {
  std::atomic<bool> stop{false};
  std::vector<std::thread> makers;
  for (int i = 0; i < 3; ++i) {
    makers.emplace_back([&stop] {
      while (!stop) {
        pthread_t thread;
        if (pthread_create(&thread, nullptr, NoWork, nullptr) == 0) {
          pthread_join(thread, nullptr);
        }
      }
    });
  }
  int hung = 0;
  for (int i = 0; i < 200; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      pthread_t thread;
      if (pthread_create(&thread, nullptr, NoWork, nullptr) == 0) {
        pthread_join(thread, nullptr);
      }
      _exit(0);
    }
    if (!EndsWell(child)) ++hung;
    if (hung > 1) break;
  }
  stop = true;
  for (std::thread& maker : makers) maker.join();
  if (hung > 0) std::_Exit(31);
}

void HandleAllSignals() {
  struct sigaction action = {};
  action.sa_sigaction = CountSignal;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  for (int number = 1; number < NSIG; ++number) {
    sigaction(number, &action, nullptr);
  }
  SpinFor(0.3);
  raise(SIGSTKFLT);
  pthread_kill(pthread_self(), SIGPROF);
  struct sigaction now = {};
  sigaction(SIGSTKFLT, nullptr, &now);
  if (now.sa_sigaction != CountSignal || foreign_signals != 0 ||
      own_signals != 2) {
    std::_Exit(32);
  }
  // The first to come is the one that ends the benchmark otherwise.
  signal(SIGALRM, SIG_DFL);
}

void WaitForAllSignals() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pthread_t self = pthread_self();
  SpinFor(0.1);  // the timer's signal is pending now
  std::thread sender([self] { pthread_kill(self, SIGUSR1); });
  sender.join();
  int number = 0;
  if (sigwait(&all, &number) != 0 || number != SIGUSR1) std::_Exit(33);
  SpinFor(0.1);
  const timespec soon = {0, 20 * 1000 * 1000};
  siginfo_t info;
  if (sigtimedwait(&all, &info, &soon) != -1 || errno != EAGAIN) {
    std::_Exit(33);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void BlockAllSignals() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([] {
      sigset_t all;
      sigfillset(&all);
      pthread_sigmask(SIG_SETMASK, &all, nullptr);
      SpinFor(0.2);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

void UseSmallStacks() {
  // Attributes that say nothing of the stack: it is a large one.
  pthread_attr_t silent;
  pthread_attr_init(&silent);
  pthread_t ordinary;
  constexpr size_t kMuch = size_t{1} << 20;
  if (pthread_create(&ordinary, &silent, UseStack,
                     reinterpret_cast<void*>(kMuch)) != 0) {
    std::_Exit(34);
  }
  pthread_join(ordinary, nullptr);
  pthread_attr_destroy(&silent);
  for (const size_t used : {6000, 8000}) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    if (pthread_attr_setstacksize(&attributes, kSmallStack) != 0) {
      std::_Exit(34);
    }
    pthread_t thread;
    if (pthread_create(&thread, &attributes, UseStack,
                       reinterpret_cast<void*>(used)) != 0) {
      std::_Exit(34);
    }
    pthread_join(thread, nullptr);
    // The same in memory of the program's own.
    alignas(4096) static char memory[kSmallStack];
    pthread_attr_setstack(&attributes, memory, sizeof(memory));
    if (pthread_create(&thread, &attributes, UseStack,
                       reinterpret_cast<void*>(used)) != 0) {
      std::_Exit(34);
    }
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
  }
}

namespace {
int own_files[64];
}  // namespace

void CloseAllDescriptors() {
  for (int fd = 3; fd < 1024; ++fd) close(fd);
  for (int& fd : own_files) fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
  // When the profiler has ended, all of them are still there.
  static const bool checked = std::atexit([] {
                                for (const int fd : own_files) {
                                  if (fcntl(fd, F_GETFD) < 0) std::_Exit(35);
                                }
                              }) == 0;
  (void)checked;
}

void LoadWithoutTimers() {
  rlimit none = {0, 0};
  setrlimit(RLIMIT_SIGPENDING, &none);
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&stop] {
      while (!stop) usleep(1000);
    });
  }
  for (int i = 0; i < 50; ++i) {
    if (void* library = dlopen("libanl.so.1", RTLD_NOW)) dlclose(library);
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
}
