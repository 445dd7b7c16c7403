#include "bench_profiler/compare/comparison.h"

namespace bench_profiler {

const char* VerdictName(Verdict verdict) {
  switch (verdict) {
    case Verdict::kUnchanged:
      return "unchanged";
    case Verdict::kSlower:
      return "slower";
    case Verdict::kFaster:
      return "faster";
    case Verdict::kUndecided:
      break;
  }
  return "undecided";
}

}  // namespace bench_profiler
