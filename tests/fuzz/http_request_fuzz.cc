// libFuzzer target: any bytes as the head of an HTTP request must neither crash
// nor mean something else when they come in two pieces.
//
//   clang++ -std=c++17 -g -O1 -fsanitize=fuzzer,address,undefined -I.
//       tests/fuzz/http_request_fuzz.cc bench_profiler/http/address.cc
//       bench_profiler/http/request_parser.cc -o http_request_fuzz
//   ./http_request_fuzz CORPUS   # a folder with a request in each file
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "bench_profiler/http/address.h"
#include "bench_profiler/http/request_parser.h"

namespace {

using bench_profiler::HeadState;
using bench_profiler::RequestHead;

void Check(bool good) {
  if (!good) std::abort();
}

HeadState Parse(std::string_view bytes, RequestHead* head) {
  bench_profiler::Refusal refusal;
  const HeadState state =
      bench_profiler::ParseRequestHead(bytes, head, &refusal);
  Check((state == HeadState::kRefused) == (refusal.status >= 400));
  return state;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // With AddressSanitizer's eye on its end.
  const std::vector<char> copy(data, data + size);
  const std::string_view all(copy.data(), size);
  RequestHead head;
  const HeadState state = Parse(all, &head);
  Check(state != HeadState::kIncomplete || size < bench_profiler::kMaxHeadSize);
  RequestHead part;
  const HeadState earlier = Parse(all.substr(0, size / 2), &part);
  Check(earlier == HeadState::kIncomplete || earlier == state);
  if (state != HeadState::kComplete) return 0;
  Check(head.size <= size && head.size <= bench_profiler::kMaxHeadSize);
  Check(head.body_size <= bench_profiler::kMaxBodySize);
  Check(!head.method.empty() && !head.path.empty());
  for (const std::string_view text :
       {head.method, head.path, head.query, head.host}) {
    if (text == "/") continue;  // a constant if there is no path
    Check(text.empty() || (text.data() >= all.data() &&
                           text.data() + text.size() <= all.data() + size));
  }
  bench_profiler::IsLoopbackHost(head.host);
  bench_profiler::HttpAddress address;
  bench_profiler::ParseHttpAddress(std::string(head.host), &address);
  return 0;
}
