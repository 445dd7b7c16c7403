// Where the program and its libraries are in memory.
//
//   ObjectBiases biases;
//   if (!biases.Read()) ...
//   address_in_memory = address_in_file + biases.Of("/usr/lib/libfoo.so.1");
//
// By the names that the kernel has for their files, which valgrind uses, and
// which are not those of the loader where there are symbolic links. Takes no
// lock and never calls malloc.
#ifndef BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_OBJECT_BIASES_H_
#define BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_OBJECT_BIASES_H_

#include <cstdint>
#include <string_view>

#include "bench_profiler/platform/page_array.h"

namespace bench_profiler {

class ObjectBiases {
 public:
  // Reads /proc/self/maps. Returns false if that is not possible.
  bool Read();

  // 0 if it is not mapped, as with code that was made at run time: its
  // addresses are those in memory.
  uint64_t Of(std::string_view path) const;

 private:
  PageArray<char> maps_;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_OBJECT_BIASES_H_
