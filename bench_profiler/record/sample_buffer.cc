#include "bench_profiler/record/sample_buffer.h"

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace bench_profiler {
namespace {

// A buffer's first chunk is small, since where there are many threads, most
// have few samples. Each further chunk is twice as large as the one before.
// Once half of the limit is reached, all are small again, so that there is room
// for 16,384 more threads.
constexpr size_t kFirstBytes = 4 << 10;
constexpr size_t kSmallBytes = 8 << 10;
constexpr size_t kChunkBytes = 64 << 10;
constexpr size_t kMaxBytes = 256 << 20;
constexpr size_t kMaxSampleBytes = sizeof(RawSample) +
                                   SampleBuffer::kMaxDepth * sizeof(uintptr_t) +
                                   sizeof(SampleMoment);

std::atomic<size_t> live_bytes{0};

RawSample* New(char* memory) {
  auto* sample = reinterpret_cast<RawSample*>(memory);
  sample->has_moment = false;
  return sample;
}

size_t BytesOf(const RawSample& sample) {
  return sizeof(RawSample) + sample.depth * sizeof(uintptr_t) +
         (sample.has_moment ? sizeof(SampleMoment) : 0);
}

}  // namespace

struct SampleBuffer::Chunk {
  explicit Chunk(size_t all) : bytes(all) {}

  size_t room() const { return bytes - sizeof(Chunk); }
  char* samples() { return reinterpret_cast<char*>(this + 1); }

  const size_t bytes;  // of the header and the samples that follow it
  std::atomic<Chunk*> next{nullptr};
  std::atomic<size_t> committed{0};  // bytes, written by the producer
  size_t consumed = 0;               // bytes, the consumer's alone
};

size_t SampleBuffer::NextSize(const Chunk* last) {
  if (last == nullptr) return kFirstBytes;
  if (live_bytes.load(std::memory_order_relaxed) > kMaxBytes / 2) {
    return kSmallBytes;
  }
  return std::min(2 * last->bytes, kChunkBytes);
}

SampleBuffer::Chunk* SampleBuffer::NewChunk(size_t bytes) {
  static_assert(sizeof(Chunk) % 16 == 0);  // keeps samples aligned
  if (live_bytes.fetch_add(bytes, std::memory_order_relaxed) + bytes >
      kMaxBytes) {
    live_bytes.fetch_sub(bytes, std::memory_order_relaxed);
    return nullptr;
  }
  // glibc's mmap is a plain system call and takes no lock. With MAP_POPULATE,
  // since one long call now and then is better than a page fault every 15
  // samples.
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) {
    live_bytes.fetch_sub(bytes, std::memory_order_relaxed);
    return nullptr;
  }
  return new (memory) Chunk(bytes);
}

void SampleBuffer::DeleteChunk(Chunk* chunk) {
  const size_t bytes = chunk->bytes;
  munmap(chunk, bytes);
  live_bytes.fetch_sub(bytes, std::memory_order_relaxed);
}

bool SampleBuffer::IsTimeToDrain() {
  return live_bytes.load(std::memory_order_relaxed) > kMaxBytes / 4;
}

void SampleBuffer::ForgetAllInChild() { live_bytes.store(0); }

RawSample* SampleBuffer::Reserve() {
  const size_t used =
      last_ == nullptr ? 0 : last_->committed.load(std::memory_order_relaxed);
  if (last_ == nullptr || used + kMaxSampleBytes > last_->room()) {
    Chunk* chunk = NewChunk(NextSize(last_));
    if (chunk == nullptr) {
      lost_.fetch_add(1, std::memory_order_relaxed);
      return nullptr;
    }
    // The consumer frees a chunk only if there is a next one, so `last_` exists
    // until this store.
    if (last_ == nullptr) {
      first_.store(chunk, std::memory_order_release);
    } else {
      last_->next.store(chunk, std::memory_order_release);
    }
    last_ = chunk;
    return New(chunk->samples());
  }
  return New(last_->samples() + used);
}

void SampleBuffer::Commit(RawSample* sample) {
  const size_t used = last_->committed.load(std::memory_order_relaxed);
  last_->committed.store(used + BytesOf(*sample), std::memory_order_release);
}

const RawSample* SampleBuffer::Next() {
  Chunk* chunk = first_.load(std::memory_order_acquire);
  while (chunk != nullptr) {
    // Reads `next` before `committed`, since a chunk with a successor gets no
    // further samples.
    Chunk* next = chunk->next.load(std::memory_order_acquire);
    if (chunk->consumed < chunk->committed.load(std::memory_order_acquire)) {
      auto* sample =
          reinterpret_cast<RawSample*>(chunk->samples() + chunk->consumed);
      chunk->consumed += BytesOf(*sample);
      return sample;
    }
    if (next == nullptr) return nullptr;
    first_.store(next, std::memory_order_relaxed);
    DeleteChunk(chunk);
    chunk = next;
  }
  return nullptr;
}

}  // namespace bench_profiler
