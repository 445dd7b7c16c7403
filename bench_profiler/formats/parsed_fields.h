// Walks over the fields of a protobuf message without making a message of it,
// which for a large profile would take several times its size.
//
//   FieldReader reader(bytes);
//   for (Field field; reader.Next(&field);) {
//     if (field.number == 2 && field.is_message) sample.ParseFromArray(...);
//   }
//   if (!reader.ok()) ...
#ifndef BENCH_PROFILER_FORMATS_PARSED_FIELDS_H_
#define BENCH_PROFILER_FORMATS_PARSED_FIELDS_H_

#include <google/protobuf/io/coded_stream.h>

#include <cstdint>
#include <string_view>

namespace bench_profiler {

struct Field {
  uint32_t number = 0;
  bool is_message = false;   // or a text, or packed numbers
  std::string_view content;  // of a message
  std::string_view whole;    // with its number
};

class FieldReader {
 public:
  // At most INT_MAX bytes.
  explicit FieldReader(std::string_view bytes);

  // Returns false at the end, and where the bytes are no protobuf.
  bool Next(Field* field);

  // Whether all bytes have been read.
  bool ok() const { return ok_; }
  // Whether a message is longer than what is left.
  bool is_truncated() const { return is_truncated_; }

 private:
  const std::string_view bytes_;
  google::protobuf::io::CodedInputStream in_;
  bool ok_ = false;
  bool is_truncated_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_FORMATS_PARSED_FIELDS_H_
