#include "bench_profiler/command/http_client.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "bench_profiler/command/http_response.h"
#include "bench_profiler/command/progress.h"
#include "bench_profiler/command/subprocess.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 30;  // no profile is that large
constexpr int kMaxRedirections = 10;

// One request. All it does ends when its time is up.
class Request {
 public:
  Request(const Url& url, int timeout, Progress* progress)
      : url_(url), timeout_(timeout), progress_(progress) {}
  ~Request() {
    if (fd_ >= 0) close(fd_);
  }
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  bool Run(HttpResponse* response, std::string* error) {
    if (Connect() && Send() && Receive()) {
      if (ParseHttpResponse(bytes_, response)) return true;
      error_ = bytes_.empty() ? "the server closed the connection"
                              : "what the server sent is no HTTP, or cut off";
    }
    *error = url_.Text() + ": " + error_;
    return false;
  }

 private:
  bool Connect() {
    addrinfo hints = {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    const int code =
        getaddrinfo(url_.host.c_str(), url_.port.c_str(), &hints, &list);
    if (code != 0) {
      error_ = gai_strerror(code);
      return false;
    }
    bool is_connected = false;
    for (const addrinfo* at = list; at != nullptr && !is_connected;
         at = at->ai_next) {
      is_connected = ConnectTo(*at);
    }
    freeaddrinfo(list);
    return is_connected;
  }

  bool ConnectTo(const addrinfo& address) {
    if (fd_ >= 0) close(fd_);
    fd_ = socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                 0);
    if (fd_ < 0) return FailErrno(errno);
    if (connect(fd_, address.ai_addr, address.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS) return FailErrno(errno);
    if (!Wait(POLLOUT)) return false;
    int code = 0;
    socklen_t size = sizeof(code);
    getsockopt(fd_, SOL_SOCKET, SO_ERROR, &code, &size);
    return code == 0 || FailErrno(code);
  }

  bool Send() {
    const std::string text = "GET " + url_.target +
                             " HTTP/1.1\r\nHost: " + url_.authority +
                             "\r\nUser-Agent: bench_profiler\r\n"
                             "Accept: */*\r\nConnection: close\r\n\r\n";
    for (size_t sent = 0; sent < text.size();) {
      const ssize_t size =
          send(fd_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (size >= 0) {
        sent += static_cast<size_t>(size);
      } else if (errno == EAGAIN || errno == EINTR) {
        if (!Wait(POLLOUT)) return false;
      } else {
        return FailErrno(errno);
      }
    }
    return true;
  }

  bool Receive() {
    char buffer[65536];
    while (true) {
      const ssize_t size = recv(fd_, buffer, sizeof(buffer), 0);
      if (size == 0) return true;
      if (size > 0) {
        bytes_.append(buffer, static_cast<size_t>(size));
        if (bytes_.size() > kMaxBytes) {
          error_ = "the answer is larger than 1 GiB";
          return false;
        }
      } else if (errno == EAGAIN || errno == EINTR) {
        // Asked only when all that was there is read: the answer may be large.
        if (IsCompleteHttpResponse(bytes_)) return true;
        if (!Wait(POLLIN)) return false;
      } else {
        return FailErrno(errno);
      }
    }
  }

  // Waits until the socket is ready, and shows how long.
  bool Wait(short events) {
    while (progress_->elapsed_seconds() < timeout_) {
      progress_->Update();
      pollfd waited = {fd_, events, 0};
      if (poll(&waited, 1, 200) > 0) return true;
    }
    error_ = "no answer within " + std::to_string(timeout_) + " s";
    return false;
  }

  bool FailErrno(int code) {
    error_ = std::strerror(code);
    return false;
  }

  const Url& url_;
  const int timeout_;
  Progress* const progress_;
  int fd_ = -1;
  std::string bytes_;
  std::string error_;
};

bool IsRedirection(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 ||
         status == 308;
}

// The address that the field Location names, seen from `url`.
bool Redirect(const std::string& location, Url* url) {
  const std::string text = !location.empty() && location[0] == '/'
                               ? url->scheme + "://" + url->authority + location
                               : location;
  Url next;
  if (!ParseUrl(text, &next)) return false;
  next.seconds = url->seconds;
  *url = next;
  return true;
}

bool CheckStatus(const Url& url, const HttpResponse& response,
                 std::string* error) {
  if (response.status == 200) return true;
  std::string line = response.body.substr(0, response.body.find('\n'));
  while (!line.empty() && line.back() == '\r') line.pop_back();
  // A page is no line for a terminal.
  if (line.empty() || line[0] == '<') line.clear();
  *error =
      url.Text() + ": " + response.reason + (line.empty() ? "" : ": ") + line;
  return false;
}

// Names and passwords in an address, and https, are too much for us.
bool GetByCurl(const Url& url, int timeout, Progress* progress,
               HttpResponse* response, std::string* error) {
  const std::vector<std::string> command = {
      "curl", "-sSL",         "--max-time", std::to_string(timeout),
      "-w",   "%{http_code}", "--",         url.Text()};
  SubprocessResult result;
  if (!RunSubprocess(
          command, "", [&] { progress->Update(); }, &result)) {
    *error = url.Text() + ": for https, curl has to be installed";
    return false;
  }
  if (result.exit_code != 0 || result.out.size() < 3) {
    *error = url.Text() + ": " + result.err.substr(0, result.err.find('\n'));
    return false;
  }
  response->reason = result.out.substr(result.out.size() - 3);
  response->status = std::atoi(response->reason.c_str());
  response->body = result.out.substr(0, result.out.size() - 3);
  return true;
}

}  // namespace

bool HttpGet(const Url& url, int timeout, std::string* body,
             std::string* error) {
  Progress progress(url.Text(), url.seconds);
  Url at = url;
  for (int i = 0; i <= kMaxRedirections; ++i) {
    const bool by_curl =
        at.scheme != "http" || at.authority.find('@') != std::string::npos;
    HttpResponse response;
    if (by_curl ? !GetByCurl(at, timeout, &progress, &response, error)
                : !Request(at, timeout, &progress).Run(&response, error)) {
      return false;
    }
    if (!IsRedirection(response.status)) {
      *body = response.body;
      return CheckStatus(at, response, error);
    }
    if (!Redirect(response.location, &at)) {
      *error = at.Text() + ": redirected to " +
               (response.location.empty() ? "nowhere" : response.location);
      return false;
    }
  }
  *error = url.Text() + ": redirected too often";
  return false;
}

}  // namespace bench_profiler
