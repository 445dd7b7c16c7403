#include "bench_profiler/command/http_response.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstddef>

namespace bench_profiler {
namespace {

bool IsEqual(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) {
                      return std::tolower(a) == std::tolower(b);
                    });
}

std::string_view Trimmed(std::string_view text) {
  const size_t start = text.find_first_not_of(" \t\r");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r") - start + 1);
}

// Takes the first line off `rest`.
std::string_view TakeLine(std::string_view* rest) {
  const size_t end = rest->find('\n');
  const std::string_view line = Trimmed(rest->substr(0, end));
  rest->remove_prefix(end == std::string_view::npos ? rest->size() : end + 1);
  return line;
}

struct Head {
  bool is_chunked = false;
  bool has_length = false;
  size_t length = 0;
};

bool ParseNumber(std::string_view text, int base, size_t* number) {
  const auto result =
      std::from_chars(text.data(), text.data() + text.size(), *number, base);
  return !text.empty() && result.ec == std::errc() &&
         result.ptr == text.data() + text.size();
}

bool ParseHead(std::string_view* rest, HttpResponse* response, Head* head) {
  if (rest->find("\r\n\r\n") == std::string_view::npos &&
      rest->find("\n\n") == std::string_view::npos) {
    return false;
  }
  const std::string_view line = TakeLine(rest);
  const size_t blank = line.find(' ');
  size_t status = 0;
  if (line.substr(0, 5) != "HTTP/" || blank == std::string_view::npos ||
      !ParseNumber(line.substr(blank + 1, 3), 10, &status)) {
    return false;
  }
  response->status = static_cast<int>(status);
  response->reason = line.substr(blank + 1);
  while (true) {
    const std::string_view field = TakeLine(rest);
    if (field.empty()) return true;
    const size_t colon = field.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view name = field.substr(0, colon);
    const std::string_view value = Trimmed(field.substr(colon + 1));
    if (IsEqual(name, "Content-Length")) {
      head->has_length = ParseNumber(value, 10, &head->length);
      if (!head->has_length) return false;
    } else if (IsEqual(name, "Transfer-Encoding")) {
      head->is_chunked = IsEqual(value, "chunked");
    } else if (IsEqual(name, "Location")) {
      response->location = value;
    } else if (IsEqual(name, "Retry-After")) {
      response->retry_after = value;
    }
  }
}

bool ParseChunks(std::string_view rest, std::string* body) {
  while (!rest.empty()) {
    std::string_view line = TakeLine(&rest);
    line = Trimmed(line.substr(0, line.find(';')));
    size_t size = 0;
    if (!ParseNumber(line, 16, &size)) return false;
    if (size == 0) return true;
    if (size > rest.size()) return false;
    if (body != nullptr) body->append(rest.substr(0, size));
    rest.remove_prefix(size);
    TakeLine(&rest);
  }
  return false;
}

}  // namespace

bool ParseHttpResponse(std::string_view bytes, HttpResponse* response) {
  Head head;
  if (!ParseHead(&bytes, response, &head)) return false;
  if (head.is_chunked) return ParseChunks(bytes, &response->body);
  if (head.has_length && bytes.size() < head.length) return false;
  response->body = head.has_length ? bytes.substr(0, head.length) : bytes;
  return true;
}

bool IsCompleteHttpResponse(std::string_view bytes) {
  HttpResponse response;
  Head head;
  if (!ParseHead(&bytes, &response, &head)) return false;
  if (head.is_chunked) return ParseChunks(bytes, nullptr);
  return head.has_length && bytes.size() >= head.length;
}

}  // namespace bench_profiler
