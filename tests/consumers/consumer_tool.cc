// A program without a framework, by itself or with all of its work in a shared
// library of its own.
#include <cstdio>
#include <string>
#include <vector>

#include "bench_profiler/heap_hooks.h"

__attribute__((noinline)) double ToolWork(std::vector<std::string>* kept) {
  double sum = 0;
  for (int i = 1; i < 50000000; ++i) {
    sum += 1.0 / i;
    if (i % 5000 == 0) kept->push_back(std::string(1000, 'x'));
  }
  return sum;
}

int main() {
  std::vector<std::string> kept;
  std::printf("%g %zu\n", ToolWork(&kept), kept.size());
  return 0;
}
