// What walker_stress loads and unloads: a function with a frame, and one that
// throws, so that its tables are used.
#include <stdexcept>

extern "C" int WalkerStressPlugin(int depth) {
  try {
    if (depth == 0) throw std::runtime_error("caught below");
    return WalkerStressPlugin(depth - 1) + 1;
  } catch (const std::runtime_error&) {
    return 0;
  }
}
