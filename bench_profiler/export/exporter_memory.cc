// malloc and its relatives for all libraries in the exporter's linker
// namespace. libbench_profiler_export.so is the first library there, so that
// these definitions are found before those of that namespace's libc.
//
// libc's own malloc keeps free blocks for each thread that has allocated, and
// gives them back when the thread ends. A libc in another namespace is not told
// when threads end, so that each thread of the program that writes a profile
// would leave some 100 KB behind, and up to 16 of them megabytes. Here all
// threads share the free blocks, behind one lock. Only one thread at a time
// runs the exporter, so that none has to wait for the lock.
//
// Small blocks are cut from large chunks, and wait in lists by size when they
// are free. Larger blocks are mapped and unmapped one by one. A child of
// fork(2) may find the lock held by a thread that does not exist there. A list
// may be half changed then, so the child uses none of the free blocks any more,
// and begins with a new chunk.
#include <errno.h>
#include <sched.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "bench_profiler/export/exporter_lock.h"
#include "bench_profiler/visibility.h"

namespace bench_profiler {
namespace {

constexpr size_t kGrain = 16;      // what all blocks are aligned to
constexpr size_t kFineSize = 512;  // up to here a class for each 16 bytes
constexpr size_t kSmallSize = 256 * 1024;  // then four classes per doubling
constexpr size_t kFineClasses = kFineSize / kGrain;
constexpr size_t kClasses = kFineClasses + 4 * 9;
constexpr uint32_t kMapped = UINT32_MAX;
constexpr size_t kChunk = size_t{4} << 20;  // small blocks are cut from these

// Stands in front of the bytes that the caller gets.
struct Header {
  size_t capacity;      // how many bytes there are
  uint32_t size_class;  // or kMapped
  uint32_t offset;      // where they begin in the block: behind the header, or
                        // later if they had to be aligned
};
static_assert(sizeof(Header) == kGrain);

struct FreeBlock {
  FreeBlock* next;
};

struct Heap {
  FreeBlock* free[kClasses];
  char* chunk;  // what is left of the latest chunk
  size_t chunk_left;
};
Heap heap;

std::atomic<pid_t> holder{0};  // the process that holds the lock; 0: free

class HeapLock {
 public:
  HeapLock() {
    const pid_t process = ExporterProcess() == 0 ? 1 : ExporterProcess();
    for (pid_t current = 0; !holder.compare_exchange_weak(current, process);) {
      if (current != 0 && current != process) {
        // Held by the process from which this one was forked.
        if (!holder.compare_exchange_strong(current, process)) continue;
        heap = Heap();
        return;
      }
      if (current != 0) sched_yield();
      current = 0;
    }
  }
  ~HeapLock() { holder.store(0, std::memory_order_release); }
  HeapLock(const HeapLock&) = delete;
  HeapLock& operator=(const HeapLock&) = delete;
};

// Returns the class of the smallest blocks that have room for `size` bytes, and
// sets `size` to their size.
uint32_t ClassOf(size_t* size) {
  if (*size <= kFineSize) {
    const size_t grains = *size == 0 ? 1 : (*size + kGrain - 1) / kGrain;
    *size = grains * kGrain;
    return static_cast<uint32_t>(grains - 1);
  }
  size_t size_class = kFineClasses;
  for (size_t power = kFineSize;; power *= 2) {
    for (size_t i = 1; i <= 4; ++i, ++size_class) {
      if (*size > power + power / 4 * i) continue;
      *size = power + power / 4 * i;
      return static_cast<uint32_t>(size_class);
    }
  }
}

// Returns null, with errno set, if the system has no memory left.
char* Map(size_t size) {
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) return static_cast<char*>(memory);
  errno = ENOMEM;
  return nullptr;
}

char* TakeSmall(uint32_t size_class, size_t size) {
  const HeapLock lock;
  if (FreeBlock* block = heap.free[size_class]) {
    heap.free[size_class] = block->next;
    return reinterpret_cast<char*>(block);
  }
  if (heap.chunk_left < size) {
    char* chunk = Map(kChunk);
    if (chunk == nullptr) return nullptr;
    heap.chunk = chunk;
    heap.chunk_left = kChunk;
  }
  char* block = heap.chunk;
  heap.chunk += size;
  heap.chunk_left -= size;
  return block;
}

Header* HeaderOf(void* memory) { return static_cast<Header*>(memory) - 1; }

// Returns null, with errno set, if the system has no memory left.
void* Allocate(size_t size, size_t alignment = kGrain) {
  if (size > PTRDIFF_MAX / 2 || alignment > UINT32_MAX / 2) {
    errno = ENOMEM;
    return nullptr;
  }
  size_t block_size = size + sizeof(Header);
  if (alignment > kGrain) block_size += alignment;
  uint32_t size_class = kMapped;
  char* block;
  if (block_size <= kSmallSize) {
    size_class = ClassOf(&block_size);
    block = TakeSmall(size_class, block_size);
  } else {
    const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    block_size = (block_size + page - 1) / page * page;
    block = Map(block_size);
  }
  if (block == nullptr) return nullptr;
  const auto address = reinterpret_cast<uintptr_t>(block) + sizeof(Header);
  const size_t offset =
      sizeof(Header) + (alignment - address % alignment) % alignment;
  auto* header = reinterpret_cast<Header*>(block + offset) - 1;
  header->capacity = block_size - offset;
  header->size_class = size_class;
  header->offset = static_cast<uint32_t>(offset);
  return block + offset;
}

void Release(void* memory) {
  if (memory == nullptr) return;
  const Header header = *HeaderOf(memory);
  char* block = static_cast<char*>(memory) - header.offset;
  if (header.size_class == kMapped) {
    const int error = errno;
    munmap(block, header.offset + header.capacity);
    errno = error;
    return;
  }
  const HeapLock lock;
  auto* free_block = reinterpret_cast<FreeBlock*>(block);
  free_block->next = heap.free[header.size_class];
  heap.free[header.size_class] = free_block;
}

void* Reallocate(void* memory, size_t size) {
  if (memory == nullptr) return Allocate(size);
  const size_t capacity = HeaderOf(memory)->capacity;
  if (size <= capacity && size >= capacity / 2) return memory;
  void* moved = Allocate(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, memory, size < capacity ? size : capacity);
  Release(memory);
  return moved;
}

bool IsPowerOfTwo(size_t number) {
  return number != 0 && (number & (number - 1)) == 0;
}

}  // namespace
}  // namespace bench_profiler

extern "C" {

BENCH_PROFILER_EXPORT void* malloc(size_t size) {
  return bench_profiler::Allocate(size);
}

BENCH_PROFILER_EXPORT void free(void* memory) {
  bench_profiler::Release(memory);
}

BENCH_PROFILER_EXPORT void* calloc(size_t count, size_t size) {
  size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) {
    errno = ENOMEM;
    return nullptr;
  }
  void* memory = bench_profiler::Allocate(bytes);
  // Bytes that were just mapped are 0 already.
  if (memory != nullptr &&
      bench_profiler::HeaderOf(memory)->size_class != bench_profiler::kMapped) {
    std::memset(memory, 0, bytes);
  }
  return memory;
}

BENCH_PROFILER_EXPORT void* realloc(void* memory, size_t size) {
  return bench_profiler::Reallocate(memory, size);
}

BENCH_PROFILER_EXPORT void* memalign(size_t alignment, size_t size) {
  if (!bench_profiler::IsPowerOfTwo(alignment)) {
    errno = EINVAL;
    return nullptr;
  }
  return bench_profiler::Allocate(size, alignment);
}

BENCH_PROFILER_EXPORT void* aligned_alloc(size_t alignment, size_t size) {
  return memalign(alignment, size);
}

BENCH_PROFILER_EXPORT int posix_memalign(void** memory, size_t alignment,
                                         size_t size) {
  if (!bench_profiler::IsPowerOfTwo(alignment) ||
      alignment % sizeof(void*) != 0) {
    return EINVAL;
  }
  void* taken = bench_profiler::Allocate(size, alignment);
  if (taken == nullptr) return ENOMEM;
  *memory = taken;
  return 0;
}

BENCH_PROFILER_EXPORT void* valloc(size_t size) {
  return memalign(static_cast<size_t>(sysconf(_SC_PAGESIZE)), size);
}

BENCH_PROFILER_EXPORT void* pvalloc(size_t size) {
  const auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return memalign(page, (size + page - 1) / page * page);
}

BENCH_PROFILER_EXPORT size_t malloc_usable_size(void* memory) {
  return memory == nullptr ? 0 : bench_profiler::HeaderOf(memory)->capacity;
}

}  // extern "C"
