#include "bench_profiler/formats/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <climits>
#include <vector>

namespace bench_profiler {
namespace {

class Inflater {
 public:
  explicit Inflater(std::string_view bytes) : bytes_(bytes) {
    constexpr int kGzipWindow = 15 + 16;  // the largest window; 16 means gzip
    ready_ = inflateInit2(&stream_, kGzipWindow) == Z_OK;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool Run(std::string* plain, std::string* error) {
    if (!ready_) return Fail("zlib has no memory", error);
    while (true) {
      const int result = Step(plain);
      if (plain->size() > Limit()) return FailBySize(error);
      if (result == Z_STREAM_END) {
        if (Left() == 0) return true;
        if (!IsGzip(bytes_.substr(bytes_.size() - Left()))) {
          return Fail("something that is no gzip follows the gzip", error);
        }
        inflateReset(&stream_);
      } else if (result == Z_BUF_ERROR) {
        return Fail("truncated: its gzip has no end", error);
      } else if (result == Z_MEM_ERROR) {
        return Fail("zlib has no memory", error);
      } else if (result != Z_OK) {
        return Fail("damaged: its gzip cannot be decompressed", error);
      }
    }
  }

 private:
  // What zlib has not taken so far. It counts in 32 bits.
  size_t Left() const { return bytes_.size() - taken_ + stream_.avail_in; }

  int Step(std::string* plain) {
    if (stream_.avail_in == 0) {
      const size_t size = std::min<size_t>(bytes_.size() - taken_, INT_MAX);
      // zlib reads only, but not all of its versions say so.
      stream_.next_in =
          reinterpret_cast<Bytef*>(const_cast<char*>(bytes_.data() + taken_));
      stream_.avail_in = static_cast<uInt>(size);
      taken_ += size;
    }
    stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    plain->append(buffer_.data(), buffer_.size() - stream_.avail_out);
    return result;
  }

  size_t Limit() const {
    if (bytes_.size() >= kMaxPlainSize / kMaxRatio) return kMaxPlainSize;
    return std::max(kAnyRatioSize, bytes_.size() * kMaxRatio);
  }

  bool FailBySize(std::string* error) const {
    const size_t limit = Limit();
    return Fail("too large: its " + std::to_string(bytes_.size()) +
                    " bytes of gzip decompress to more than " +
                    std::to_string(limit >> 20) + " MiB",
                error);
  }

  static bool Fail(const std::string& reason, std::string* error) {
    *error = reason;
    return false;
  }

  const std::string_view bytes_;
  size_t taken_ = 0;  // handed to zlib
  std::vector<char> buffer_ = std::vector<char>(1 << 16);
  z_stream stream_ = {};
  bool ready_ = false;
};

}  // namespace

bool IsGzip(std::string_view bytes) { return bytes.substr(0, 2) == "\x1f\x8b"; }

bool Gunzip(std::string_view bytes, std::string* plain, std::string* error) {
  plain->clear();
  return Inflater(bytes).Run(plain, error);
}

}  // namespace bench_profiler
