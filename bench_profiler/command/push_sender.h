// Sends bodies to a store, and tries again while there is hope.
//
//   PushSender sender(url, 60);
//   switch (sender.Send(body, &error)) ...
#ifndef BENCH_PROFILER_COMMAND_PUSH_SENDER_H_
#define BENCH_PROFILER_COMMAND_PUSH_SENDER_H_

#include <string>
#include <vector>

#include "bench_profiler/command/outcome.h"
#include "bench_profiler/command/url.h"

namespace bench_profiler {

class PushSender {
 public:
  enum class Result {
    kSent,
    kRefused,  // this profile; the next one may be taken
    kFailed,   // the next one would be, too
  };

  // `seconds` is how long one body may take, with all attempts.
  PushSender(Url url, int seconds);

  // Who asks, from BENCH_PROFILER_PUSH_TENANT, _USER and _TOKEN: with a user
  // the token is a password. A command line would show it to everybody.
  Outcome ReadEnvironment();

  // `error` gets one line unless it is sent.
  Result Send(const std::string& body, std::string* error) const;

 private:
  const Url url_;
  const int seconds_;
  std::vector<std::string> headers_;
};

// Where profiles are pushed to: "HOST:PORT", "https://HOST/PREFIX" or the whole
// address. Returns false if it is none.
bool ParsePushUrl(const std::string& text, Url* url);

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COMMAND_PUSH_SENDER_H_
