#include <httplib.h>

#include <atomic>
#include <memory>
#include <thread>

#include "bench_profiler/httplib.h"
#include "tests/http/mounted_server.h"

namespace bench_profiler {
namespace {

class HttplibServer : public MountedServer {
 public:
  HttplibServer() {
    const auto is_stopping = [this] { return is_stopping_.load(); };
    pprof::MountHttplib(server_, "", is_stopping);
    pprof::MountHttplib(server_, "/a.b+c", is_stopping);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // One that does not run yet cannot be stopped.
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~HttplibServer() override {
    is_stopping_ = true;
    server_.stop();
    thread_.join();
  }
  int port() const override { return port_; }

 private:
  std::atomic<bool> is_stopping_{false};
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<MountedServer> StartHttplib() {
  return std::make_unique<HttplibServer>();
}

}  // namespace bench_profiler
