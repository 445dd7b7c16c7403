// Carries samples from a thread's signal handler to the session.
//
//   // in the handler, on the thread that owns the buffer
//   if (RawSample* sample = buffer.Reserve()) {
//     sample->depth = ...;
//     buffer.Commit(sample);
//   }
//   // outside, one consumer at a time
//   buffer.Drain([](const RawSample& sample) { ... });
//
// It is a list of chunks with one producer and one consumer, without locks. The
// signal handler gets further chunks from the system by mmap, so that nothing
// is lost while a benchmark runs for minutes without a pause. No helper thread
// has to empty the buffer meanwhile: a second thread would make malloc,
// shared_ptr and stdio of a single-threaded benchmark take their slower
// multi-threaded paths (__libc_single_threaded).
#ifndef BENCH_PROFILER_RECORD_SAMPLE_BUFFER_H_
#define BENCH_PROFILER_RECORD_SAMPLE_BUFFER_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace bench_profiler {

// When and where a sample was taken.
struct SampleMoment {
  int64_t time = 0;  // nanoseconds of CLOCK_MONOTONIC; 0: not known
  int64_t tid = 0;
};

// One sample as a handler writes it; `depth` addresses follow in memory, and
// while a trace is running, a SampleMoment.
struct RawSample {
  uint64_t activity;  // see Activity::Pack
  int64_t value;      // in units of the collector
  uint32_t labels;    // see CurrentLabels
  uint16_t depth;
  bool truncated;
  bool has_moment;

  uintptr_t* addresses() { return reinterpret_cast<uintptr_t*>(this + 1); }
  const uintptr_t* addresses() const {
    return reinterpret_cast<const uintptr_t*>(this + 1);
  }

  // `depth` must be known.
  void SetMoment(SampleMoment moment) {
    has_moment = true;
    *reinterpret_cast<SampleMoment*>(addresses() + depth) = moment;
  }
  SampleMoment moment() const {
    return has_moment
               ? *reinterpret_cast<const SampleMoment*>(addresses() + depth)
               : SampleMoment{};
  }
};

class SampleBuffer {
 public:
  // How many addresses a reserved sample has room for.
  static constexpr size_t kMaxDepth = 256;

  // Returns room for one sample. If there is no memory left, or if all buffers
  // together have reached 256 MiB, returns null and counts the sample as lost.
  // Async-signal-safe; only for the producer.
  RawSample* Reserve();

  // Publishes what Reserve returned. Async-signal-safe; only for the producer.
  void Commit(RawSample* sample);

  // Calls `visit` with each committed sample, the oldest first, and forgets
  // them. Only for one consumer at a time, and not in a signal handler.
  template <class Visitor>
  void Drain(Visitor&& visit) {
    while (const RawSample* sample = Next()) visit(*sample);
  }

  // Whether a quarter of the limit is used up: time to drain. Thread-safe.
  static bool IsTimeToDrain();

  // Called in the child of a fork, where the parent's buffers are not used any
  // more, so that the limit starts again. Async-signal-safe.
  static void ForgetAllInChild();

  uint64_t lost() const { return lost_.load(std::memory_order_relaxed); }

 private:
  struct Chunk;

  const RawSample* Next();
  static size_t NextSize(const Chunk* last);
  static Chunk* NewChunk(size_t bytes);
  static void DeleteChunk(Chunk* chunk);

  std::atomic<Chunk*> first_{nullptr};  // the oldest, for the consumer
  Chunk* last_ = nullptr;               // the newest; the producer's only
  std::atomic<uint64_t> lost_{0};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_SAMPLE_BUFFER_H_
