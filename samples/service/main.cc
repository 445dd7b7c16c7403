// A web service that can be profiled while it runs.
//
//   service [PORT]                 8080; 0: any that is free
//   wrk http://localhost:8080/book/list
//   go tool pprof http://localhost:8080/debug/pprof/profile?seconds=5
//   go tool pprof http://localhost:8080/debug/pprof/mutex
//
// What net/http/pprof is for a service in Go, bench_profiler/http.h is here.
#include <httplib.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

#include "bench_profiler/httplib.h"
#include "bench_profiler/pprof.h"
#include "books.h"

int main(int argc, char** argv) {
  namespace pprof = bench_profiler::pprof;
  const std::vector<service::Book> all_books = service::MakeBooks(500);
  service::Popularity popularity;

  httplib::Server server;
  server.set_keep_alive_max_count(100000);
  server.set_tcp_nodelay(true);
  server.Get("/book/list", [&](const httplib::Request&,
                               httplib::Response& response) {
    std::vector<service::Book> books = all_books;
    service::SortByTitle(&books);
    response.set_content(service::RenderBooks(books, popularity.Count(books)),
                         "application/json");
  });

  // All that it takes; the heap is sampled anyway.
  pprof::MountHttplib(server);
  pprof::SetMutexProfileFraction(1);

  int port = argc > 1 ? std::atoi(argv[1]) : 8080;
  if (port == 0) {
    port = server.bind_to_any_port("localhost");
  } else if (!server.bind_to_port("localhost", port)) {
    port = -1;
  }
  if (port < 0) {
    std::fprintf(stderr, "service: cannot listen on port %s\n",
                 argc > 1 ? argv[1] : "8080");
    return 1;
  }
  std::printf("http://localhost:%d/debug/pprof/\n", port);
  std::fflush(stdout);
  return server.listen_after_bind() ? 0 : 1;
}
