// Benchmarks whose code has shapes that are hard on a stack walker. Knows only
// Google Benchmark.
#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <sys/mman.h>
#include <time.h>

#include <cstring>

#include "spin.h"

// Loops with `junk` in rbp, and no unwind tables tell of it.
extern "C" void SpinUndescribed(uint64_t rounds, const void* junk);
asm(R"(
  .text
  .globl SpinUndescribed
  .type SpinUndescribed, @function
SpinUndescribed:
  push %rbp
  mov %rsi, %rbp
1:
  dec %rdi
  jnz 1b
  pop %rbp
  ret
  .size SpinUndescribed, . - SpinUndescribed
)");

namespace {

// Junk in the frame pointer: 0x80000, and an address that cannot be read. The
// compiler knows that the register is used and restores it.
#ifdef __clang__  // has no such attribute
#define OMIT_FRAME_POINTER
#else
#define OMIT_FRAME_POINTER __attribute__((optimize("omit-frame-pointer")))
#endif
template <uintptr_t kJunk>
__attribute__((noinline)) OMIT_FRAME_POINTER void JunkLoop() {
  asm volatile(
      "movq %0, %%rbp\n\t"
      "movl $20000000, %%ecx\n"
      "1:\n\t"
      "decl %%ecx\n\t"
      "jnz 1b"
      :
      : "r"(kJunk)
      : "rbp", "rcx", "cc");
}
__attribute__((noinline)) void JunkFramePointer() {
  JunkLoop<0x80000>();
  asm volatile("# not the last thing to do");
}
__attribute__((noinline)) void UnreadableFramePointer() {
  JunkLoop<0x7000000000000000>();
  asm volatile("# not the last thing to do");
}

void BM_JunkFramePointer(benchmark::State& state) {
  for (auto _ : state) {
    JunkFramePointer();
    UnreadableFramePointer();
  }
}
BENCHMARK(BM_JunkFramePointer)->Iterations(20);

// What a chain of frame pointers may meet: memory that nobody may read, the end
// of the address space, frames that go round in circles or hold nothing.
void BM_JunkUndescribed(benchmark::State& state) {
  void* circle[2] = {circle, circle};
  void* const nothing[2] = {};
  void* forbidden =
      mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const void* const junk[] = {forbidden, reinterpret_cast<void*>(UINTPTR_MAX),
                              circle, nothing};
  for (auto _ : state) {
    for (const void* pointer : junk) SpinUndescribed(5000000, pointer);
  }
  munmap(forbidden, 4096);
}
BENCHMARK(BM_JunkUndescribed)->Iterations(20);

__attribute__((noinline)) void ReadClock() {
  timespec now;
  for (int i = 0; i < 1000; ++i) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    benchmark::DoNotOptimize(now);
  }
}

void BM_Vdso(benchmark::State& state) {
  for (auto _ : state) ReadClock();
}
BENCHMARK(BM_Vdso)->Iterations(20000);

// As a just-in-time compiler makes it, without unwind tables. With a frame
// pointer: push rbp; mov rbp, rsp; mov ecx, N; dec ecx; jnz; pop rbp; ret.
// Without one: push rbx; mov ecx, N; dec ecx; jnz; pop rbx; ret.
using Function = void (*)();
Function CompileLoop(bool with_frame_pointer) {
  constexpr unsigned char kFramed[] = {0x55, 0x48, 0x89, 0xe5, 0xb9,
                                       0x80, 0x96, 0x98, 0x00, 0xff,
                                       0xc9, 0x75, 0xfc, 0x5d, 0xc3};
  constexpr unsigned char kFrameless[] = {0x53, 0xb9, 0x80, 0x96, 0x98, 0x00,
                                          0xff, 0xc9, 0x75, 0xfc, 0x5b, 0xc3};
  void* page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (with_frame_pointer) {
    std::memcpy(page, kFramed, sizeof(kFramed));
  } else {
    std::memcpy(page, kFrameless, sizeof(kFrameless));
  }
  mprotect(page, 4096, PROT_READ | PROT_EXEC);
  return reinterpret_cast<Function>(page);
}

__attribute__((noinline)) void CallCompiledCode(Function function) {
  function();
  asm volatile("# not the last thing to do");
}

void BM_CompiledAtRunTime(benchmark::State& state) {
  const Function function = CompileLoop(true);
  for (auto _ : state) CallCompiledCode(function);
}
BENCHMARK(BM_CompiledAtRunTime)->Iterations(60);

void BM_FramelessAtRunTime(benchmark::State& state) {
  const Function function = CompileLoop(false);
  for (auto _ : state) CallCompiledCode(function);
}
BENCHMARK(BM_FramelessAtRunTime)->Iterations(60);

// The library's static initialisers start a thread and wait for it, while the
// loader's lock is held; the thread works.
void BM_ThreadInsideDlopen(benchmark::State& state) {
  for (auto _ : state) {
    void* library = dlopen(THREAD_LIBRARY, RTLD_NOW);
    if (library == nullptr) state.SkipWithError(dlerror());
    dlclose(library);
  }
}
BENCHMARK(BM_ThreadInsideDlopen)->Iterations(20);

}  // namespace

BENCHMARK_MAIN();
