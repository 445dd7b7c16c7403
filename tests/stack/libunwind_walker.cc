// Without libunwind's headers: only what the ABI of libunwind.so.8 fixes is
// used (libunwind-x86_64.h, libunwind-common.h).
#include "tests/stack/libunwind_walker.h"

#include <dlfcn.h>

#include <cstdint>

namespace bench_profiler {
namespace {

struct Cursor {
  uint64_t words[127];  // UNW_TDEP_CURSOR_LEN
};
constexpr int kInitSignalFrame = 1;      // UNW_INIT_SIGNAL_FRAME
constexpr int kInstructionPointer = 16;  // UNW_X86_64_RIP

// The names that <libunwind.h> gives to unw_init_local2 and so on.
struct Libunwind {
  int (*init_local2)(Cursor*, ucontext_t*, int) = nullptr;
  int (*step)(Cursor*) = nullptr;
  int (*get_reg)(Cursor*, int, uint64_t*) = nullptr;
  int (*is_signal_frame)(Cursor*) = nullptr;

  bool loaded() const {
    return init_local2 != nullptr && step != nullptr && get_reg != nullptr &&
           is_signal_frame != nullptr;
  }
};

template <typename Function>
void Load(void* library, const char* name, Function* function) {
  *function = reinterpret_cast<Function>(dlsym(library, name));
}

Libunwind LoadLibunwind() {
  Libunwind result;
  void* library = dlopen("libunwind.so.8", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return result;
  Load(library, "_ULx86_64_init_local2", &result.init_local2);
  Load(library, "_ULx86_64_step", &result.step);
  Load(library, "_ULx86_64_get_reg", &result.get_reg);
  Load(library, "_ULx86_64_is_signal_frame", &result.is_signal_frame);
  return result;
}

}  // namespace

StackTrace WalkStackByLibunwind(const ucontext_t& context, uintptr_t* pcs,
                                size_t max_pcs) {
  static const Libunwind libunwind = LoadLibunwind();
  StackTrace trace;
  Cursor cursor;
  // The context is only read as long as no register is set through the cursor.
  if (!libunwind.loaded() ||
      libunwind.init_local2(&cursor, const_cast<ucontext_t*>(&context),
                            kInitSignalFrame) != 0) {
    return trace;
  }
  bool is_exact = true;
  do {
    uint64_t pc = 0;
    if (libunwind.get_reg(&cursor, kInstructionPointer, &pc) != 0) break;
    if (trace.depth > 0) {
      if (pc == 0) break;
      // True of the frame that was interrupted. The one before it is the signal
      // trampoline, which was not called either.
      const bool was_interrupted = libunwind.is_signal_frame(&cursor) > 0;
      if (was_interrupted && !is_exact) ++pcs[trace.depth - 1];
      is_exact = was_interrupted;
    }
    if (trace.depth == max_pcs) {
      trace.truncated = true;
      break;
    }
    pcs[trace.depth++] = is_exact ? pc : pc - 1;
  } while (libunwind.step(&cursor) > 0);
  return trace;
}

}  // namespace bench_profiler
