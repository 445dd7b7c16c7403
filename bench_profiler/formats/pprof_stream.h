// The bytes of a profile.proto, message by message.
//
//   PprofStream stream;
//   proto::Mapping mapping;
//   mapping.set_filename(stream.String("/bin/true"));
//   stream.WriteMessage(proto::Profile::kMappingFieldNumber, mapping);
//   std::string bytes = stream.Finish();   // strings come last
//
// Fields of a message may come in any order, and so the profile's message never
// exists as a whole: that of a million samples would take a gigabyte.
#ifndef BENCH_PROFILER_FORMATS_PPROF_STREAM_H_
#define BENCH_PROFILER_FORMATS_PPROF_STREAM_H_

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message_lite.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bench_profiler/formats/gzip.h"

namespace bench_profiler {

class PprofStream {
 public:
  // The format requires that "" is the first string.
  PprofStream() { String(""); }

  // Returns the index of `text` in the string table. It has to live on.
  int64_t String(std::string_view text);

  // Writes the fields of the profile that are no messages of the kinds below.
  void WriteHead(const google::protobuf::MessageLite& head) {
    head.SerializeToCodedStream(&out_);
  }

  // One of a repeated field. Throws std::length_error if the profile becomes
  // larger than the format allows, as Finish() does.
  void WriteMessage(int field, const google::protobuf::MessageLite& message);

  // Returns everything, gzipped. Ends the use of this object. Strings that are
  // not UTF-8 become so, since most readers refuse a file with one.
  std::string Finish();

 private:
  void WriteHeader(int field, size_t size);
  void CheckSize() const;

  GzipStream gzip_;
  google::protobuf::io::CodedOutputStream out_{&gzip_};
  std::vector<std::string_view> strings_;
  std::unordered_map<std::string_view, int64_t> string_numbers_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PPROF_STREAM_H_
