#include "bench_profiler/http/address.h"

#include <arpa/inet.h>
#include <strings.h>

#include <cstdlib>
#include <cstring>

namespace bench_profiler {
namespace {

constexpr int kMaxPort = 65535;

// Returns -1 if `text` is no port.
int ParsePort(const std::string& text) {
  if (text.empty() || text.size() > 5 ||
      text.find_first_not_of("0123456789") != std::string::npos) {
    return -1;
  }
  const int port = std::atoi(text.c_str());
  return port <= kMaxPort ? port : -1;
}

bool SetHost(const std::string& host, HttpAddress* address) {
  const std::string number =
      host.empty() || strcasecmp(host.c_str(), "localhost") == 0 ? "127.0.0.1"
                                                                 : host;
  *address = HttpAddress();
  if (inet_pton(AF_INET, number.c_str(), &address->socket.ipv4.sin_addr) == 1) {
    address->socket.ipv4.sin_family = AF_INET;
    address->size = sizeof(address->socket.ipv4);
    return true;
  }
  if (number.size() < 2 || number.front() != '[' || number.back() != ']') {
    return false;
  }
  if (inet_pton(AF_INET6, number.substr(1, number.size() - 2).c_str(),
                &address->socket.ipv6.sin6_addr) != 1) {
    return false;
  }
  address->socket.ipv6.sin6_family = AF_INET6;
  address->size = sizeof(address->socket.ipv6);
  return true;
}

bool IsLoopback(const in_addr& address) {
  return ntohl(address.s_addr) >> 24 == IN_LOOPBACKNET;
}

bool IsLoopback(const in6_addr& address) {
  return IN6_IS_ADDR_LOOPBACK(&address) ||
         (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127);
}

}  // namespace

bool HttpAddress::IsLoopback() const {
  return socket.any.sa_family == AF_INET
             ? bench_profiler::IsLoopback(socket.ipv4.sin_addr)
             : bench_profiler::IsLoopback(socket.ipv6.sin6_addr);
}

int HttpAddress::port() const {
  return ntohs(socket.any.sa_family == AF_INET ? socket.ipv4.sin_port
                                               : socket.ipv6.sin6_port);
}

std::string HttpAddress::Text() const {
  char text[INET6_ADDRSTRLEN] = "";
  const bool is_ipv4 = socket.any.sa_family == AF_INET;
  inet_ntop(socket.any.sa_family,
            is_ipv4 ? static_cast<const void*>(&socket.ipv4.sin_addr)
                    : static_cast<const void*>(&socket.ipv6.sin6_addr),
            text, sizeof(text));
  const std::string host = is_ipv4 ? text : "[" + std::string(text) + "]";
  return host + ":" + std::to_string(port());
}

Error ParseHttpAddress(const std::string& text, HttpAddress* address) {
  // An IPv6 address has colons of its own.
  const size_t colon = text.rfind(':');
  const bool has_host = colon != std::string::npos;
  const std::string host = has_host ? text.substr(0, colon) : "";
  const int port = ParsePort(has_host ? text.substr(colon + 1) : text);
  if (port < 0 || !SetHost(host, address)) {
    return Error::Format(
        "must be HOST:PORT, :PORT or PORT, where the host is localhost, an "
        "IPv4 address or an [IPv6 address], and the port 0 to %d",
        kMaxPort);
  }
  const in_port_t number = htons(static_cast<uint16_t>(port));
  if (address->socket.any.sa_family == AF_INET) {
    address->socket.ipv4.sin_port = number;
  } else {
    address->socket.ipv6.sin6_port = number;
  }
  return Error();
}

bool IsLoopbackHost(std::string_view host) {
  const size_t bracket = host.rfind(']');
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos &&
      (bracket == std::string_view::npos || colon > bracket)) {
    host = host.substr(0, colon);
  }
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  constexpr std::string_view kLocalhost = "localhost";
  if (host.size() == kLocalhost.size() &&
      strncasecmp(host.data(), kLocalhost.data(), host.size()) == 0) {
    return true;
  }
  HttpAddress address;
  return !host.empty() && SetHost(std::string(host), &address) &&
         address.IsLoopback();
}

}  // namespace bench_profiler
