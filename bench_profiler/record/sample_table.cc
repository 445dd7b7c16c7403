#include "bench_profiler/record/sample_table.h"

namespace bench_profiler {
namespace {

bool SameKey(const SampleRow& a, const SampleRow& b) {
  return a.stack == b.stack && a.run == b.run && a.thread == b.thread &&
         a.phase == b.phase && a.labels == b.labels && a.note == b.note &&
         a.size == b.size && a.rate == b.rate;
}

uint64_t Mix(uint64_t key, uint64_t word) {
  key = (key ^ word) * 0x9E3779B97F4A7C15u;
  return key ^ key >> 32;
}

uint64_t Key(const SampleRow& row) {
  const uint64_t key =
      Mix(uint64_t{row.stack} << 32 | row.run,
          uint64_t{row.labels} << 32 ^ static_cast<uint64_t>(row.rate));
  return key + ((row.size << 24 ^ uint64_t{row.note} << 40) |
                uint64_t{row.thread} << 8 | row.phase.byte());
}

}  // namespace

bool SampleTable::Add(const SampleRow& row) {
  const auto key_of = [this](uint32_t slot) { return Key(rows_[slot - 1]); };
  if (!index_.MakeRoom(rows_.size() + 1, key_of)) return false;
  uint32_t* slot = index_.Find(Key(row), [&](uint32_t number) {
    return SameKey(rows_[number - 1], row);
  });
  if (*slot == 0) {
    if (!rows_.Append(row)) return false;
    *slot = static_cast<uint32_t>(rows_.size());
    return true;
  }
  SampleRow& known = rows_[*slot - 1];
  for (size_t v = 0; v < kMaxSampleValues; ++v) {
    known.values[v] += row.values[v];
  }
  known.samples += row.samples;
  return true;
}

}  // namespace bench_profiler
