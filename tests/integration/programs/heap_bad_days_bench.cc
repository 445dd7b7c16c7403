// A benchmark that does something awkward with memory in its timed loop, which
// the environment variable BAD_DAY names. What it finds wrong, it says, and
// ends with 20. Knows only Google Benchmark.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace {

void Check(bool right, const char* what) {
  if (right) return;
  std::fprintf(stderr, "wrong: %s\n", what);
  std::_Exit(20);
}

// What the optimiser knows nothing of.
void* Hide(void* block) {
  asm volatile("" : "+r"(block) : : "memory");
  return block;
}

// 1000 blocks of 100 bytes, all given back.
__attribute__((noinline)) void Churn() {
  for (int i = 0; i < 1000; ++i) std::free(Hide(std::malloc(100)));
}

void Nothing() {}

void OutOfMemory() {
  volatile size_t huge = SIZE_MAX / 4;
  errno = 0;
  Check(Hide(std::malloc(huge)) == nullptr && errno == ENOMEM, "malloc");
  errno = 0;
  Check(Hide(std::calloc(huge, 16)) == nullptr && errno == ENOMEM, "calloc");
  errno = 0;
  Check(Hide(reallocarray(nullptr, huge, 16)) == nullptr && errno == ENOMEM,
        "reallocarray");
  void* kept = std::malloc(100);
  std::memset(kept, 'x', 100);
  Check(Hide(std::realloc(kept, huge)) == nullptr, "realloc");
  Check(static_cast<char*>(kept)[99] == 'x', "the block that stays");
  std::free(kept);
  rlimit before;
  getrlimit(RLIMIT_AS, &before);
  const rlimit none = {0, before.rlim_max};
  setrlimit(RLIMIT_AS, &none);
  Check(Hide(std::malloc(size_t{100} << 20)) == nullptr, "malloc at the limit");
  bool thrown = false;
  try {
    ::operator delete(Hide(::operator new (size_t{100} << 20)));
  } catch (const std::bad_alloc&) {
    thrown = true;
  }
  for (int i = 0; i < 1000; ++i) std::free(Hide(std::malloc(100)));
  setrlimit(RLIMIT_AS, &before);
  Check(thrown, "operator new at the limit");
}

volatile sig_atomic_t handled = 0;

// Run with an allocator for which this is allowed.
void SignalHandlerAllocates() {
  struct sigaction action = {};
  action.sa_handler = [](int) {
    handled = handled + 1;
    std::free(Hide(std::malloc(50)));
  };
  sigaction(SIGALRM, &action, nullptr);
  const itimerval often = {{0, 50}, {0, 50}};
  setitimer(ITIMER_REAL, &often, nullptr);
  while (handled < 2000) Churn();
  const itimerval never = {};
  setitimer(ITIMER_REAL, &never, nullptr);
}

void ManyThreads() {
  std::atomic<void*> handed_over{nullptr};
  for (int batch = 0; batch < 2500; ++batch) {
    std::thread threads[4];
    for (std::thread& thread : threads) {
      thread = std::thread([&handed_over] {
        for (int i = 0; i < 10; ++i) {
          std::free(handed_over.exchange(Hide(std::malloc(100))));
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  std::free(handed_over.load());
}

void ForkInTheMiddle() {
  std::atomic<bool> done{false};
  std::thread other([&done] {
    while (!done) Churn();
  });
  for (int i = 0; i < 200; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      Churn();
      std::_Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    Check(status == 0, "a child");
  }
  done = true;
  other.join();
}

// From before the profile's start, and given back while it runs.
std::vector<void*>* early = [] {
  auto* blocks = new std::vector<void*>;
  for (int i = 0; i < 100; ++i) blocks->push_back(std::malloc(1000));
  return blocks;
}();

void FreesEarlyBlocks() {
  for (void*& block : *early) block = std::realloc(block, 2000);
  for (void* block : *early) std::free(block);
  delete early;
}

// In destructors of keys, each of which sets its key again, of thread-local
// objects, and of statics.
void AllocatesInDestructors() {
  static pthread_key_t key;
  pthread_key_create(&key, [](void* value) {
    Churn();
    pthread_setspecific(key, value);
  });
  struct Late {
    ~Late() { Churn(); }
  };
  static Late at_exit;
  for (int i = 0; i < 100; ++i) {
    std::thread([] {
      static thread_local Late late;
      (void)late;
      pthread_setspecific(key, &key);
    }).join();
  }
}

void Exit() { std::exit(7); }
void QuickExit() { std::quick_exit(0); }

jmp_buf back_to_main;
void LongJump() { longjmp(back_to_main, 1); }

// What malloc says of itself, on standard output to be compared.
size_t BytesInUse() {
#if __GLIBC_PREREQ(2, 33)
  return mallinfo2().uordblks;
#else
  return static_cast<size_t>(mallinfo().uordblks);
#endif
}

void Introspection() {
  for (size_t size = 1; size < 100000; size = size * 3 + 1) {
    void* block = Hide(std::malloc(size));
    const size_t usable = malloc_usable_size(block);
    // A larger block may get the rest of the one that it is cut from.
    std::printf("%zu usable %zu aligned %d\n", size,
                size > 1000 ? usable / size : usable,
                reinterpret_cast<uintptr_t>(block) % 16 == 0);
    std::free(block);
    void* aligned = nullptr;
    Check(posix_memalign(&aligned, 4096, size) == 0, "posix_memalign");
    Check(reinterpret_cast<uintptr_t>(aligned) % 4096 == 0, "alignment");
    std::free(Hide(aligned));
  }
  const size_t before = BytesInUse();
  void* block = Hide(std::malloc(50000));
  std::printf("in use %zu more\n", BytesInUse() - before);
  std::free(block);
  std::printf("in use %zu more\n", BytesInUse() - before);
  malloc_trim(0);
}

void TwoThreads() {
  std::thread other([] {
    for (int i = 0; i < 2000; ++i) Churn();
  });
  for (int i = 0; i < 2000; ++i) Churn();
  other.join();
}

// The least that a thread can have, most of which it uses: of 16 KiB, glibc
// keeps a guard page and its own data there, too.
void SmallStack() {
  pthread_attr_t small;
  pthread_attr_init(&small);
  Check(pthread_attr_setstacksize(&small, 16384) == 0, "the size of a stack");
  pthread_t thread;
  const auto run = [](void*) -> void* {
    char used[6000];
    std::memset(static_cast<char*>(Hide(used)), 'x', sizeof(used));
    Churn();
    Hide(used);
    return nullptr;
  };
  Check(pthread_create(&thread, &small, run, nullptr) == 0, "pthread_create");
  pthread_join(thread, nullptr);
}

void BM_Awkward(benchmark::State& state) {
  static const std::map<std::string, void (*)()> days = {
      {"nothing", Nothing},
      {"out_of_memory", OutOfMemory},
      {"signal_handler", SignalHandlerAllocates},
      {"many_threads", ManyThreads},
      {"fork", ForkInTheMiddle},
      {"early_blocks", FreesEarlyBlocks},
      {"destructors", AllocatesInDestructors},
      {"exit", Exit},
      {"quick_exit", QuickExit},
      {"longjmp", LongJump},
      {"introspection", Introspection},
      {"small_stack", SmallStack},
      {"two_threads", TwoThreads},
  };
  const char* day = std::getenv("BAD_DAY");
  for (auto _ : state) {
    Churn();
    days.at(day == nullptr ? "nothing" : day)();
    Churn();
  }
}
BENCHMARK(BM_Awkward)->Iterations(1);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  if (setjmp(back_to_main) != 0) return 5;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
