// Tables made by hand: forms that the toolchain of the day does not write.
#include "bench_profiler/stack/eh_frame.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

namespace bench_profiler {
namespace {

// An object of one function, `kFunctionSize` bytes from its own start on.
constexpr uintptr_t kFunctionSize = 4000;

class Tables {
 public:
  struct Form {
    const char* augmentation = "zR";
    std::vector<uint8_t> augmentation_data = {0x1b};  // pcrel sdata4
    uint8_t version = 1;
    bool long_lengths = false;
  };

  explicit Tables(const Form& form) {
    Append<uint32_t>(0x3b031b01);
    Append<uint32_t>(0);  // .eh_frame: not needed
    Append<uint32_t>(1);
    Append<int32_t>(0);  // the function starts where the header does
    const size_t entry = bytes_.size();
    Append<int32_t>(0);

    const size_t cie = Begin(form);
    Append<uint32_t>(0);
    bytes_.push_back(form.version);
    Append(form.augmentation, std::strlen(form.augmentation) + 1);
    if (form.version == 4) Append<uint16_t>(sizeof(uintptr_t));
    // Code alignment 2, data alignment -8, return column 16.
    const uint8_t alignments[] = {2, 0x78, 16};
    Append(alignments, sizeof(alignments));
    if (form.augmentation[0] == 'z') {
      bytes_.push_back(static_cast<uint8_t>(form.augmentation_data.size()));
    }
    Append(form.augmentation_data.data(), form.augmentation_data.size());
    bytes_.push_back(0x11);  // an instruction to know it by
    End(form, cie);

    const size_t fde = Begin(form);
    Patch(entry, static_cast<int32_t>(fde));
    const size_t length = form.long_lengths ? 12 : 4;
    Append(static_cast<uint32_t>(bytes_.size() - cie));
    if (form.augmentation[0] == 'z') {
      Append(-static_cast<int32_t>(fde + length + 4));
      Append(static_cast<int32_t>(kFunctionSize));
      bytes_.push_back(0);
    } else {
      absolute_at_ = bytes_.size();
      Append<uint64_t>(0);
      Append<uint64_t>(kFunctionSize);
    }
    bytes_.push_back(0x22);
    End(form, fde);
    if (absolute_at_ != 0) Patch(absolute_at_, function());
  }

  uintptr_t function() const {
    return reinterpret_cast<uintptr_t>(bytes_.data());
  }
  std::vector<uint8_t>* bytes() { return &bytes_; }

  bool Find(uintptr_t pc, FrameDescription* description) const {
    const UnwindTables tables = {bytes_.data(), bytes_.data(),
                                 bytes_.data() + bytes_.size()};
    return FindFrameDescription(tables, pc, description);
  }

 private:
  size_t Begin(const Form& form) {
    const size_t start = bytes_.size();
    Append<uint32_t>(form.long_lengths ? 0xffffffff : 0);
    if (form.long_lengths) Append<uint64_t>(0);
    return start;
  }
  void End(const Form& form, size_t start) {
    if (form.long_lengths) {
      Patch<uint64_t>(start + 4, bytes_.size() - start - 12);
    } else {
      Patch(start, static_cast<uint32_t>(bytes_.size() - start - 4));
    }
  }

  void Append(const void* data, size_t size) {
    const auto* begin = static_cast<const uint8_t*>(data);
    bytes_.insert(bytes_.end(), begin, begin + size);
  }
  template <typename T>
  void Append(T value) {
    Append(&value, sizeof(value));
  }
  template <typename T>
  void Patch(size_t at, T value) {
    std::memcpy(bytes_.data() + at, &value, sizeof(value));
  }

  std::vector<uint8_t> bytes_ = Reserved();
  size_t absolute_at_ = 0;

  // Addresses of it are taken while it grows.
  static std::vector<uint8_t> Reserved() {
    std::vector<uint8_t> bytes;
    bytes.reserve(256);
    return bytes;
  }
};

void ExpectFound(const Tables::Form& form, bool is_signal_frame) {
  const Tables tables(form);
  FrameDescription description;
  ASSERT_TRUE(tables.Find(tables.function() + 10, &description));
  EXPECT_EQ(description.function, tables.function());
  EXPECT_EQ(description.common.code_alignment, 2u);
  EXPECT_EQ(description.common.data_alignment, -8);
  EXPECT_EQ(description.common.return_column, 16u);
  EXPECT_EQ(description.common.is_signal_frame, is_signal_frame);
  EXPECT_EQ(description.common.instructions.Byte(), 0x11);
  EXPECT_TRUE(description.common.instructions.AtEnd());
  EXPECT_EQ(description.instructions.Byte(), 0x22);
  EXPECT_TRUE(description.instructions.AtEnd());
}

TEST(EhFrameTest, ReadsAllForms) {
  Tables::Form form;
  ExpectFound(form, false);
  form.version = 3;
  ExpectFound(form, false);
  form.version = 4;
  ExpectFound(form, false);
  form.long_lengths = true;
  ExpectFound(form, false);
  form.augmentation = "zRS";
  ExpectFound(form, true);
  // AArch64's: return addresses are signed with the B key; the stack is tagged.
  form.augmentation = "zRB";
  ExpectFound(form, false);
  form.augmentation = "zRG";
  ExpectFound(form, false);
  form.augmentation = "zRSBG";
  ExpectFound(form, true);
  form.augmentation = "zPLR";
  form.augmentation_data = {0x9b, 1, 2, 3, 4, 0x1b, 0x1b};
  ExpectFound(form, false);
  form.augmentation = "";
  form.augmentation_data = {};
  ExpectFound(form, false);
}

TEST(EhFrameTest, FunctionHasAnEnd) {
  const Tables tables((Tables::Form()));
  const uintptr_t function = tables.function();
  FrameDescription description;
  EXPECT_FALSE(tables.Find(function - 1, &description));
  EXPECT_TRUE(tables.Find(function, &description));
  EXPECT_TRUE(tables.Find(function + kFunctionSize - 1, &description));
  EXPECT_FALSE(tables.Find(function + kFunctionSize, &description));
}

// A description that is used again must not keep what the last one said.
TEST(EhFrameTest, DescriptionsDoNotMix) {
  Tables::Form trampoline;
  trampoline.augmentation = "zRS";
  const Tables first(trampoline);
  const Tables second((Tables::Form()));
  FrameDescription description;
  ASSERT_TRUE(first.Find(first.function(), &description));
  ASSERT_TRUE(description.common.is_signal_frame);
  ASSERT_TRUE(second.Find(second.function(), &description));
  EXPECT_FALSE(description.common.is_signal_frame);
}

TEST(EhFrameTest, RefusesWhatItDoesNotKnow) {
  FrameDescription description;
  Tables::Form form;
  form.version = 2;
  const Tables version(form);
  EXPECT_FALSE(version.Find(version.function(), &description));
  form.version = 1;
  form.augmentation = "zX";
  const Tables augmentation(form);
  EXPECT_FALSE(augmentation.Find(augmentation.function(), &description));
  form.augmentation = "zR";
  form.augmentation_data = {0x50};  // DW_EH_PE_aligned
  const Tables encoding(form);
  EXPECT_FALSE(encoding.Find(encoding.function(), &description));
}

TEST(EhFrameTest, RefusesTablesThatAreCutOff) {
  Tables tables((Tables::Form()));
  const uintptr_t function = tables.function();
  while (!tables.bytes()->empty()) {
    tables.bytes()->pop_back();
    FrameDescription description;
    EXPECT_FALSE(tables.Find(function, &description)) << tables.bytes()->size();
  }
}

}  // namespace
}  // namespace bench_profiler
