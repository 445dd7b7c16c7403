#include "bench_profiler/command/curl.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

#include "bench_profiler/command/subprocess.h"

namespace bench_profiler {
namespace {

// A file without a name, which the process that is started inherits. Its
// standard input is taken: by the options.
class InheritedFile {
 public:
  explicit InheritedFile(const std::string& bytes)
      : fd_(memfd_create("body", 0)) {
    for (size_t written = 0; fd_ >= 0 && written < bytes.size();) {
      const ssize_t size =
          write(fd_, bytes.data() + written, bytes.size() - written);
      if (size > 0) {
        written += static_cast<size_t>(size);
      } else if (errno != EINTR) {
        close(fd_);
        fd_ = -1;
      }
    }
  }
  ~InheritedFile() {
    if (fd_ >= 0) close(fd_);
  }
  InheritedFile(const InheritedFile&) = delete;
  InheritedFile& operator=(const InheritedFile&) = delete;

  // Opened by this name, it is read from its start.
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

// A line of curl's configuration.
std::string Setting(const std::string& name, const std::string& value) {
  std::string line = name + " = \"";
  for (const char c : value) {
    if (c == '"' || c == '\\') line += '\\';
    line += c;
  }
  return line + "\"\n";
}

// Whether another attempt may go better: the network's troubles, but neither a
// certificate that is not trusted nor an address that is none. The numbers are
// those of curl's manual.
bool MayPass(int exit_code) {
  for (const int code : {5, 6, 7, 18, 28, 35, 52, 55, 56, 92}) {
    if (exit_code == code) return true;
  }
  return false;
}

}  // namespace

HttpResult ExchangeByCurl(const Url& url, const HttpRequest& request,
                          int timeout, Progress* progress,
                          HttpResponse* response, std::string* error) {
  const int elapsed = static_cast<int>(progress->elapsed_seconds());
  std::string settings = Setting("url", url.Text());
  settings += Setting("request", request.method);
  for (const std::string& header : request.headers) {
    settings += Setting("header", header);
  }
  const InheritedFile body(request.body);
  if (request.method != "GET") {
    if (!body.ok()) {
      *error = "there is no memory to send from";
      return HttpResult::kImpossible;
    }
    settings += Setting("data-binary", "@" + body.path());
    // Else it asks the server first, and the answer has two heads.
    settings += Setting("header", "Expect:");
  }
  const std::vector<std::string> command = {
      "curl", "--silent", "--show-error", "--include", "--raw", "--globoff",
      // With the head of a proxy's answer there would be two, too.
      "--suppress-connect-headers", "--max-time",
      std::to_string(std::max(timeout - elapsed, 1)), "--config", "-"};
  SubprocessResult result;
  if (!RunSubprocess(
          command, settings, [&] { progress->Update(); }, &result)) {
    *error =
        url.Shown() + ": for https and passwords, curl has to be installed";
    return HttpResult::kImpossible;
  }
  if (result.exit_code != 0) {
    *error = url.Shown() + ": " + result.err.substr(0, result.err.find('\n'));
    return MayPass(result.exit_code) ? HttpResult::kNoAnswer
                                     : HttpResult::kImpossible;
  }
  if (ParseHttpResponse(result.out, response)) return HttpResult::kAnswered;
  *error = url.Shown() + ": what curl got is no HTTP";
  return HttpResult::kImpossible;
}

}  // namespace bench_profiler
