#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <memory>
#include <set>
#include <thread>
#include <utility>

#include "bench_profiler/beast.h"
#include "tests/http/mounted_server.h"

namespace bench_profiler {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;

class Session : public std::enable_shared_from_this<Session> {
 public:
  using Sessions = std::set<std::shared_ptr<Session>>;

  Session(tcp::socket socket, Sessions* sessions)
      : stream_(std::move(socket)), sessions_(sessions) {}

  void Read() {
    sessions_->insert(shared_from_this());
    http::async_read(
        stream_, buffer_, request_,
        [self = shared_from_this()](beast::error_code error, size_t) {
          if (error) return self->Close();
          pprof::AsyncServeBeast(self->stream_, self->request_,
                                 [self](pprof::BeastResponse response) {
                                   self->Write(std::move(response));
                                 });
        });
  }
  void Close() {
    stream_.close();
    sessions_->erase(shared_from_this());
  }

 private:
  void Write(pprof::BeastResponse response) {
    response_ = std::move(response);
    http::async_write(stream_, response_,
                      [self = shared_from_this()](beast::error_code, size_t) {
                        self->Close();
                      });
  }

  beast::tcp_stream stream_;
  Sessions* const sessions_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  pprof::BeastResponse response_;
};

class AsyncBeastServer : public MountedServer {
 public:
  AsyncBeastServer() {
    Accept();
    thread_ = std::thread([this] { context_.run(); });
  }
  ~AsyncBeastServer() override {
    boost::asio::post(context_, [this] {
      acceptor_.close();
      const Session::Sessions sessions = sessions_;
      for (const auto& session : sessions) session->Close();
    });
    thread_.join();  // when nothing is left to do
  }
  int port() const override { return port_; }

 private:
  void Accept() {
    acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
      if (error) return;
      std::make_shared<Session>(std::move(socket), &sessions_)->Read();
      Accept();
    });
  }

  boost::asio::io_context context_;
  tcp::acceptor acceptor_{context_,
                          {boost::asio::ip::address_v4::loopback(), 0}};
  const int port_ = acceptor_.local_endpoint().port();
  Session::Sessions sessions_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<MountedServer> StartAsyncBeast() {
  return std::make_unique<AsyncBeastServer>();
}

}  // namespace bench_profiler
