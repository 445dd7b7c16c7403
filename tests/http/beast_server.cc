#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "bench_profiler/beast.h"
#include "tests/http/mounted_server.h"
#include "tests/support/http_client.h"

namespace bench_profiler {
namespace {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

class BeastServer : public MountedServer {
 public:
  BeastServer() : thread_([this] { Accept(); }) {}
  ~BeastServer() override {
    is_stopping_ = true;
    const HttpClient waker(port());
    thread_.join();
    for (std::thread& connection : connections_) connection.join();
  }
  int port() const override { return acceptor_.local_endpoint().port(); }

 private:
  void Accept() {
    for (;;) {
      tcp::socket socket = acceptor_.accept();
      if (is_stopping_) return;
      connections_.emplace_back(
          [this, connection = std::move(socket)]() mutable {
            ServeOne(connection);
          });
    }
  }

  void ServeOne(tcp::socket& socket) {
    boost::beast::flat_buffer buffer;
    boost::system::error_code error;
    http::request<http::string_body> request;
    http::read(socket, buffer, request, error);
    if (error) return;
    http::write(socket,
                pprof::ServeBeast(request,
                                  [this, &socket] {
                                    return is_stopping_ ||
                                           pprof::IsConnectionClosed(
                                               socket.native_handle());
                                  }),
                error);
    socket.shutdown(tcp::socket::shutdown_send, error);
  }

  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_,
                          {boost::asio::ip::address_v4::loopback(), 0}};
  std::atomic<bool> is_stopping_{false};
  std::vector<std::thread> connections_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<MountedServer> StartBeast() {
  return std::make_unique<BeastServer>();
}

}  // namespace bench_profiler
