#include "bench_profiler/http/request_parser.h"

#include <algorithm>
#include <cstring>

namespace bench_profiler {
namespace {

// By RFC 9110 5.6.2, whatever the locale.
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsTokenCharacter(char c) {
  return IsDigit(c) || IsLetter(c) ||
         (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}
bool IsToken(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

bool IsBlank(char c) { return c == ' ' || c == '\t'; }
bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < ' ' || byte == 0x7f;
}
bool IsVisibleAscii(char c) { return !IsControl(c) && c != ' ' && c > 0; }

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

// Removes what is before `separator` and the separator itself from `*rest`, and
// returns it. Without a separator, this is all.
std::string_view TakeUntil(char separator, std::string_view* rest) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view taken = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return taken;
}

class HeadParser {
 public:
  HeadParser(std::string_view bytes, RequestHead* head, Refusal* refusal)
      : bytes_(bytes), head_(head), refusal_(refusal) {}

  HeadState Parse() {
    *head_ = RequestHead();
    std::string_view line;
    // Some clients send an empty line after the body of the request before.
    do {
      if (!NextLine(&line)) return Missing();
    } while (line.empty() && at_ <= 4);
    if (!ParseRequestLine(line)) return HeadState::kRefused;
    for (;;) {
      if (!NextLine(&line)) return Missing();
      if (line.empty()) break;
      if (!ParseField(line)) return HeadState::kRefused;
    }
    head_->size = at_;
    return CheckFields() ? HeadState::kComplete : HeadState::kRefused;
  }

 private:
  bool Refuse(int status, const char* why) {
    refusal_->status = status;
    refusal_->why = why;
    return false;
  }

  bool NextLine(std::string_view* line) {
    const size_t end = bytes_.substr(0, kMaxHeadSize).find('\n', at_);
    if (end == std::string_view::npos) return false;
    *line = bytes_.substr(at_, end - at_);
    if (!line->empty() && line->back() == '\r') line->remove_suffix(1);
    at_ = end + 1;
    return true;
  }

  // A line has no end yet.
  HeadState Missing() {
    if (bytes_.size() >= kMaxHeadSize) {
      Refuse(431, "the request line and the fields are longer than 8 KiB");
      return HeadState::kRefused;
    }
    // A client that speaks TLS, and then waits, hears so at once.
    const bool is_garbage = at_ < bytes_.size() &&
                            !IsTokenCharacter(bytes_[at_]) &&
                            bytes_[at_] != '\r' && !IsBlank(bytes_[at_]);
    if (!is_garbage) return HeadState::kIncomplete;
    Refuse(400, "this is no HTTP request");
    return HeadState::kRefused;
  }

  bool ParseRequestLine(std::string_view line) {
    head_->method = TakeUntil(' ', &line);
    const std::string_view target = TakeUntil(' ', &line);
    if (!IsToken(head_->method)) return Refuse(400, "the method is no word");
    return ParseVersion(line) && ParseTarget(target);
  }

  bool ParseVersion(std::string_view version) {
    constexpr std::string_view kName = "HTTP/";
    if (version.size() != kName.size() + 3 ||
        version.substr(0, kName.size()) != kName || !IsDigit(version[5]) ||
        version[6] != '.' || !IsDigit(version[7])) {
      return Refuse(400, "the request line does not end with HTTP/1.1");
    }
    if (version[5] != '1') return Refuse(505, "this is not HTTP/1");
    is_version_1_0_ = version[7] == '0';
    return true;
  }

  // "/path?query", or "http://host/path?query" as for a proxy.
  bool ParseTarget(std::string_view target) {
    if (!std::all_of(target.begin(), target.end(), IsVisibleAscii) ||
        target.find('#') != std::string_view::npos) {
      return Refuse(400, "the path has a character that needs an escape");
    }
    constexpr std::string_view kScheme = "http://";
    if (EqualsIgnoringCase(target.substr(0, kScheme.size()), kScheme)) {
      target.remove_prefix(kScheme.size());
      const size_t end = std::min(target.find_first_of("/?"), target.size());
      host_of_target_ = target.substr(0, end);
      target.remove_prefix(end);
      if (host_of_target_.empty() ||
          host_of_target_.find('@') != std::string_view::npos) {
        return Refuse(400, "the URL has no host");
      }
    } else if (target.empty() || (target[0] != '/' && target != "*")) {
      return Refuse(400, "the path does not begin with /");
    }
    head_->path = TakeUntil('?', &target);
    if (head_->path.empty()) head_->path = "/";
    head_->query = target;
    return true;
  }

  bool ParseField(std::string_view line) {
    if (line.find(':') == std::string_view::npos) {
      return Refuse(400, "a field has no colon");
    }
    const std::string_view name = TakeUntil(':', &line);
    // This refuses folded lines, too, which begin with white space.
    if (!IsToken(name)) return Refuse(400, "the name of a field is no word");
    const std::string_view value = Trim(line);
    if (std::any_of(value.begin(), value.end(),
                    [](char c) { return IsControl(c) && c != '\t'; })) {
      return Refuse(400, "a field has a control character");
    }
    if (EqualsIgnoringCase(name, "host")) {
      if (hosts_++ > 0) return Refuse(400, "there are two fields Host");
      head_->host = value;
    } else if (EqualsIgnoringCase(name, "content-length")) {
      return ParseLength(value);
    } else if (EqualsIgnoringCase(name, "transfer-encoding")) {
      has_coding_ = true;
      is_chunked_ = EqualsIgnoringCase(value, "chunked");
    } else if (EqualsIgnoringCase(name, "expect")) {
      if (!EqualsIgnoringCase(value, "100-continue")) {
        return Refuse(417, "only 100-continue can be expected");
      }
      head_->expects_continue = !is_version_1_0_;
    }
    return true;
  }

  bool ParseLength(std::string_view value) {
    if (has_length_) return Refuse(400, "there are two fields Content-Length");
    has_length_ = true;
    if (value.empty() || !std::all_of(value.begin(), value.end(), IsDigit)) {
      return Refuse(400, "Content-Length is no number");
    }
    for (const char digit : value) {
      head_->body_size =
          head_->body_size * 10 + static_cast<size_t>(digit - '0');
      if (head_->body_size > kMaxBodySize) {
        return Refuse(413, "the body is longer than 1 MiB");
      }
    }
    return true;
  }

  bool CheckFields() {
    if (!is_version_1_0_ && hosts_ == 0) {
      return Refuse(400, "the field Host is missing");
    }
    if (!host_of_target_.empty()) head_->host = host_of_target_;
    if (!has_coding_) return true;
    if (has_length_ || is_version_1_0_) {
      return Refuse(400, "Transfer-Encoding does not fit the request");
    }
    return is_chunked_ ? Refuse(411, "the body needs a Content-Length")
                       : Refuse(501, "the body is in an unknown coding");
  }

  const std::string_view bytes_;
  RequestHead* const head_;
  Refusal* const refusal_;
  size_t at_ = 0;  // behind the last line
  std::string_view host_of_target_;
  int hosts_ = 0;
  bool is_version_1_0_ = false;
  bool has_length_ = false;
  bool has_coding_ = false;
  bool is_chunked_ = false;
};

}  // namespace

HeadState ParseRequestHead(std::string_view bytes, RequestHead* head,
                           Refusal* refusal) {
  return HeadParser(bytes, head, refusal).Parse();
}

}  // namespace bench_profiler
