#include "bench_profiler/http/server_threads.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include "bench_profiler/allocations.h"
#include "bench_profiler/http/listening_socket.h"
#include "bench_profiler/platform/own_threads.h"

namespace bench_profiler {
namespace {

void CloseIn(std::atomic<int>* entry) {
  const int fd = entry->exchange(-1);
  if (fd >= 0) close(fd);
}

// Whether accept4(2) did not fail because something is used up.
bool MayTryAgainAtOnce() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ||
         errno == ECONNABORTED || errno == EPROTO;
}

}  // namespace

bool ServerThreads::Claim(int64_t number) {
  int64_t free = 0;
  return number_.compare_exchange_strong(free, number);
}

Error ServerThreads::Start(HttpAddress* address, ServeFunction serve) {
  const Locked locked(this);
  Error error;
  process_.store(getpid());
  is_stopping_ = false;
  is_loopback_ = address->IsLoopback();
  serve_ = serve;
  listening_.store(OpenListeningSocket(address, &error));
  if (!error) {
    wake_.store(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (wake_.load() < 0) {
      error = Error::Format("cannot serve profiles: eventfd: %s",
                            std::strerror(errno));
    }
  }
  threads_ = idle_ = 1;
  if (!error && !AddThread()) {
    error = Error::Format("cannot serve profiles: no thread can be started");
  }
  if (error) {
    threads_ = idle_ = 0;
    CloseAll();
    number_.store(0);
  }
  return error;
}

bool ServerThreads::AskToStop(int64_t number) {
  const Locked locked(this);
  // The copy that a child has of a socket or an eventfd leads to the parent's.
  if (number_.load() != number || process_.load() != getpid()) return false;
  is_stopping_ = true;
  const uint64_t one = 1;
  // It cannot fail: nobody else has written.
  [[maybe_unused]] const ssize_t written =
      write(wake_.load(), &one, sizeof(one));
  // The port is free from now on, even if a thread needs longer.
  shutdown(listening_.load(), SHUT_RDWR);
  return true;
}

void ServerThreads::ForgetInChild() {
  for (std::atomic<int>& connection : connections_) CloseIn(&connection);
  CloseAll();
  threads_ = idle_ = 0;
  number_.store(0);
}

void ServerThreads::Run(void* self) {
  const HiddenAllocations hidden;
  static_cast<ServerThreads*>(self)->Work();
}

bool ServerThreads::AddThread() {
  return StartOwnThread(&Run, this, kWritingStack);
}

void ServerThreads::Work() {
  while (WaitForClient()) {
    const int fd = accept4(listening_.load(), nullptr, nullptr,
                           SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0) {
      SetBusy();
      TakeConnection(fd);
      SetIdle();
    } else if (!MayTryAgainAtOnce()) {
      // Such as too many open files: in a moment there may be fewer.
      pollfd wake = {wake_.load(), POLLIN, 0};
      poll(&wake, 1, 100);
    }
  }
  Leave();
}

// Returns false when the server ends.
bool ServerThreads::WaitForClient() {
  for (;;) {
    pollfd descriptors[] = {{listening_.load(), POLLIN, 0},
                            {wake_.load(), POLLIN, 0}};
    const int ready = poll(descriptors, 2, -1);
    if (ready < 0 && errno != EINTR) return false;
    if (ready > 0) return descriptors[1].revents == 0;
  }
}

void ServerThreads::TakeConnection(int fd) {
  std::atomic<int>* entry = connections_;
  for (int none = -1; !entry->compare_exchange_strong(none, fd); none = -1) {
    ++entry;  // there are as many as threads
  }
  ConnectionOptions options;
  options.wake = wake_.load();
  options.is_loopback = is_loopback_;
  options.serve = serve_;
  ServeConnection(fd, options);
  // A child that was forked meanwhile may have a copy, which would keep the
  // connection open.
  shutdown(fd, SHUT_RDWR);
  CloseIn(entry);
}

// Adds a thread if all others are busy, so that the next client finds one.
void ServerThreads::SetBusy() {
  {
    const Locked locked(this);
    if (--idle_ > 0 || threads_ == kMaxConnections || is_stopping_) return;
    ++threads_;
    ++idle_;
  }
  if (AddThread()) return;
  const Locked locked(this);
  --threads_;
  --idle_;
}

void ServerThreads::SetIdle() {
  const Locked locked(this);
  ++idle_;
}

// Nothing here is used any more after this, since another server may.
void ServerThreads::Leave() {
  const Locked locked(this);
  --idle_;
  if (--threads_ > 0) return;
  CloseAll();
  number_.store(0);
}

void ServerThreads::CloseAll() {
  CloseIn(&listening_);
  CloseIn(&wake_);
}

}  // namespace bench_profiler
