// Names of functions, for tools that have addresses only.
#include <cerrno>
#include <cstdlib>

#include "bench_profiler/http/handlers.h"
#include "bench_profiler/pprof/write_names.h"

namespace bench_profiler {
namespace {

// "0x4011d6", or a decimal or octal number. 0 if it is none.
uint64_t AddressOf(const std::string& word) {
  if (word.empty() || word[0] < '0' || word[0] > '9') return 0;
  char* end = nullptr;
  errno = 0;
  const uint64_t address = std::strtoull(word.c_str(), &end, 0);
  return errno == 0 && *end == '\0' ? address : 0;
}

// Of "0x4011d6+0x401210".
std::vector<uint64_t> AddressesOf(std::string_view words) {
  std::vector<uint64_t> addresses;
  while (!words.empty()) {
    const size_t size = std::min(words.find('+'), words.size());
    const uint64_t address = AddressOf(std::string(words.substr(0, size)));
    if (address != 0) addresses.push_back(address);
    words.remove_prefix(std::min(size + 1, words.size()));
  }
  return addresses;
}

}  // namespace

void ServeSymbols(const Request& request, Response* response) {
  response->SetType(kText);
  // Readers only ask whether this number is 0, which would mean that no names
  // can be had here.
  response->body = "num_symbols: 1\n";
  const std::vector<uint64_t> addresses =
      AddressesOf(request.is_post ? request.body : request.raw_query);
  if (addresses.empty() || request.is_head) return;
  const Error error =
      WriteNames({addresses.data(), addresses.size()}, SinkOf(&response->body));
  if (error) response->Fail(500, error.message());
}

}  // namespace bench_profiler
