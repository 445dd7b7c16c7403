#include "bench_profiler/http/http_server.h"

#include <time.h>

#include <atomic>
#include <cstdlib>

#include "bench_profiler/http/server_threads.h"
#include "bench_profiler/platform/fork_events.h"

namespace bench_profiler {
namespace {

constexpr int kMaxServers = 8;
ServerThreads servers[kMaxServers];
std::atomic<int64_t> last_number{0};

void ForgetInChild() {
  for (ServerThreads& server : servers) server.ForgetInChild();
}

constexpr ForkHandlers kForkHandlers = {nullptr, nullptr, ForgetInChild};

// Waits until `server` is not that of this number any more.
void WaitForEnd(const ServerThreads& server, int64_t number) {
  constexpr timespec kMillisecond = {0, 1000 * 1000};
  constexpr int kMaxWaits = 5000;
  for (int i = 0; i < kMaxWaits && server.number() == number; ++i) {
    nanosleep(&kMillisecond, nullptr);
  }
}

// Static objects that a request may use are destroyed from now on.
void StopAllAtExit() {
  int64_t numbers[kMaxServers];
  for (int i = 0; i < kMaxServers; ++i) {
    numbers[i] = servers[i].number();
    if (numbers[i] != 0 && !servers[i].AskToStop(numbers[i])) numbers[i] = 0;
  }
  for (int i = 0; i < kMaxServers; ++i) {
    if (numbers[i] != 0) WaitForEnd(servers[i], numbers[i]);
  }
}

}  // namespace

Error StartServer(const HttpAddress& address, ServeFunction serve,
                  RunningServer* server) {
  AddForkHandlers(&kForkHandlers);
  AdoptProcess();
  static const int at_exit = std::atexit(StopAllAtExit);
  static_cast<void>(at_exit);
  const int64_t number = last_number.fetch_add(1) + 1;
  for (ServerThreads& candidate : servers) {
    if (!candidate.Claim(number)) continue;
    server->address = address;
    const Error error = candidate.Start(&server->address, serve);
    server->number = error ? 0 : number;
    return error;
  }
  return Error::Format("there are %d servers of profiles already", kMaxServers);
}

void StopServer(int64_t number) {
  for (ServerThreads& server : servers) {
    if (number == 0 || server.number() != number) continue;
    if (server.AskToStop(number)) WaitForEnd(server, number);
    return;
  }
}

}  // namespace bench_profiler
