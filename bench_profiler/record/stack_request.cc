#include "bench_profiler/record/stack_request.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <new>

#include "bench_profiler/platform/fork_events.h"
#include "bench_profiler/platform/sample_signal.h"
#include "bench_profiler/platform/thread_events.h"
#include "bench_profiler/platform/thread_labels.h"
#include "bench_profiler/platform/thread_sanitizer.h"
#include "bench_profiler/stack/stack_walker.h"

namespace bench_profiler {
namespace {

// What the signal carries: a mark, the request's index, and its number.
constexpr uint64_t kMark = 0xBE5C;
constexpr int kMarkShift = 48;
constexpr int kIndexShift = 32;
constexpr uint64_t kNumberMask = 0xffffffff;

// The requests, of which there are more as they are needed.
constexpr size_t kChunk = 64;
constexpr size_t kMaxChunks = 64;
std::atomic<StackRequest*> chunks[kMaxChunks];

}  // namespace

int StackRequest::Prepare() {
  static constexpr ForkHandlers kForkHandlers = {nullptr, nullptr,
                                                 &StackRequest::ForgetInChild};
  AddForkHandlers(&kForkHandlers);
  ExtendSmallStacks();
  return InstallSampleHandler(&StackRequest::OnSignal);
}

// The threads that were asked, and those that asked, are not in the child.
void StackRequest::ForgetInChild() {
  for (const auto& chunk : chunks) {
    StackRequest* requests = chunk.load();
    for (size_t i = 0; requests != nullptr && i < kChunk; ++i) {
      const uint64_t number = requests[i].word_.load() >> kStateBits;
      requests[i].word_.store(WordOf(number + 1, kFree));
    }
  }
}

StackRequest* StackRequest::NewChunk(size_t index) {
  void* memory =
      mmap(nullptr, kChunk * sizeof(StackRequest), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  auto* requests = static_cast<StackRequest*>(memory);
  for (size_t i = 0; i < kChunk; ++i) {
    new (requests + i) StackRequest;
    requests[i].index_ = static_cast<uint32_t>(index * kChunk + i);
  }
  StackRequest* none = nullptr;
  if (chunks[index].compare_exchange_strong(none, requests)) return requests;
  munmap(memory, kChunk * sizeof(StackRequest));
  return none;
}

StackRequest* StackRequest::Take() {
  for (size_t chunk = 0; chunk < kMaxChunks; ++chunk) {
    StackRequest* requests = chunks[chunk].load();
    if (requests == nullptr) requests = NewChunk(chunk);
    if (requests == nullptr) return nullptr;
    for (size_t i = 0; i < kChunk; ++i) {
      uint64_t word = requests[i].word_.load();
      if (StateOf(word) == kFree &&
          requests[i].word_.compare_exchange_strong(
              word, WordOf((word >> kStateBits) + 1, kAsked))) {
        return &requests[i];
      }
    }
  }
  return nullptr;
}

StackRequest* StackRequest::Ask(pid_t tid) {
  if (IsUnderThreadSanitizer() || HasSmallStack(tid) ||
      BlocksSampleSignal(tid)) {
    return nullptr;
  }
  StackRequest* request = Take();
  if (request == nullptr) return nullptr;
  request->tid_ = tid;
  if (request->Send()) return request;
  request->End();
  return nullptr;
}

void StackRequest::AskAgain() { Send(); }

bool StackRequest::Send() const {
  const uint64_t number = word_.load() >> kStateBits & kNumberMask;
  siginfo_t info = {};
  info.si_signo = kSampleSignal;
  info.si_code = SI_QUEUE;
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value.sival_ptr = reinterpret_cast<void*>(
      kMark << kMarkShift | uint64_t{index_} << kIndexShift | number);
  return syscall(SYS_rt_tgsigqueueinfo, getpid(), tid_, kSampleSignal, &info) ==
         0;
}

void StackRequest::End() {
  uint64_t word = word_.load();
  const uint64_t number = word >> kStateBits;
  // If the thread is just answering, it frees the request itself.
  while (!word_.compare_exchange_weak(
      word, WordOf(number, StateOf(word) == kAnswering ? kGivenUp : kFree))) {
  }
}

// In the signal handler: atomics, getpid(2) and what Answer does.
bool StackRequest::OnSignal(const siginfo_t& info, void* context) {
  const auto carried = reinterpret_cast<uint64_t>(info.si_value.sival_ptr);
  if (info.si_code != SI_QUEUE || info.si_pid != getpid() ||
      carried >> kMarkShift != kMark) {
    return false;
  }
  const size_t index =
      carried >> kIndexShift & ((1 << (kMarkShift - kIndexShift)) - 1);
  if (context == nullptr || index >= kChunk * kMaxChunks) return true;
  StackRequest* chunk = chunks[index / kChunk].load();
  if (chunk == nullptr) return true;
  StackRequest& request = chunk[index % kChunk];
  uint64_t word = request.word_.load();
  const uint64_t number = word >> kStateBits;
  // A late signal, of a request that has ended, is ignored.
  if ((number & kNumberMask) != (carried & kNumberMask) ||
      StateOf(word) != kAsked ||
      !request.word_.compare_exchange_strong(word,
                                             WordOf(number, kAnswering))) {
    return true;
  }
  request.Answer(*static_cast<const ucontext_t*>(context));
  word = WordOf(number, kAnswering);
  if (!request.word_.compare_exchange_strong(word, WordOf(number, kAnswered))) {
    request.word_.store(WordOf(number, kFree));
  }
  return true;
}

// In the signal handler: initial-exec TLS, and a walk without locks.
void StackRequest::Answer(const ucontext_t& context) {
  answer_.system_call = ObservedThread::kNoSystemCall;
  answer_.own_activity = OwnActivity();
  answer_.labels = CurrentLabels();
  answer_.trace =
      WalkStackByCfi(context, StackBounds{}, answer_.addresses, kMaxFrames);
}

}  // namespace bench_profiler
