#include "tests/stack/workload.h"

#include <alloca.h>
#include <signal.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/stack/single_step.h"

#define NOINLINE __attribute__((noinline))

namespace bench_profiler {
namespace {

volatile int sink = 0;
volatile int source = 7;

NOINLINE int Many(int a, int b, int c, int d, int e, int f, int g, int h) {
  // More values alive across a call than there are registers.
  sink = a + h;
  const int x = a * b + source;
  const int y = c * d + source;
  const int z = e * f + source;
  const int w = g * h + source;
  sink = std::snprintf(nullptr, 0, "%d", x);
  return x + y + z + w + a + b + c + d;
}

NOINLINE int Alloca(size_t size) {
  auto* bytes = static_cast<char*>(alloca(size));
  std::memset(bytes, source, size);
  sink = Many(1, 2, 3, 4, 5, 6, 7, bytes[size - 1]);
  return bytes[0];
}

// The frame is realigned: the compiler finds the CFA by an expression or by
// r10.
NOINLINE int Realigned(int count) {
  alignas(64) volatile int values[16] = {};
  auto* more =
      static_cast<volatile char*>(alloca(static_cast<size_t>(count) * 16 + 16));
  more[0] = 1;
  values[source] = Many(1, 2, 3, 4, 5, 6, 7, count);
  return values[7] + more[0];
}

NOINLINE int Recurse(int depth) {
  if (depth == 0) return Alloca(40);
  const int result = Recurse(depth - 1) + depth;
  sink = result;
  return result;
}

NOINLINE int TailTarget(int value) { return Recurse(value % 3); }
NOINLINE int TailCall(int value) { return TailTarget(value + 1); }

class Shape {
 public:
  virtual ~Shape() = default;
  virtual int Area(int scale) const = 0;
};
class Square : public Shape {
 public:
  NOINLINE int Area(int scale) const override { return TailCall(scale * 2); }
};
class Nested : public Shape {
 public:
  explicit Nested(const Shape* inner) : inner_(inner) {}
  NOINLINE int Area(int scale) const override {
    return inner_->Area(scale + 1) + 1;
  }

 private:
  const Shape* inner_;
};

int CompareInts(const void* a, const void* b) {
  return *static_cast<const int*>(a) - *static_cast<const int*>(b);
}

std::vector<int> Numbers(int count) {
  std::vector<int> numbers;
  unsigned state = static_cast<unsigned>(source);
  for (int i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    numbers.push_back(static_cast<int>(state >> 20));
  }
  return numbers;
}

NOINLINE void Library() {
  std::vector<int> numbers = Numbers(40);
  std::vector<int> copy = numbers;
  std::sort(numbers.begin(), numbers.end());
  std::qsort(copy.data(), copy.size(), sizeof(int), CompareInts);
  std::map<std::string, int> names;
  for (const int number : copy) {
    char text[64];
    std::snprintf(text, sizeof(text), "%08x %.3f %s",
                  static_cast<unsigned>(number), number / 3.0, "name");
    names[text] += number;
  }
  sink = static_cast<int>(names.size());
}

void OnInner(int) {
  StepSignalHandler();
  sink = Recurse(3);
}

void OnOuter(int) {
  StepSignalHandler();
  sink = Alloca(24);
  raise(SIGUSR2);
  sink = Recurse(2);
}

NOINLINE void Signals() {
  struct sigaction outer = {};
  struct sigaction inner = {};
  struct sigaction before[2];
  outer.sa_handler = OnOuter;
  inner.sa_handler = OnInner;
  sigaction(SIGUSR1, &outer, &before[0]);
  sigaction(SIGUSR2, &inner, &before[1]);
  raise(SIGUSR1);
  sigaction(SIGUSR1, &before[0], nullptr);
  sigaction(SIGUSR2, &before[1], nullptr);
}

NOINLINE int Throw(int depth) {
  const std::string name(40, 'x');
  if (depth == 0) throw std::runtime_error(name);
  const int result = Throw(depth - 1) + static_cast<int>(name.size());
  sink = result;
  return result;
}

}  // namespace

void RunWorkload() {
  sink = Many(1, 2, 3, 4, 5, 6, 7, 8);
  sink = Alloca(100);
  sink = Realigned(3);
  sink = Recurse(6);
  const Square square;
  const Nested nested(&square);
  const std::unique_ptr<Shape> shape = std::make_unique<Nested>(&nested);
  sink = shape->Area(source);
  Library();
  Signals();
}

void RunThrowingWorkload() {
  for (int depth = 0; depth < 4; ++depth) {
    try {
      sink = Throw(depth);
    } catch (const std::exception& error) {
      sink = error.what()[0];
    }
  }
}

}  // namespace bench_profiler
