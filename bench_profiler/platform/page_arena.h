// Memory for small records that are never freed.
//
//   PageArena arena;
//   void* record = arena.Allocate(48);
//
// For records that threads make in the middle of anything: it needs no lock and
// no malloc, and records never move. 256 KiB are kept in reserve for the time
// when the system has no memory left.
#ifndef BENCH_PROFILER_PLATFORM_PAGE_ARENA_H_
#define BENCH_PROFILER_PLATFORM_PAGE_ARENA_H_

#include <sys/mman.h>

#include <atomic>
#include <cstddef>
#include <new>

namespace bench_profiler {

class PageArena {
 public:
  // Maps the reserve now and not at the first Allocate. Returns false if the
  // system has no memory left.
  bool Reserve() {
    if (spare_.load() == nullptr) KeepAsSpare(NewChunk());
    return spare_.load() != nullptr;
  }

  // Returns zeroed memory, or null if the system has none left. `size` is at
  // most kMaxSize. Records do not share cache lines, so that threads that
  // change theirs do not slow each other down. Thread- and async-signal-safe.
  void* Allocate(size_t size) {
    size = (size + kCacheLine - 1) & ~(kCacheLine - 1);
    for (;;) {
      Chunk* chunk = chunk_.load(std::memory_order_acquire);
      if (chunk != nullptr) {
        const size_t at = chunk->used.fetch_add(size);
        if (at + size <= kChunk) return reinterpret_cast<char*>(chunk) + at;
      }
      Chunk* fresh = spare_.exchange(nullptr);
      if (fresh == nullptr) fresh = NewChunk();
      if (fresh == nullptr) return nullptr;
      if (chunk_.compare_exchange_strong(chunk, fresh)) fresh = NewChunk();
      KeepAsSpare(fresh);
    }
  }

  static constexpr size_t kMaxSize = 16 * 1024;

 private:
  static constexpr size_t kChunk = 256 * 1024;

  static constexpr size_t kCacheLine = 64;

  struct alignas(kCacheLine) Chunk {
    std::atomic<size_t> used{sizeof(Chunk)};
  };

  static Chunk* NewChunk() {
    void* memory = mmap(nullptr, kChunk, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? nullptr : new (memory) Chunk;
  }

  void KeepAsSpare(Chunk* chunk) {
    Chunk* none = nullptr;
    if (chunk != nullptr && !spare_.compare_exchange_strong(none, chunk)) {
      munmap(chunk, kChunk);
    }
  }

  std::atomic<Chunk*> chunk_{nullptr};
  // Mapped in advance, so that records can be made while the program has no
  // memory.
  std::atomic<Chunk*> spare_{nullptr};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_PAGE_ARENA_H_
