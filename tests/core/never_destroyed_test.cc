#include "bench_profiler/platform/never_destroyed.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace bench_profiler {
namespace {

struct Witness {
  Witness(std::string witness_name, bool* destroyed)
      : name(std::move(witness_name)), destroyed_(destroyed) {}
  ~Witness() { *destroyed_ = true; }

  std::string name;

 private:
  bool* destroyed_;
};

TEST(NeverDestroyedTest, IsMadeWithTheArgumentsAndOutlivesItsOwner) {
  bool destroyed = false;
  {
    NeverDestroyed<Witness> witness("one", &destroyed);
    EXPECT_EQ(witness->name, "one");
    (*witness).name.clear();
  }
  EXPECT_FALSE(destroyed);
}

}  // namespace
}  // namespace bench_profiler
