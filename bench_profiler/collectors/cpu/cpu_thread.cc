#include "bench_profiler/collectors/cpu/cpu_thread.h"

#include <sys/mman.h>

#include <new>

namespace bench_profiler {
namespace {

// A cookie consists of these upper bits, the generation of an entry, and its
// index. No pointer has these upper bits, so that our timers' signals can be
// told from the program's. The generation tells a former user of the entry from
// the present one. Nothing has to be looked up for either.
constexpr uint64_t kMagic = 0xB397;
constexpr int kMagicShift = 48;
constexpr int kGenerationShift = 24;
constexpr uint64_t kFieldMask = (uint64_t{1} << kGenerationShift) - 1;

void* CookieOf(uint32_t index, uint32_t generation) {
  return reinterpret_cast<void*>(kMagic << kMagicShift |
                                 (generation & kFieldMask) << kGenerationShift |
                                 index);
}

}  // namespace

bool CpuThreadPool::IsCookie(const void* cookie) {
  return reinterpret_cast<uint64_t>(cookie) >> kMagicShift == kMagic;
}

CpuThread* CpuThreadPool::OfCookie(const void* cookie) const {
  const size_t index = reinterpret_cast<uint64_t>(cookie) & kFieldMask;
  if (!IsCookie(cookie) || index >= kMaxChunks * kChunkThreads) return nullptr;
  CpuThread* chunk =
      chunks_[index / kChunkThreads].load(std::memory_order_acquire);
  return chunk == nullptr ? nullptr : chunk + index % kChunkThreads;
}

CpuThread** CpuThreadPool::BucketOf(pid_t tid) {
  // Fibonacci hashing, though tids mostly come one after the other.
  const uint64_t hash = static_cast<uint64_t>(tid) * 0x9E3779B97F4A7C15u;
  return &buckets_[(hash >> 32) & (buckets_.size() - 1)];
}

CpuThread* CpuThreadPool::Find(pid_t tid) const {
  if (buckets_.size() == 0) return nullptr;
  CpuThread* thread = *const_cast<CpuThreadPool*>(this)->BucketOf(tid);
  while (thread != nullptr && thread->tid != tid) thread = thread->next;
  return thread;
}

// If there is no memory, the chains just become longer.
void CpuThreadPool::Grow() {
  constexpr size_t kFirstBuckets = 512;  // a page
  PageArray<CpuThread*> larger;
  const size_t size =
      buckets_.size() == 0 ? kFirstBuckets : 2 * buckets_.size();
  if (!larger.Resize(size)) return;
  buckets_.Swap(larger);
  for (CpuThread* thread : larger) {
    while (thread != nullptr) {
      CpuThread* next = thread->next;
      CpuThread** bucket = BucketOf(thread->tid);
      thread->next = *bucket;
      *bucket = thread;
      thread = next;
    }
  }
}

bool CpuThreadPool::AddChunk() {
  if (num_chunks_ == kMaxChunks) return false;
  void* memory =
      mmap(nullptr, kChunkThreads * sizeof(CpuThread), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  auto* threads = static_cast<CpuThread*>(memory);
  for (size_t i = kChunkThreads; i-- > 0;) {
    CpuThread* thread = new (threads + i) CpuThread;
    thread->index = static_cast<uint32_t>(num_chunks_ * kChunkThreads + i);
    thread->next = free_;
    free_ = thread;
  }
  chunks_[num_chunks_++].store(threads, std::memory_order_release);
  return true;
}

// Takes the first entry that no signal handler is using.
CpuThread* CpuThreadPool::TakeFree() {
  CpuThread** link = &free_;
  while (*link != nullptr && (*link)->busy.load()) link = &(*link)->next;
  CpuThread* thread = *link;
  if (thread != nullptr) *link = thread->next;
  return thread;
}

CpuThread* CpuThreadPool::Take(pid_t tid) {
  if (static_cast<size_t>(used_) >= buckets_.size()) Grow();
  if (buckets_.size() == 0) return nullptr;
  CpuThread* thread = TakeFree();
  if (thread == nullptr && AddChunk()) thread = TakeFree();
  if (thread == nullptr) return nullptr;
  thread->tid = tid;
  thread->timer_failed = false;
  thread->sampled_ns = 0;
  thread->cookie.store(CookieOf(thread->index, ++thread->generation),
                       std::memory_order_release);
  CpuThread** bucket = BucketOf(tid);
  thread->next = *bucket;
  *bucket = thread;
  ++used_;
  return thread;
}

void CpuThreadPool::GiveBack(CpuThread* thread) {
  CpuThread** link = BucketOf(thread->tid);
  while (*link != thread) link = &(*link)->next;
  *link = thread->next;
  thread->cookie.store(nullptr);
  thread->next = free_;
  free_ = thread;
  --used_;
}

}  // namespace bench_profiler
