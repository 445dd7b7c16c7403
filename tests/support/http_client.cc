#include "tests/support/http_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>

namespace bench_profiler {

std::string HttpAnswer::Field(const std::string& name) const {
  const std::string start = "\n" + name + ": ";
  const size_t at = head.find(start);
  if (at == std::string::npos ||
      head.find(start, at + 1) != std::string::npos) {
    return "";
  }
  const size_t value = at + start.size();
  return head.substr(value, head.find('\r', value) - value);
}

HttpClient::HttpClient(int port)
    : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval minute = {60, 0};
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof(minute));
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &minute, sizeof(minute));
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  is_connected_ = connect(fd_, reinterpret_cast<const sockaddr*>(&address),
                          sizeof(address)) == 0;
}

HttpClient::~HttpClient() { close(fd_); }

bool HttpClient::Send(const std::string& bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t size =
        send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR) continue;  // a child has ended
    if (size < 0) return false;
    sent += static_cast<size_t>(size);
  }
  return true;
}

void HttpClient::CloseWriting() { shutdown(fd_, SHUT_WR); }

bool HttpClient::HasNews() const {
  pollfd descriptor = {fd_, POLLIN, 0};
  return poll(&descriptor, 1, 0) > 0;
}

HttpAnswer HttpClient::Receive() {
  HttpAnswer answer;
  char buffer[65536];
  for (;;) {
    const ssize_t size = recv(fd_, buffer, sizeof(buffer), 0);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    answer.all.append(buffer, static_cast<size_t>(size));
  }
  std::string rest = answer.all;
  const std::string go_on = "HTTP/1.1 100 Continue\r\n\r\n";
  if (rest.compare(0, go_on.size(), go_on) == 0) rest.erase(0, go_on.size());
  const size_t end = rest.find("\r\n\r\n");
  if (end == std::string::npos ||
      std::sscanf(rest.c_str(), "HTTP/1.1 %d ", &answer.status) != 1) {
    return answer;
  }
  answer.head = rest.substr(0, end + 2);
  answer.body = rest.substr(end + 4);
  return answer;
}

HttpAnswer Get(int port, const std::string& target, const std::string& method) {
  HttpClient client(port);
  client.Send(method + " " + target +
              " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  return client.Receive();
}

}  // namespace bench_profiler
