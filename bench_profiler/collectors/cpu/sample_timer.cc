#include "bench_profiler/collectors/cpu/sample_timer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include "bench_profiler/platform/thread_clock.h"

// glibc before 2.38 has no such name for this member of the union.
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

namespace bench_profiler {
namespace {

constexpr int64_t kNanosPerSecond = 1000000000;

// A signal of a perf event carries its file descriptor, not a cookie.
constexpr int kMaxDescriptors = 1 << 16;
std::atomic<void*> cookies[kMaxDescriptors];

timespec ToTimespec(int64_t nanos) {
  timespec time;
  time.tv_sec = nanos / kNanosPerSecond;
  time.tv_nsec = nanos % kNanosPerSecond;
  return time;
}

}  // namespace

int SampleTimer::Start(SampleClock clock, pid_t tid, int signal, int64_t period,
                       int64_t first_ns, void* cookie) {
  signal_ = signal;
  return clock == SampleClock::kThread
             ? StartPosix(tid, signal, period, first_ns, cookie)
             : StartPerf(clock, tid, signal, period, cookie);
}

int SampleTimer::StartPosix(pid_t tid, int signal, int64_t period_ns,
                            int64_t first_ns, void* cookie) {
  sigevent event = {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_notify_thread_id = tid;
  event.sigev_signo = signal;
  event.sigev_value.sival_ptr = cookie;
  if (timer_create(ThreadClock(tid), &event, &timer_) != 0) return errno;
  itimerspec times;
  times.it_value = ToTimespec(first_ns);
  times.it_interval = ToTimespec(period_ns);
  if (timer_settime(timer_, 0, &times, nullptr) != 0) {
    const int error = errno;
    timer_delete(timer_);
    return error;
  }
  kind_ = Kind::kPosix;
  return 0;
}

int SampleTimer::StartPerf(SampleClock clock, pid_t tid, int signal,
                           int64_t period, void* cookie) {
  const bool counts = clock == SampleClock::kInstructions;
  perf_event_attr attributes = {};
  attributes.size = sizeof(attributes);
  attributes.type = counts ? PERF_TYPE_HARDWARE : PERF_TYPE_SOFTWARE;
  attributes.config = counts ? static_cast<uint64_t>(PERF_COUNT_HW_INSTRUCTIONS)
                             : static_cast<uint64_t>(PERF_COUNT_SW_TASK_CLOCK);
  attributes.sample_period = static_cast<uint64_t>(period);
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.wakeup_events = 1;
  attributes.disabled = 1;
  const long fd = syscall(SYS_perf_event_open, &attributes, tid, -1, -1,
                          PERF_FLAG_FD_CLOEXEC);
  if (fd < 0) return errno;
  fd_ = static_cast<int>(fd);
  f_owner_ex owner;
  owner.type = F_OWNER_TID;
  owner.pid = tid;
  int error = fd_ < kMaxDescriptors ? 0 : EMFILE;
  if (error == 0) {
    cookies[fd_].store(cookie, std::memory_order_release);
    if (fcntl(fd_, F_SETOWN_EX, &owner) != 0 ||
        fcntl(fd_, F_SETSIG, signal) != 0 ||
        fcntl(fd_, F_SETFL, O_ASYNC | O_NONBLOCK) != 0 ||
        ioctl(fd_, PERF_EVENT_IOC_ID, &event_) != 0 ||
        ioctl(fd_, PERF_EVENT_IOC_ENABLE, 0) != 0) {
      error = errno;
      cookies[fd_].store(nullptr, std::memory_order_release);
    }
  }
  if (error != 0) {
    close(fd_);
    return error;
  }
  kind_ = Kind::kPerf;
  return 0;
}

void SampleTimer::Stop() {
  if (kind_ == Kind::kPosix) timer_delete(timer_);
  if (kind_ == Kind::kPerf && !IsClosed()) {
    ioctl(fd_, PERF_EVENT_IOC_DISABLE, 0);
    cookies[fd_].store(nullptr, std::memory_order_release);
    close(fd_);
  }
  kind_ = Kind::kNone;
}

bool SampleTimer::IsClosed() const {
  if (kind_ != Kind::kPerf) return false;
  // No file of the program's has this signal, so that what answers ioctl is a
  // perf event of ours. It may be that of another thread. Whom it interrupts
  // does not tell, since that is nobody once the thread has ended.
  uint64_t event = 0;
  return fcntl(fd_, F_GETSIG) != signal_ ||
         ioctl(fd_, PERF_EVENT_IOC_ID, &event) != 0 || event != event_;
}

SampleTimer::Event SampleTimer::Expiry(const siginfo_t& info) {
  Event event;
  if (info.si_code == SI_TIMER) {
    event.cookie = info.si_value.sival_ptr;
    event.periods = 1 + int64_t{info.si_overrun};
  } else if (info.si_code == POLL_IN && info.si_fd >= 0 &&
             info.si_fd < kMaxDescriptors) {
    event.cookie = cookies[info.si_fd].load(std::memory_order_acquire);
    event.periods = 1;
  }
  return event;
}

}  // namespace bench_profiler
