// Reads numbers in DWARF's binary forms from a range of bytes, and never beyond
// the range.
//
//   ByteReader reader(begin, end);
//   const uint64_t size = reader.Uleb();
//   if (!reader.ok()) return false;   // once, after some reads
//
// Once a read does not fit into the range, it and all later reads return 0, and
// ok() is false. A reader is just two pointers, so that the compiler can keep
// it in registers: a stack walk mostly reads single bytes.
#ifndef BENCH_PROFILER_STACK_BYTE_READER_H_
#define BENCH_PROFILER_STACK_BYTE_READER_H_

#include <cstddef>
#include <cstdint>

namespace bench_profiler {

// How .eh_frame stores a pointer: the low four bits are the format, the next
// three say what it is relative to, and the last one is a flag (Linux Standard
// Base, Core, "DWARF Exception Header Encoding").
inline constexpr uint8_t kPointerAbsolute = 0x00;
inline constexpr uint8_t kPointerIndirect = 0x80;

// Async-signal-safe, as is everything that is built on it: the only state is
// the object itself.
class ByteReader {
 public:
  ByteReader() = default;  // failed
  ByteReader(const uint8_t* begin, const uint8_t* end)
      : position_(begin), end_(end) {}

  bool ok() const { return position_ != nullptr; }
  bool AtEnd() const { return position_ == end_; }
  const uint8_t* position() const { return position_; }
  const uint8_t* end() const { return end_; }

  // A little-endian number of sizeof(T) bytes.
  template <typename T>
  T Fixed() {
    struct __attribute__((packed, may_alias)) Unaligned {
      T value;
    };
    if (Left() < sizeof(T)) return static_cast<T>(Fail());
    const T value = reinterpret_cast<const Unaligned*>(position_)->value;
    position_ += sizeof(T);
    return value;
  }
  uint8_t Byte() { return Fixed<uint8_t>(); }

  // LEB128 numbers (DWARF 5, 7.6) of at most 64 bits: ten bytes.
  uint64_t Uleb() {
    const uint8_t byte = Byte();
    if (byte < 0x80) return byte;
    return Take(LongLeb(*this, byte & 0x7f, /*is_signed=*/false));
  }
  int64_t Sleb() {
    const uint8_t byte = Byte();
    return static_cast<int64_t>(
        byte < 0x80 ? SignExtended(byte, 7)
                    : Take(LongLeb(*this, byte & 0x7f, /*is_signed=*/true)));
  }

  void Skip(uint64_t size) {
    if (size > Left()) {
      Fail();
    } else {
      position_ += size;
    }
  }

  // Returns a reader of the next `size` bytes, and skips them here.
  ByteReader Block(uint64_t size) {
    const uint8_t* begin = position_;
    Skip(size);
    return ok() ? ByteReader(begin, position_) : ByteReader();
  }

  // Reads a pointer that is encoded as `encoding` says. Relative pointers are
  // resolved. Indirect ones are not followed: then the result is the address
  // where the pointer is. Fails for encodings that .eh_frame of x86-64 does not
  // use.
  uintptr_t Pointer(uint8_t encoding) {
    const auto here = reinterpret_cast<uintptr_t>(position_);
    uintptr_t value = 0;
    if ((encoding & 0x0f) == 0x0b) {  // sdata4: nearly always
      value = Extend(Fixed<int32_t>());
    } else {
      value = Take(Formatted(*this, encoding & 0x0f));
    }
    switch (encoding & 0x70) {
      case 0x00:
        return value;
      case 0x10:  // pcrel
        return value + here;
      default:
        return Fail();
    }
  }

 private:
  static uintptr_t Extend(intptr_t value) {
    return static_cast<uintptr_t>(value);
  }

  // Functions that are not inlined take a reader by value and return this, so
  // that both stay in registers. If they took the reader's address, it would
  // lie on the stack, and with g++ 14 once more for each inlined call: 320
  // bytes of a signal handler's stack.
  struct Number {
    uint64_t value;
    const uint8_t* position;  // where to read on; null: failed
  };

  uint64_t Take(Number number) {
    if (number.position == nullptr) return Fail();
    position_ = number.position;
    return number.value;
  }

  __attribute__((noinline)) static Number Formatted(ByteReader reader,
                                                    uint8_t format) {
    const uint64_t value = reader.Format(format);
    return {value, reader.position_};
  }

  uintptr_t Format(uint8_t format) {
    switch (format) {
      case 0x00:  // absptr
      case 0x04:  // udata8
      case 0x0c:  // sdata8
        return Fixed<uint64_t>();
      case 0x01:
        return Uleb();
      case 0x02:
        return Fixed<uint16_t>();
      case 0x03:
        return Fixed<uint32_t>();
      case 0x09:
        return Extend(Sleb());
      case 0x0a:
        return Extend(Fixed<int16_t>());
      default:
        return Fail();
    }
  }

  size_t Left() const { return static_cast<size_t>(end_ - position_); }

  uint8_t Fail() {
    position_ = end_ = nullptr;
    return 0;
  }

  static uint64_t SignExtended(uint64_t value, unsigned bits) {
    if (bits >= 64) return value;
    const uint64_t sign = uint64_t{1} << (bits - 1);
    return (value ^ sign) - sign;
  }

  // Reads the rest of a LEB128 number whose first byte held the bits `value`.
  __attribute__((noinline)) static Number LongLeb(ByteReader reader,
                                                  uint64_t value,
                                                  bool is_signed) {
    unsigned shift = 7;
    uint8_t byte;
    do {
      if (shift >= 70 || reader.AtEnd()) return {0, nullptr};
      byte = reader.Byte();
      if (shift < 64) value |= uint64_t{byte & 0x7fu} << shift;
      shift += 7;
    } while (byte >= 0x80);
    return {is_signed ? SignExtended(value, shift) : value, reader.position_};
  }

  const uint8_t* position_ = nullptr;
  const uint8_t* end_ = nullptr;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_STACK_BYTE_READER_H_
