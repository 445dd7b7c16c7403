#include "bench_profiler/command/http_exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "bench_profiler/command/curl.h"

namespace bench_profiler {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 30;  // no profile is that large

// One request. All it does ends when its time is up.
class Connection {
 public:
  Connection(const Url& url, int timeout, Progress* progress)
      : url_(url), timeout_(timeout), progress_(progress) {}
  ~Connection() {
    if (fd_ >= 0) close(fd_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  HttpResult Run(const HttpRequest& request, HttpResponse* response,
                 std::string* error) {
    if (Connect() && Send(TextOf(request)) && Receive()) {
      if (ParseHttpResponse(bytes_, response)) return HttpResult::kAnswered;
      error_ = bytes_.empty() ? "the server closed the connection"
                              : "what the server sent is no HTTP, or cut off";
    }
    *error = url_.Shown() + ": " + error_;
    return is_impossible_ ? HttpResult::kImpossible : HttpResult::kNoAnswer;
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
      is_impossible_ = code != EAI_AGAIN;
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

  std::string TextOf(const HttpRequest& request) const {
    std::string text = request.method + " " + url_.target +
                       " HTTP/1.1\r\nHost: " + url_.authority +
                       "\r\nUser-Agent: bench_profiler\r\n"
                       "Accept: */*\r\nConnection: close\r\n";
    for (const std::string& header : request.headers) text += header + "\r\n";
    if (request.method != "GET") {
      text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    }
    return text + "\r\n" + request.body;
  }

  bool Send(const std::string& text) {
    for (size_t sent = 0; sent < text.size();) {
      const ssize_t size =
          send(fd_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (size >= 0) {
        sent += static_cast<size_t>(size);
      } else if (errno == EAGAIN || errno == EINTR) {
        if (!Wait(POLLOUT)) return false;
      } else if (errno == EPIPE || errno == ECONNRESET) {
        // A server that takes no more may have said why.
        return true;
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
  bool is_impossible_ = false;
};

}  // namespace

HttpResult Exchange(const Url& url, const HttpRequest& request, int timeout,
                    Progress* progress, HttpResponse* response,
                    std::string* error) {
  if (url.scheme != "http" || url.authority.find('@') != std::string::npos) {
    return ExchangeByCurl(url, request, timeout, progress, response, error);
  }
  return Connection(url, timeout, progress).Run(request, response, error);
}

}  // namespace bench_profiler
