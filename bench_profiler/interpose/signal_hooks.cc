// Shares the sampling signal with the program: what the program sets for this
// signal applies to those signals that are not samples.
//
// Everything here is async-signal-safe: it uses atomics, system calls and
// async-signal-safe functions of libc. The only state is what the program has
// set. So a forked child, which gets no samples, behaves as it would without
// the profiler.
#include <errno.h>
#include <time.h>
#include <ucontext.h>

#include <atomic>
#include <cstdint>
#include <cstring>

#include "bench_profiler/interpose/interrupted_call.h"
#include "bench_profiler/interpose/next_function.h"
#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/sample_signal.h"
#include "bench_profiler/visibility.h"

// glibc's sigaction, by a name that nobody else defines.
extern "C" int __sigaction(int number, const struct sigaction* action,
                           struct sigaction* before) noexcept;

namespace bench_profiler {
namespace {

using Handler = void (*)(int, siginfo_t*, void*);

// The part of a sigset_t that the kernel knows: one bit for each of 64 signals.
uint64_t ToBits(const sigset_t& set) {
  uint64_t bits;
  std::memcpy(&bits, &set, sizeof(bits));
  return bits;
}

sigset_t ToSet(uint64_t bits) {
  sigset_t set;
  sigemptyset(&set);
  std::memcpy(&set, &bits, sizeof(bits));
  return set;
}

// A struct sigaction that signal handlers may read while another thread changes
// it. A handler that comes in the middle of a change may see parts of both.
class SharedAction {
 public:
  void Store(const struct sigaction& action) {
    mask_.store(ToBits(action.sa_mask));
    flags_.store(action.sa_flags);
    handler_.store(action.sa_sigaction);  // in a union with sa_handler
  }
  struct sigaction Load() const {
    struct sigaction action = {};
    action.sa_sigaction = handler_.load();
    action.sa_flags = flags_.load();
    action.sa_mask = ToSet(mask_.load());
    return action;
  }

 private:
  std::atomic<Handler> handler_{nullptr};  // SIG_DFL
  std::atomic<int> flags_{0};
  std::atomic<uint64_t> mask_{0};
};

SharedAction program_action;
// From the first one on those that are installed.
std::atomic<SampleHandler> sample_handlers[kMaxSampleHandlers];

bool IsShared(int number) {
  return number == kSampleSignal && sample_handlers[0].load() != nullptr;
}

// Returns whether the signal is a sample of one of the handlers.
bool TakeSample(const siginfo_t& info, void* context) {
  for (const auto& entry : sample_handlers) {
    const SampleHandler handler = entry.load();
    if (handler == nullptr) return false;
    if (handler(info, context)) return true;
  }
  return false;
}

bool AddSampleHandler(SampleHandler handler) {
  for (auto& entry : sample_handlers) {
    SampleHandler present = nullptr;
    if (entry.compare_exchange_strong(present, handler) || present == handler) {
      return true;
    }
  }
  return false;
}

// Ends the process, if somebody sent the signal of `info`. If not, it is a late
// sample, whose timer is not known any more.
void TakeDefaultAction(const siginfo_t& info) {
  if (info.si_code > 0 || info.si_code == SI_TIMER) return;
  struct sigaction action = {};
  action.sa_handler = SIG_DFL;
  __sigaction(kSampleSignal, &action, nullptr);
  const sigset_t set = ToSet(uint64_t{1} << (kSampleSignal - 1));
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  raise(kSampleSignal);
}

void CallProgram(siginfo_t* info, void* context) {
  const struct sigaction action = program_action.Load();
  if (action.sa_handler == SIG_IGN) return;
  if (action.sa_handler == SIG_DFL) return TakeDefaultAction(*info);
  if ((static_cast<unsigned>(action.sa_flags) & SA_RESETHAND) != 0) {
    program_action.Store({});
  }
  // Blocks what the kernel would block for the program's handler: the mask so
  // far, what the program asked for, and the signal itself. When our handler
  // returns, the kernel restores the mask.
  uint64_t bits = ToBits(static_cast<const ucontext_t*>(context)->uc_sigmask) |
                  ToBits(action.sa_mask);
  if ((action.sa_flags & SA_NODEFER) == 0) {
    bits |= uint64_t{1} << (kSampleSignal - 1);
  }
  const sigset_t set = ToSet(bits);
  pthread_sigmask(SIG_SETMASK, &set, nullptr);
  // Good for handlers that only take the number, too: the other arguments do no
  // harm.
  action.sa_sigaction(kSampleSignal, info, context);
}

void OnSampleSignal(int, siginfo_t* info, void* context) {
  // Otherwise the interrupted code would see another errno.
  const int saved_errno = errno;
  if (TakeSample(*info, context)) {
    ContinueSystemCall(static_cast<ucontext_t*>(context));
  } else {
    CallProgram(info, context);
  }
  errno = saved_errno;
}

int64_t MonotonicNanos() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * int64_t{1000000000} + time.tv_nsec;
}

// Calls libc's function, since that is a cancellation point, unlike a plain
// system call.
NextFunction<int(const sigset_t*, siginfo_t*, const timespec*)> timed_wait(
    "sigtimedwait");

// Goes on waiting, for the rest of the time, if the signal that came is a
// sample.
int WaitForOthers(const sigset_t* set, siginfo_t* info,
                  const timespec* timeout) {
  // If our handler ran, the wait would end with EINTR, whatever the handler's
  // flags.
  const SampleSignalBlock block;
  siginfo_t room;
  if (info == nullptr) info = &room;
  const int64_t start = timeout == nullptr ? 0 : MonotonicNanos();
  timespec rest = {};
  const timespec* wait = timeout;
  for (;;) {
    const int number = timed_wait.Get()(set, info, wait);
    if (number < 0 || !IsShared(number) || !TakeSample(*info, nullptr)) {
      return number;
    }
    if (timeout == nullptr) continue;
    const int64_t left = timeout->tv_sec * int64_t{1000000000} +
                         timeout->tv_nsec - (MonotonicNanos() - start);
    rest.tv_sec = left < 0 ? 0 : left / 1000000000;
    rest.tv_nsec = left < 0 ? 0 : left % 1000000000;
    wait = &rest;
  }
}

}  // namespace

int InstallSampleHandler(SampleHandler handler) {
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_sigaction = OnSampleSignal;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigfillset(&action.sa_mask);
  if (__sigaction(kSampleSignal, nullptr, &before) != 0) return errno;
  if (before.sa_sigaction != OnSampleSignal) program_action.Store(before);
  if (!AddSampleHandler(handler)) return EAGAIN;
  return __sigaction(kSampleSignal, &action, nullptr) == 0 ? 0 : errno;
}

bool SampleHandlerIsInPlace() {
  struct sigaction action = {};
  return __sigaction(kSampleSignal, nullptr, &action) == 0 &&
         action.sa_sigaction == OnSampleSignal;
}

}  // namespace bench_profiler

// Take the places of libc's for the program and its libraries.
extern "C" {

BENCH_PROFILER_EXPORT int sigaction(int number, const struct sigaction* action,
                                    struct sigaction* before) noexcept {
  using namespace bench_profiler;  // NOLINT(google-build-using-namespace)
  if (!IsShared(number)) return __sigaction(number, action, before);
  struct sigaction fresh;
  if (action != nullptr) fresh = *action;  // may be the same object as *before
  const struct sigaction set_before = program_action.Load();
  if (InForkedChild()) {
    // A child of vfork(2) shares this memory with its parent, but has signal
    // handlers of its own.
    struct sigaction installed = {};
    const int result = __sigaction(number, action, &installed);
    if (result != 0 || before == nullptr) return result;
    const bool is_ours = installed.sa_sigaction == OnSampleSignal;
    *before = is_ours ? set_before : installed;
    return 0;
  }
  if (action != nullptr) program_action.Store(fresh);
  if (before != nullptr) *before = set_before;
  return 0;
}

BENCH_PROFILER_EXPORT sighandler_t signal(int number,
                                          sighandler_t handler) noexcept {
  if (!bench_profiler::IsShared(number)) return ssignal(number, handler);
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(number, &action, &before);
  return before.sa_handler;
}

BENCH_PROFILER_EXPORT int sigtimedwait(const sigset_t* set, siginfo_t* info,
                                       const timespec* timeout) {
  return bench_profiler::WaitForOthers(set, info, timeout);
}

BENCH_PROFILER_EXPORT int sigwaitinfo(const sigset_t* set, siginfo_t* info) {
  return bench_profiler::WaitForOthers(set, info, nullptr);
}

BENCH_PROFILER_EXPORT int sigwait(const sigset_t* set, int* number) {
  const int saved_errno = errno;
  for (;;) {
    const int got = bench_profiler::WaitForOthers(set, nullptr, nullptr);
    const int error = got < 0 ? errno : 0;
    errno = saved_errno;
    if (error == EINTR) continue;  // sigwait never returns that
    if (error != 0) return error;
    *number = got;
    return 0;
  }
}

}  // extern "C"
