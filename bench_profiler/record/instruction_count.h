// Which instructions callgrind counts: those of measured phases.
//
//   StartCountingInstructions();       // all, until the first region runs
//   ...                                // activity.cc calls what is below
//   StopCountingInstructions();
//   uint32_t files = DumpInstructions();
//
// Each file that callgrind writes has the costs of one phase of one run, and
// that activity, packed and in hexadecimal, in a line "desc: Trigger: Client
// Request: 100020005". A program in which no region runs has one file, for all
// that it did.
//
// Exact to the instruction: counting begins as the last thing before a phase
// and ends as the first thing after it, and what is left of our own code in
// between is known by its address. Threads that a run starts are counted until
// it ends, and those that were there before are not.
#ifndef BENCH_PROFILER_RECORD_INSTRUCTION_COUNT_H_
#define BENCH_PROFILER_RECORD_INSTRUCTION_COUNT_H_

#include <atomic>
#include <cstdint>

namespace bench_profiler {

inline std::atomic<bool> counting_instructions{false};

inline bool CountingInstructions() {
  return counting_instructions.load(std::memory_order_relaxed);
}

void StartCountingInstructions();
void StopCountingInstructions();

// The calling thread begins.
void OnCountedThreadStart();

// The calling thread enters or leaves a run. It is not measured yet, or no
// more.
void OnCountedRunEntered();
void OnCountedRunLeft();

// A measured phase of the calling thread begins or ends.
void OnCountedPhaseStart(uint64_t activity);
void OnCountedPhaseEnd();

// Lets callgrind write what it counted since its last file. Returns how many
// files it has written since the start of the process.
uint32_t DumpInstructions();

}  // namespace bench_profiler

#endif  // BENCH_PROFILER_RECORD_INSTRUCTION_COUNT_H_
