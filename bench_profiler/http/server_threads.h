// The threads of one HTTP server, and what they share.
//
//   static ServerThreads threads;      // never destroyed, see below
//   if (threads.Claim(number)) error = threads.Start(&address, serve);
//   if (threads.AskToStop(number)) {
//     while (threads.number() == number) ...    // they have not ended yet
//   }
//
// Plain memory, so that it can be static: threads may run longer than main.
#ifndef BENCH_PROFILER_HTTP_SERVER_THREADS_H_
#define BENCH_PROFILER_HTTP_SERVER_THREADS_H_

#include <signal.h>
#include <sys/types.h>

#include <atomic>
#include <cstdint>

#include "bench_profiler/error.h"
#include "bench_profiler/http/address.h"
#include "bench_profiler/http/connection.h"
#include "bench_profiler/http/own_descriptor.h"
#include "bench_profiler/platform/process_lock.h"

namespace bench_profiler {

inline constexpr int kMaxConnections = 16;

class ServerThreads {
 public:
  constexpr ServerThreads() = default;
  ServerThreads(const ServerThreads&) = delete;
  ServerThreads& operator=(const ServerThreads&) = delete;

  // Becomes the server of this number. Returns false if it is another one.
  bool Claim(int64_t number);

  // Must be called after Claim. If there is an error, this is free again. Sets
  // the port in `*address`.
  Error Start(HttpAddress* address, ServeFunction serve);

  // Lets the threads end, which takes as long as they need for what they do.
  // Returns false, and does nothing, if this is not the server of this number,
  // or is that of another process, of which this one is a copy.
  bool AskToStop(int64_t number);

  // 0 if this is free.
  int64_t number() const { return number_.load(); }

  // Async-signal-safe.
  void ForgetInChild();

 private:
  // A signal handler that calls exit() in a thread that holds the lock would
  // wait for itself: so none runs there.
  class Locked {
   public:
    explicit Locked(ServerThreads* threads) : threads_(threads) {
      sigset_t all;
      sigfillset(&all);
      pthread_sigmask(SIG_SETMASK, &all, &before_);
      threads_->lock_.Lock();
    }
    ~Locked() {
      threads_->lock_.Unlock();
      pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

   private:
    ServerThreads* const threads_;
    sigset_t before_;
  };

  static void Run(void* self);
  bool AddThread();
  void Work();
  int WaitForClient();
  void Accept(int listening);
  OwnDescriptor* Keep(int fd);
  void SetBusy();
  void SetIdle();
  void Leave();

  ProcessLock lock_;
  std::atomic<int64_t> number_{0};
  std::atomic<pid_t> process_{0};
  // For a forked child, too, which closes its copies. Once the first one was
  // shut down, every poll(2) of it returns, which is how threads learn that the
  // server ends.
  OwnDescriptor listening_;
  OwnDescriptor connections_[kMaxConnections];
  // Protected by the lock.
  int threads_ = 0;
  int idle_ = 0;  // threads that wait for a client
  bool is_stopping_ = false;
  // Set before there are threads.
  bool is_loopback_ = true;
  ServeFunction serve_ = nullptr;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_SERVER_THREADS_H_
