#include "tests/command/fake_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace bench_profiler {

namespace {

// How long the body is that the head announces.
size_t BodySize(const std::string& request) {
  const std::string name = "\r\nContent-Length: ";
  const size_t at = request.find(name);
  if (at == std::string::npos) return 0;
  return static_cast<size_t>(std::atoll(request.c_str() + at + name.size()));
}

std::string ReadRequest(int connection) {
  std::string request;
  char buffer[4096];
  while (true) {
    const size_t head = request.find("\r\n\r\n");
    if (head != std::string::npos &&
        request.size() >= head + 4 + BodySize(request)) {
      return request;
    }
    const ssize_t size = recv(connection, buffer, sizeof(buffer), 0);
    if (size <= 0) return request;
    request.append(buffer, static_cast<size_t>(size));
  }
}

}  // namespace

FakeServer::FakeServer(std::vector<std::string> answers)
    : answers_(std::move(answers)),
      listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) !=
          0 ||
      listen(listener_, 16) != 0) {
    std::abort();
  }
  thread_ = std::thread([this] { Serve(); });
}

FakeServer::~FakeServer() {
  // Ends an accept that nobody connects to any more.
  shutdown(listener_, SHUT_RDWR);
  if (thread_.joinable()) thread_.join();
  close(listener_);
}

std::string FakeServer::Address() const {
  sockaddr_in address = {};
  socklen_t size = sizeof(address);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  return "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

std::vector<std::string> FakeServer::requests() {
  thread_.join();
  return requests_;
}

void FakeServer::Serve() {
  for (const std::string& answer : answers_) {
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    const std::string request = ReadRequest(connection);
    requests_.push_back(request);
    if (answer == kReset) {
      // Closing it at once, and telling the other side so.
      const linger now = {1, 0};
      setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    }
    for (size_t sent = 0; answer != kReset && sent < answer.size();) {
      const ssize_t size = send(connection, answer.data() + sent,
                                answer.size() - sent, MSG_NOSIGNAL);
      if (size <= 0) break;
      sent += static_cast<size_t>(size);
    }
    close(connection);
  }
}

std::string HttpText(const std::string& status, const std::string& body) {
  return "HTTP/1.1 " + status +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

}  // namespace bench_profiler
