// gzip (RFC 1952) by zlib, piece by piece.
//
//   GzipStream stream;
//   message.SerializeToZeroCopyStream(&stream);   // or Next() and BackUp()
//   std::string bytes = stream.Finish();
//
// Only the compressed bytes are kept. The header has no time in it, so that the
// same bytes give the same stream. Unless told otherwise, zlib's fast level is
// used, as Go does for its profiles: they become a few percent larger, in half
// of the time.
#ifndef BENCH_PROFILER_FORMATS_GZIP_H_
#define BENCH_PROFILER_FORMATS_GZIP_H_

#include <google/protobuf/io/zero_copy_stream.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <string>

namespace bench_profiler {

class GzipStream : public google::protobuf::io::ZeroCopyOutputStream {
 public:
  // Throws std::runtime_error when zlib has no memory.
  explicit GzipStream(int level = Z_BEST_SPEED);
  ~GzipStream() override;
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  // Returns room for more bytes. BackUp() gives back the last of them.
  bool Next(void** data, int* size) override;
  void BackUp(int count) override { used_ -= static_cast<size_t>(count); }

  // Of what went in.
  int64_t ByteCount() const override {
    return taken_ + static_cast<int64_t>(used_);
  }

  // Returns everything, compressed. Ends the use of this object.
  std::string Finish();

 private:
  void Compress(int flush);

  z_stream stream_ = {};
  std::array<char, 1 << 14> buffer_;
  size_t used_ = 0;    // of buffer_
  int64_t taken_ = 0;  // out of buffer_ by zlib
  std::string compressed_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_GZIP_H_
