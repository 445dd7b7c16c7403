// Reads a file of callgrind's, as it is with --dump-instr=yes, --dump-line=no
// and --compress-pos=no.
//
//   CallgrindDump dump;
//   Error error = dump.Read(text, size);
//   for (const CallgrindCost& cost : dump.costs()) {
//     total += cost.count;
//   }
//
// The format is described in valgrind's manual, "Callgrind Format
// Specification". A function of the file is a context: with
// --separate-callers=16 there is one for each way to call it, as far as its 16
// innermost callers tell. Never calls malloc. Whatever the file, it is read
// within its bounds, or refused in one line.
#ifndef BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_CALLGRIND_DUMP_H_
#define BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_CALLGRIND_DUMP_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bench_profiler/error.h"
#include "bench_profiler/platform/page_array.h"

namespace bench_profiler {

// What the instruction at an address costs in a context. Addresses are those of
// the ELF file, as symbols have them.
struct CallgrindCost {
  uint32_t context = 0;
  uint32_t object = 0;
  uint64_t address = 0;
  int64_t count = 0;
};

// What calls from an address cost, including all that was called from there.
struct CallgrindCall {
  uint32_t callee = 0;  // a context, as the next one
  uint32_t caller = 0;
  uint32_t object = 0;  // of the caller
  uint64_t address = 0;
  int64_t count = 0;
};

class CallgrindDump {
 public:
  // Contexts and objects have smaller numbers.
  static constexpr uint32_t kMaxNumber = 1 << 24;

  // `text` must stay valid. To be called once.
  Error Read(const char* text, size_t size);

  // The hexadecimal number that was the text of the request for this file; 0 if
  // there is none.
  uint64_t request() const { return request_; }

  const PageArray<CallgrindCost>& costs() const { return costs_; }
  const PageArray<CallgrindCall>& calls() const { return calls_; }
  // Paths of programs and libraries, by their numbers; "" if unknown.
  const PageArray<std::string_view>& objects() const { return objects_; }
  uint32_t num_contexts() const { return num_contexts_; }

 private:
  bool ReadLine(std::string_view line);
  bool ReadHeader(std::string_view line);
  bool ReadCost(std::string_view line);
  bool ReadContext(std::string_view value, uint32_t* context);
  bool ReadObject(std::string_view value, uint32_t* object);

  PageArray<CallgrindCost> costs_;
  PageArray<CallgrindCall> calls_;
  PageArray<std::string_view> objects_;
  uint32_t num_contexts_ = 1;  // number 0 is there in any case
  uint64_t request_ = 0;
  bool has_positions_ = false;
  bool has_events_ = false;
  bool has_memory_ = true;
  // What the next line of a cost belongs to.
  uint32_t context_ = 0;
  uint32_t object_ = 0;
  uint32_t callee_ = 0;
  bool is_call_ = false;
};

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_COLLECTORS_INSTRUCTIONS_CALLGRIND_DUMP_H_
