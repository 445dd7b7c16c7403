// The address of the HTTP server: HOST:PORT, :PORT or PORT.
//
//   HttpAddress address;
//   const Error error = ParseHttpAddress("localhost:8080", &address);
//
// A host is "localhost", an IPv4 address, or an IPv6 address in brackets. None
// means localhost, which is 127.0.0.1, so that nobody serves all the world
// without saying so: this takes 0.0.0.0:8080. Names are not looked up, which
// could take seconds. Port 0 is one that is free.
#ifndef BENCH_PROFILER_HTTP_ADDRESS_H_
#define BENCH_PROFILER_HTTP_ADDRESS_H_

#include <netinet/in.h>
#include <sys/socket.h>

#include <string>
#include <string_view>

#include "bench_profiler/error.h"

namespace bench_profiler {

struct HttpAddress {
  // For bind(2).
  union {
    sockaddr any;
    sockaddr_in ipv4;
    sockaddr_in6 ipv6;
  } socket = {};
  socklen_t size = 0;

  // Whether only programs on this machine can connect.
  bool IsLoopback() const;

  int port() const;

  // "127.0.0.1:8080", as it stands in a URL.
  std::string Text() const;
};

// No system call is made.
Error ParseHttpAddress(const std::string& text, HttpAddress* address);

// Whether a request with this field Host, such as "localhost:8080", was meant
// for the loopback interface. A page of evil.com, whose name server says that
// evil.com is 127.0.0.1, makes a browser send other ones (DNS rebinding).
bool IsLoopbackHost(std::string_view host);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTP_ADDRESS_H_
