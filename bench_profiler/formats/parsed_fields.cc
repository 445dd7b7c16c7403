#include "bench_profiler/formats/parsed_fields.h"

#include <google/protobuf/wire_format_lite.h>

namespace bench_profiler {

using google::protobuf::internal::WireFormatLite;

FieldReader::FieldReader(std::string_view bytes)
    : bytes_(bytes),
      in_(reinterpret_cast<const uint8_t*>(bytes.data()),
          static_cast<int>(bytes.size())) {}

bool FieldReader::Next(Field* field) {
  const auto start = static_cast<size_t>(in_.CurrentPosition());
  const uint32_t tag = in_.ReadTag();
  if (tag == 0) {
    ok_ = in_.ConsumedEntireMessage();
    return false;
  }
  *field = Field();
  field->number = tag >> 3;
  field->is_message = (tag & 7) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
  if (field->is_message) {
    int size = 0;
    const bool has_size = in_.ReadVarintSizeAsInt(&size);
    const auto at = static_cast<size_t>(in_.CurrentPosition());
    if (!has_size || !in_.Skip(size)) {
      is_truncated_ = has_size || at == bytes_.size();
      return false;
    }
    field->content = bytes_.substr(at, static_cast<size_t>(size));
  } else if (!WireFormatLite::SkipField(&in_, tag)) {
    is_truncated_ = static_cast<size_t>(in_.CurrentPosition()) == bytes_.size();
    return false;
  }
  field->whole =
      bytes_.substr(start, static_cast<size_t>(in_.CurrentPosition()) - start);
  return field->number > 0;
}

}  // namespace bench_profiler
