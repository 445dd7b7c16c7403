#include "bench_profiler/formats/pprof_stream.h"

#include <climits>
#include <stdexcept>

#include "bench_profiler/formats/utf8.h"
#include "profile.pb.h"

namespace bench_profiler {

int64_t PprofStream::String(std::string_view text) {
  const auto [it, is_new] =
      string_numbers_.try_emplace(text, static_cast<int64_t>(strings_.size()));
  if (is_new) strings_.push_back(text);
  return it->second;
}

void PprofStream::WriteMessage(int field,
                               const google::protobuf::MessageLite& message) {
  WriteHeader(field, message.ByteSizeLong());
  message.SerializeWithCachedSizes(&out_);
}

std::string PprofStream::Finish() {
  for (const std::string_view text : strings_) {
    const std::string valid = ValidUtf8(text);
    WriteHeader(proto::Profile::kStringTableFieldNumber, valid.size());
    out_.WriteString(valid);
  }
  out_.Trim();
  CheckSize();
  return gzip_.Finish();
}

void PprofStream::WriteHeader(int field, size_t size) {
  CheckSize();
  constexpr uint32_t kLengthDelimited = 2;  // wire type
  out_.WriteTag(static_cast<uint32_t>(field) << 3 | kLengthDelimited);
  out_.WriteVarint32(static_cast<uint32_t>(size));
}

// Protobuf cannot read a message that is larger.
void PprofStream::CheckSize() const {
  if (gzip_.ByteCount() <= INT_MAX) return;
  throw std::length_error(
      "a profile of more than the format takes, 2 GiB: sample less often, or "
      "fewer benchmarks at a time");
}

}  // namespace bench_profiler
