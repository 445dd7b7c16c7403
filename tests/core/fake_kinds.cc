#include "tests/core/fake_kinds.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "bench_profiler/collectors/collector.h"
#include "bench_profiler/collectors/kind.h"
#include "bench_profiler/record/sample_buffer.h"

namespace bench_profiler {
namespace {

struct Producer {
  std::atomic<int64_t> begun{0};
  std::atomic<int64_t> taken{0};
  SampleBuffer buffer;
};
Producer producers[kFakeThreads];
std::atomic<bool> runs{false};

class FakeStream : public Collector {
 public:
  Error Start(const CollectorOptions&, Error*) override {
    runs = true;
    return Error();
  }
  void Stop() override { runs = false; }
  void Drain(SampleSink* sink) override {
    for (Producer& producer : producers) {
      producer.buffer.Drain([sink](const RawSample& sample) {
        SampleRow row;
        row.labels = sample.labels;
        row.size = static_cast<uint64_t>(sample.value);
        row.samples = row.values[0] = 1;
        sink->Add({sample.addresses(), sample.depth, false}, sample.activity,
                  row);
      });
    }
  }
  const char* Description() const override { return "a stream"; }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return 0; }
};

class FakeTable : public Collector {
 public:
  Error Start(const CollectorOptions&, Error*) override { return Error(); }
  void Stop() override {}
  void Drain(SampleSink* sink) override {
    const uintptr_t address = 0x1000;
    stack_ = sink->Keep({&address, 1, false});
  }
  void Snapshot(RowSink* sink) override {
    for (uint32_t thread = 0; thread < kFakeThreads; ++thread) {
      SampleRow row;
      row.stack = stack_;
      row.labels = thread;
      row.values[0] = FakeSamplesTaken(thread);
      sink->Add(0, row);
    }
  }
  const char* Description() const override { return "a table"; }
  int64_t Period() const override { return 1; }
  uint64_t Lost() const override { return 0; }

 private:
  uint32_t stack_ = 0;
};

}  // namespace

ArrayView<Kind> Kinds() {
  static const auto kinds = [] {
    struct {
      Kind list[2];
    } made;
    made.list[kFakeStream].name = "stream";
    made.list[kFakeTable].name = "table";
    made.list[kFakeTable].is_table = true;
    return made;
  }();
  return {kinds.list, 2};
}

Collector* CollectorOf(size_t kind) {
  static FakeStream stream;
  static FakeTable table;
  return kind == kFakeStream ? static_cast<Collector*>(&stream) : &table;
}

void TakeFakeSample(size_t thread) {
  Producer& producer = producers[thread];
  const int64_t number = ++producer.begun;
  if (runs) {
    RawSample* sample = producer.buffer.Reserve();
    sample->activity = 0;
    sample->value = number;
    sample->labels = static_cast<uint32_t>(thread);
    sample->depth = 1;
    sample->truncated = false;
    sample->addresses()[0] = 0x1000;
    producer.buffer.Commit(sample);
  }
  producer.taken = number;
}

int64_t FakeSamplesBegun(size_t thread) { return producers[thread].begun; }
int64_t FakeSamplesTaken(size_t thread) { return producers[thread].taken; }
bool FakeStreamRuns() { return runs; }

}  // namespace bench_profiler
