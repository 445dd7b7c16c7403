#include "bench_profiler/run/writer_process.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <initializer_list>

#include "bench_profiler/platform/callgrind.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/stack/arch/arch.h"

namespace bench_profiler {
namespace {

constexpr size_t kStackSize = size_t{8} << 20;   // what main gets by default
constexpr size_t kGuardSize = size_t{64} << 10;  // the largest page size

char* stack_end = nullptr;
void* first_thread = nullptr;  // its thread pointer

struct Task {
  int (*write)();
  pid_t parent;
};

void OnNudge(int) {}

// Runs in the child. All calls are system calls, and so async-signal-safe, or
// change a word of the thread's.
int RunTask(void* argument) {
  const Task& task = *static_cast<Task*>(argument);
  // Whoever ends the program wants this process to end, too.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // Whoever cancelled a thread of the program did not mean this process.
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, nullptr);
  if (getppid() != task.parent) _exit(1);
  // The program's signal handlers must not run here, neither those for crashes
  // nor others when somebody sends a signal to the whole process group.
  sigset_t blocked;
  sigfillset(&blocked);
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  for (const int signal :
       {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS}) {
    sigaction(signal, &action, nullptr);
    sigdelset(&blocked, signal);
  }
  // A terminal sends its signals to this process as well, but it goes on.
  // Without SA_RESTART, so that a signal ends the wait for a reader.
  action.sa_handler = OnNudge;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    sigaction(signal, &action, nullptr);
    sigdelset(&blocked, signal);
  }
  pthread_sigmask(SIG_SETMASK, &blocked, nullptr);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  // The program may have lowered this limit for itself.
  rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  _exit(task.write());
}

// clone(2) without a signal at the child's end, so that neither the program's
// handler of SIGCHLD nor its waitpid(-1) sees the child. No handler of
// pthread_atfork is called, and no lock is taken. The C library still believes
// that it is the parent's thread, but nothing here depends on that.
pid_t Clone(Task* task) {
  if (stack_end != nullptr) {
    // The first thread's variables are ready for the exporter; see
    // MakeExporterThreadLocals. They stay where they are when it has ended.
    return clone(RunTask, stack_end, first_thread == nullptr ? 0 : CLONE_SETTLS,
                 task, nullptr, first_thread, nullptr);
  }
  // All arguments are 0, so that their order, which depends on the
  // architecture, does not matter. Stack and thread pointer stay as they are.
  const auto child = static_cast<pid_t>(syscall(SYS_clone, 0, 0, 0, 0, 0));
  return child == 0 ? RunTask(task) : child;
}

// Waits for the end of the child as RunWriter says.
WriterResult WaitFor(pid_t child, const std::atomic<int>* hurry,
                     bool may_hang) {
  constexpr int kStepsInASecond = 200;
  constexpr int kStepsToANudge = kStepsInASecond / 10;
  constexpr int kPatience = 60 * kStepsInASecond;
  const timespec step = {0, 1000000000 / kStepsInASecond};
  WriterResult result;
  result.started = true;
  for (int waited = 0; waited < kPatience;) {
    const pid_t ended = waitpid(child, &result.status, WNOHANG | __WALL);
    result.ended = ended == child;
    if (result.ended || (ended < 0 && errno != EINTR)) return result;
    const bool hurried = hurry->load() != 0;
    if (hurried || may_hang) ++waited;
    // Sent again and again, since a signal may come just before the child
    // begins to wait.
    if (hurried && waited % kStepsToANudge == 0) kill(child, SIGTERM);
    nanosleep(&step, nullptr);
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, __WALL);
  return result;
}

}  // namespace

void PrepareWriter() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  // Sanitizers have to know where a stack ends, so they do not get this one.
  // valgrind knows no clone that is a fork with another thread pointer.
  if (stack_end != nullptr || RunsUnderValgrind()) return;
  void* memory =
      mmap(nullptr, kStackSize, PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) return;
  mprotect(memory, kGuardSize, PROT_NONE);
  stack_end = static_cast<char*>(memory) + kStackSize;
  if (CurrentThreadId() == getpid()) first_thread = ThreadPointer();
#endif
}

// Async-signal-safe: makes system calls, and changes a word of the thread's, so
// that it is not cancelled while it waits. clone(3) is one that then calls a
// function.
WriterResult RunWriter(int (*write)(), const std::atomic<int>* hurry,
                       bool may_hang) {
  Task task = {write, getpid()};
  // The child has the program's handlers until it has set its own, and a nudge
  // may come before that where the processor is busy.
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t child = Clone(&task);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (child < 0) return WriterResult();
  int cancel_state = PTHREAD_CANCEL_ENABLE;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
  const WriterResult result = WaitFor(child, hurry, may_hang);
  pthread_setcancelstate(cancel_state, nullptr);
  return result;
}

}  // namespace bench_profiler
