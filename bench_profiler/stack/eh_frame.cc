#include "bench_profiler/stack/eh_frame.h"

#include <cstddef>

namespace bench_profiler {
namespace {

// All linkers write the sorted index in the same form: version 1; where
// .eh_frame is, as a 32-bit distance from there; a 32-bit count; entries of two
// 32-bit distances from the header.
constexpr uint32_t kIndexForm = 0x3b031b01;

bool Contains(const UnwindTables& tables, uintptr_t address) {
  return address >= reinterpret_cast<uintptr_t>(tables.begin) &&
         address < reinterpret_cast<uintptr_t>(tables.end);
}

// The sorted index of .eh_frame_hdr.
class Index {
 public:
  explicit Index(const UnwindTables& tables)
      : base_(reinterpret_cast<uintptr_t>(tables.header)) {
    if (!Contains(tables, base_)) return;
    ByteReader reader(tables.header, tables.end);
    const uint32_t form = reader.Fixed<uint32_t>();
    reader.Fixed<uint32_t>();  // .eh_frame
    const uint64_t count = reader.Fixed<uint32_t>();
    if (form != kIndexForm) return;
    entries_ = reinterpret_cast<const Entry*>(reader.position());
    reader.Skip(count * sizeof(Entry));
    if (reader.ok()) count_ = count;
  }

  // The address of the FDE whose function is the last one that starts at or
  // before `pc`; 0 if there is none.
  uintptr_t Find(uintptr_t pc) const {
    size_t low = 0;
    size_t high = count_;
    while (low < high) {
      const size_t middle = low + (high - low) / 2;
      if (Resolve(entries_[middle].function) <= pc) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? 0 : Resolve(entries_[low - 1].fde);
  }

 private:
  struct __attribute__((packed, may_alias)) Entry {
    int32_t function;
    int32_t fde;
  };

  uintptr_t Resolve(int32_t offset) const {
    return base_ + static_cast<uintptr_t>(intptr_t{offset});
  }

  const uintptr_t base_;
  const Entry* entries_ = nullptr;
  size_t count_ = 0;
};

// The contents of the CIE or FDE at `address`, after its length.
ByteReader EntryAt(const UnwindTables& tables, uintptr_t address) {
  if (!Contains(tables, address)) return ByteReader();
  ByteReader reader(reinterpret_cast<const uint8_t*>(address), tables.end);
  constexpr uint32_t kLengthIs64Bit = 0xffffffff;
  uint64_t length = reader.Fixed<uint32_t>();
  if (length == kLengthIs64Bit) length = reader.Fixed<uint64_t>();
  return reader.Block(length);
}

// Each letter after the 'z' in the augmentation string stands for a field.
bool ParseAugmentation(const uint8_t* letters, ByteReader fields,
                       CommonEntry* entry) {
  for (; *letters != '\0'; ++letters) {
    switch (*letters) {
      case 'L':  // encoding of the language-specific data's address
        fields.Byte();
        break;
      case 'P': {  // the personality routine
        const uint8_t encoding = fields.Byte();
        fields.Pointer(encoding);
        break;
      }
      case 'R':
        entry->pointer_encoding = fields.Byte();
        break;
      case 'S':
        entry->is_signal_frame = true;
        break;
      // AArch64 only, without fields. 'B': return addresses are signed with the
      // B key, which is of interest for checking a signature but not for
      // removing it. 'G': the function tags its stack memory.
      case 'B':
      case 'G':
        break;
      default:
        return false;
    }
  }
  return fields.ok();
}

bool ParseCie(const UnwindTables& tables, uintptr_t address,
              CommonEntry* result) {
  ByteReader cie = EntryAt(tables, address);
  if (cie.Fixed<uint32_t>() != 0) return false;  // an FDE
  CommonEntry entry;
  entry.address = address;
  const uint8_t version = cie.Byte();
  const uint8_t* augmentation = cie.position();
  while (cie.Byte() != '\0') {
  }
  if (!cie.ok()) return false;
  if (version == 4) {
    const uint8_t address_size = cie.Byte();
    const uint8_t segment_size = cie.Byte();
    if (address_size != sizeof(uintptr_t) || segment_size != 0) return false;
  } else if (version != 1 && version != 3) {
    return false;
  }
  entry.code_alignment = cie.Uleb();
  entry.data_alignment = cie.Sleb();
  entry.return_column = version == 1 ? cie.Byte() : cie.Uleb();
  if (*augmentation == 'z') {
    entry.has_augmentation_size = true;
    const uint64_t size = cie.Uleb();
    if (!ParseAugmentation(augmentation + 1, cie.Block(size), &entry)) {
      return false;
    }
  } else if (*augmentation != '\0') {
    return false;
  }
  entry.instructions = cie;
  if (!cie.ok()) return false;
  *result = entry;
  return true;
}

}  // namespace

bool FindFrameDescription(const UnwindTables& tables, uintptr_t pc,
                          FrameDescription* description) {
  ByteReader fde = EntryAt(tables, Index(tables).Find(pc));
  const auto cie_field = reinterpret_cast<uintptr_t>(fde.position());
  const uint32_t cie_distance = fde.Fixed<uint32_t>();
  if (!fde.ok() || cie_distance == 0) return false;
  const uintptr_t cie_address = cie_field - cie_distance;
  CommonEntry& common = description->common;
  if (cie_address != common.address &&
      !ParseCie(tables, cie_address, &common)) {
    return false;
  }
  // The format allows an indirect address of a function, but no tool writes
  // one.
  if ((common.pointer_encoding & kPointerIndirect) != 0) return false;
  description->function = fde.Pointer(common.pointer_encoding);
  const uintptr_t size = fde.Pointer(common.pointer_encoding & 0x0f);
  if (common.has_augmentation_size) fde.Skip(fde.Uleb());
  description->instructions = fde;
  return fde.ok() && pc - description->function < size;
}

}  // namespace bench_profiler
