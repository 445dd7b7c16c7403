// Addresses of profiles that a server makes, by pprof's rules.
//
//   Url url;
//   ParseProfileUrl("localhost:8080", 5, &url);
//   url.Text();  // "http://localhost:8080/debug/pprof/profile?seconds=5"
#ifndef BENCH_PROFILER_COMMAND_URL_H_
#define BENCH_PROFILER_COMMAND_URL_H_

#include <string>

namespace bench_profiler {

struct Url {
  std::string Text() const { return scheme + "://" + authority + target; }
  // For messages: without the name and the password.
  std::string Shown() const {
    return scheme + "://" + authority.substr(authority.rfind('@') + 1) + target;
  }

  std::string scheme;     // "http" or "https"
  std::string authority;  // "user@host:80", as it was written
  std::string host;       // "host"; without the brackets of "[::1]"
  std::string port;       // "80", also if none was written
  std::string target;     // "/path?query"
  int seconds = 0;        // that the server takes, as far as is known
};

// Whether `source` is no file but an address: http://HOST, HOST:PORT/PATH.
bool IsUrl(const std::string& source);

// Splits an address of http or https. Returns false if it is none.
bool ParseUrl(const std::string& text, Url* url);

// The same for a source of a profile. Without a path it is a CPU profile's of
// 30 seconds. `seconds` > 0 is how long the server is to take.
bool ParseProfileUrl(const std::string& source, int seconds, Url* url);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_URL_H_
