#include "bench_profiler/platform/thread_events.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "bench_profiler/export.h"

namespace bench_profiler {
namespace {

using StartRoutine = void* (*)(void*);

std::atomic<ThreadObserver*> observer{nullptr};

// What a new thread is to do. Lives in pages of our own, not on the heap that
// is being measured; entries are used again.
struct Launch {
  StartRoutine routine = nullptr;
  void* argument = nullptr;
  ThreadObserver* observer = nullptr;
  Launch* next = nullptr;
};

pthread_mutex_t launches_mutex = PTHREAD_MUTEX_INITIALIZER;
Launch* free_launches = nullptr;

Launch* TakeLaunch() {
  constexpr size_t kPage = 4096;
  pthread_mutex_lock(&launches_mutex);
  if (free_launches == nullptr) {
    void* page = mmap(nullptr, kPage, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page != MAP_FAILED) {
      Launch* launches = static_cast<Launch*>(page);
      for (size_t i = 0; i < kPage / sizeof(Launch); ++i) {
        launches[i].next = free_launches;
        free_launches = &launches[i];
      }
    }
  }
  Launch* launch = free_launches;
  if (launch != nullptr) free_launches = launch->next;
  pthread_mutex_unlock(&launches_mutex);
  return launch;
}

void ReturnLaunch(Launch* launch) {
  pthread_mutex_lock(&launches_mutex);
  launch->next = free_launches;
  free_launches = launch;
  pthread_mutex_unlock(&launches_mutex);
}

void* RunThread(void* argument) {
  Launch* launch = static_cast<Launch*>(argument);
  // A destructor, since pthread_exit and cancellation unwind this frame.
  struct Membership {
    ThreadObserver* observer;
    void* cookie;
    ~Membership() { observer->OnThreadExit(cookie); }
  };
  const StartRoutine routine = launch->routine;
  void* const routine_argument = launch->argument;
  Membership membership{launch->observer, nullptr};
  ReturnLaunch(launch);
  membership.cookie = membership.observer->OnThreadStart(
      reinterpret_cast<uintptr_t>(routine),
      reinterpret_cast<uintptr_t>(__builtin_frame_address(0)));
  return routine(routine_argument);
}

}  // namespace

void SetThreadObserver(ThreadObserver* new_observer) {
  observer.store(new_observer, std::memory_order_release);
}

bool ForEachThread(void (*visit)(pid_t tid, void* context), void* context) {
  // getdents64 by hand: opendir(3) allocates.
  struct Entry {
    uint64_t inode;
    int64_t offset;
    unsigned short size;
    unsigned char type;
    char name[1];
  };
  const int fd = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return false;
  alignas(Entry) char buffer[4096];
  long size;
  while ((size = syscall(SYS_getdents64, fd, buffer, sizeof(buffer))) > 0) {
    for (long at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const Entry*>(buffer + at);
      const int tid = std::atoi(entry->name);  // "." and ".." give 0
      if (tid > 0) visit(tid, context);
      at += entry->size;
    }
  }
  close(fd);
  return size == 0;
}

int ThreadCount() {
  struct stat status;
  if (stat("/proc/self/task", &status) != 0) return 0;
  return static_cast<int>(status.st_nlink) - 2;  // "." and ".."
}

pid_t CurrentThreadId() { return static_cast<pid_t>(syscall(SYS_gettid)); }

}  // namespace bench_profiler

// Takes the place of libc's for the program and its libraries. Without an
// observer it only passes the call on.
extern "C" BENCH_PROFILER_EXPORT int pthread_create(
    pthread_t* thread, const pthread_attr_t* attributes,
    void* (*routine)(void*), void* argument) {
  using Create =
      int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static std::atomic<Create> real{nullptr};
  Create create = real.load(std::memory_order_acquire);
  if (create == nullptr) {
    create = reinterpret_cast<Create>(dlsym(RTLD_NEXT, "pthread_create"));
    real.store(create, std::memory_order_release);
  }
  bench_profiler::ThreadObserver* observer =
      bench_profiler::observer.load(std::memory_order_acquire);
  bench_profiler::Launch* launch =
      observer == nullptr ? nullptr : bench_profiler::TakeLaunch();
  if (launch == nullptr) return create(thread, attributes, routine, argument);
  launch->routine = routine;
  launch->argument = argument;
  launch->observer = observer;
  const int error =
      create(thread, attributes, bench_profiler::RunThread, launch);
  if (error != 0) bench_profiler::ReturnLaunch(launch);
  return error;
}
