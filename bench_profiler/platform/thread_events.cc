#include "bench_profiler/platform/thread_events.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/own_threads.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/platform/thread_state.h"

namespace bench_profiler {
namespace {

using StartRoutine = void* (*)(void*);

std::atomic<ThreadObserver*> all_observers[kMaxThreadObservers];

// The observers that are told of one thread.
struct Observers {
  ThreadObserver* list[kMaxThreadObservers] = {};
  size_t size = 0;

  static Observers Present() {
    Observers present;
    for (const auto& entry : all_observers) {
      ThreadObserver* observer = entry.load(std::memory_order_acquire);
      if (observer != nullptr) present.list[present.size++] = observer;
    }
    return present;
  }
  ThreadObserver* const* begin() const { return list; }
  ThreadObserver* const* end() const { return list + size; }
};

// What a new thread has to do. These are in pages of our own, not on the
// program's heap, and are used again.
struct Launch {
  StartRoutine routine = nullptr;
  void* argument = nullptr;
  Observers observers;
  bool has_small_stack = false;
  uint32_t labels = 0;  // of the thread that creates it
  std::atomic<uint64_t> next{0};
};

// The list of free entries. It has no lock, since a child that was forked while
// another thread held it would wait for ever. The upper bits, which no address
// uses, count how often the head was set, so that a change is seen even if the
// same entry is at the head again.
std::atomic<uint64_t> free_launches{0};
constexpr int kAddressBits = 48;

Launch* LaunchAt(uint64_t head) {
  return reinterpret_cast<Launch*>(head & ((uint64_t{1} << kAddressBits) - 1));
}

uint64_t NewHead(const Launch* launch, uint64_t old_head) {
  const uint64_t times = (old_head >> kAddressBits) + 1;
  return reinterpret_cast<uint64_t>(launch) | times << kAddressBits;
}

void ReturnLaunch(Launch* launch) {
  uint64_t head = free_launches.load(std::memory_order_relaxed);
  do {
    launch->next.store(head, std::memory_order_relaxed);
  } while (!free_launches.compare_exchange_weak(head, NewHead(launch, head),
                                                std::memory_order_release));
}

Launch* NewLaunches() {
  constexpr size_t kPage = 4096;
  void* page = mmap(nullptr, kPage, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return nullptr;
  Launch* launches = static_cast<Launch*>(page);
  for (size_t i = 1; i < kPage / sizeof(Launch); ++i) {
    ReturnLaunch(new (launches + i) Launch);
  }
  return new (launches) Launch;
}

Launch* TakeLaunch() {
  uint64_t head = free_launches.load(std::memory_order_acquire);
  for (;;) {
    Launch* launch = LaunchAt(head);
    if (launch == nullptr) return NewLaunches();
    const uint64_t next = launch->next.load(std::memory_order_relaxed);
    if (free_launches.compare_exchange_weak(head, NewHead(LaunchAt(next), head),
                                            std::memory_order_acquire)) {
      return launch;
    }
  }
}

// A stack below kSmallStack gets kMoreStack in addition. One of at most
// kTooSmall that cannot be enlarged has no room for a signal handler.
constexpr size_t kSmallStack = size_t{256} << 10;
constexpr size_t kMoreStack = size_t{64} << 10;
constexpr size_t kTooSmall = size_t{32} << 10;

std::atomic<bool> extend_stacks{false};

// The attributes of a new thread, with more stack if the program asks for
// little.
class StackAttributes {
 public:
  explicit StackAttributes(const pthread_attr_t* asked) : asked_(asked) {
    if (asked == nullptr) return;
    void* low = nullptr;
    size_t size = 0;
    // This returns the lower end of the stack. glibc keeps the upper end, which
    // is null if the program provides no memory.
    if (pthread_attr_getstack(asked, &low, &size) != 0) return;
    const bool is_given = reinterpret_cast<uintptr_t>(low) + size != 0;
    has_small_stack_ = is_given && size <= kTooSmall;
    if (is_given) return;
    if (!extend_stacks.load(std::memory_order_relaxed)) {
      pthread_attr_getstacksize(asked, &size);
      has_small_stack_ = size <= kTooSmall;
      return;
    }
    // This returns the default where the program has left the size open.
    if (pthread_attr_getstacksize(asked, &size) != 0) return;
    if (size >= kSmallStack) return;
    // A shallow copy is enough, since pthread_create only reads it.
    larger_ = *asked;
    is_larger_ = pthread_attr_setstacksize(&larger_, size + kMoreStack) == 0;
  }

  const pthread_attr_t* get() const { return is_larger_ ? &larger_ : asked_; }
  bool has_small_stack() const { return has_small_stack_; }

 private:
  const pthread_attr_t* asked_;
  pthread_attr_t larger_;
  bool is_larger_ = false;
  bool has_small_stack_ = false;
};

// In initial-exec TLS, so that it can be read from outside.
thread_local bool own_stack_is_small = false;

void* RunThread(void* argument) {
  Launch* launch = static_cast<Launch*>(argument);
  // In a destructor, since pthread_exit and cancellation unwind this frame.
  struct Membership {
    const Observers observers;
    ~Membership() {
      if (observers.size == 0 || InForkedChild()) return;
      for (ThreadObserver* observer : observers) observer->OnThreadExit();
    }
  };
  const StartRoutine routine = launch->routine;
  void* const routine_argument = launch->argument;
  const Membership membership{launch->observers};
  NewThread thread;
  thread.routine = reinterpret_cast<uintptr_t>(routine);
  thread.stack_end = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  thread.has_small_stack = own_stack_is_small = launch->has_small_stack;
  SetCurrentLabels(launch->labels);
  ReturnLaunch(launch);
  for (ThreadObserver* observer : membership.observers) {
    observer->OnThreadStart(thread);
  }
  return routine(routine_argument);
}

}  // namespace

void ExtendSmallStacks() {
  if (extend_stacks.exchange(true)) return;
  // The default, for threads without attributes, is small after `ulimit -s 64`.
  pthread_attr_t defaults;
  size_t size = 0;
  if (pthread_getattr_default_np(&defaults) != 0) return;
  if (pthread_attr_getstacksize(&defaults, &size) == 0 && size < kSmallStack &&
      pthread_attr_setstacksize(&defaults, size + kMoreStack) == 0) {
    pthread_setattr_default_np(&defaults);
  }
  pthread_attr_destroy(&defaults);
}

void AddThreadObserver(ThreadObserver* observer) {
  for (const auto& entry : all_observers) {
    if (entry.load() == observer) return;
  }
  for (auto& entry : all_observers) {
    ThreadObserver* none = nullptr;
    if (entry.compare_exchange_strong(none, observer)) return;
  }
}

void RemoveThreadObserver(ThreadObserver* observer) {
  for (auto& entry : all_observers) {
    ThreadObserver* present = observer;
    entry.compare_exchange_strong(present, nullptr);
  }
}

bool ForEachThread(void (*visit)(pid_t tid, void* context), void* context) {
  // Calls getdents64 directly, since opendir(3) allocates.
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

bool HasSmallStack(pid_t tid) {
  bool is_small = false;
  return ReadFromThread(tid, &own_stack_is_small, &is_small,
                        sizeof(is_small)) &&
         is_small;
}

int ThreadCount() {
  struct stat status;
  if (stat("/proc/self/task", &status) != 0) return 0;
  return static_cast<int>(status.st_nlink) - 2;  // "." and ".."
}

pid_t CurrentThreadId() { return static_cast<pid_t>(syscall(SYS_gettid)); }

int CreateObservedThread(CreateThreadFunction* create, pthread_t* thread,
                         const pthread_attr_t* attributes,
                         void* (*routine)(void*), void* argument) {
  if (IsStartingOwnThread()) {
    return create(thread, attributes, routine, argument);
  }
  const StackAttributes stack(attributes);
  Observers observers = Observers::Present();
  if (observers.size > 0 && InForkedChild()) observers.size = 0;
  for (ThreadObserver* observer : observers) observer->OnThreadCreate();
  const uint32_t labels = CurrentLabels();
  const bool passes_on =
      observers.size == 0 && labels == 0 && !stack.has_small_stack();
  Launch* launch = passes_on ? nullptr : TakeLaunch();
  if (launch == nullptr) {
    return create(thread, stack.get(), routine, argument);
  }
  launch->routine = routine;
  launch->argument = argument;
  launch->observers = observers;
  launch->has_small_stack = stack.has_small_stack();
  launch->labels = labels;
  const int error = create(thread, stack.get(), RunThread, launch);
  if (error != 0) ReturnLaunch(launch);
  return error;
}

}  // namespace bench_profiler
