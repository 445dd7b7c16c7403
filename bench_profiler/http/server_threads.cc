#include "bench_profiler/http/server_threads.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench_profiler/allocations.h"
#include "bench_profiler/http/listening_socket.h"
#include "bench_profiler/platform/own_threads.h"

namespace bench_profiler {
namespace {

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
  listening_.Take(OpenListeningSocket(address, &error));
  threads_ = idle_ = 1;
  if (!error && !AddThread()) {
    error = Error::Format("cannot serve profiles: no thread can be started");
  }
  if (error) {
    threads_ = idle_ = 0;
    listening_.Close();
    number_.store(0);
  }
  return error;
}

bool ServerThreads::AskToStop(int64_t number) {
  const Locked locked(this);
  // The copy that a child has of the socket leads to the parent's.
  if (number_.load() != number || process_.load() != getpid()) return false;
  is_stopping_ = true;
  // The port is free from now on, even if a thread needs longer.
  shutdown(listening_.Get(), SHUT_RDWR);
  return true;
}

void ServerThreads::ForgetInChild() {
  for (OwnDescriptor& connection : connections_) connection.Close();
  listening_.Close();
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
  for (;;) {
    const int listening = WaitForClient();
    if (listening < 0) break;
    Accept(listening);
  }
  Leave();
}

// Returns the socket on which one waits, or -1 when the server ends. This is
// so, too, when the program has closed the socket. Then poll(2) returns, or, if
// the program has opened something else under the same number, waits for that:
// so it has an end.
int ServerThreads::WaitForClient() {
  constexpr int kMillis = 1000;
  for (;;) {
    pollfd listening = {listening_.Get(), POLLIN, 0};
    if (listening.fd < 0) return -1;
    const int ready = poll(&listening, 1, kMillis);
    if (ready < 0 && errno != EINTR) return -1;
    if (ready <= 0) continue;
    return listening.revents == POLLIN ? listening_.Get() : -1;
  }
}

void ServerThreads::Accept(int listening) {
  const int fd =
      accept4(listening, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) {
    if (MayTryAgainAtOnce()) return;
    // Such as too many open files: in a moment there may be fewer.
    pollfd end = {listening, 0, 0};
    poll(&end, 1, 100);
    return;
  }
  SetBusy();
  OwnDescriptor* const connection = Keep(fd);
  ConnectionOptions options;
  options.server = &listening_;
  options.is_loopback = is_loopback_;
  options.serve = serve_;
  ServeConnection(*connection, options);
  // A child that was forked meanwhile may have a copy, which would keep the
  // connection open.
  shutdown(connection->Get(), SHUT_RDWR);
  connection->Close();
  SetIdle();
}

// There are as many places as threads.
OwnDescriptor* ServerThreads::Keep(int fd) {
  const Locked locked(this);
  OwnDescriptor* entry = connections_;
  while (!entry->IsEmpty()) ++entry;
  entry->Take(fd);
  return entry;
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
  listening_.Close();
  number_.store(0);
}

}  // namespace bench_profiler
