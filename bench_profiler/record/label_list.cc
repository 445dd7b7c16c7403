#include "bench_profiler/record/label_list.h"

#include <algorithm>
#include <cstring>

namespace bench_profiler {
namespace {

using Text = LabelList::Text;

int Compare(const Text& a, const Text& b) {
  const int order = std::memcmp(a.data, b.data, std::min(a.size, b.size));
  if (order != 0) return order;
  return a.size < b.size ? -1 : a.size > b.size ? 1 : 0;
}

bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// The length of the UTF-8 character (RFC 3629) at the start of `size` bytes. 0
// if it is not valid, or if it is NUL, which would end a C string.
size_t CharacterSize(const char* data, size_t size) {
  const auto first = static_cast<unsigned char>(data[0]);
  if (first < 0x80) return first != 0 ? 1 : 0;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || length > size) return 0;
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(data[i])) return 0;
  }
  // Some values of three and four bytes are invalid: those that fit into fewer
  // bytes, halves of UTF-16 pairs, and those beyond the last character.
  const auto second = static_cast<unsigned char>(data[1]);
  if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
      (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
    return 0;
  }
  return length;
}

bool IsClean(const char* data, size_t size) {
  for (size_t i = 0; i < size;) {
    const size_t length = CharacterSize(data + i, size - i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

// Hashes the length and then eight bytes at a time.
uint64_t AddToHash(const Text& text, uint64_t hash) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
  hash = (hash ^ text.size) * kFactor;
  for (size_t at = 0; at < text.size; at += sizeof(uint64_t)) {
    uint64_t word = 0;
    std::memcpy(&word, text.data + at, std::min(sizeof(word), text.size - at));
    hash = (hash ^ word) * kFactor;
    hash ^= hash >> 32;
  }
  return hash;
}

bool IsEqual(const Text& text, const char* other) {
  return std::strncmp(text.data, other, text.size) == 0 &&
         other[text.size] == '\0';
}

}  // namespace

LabelList::Text LabelList::Clean(const char* data, size_t size) {
  if (size > kMaxLabelText) {
    size = kMaxLabelText;
    // A character, of at most four bytes, is not cut in its middle.
    for (int i = 0; i < 3 && IsContinuation(data[size]); ++i) --size;
  }
  if (IsClean(data, size)) return {data, size};
  char* const clean = cleaned_ + cleaned_size_;
  size = std::min(size, sizeof(cleaned_) - cleaned_size_);
  for (size_t i = 0; i < size;) {
    const size_t length = CharacterSize(data + i, size - i);
    if (length == 0) {
      clean[i++] = '?';
    } else {
      std::memcpy(clean + i, data + i, length);
      i += length;
    }
  }
  cleaned_size_ += size;
  return {clean, size};
}

void LabelList::Set(const char* key, size_t key_size, const char* value,
                    size_t value_size) {
  const Text clean_key = Clean(key, key_size);
  if (clean_key.size == 0) return;
  size_t at = size_;
  int order = -1;
  while (at > 0 && (order = Compare(entries_[at - 1].key, clean_key)) > 0) --at;
  const bool exists = at > 0 && order == 0;
  if (value_size == 0) {
    if (!exists) return;
    std::move(entries_ + at, entries_ + size_, entries_ + at - 1);
    --size_;
  } else if (exists) {
    entries_[at - 1].value = Clean(value, value_size);
  } else if (size_ < kMaxLabels) {
    std::move_backward(entries_ + at, entries_ + size_, entries_ + size_ + 1);
    entries_[at] = {clean_key, Clean(value, value_size)};
    ++size_;
  }
}

size_t LabelList::TextSize() const {
  size_t size = 0;
  for (const Entry& label : *this)
    size += label.key.size + label.value.size + 2;
  return size;
}

uint64_t LabelList::Hash() const {
  uint64_t hash = 0;
  for (const Entry& label : *this) {
    hash = AddToHash(label.value, AddToHash(label.key, hash));
  }
  return hash;
}

bool LabelList::Equals(const LabelSet& set) const {
  if (set.size != size_) return false;
  for (size_t i = 0; i < size_; ++i) {
    if (!IsEqual(entries_[i].value, set[i].value) ||
        !IsEqual(entries_[i].key, set[i].key)) {
      return false;
    }
  }
  return true;
}

}  // namespace bench_profiler
