// Asks Serve as a server would, and reads what it answers.
//
//   const HttpResponse response = Get("/debug/pprof/heap?debug=1");
//   EXPECT_EQ(HeaderOf(response, "Content-Type"), "text/plain; charset=utf-8");
//   EXPECT_GT(Profile(Get("/debug/pprof/heap")).Sum("inuse_space"), 0);
#ifndef BENCH_PROFILER_TESTS_HTTP_SERVE_FIXTURE_H_
#define BENCH_PROFILER_TESTS_HTTP_SERVE_FIXTURE_H_

#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "bench_profiler/http.h"
#include "tests/pprof/api_fixture.h"

namespace bench_profiler {

using pprof::HttpRequest;
using pprof::HttpResponse;

inline HttpRequest RequestFor(const std::string& target) {
  HttpRequest request;
  const size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) {
    request.query = target.substr(question + 1);
  }
  return request;
}

inline HttpResponse Ask(const std::string& method, const std::string& target,
                        const std::string& body = "") {
  HttpRequest request = RequestFor(target);
  request.method = method;
  request.body = body;
  return pprof::Serve(request);
}

inline HttpResponse Get(const std::string& target) {
  return Ask("GET", target);
}

// The same, and something happens while the request waits. In a thread of its
// own: what the one that serves allocates does not show.
inline HttpResponse GetWhile(const std::string& target,
                             const std::function<void()>& meanwhile) {
  HttpRequest request = RequestFor(target);
  bool done = false;
  request.cancelled = [&] {
    if (!done) std::thread(meanwhile).join();
    done = true;
    return false;
  };
  return pprof::Serve(request);
}

inline std::string HeaderOf(const HttpResponse& response,
                            const std::string& name) {
  for (const pprof::HttpHeader& header : response.headers) {
    if (header.name == name) return header.value;
  }
  return "";
}

class HttpServeTest : public ApiTest {
 protected:
  // The profile in the body of a response.
  ProfileView Profile(const HttpResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(HeaderOf(response, "Content-Type"), "application/octet-stream");
    std::ofstream(path_, std::ios::binary) << response.body;
    const ProfileView profile = ReadProfile(path_);
    EXPECT_TRUE(profile.valid) << profile.problem;
    return profile;
  }
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_TESTS_HTTP_SERVE_FIXTURE_H_
