// A growable array in pages of its own, for trivially copyable elements.
//
//   PageArray<int> numbers;
//   numbers.Append(42);
//
// The profiler's tables use it instead of std::vector, so that the program's
// heap is exactly what it would be without the profiler, and so that the tables
// can be read even when the program was stopped inside of malloc. Not
// thread-safe; growing is one mremap and is not async-signal-safe.
#ifndef BENCH_PROFILER_PLATFORM_PAGE_ARRAY_H_
#define BENCH_PROFILER_PLATFORM_PAGE_ARRAY_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstring>
#include <type_traits>
#include <utility>

namespace bench_profiler {

template <class T>
class PageArray {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  PageArray() = default;
  PageArray(const PageArray&) = delete;
  PageArray& operator=(const PageArray&) = delete;
  ~PageArray() { Clear(); }

  T* data() { return data_; }
  const T* data() const { return data_; }
  size_t size() const { return size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }

  // Returns false, and changes nothing, if the system has no memory left.
  bool Append(const T& value) {
    const T copy = value;  // `value` may be an element of this array
    if (!Resize(size_ + 1)) return false;
    data_[size_ - 1] = copy;
    return true;
  }

  // New elements are zero bytes. Returns false, and changes nothing, if the
  // system has no memory left.
  bool Resize(size_t size) {
    if (size > capacity_ && !Reserve(size)) return false;
    size_ = size;
    return true;
  }

  // Frees all memory.
  void Clear() {
    if (data_ != nullptr) munmap(data_, capacity_ * kElementSize);
    data_ = nullptr;
    size_ = capacity_ = 0;
  }

  void Swap(PageArray& other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

 private:
  static constexpr size_t kPage = 4096;
  // T may well be a pointer. NOLINTNEXTLINE(bugprone-sizeof-expression)
  static constexpr size_t kElementSize = sizeof(T);

  static void* Map(size_t bytes) {
    return mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }

  // ThreadSanitizer does not see mremap. What another thread has once done with
  // memory at the same place would be a race to it.
  static void* Enlarge(void* memory, size_t bytes, size_t more_bytes) {
#if defined(__SANITIZE_THREAD__)
    void* larger = Map(more_bytes);
    if (larger == MAP_FAILED) return larger;
    std::memcpy(larger, memory, bytes);
    munmap(memory, bytes);
    return larger;
#else
    return mremap(memory, bytes, more_bytes, MREMAP_MAYMOVE);
#endif
  }

  bool Reserve(size_t size) {
    size_t bytes = capacity_ == 0 ? kPage : 2 * capacity_ * kElementSize;
    while (bytes < size * kElementSize) bytes *= 2;
    // capacity_ * kElementSize, rounded up to pages, is the size of the
    // mapping.
    void* memory = data_ == nullptr
                       ? Map(bytes)
                       : Enlarge(data_, capacity_ * kElementSize, bytes);
    if (memory == MAP_FAILED) return false;
    data_ = static_cast<T*>(memory);
    capacity_ = bytes / kElementSize;
    return true;
  }

  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_PLATFORM_PAGE_ARRAY_H_
