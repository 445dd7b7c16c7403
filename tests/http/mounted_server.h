// Servers of others that profiles are mounted into.
//
//   const std::unique_ptr<MountedServer> server = StartBeast();
//   Get(server->port(), "/debug/pprof/heap");
#ifndef BENCH_PROFILER_TESTS_HTTP_MOUNTED_SERVER_H_
#define BENCH_PROFILER_TESTS_HTTP_MOUNTED_SERVER_H_

#include <memory>

namespace bench_profiler {

class MountedServer {
 public:
  virtual ~MountedServer() = default;  // ends it, and what is being served
  virtual int port() const = 0;
};

// Each is there if its library is.
std::unique_ptr<MountedServer> StartHttplib();     // also below /a.b+c
std::unique_ptr<MountedServer> StartBeast();       // a thread for a connection
std::unique_ptr<MountedServer> StartAsyncBeast();  // one thread for all

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTTP_MOUNTED_SERVER_H_
