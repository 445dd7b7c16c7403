#include "bench_profiler/formats/gzip.h"

#include <stdexcept>
#include <utility>

namespace bench_profiler {

GzipStream::GzipStream(int level) {
  constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 means gzip
  constexpr int kMemoryLevel = 8;       // zlib's default
  if (deflateInit2(&stream_, level, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib has no memory");
  }
}

GzipStream::~GzipStream() { deflateEnd(&stream_); }

bool GzipStream::Next(void** data, int* size) {
  if (used_ == buffer_.size()) Compress(Z_NO_FLUSH);
  *data = buffer_.data() + used_;
  *size = static_cast<int>(buffer_.size() - used_);
  used_ = buffer_.size();
  return true;
}

void GzipStream::Compress(int flush) {
  stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
  stream_.avail_in = static_cast<uInt>(used_);
  std::array<char, 1 << 14> out;
  do {
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, flush) == Z_STREAM_ERROR) {
      throw std::runtime_error("zlib failed");
    }
    compressed_.append(out.data(), out.size() - stream_.avail_out);
  } while (stream_.avail_out == 0);
  taken_ += static_cast<int64_t>(used_);
  used_ = 0;
}

std::string GzipStream::Finish() {
  Compress(Z_FINISH);
  return std::move(compressed_);
}

}  // namespace bench_profiler
