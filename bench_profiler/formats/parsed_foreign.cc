#include "bench_profiler/formats/parsed_foreign.h"

#include <algorithm>
#include <cstdint>

namespace bench_profiler {
namespace {

constexpr char kConvert[] =
    "; `pprof -proto PROGRAM FILE` of google/pprof makes a profile.proto of it";
constexpr char kAskForProto[] =
    "; without debug=1 or debug=2 in its address it is a profile.proto";

// Files that begin with certain bytes.
struct Known {
  std::string_view beginning;
  const char* what;
  const char* advice;
};

constexpr Known kKnown[] = {
    {"heap profile:", "a heap profile as text, of gperftools or Go", kConvert},
    {"--- heapz ", "a heap profile as text, of Java", kConvert},
    {"--- contentionz ", "a contention profile as text", kConvert},
    {"--- contention:", "a block profile of Go as text", kAskForProto},
    {"--- mutex:", "a mutex profile of Go as text", kAskForProto},
    {"--- threadz ", "a list of threads as text", kConvert},
    {"--- Thread ", "a list of threads as text", kConvert},
    {"goroutine ", "a list of goroutines as text", kAskForProto},
    {"PERFILE2", "data of perf", "; perf_data_converter makes a profile of it"},
    {"FLR\0", "a recording of Java's Flight Recorder", ""},
    {"\x7f"
     "ELF",
     "a program or library, not a profile", ""},
    {"\x28\xb5\x2f\xfd", "compressed by zstd", "; decompress it first"},
    {"BZh", "compressed by bzip2", "; decompress it first"},
    {"\xfd"
     "7zXZ",
     "compressed by xz", "; decompress it first"},
    {"PK\x03\x04", "a zip archive", "; unpack it first"},
    {"{", "JSON, not a profile", ""},
    {"<", "HTML or XML, not a profile", ""},
};

// The numbers that gperftools and Java write, of either size and either order.
uint64_t Word(std::string_view bytes, size_t index, size_t size,
              bool little_endian) {
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) {
    const size_t at = index * size + (little_endian ? size - 1 - i : i);
    word = word << 8 | static_cast<unsigned char>(bytes[at]);
  }
  return word;
}

// A head of five numbers: 0, 3, 0 (Java: 1), the period in microseconds, 0.
bool IsOldCpuProfile(std::string_view bytes) {
  for (const size_t size : {size_t{4}, size_t{8}}) {
    if (bytes.size() < 5 * size) continue;
    for (const bool little_endian : {false, true}) {
      const auto word = [&](size_t index) {
        return Word(bytes, index, size, little_endian);
      };
      if (word(0) == 0 && word(1) == 3 && word(2) <= 1 && word(3) > 0 &&
          word(4) == 0) {
        return true;
      }
    }
  }
  return false;
}

// "goroutine profile: total 7", "myapp.files profile: total 3".
bool IsTextOfGo(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  const size_t at = line.find(" profile: total ");
  return at != std::string_view::npos && at > 0 &&
         line.substr(0, at).find(' ') == std::string_view::npos;
}

}  // namespace

std::string DescribeForeign(std::string_view bytes) {
  if (IsOldCpuProfile(bytes)) {
    return std::string("a CPU profile of gperftools in its own format") +
           kConvert;
  }
  const size_t text =
      std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
  const std::string_view beginning = bytes.substr(text);
  if (IsTextOfGo(beginning)) {
    return std::string("a profile of Go as text") + kAskForProto;
  }
  for (const Known& known : kKnown) {
    if (beginning.substr(0, known.beginning.size()) == known.beginning) {
      return std::string(known.what) + known.advice;
    }
  }
  return "";
}

}  // namespace bench_profiler
