// Memory for small records that are never given back.
//
//   PageArena arena;
//   void* record = arena.Allocate(48);
//
// For records that threads reach in the middle of anything: lock-free, no
// malloc, and what is handed out never moves. Room for 256 KiB is kept in
// reserve for the time when the system has no memory left.
#ifndef BENCH_PROFILER_PLATFORM_PAGE_ARENA_H_
#define BENCH_PROFILER_PLATFORM_PAGE_ARENA_H_

#include <sys/mman.h>

#include <atomic>
#include <cstddef>
#include <new>

namespace bench_profiler {

class PageArena {
 public:
  // Maps the reserve, which is there from the first Allocate on else. Returns
  // false if the system has no memory left.
  bool Reserve() {
    if (spare_.load() == nullptr) KeepAsSpare(NewChunk());
    return spare_.load() != nullptr;
  }

  // Zeroed memory, or null if the system has none left. At most kMaxSize bytes.
  // Records do not share cache lines: threads change theirs side by side.
  // Thread- and async-signal-safe.
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
  // Mapped ahead: what a program does while it has no memory is then recorded.
  std::atomic<Chunk*> spare_{nullptr};
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_PAGE_ARENA_H_
