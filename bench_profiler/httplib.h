// Mounts profiles into a server of cpp-httplib, whichever version a program
// has.
//
//   #include <httplib.h>
//   #include "bench_profiler/httplib.h"    // link bench_profiler::pprof
//
//   httplib::Server server;
//   bench_profiler::pprof::MountHttplib(server);
//   server.listen("localhost", 8080);
//
// then: go tool pprof http://localhost:8080/debug/pprof/profile?seconds=5
//
// A profile takes one of the server's threads, of which it has eight or a few
// more, until it is written or its client has gone. Whoever can reach the
// server can take profiles: let it listen to localhost only, or see who asks
// first.
#ifndef BENCH_PROFILER_HTTPLIB_H_
#define BENCH_PROFILER_HTTPLIB_H_

#include <dirent.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>

#include "bench_profiler/http.h"
#include "bench_profiler/http_connection.h"

namespace bench_profiler {
namespace pprof {
namespace internal {

// Whether `socket` is a connection with this client.
inline bool IsPeer(int socket, const std::string& address, int port) {
  sockaddr_storage peer = {};
  socklen_t size = sizeof(peer);
  char host[NI_MAXHOST];
  char service[NI_MAXSERV];
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
  sockaddr* const generic = reinterpret_cast<sockaddr*>(&peer);
  return getpeername(socket, generic, &size) == 0 &&
         getnameinfo(generic, size, host, sizeof(host), service,
                     sizeof(service), NI_NUMERICHOST | NI_NUMERICSERV) == 0 &&
         address == host && std::to_string(port) == service;
}

// Returns the socket of the connection with this client, or -1 if there is none
// or more than one. Not by readdir, which allocates what heap profiles would
// show.
inline int FindConnection(const std::string& address, int port) {
  const int folder = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder == -1) return -1;
  int found = -1;
  int count = 0;
  alignas(dirent64) char entries[4096];
  long size = 0;
  while ((size = syscall(SYS_getdents64, folder, entries, sizeof(entries))) >
         0) {
    for (long at = 0; at < size;) {
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast)
      const auto* const entry = reinterpret_cast<dirent64*>(entries + at);
      at += entry->d_reclen;
      char* end = nullptr;
      const int socket = static_cast<int>(std::strtol(entry->d_name, &end, 10));
      if (end == entry->d_name || !IsPeer(socket, address, port)) continue;
      found = socket;
      ++count;
    }
  }
  close(folder);
  return count == 1 ? found : -1;
}

// Returns what tells whether the client of `request` has gone. Since
// cpp-httplib 0.18.5 requests know.
template <class Request>
auto HttplibIsClosed(const Request& request, int)
    -> decltype(std::function<bool()>(request.is_connection_closed)) {
  return request.is_connection_closed;
}

// Older ones only know who asks. The connection stays open, and the number its
// own, until the handler returns.
template <class Request>
std::function<bool()> HttplibIsClosed(const Request& request, long) {
  const int socket = FindConnection(request.remote_addr, request.remote_port);
  if (socket == -1) return nullptr;
  return [socket] { return IsConnectionClosed(socket); };
}

// Returns a regular expression that matches nothing but `text`.
inline std::string Quoted(const std::string& text) {
  std::string quoted;
  for (const char c : text) {
    if (std::string("^$\\.*+?()[]{}|").find(c) != std::string::npos) {
      quoted += '\\';
    }
    quoted += c;
  }
  return quoted;
}

}  // namespace internal

// Adds handlers for /debug/pprof/, /debug/fgprof and /pprof/ to `server`, an
// httplib::Server or what is derived from it. All of these come behind
// `prefix`: with "/admin", the index is at /admin/debug/pprof/.
//
// server.stop() lets handlers finish, and so waits for profiles. A program that
// must not wait says by `is_stopping` that it ends: profiles end then, too. It
// is asked ten times a second, from threads of the server.
template <class Server>
void MountHttplib(Server& server, const std::string& prefix = "",
                  const std::function<bool()>& is_stopping = nullptr) {
  const typename Server::Handler handler = [is_stopping](const auto& from,
                                                         auto& to) {
    HttpRequest request;
    request.method = from.method;
    // As it came, which `from.path` is not.
    const size_t question = from.target.find('?');
    request.path = from.target.substr(0, question);
    if (question != std::string::npos) {
      request.query = from.target.substr(question + 1);
    }
    request.body = from.body;
    const std::function<bool()> is_closed = internal::HttplibIsClosed(from, 0);
    request.cancelled = [&is_stopping, &is_closed] {
      return (is_stopping && is_stopping()) || (is_closed && is_closed());
    };
    const HttpResponse response = Serve(request);

    to.status = response.status;
    std::string type;
    for (const HttpHeader& header : response.headers) {
      if (header.name == "Content-Type") {
        type = header.value;
      } else {
        // Before 0.11 they take no other strings.
        to.set_header(header.name.c_str(), header.value.c_str());
      }
    }
    to.set_content(response.body, type.c_str());
  };
  const std::string pattern =
      internal::Quoted(prefix) + "(/debug/pprof|/debug/fgprof|/pprof)(/.*)?";
  server.Get(pattern, handler);   // and HEAD
  server.Post(pattern, handler);  // for symbol
}

}  // namespace pprof
}  // namespace bench_profiler

#endif  // BENCH_PROFILER_HTTPLIB_H_
