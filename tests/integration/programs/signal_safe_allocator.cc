// An allocator that signal handlers may use: blocks come from one array by an
// atomic addition and are never used again.
//
// With STUCK_IN_COPIES, whoever wants a block in another process than the first
// one waits for ever, as if a thread had held a lock when the copy was made.
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>

namespace {

constexpr size_t kAlignment = 64;
// Pages that are not used are free. Code reaches no further than 2 GiB.
constexpr size_t kMemory = size_t{3} << 29;
alignas(4096) char memory[kMemory];
std::atomic<size_t> used{0};

#ifdef STUCK_IN_COPIES
std::atomic<pid_t> first_process{0};

void WaitInCopies() {
  const pid_t self = getpid();
  pid_t first = 0;
  if (first_process.compare_exchange_strong(first, self)) return;
  while (first != self) pause();
}
#else
void WaitInCopies() {}
#endif

void* Allocate(size_t alignment, size_t size) {
  WaitInCopies();
  // The size stands before the block, for realloc.
  const size_t room =
      size + 2 * (alignment < kAlignment ? kAlignment : alignment);
  const size_t start =
      used.fetch_add((room + kAlignment - 1) & ~(kAlignment - 1));
  if (size > kMemory || start + room > kMemory) {
    errno = ENOMEM;
    return nullptr;
  }
  auto address = reinterpret_cast<size_t>(memory + start) + kAlignment;
  address = (address + alignment - 1) / alignment * alignment;
  std::memcpy(reinterpret_cast<void*>(address - sizeof(size)), &size,
              sizeof(size));
  return reinterpret_cast<void*>(address);
}

}  // namespace

extern "C" {
void* malloc(size_t size) noexcept { return Allocate(16, size); }
void free(void*) noexcept {}
void* calloc(size_t count, size_t size) noexcept {
  return Allocate(16, count * size);
}
void* realloc(void* old, size_t size) noexcept {
  void* block = Allocate(16, size);
  if (old == nullptr || block == nullptr) return block;
  size_t old_size = 0;
  std::memcpy(&old_size, static_cast<char*>(old) - sizeof(old_size),
              sizeof(old_size));
  std::memcpy(block, old, old_size < size ? old_size : size);
  return block;
}
void* memalign(size_t alignment, size_t size) noexcept {
  return Allocate(alignment, size);
}
void* aligned_alloc(size_t alignment, size_t size) noexcept {
  return Allocate(alignment, size);
}
int posix_memalign(void** block, size_t alignment, size_t size) noexcept {
  *block = Allocate(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}
}
